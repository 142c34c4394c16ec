"""What erasing a customer asks of storage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol


@dataclass(frozen=True)
class KeptDay:
    """Something that has to be kept for years from the period a day lies in. ``what``: ``paper``, ``bill``,
    ``payment``, ``contract``, ``visit``; ``name``: a number people know, never a name.
    """

    what: str
    name: str
    day: date


@dataclass(frozen=True)
class Holding:
    """What the database holds about a customer and about those merged into it, in facts and figures.

    ``customers``: the ids; ``counts``: how many of each kind. What forbids erasing: ``running`` contracts,
    ``open_visits`` and ``carried`` visits (numbers), ``open_money`` (numbers of contracts with a bill unpaid,
    an advance, a claim that waits or a bill of a month not closed); and ``days``, which are kept for years.
    """

    customers: tuple[str, ...]
    counts: dict[str, int] = field(default_factory=dict)
    running: tuple[str, ...] = ()
    open_visits: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    open_money: tuple[str, ...] = ()
    days: tuple[KeptDay, ...] = ()


class ErasureRepository(Protocol):
    """Erases all that tells of a customer; tombstones, figures and salted hashes stay."""

    def holding(self, customer_id: str) -> Holding:
        """What there is. UserError ``not-found``, ``erased``."""
        ...

    def mentions(self, customer_id: str) -> int:
        """How many links of the audit speak of a customer. UserError ``not-found``, ``erased``."""
        ...

    def erase(self, customer_id: str, who: str, reason: str) -> int:
        """Let it all go at once; how many links of the audit lost their details. Whether it may go is for the
        caller to know. UserError ``not-found``, ``erased``.
        """
        ...
