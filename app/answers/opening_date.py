"""``opening-date``: when OsecT opens, and what has to be done by when."""

from __future__ import annotations

from typing import Final

from app.answers.explain import dates_json
from app.answers.fields import REFUSALS, Fields
from app.contract.opening import Wish, opening_date

_CAUSES: Final = ("company", "customer")


def answer(given: Fields) -> dict[str, object]:
    """``{"opening", "delivery_due", "install_due", "test_due"}``, each with its reason."""
    wish = Wish(
        _service(given),
        given.day("desired"),
        given.day_or_none("delivered"),
        given.day_or_none("tested"),
        "customer" if given.one_of("cause", _CAUSES, "company") == "customer" else "company",
        given.flag("installed", True),
    )
    given.asked.problems.raise_if_any(REFUSALS)
    found = opening_date(wish, given.asked.catalogue)
    return dates_json(
        {
            "opening": found.opening,
            "delivery_due": found.delivery_due,
            "install_due": found.install_due,
            "test_due": found.test_due,
        }
    )


def _service(given: Fields) -> str:
    """The service asked about; where none is named, the only one whose terms know an opening day."""
    if given.has("service"):
        return given.service()
    services = given.asked.catalogue.services()
    codes = [one.code for one in services if any(edition.opening for edition in one.editions)]
    return codes[0] if len(codes) == 1 else given.service()
