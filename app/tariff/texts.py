"""Words of the tariff in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.words import language

if TYPE_CHECKING:
    from app.tariff.model import Reading, Text


def words(text: Text) -> str:
    """The text in the language in use."""
    return text.en if language() == "en" else text.ja


def choice_words(reading: Reading, choice: str) -> str:
    """The name of a choice of the reading; the code itself when the reading has no such choice."""
    return next((words(known.name) for known in reading.choices if known.code == choice), choice)


def customer_words(reading: Reading, choice: str) -> str:
    """What a paper says when it used the reading with that choice; empty when papers say nothing of it."""
    if reading.customer_sentence is None:
        return ""
    return words(reading.customer_sentence).replace("{choice}", choice_words(reading, choice))
