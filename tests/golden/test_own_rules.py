"""Own cases about interest, surcharges and dates: every figure worked out by hand, the working in the
title.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.answers.questions import answer_question
from tests.golden.test_cases import differences
from tests.shipped import TODAY, catalogue

OWN = Path(__file__).parent / "own"
ASKS = ("late-interest", "surcharge", "opening-date", "cancellation-date", "deadlines")


def own(ask: str) -> list[dict[str, Any]]:
    lines = (OWN / f"{ask}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line, parse_float=Decimal) for line in lines]


CASES = [case for ask in ASKS for case in own(ask)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_own_case(case: dict[str, Any]) -> None:
    reply = answer_question(case, catalogue(), TODAY)
    expected = case["expect"]
    if "error" in expected:
        assert reply.get("error", {}).get("code") == expected["error"], reply  # type: ignore[attr-defined]
    else:
        assert list(differences(expected, reply.get("answer"))) == []


def test_every_own_case_has_its_own_name_and_clause() -> None:
    names = [case["id"] for case in CASES]
    assert len(set(names)) == len(names) >= 100
    assert all(case["title"] and case["clause"] and case["ask"] in ASKS for case in CASES)
