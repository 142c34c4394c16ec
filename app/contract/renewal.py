"""A contract that is not to be renewed: the end that follows from having said so in time (更新しない申し出)."""

from __future__ import annotations

from datetime import date

from app.contract.date_reason import DateReason
from app.contract.deadlines import Question, deadlines
from app.contract.facts import Ended
from app.tariff.catalogue import Catalogue


def end_without_renewal(service: str, start: date, told: date, catalogue: Catalogue) -> Ended | None:
    """The end of the term that runs on the day of the notice; None where the notice came too late for it, or
    the terms know no renewal to decline.

    The year paid for is used to its last day. No day of request is kept with it: the notice is an entry of
    its own, and the notice a cancellation within the term needs is not asked of it.

    Raises UserError ``bad-input`` for an unknown service.
    """
    found = deadlines(_question(service, start, told), catalogue)
    ends = found.dates.get("term_ends")
    if found.renews is not False or ends is None:
        return None
    return Ended(on=ends.day)


def last_notice(service: str, start: date, told: date, catalogue: Catalogue) -> DateReason | None:
    """The last day on which the renewal of the term that runs on ``told`` could be declined."""
    return deadlines(_question(service, start, told), catalogue).dates.get("notice_by")


def _question(service: str, start: date, told: date) -> Question:
    return Question(service, start, on=max(start, told), notified=told)
