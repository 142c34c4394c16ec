"""Facts that cannot have happened are refused, each with its place and its clause."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from app.charge.engine import charge
from app.contract.facts import (
    Billing,
    Changed,
    Ended,
    Fact,
    Interrupted,
    Notified,
    Outage,
    RenewalDeclined,
    Restored,
    Resumed,
    Started,
    Succeeded,
    Suspended,
    TermsNoticed,
    Timeline,
    Transferred,
    Voided,
    WorksFee,
)
from app.contract.timeline_check import check_facts, check_timeline
from app.days import Month
from app.errors import UserError
from tests.app.charge.timelines import at
from tests.shipped import catalogue

START = Started(date(2026, 6, 10), {"id": 10})
END = Ended(date(2027, 3, 31))


def refused(*facts: Fact, service: str = "dokodemo-prime") -> list[tuple[str, str]]:
    """Field and clause of each problem."""
    one = Timeline(service, facts)
    return [(problem.field, problem.clause) for problem in check_facts(one, catalogue().service(service))]


@pytest.mark.parametrize(
    ("fact", "fields"),
    [
        (Changed(date(2026, 6, 9), {"id": 20}), ["facts.2.on"]),
        (Changed(date(2027, 4, 1), {"id": 20}), ["facts.2.on"]),
        (Ended(date(2028, 4, 1)), ["facts.2.on"]),
        (Started(date(2026, 7, 1), {"id": 20}), ["facts.2.on"]),
        (Suspended(date(2026, 6, 1), date(2026, 7, 1)), ["facts.2.from"]),
        (Suspended(date(2027, 4, 1)), ["facts.2.from"]),
        (Suspended(date(2026, 7, 2), date(2026, 7, 1)), ["facts.2.to"]),
        (Outage(at("2026-06-09T23:59"), None, "company"), ["facts.2.known_at"]),
        (Outage(at("2027-04-01T00:00"), None, "company"), ["facts.2.known_at"]),
        (Outage(at("2026-07-02T00:00"), at("2026-07-01T00:00"), "company"), ["facts.2.restored_at"]),
        (WorksFee(1_000), ["facts.2.amount"]),
        (Billing(qualified_invoices={"2026-05": 1}), ["facts.2.qualified_invoices.2026-05"]),
        (Billing(payment_certificates={"2026-07": -1}), ["facts.2.payment_certificates.2026-07"]),
        (Transferred(date(2026, 6, 1), "次の方"), ["facts.2.on"]),
        (Succeeded(date(2027, 4, 1), "次の方"), ["facts.2.on"]),
        (Voided("nobody"), ["facts.2.voids"]),
        (Resumed(date(2026, 7, 1)), ["facts.2.on"]),
        (Resumed(date(2026, 6, 1)), ["facts.2.on", "facts.2.on"]),
        (Restored("nothing", at("2026-07-01T00:00")), ["facts.2.outage"]),
        (Interrupted(at("2026-07-02T00:00"), at("2026-07-01T00:00")), ["facts.2.until"]),
        (Interrupted(at("2026-06-09T00:00")), ["facts.2.since"]),
        (Interrupted(at("2026-07-02T00:00"), notified=date(2026, 7, 3)), ["facts.2.notified"]),
        (Notified(date(2026, 7, 1), ()), ["facts.2.what"]),
        (TermsNoticed(date(2026, 7, 2), date(2026, 7, 1)), ["facts.2.effective"]),
        (TermsNoticed(date(2027, 4, 1), date(2027, 5, 1)), ["facts.2.notified"]),
        (RenewalDeclined(date(2026, 7, 1)), ["facts.2.on"]),
        (Transferred(date(2026, 7, 1), " "), ["facts.2.to"]),
        (Transferred(date(2026, 7, 1), "同じ方", "one", "one"), ["facts.2.customer_id"]),
    ],
)
def test_a_fact_that_cannot_be_is_refused(fact: Fact, fields: list[str]) -> None:
    assert [field for field, _clause in refused(START, END, fact)] == fields
    with pytest.raises(UserError) as caught:
        charge(Timeline("dokodemo-prime", (START, END, fact)), catalogue(), Month(2026, 9))
    assert caught.value.code == "bad-input"


@pytest.mark.parametrize(
    "fact",
    [
        Changed(START.on, {"id": 20}),
        Changed(END.on, {"id": 20}),
        Suspended(START.on, END.on),
        Suspended(END.on),
        Outage(at("2026-06-10T00:00"), at("2026-06-10T00:00"), "company"),
        Billing("invoice", on=END.on),
        Transferred(END.on, "次の方"),
    ],
)
def test_the_first_and_the_last_day_belong_to_the_contract(fact: Fact) -> None:
    assert refused(START, END, fact) == []


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        (Changed(date(2026, 8, 1), {"id": 9}), Changed(date(2026, 8, 1), {"id": 9}), "on"),
        (Suspended(date(2026, 8, 1), date(2026, 8, 9)), Suspended(date(2026, 8, 9)), "from"),
        (Suspended(date(2026, 8, 1)), Suspended(date(2026, 9, 9)), "from"),
        (
            Outage(at("2026-08-01T00:00"), at("2026-08-03T00:00"), "company"),
            Outage(at("2026-08-01T00:00"), at("2026-08-02T00:00"), "third-party"),
            "known_at",
        ),
        (Billing("invoice"), Billing("account-transfer"), "on"),
        (Billing("invoice"), Billing("account-transfer", on=START.on), "on"),
        (Transferred(date(2026, 8, 1), "甲"), Succeeded(date(2026, 8, 1), "乙"), "on"),
        (Changed(date(2026, 8, 1), {"id": 9}, id="a"), Changed(date(2026, 8, 2), {"id": 9}, id="a"), "id"),
    ],
)
def test_twice_the_same_and_overlaps_are_refused(one: Fact, other: Fact, field: str) -> None:
    for facts in ((START, one, other), (other, START, one)):
        assert [found.split(".")[-1] for found, _clause in refused(*facts)] == [field]


def test_all_problems_are_told_at_once_with_their_clauses() -> None:
    found = refused(
        START,
        END,
        Changed(date(2026, 6, 1), {"id": 9}, id="early"),
        Suspended(date(2027, 5, 1), date(2027, 4, 1), id="late"),
        Outage(at("2026-08-03T00:00"), at("2026-08-01T00:00"), "company", id="back"),
    )
    assert found == [
        ("early.on", "24条1項"),
        ("late.from", "24条1項"),
        ("late.to", "24条1項"),
        ("back.restored_at", "24条2項(2), 27条2項(4)・3項"),
    ]


def test_an_objection_to_new_terms_needs_its_three_days() -> None:
    end = Ended(date(2027, 3, 31), reason="terms-change", requested=date(2027, 3, 1))
    assert [field for field, _clause in refused(START, end)] == ["facts.1.notified", "facts.1.effective"]
    media = Started(date(2025, 6, 10), {})
    assert refused(media, Ended(date(2026, 3, 31), reason="terms-change"), service="media-light") == []


def test_a_share_of_works_lies_between_nothing_and_all() -> None:
    start = Started(date(2026, 6, 10), {"sensor": 1})
    assert refused(start, WorksFee(1_000, Fraction(1, 3)), service="osect") == []
    assert refused(start, WorksFee(-1, Fraction(4, 3)), service="osect") == [
        ("facts.1.amount", "20条"),
        ("facts.1.done", "20条"),
    ]


def test_nothing_without_a_start() -> None:
    assert refused(END) == [("start", "24条1項")]
    assert refused(Started(START.on, START.items, id="a"), Voided("a")) == [("start", "24条1項")]


def test_a_voided_fact_cannot_be_wrong_and_is_voided_once() -> None:
    early = Changed(date(2026, 6, 1), {"id": 9}, id="early")
    assert refused(START, early, Voided("early")) == []
    assert [field for field, _clause in refused(START, early, Voided("early"), Voided("early"))] == [
        "facts.3.voids"
    ]
    voids = Voided("early", id="undo")
    assert [field for field, _clause in refused(START, early, voids, Voided("undo"))] == ["facts.3.voids"]


@pytest.mark.parametrize(
    ("fact", "code", "field"),
    [
        (Changed(date(2026, 8, 1), {"id": 4}), "out-of-range", "facts.1.items.id"),
        (Changed(date(2026, 8, 1), {"license": 4}, id="b"), "bad-input", "b.items.license"),
    ],
)
def test_quantities_are_looked_at_at_every_moment(fact: Changed, code: str, field: str) -> None:
    problems = check_timeline(
        Timeline("dokodemo-prime", (START, fact)), catalogue().service("dokodemo-prime")
    )
    assert (code, field) in [(problem.code, problem.field) for problem in problems]


def test_a_start_in_a_time_without_prices_is_held_against_the_next_ones() -> None:
    one = Timeline("dokodemo-prime", (Started(date(2025, 6, 1), {"id": 4}),))
    problems = list(check_timeline(one, catalogue().service("dokodemo-prime")))
    assert [(problem.code, problem.field) for problem in problems] == [("out-of-range", "items.id")]
    sound = Timeline("dokodemo-prime", (Started(date(2025, 6, 1), {"id": 5}),))
    assert not check_timeline(sound, catalogue().service("dokodemo-prime"))


def test_an_outage_is_restored_once_and_not_before_it_began() -> None:
    outage = Outage(at("2026-07-01T10:00"), None, "company", id="outage")
    early = Restored("outage", at("2026-07-01T09:59"))
    good, again = Restored("outage", at("2026-07-02T00:00")), Restored("outage", at("2026-07-03T00:00"))
    over = Outage(at("2026-08-01T10:00"), at("2026-08-02T10:00"), "company", id="over")
    assert refused(START, outage, good) == []
    assert [field for field, _clause in refused(START, outage, early)] == ["facts.2.at"]
    assert [field for field, _clause in refused(START, outage, good, again)] == ["facts.3.outage"]
    assert refused(START, over, Restored("over", at("2026-08-03T00:00"))) == [
        ("facts.2.outage", "24条2項(2), 27条2項(4)・3項")
    ]


def test_a_suspension_is_resumed_once() -> None:
    stop = Suspended(date(2026, 7, 1))
    assert refused(START, stop, Resumed(date(2026, 7, 9))) == []
    assert refused(START, stop, Resumed(date(2026, 7, 9)), Resumed(date(2026, 7, 10))) == [
        ("facts.3.on", "17条1項")
    ]
    announced = Suspended(date(2026, 7, 1), date(2026, 7, 31))
    assert refused(START, announced, Resumed(date(2026, 7, 9))) == []
    assert refused(START, announced, Resumed(date(2026, 8, 1))) == [("facts.2.on", "17条1項")]


def test_a_renewal_is_declined_once_where_there_is_one() -> None:
    start = Started(date(2026, 6, 10), {"annual-fee": 1_200_000})
    one, two = RenewalDeclined(date(2026, 7, 1)), RenewalDeclined(date(2026, 8, 1))
    assert refused(start, one, service="mdr-ndr") == []
    assert [field for field, _clause in refused(start, one, two, service="mdr-ndr")] == ["facts.2.fact"]


def test_hands_follow_each_other() -> None:
    first = Transferred(date(2026, 7, 1), "乙", "b", "a")
    second, wrong = Succeeded(date(2026, 8, 1), "丙", "c", "b"), Succeeded(date(2026, 8, 1), "丙", "c", "a")
    assert refused(START, first, second) == []
    assert refused(START, first, wrong) == [("facts.2.from_customer_id", "12条1項")]
