"""Days and moments as lists say them: short, and near ones by name."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.words import _, language

_ERA_LETTERS = {"令和": "R", "平成": "H", "昭和": "S"}


def short_day(day: date | None, *, wareki: bool = False) -> str:
    """`2026/11/20`, or `R8/11/20`; "—" for no day."""
    if day is None:
        return "—"
    if wareki and language() == "ja":
        from app.days import era_date_words  # dates are written after the first picture

        words = era_date_words(day)
        letter = _ERA_LETTERS.get(words[:2])
        if letter is not None:
            year = words[2 : words.index("年")].replace("元", "1")
            return f"{letter}{year}/{day.month}/{day.day}"
    return f"{day.year}/{day.month:02}/{day.day:02}"


def moment_words(moment: datetime, now: datetime) -> str:
    """`今日 14:32`, `昨日 16:48`, `11/18 10:20`, and only the day for another year."""
    local = moment.astimezone(now.tzinfo) if moment.tzinfo is not None else moment
    time = f"{local.hour}:{local.minute:02}"
    if local.date() == now.date():
        return _("今日 {time}").format(time=time)
    if local.date() == now.date() - timedelta(days=1):
        return _("昨日 {time}").format(time=time)
    if local.year == now.year:
        return f"{local.month}/{local.day} {time}"
    return short_day(local.date())


def days_left_words(day: date, today: date) -> str:
    """`あと3日`, `今日まで`, `3日過ぎ`."""
    left = (day - today).days
    if left > 0:
        return _("あと{count}日").format(count=left)
    if left == 0:
        return _("今日まで")
    return _("{count}日過ぎ").format(count=-left)
