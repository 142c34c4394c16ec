"""重要事項説明書: what a service's file in ``resources/terms`` says, as records.

Our own words, point by point, each with its article. Figures are not written there: they are placeholders,
filled from the tariff and from the contract (``terms_facts``). How a file is read: ``terms_loading``.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from app.tariff.base import Record, Text

OwnCase = Literal["", "text", "leaving", "first-month", "year", "opening"]
PointTable = Literal["", "prices", "visit-prices"]

SERVICE_FACTS: Final = (
    "who",
    "provider",
    "tax",
    "term",
    "notice",
    "renewal-notice",
    "interest",
    "grace",
    "surcharge",
    "outage-hours",
    "suspension-months",
    "claim",
    "visit-days",
    "visit-closed",
    "visit-hours",
    "visit-reception",
    "free-visits",
    "migration-step",
)
"""Facts of the service without an argument: the same for every contract of an edition."""

NAMED_FACTS: Final = (
    "price",
    "min",
    "max",
    "capacity",
    "less",
    "fee",
    "fee-from",
    "deadline",
    "before",
    "visit-price",
    "support",
    "reading",
)
"""Facts of the service that take a code: ``{price:license}``."""

OWN_FACTS: Final = ("start", "quantity", "monthly", "yearly", "term-end", "renewal-by", "pay-by", "edition")
"""Facts of this contract or quotation."""

DATED_FACTS: Final = ("start", "term-end", "renewal-by", "pay-by")
"""Those that are known only with a first day: their points stand under the condition ``dated``."""

CONDITIONS: Final = (
    "quotation",
    "contract",
    "agent",
    "provider",
    "corporation",
    "individual",
    "flets",
    "collab",
    "other-line",
    "dated",
    "term-running",
    "rents-gateway",
    "visits",
)
NAMED_CONDITIONS: Final = ("with", "option", "reading")
"""Conditions that take an argument: ``with:gateway-10``, ``option:lease``, ``reading:NAME=CHOICE``."""
NEGATION: Final = "not "


class TermsPoint(Record, frozen=True, kw_only=True):
    """One point. ``covers``: the points of the checklist it covers (``M1``); ``when``: conditions that must
    all hold; ``reading``: it rests on that reading of the tariff, and is marked; ``table``: what stands below
    it; ``own_case``: worked out for this very contract, on a tint.
    """

    id: str
    text: Text
    clause: str
    covers: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    reading: str = ""
    table: PointTable = ""
    own_case: OwnCase = ""


class TermsSection(Record, frozen=True, kw_only=True):
    """Points under one side head, a title of at most eight characters in Japanese."""

    code: str
    title: Text
    point: tuple[TermsPoint, ...]


class ServiceTerms(Record, frozen=True, kw_only=True):
    """What has to be explained of a service. ``edition``: from which edition of the terms on the texts hold
    (None: of terms without a date); ``articles`` and ``appendices``: how many the terms have; ``letter``:
    how its points of the checklist begin.
    """

    service: str
    letter: str
    edition: date | None = None
    articles: int
    appendices: int = 0
    checked_on: date
    section: tuple[TermsSection, ...]

    def points(self) -> tuple[TermsPoint, ...]:
        """Every point, in order."""
        return tuple(point for section in self.section for point in section.point)
