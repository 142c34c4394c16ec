"""Quantities and bands in words, in both languages."""

from __future__ import annotations

import pytest

from app.charge.words import band_words, counted
from app.tariff.model import Text
from app.words import set_language

SEAT = Text(ja="ライセンス", en="licence")
ID = Text(ja="ID", en="ID")


@pytest.mark.parametrize(
    ("language", "quantity", "unit", "words"),
    [
        ("ja", 50, SEAT, "50ライセンス"),
        ("ja", 31, ID, "31 ID"),
        ("en", 50, SEAT, "50 licences"),
        ("en", 1, SEAT, "1 licence"),
        ("en", "40–49", ID, "40–49 IDs"),
        ("en", 0, SEAT, "0 licences"),
        ("en", 3, "", "3"),
        ("en", 3, "箱", "3箱"),
        ("ja", 3, "L版", "3 L版"),
    ],
)
def test_quantities_with_their_unit(language: str, quantity: object, unit: object, words: str) -> None:
    set_language(language)
    assert counted(quantity, unit) == words


def test_bands_of_pcs() -> None:
    assert [band_words(1, 1), band_words(16, 20)] == ["1台", "16〜20台"]
