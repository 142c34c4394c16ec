"""The days on which the desk can send somebody: those of the terms without the desk's own closed days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.days import date_words, holidays_vouched_until
from app.tariff.catalogue import Catalogue
from app.visit.days import Refusal, refusal
from app.visit.order import Area
from app.visit.settings import ClosedDays
from app.words import _


def closed(
    catalogue: Catalogue, service: str, area: Area, day: date, own: Iterable[ClosedDays] = ()
) -> Refusal | None:
    """Why nobody comes on a day: the terms first, then the desk's own closed days; None on an open day.

    Raises UserError as ``app.visit.days.refusal`` does.
    """
    by_terms = refusal(catalogue, service, area, day)
    if by_terms is not None:
        return by_terms
    ours = next((one for one in own if one.first <= day <= one.last), None)
    if ours is None:
        return None
    why = ours.why.strip() or _("休業日")
    return Refusal(
        "own",
        _("{day}は訪問できません。").format(day=date_words(day)),
        _("当店の休業日です（{why}）。").format(why=why),
        _("別の日をお選びください。"),
        _("当店の設定"),
    )


def vouched(day: date) -> bool:
    """Whether the holidays of that day are published; later ones are worked out and may still change."""
    return day <= holidays_vouched_until()


def unsure_holidays(day: date) -> str:
    """What to say of a day whose holidays are not published yet; "" where they are."""
    if vouched(day):
        return ""
    return _(
        "{day}の祝日はまだ公表されていません（公表済みは{last}まで）。いまの法律で計算した暦で受け付けます。"
        "公表されたら日を確かめてください。"
    ).format(day=date_words(day), last=date_words(holidays_vouched_until(), weekday=False))
