"""Visits: the price list item by item, reasons, and every refusal with its field."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.visit.checking import MOST_DEVICES
from app.visit.pricing import price_visit
from app.visit.work import VisitContract, VisitRequest
from app.words import set_language
from tests.app.visit.requests import amounts, media, moving, price, prime, work
from tests.shipped import catalogue

MEDIA = {
    "base": 4_500, "diagnosis": 1_500, "os-recovery": 10_500, "os-update": 7_000, "internet-setup": 3_000,
    "wifi-setup": 900, "app-setup": 3_500, "endpoint-reinstall": 3_500, "printer-setup": 4_400,
    "gateway-setup": 8_500,
}  # fmt: skip
PRIME = {
    "base": 7_500, "diagnosis": 1_500, "os-recovery": 17_100, "os-update": 12_100, "internet-setup": 4_500,
    "wifi-setup": 3_100, "app-setup": 4_400, "endpoint-reinstall": 4_400, "printer-setup": 4_400,
}  # fmt: skip


def refused(request: VisitRequest) -> list[tuple[str, str]]:
    with pytest.raises(UserError) as caught:
        price_visit(request, catalogue())
    return [(problem.code, problem.field) for problem in caught.value.problems]


def test_every_item_of_the_price_lists() -> None:
    assert amounts(price(media(work(1, *list(MEDIA)[2:])))) == MEDIA
    assert amounts(price(prime(work(1, *list(PRIME)[2:])))) == PRIME


def test_quantities_follow_devices_applications_and_dispatches() -> None:
    priced = price(media(work(2, "app-setup", "os-update", apps=3), work(1, "os-update"), dispatches=2))
    assert {line.item: line.quantity for line in priced.lines} == {
        "base": 2,
        "diagnosis": 1,
        "os-update": 3,
        "app-setup": 6,
    }
    assert priced.net == 2 * 4_500 + 1_500 + 3 * 7_000 + 6 * 3_500
    assert (priced.bill.tax, priced.bill.total) == (5_250, 57_750)


def test_lines_stand_in_the_order_of_the_price_list() -> None:
    priced = price(prime(work(1, "printer-setup", "os-recovery"), moving(1, "10"), work(1, "wifi-setup")))
    assert [line.item for line in priced.lines] == [
        "base", "diagnosis", "os-recovery", "wifi-setup", "printer-setup", "data-migration",
    ]  # fmt: skip


def test_a_visit_without_work_costs_the_coming_and_the_looking() -> None:
    assert amounts(price(prime())) == {"base": 7_500, "diagnosis": 1_500}


def test_diagnosis_is_not_charged_with_a_line_order() -> None:
    priced = price(prime(work(1, "internet-setup"), with_line_order=True))
    assert amounts(priced) == {"base": 7_500, "internet-setup": 4_500}
    line = next(line for line in priced.lines if line.item == "diagnosis")
    assert (line.reason.rule, line.reason.clause) == ("waived-with-line-order", "別紙3")


def test_lines_carry_clause_edition_and_words() -> None:
    line = price(media(work(2, "os-update"))).lines[2]
    assert (line.name, line.unit, line.clause) == ("OSアップデート", "台", "別紙5")
    assert line.reason.edition == date(2024, 4, 1)
    set_language("en")
    assert price(media(work(2, "os-update"))).lines[2].name == "OS update"


# --- refusals


def test_an_unknown_service_is_refused() -> None:
    assert refused(VisitRequest("norton", date(2026, 6, 10), ()))[0][0] == "bad-input"


def test_menu_codes_are_those_of_the_service() -> None:
    assert refused(media(work(1, "massage"))) == [("bad-input", "work.0.menu.0")]
    assert refused(prime(work(1, "os-update"), work(1, "os-update", "gateway-setup"))) == [
        ("bad-input", "work.1.menu.1")
    ]
    assert refused(media(work(1, "base"))) == [("bad-input", "work.0.menu.0")]
    assert refused(media(work(1, "os-update", "os-update"))) == [("bad-input", "work.0.menu.1")]


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (media(work(0, "os-update")), "work.0.devices"),
        (media(work(-1, "os-update")), "work.0.devices"),
        (media(work(MOST_DEVICES + 1, "os-update")), "work.0.devices"),
        (media(work(1, "app-setup", apps=0)), "work.0.apps"),
        (media(work(1, "os-update"), dispatches=0), "dispatches"),
        (media(work(1, "data-migration")), "work.0.migrate_gb"),
        (media(moving(1, "-1")), "work.0.migrate_gb"),
        (media(moving(1, "1000000001")), "work.0.migrate_gb"),
        (media(work(1, "os-update", gb="-1")), "work.0.migrate_gb"),
    ],
)
def test_numbers_that_cannot_be_are_refused(request_: VisitRequest, field: str) -> None:
    assert refused(request_) == [("bad-input", field)]


def test_a_visit_before_the_printed_edition_has_no_price() -> None:
    assert refused(media(work(1, "os-recovery"), on=date(2024, 3, 31))) == [("edition-unknown", "")]
    assert price(media(work(1, "os-recovery"), on=date(2024, 4, 1), start=None)).net == 16_500


def test_refusals_come_gravest_first() -> None:
    early = date(2024, 3, 31)
    assert [code for code, _field in refused(media(work(1, "massage"), on=early))] == [
        "bad-input",
        "edition-unknown",
    ]
    assert [code for code, _field in refused(media(moving(21, "50"), on=early))] == [
        "individual-quote",
        "edition-unknown",
    ]


def test_services_without_visits_say_so_after_everything_else() -> None:
    def mihariban(on: date, *menu: str) -> VisitRequest:
        return VisitRequest("mihariban", on, (work(1, *menu),), VisitContract(date(2024, 1, 1)))

    assert refused(mihariban(date(2024, 6, 10), "os-recovery")) == [("no-rule", "service")]
    assert refused(mihariban(date(2024, 6, 10), "massage"))[0] == ("bad-input", "work.0.menu.0")
    assert [code for code, _field in refused(mihariban(date(2022, 6, 10), "os-recovery"))] == [
        "edition-unknown",
        "no-rule",
    ]
