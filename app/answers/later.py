"""Questions that are not answered yet. What is plainly wrong with them is told all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.answers.contract import read_contract
from app.answers.fields import REFUSALS, Fields
from app.errors import Problem
from app.words import _


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


def termination(given: Fields) -> dict[str, object]:
    """``termination``: what ending or reducing costs."""
    read_contract(given.service(), given.inside("contract", needed=True))
    return _refuse(given)
