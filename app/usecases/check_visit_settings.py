"""What is wrong with the owner's own settings of visits: durations, steps, lead time, closed days."""

from __future__ import annotations

from typing import Final

from app.errors import Problems
from app.visit.settings import ClosedDays, MinutesTable, VisitSettings
from app.words import _

MOST: Final = 8 * 60
"""The longest single piece of work, in minutes: a whole day."""

MOST_LEAD_DAYS: Final = 60
MOST_BLOCK_GB: Final = 4_000
LONGEST_CLOSED: Final = 366
LONGEST_WHY: Final = 60
STEPS: Final = (5, 10, 15, 20, 30, 60)
"""What starts and durations may be multiples of: they divide the hour."""


def check_visit_settings(settings: VisitSettings, problems: Problems) -> None:
    """Add everything that is wrong, each with its field (``visits.…``)."""
    _check_minutes(settings.minutes, problems)
    _between(settings.lead_days, 0, MOST_LEAD_DAYS, _("日"), "visits.lead_days", problems)
    for name, value in (
        ("visits.step", settings.step), ("visits.minutes.round_to", settings.minutes.round_to)
    ):  # fmt: skip
        if value not in STEPS:
            problems.add(
                "bad-input",
                _("1時間を割り切れる分数ではありません。"),
                remedy=_("5・10・15・20・30・60分から選んでください。"),
                field=name,
            )
    for place, days in enumerate(settings.closed):
        _check_closed(days, f"visits.closed.{place}", problems)


def _check_minutes(table: MinutesTable, problems: Problems) -> None:
    unit = _("分")
    for name in ("base", "other", "data_block", "travel"):
        _between(getattr(table, name), 0, MOST, unit, f"visits.minutes.{name}", problems)
    for code, minutes in table.menu.items():
        _between(minutes, 0, MOST, unit, f"visits.minutes.menu.{code}", problems)
    _between(table.data_block_gb, 1, MOST_BLOCK_GB, "GB", "visits.minutes.data_block_gb", problems)


def _between(value: int, least: int, most: int, unit: str, field: str, problems: Problems) -> None:
    if not least <= value <= most:
        problems.add(
            "bad-input",
            _("{least}〜{most}{unit}の外です。").format(least=least, most=f"{most:,}", unit=unit),
            remedy=_("この範囲の数を入力してください。"),
            field=field,
        )


def _check_closed(days: ClosedDays, field: str, problems: Problems) -> None:
    if days.last < days.first:
        problems.add(
            "bad-input",
            _("休業日の終わりが始まりより前です。"),
            remedy=_("終わりの日を確かめてください。"),
            field=f"{field}.last",
        )
    elif (days.last - days.first).days >= LONGEST_CLOSED:
        problems.add(
            "bad-input",
            _("1年を超える休業日は登録できません。"),
            remedy=_("年を確かめてください。"),
            field=f"{field}.last",
        )
    if len(days.why) > LONGEST_WHY:
        problems.add(
            "bad-input",
            _("文字が長すぎます。"),
            remedy=_("{most}文字以内にしてください。").format(most=LONGEST_WHY),
            field=f"{field}.why",
        )
