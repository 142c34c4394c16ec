"""The ``contract`` of a question, read strictly into a timeline, and what of it nothing charges yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from app.answers.editions import nearest_priced
from app.answers.fields import LONGEST_CODE, MOST, Fields, shown, whole_number
from app.charge.prices import Ordered, check_ordered
from app.contract.facts import Started, Timeline
from app.words import _

CUSTOMERS: Final = ("corporation", "individual")
LINES: Final = ("flets", "collab", "other")
AREAS: Final = ("west", "east")
_ENDED_BY: Final = ("customer", "company")
_END_REASONS: Final = ("terms-change", "arrears", "line-ended", "service-end", "supplier-change")
_CAUSES: Final = ("company", "gross-negligence", "third-party", "customer")
_BILL_METHODS: Final = ("invoice", "account-transfer")


@dataclass(frozen=True)
class ReadContract:
    """A contract as far as it is charged now. ``later``: members whose facts are not charged yet."""

    timeline: Timeline
    later: tuple[str, ...]


def read_contract(service: str, contract: Fields) -> ReadContract:
    """Read and check a contract; problems are collected in ``contract``.

    Quantities and options are checked against the price list of the start, whether a month is asked for
    or not.
    """
    start = contract.day("start")
    items, options = read_items(contract), _options(contract)
    _check(service, items, options, start, contract)
    _changes(service, contract, start)
    _cancellation(contract, start)
    _outages(contract)
    _suspensions(contract)
    _works_fee(contract)
    _billing(contract)
    timeline = Timeline(
        service,
        (Started(start, items, options),),
        _customer(contract.one_of("customer", CUSTOMERS, "corporation")),
        _line(contract.one_of("line", LINES, "flets")),
        _area(contract.one_of("area", AREAS, "west")),
    )
    names = ("changes", "cancel", "outages", "suspensions", "works_fee", "billing")
    return ReadContract(timeline, tuple(name for name in names if contract.members.get(name)))


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


# --- facts that are checked now and charged later ----------------------------------------------------------


def _changes(service: str, contract: Fields, start: date) -> None:
    before = start
    for change in contract.objects("changes"):
        on = change.day("on")
        if on < before:
            change.refuse("on", _("変更は開始日以後の日付順に並べてください。"))
        before = max(before, on)
        if change.has("items"):
            _check(service, read_items(change), _options(change), on, change)
        else:
            _options(change)


def _cancellation(contract: Fields, start: date) -> None:
    if not contract.has("cancel"):
        return
    cancel = contract.inside("cancel")
    if not cancel.members:
        return
    if cancel.day("on") < start:
        cancel.refuse("on", _("解約日が開始日より前です。"))
    cancel.one_of("by", _ENDED_BY, "customer")
    if cancel.has("reason"):
        cancel.one_of("reason", _END_REASONS)
    cancel.flag("customer_fault", False)
    for name in ("requested", "notified", "effective"):
        cancel.day_or_none(name)


def _outages(contract: Fields) -> None:
    for outage in contract.objects("outages"):
        known, restored = outage.time_or_none("known_at"), outage.time_or_none("restored_at")
        if not outage.has("known_at"):
            outage.missing("known_at")
        if known and restored and restored < known:
            outage.refuse("restored_at", _("復旧の時刻が障害を知った時刻より前です。"))
        outage.one_of("cause", _CAUSES)


def _suspensions(contract: Fields) -> None:
    for suspension in contract.objects("suspensions"):
        first, last = suspension.day("from"), suspension.day_or_none("to")
        if last is not None and last < first:
            suspension.refuse("to", _("停止の終わりが始まりより前です。"))


def _works_fee(contract: Fields) -> None:
    if not contract.has("works_fee"):
        return
    works = contract.inside("works_fee")
    works.number("amount", 0)
    done = works.decimal("done")
    if done is not None and not Fraction(0) <= done <= 1:
        works.refuse("done", _("「{name}」は0から1までの数です。").format(name=works.where("done")))


def _billing(contract: Fields) -> None:
    billing = contract.inside("billing")
    if billing.has("method"):
        billing.one_of("method", _BILL_METHODS)
    for name in ("notice", "combined", "receivable_assigned"):
        billing.flag(name, False)
    for name in ("qualified_invoices", "payment_certificates"):
        counts = billing.inside(name)
        for month in counts.members:
            counts.month_key(month)
            counts.number(month, 0, most=MOST)


def _customer(code: str) -> Literal["corporation", "individual"]:
    return "individual" if code == "individual" else "corporation"


def _line(code: str) -> Literal["flets", "collab", "other"]:
    return "collab" if code == "collab" else "other" if code == "other" else "flets"


def _area(code: str) -> Literal["west", "east"]:
    return "east" if code == "east" else "west"
