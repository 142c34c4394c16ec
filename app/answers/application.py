"""``application``: whether the terms let it be refused, and what a promotion makes free."""

from __future__ import annotations

from typing import Final, get_args

from app.answers.contract import CUSTOMERS, LINES, read_items
from app.answers.editions import nearest_priced
from app.answers.explain import day_json
from app.answers.fields import REFUSALS, Fields
from app.charge.prices import Ordered, check_ordered
from app.contract.application import Application, Screening, applies, screen
from app.tariff.model import Edition, Ground
from app.tariff.texts import words
from app.words import _

# Grounds that an application names itself; those with a hyphen are worked out from its other members.
FLAGS: Final = tuple(
    name for name in get_args(Ground) if "-" not in name and name not in {"quantity", "line"}
)


def answer(given: Fields) -> dict[str, object]:
    """``{"accepted", "clauses", "promotion"}`` with the grounds in words."""
    service_code = given.service()
    service = given.asked.catalogue.service(service_code)
    given.one_of("customer", CUSTOMERS, "corporation")
    application = _read(given)
    day = application.applied_on or application.start or given.asked.today
    edition = nearest_priced(given.asked.catalogue, service_code, day)
    _check_quantities(given, service_code, application, edition)
    _check_promotion(given, application, edition)
    given.asked.problems.raise_if_any(REFUSALS)
    return _json(screen(application, service, edition), edition)


def _read(given: Fields) -> Application:
    line = given.one_of("line", LINES, "flets")
    return Application(
        line="collab" if line == "collab" else "other" if line == "other" else "flets",
        items=read_items(given),
        same_name=given.flag("same_name", True),
        documents_agreed=given.flag("documents_agreed", True),
        maintenance_contract=given.flag("maintenance_contract", True),
        flags=frozenset(name for name in FLAGS if given.flag(name, False)),
        applied_on=given.day_or_none("applied_on"),
        start=given.day_or_none("start"),
        used_promotion_before=given.flag("used_promotion_before", False),
    )


def _check_quantities(given: Fields, service: str, application: Application, edition: Edition) -> None:
    """A quantity outside the price list is a ground where the terms make it one; none at all is an error."""
    screened = any(condition.when == "quantity" for condition in edition.conditions)
    for problem in check_ordered(Ordered(service, edition, application.items, {})):
        some = application.items.get(problem.field.removeprefix("items."), 0) > 0
        if not (screened and some and problem.code == "out-of-range"):
            given.asked.problems.extend((problem,))


def _check_promotion(given: Fields, application: Application, edition: Edition) -> None:
    applied, start, promotion = application.applied_on, application.start, edition.promotion
    if applied is None or promotion is None:
        return
    if start is not None and start < applied:
        given.refuse("start", _("開始日が申込日より前です。"))
    elif start is None and applies(promotion, applied, used_before=application.used_promotion_before):
        given.missing("start")


def _json(screening: Screening, edition: Edition) -> dict[str, object]:
    promotion = screening.promotion
    return {
        "accepted": screening.accepted,
        "clauses": list(screening.clauses),
        "grounds": [
            {"ground": ground.when, "why": words(ground.name), "clause": ground.clause}
            for ground in screening.grounds
        ],
        "promotion": None
        if promotion is None
        else {"from": day_json(promotion.days.first), "to": day_json(promotion.days.last)},
        "promotion_clause": promotion.clause if promotion else None,
        "edition": day_json(edition.start),
    }
