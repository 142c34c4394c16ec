"""割増金: what is owed for a fee that was unlawfully evaded, besides the fee itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.charge.lines import Reason
from app.errors import Problem, UserError
from app.money import floor_yen, tax_rate
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.words import _


@dataclass(frozen=True)
class EvadedFee:
    """What was evaded, in yen without tax. ``taxed`` False: a fee the price list adds no consumption tax
    to.
    """

    service: str
    net: int
    on: date
    taxed: bool = True


@dataclass(frozen=True)
class SurchargeDue:
    """The surcharge and everything owed, in yen. ``discretionary``: the provider may demand it, and need
    not.
    """

    net: int
    tax: int
    evaded_tax: int
    total_due: int
    discretionary: bool
    reason: Reason

    @property
    def total(self) -> int:
        """The surcharge with its tax."""
        return self.net + self.tax


def surcharge(fee: EvadedFee, catalogue: Catalogue) -> SurchargeDue:
    """So many times the evaded amount, tax added where the fee itself bears it, and the evaded fee with
    its tax.

    Raises UserError ``no-rule`` where the terms know no surcharge.
    """
    edition = stands_for(catalogue.service(fee.service).editions, fee.on)
    rule = edition.surcharge
    if rule is None:
        raise UserError(Problem("no-rule", _("この規約には割増金の定めがありません。")))
    rate = tax_rate(fee.on) if fee.taxed else Fraction(0)
    net = rule.factor * fee.net
    tax, evaded_tax = floor_yen(net * rate), floor_yen(fee.net * rate)
    total_due = fee.net + evaded_tax + net + tax
    evaded = Reason(
        "evaded-fee",
        {"net": fee.net, "rate": rate, "tax": evaded_tax},
        fee.net + fee.net * rate,
        fee.net + evaded_tax,
        clause=rule.clause,
        floor_clause=edition.tax_clause,
    )
    added = Reason(
        "surcharge",
        {"evaded": fee.net, "factor": rule.factor, "net": net, "rate": rate, "tax": tax},
        net + net * rate,
        net + tax,
        clause=rule.clause,
        floor_clause=edition.tax_clause,
    )
    reason = Reason(
        "evaded-fee-and-surcharge",
        {"evaded": evaded.amount, "surcharge": added.amount, "discretionary": rule.discretionary},
        Fraction(total_due),
        total_due,
        clause=rule.clause,
        edition=edition.start,
        parts=(evaded, added),
    )
    return SurchargeDue(net, tax, evaded_tax, total_due, rule.discretionary, reason)
