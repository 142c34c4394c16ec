"""Links of the audit chain as somebody reads, seeks and checks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

SubjectOf = Literal["", "contract", "customer", "quotation", "visit", "paper", "staff", "technician"]
"""What a link is about; "" for the desk itself, its settings, its data."""


@dataclass(frozen=True)
class AuditEntry:
    """Who did what to what, when. ``what`` is a stable verb, ``subject`` an id; who and ``detail`` are empty
    once they were ``erased``.
    """

    seq: int
    at: datetime
    who: str
    what: str
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    erased: bool = False


@dataclass(frozen=True)
class AuditQuery:
    """Which links are wanted: days (both ends included), who (any of these names), verbs (any of these),
    a subject's id, words that stand in who or what exactly. Empty: all of them.
    """

    first: date | None = None
    last: date | None = None
    who: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    subject: str = ""
    words: str = ""


@dataclass(frozen=True)
class AuditRow:
    """A link as a list shows it: with what its subject is called now ("" where it is gone)."""

    entry: AuditEntry
    kind: SubjectOf = ""
    about: str = ""

    @property
    def seq(self) -> int:
        """Its place in the chain."""
        return self.entry.seq

    @property
    def id(self) -> str:
        """What tells it from all others."""
        return str(self.entry.seq)


@dataclass(frozen=True)
class AuditCheck:
    """How far a check of the chain has come: the links up to ``seq`` of ``last`` are read. ``faults`` are
    sentences; the rest is what the next part needs.
    """

    seq: int = 0
    last: int = -1
    faults: tuple[str, ...] = ()
    before: str = "0" * 64
    tombstones: Mapping[str, int] = field(default_factory=dict)
    erasures: frozenset[str] = frozenset()
    ended: bool = False
