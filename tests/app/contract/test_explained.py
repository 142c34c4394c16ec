"""Whether the important points were explained, and of which edition."""

from __future__ import annotations

from datetime import date

from app.contract.explained import explanation_standing
from app.contract.facts import Started, Voided
from app.contract.record import Entry
from app.contract.steps import Accepted, Explained
from app.tariff.model import Edition
from tests.shipped import catalogue

MAY = date(2026, 5, 11)
TODAY = date(2026, 11, 20)
TOLD = Explained(id="told", on=TODAY, by="田村", edition=MAY)
FROM_APRIL = date(2027, 4, 1)


def editions() -> tuple[Edition, ...]:
    """The shipped edition, and one that follows in April."""
    from msgspec.structs import replace

    shipped = catalogue().service("dokodemo-prime").editions
    return (*shipped, replace(shipped[-1], start=FROM_APRIL))


def test_missing_until_somebody_explained_and_again_when_it_is_taken_back() -> None:
    assert explanation_standing((), editions(), None, TODAY).missing
    found = explanation_standing((TOLD,), editions(), None, TODAY)
    assert (found.missing, found.outdated, found.last) == (False, False, TOLD)
    assert explanation_standing((TOLD, Voided(voids="told")), editions(), None, TODAY).missing


def test_outdated_where_the_start_lies_under_a_later_edition() -> None:
    def outdated(*entries: Entry, wished: date | None = None) -> bool:
        return explanation_standing((TOLD, *entries), editions(), wished, TODAY).outdated

    assert outdated(wished=FROM_APRIL)
    assert outdated(Accepted(on=TODAY, effective=FROM_APRIL), wished=TODAY)
    assert not outdated(Started(on=TODAY, items={"id": 31}), wished=FROM_APRIL)  # the start that came counts
    assert not outdated(Explained(on=TODAY, by="田村", edition=FROM_APRIL), wished=FROM_APRIL)


def test_an_explanation_without_edition_counts_for_the_one_of_its_day() -> None:
    told = Explained(on=date(2027, 4, 2), by="田村")
    found = explanation_standing((told,), editions(), FROM_APRIL, date(2027, 4, 3))
    assert (found.told, found.outdated) == (FROM_APRIL, False)
