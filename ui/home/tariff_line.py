"""What Home says of the tariffs: when they were last compared with the terms, and which editions are near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.usecases.desk import Desk
from app.words import _
from ui.session import TariffCheck

CHECK_AFTER_DAYS = 90
_NEAR_DAYS = 184
_RECENT_DAYS = 31
_LOOKED_AT = 8  # contracts at each end of the list


@dataclass(frozen=True)
class NearEdition:
    """An edition that begins soon, or began lately, after another one: customers are to be told."""

    service: str
    name: str
    start: date


def read_near_editions(desk: Desk) -> tuple[NearEdition, ...]:
    """On the database worker: editions that follow another, begin within half a year or began within a month,
    and of which customers are still to be told.
    """
    from app.tariff.catalogue import words

    today = desk.today()
    first, last = today - timedelta(days=_RECENT_DAYS), today + timedelta(days=_NEAR_DAYS)
    found = [
        NearEdition(service.code, words(service.short), edition.start)
        for service in desk.catalogue.services()
        for edition in service.editions[1:]
        if edition.start is not None
        and first <= edition.start <= last
        and _somebody_waits(desk, service.code, edition.start)
    ]
    return tuple(sorted(found, key=lambda one: one.start))


def _somebody_waits(desk: Desk, service: str, start: date) -> bool:
    """Whether customers are still to be told, by a look at both ends of the list: they are told in its
    order.
    """
    from app.usecases.find_terms_change import terms_change, touched_contracts, touched_seqs

    seqs = list(touched_seqs(desk, service))
    ends = [*seqs[:_LOOKED_AT], *seqs[_LOOKED_AT:][-_LOOKED_AT:]]
    found = touched_contracts(desk, terms_change(desk.catalogue, service, start), ends)
    return any(one.told is None for one in found)


def checked_line(checks: tuple[TariffCheck, ...], today: date) -> tuple[str, str, str, str]:
    """Sentence, the smaller one, icon and tone."""
    from app.days import date_words

    oldest = min(checks, key=lambda check: check.day)
    day = date_words(oldest.day, weekday=False)
    if (today - oldest.day).days > CHECK_AFTER_DAYS:
        return (
            _("料金表の確認から{count}日たちました").format(count=(today - oldest.day).days),
            _("{service}・{day}に確認").format(service=oldest.name, day=day),
            "triangle-alert",
            "warn",
        )
    return (
        _("料金表は{count}サービスとも確認済みです").format(count=len(checks)),
        _("{day}までに規約と照合").format(day=day)
        if len({check.day for check in checks}) > 1
        else _("{day}に規約と照合").format(day=day),
        "book-open",
        "good",
    )


def near_line(near: Sequence[NearEdition]) -> tuple[str, str, str, str]:
    """What is said of editions to come: the first one, and how many more."""
    from app.days import date_words

    first = near[0]
    title = _("{service}の規約改定").format(service=first.name)
    if len(near) > 1:
        title = _("{title}ほか{count}件").format(title=title, count=len(near) - 1)
    return title, _("{day}から").format(day=date_words(first.start, weekday=False)), "bell", "note"
