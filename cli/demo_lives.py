"""Invented lives of contracts: what befell each from the application on, in the order of its days.

Everything that happened lies before today, and only what the terms permit is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import Final
from uuid import UUID

from app.contract.facts import (
    Billing,
    Changed,
    Ended,
    Interrupted,
    Notified,
    Outage,
    OutageCause,
    RenewalDeclined,
    Restored,
    Resumed,
    Started,
    Succeeded,
    Suspended,
    TermsNoticed,
    Transferred,
)
from app.contract.record import Entry
from app.contract.steps import Accepted, Explained, Refused, Submitted, Withdrawn
from app.days import corresponding_day, nth_period, period_number
from app.tariff.model import Edition

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Setting:
    """What a life is invented on: the service and its rules, the day that is today, whose it is."""

    service: str
    edition: Edition
    today: date
    start: date  # the day wished for or, where the service has begun, of its start
    items: Mapping[str, int]
    options: Mapping[str, bool | int]
    by: str
    receipt: int
    provider_number: str
    holder: tuple[str, str] = ("", "")  # id and name of the customer it belongs to now
    before: str = ""  # id of a customer it may have come from


@dataclass
class Life:
    """The entries so far, and until when the contract runs (None: it goes on)."""

    setting: Setting
    chance: Random
    entries: list[Entry] = field(default_factory=list)
    items: Mapping[str, int] = field(default_factory=dict)
    end: date | None = None
    passed_on: bool = False

    def add(self, *entries: Entry) -> None:
        """Note what happened."""
        self.entries += entries

    def days(self, least: int, most: int) -> timedelta:
        """A number of days."""
        return timedelta(days=self.chance.randint(least, most))

    def moment(self, day: date) -> datetime:
        """A time of a working day."""
        return datetime.combine(day, time(self.chance.randint(8, 17), 5 * self.chance.randint(0, 11)))

    def id(self) -> str:
        """An id of its own, the same every time."""
        return str(UUID(int=self.chance.getrandbits(128), version=4))


def invented(setting: Setting, stage: str, chance: Random) -> list[Entry]:
    """A life up to a stage: ``preparing``, ``submitted``, ``refused``, ``withdrawn``, ``accepted``, or
    ``running`` with everything that may follow.
    """
    life = Life(setting, chance, items=setting.items)
    running = stage == "running"
    applied = setting.start - life.days(15, 40) if running else setting.today - life.days(3, 12)
    if stage != "preparing" or chance.random() < 0.6:
        life.add(Explained(on=applied, by=setting.by))
    if stage == "preparing":
        return life.entries
    life.add(Submitted(on=applied + _DAY, receipt=setting.receipt, how=chance.choice(("form", "e-mail"))))
    if stage == "refused":
        life.add(_refused(life, applied + 2 * _DAY))
    elif stage == "withdrawn":
        life.add(Withdrawn(on=applied + 2 * _DAY, words="検討し直すとのご連絡"))
    elif stage == "accepted" or running:
        on = min(applied + life.days(2, 8), setting.today)
        number = setting.provider_number
        life.add(Accepted(on=on, effective=setting.start, how="e-mail", provider_number=number))
    if running:
        life.add(Started(on=setting.start, items=setting.items, options=setting.options))
        _run(life)
    return life.entries


def _refused(life: Life, on: date) -> Refused:
    ground = life.chance.choice(life.setting.edition.conditions)
    return Refused(on=on, grounds=(ground.code,), words=ground.name.ja)


def _run(life: Life) -> None:
    """Everything from the start on."""
    setting, chance = life.setting, life.chance
    fate = chance.random()
    if fate < 0.11 and setting.today - setting.start > timedelta(days=70):
        life.end = setting.start + life.days(60, (setting.today - setting.start).days)
    elif fate < 0.145:
        life.end = setting.today + life.days(4, 55)
    until = min(setting.today, life.end or setting.today) - 2 * _DAY
    day = setting.start + life.days(20, 200)
    while day < until:
        day = chance.choices(_EVENTS, cum_weights=_WEIGHTS)[0](life, day, until) + life.days(25, 240)
    if life.end is not None:
        life.add(_ended(life, life.end))
    else:
        _to_come(life)


def _ended(life: Life, on: date) -> Ended:
    """By the customer as a rule, now and then by the provider for arrears."""
    told = max(min(life.setting.today, on - life.days(6, 30)), life.setting.start)
    rules = life.setting.edition.life
    if life.chance.random() < 0.1 and rules is not None:
        ground = rules.company_end.grounds[0].code
        return Ended(on=on, by="company", reason="arrears", ground=ground, notified=told)
    return Ended(on=on, requested=told, wished=on)


def _to_come(life: Life) -> None:
    """What lasts today or is planned."""
    setting, chance = life.setting, life.chance
    luck = chance.random()
    old = setting.today - setting.start > timedelta(days=60)
    if luck < 0.03 and old:
        ground = setting.edition.life.suspension.grounds[0].code if setting.edition.life else ""
        first = setting.today - life.days(1, 20)
        if all(one.on < first for one in life.entries if isinstance(one, Resumed)):
            life.add(Suspended(first=first, ground=ground, notified=first - 10 * _DAY))
    elif luck < 0.05:
        life.items = _other(life)
        life.add(Changed(on=setting.today + life.days(5, 40), items=life.items))
    elif luck < 0.08 and setting.service in {"dokodemo-prime", "mihariban"}:
        life.add(TermsNoticed(notified=setting.today - 5 * _DAY, effective=setting.today + 25 * _DAY))
    elif luck < 0.12 and setting.service == "mdr-ndr" and old:
        _declined(life, setting.today - life.days(1, 20))
    elif luck < 0.125 and old:
        known = life.moment(setting.today - _DAY)
        life.add(Outage(known_at=known, restored_at=None, cause="company", id=life.id()))


def _declined(life: Life, told: date) -> None:
    """The customer says in time that the year is not to be followed by another: it ends with its term."""
    setting, term = life.setting, life.setting.edition.term
    if term is None or told < setting.start:
        return
    year = nth_period(setting.start, term.months, period_number(setting.start, term.months, told))
    if told <= corresponding_day(year.last, -(term.notice_months or 0)) - _DAY:
        life.add(RenewalDeclined(on=told), Ended(on=year.last))


# --- what may happen on the way; each gives the last day it took ------------------------------------------


def _changed(life: Life, day: date, _until: date) -> date:
    if life.setting.service == "mdr-ndr":  # a year paid ahead is renewed, not changed
        return _notified(life, day, _until)
    life.items = _other(life)
    life.add(Changed(on=day, items=life.items))
    return day


def _other(life: Life) -> Mapping[str, int]:
    """Some more or fewer of the item that counts, within the price list."""
    changed = dict(life.items)
    code = next(iter(changed))
    item = life.setting.edition.item(code)
    assert item is not None
    most = item.maximum or 9_999
    step = life.chance.randint(1, max(1, changed[code] // 3))
    grows = life.chance.random() < 0.7 or changed[code] - step < max(1, item.minimum)
    changed[code] = min(most, changed[code] + step) if grows else changed[code] - step
    return changed


_CAUSES: Final[tuple[OutageCause, ...]] = (
    "company",
    "company",
    "third-party",
    "gross-negligence",
    "customer",
)


def _outage(life: Life, day: date, until: date) -> date:
    known = life.moment(day)
    at = known + timedelta(hours=life.chance.randint(3, 70), minutes=10 * life.chance.randint(0, 5))
    if at.date() >= until:
        return day
    name = life.id()
    life.add(Outage(known_at=known, restored_at=None, cause=life.chance.choice(_CAUSES), id=name))
    life.add(Restored(outage=name, at=at))
    return at.date()


def _suspended(life: Life, day: date, until: date) -> date:
    back = day + life.days(3, 40)
    if back >= until:
        return day
    ground = life.setting.edition.life.suspension.grounds[0].code if life.setting.edition.life else ""
    life.add(Suspended(first=day, ground=ground, notified=day - 10 * _DAY), Resumed(on=back))
    return back


def _notified(life: Life, day: date, _until: date) -> date:
    what = life.chance.choice((("phone",), ("address", "postal_code"), ("email",), ("person", "email")))
    life.add(Notified(on=day, what=what, changed_on=day - 3 * _DAY, proof="名刺・届出書"))
    return day


def _interrupted(life: Life, day: date, _until: date) -> date:
    since = datetime.combine(day, time(1))
    until = since + timedelta(hours=life.chance.randint(2, 5))
    notified = day - 7 * _DAY
    life.add(Interrupted(since=since, until=until, why="設備のメンテナンス", notified=notified))
    return until.date()


def _billed(life: Life, day: date, _until: date) -> date:
    method = life.chance.choice(("invoice", "account-transfer"))
    life.add(Billing(method="invoice" if method == "invoice" else "account-transfer", on=day))
    return day


def _handed_over(life: Life, day: date, _until: date) -> date:
    setting = life.setting
    if life.passed_on or not setting.before or setting.edition.life is None:
        return _notified(life, day, _until)
    life.passed_on = True
    customer_id, name = setting.holder
    if life.chance.random() < 0.4:
        life.add(
            Succeeded(
                on=day,
                to=name,
                customer_id=customer_id,
                from_customer_id=setting.before,
                filed=day + 7 * _DAY,
                documents="合併契約書の写し・登記事項証明書",
            )
        )
        return day
    answers = {one.code: one.holds for one in setting.edition.life.transfer.conditions}
    life.add(
        Transferred(
            on=day,
            to=name,
            customer_id=customer_id,
            from_customer_id=setting.before,
            approved=day - 5 * _DAY,
            answers=answers,
            proof="連署の譲渡承認請求書",
        )
    )
    return day


_Event = Callable[[Life, date, date], date]
_FREQUENT: Final[Mapping[_Event, int]] = {
    _changed: 58,
    _outage: 12,
    _notified: 11,
    _interrupted: 6,
    _suspended: 5,
    _billed: 4,
    _handed_over: 4,
}
_EVENTS: Final = tuple(_FREQUENT)
_WEIGHTS: Final = tuple(accumulate(_FREQUENT.values()))


def recorded_on(entry: Entry, today: date) -> date:
    """The day an entry was written down: its own, or today's for what is to come."""
    if isinstance(entry, Ended):
        day: date | datetime | None = entry.requested or entry.notified or entry.on
    elif isinstance(entry, TermsNoticed):
        day = entry.notified
    else:
        names = ("on", "known_at", "at", "since", "first")
        day = next((found for name in names if (found := getattr(entry, name, None)) is not None), None)
    if isinstance(day, datetime):
        day = day.date()
    return min(day or today, today)


def told(entries: list[Entry], today: date) -> Iterator[tuple[Entry, date]]:
    """The entries in the order in which they were written down, each with that day."""
    days = [(recorded_on(entry, today), place, entry) for place, entry in enumerate(entries)]
    for day, _place, entry in sorted(days, key=lambda one: one[:2]):
        yield entry, day
