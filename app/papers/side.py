"""Sections of the 重要事項説明書: a strip of facts, and points under numbered side heads with their articles at
the right. ``reports/`` draws them and computes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from app.papers.model import Column, HeadlineFact, LabelValue, Row, SignatureBox


class FactStrip(Struct, frozen=True):
    """Facts beside each other between rules, in the headline's place; ``figure`` stands last, in bold."""

    facts: tuple[LabelValue, ...]
    figure: HeadlineFact | None = None


class SidePoint(Struct, frozen=True):
    """One point with the article it rests on; ``own``: it is worked out for this contract (on a tint)."""

    text: str
    clause: str = ""
    own: bool = False


class SideTable(Struct, frozen=True):
    """A small table under a point. ``marked``: the column that holds for this contract, on a tint; ``note``:
    small words below it.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    marked: int | None = None


class SideTables(Struct, frozen=True):
    """Two small tables beside each other; ``share`` of the width is the left one's."""

    left: SideTable
    right: SideTable
    share: float = 0.44


class OwnCase(Struct, frozen=True):
    """What is worked out for this very contract: a table on a tint, with its title, and ``remark`` at its
    right.
    """

    title: str
    table: SideTable
    remark: str = ""


SidePart = SidePoint | SideTable | SideTables | OwnCase


class SideSection(Struct, frozen=True):
    """Parts under one side head."""

    title: str
    parts: tuple[SidePart, ...]


class SidePoints(Struct, frozen=True):
    """All side heads of a paper, numbered from 1."""

    sections: tuple[SideSection, ...]


class ExplanationRecord(Struct, frozen=True):
    """説明の記録 at the foot of the last page: who explained, when and how, beside the customer's signature.
    ``choices``: what is ticked by hand or already is (label, and words with their tick).
    """

    title: str
    rows: tuple[LabelValue, ...]
    choices: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    signature: SignatureBox
