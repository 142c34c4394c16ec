"""The days that wait for a contract, by its state and service."""

from __future__ import annotations

from datetime import date

import pytest

from app.contract.beside import Equipment, EquipmentFields
from app.contract.contract_deadlines import contract_deadlines
from app.contract.facts import (
    Changed,
    Ended,
    RenewalDeclined,
    Resumed,
    Started,
    Suspended,
    TermsNoticed,
)
from app.contract.record import Application, ContractContent, DeadlineDay, Entry
from app.contract.steps import Accepted, Submitted, Withdrawn
from tests.shipped import catalogue

TODAY = date(2026, 11, 20)


def waiting(
    service: str, *entries: Entry, today: date = TODAY, wished: date | None = None, **device: object
) -> list[DeadlineDay]:
    content = ContractContent(service=service, application=Application(wished_start=wished))
    devices = ()
    if device:
        fields = EquipmentFields(**device)  # type: ignore[arg-type]
        devices = (Equipment(id="d", version=1, contract_id="c", fields=fields),)
    return list(contract_deadlines(content, entries, catalogue(), today, devices))


def days(found: list[DeadlineDay]) -> list[tuple[str, str]]:
    return [(one.code, one.on.isoformat()) for one in found]


@pytest.mark.parametrize(
    ("start", "since", "last"),
    [
        ("2024-12-10", "2026-12-01", "2026-12-31"),
        ("2025-11-02", "2026-11-01", "2026-11-30"),
        ("2025-01-20", "2027-01-01", "2027-01-31"),
        ("2024-11-25", "2026-11-01", "2026-11-30"),
        ("2026-11-20", "2027-11-01", "2027-11-30"),
    ],
)
def test_media_renews_in_a_month(start: str, since: str, last: str) -> None:
    (found,) = waiting("media-light", Started(date.fromisoformat(start), {"endpoint": 3}))
    assert (found.code, found.clause, found.whose) == ("renewal", "別紙4※1", "customer")
    assert (found.since, found.on) == (date.fromisoformat(since), date.fromisoformat(last))


def test_the_month_goes_on_after_the_anniversary() -> None:
    """Until its last day the term that began within it can still be left."""
    start = Started(date(2025, 11, 2), {"endpoint": 3})
    (found,) = waiting("media-light", start, today=date(2026, 11, 30))
    assert found.on == date(2026, 11, 30)
    (found,) = waiting("media-light", start, today=date(2026, 12, 1))
    assert found.on == date(2027, 11, 30)


def test_prime_ends_its_minimum_term_once() -> None:
    start = Started(date(2026, 5, 20), {"id": 28})
    assert days(waiting("dokodemo-prime", start)) == [("min_term_ends", "2028-05-19")]
    assert waiting("dokodemo-prime", start, today=date(2028, 5, 20)) == []


def test_ids_given_up_come_off_by_the_day() -> None:
    start = Started(date(2026, 5, 20), {"id": 28})
    fewer, more = Changed(date(2026, 12, 15), {"id": 24}), Changed(date(2026, 12, 15), {"id": 30})
    assert days(waiting("dokodemo-prime", start, fewer))[0] == ("uninstall_by", "2026-12-15")
    assert days(waiting("dokodemo-prime", start, more)) == [("min_term_ends", "2028-05-19")]
    ending = waiting("dokodemo-prime", start, Ended(date(2026, 12, 31)))
    assert days(ending) == [("ended", "2026-12-31"), ("uninstall_by", "2026-12-31")]
    assert [one.clause for one in ending] == ["20条1項・2項", "37条2項"]


def test_who_was_told_of_new_terms_may_leave() -> None:
    start = Started(date(2026, 5, 20), {"id": 28})
    told = TermsNoticed(date(2026, 11, 1), date(2026, 12, 1))
    found = waiting("dokodemo-prime", start, told)[0]
    assert (found.code, found.since, found.on) == ("leave_free_until", told.notified, told.effective)
    assert found.clause == "2条3項・4項"
    assert "leave_free_until" not in dict(
        days(waiting("dokodemo-prime", start, told, today=date(2026, 12, 2)))
    )
    assert "leave_free_until" not in dict(days(waiting("osect", Started(start.on, {"sensor": 1}), told)))


def test_a_year_paid_ahead_is_invoiced_paid_and_renewed() -> None:
    start = Started(date(2026, 11, 15), {"annual-fee": 2_400_000})
    assert days(waiting("mdr-ndr", start)) == [
        ("inspect_by", "2026-11-22"),
        ("invoice_by", "2026-11-30"),
        ("payment_due", "2026-12-31"),
        ("notice_by", "2027-09-14"),
    ]
    renewed = waiting("mdr-ndr", start, today=date(2027, 11, 16))
    assert days(renewed) == [
        ("invoice_by", "2027-11-30"),
        ("payment_due", "2027-12-31"),
        ("notice_by", "2028-09-14"),
    ]
    declined = RenewalDeclined(date(2027, 3, 1))
    assert days(waiting("mdr-ndr", start, declined, today=date(2027, 3, 2))) == [("term_ends", "2027-11-14")]


def test_what_is_unpaid_and_lent_comes_back_after_the_end() -> None:
    start, end = Started(date(2025, 2, 1), {"annual-fee": 2_400_000}), Ended(date(2026, 10, 31))
    lent = {"kind": "connector", "ownership": "rental"}
    assert days(waiting("mdr-ndr", start, end)) == [("settle_by", "2026-11-30")]
    both = [("return_equipment_by", "2026-11-30"), ("settle_by", "2026-11-30")]
    assert days(waiting("mdr-ndr", start, end, **lent)) == both
    late = waiting("mdr-ndr", start, end, today=date(2027, 5, 1), **lent)
    assert days(late) == [("return_equipment_by", "2026-11-30")]
    for over in ({"returned_on": date(2026, 11, 2)}, {"lost": True}, {"removed": "誤り"}):
        assert waiting("mdr-ndr", start, end, today=date(2027, 5, 1), **lent, **over) == []


def test_a_rented_gateway_goes_back_and_a_sensor_stays() -> None:
    end = Ended(date(2026, 11, 10))
    media = Started(date(2025, 2, 1), {"gateway-50": 1})
    found = waiting("media-light", media, end, kind="gateway", ownership="rental")
    assert days(found) == [("return_equipment_by", "2026-11-10")]
    assert found[0].clause == "別紙4※3"
    assert waiting("media-light", media, end, kind="gateway", ownership="designated-seller") == []
    osect = Started(date(2025, 2, 1), {"sensor": 1})
    assert waiting("osect", osect, end, kind="sensor", ownership="passes-on-payment") == []


def test_osect_is_delivered_installed_and_tested_before_it_opens() -> None:
    accepted = Accepted(date(2026, 11, 18), date(2026, 12, 18))
    found = waiting("osect", Submitted(date(2026, 11, 10)), accepted, wished=date(2026, 12, 18))
    assert days(found) == [
        ("deliver_by", "2026-12-07"),
        ("install_by", "2026-12-14"),
        ("test_due", "2026-12-16"),
        ("start", "2026-12-18"),
    ]
    assert [one.whose for one in found] == ["provider", "customer", "provider", "provider"]
    assert days(waiting("osect", accepted, today=date(2026, 12, 10))) == days(found)[1:]


def test_an_application_waits_for_its_wished_start() -> None:
    wished = date(2026, 12, 1)
    assert days(waiting("mihariban", wished=wished)) == [("opening", "2026-12-01")]
    assert waiting("mihariban") == []
    assert waiting("mihariban", Withdrawn(date(2026, 11, 1)), wished=wished) == []


def test_a_suspension_ends_by_the_terms_or_the_day_announced() -> None:
    start = Started(date(2026, 5, 20), {"license": 3})
    (found,) = waiting("mihariban", start, Suspended(date(2026, 10, 1)))
    assert (found.code, found.on, found.whose) == ("suspension_ends", date(2027, 3, 31), "provider")
    assert found.clause == "23条"
    osect = Started(date(2026, 5, 20), {"sensor": 1})
    assert waiting("osect", osect, Suspended(date(2026, 10, 1))) == []
    announced = waiting("osect", osect, Suspended(date(2026, 10, 1), date(2026, 11, 30)))
    assert days(announced) == [("suspension_ends", "2026-11-30")]
    over = (Suspended(date(2026, 10, 1)), Resumed(date(2026, 11, 1)))
    assert waiting("mihariban", start, *over) == []
