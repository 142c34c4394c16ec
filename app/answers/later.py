"""Questions that are not answered yet. What is plainly wrong with them is told all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.answers.fields import REFUSALS, Fields
from app.errors import Problem
from app.words import _

_CAUSES = ("company", "customer")


def not_yet(fields: Iterable[str]) -> Iterator[Problem]:
    """The refusals ``not-yet`` for members of a question."""
    for field in fields:
        yield Problem(
            "not-yet",
            _("「{name}」のある質問にはまだお答えできません。").format(name=field),
            remedy=_("この項目を除いてお尋ねください。"),
            field=field,
        )


def _refuse(given: Fields) -> dict[str, object]:
    problems = given.asked.problems
    problems.raise_if_any(REFUSALS)
    problems.add("not-yet", _("この種類の質問にはまだお答えできません。"))
    problems.raise_if_any(REFUSALS)
    raise AssertionError


def late_interest(given: Fields) -> dict[str, object]:
    """``late-interest``: interest on a payment after its due day."""
    given.service()
    given.number("principal")
    given.day("due")
    given.day("paid")
    given.flag("receivable_assigned", False)
    return _refuse(given)


def surcharge(given: Fields) -> dict[str, object]:
    """``surcharge``: 割増金 on an evaded amount."""
    given.service()
    given.number("evaded_net")
    return _refuse(given)


def opening_date(given: Fields) -> dict[str, object]:
    """``opening-date``: when OsecT opens."""
    given.service()
    given.day("desired")
    given.day_or_none("delivered")
    given.day_or_none("tested")
    given.one_of("cause", _CAUSES, "company")
    given.flag("installed", True)
    return _refuse(given)


def cancellation_date(given: Fields) -> dict[str, object]:
    """``cancellation-date``: the day a cancellation takes effect."""
    given.service()
    given.day_or_none("notified")
    given.day("wished")
    given.day_or_none("confirmed")
    return _refuse(given)


def deadlines(given: Fields) -> dict[str, object]:
    """``deadlines``: the days that follow from a contract's start."""
    given.service()
    start = given.day("start")
    for name in ("on", "notified"):
        given.day_or_none(name)
    cancel = given.day_or_none("cancel")
    if cancel is not None and cancel < start:
        given.refuse("cancel", _("終了日が開始日より前です。"))
    return _refuse(given)
