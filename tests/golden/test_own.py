"""Bills and fees worked out by hand from the terms; each title shows the working of every amount."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.answers.questions import answer_question
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
        assert reply.get("error", {}).get("code") == case["expect"]["error"], reply
    else:
        assert list(differences(case["expect"], reply.get("answer"))) == []


def test_every_own_case_names_its_clause() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 152
    assert all(case["clause"] and case["title"] for case in CASES)
