"""The check list of an application, by service."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from app.contract.checklist import ApplicationScreening, CheckItem, checklist, screen_application
from app.contract.customer import CustomerFields
from app.contract.record import Application, ContractContent
from app.contract.steps import Explained
from app.words import set_language
from tests.app.charge.timelines import at
from tests.shipped import EXAMPLES, TODAY, catalogue

ITEMS = {
    "mihariban": {"license": 50},
    "media-light": {"endpoint": 3},
    "osect": {"sensor": 1},
    "dokodemo-prime": {"id": 31},
    "mdr-ndr": {"annual-fee": 2_400_000},
}
CUSTOMER = CustomerFields(
    name="株式会社みのり食品", address="中央区北窓町", phone="06-0000-0000", email="a@example.com"
)
EXPLAINED = Explained(date(2026, 11, 1), "田村")


def content(service: str, **changes: Any) -> ContractContent:
    """An application with everything seen to."""
    blank = ContractContent(
        service=service,
        line_number="0612345678",
        application=Application(
            applied_on=TODAY,
            received_at=at("2026-11-20T10:00"),
            wished_start=date(2026, 12, 1),
            items=ITEMS[service],
        ),
    )
    answers = {
        item.answer: item.kind != "ground"
        for item in checklist(blank, CUSTOMER, catalogue(), TODAY)
        if item.answer
    }
    answers |= changes.pop("answers", {})
    application = {
        name: changes.pop(name)
        for name in ("items", "received_at", "promotion", "applied_on", "wished_start")
        if name in changes
    }
    application["answers"] = answers
    return msgspec.structs.replace(
        blank, application=msgspec.structs.replace(blank.application, **application), **changes
    )


def screened(service: str, customer: CustomerFields = CUSTOMER, **changes: Any) -> ApplicationScreening:
    return screen_application(content(service, **changes), customer, catalogue(), TODAY, (EXPLAINED,))


def codes(items: tuple[CheckItem, ...]) -> list[str]:
    return [item.code for item in items]


@pytest.mark.parametrize("service", EXAMPLES)
def test_with_everything_seen_to_it_can_go(service: str) -> None:
    found = screened(service)
    assert (codes(found.missing), codes(found.refusals)) == ([], [])
    assert found.ready


@pytest.mark.parametrize("service", EXAMPLES)
def test_an_empty_one_lacks_all_that_is_not_worked_out(service: str) -> None:
    empty = ContractContent(service=service)
    items = checklist(empty, CustomerFields(), catalogue(), TODAY)
    assert len(set(codes(items))) == len(items)
    assert {item.kind for item in items} == {"required", "consent", "eligibility", "ground"}
    for item in items:
        assert item.name
        assert item.clause or item.code == "explained"
        assert bool(item.answer) != item.automatic
        if item.answer:
            assert not item.seen_to
    found = screen_application(empty, CustomerFields(), catalogue(), TODAY)
    assert {"contractor", "explained"} <= set(codes(found.missing))
    assert not found.ready


@pytest.mark.parametrize("service", EXAMPLES)
def test_each_ground_refuses_under_its_clause(service: str) -> None:
    grounds = [
        item for item in checklist(content(service), CUSTOMER, catalogue(), TODAY) if item.kind == "ground"
    ]
    assert grounds
    for ground in grounds:
        found = screened(service, answers={ground.answer: True})
        assert [(one.code, one.clause) for one in found.refusals] == [(ground.code, ground.clause)]
        assert found.refusals[0].detail == ground.name


@pytest.mark.parametrize(
    ("service", "items", "clause"),
    [
        ("mihariban", {"license": 51}, "25条※"),
        ("mihariban", {"license": 0, "extra": 1}, "25条※"),
        ("dokodemo-prime", {"id": 4}, "別紙4"),
        ("dokodemo-prime", {"id": 10_000}, "別紙4"),
    ],
)
def test_quantities_outside_the_list_refuse(service: str, items: dict[str, int], clause: str) -> None:
    (refusal,) = screened(service, items=items).refusals
    assert (refusal.code, refusal.clause) == ("eligible-quantity", clause)
    assert refusal.detail


def test_the_line_must_be_eligible_and_the_applicants_own() -> None:
    (refusal,) = screened("mihariban", line="other").refusals
    assert (refusal.code, refusal.clause) == ("eligible-line", "1条7号, 7条2項1号")
    (refusal,) = screened("mihariban", line_holder="別の会社").refusals
    assert (refusal.code, refusal.clause) == ("eligible-not-same-name", "7条2項1号")
    assert screened("mihariban", line_holder=CUSTOMER.name).ready
    assert screened("mihariban", line_holder=CUSTOMER.name.replace("株式会社", "㈱")).ready
    assert screened("dokodemo-prime", line="other", line_holder="別の会社").ready  # no such rule there
    assert screened("osect", line_holder="別の会社").ready


def test_one_contract_per_line_asks_for_its_number() -> None:
    for service, clause in (("media-light", "6条"), ("dokodemo-prime", "6条1項")):
        (missing,) = screened(service, line_number=" ").missing
        assert (missing.code, missing.clause) == ("line-number", clause)
    assert screened("osect", line_number="").ready


def test_the_order_of_receipt_is_kept_where_the_terms_ask() -> None:
    (missing,) = screened("mihariban", received_at=None).missing
    assert (missing.code, missing.clause) == ("received", "7条1項")
    assert screened("osect", received_at=None).ready


def test_consents_refused_where_the_terms_say_so() -> None:
    (refusal,) = screened("dokodemo-prime", answers={"cisco": False}).refusals
    assert (refusal.code, refusal.clause) == ("cisco", "7条1項, 8条2項(5)")
    (refusal,) = screened("media-light", answers={"anti-social": False}).refusals
    assert refusal.clause == "22条1項"
    found = screened("mihariban", answers={"data": False})
    assert (codes(found.missing), codes(found.refusals)) == (["data"], [])
    deemed = [
        item for item in checklist(content("mdr-ndr"), CUSTOMER, catalogue(), TODAY) if item.code == "terms"
    ]
    assert deemed[0].seen_to
    assert deemed[0].automatic


def test_a_maintenance_contract_is_a_condition() -> None:
    (refusal,) = screened("mdr-ndr", answers={"maintenance": False}).refusals
    assert (refusal.code, refusal.clause) == ("maintenance", "5条2項")


def test_the_explanation_is_read_from_what_was_recorded() -> None:
    found = screen_application(content("osect"), CUSTOMER, catalogue(), TODAY)
    assert codes(found.missing) == ["explained"]


def test_what_a_promotion_earns() -> None:
    old = {"applied_on": date(2019, 5, 1), "wished_start": date(2019, 5, 20), "promotion": True}
    found = screened("mihariban", **old).promotion
    assert found is not None
    assert (found.days.first, found.days.last) == (date(2019, 5, 20), date(2019, 6, 19))
    assert screened("mihariban", **old, answers={"arrears": True}).promotion is None
    assert screened("mihariban", **{**old, "promotion": False}).promotion is None


def test_it_speaks_english() -> None:
    set_language("en")
    names = [item.name for item in checklist(content("osect"), CUSTOMER, catalogue(), TODAY)]
    assert "These terms" in names
