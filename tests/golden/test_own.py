"""Answers worked out by hand from the terms; each title shows the working of every amount and day."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.answers.questions import ASKS, answer_question
from tests.golden.test_cases import differences
from tests.shipped import TODAY, catalogue

CASES = [
    json.loads(line, parse_float=Decimal)
    for file in sorted((Path(__file__).parent / "own").glob("*.jsonl"))
    for line in file.read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_own_case_is_answered(case: dict[str, Any]) -> None:
    reply = answer_question(case, catalogue(), TODAY)
    if "error" in case["expect"]:
        error = reply.get("error")
        assert isinstance(error, dict), reply
        assert error["code"] == case["expect"]["error"]
    else:
        assert list(differences(case["expect"], reply.get("answer"))) == []


def test_every_own_case_has_its_own_name_a_clause_and_its_working() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 350  # as many as are given with the terms
    assert all(case["clause"] and case["title"] and case["ask"] in ASKS for case in CASES)
