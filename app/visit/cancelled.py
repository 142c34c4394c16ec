"""What a visit costs that does not take place: cancelled after its acceptance, before anybody was sent (no
clause settles it), or broken off after somebody came (24条3項).
"""

from __future__ import annotations

from app.charge.lines import Line, UsedReading
from app.tariff.catalogue import Catalogue
from app.visit.days import visit_rules
from app.visit.pricing import price_visit
from app.visit.work import VisitRequest

NOTHING, BASE_FEE = "zero", "base-fee"  # choices of the reading; the third charges all that was planned


def cancelled_visit(
    request: VisitRequest, catalogue: Catalogue
) -> tuple[tuple[Line, ...], UsedReading | None]:
    """The lines (yen without tax) of a cancelled visit, and the reading they rest on; None where the terms
    have none.

    Under ``base-fee`` the fee of each dispatch is charged, under ``all`` the visit as it was planned, a
    free visit left free.
    Raises UserError as ``price_visit`` does.
    """
    rules = visit_rules(catalogue, request.service, request.on)
    if not rules.cancel_reading:
        return (), None
    choice = catalogue.choice(request.service, rules.cancel_reading, request.on)
    used = UsedReading(request.service, rules.cancel_reading, choice)
    if choice == NOTHING:
        return (), used
    lines = price_visit(request, catalogue).lines
    if choice == BASE_FEE:
        per_dispatch = {item.code for item in rules.menu if item.automatic and item.per == "dispatch"}
        lines = tuple(line for line in lines if line.item in per_dispatch)
    return lines, used


def broken_off_visit(request: VisitRequest, catalogue: Catalogue) -> tuple[Line, ...]:
    """The lines (yen without tax) of a visit called off by the customer after somebody came: what is charged
    for every dispatch and every visit, whether or not anything came of it (24条3項); a free visit left free.

    Raises UserError as ``price_visit`` does.
    """
    rules = visit_rules(catalogue, request.service, request.on)
    automatic = {item.code for item in rules.menu if item.automatic}
    return tuple(line for line in price_visit(request, catalogue).lines if line.item in automatic)
