"""Asking in tests: through JSON as all questions come; two that are right until a member is changed."""

from __future__ import annotations

import json
from typing import Any

from app.answers.questions import answer_line, as_line
from tests.shipped import TODAY, catalogue

BILL = {
    "service": "mihariban",
    "contract": {"start": "2024-01-01", "items": {"license": 10}},
    "months": ["2024-06"],
}
VISIT = {
    "service": "media-light",
    "on": "2025-06-10",
    "contract": {"start": "2025-04-15", "gateway": 10},
    "work": [{"devices": 1, "menu": ["os-recovery"]}],
}


def ask(kind: str, given_: object) -> dict[str, Any]:
    """The answer to a question that went through JSON, as all do."""
    line = json.dumps({"id": "q", "ask": kind, "given": given_}).encode()
    return json.loads(as_line(answer_line(line, catalogue(), TODAY)))  # type: ignore[no-any-return]


def code(kind: str, given_: object) -> str:
    reply = ask(kind, given_)
    assert "answer" not in reply, reply
    assert reply["error"]["message"]
    return str(reply["error"]["code"])


def fields(kind: str, given_: object) -> list[str]:
    return [problem["field"] for problem in ask(kind, given_)["error"].get("problems", [])]


def with_(base: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """A copy with the member at a dotted path replaced."""
    copy: dict[str, Any] = json.loads(json.dumps(base))
    *way, last = path.split(".")
    inner: Any = copy
    for step in way:
        inner = inner[int(step) if step.isdigit() else step]
    inner[int(last) if last.isdigit() else last] = value
    return copy
