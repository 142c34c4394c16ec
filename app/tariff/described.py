"""A row of an edition in words, and the readings a record names."""

from __future__ import annotations

from dataclasses import dataclass

from app.tariff.clauses import clause_note
from app.tariff.model import Record
from app.words import _


@dataclass(frozen=True)
class Row:
    """What something is called, what holds of it (lines), the clause, and the readings that decide it."""

    label: str
    value: str
    clause: str = ""
    readings: tuple[str, ...] = ()


def counted(number: str, unit: str) -> str:
    """A number with its unit: ``3台``, ``31 ID``."""
    return f"{number} {unit}" if unit[:1].isascii() else f"{number}{unit}"


def with_clause(said: str, clause: str) -> str:
    """Words with the clause they rest on, where there is one."""
    return _("{words}（{clause}）").format(words=said, clause=clause_note(clause)) if clause else said


def readings_in(record: Record) -> tuple[str, ...]:
    """The readings a record names itself (``reading``, ``tax_reading``, ``reading_block``, …), each once."""
    return tuple(
        dict.fromkeys(
            value
            for name in record.__struct_fields__
            if "reading" in name.split("_") and isinstance(value := getattr(record, name), str) and value
        )
    )
