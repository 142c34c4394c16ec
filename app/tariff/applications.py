"""What an application must state, what refuses it, and the free period it may bring."""

from datetime import date
from typing import Literal

from app.tariff.base import Record, Text

Ground = Literal[
    "not-same-name",
    "documents-not-agreed",
    "no-maintenance-contract",
    "quantity",
    "line",
    # flags of the application, false unless somebody says so
    "arrears",
    "technically_difficult",
    "false_statement",
    "competitor",
    "past_breach",
    "not_business",
    "non_existent",
    "forbidden_use",
    "illegal_use",
    "discredit",
    "disturbs_others",
    "measures_missing",
    "no_reply",
    "no_capacity",
    "hindrance",
]


class Condition(Record, frozen=True, kw_only=True):
    """A ground of refusal of an application.

    ``when`` names the answer that refuses: a flag of the application (``arrears``, ``technically_difficult``,
    …) or a derived one with hyphens: ``not-same-name``, ``documents-not-agreed``,
    ``no-maintenance-contract``, ``quantity`` (a number outside the items' range), ``line`` (not among the
    service's lines). ``lines``: only on these lines; empty = on any. ``code`` is the short clause (``7-2-1``)
    that answers carry. ``note``: what to look at, such as the kinds of lines meant.
    """

    when: Ground
    code: str
    name: Text
    lines: tuple[Literal["flets", "collab", "other"], ...] = ()
    note: Text | None = None
    clause: str


class Promotion(Record, frozen=True, kw_only=True):
    """A free period for applications between two days (附則)."""

    applied_from: date
    applied_until: date
    barred_from: date | None = None  # who used it before is barred when applying in barred_from…barred_until
    barred_until: date | None = None
    free_months: int
    reading: str = ""
    clause: str


class RequiredItem(Record, frozen=True, kw_only=True):
    """Something an application must state (``for_visit``: an application for visit support)."""

    code: str
    name: Text
    for_visit: bool = False
    clause: str
