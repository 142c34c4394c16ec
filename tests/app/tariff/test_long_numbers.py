"""Numbers no price has: of more digits than Python reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.papers.terms_loading import read_terms
from app.tariff.parse import parse

WRITTEN = ("1" + "0" * 5_000, "0x" + "F" * 5_000, "[[{ a = 0x" + "F" * 90 + " }]]")


@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_of_thousands_of_digits_is_told(written: str) -> None:
    data = f"service = {written}".encode()
    content, problems = parse(data, Path("own.toml"))
    assert content is None
    assert len(problems) == 1
    with pytest.raises(UserError):
        read_terms(data, Path("own.toml"))


@pytest.mark.parametrize("clause", ["{}条", "別紙{}"])
def test_no_clause_has_thousands_of_digits(clause: str) -> None:
    path = Path(__file__).parents[3] / "resources" / "terms" / "osect.toml"
    text = path.read_text("utf-8")
    old = text.partition('clause = "')[2].partition('"')[0]
    wrong = text.replace(f'clause = "{old}"', f'clause = "{clause.format("9" * 5_000)}"', 1)
    with pytest.raises(UserError):
        read_terms(wrong.encode(), path)
