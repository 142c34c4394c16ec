"""Words of months, bills and payments on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.days import Month, date_words, short_month_words
from app.money import yen_words
from app.words import _, pgettext

if TYPE_CHECKING:
    from app.charge.stored import BillRow, PaymentMethod, Run

MOST_NAMED = 5
"""Contracts that could not be charged named one by one when a month is closed."""


def run_chip(run: Run | None) -> tuple[str, str, str]:
    """Icon, word and meaning of where a month stands."""
    if run is None:
        return ("circle", _("未計算"), "neutral")
    return {
        "running": ("pause", _("計算の途中"), "warn"),
        "open": ("calculator", _("計算済み（締め前）"), "note"),
        "closed": ("lock", _("締め済み"), "good"),
    }[run.state.value]


def month_option(month: Month, run: Run | None) -> str:
    """``2026年11月分　締め済み``: a month in the chooser, short."""
    words = {"": _("未計算"), "running": _("途中"), "open": _("締め前"), "closed": _("締め済み")}
    state = words[run.state.value if run is not None else ""]
    return _("{month}分　{state}").format(month=short_month_words(month), state=state)


def method_options() -> list[tuple[PaymentMethod, str]]:
    """The ways to pay that are typed in."""
    return [
        ("transfer", _("振込")),
        ("account-transfer", _("口座振替")),
        ("phone-bill", _("電話料金合算")),
        ("cash", _("現金")),
    ]


def method_words(method: PaymentMethod) -> str:
    """``振込``."""
    return dict([*method_options(), ("offset", _("充当"))])[method]


def paid_chip(row: BillRow, *, overdue: bool) -> tuple[str, str, str]:
    """Icon, word and meaning of how far a bill is paid."""
    if row.refused:
        return ("triangle-alert", pgettext("chip", "計算できません"), "danger")
    if not row.closed:
        return ("circle", _("締め前"), "quiet")
    if row.total <= row.paid:
        return ("circle-check", _("入金済み") if row.total > 0 else _("請求なし"), "good")
    left = _("残り{amount}").format(amount=yen_words(row.total - row.paid))
    if overdue:
        return ("clock", left, "danger")
    return ("circle-dot", left, "note") if row.paid else ("circle", _("未入金"), "quiet")


def span_words(first: int, last: int | None) -> str:
    """``1〜30日``, ``91日以上``."""
    if last is None:
        return _("{first}日以上").format(first=first)
    return _("{first}〜{last}日").format(first=first, last=last)


def closing_words(run: Run, refused: Sequence[BillRow], today: date) -> str:
    """What closing a month means, in figures, who is left out, and that the month still runs."""
    last = Month(int(run.month[:4]), int(run.month[5:])).last
    still = _("まだ終わっていない月です（{day}まで）。").format(day=date_words(last, weekday=False))
    lines = [
        *((still,) if today <= last else ()),
        _("請求 {bills}件、合計 {total}（うち消費税 {tax}）を確定し、番号を付けます。").format(
            bills=f"{run.bills:,}", total=yen_words(run.total), tax=yen_words(run.tax)
        ),
        _("締めたあとは変えられません。あとからの訂正は翌月の請求に調整として入ります。"),
    ]
    if run.refused:
        named = [f"{row.number} {row.customer}" for row in refused[:MOST_NAMED]]
        rest = run.refused - len(named)
        if rest > 0:
            named.append(_("ほか{count}件").format(count=f"{rest:,}"))
        lines.append(
            _("計算できない契約 {count}件は請求されません：{names}").format(
                count=f"{run.refused:,}", names=_("、").join(named)
            )
        )
    return "\n".join(lines)
