"""What a panel shows of the consequences of an action, as plain words and amounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ui.widgets.reason_tree import ReasonWords


@dataclass(frozen=True)
class CompareRow:
    """A line of 現在/変更後/差; ``after`` is what counts."""

    label: str
    before: str
    after: str
    difference: str = ""
    tone: str = "text"  # of the difference


@dataclass(frozen=True)
class CompareSection:
    """Rows below a heading ("" for none)."""

    heading: str
    rows: tuple[CompareRow, ...]


@dataclass(frozen=True)
class FeeWords:
    """解約金: what for, how much, the formula and the clause, and the bill it stands on."""

    title: str
    caption: str
    amount: str
    formula: str = ""
    clause: str = ""
    bill: str = ""
    bill_amount: str = ""
    reason: ReasonWords | None = None
    free: bool = False


@dataclass(frozen=True)
class Better:
    """A warning, or advice, with a better choice a click away: ``day`` goes into ``field``."""

    title: str
    detail: str = ""
    button: str = ""
    beside: str = ""
    meaning: str = "warn"
    field: str = ""
    day: date | None = None
    urgent: bool = False  # it stands above everything


@dataclass(frozen=True)
class Note:
    """A line with an icon: an obligation, a deadline, what can be taken back."""

    icon: str
    text: str
    tone: str = "text2"


@dataclass(frozen=True)
class Shown:
    """Everything that follows from an action, in the order of the panel."""

    effective: str = ""
    reason: ReasonWords | None = None
    sections: tuple[CompareSection, ...] = ()
    fee: FeeWords | None = None
    better: tuple[Better, ...] = ()
    notes: tuple[Note, ...] = ()
