"""The words of a life bar: of its marks, of its stretches, and of the whole for those who do not see it."""

from __future__ import annotations

from datetime import date

from app.days import Month, date_words, month_name
from app.usecases.contract_view import LifePicture, Mark
from app.words import _

BELOW = frozenset({"outage", "suspended", "interrupted"})
"""Kinds of marks that stand below the bar."""


def short_date(day: date, today: date, *, long_life: bool = False) -> str:
    """``9/14``; with the year where it is another one and the bar spans several."""
    if long_life or abs(day.year - today.year) > 1:
        return f"{day.year}/{day.month}/{day.day}"
    return f"{day.month}/{day.day}"


def mark_texts(mark: Mark, life: LifePicture) -> tuple[str, ...]:
    """The label of a mark, and shorter ones for where there is less room."""
    long_life = (life.last - life.first).days > 4 * 366
    when = short_date(mark.on, life.today, long_life=long_life or mark.kind == "fee-zero")
    told = _("{day} {words}").format(day=when, words=mark.words)
    first = mark.words.split(_("・"))[0]
    middle = _("{day} {words}").format(day=when, words=first)
    return tuple(dict.fromkeys((told, middle, when)))


def mark_reading(mark: Mark, today: date) -> str:
    """A mark in full, as it is read when one walks to it."""
    day = date_words(mark.on)
    if mark.until is not None and mark.until != mark.on:
        day = _("{first}から{last}まで").format(first=day, last=date_words(mark.until))
    if mark.on > today:
        left = _("あと{count}日").format(count=(mark.on - today).days)
        return _("{day} {words}（{left}）").format(day=day, words=mark.words, left=left)
    return _("{day} {words}").format(day=day, words=mark.words)


def today_words(today: date) -> str:
    """The tag at today's line."""
    return _("今日 {month}月{day}日").format(month=today.month, day=today.day)


def term_texts(life: LifePicture) -> tuple[str, ...]:
    """What stands in the rest of the term: all of it, and shorter where there is less room."""
    if life.term_end is None:
        return ()
    until = _("{day}まで").format(day=date_words(life.term_end, weekday=False))
    texts = [f"{life.term_words}  {until}", life.term_words, until]
    if life.months_left:
        left = _("解約金の残月数 {count}か月").format(count=life.months_left)
        texts.insert(0, _("{term}・{left}").format(term=texts[0], left=left))
    return tuple(texts)


def after_words(life: LifePicture) -> str:
    """What stands behind the term."""
    if life.start is None:
        return _("開始前")
    if life.renewal is not None:
        return _("更新後")
    return _("期間なし") if life.term_end is not None else _("最低契約期間なし")


def renewal_texts(life: LifePicture) -> tuple[str, ...]:
    """The label of the days in which the renewal is decided."""
    if life.renewal is None:
        return ()
    first, last = life.renewal.first, life.renewal.last
    month = Month.of(last)
    if (first, last) == (month.first, month.last):
        name = _("更新月 {month}").format(month=month_label(month, with_year=True))
    else:
        name = _("更新しない通知は{day}まで").format(day=short_date(first, life.today))
    span = _("{first}〜{last}").format(first=f"{first.month}/{first.day}", last=f"{last.month}/{last.day}")
    return (
        (_("{name}（{detail}）").format(name=name, detail=span), name, span)
        if name.startswith(_("更新月"))
        else (name,)
    )


def month_label(month: Month, *, with_year: bool) -> str:
    """``2027年1月``, ``7月``."""
    if not with_year:
        return month_name(month.month)
    return _("{year}年{month}月").format(year=month.year, month=month.month)


def life_description(life: LifePicture) -> str:
    """The whole picture in sentences."""
    parts = []
    for segment in life.segments:
        words = _("{first}から{last}まで {words}").format(
            first=date_words(segment.first, weekday=False),
            last=date_words(segment.last, weekday=False),
            words=segment.words,
        )
        parts.append(_("{words}（利用停止）").format(words=words) if segment.suspended else words)
    parts += [mark_reading(mark, life.today) for mark in life.marks]
    if life.term_end is not None:
        parts.append(term_texts(life)[0])
    if life.renewal is not None:
        parts.append(
            _("更新を決められる期間 {first}から{last}まで").format(
                first=date_words(life.renewal.first, weekday=False),
                last=date_words(life.renewal.last, weekday=False),
            )
        )
    return _("。").join(parts)
