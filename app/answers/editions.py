"""``edition``: which version of the terms is in force on a day.

Also the edition that answers where no day is given.
"""

from __future__ import annotations

from datetime import date

from app.answers.explain import day_json
from app.answers.fields import REFUSALS, Fields
from app.errors import UserError
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import Edition


def answer(given: Fields) -> dict[str, object]:
    """``{"effective", "priced"}``: ``effective`` null where no edition with a date is known."""
    service = given.service()
    on = given.day("on")
    given.asked.problems.raise_if_any(REFUSALS)
    try:
        edition = given.asked.catalogue.edition(service, on)
    except UserError as error:
        if error.code != "edition-unknown":
            raise
        return {"effective": None, "priced": False, "why": error.problems[0].sentence()}
    return {
        "effective": day_json(edition.start),
        "priced": edition.priced,
        "undated": edition.start is None,
        "clause": edition.clause,
    }


def nearest_priced(catalogue: Catalogue, service: str, day: date) -> Edition:
    """The edition whose prices stand for a day: the one in force, else the first later one that prints them.

    For questions that no day decides (what may be ordered, which codes exist); never for an amount of a
    past day.
    """
    return stands_for(catalogue.service(service).editions, day)
