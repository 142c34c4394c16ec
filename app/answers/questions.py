"""The JSON questions of ``answer``: one question in, one answer or refusal out, whatever the question is.

A question is ``{"id", "ask", "given"}``; an answer ``{"id", "answer"}`` or ``{"id", "error": {"code",
"message", "clause", "problems"}}``. Nothing that is asked raises: only the surroundings (a missing
resource) do.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from app.answers import (
    advice,
    application,
    bill,
    business_day,
    cancellation_date,
    deadlines,
    editions,
    late_interest,
    opening_date,
    slots,
    surcharge,
    termination,
    visit,
    visit_days,
)
from app.answers.fields import REFUSALS, Asked, Fields, shown
from app.errors import EnvironmentProblem, Problem, Problems, UserError
from app.strict_json import read_json, why_unreadable
from app.tariff.catalogue import Catalogue
from app.words import _

_LOG = logging.getLogger(__name__)

ASKS: Final[Mapping[str, Callable[[Fields], dict[str, object]]]] = {
    "advice": advice.answer,
    "application": application.answer,
    "bill": bill.answer,
    "business-day": business_day.answer,
    "edition": editions.answer,
    "visit": visit.answer,
    "visit-days": visit_days.answer,
    "cancellation-date": cancellation_date.answer,
    "deadlines": deadlines.answer,
    "late-interest": late_interest.answer,
    "opening-date": opening_date.answer,
    "slots": slots.answer,
    "surcharge": surcharge.answer,
    "termination": termination.answer,
}

Answer = dict[str, object]

_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(", ", ": "), default=str
)


def answer_lines(lines: Iterable[bytes], catalogue: Catalogue, today: date) -> Iterator[str]:
    """One line of JSON for each line that is not blank, in order."""
    for line in lines:
        if line.strip():
            yield as_line(answer_line(line, catalogue, today))


def answer_line(line: bytes, catalogue: Catalogue, today: date) -> Answer:
    """Answer one question as it stands in a file (UTF-8 JSON)."""
    try:
        question, doubled = read_json(line)
    except (ValueError, RecursionError) as error:
        return _refused(None, _bad(_("この行はJSONとして読めません。"), why=why_unreadable(error)))
    if doubled:
        what = _("「{name}」が二度書かれています。").format(name=doubled[0][:40])
        return _refused(_id_of(question), _bad(what))
    return answer_question(question, catalogue, today)


def answer_question(question: object, catalogue: Catalogue, today: date) -> Answer:
    """Answer one parsed question. Numbers with a point are expected as Decimal."""
    identity = _id_of(question)
    try:
        return {"id": identity, "answer": _answer(question, catalogue, today)}
    except UserError as error:
        return _refused(identity, error)
    except EnvironmentProblem:
        raise
    except Exception:  # a bug of ours: the other questions are still answered
        _LOG.exception("a question could not be answered")
        problem = Problem(
            "bug", _("内部エラーのためお答えできません。"), remedy=_("記録を開発元へお送りください。")
        )
        return _refused(identity, UserError(problem))


def as_line(answer: Answer) -> str:
    """An answer as one line of JSON."""
    return _ENCODER.encode(answer)


def _answer(question: object, catalogue: Catalogue, today: date) -> dict[str, object]:
    if not isinstance(question, dict):
        raise _bad(_("質問はJSONのオブジェクトです。"))
    asked = Asked(catalogue, today, Problems())
    outer = Fields(question, asked)
    ask = question.get("ask")
    handler = ASKS.get(ask) if isinstance(ask, str) else None
    if handler is None:
        outer.refuse(
            "ask",
            _("質問 {value} はありません。").format(value=shown(ask)),
            remedy=_("次の中からお選びください：{names}").format(names=", ".join(sorted(ASKS))),
        )
    if not isinstance(question.get("given"), dict):
        outer.refuse("given", _("「{name}」はJSONのオブジェクトです。").format(name="given"))
    asked.problems.raise_if_any(REFUSALS)
    assert handler is not None
    given = question["given"]
    assert isinstance(given, dict)
    return handler(Fields(given, asked))


def _id_of(question: object) -> object:
    """The id to echo; null where there is none, or none that is a plain value."""
    identity = question.get("id") if isinstance(question, dict) else None
    if isinstance(identity, Decimal):
        return str(identity)
    return identity if isinstance(identity, str | int | bool) else None


def _bad(what: str, why: str = "") -> UserError:
    return UserError(Problem("bad-input", what, why=why))


def _refused(identity: object, error: UserError) -> Answer:
    problems = [
        {"code": one.code, "message": one.sentence(), "clause": one.clause, "field": one.field}
        for one in error.problems
    ]
    first = error.problems[0]
    found: Answer = {"code": first.code, "message": first.sentence(), "clause": first.clause or None}
    if len(problems) > 1 or first.field:
        found["problems"] = problems
    return {"id": identity, "error": found}
