"""The golden cases: questions of the field, with answers worked out by hand from the terms.

An answer may say more than is expected. Of lines only the amounts count, summed per item; an item that is
not expected must come to 0. ``clauses`` is a set; null is the same as no key.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.answers.questions import answer_line, answer_question, as_line
from tests.shipped import TODAY, catalogue

FILES = sorted((Path(__file__).parent / "cases").glob("*.jsonl"))
Case = dict[str, Any]


def cases() -> Iterator[Case]:
    for file in FILES:
        for line in file.read_text("utf-8").splitlines():
            yield json.loads(line, parse_float=Decimal)


def per_item(lines: list[dict[str, Any]]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line["item"]] += line["amount"]
    return {item: amount for item, amount in sums.items() if amount}


def differences(expected: Any, got: Any, path: str = "answer") -> Iterator[str]:
    if path.endswith("lines"):
        if per_item(expected) != per_item(got):
            yield f"{path}: expected {per_item(expected)}, got {per_item(got)}"
    elif isinstance(expected, dict):
        for key, value in expected.items():
            missing = 0 if key == "exempt" else None
            found = got.get(key, missing) if isinstance(got, dict) else missing
            yield from differences(value, found, f"{path}.{key}")
    elif path.endswith("clauses"):
        if set(expected) != set(got):
            yield f"{path}: expected {expected}, got {got}"
    elif expected != got or isinstance(expected, bool) is not isinstance(got, bool):
        yield f"{path}: expected {expected}, got {got}"


CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case_is_answered(case: Case) -> None:
    reply = answer_question(case, catalogue(), TODAY)
    assert reply["id"] == case["id"]
    expected = case["expect"]
    if "error" in expected:
        error = reply.get("error")
        assert isinstance(error, dict), reply
        assert error["code"] == expected["error"]
        assert error["message"]
    else:
        assert list(differences(expected, reply.get("answer"))) == []


def test_no_case_is_left_out() -> None:
    assert len(CASES) == 350


def test_the_comparison_sees_what_is_wrong() -> None:
    case = next(case for case in CASES if case["id"] == "B-103")
    answer = answer_question(case, catalogue(), TODAY)["answer"]
    wrong = json.loads(json.dumps(case["expect"]))
    wrong["lines"][0]["amount"] += 1
    wrong["net"] += 1
    assert len(list(differences(wrong, answer))) == 2


def test_answers_are_lines_of_json_whatever_reads_them() -> None:
    for case in CASES:
        line = json.dumps({**case, "expect": None, "given": case["given"]}, default=float).encode()
        assert json.loads(as_line(answer_line(line, catalogue(), TODAY)))["id"] == case["id"]
