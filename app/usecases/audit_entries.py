"""A link of the audit chain as somebody reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class AuditEntry:
    """Who did what to what, when. ``what`` is a stable verb, ``subject`` an id; who and ``detail`` are
    empty once they were ``erased``.
    """

    seq: int
    at: datetime
    who: str
    what: str
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    erased: bool = False
