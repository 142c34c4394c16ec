"""The ``contract`` of a question, read strictly into a timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Final, Literal, get_args

from app.answers.editions import nearest_priced
from app.answers.fields import LONGEST_CODE, MOST, Fields, shown, whole_number
from app.contract.facts import (
    Billing,
    Changed,
    Ended,
    EndReason,
    Fact,
    Outage,
    OutageCause,
    Started,
    Suspended,
    Timeline,
    WorksFee,
)
from app.contract.ordered import Ordered, check_ordered
from app.contract.timeline_check import check_facts
from app.words import _

CUSTOMERS: Final = ("corporation", "individual")
LINES: Final = ("flets", "collab", "other")
AREAS: Final = ("west", "east")
_ENDED_BY: Final = ("customer", "company")
_END_REASONS: Final = get_args(EndReason)
_CAUSES: Final = get_args(OutageCause)
_BILL_METHODS: Final = ("invoice", "account-transfer")


def read_contract(service: str, contract: Fields) -> Timeline:
    """Read and check a contract; problems are collected in ``contract``.

    Quantities and options are checked against the price list of their day, whether a month is asked for
    or not.
    """
    start = contract.day("start")
    items, options = read_items(contract), _options(contract)
    _check(service, items, options, start, contract)
    facts: list[Fact] = [Started(start, items, options)]
    facts += _changes(service, contract, items, options)
    facts += _cancellation(contract)
    facts += _outages(contract)
    facts += _suspensions(contract)
    facts += _works_fee(contract)
    facts += _billing(contract)
    timeline = Timeline(
        service,
        tuple(facts),
        _customer(contract.one_of("customer", CUSTOMERS, "corporation")),
        _line(contract.one_of("line", LINES, "flets")),
        _area(contract.one_of("area", AREAS, "west")),
    )
    if len(facts) > 1:
        known = contract.asked.catalogue.service(service)
        contract.asked.problems.extend(check_facts(timeline, known), under=contract.path)
    return timeline


def read_items(given: Fields) -> dict[str, int]:
    """Quantities by item code; those that are no whole number are told and left out."""
    inside = given.inside("items")
    found = {}
    for code, value in inside.members.items():
        quantity = whole_number(value)
        if len(code) > LONGEST_CODE:
            inside.refuse(code[:LONGEST_CODE], _("品目 {code} はありません。").format(code=shown(code)))
        elif quantity is None:
            inside.refuse(
                code,
                _("「{name}」に {value} は使えません。").format(name=inside.where(code), value=shown(value)),
                remedy=_("0以上の整数を入力してください。"),
            )
        else:
            found[code] = quantity
    return found


def check_items(service: str, given: Fields, items: Mapping[str, int], day: date) -> Ordered:
    """Note what is wrong with quantities by the price list that stands for a day."""
    return _check(service, items, {}, day, given)


def _check(
    service: str, items: Mapping[str, int], options: Mapping[str, bool | int], day: date, given: Fields
) -> Ordered:
    ordered = Ordered(service, nearest_priced(given.asked.catalogue, service, day), items, options)
    given.asked.problems.extend(check_ordered(ordered), under=given.path)
    return ordered


def _options(given: Fields) -> dict[str, bool | int]:
    inside = given.inside("options")
    found: dict[str, bool | int] = {}
    for code, value in inside.members.items():
        number = whole_number(value)
        if isinstance(value, bool):
            found[code[:LONGEST_CODE]] = value
        elif number is not None:
            found[code[:LONGEST_CODE]] = number
        elif value is not None:
            inside.refuse(
                code[:LONGEST_CODE],
                _("「{name}」に {value} は使えません。").format(
                    name=inside.where(code[:LONGEST_CODE]), value=shown(value)
                ),
            )
    return found


# --- facts, each with its path as its id ----------------------------------------------------------


def _changes(
    service: str, contract: Fields, items: Mapping[str, int], options: Mapping[str, bool | int]
) -> Iterator[Fact]:
    """Changes in order; what a change does not name stays as it was."""
    before: date | None = None
    for place, change in enumerate(contract.objects("changes")):
        on = change.day("on")
        if before is not None and on < before:
            change.refuse("on", _("変更は日付順に並べてください。"))
        before = max(before or on, on)
        items = read_items(change) if change.has("items") else items
        options = _options(change) if change.has("options") else options
        _check(service, items, options, on, change)
        yield Changed(on, items, options, id=f"changes.{place}")


def _cancellation(contract: Fields) -> Iterator[Fact]:
    cancel = contract.inside("cancel")
    if not cancel.members:
        return
    days = {name: cancel.day_or_none(name) for name in ("requested", "notified", "effective")}
    yield Ended(
        cancel.day("on"),
        "company" if cancel.one_of("by", _ENDED_BY, "customer") == "company" else "customer",
        _end_reason(cancel.one_of("reason", _END_REASONS) if cancel.has("reason") else ""),
        cancel.flag("customer_fault", False),
        requested=days["requested"],
        notified=days["notified"],
        effective=days["effective"],
        id="cancel",
    )


def _outages(contract: Fields) -> Iterator[Fact]:
    for place, outage in enumerate(contract.objects("outages")):
        for name in ("known_at", "restored_at"):
            if not outage.has(name):
                outage.missing(name)
        known, restored = outage.time_or_none("known_at"), outage.time_or_none("restored_at")
        cause = _cause(outage.one_of("cause", _CAUSES))
        if known is not None:
            yield Outage(known, restored, cause, id=f"outages.{place}")


def _suspensions(contract: Fields) -> Iterator[Fact]:
    for place, suspension in enumerate(contract.objects("suspensions")):
        yield Suspended(suspension.day("from"), suspension.day_or_none("to"), id=f"suspensions.{place}")


def _works_fee(contract: Fields) -> Iterator[Fact]:
    if not contract.has("works_fee"):
        return
    works = contract.inside("works_fee")
    done = works.decimal("done")
    yield WorksFee(works.number("amount"), Fraction(1) if done is None else done, id="works_fee")


def _billing(contract: Fields) -> Iterator[Fact]:
    billing = contract.inside("billing")
    if not billing.members:
        return
    method = billing.one_of("method", _BILL_METHODS) if billing.has("method") else ""
    yield Billing(
        "invoice" if method == "invoice" else "account-transfer" if method else "",
        billing.flag("notice", False),
        billing.flag("combined", False),
        billing.flag("receivable_assigned", False),
        _counts(billing.inside("qualified_invoices")),
        _counts(billing.inside("payment_certificates")),
        id="billing",
    )


def _counts(given: Fields) -> dict[str, int]:
    """Numbers of papers by month."""
    found = {}
    for month in given.members:
        given.month_key(month)
        found[month] = given.number(month, 0, most=MOST)
    return found


def _end_reason(code: str) -> EndReason | None:
    return next((reason for reason in get_args(EndReason) if reason == code), None)


def _cause(code: str) -> OutageCause:
    return next((cause for cause in get_args(OutageCause) if cause == code), "company")


def _customer(code: str) -> Literal["corporation", "individual"]:
    return "individual" if code == "individual" else "corporation"


def _line(code: str) -> Literal["flets", "collab", "other"]:
    return "collab" if code == "collab" else "other" if code == "other" else "flets"


def _area(code: str) -> Literal["west", "east"]:
    return "east" if code == "east" else "west"
