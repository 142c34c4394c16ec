"""Numbers no price has: of more digits than Python reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.papers.terms_loading import read_terms
from app.tariff.parse import parse

DIGITS = b"service = 1" + b"0" * 5_000


def test_a_number_of_thousands_of_digits_is_told() -> None:
    content, problems = parse(DIGITS, Path("own.toml"))
    assert content is None
    assert len(problems) == 1
    with pytest.raises(UserError):
        read_terms(DIGITS, Path("own.toml"))
