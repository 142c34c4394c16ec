"""What Home shows, as rows: records become words here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.contract.deadline_words import (
    business_day_before,
    deadline_words,
    whose_icon,
    whose_words,
)
from app.days import date_words, days_words, month_name, weekday_words
from app.money import yen_words
from app.words import _, language, pgettext
from ui.home.link_list import LinkRow
from ui.moments import days_left_words, moment_words

if TYPE_CHECKING:
    from app.charge.stored import Receivable
    from app.contract.beside import DueNote
    from app.contract.record import ContractRow, DeadlineDay, DeadlineRow
    from app.quote.stored import QuotationRow
    from app.usecases.show_home import Closed, HomeView

SOON_DAYS = 10
BACKUP_DAYS = 7


def near_day(day: date, today: date, *, weekday: bool = True) -> str:
    """``12/20（日）``, with the year where it is another one that is not the next few months'."""
    if language() == "en":
        words = f"{day.day} {date_words(day, weekday=False).split()[1][:3]}"
        return f"{weekday_words(day)} {words}" if weekday else words
    words = f"{day.month}/{day.day}"
    if abs((day - today).days) > 300:
        words = f"{day.year}/{words}"
    return f"{words}（{weekday_words(day)}）" if weekday else words


def span_words(deadline: DeadlineDay, today: date) -> str:
    """A day, or a span as ``12/1〜12/31``."""
    if deadline.since is None or deadline.since == deadline.on:
        return near_day(deadline.on, today)
    first = near_day(deadline.since, today, weekday=False)
    return _("{first}〜{last}").format(first=first, last=near_day(deadline.on, today, weekday=False))


def left_words(deadline: DeadlineDay, today: date) -> str:
    """``あと5日``; of a span to come when it begins: ``11日後から``."""
    since = deadline.since
    if since is None or deadline.on < today:
        return days_left_words(deadline.on, today)
    if since > today:
        return _("{count}日後から").format(count=(since - today).days)
    return days_left_words(deadline.on, today)


def before_words(day: date, today: date) -> str:
    """``前営業日12/18`` for a closed day, "" otherwise."""
    before = business_day_before(day)
    if before is None or before < today:
        return ""
    return _("前営業日{day}").format(day=near_day(before, today, weekday=False))


def deadline_row(row: DeadlineRow, today: date, names: Mapping[str, str], *, wide: bool = False) -> LinkRow:
    """A deadline: whose it is, what for, whose move (as an icon, ``wide`` also in words), when."""
    one = row.deadline
    tone = "text"
    if one.on < today:
        tone = "danger"
    elif (one.on - today).days <= SOON_DAYS:
        tone = "warn"
    what = [deadline_words(one.code), names.get(row.service, "")]
    whose, before = whose_words(one.whose), before_words(one.on, today)
    told = joined([*what, whose, before])
    left = left_words(one, today)
    return LinkRow(
        name=row.customer,
        right=span_words(one, today),
        below=told if wide else joined(what),
        below_right=left if wide else before or left,
        icon=whose_icon(one.whose),
        tone=tone,
        link=("contract", row.contract_id),
        tip="\n".join(part for part in (row.customer, row.number, row.phone, told, left) if part),
        ears=whose,
    )


def note_row(due: DueNote, today: date, staff: Mapping[str, str]) -> LinkRow:
    """A next step from a call: with whom, what, by whom, until when."""
    note = due.note
    day = note.due_on or today
    tone = "danger" if day < today else "warn" if day == today else "text"
    owner = staff.get(note.owner, "")
    return LinkRow(
        name=due.customer,
        right=near_day(day, today),
        below=_("・").join(part for part in (note.next_step or note.text, owner) if part),
        below_right=days_left_words(day, today),
        icon="phone",
        tone=tone,
        link=(note.subject, note.subject_id),
        tip="\n".join(part for part in (due.customer, due.number, note.next_step, note.text, owner) if part),
    )


def application_row(
    row: ContractRow, now: datetime, names: Mapping[str, str], *, unexplained: bool = False
) -> LinkRow:
    """An application on its way: whose, of what, where it stands, and whether the important points are still
    to be explained.
    """
    from ui.contracts.words import state_words

    icon, words, _meaning = state_words(row.state)
    lacks = _("説明まだ") if unexplained else ""
    return LinkRow(
        name=row.customer or _("（お客さま未定）"),
        right=words,
        below=_("・").join(part for part in (lacks, row.number, names.get(row.service, "")) if part),
        below_right=moment_words(row.updated_at, now),
        icon=icon,
        link=("contract", row.id),
    )


def unpaid_row(one: Receivable, today: date, names: Mapping[str, str]) -> LinkRow:
    """A bill past its due date: whose, what is open, since when."""
    bill = one.bill
    year, _dash, month = bill.month.partition("-")
    billed = _("{month}分").format(month=month_name(int(month)))
    if int(year) != today.year:
        billed = _("{year}年{month}月分").format(year=year, month=int(month))
    return LinkRow(
        name=bill.customer,
        right=yen_words(one.open),
        below=_("・").join(part for part in (billed, one.phone, names.get(bill.service, "")) if part),
        below_right=_("{count}日過ぎ").format(count=one.days),
        icon="japanese-yen",
        tone="danger",
        link=("contract", bill.contract_id),
    )


def draft_row(row: QuotationRow, now: datetime) -> LinkRow:
    """A draft: for whom, what, how much a month."""
    amount = row.monthly_net or row.yearly_net
    money = yen_words(amount) if amount else "—"
    if not row.monthly_net and row.yearly_net:
        money = _("年額 {amount}").format(amount=money)
    return LinkRow(
        name=row.customer or _("（お客さま未定）"),
        right=money,
        below=row.title or row.services or _("サービス未選択"),
        below_right=moment_words(row.updated_at, now),
        link=("quotation", row.id),
    )


def ending_row(row: QuotationRow, today: date) -> LinkRow:
    """A quotation that runs out soon."""
    day = row.valid_until or today
    return LinkRow(
        name=row.customer or _("（お客さま未定）"),
        right=near_day(day, today),
        below=_("・").join(part for part in (row.number, row.title or row.services) if part),
        below_right=days_left_words(day, today),
        tone="warn" if (day - today).days <= SOON_DAYS // 3 else "text",
        link=("quotation", row.id),
    )


def closed_words(closed: Closed, today: date) -> str:
    """``11月23日（月）は勤労感謝の日で休業``, ``12月29日〜1月3日は年末年始で休業``."""
    if closed.first == closed.last:
        day = date_words(closed.first)
        if language() != "en":
            day = day.partition("年")[2]
        if closed.why:
            return _("{day}は{why}で休業").format(day=day, why=closed.why)
        return _("{day}は休業").format(day=day)
    days = _closed_days(closed)
    if closed.why:
        return _("{days}は{why}で休業").format(days=days, why=closed.why)
    return _("{days}は休業").format(days=days)


def _closed_days(closed: Closed) -> str:
    if closed.first.year == closed.last.year:
        return days_words(closed.first, closed.last)
    first, last = date_words(closed.first, weekday=False), date_words(closed.last, weekday=False)
    if language() != "en":
        first, last = first.partition("年")[2], last.partition("年")[2]
    return _("{first}〜{last}").format(first=first, last=last)


def era_year(day: date) -> str:
    """``令和8年``, in English nothing."""
    if language() == "en":
        return ""
    from app.days import era_date_words

    words = era_date_words(day)
    return words[: words.index("年") + 1]


def joined(parts: Iterable[str]) -> str:
    """Words apart by a middle dot."""
    return _("・").join(part for part in parts if part)


def how_many(count: int) -> str:
    """``1,234件``."""
    return pgettext("column", "{count}件").format(count=f"{count:,}")


def unpaid_words(view: HomeView) -> str:
    """How many bills are unpaid, and how much that is."""
    return _("{count}・{total}").format(count=how_many(view.unpaid_count), total=yen_words(view.unpaid_sum))


def application_words(view: HomeView) -> str:
    """``申込準備 2・審査中 1``."""
    from ui.contracts.words import state_words

    counts = view.applications.counts
    return joined(f"{state_words(state)[1]} {count:,}" for state, count in counts.items() if count)


def backup_words(last: datetime | None, now: datetime) -> tuple[str, str, str, str]:
    """Sentence, the smaller one, icon and tone: when the data were last copied, and whether that is long
    ago.
    """
    where = _("毎日、自動で取ります")
    if last is None:
        return _("控えはまだありません"), where, "triangle-alert", "warn"
    said = _("{moment} に控えを取りました").format(moment=moment_words(last, now))
    days = (now.date() - last.astimezone(now.tzinfo).date()).days
    if days <= BACKUP_DAYS:
        return said, where, "shield-check", "good"
    return said, _("最後の控えから{count}日たちました").format(count=days), "triangle-alert", "warn"
