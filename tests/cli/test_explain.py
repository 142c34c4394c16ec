"""``explain``: every kind of question in words, refusals too, in both languages."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import main
from app.answers.questions import ASKS, answer_line
from app.answers.telling import Row, tell
from app.words import set_language
from cli.explain import drawn
from tests.golden.test_cases import cases
from tests.golden.test_own import CASES
from tests.shipped import TODAY, catalogue

LATE = {
    "id": 1,
    "ask": "late-interest",
    "given": {"service": "dokodemo-prime", "principal": 528000, "due": "2026-06-30", "paid": "2026-08-31"},
}


def explained(question: object, tmp_path: Path, *options: str) -> tuple[int, str]:
    file = tmp_path / "質問.json"
    file.write_text(json.dumps(question, ensure_ascii=False, indent=2), encoding="utf-8")
    return main.main(["explain", str(file), *options]), file.name


def rows(question: dict[str, Any]) -> list[Row]:
    line = json.dumps(question, default=float).encode()
    return list(tell(question, answer_line(line, catalogue(), TODAY), catalogue()))


def test_an_answer_as_a_tree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explained(LATE, tmp_path)[0] == 0
    assert capsys.readouterr().out.splitlines() == [
        "延滞利息  どこでもプライム",
        "├─ 日数  61",
        "├─ 金額  2,647円",
        "├─ ほかに請求がないときは請求しないことがあります  第26条第3項",
        "├─ 528,000円 × 3％ × 61日 ÷ 365日  = 2,647.2…円（第26条第1項・第2項）",
        "│  ├─ 支払期日 2026年6月30日（火）",
        "│  ├─ 遅滞の日数  2026年7月1日から2026年8月30日まで（支払いの日は含まない）  61日",
        "│  ├─ 法定利率（遅滞の始まった2026年7月1日の利率）  3％",
        "│  └─ 1円未満切捨て  2,647円（第28条）",
        "└─ 規約の版  2026年5月11日実施",
    ]


def test_members_are_called_what_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contract = {"start": "2026-01-10", "gateway": 10, "free_visits": ["2026-02-03"]}
    given = {"service": "media-light", "on": "2026-06-01", "contract": contract, "work": []}
    assert explained({"ask": "visit", "given": given}, tmp_path)[0] == 0
    told = [line.strip("│├└─ ") for line in capsys.readouterr().out.splitlines()]
    assert "残りの回数  0" in told  # free visits, not devices
    assert "すでに使った日  2026年2月3日（火）" in told
    assert "訪問日" in told
    span = {"service": "media-light", "area": "west", "from": "2026-06-01", "to": "2026-06-01"}
    assert explained({"ask": "visit-days", "given": span}, tmp_path)[0] == 0
    assert "訪問できる日  2026年6月1日（月）" in capsys.readouterr().out


def test_a_day_with_its_reason_and_readings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given_ = {"service": "osect", "desired": "2026-06-22", "delivered": "2026-06-14"}
    question = {"ask": "opening-date", "given": given_}
    assert explained(question, tmp_path, "--reading", "opening-delay-days=business")[0] == 0
    out = capsys.readouterr().out
    assert "├─ 開通日  2026年6月25日（木）" in out
    assert "配送の遅れ3営業日" in out
    assert "配送・開通試験の遅延日数  営業日" in out
    assert "ほかの読み方  暦日  opening-delay-days" in out


def test_a_refusal_names_every_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = {"ask": "late-interest", "given": {"service": "osect", "principal": -1, "due": "2026-02-30"}}
    assert explained(question, tmp_path)[0] == 1
    heading, *problems = capsys.readouterr().out.splitlines()
    assert heading == "延滞利息  OsecT"
    assert len(problems) == 3
    assert all("［bad-input］" in problem for problem in problems)


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"ask": "weather"}', '{"ask": "visit", "given": 3}'])
def test_what_is_no_question_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    assert main.main(["explain", str(file)]) == 1
    assert "［bad-input］" in capsys.readouterr().out


def test_what_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["explain", str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err
    assert explained(LATE, tmp_path, "--reading", "due-on-holiday=tuesday")[0] == 2
    assert "tuesday" in capsys.readouterr().err


def test_a_file_of_windows_tools(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps(LATE), encoding="utf-16")
    assert main.main(["explain", str(file)]) == 0
    assert "2,647円" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("ask", sorted(ASKS))
def test_every_case_of_every_ask_is_told(ask: str, language: str) -> None:
    set_language(language)
    asked = [case for case in (*cases(), *CASES) if case["ask"] == ask]
    assert asked
    for case in asked:
        found = rows(case)
        assert len(found) > 1, case["id"]
        assert all(row.words.strip() for row in found), (case["id"], found)
        assert all(later.depth <= row.depth + 1 for row, later in pairwise(found))


def test_the_amounts_of_an_answer_are_all_told() -> None:
    case = next(case for case in cases() if case["id"] == "D-84")
    said = " ".join(row.value for row in rows(case))
    for amount in ("56,000円", "5,600円", "61,600円", "92,400円"):
        assert amount in said


def test_branches() -> None:
    tree = [Row(0, "a"), Row(1, "b"), Row(2, "c", "1", "2条"), Row(2, "d"), Row(1, "e"), Row(2, "f")]
    assert list(drawn(tree)) == ["a", "├─ b", "│  ├─ c  1（2条）", "│  └─ d", "└─ e", "   └─ f"]
