"""The days of entries about to be recorded: none too far away, none to come that has to have been, and those
the terms count (notice, renewal, the longest suspension).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from app.contract.cancellation_date import Notice, cancellation_date
from app.contract.date_words import because
from app.contract.facts import Ended, Outage, RenewalDeclined, Restored, Started, Suspended
from app.contract.life import entries_standing
from app.contract.record import Entry
from app.contract.renewal import last_notice
from app.contract.steps import Step
from app.days import date_words, is_near, period
from app.errors import Problem, UserError
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import Service
from app.words import _

_MOMENTS: Final[dict[type, tuple[str, ...]]] = {Outage: ("known_at", "restored_at"), Restored: ("at",)}


def too_far(entry: Entry, today: date) -> Iterator[Problem]:
    """Days nobody means: no contract reaches so far."""
    for name in entry.__struct_fields__:
        day = _as_day(getattr(entry, name))
        if day is not None and not is_near(day, today):
            shown = {"first": "from", "last": "to"}.get(name, name) if type(entry) is Suspended else name
            yield Problem(
                "bad-input",
                _("「{text}」は日付として使えません。").format(text=date_words(day, weekday=False)),
                why=_("今日から100年を超えて離れた日付は扱えません。"),
                remedy=_("日付を確かめてください。"),
                field=f"{entry.id}.{shown}",
            )


def _as_day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def not_yet(entry: Entry, today: date) -> list[Problem]:
    """What can only be told once it was: an outage and its end, steps of the application. No day to come.
    (The day an acceptance takes effect may lie ahead, as may a start.)
    """
    names = ("on",) if isinstance(entry, Step) else _MOMENTS.get(type(entry), ())
    return [
        Problem(
            "not-yet",
            _("{day}はまだ来ていません。").format(day=date_words(day, weekday=False)),
            remedy=_("今日までの日時を入力してください。"),
            field=f"{entry.id}.{name}",
        )
        for name in names
        if (day := _as_day(getattr(entry, name))) is not None and day > today
    ]


# --- days that the terms count ---------------------------------------------------------------------------


def too_early(entry: Ended, service: str, catalogue: Catalogue) -> list[Problem]:
    """A customer's end that comes before the notice rules let it. Without a day of request nothing is held
    against them: an end that was taken over from a ledger.
    """
    if entry.by != "customer" or entry.reason is not None or entry.requested is None:
        return []
    try:
        end = cancellation_date(
            Notice(service, entry.wished or entry.on, entry.requested, entry.confirmed), catalogue
        )
    except UserError as error:
        return [replace(one, field=f"{entry.id}.{one.field or 'on'}") for one in error.problems]
    if entry.on >= end.day:
        return []
    return [
        Problem(
            "notice-too-short",
            _("{on}には解約できません。").format(on=date_words(entry.on, weekday=False)),
            why=because(end.reason),
            remedy=_("最も早い解約日は{day}です。").format(day=date_words(end.day)),
            clause=end.reason.clause,
            field=f"{entry.id}.on",
        )
    ]


def declined_late(
    entry: RenewalDeclined, held: Sequence[Entry], service: str, catalogue: Catalogue
) -> list[Problem]:
    """A notice of non-renewal after the last day for it: the contract is renewed all the same."""
    start = min((one.on for one in entries_standing(held) if isinstance(one, Started)), default=None)
    last = last_notice(service, start, entry.on, catalogue) if start is not None else None
    if start is None or last is None or entry.on < start or entry.on <= last.day:
        return []
    return [
        Problem(
            "notice-too-late",
            _("今の契約期間の更新を断る申し出の期限（{day}）を過ぎています。").format(
                day=date_words(last.day, weekday=False)
            ),
            why=_("期限までに申し出がないため、契約は更新されます。"),
            remedy=_("契約を終わらせるときは、解約を記録してください。"),
            clause=last.clause,
            field=f"{entry.id}.on",
        )
    ]


def too_long(entry: Suspended, service: Service) -> list[Problem]:
    """A suspension announced for longer than the terms allow."""
    life = stands_for(service.editions, entry.first).life
    longest = life.suspension.longest_months if life is not None else None
    if life is None or longest is None or entry.last is None:
        return []
    until = period(entry.first, longest).last
    if entry.last <= until:
        return []
    return [
        Problem(
            "suspension-too-long",
            _("利用停止は長くて{months}か月です。").format(months=longest),
            remedy=_("最後の日は{day}までです。").format(day=date_words(until, weekday=False)),
            clause=life.suspension.clause,
            field=f"{entry.id}.to",
        )
    ]
