"""Why a day is what it is: which rule, counted from what, on which clause, edition and reading.

Data only; words are made from it when somebody looks (``date_words.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.days import (
    DAY,
    DayRange,
    Month,
    add_business_days,
    corresponding_day,
    holiday_name,
    is_year_end,
    next_business_day,
    period,
)
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import Edition

NEXT_BUSINESS_DAY = "next-business-day"


@dataclass(frozen=True)
class DateReason:
    """A day and the rule that sets it.

    ``rule`` is the stable name of the step (``term``, ``months-before``, ``business-days-after``,
    ``month-end``, …); ``inputs`` its days and numbers by name; ``readings`` name and choice of each
    reading it rests on; ``parts`` the days it was worked out from.
    """

    day: date
    rule: str
    inputs: Mapping[str, object]
    clause: str = ""
    edition: date | None = None
    readings: tuple[tuple[str, str], ...] = ()
    parts: tuple[DateReason, ...] = ()

    def all_readings(self) -> tuple[tuple[str, str], ...]:
        """Readings of this step and of its parts, each once."""
        found = dict.fromkeys(self.readings)
        for part in self.parts:
            found.update(dict.fromkeys(part.all_readings()))
        return tuple(found)


@dataclass(frozen=True)
class Grounds:
    """What dates are worked out on: a service, the edition whose rules stand, and the choices of
    readings in force.
    """

    service: str
    edition: Edition
    catalogue: Catalogue
    day: date  # for which the readings are asked

    def used(self, *names: str) -> tuple[tuple[str, str], ...]:
        """Name and choice in force of the readings; empty names are left out."""
        return tuple(self.catalogue.used(self.service, name, self.day) for name in names if name)

    def chose(self, name: str, choice: str) -> bool:
        """Whether a reading is there and its choice is in force."""
        return bool(name) and self.catalogue.choice(self.service, name, self.day) == choice

    def reason(
        self,
        day: date,
        rule: str,
        inputs: Mapping[str, object],
        clause: str,
        *readings: str,
        parts: tuple[DateReason, ...] = (),
    ) -> DateReason:
        """A day with its reason on these grounds; ``readings`` are names, empty ones are left out."""
        return DateReason(day, rule, inputs, clause, self.edition.start, self.used(*readings), parts)


def grounds(catalogue: Catalogue, service: str, day: date) -> Grounds:
    """The rules of a service as they stand for a day.

    Raises UserError ``bad-input`` for an unknown service, ``tariff-file`` for a wrong file.
    """
    return Grounds(service, stands_for(catalogue.service(service).editions, day), catalogue, day)


def closed_between(first: date, last: date) -> tuple[date, ...]:
    """Weekdays that are no business days, from ``first`` to ``last``, both included: what made counting
    longer.
    """
    days = (day for day in DayRange(first, last) if day.weekday() < 5)
    return tuple(day for day in days if is_year_end(day) or holiday_name(day) is not None)


def business_days_from(
    on: Grounds, day: date, count: int, clause: str, *readings: str, parts: tuple[DateReason, ...] = ()
) -> DateReason:
    """So many business days after a day (before it when negative); the day itself is not counted."""
    found = add_business_days(day, count)
    low, high = min(day, found), max(day, found)
    inputs = {"of": day, "count": abs(count), "closed": closed_between(low, high)}
    rule = "business-days-after" if count > 0 else "business-days-before"
    return on.reason(found, rule, inputs, clause, *readings, parts=parts)


def months_before(on: Grounds, day: date, months: int, clause: str, reading: str = "") -> DateReason:
    """The corresponding day so many months earlier, or the day before it where the reading says so."""
    found = corresponding_day(day, -months)
    day_before = on.chose(reading, "day-before")
    inputs = {"of": day, "months": months, "day_before": day_before}
    return on.reason(found - DAY if day_before else found, "months-before", inputs, clause, reading)


def months_after(on: Grounds, day: date, months: int, clause: str) -> DateReason:
    """The end of a period of months that begins the day after ``day`` (民法140条・143条)."""
    span = period(day + DAY, months)
    return on.reason(span.last, "months-after", {"of": day, "first": span.first, "months": months}, clause)


def month_end(on: Grounds, day: date, months: int, clause: str, due_reading: str = "") -> DateReason:
    """The last day of the month so many months after the one ``day`` lies in; on a closed day as the
    reading says.
    """
    last = Month.of(day).plus(months).last
    nominal = on.reason(last, "month-end", {"of": day, "months": months}, clause, due_reading)
    return moved_to_open_day(on, nominal, due_reading)


def moved_to_open_day(on: Grounds, nominal: DateReason, due_reading: str) -> DateReason:
    """A due day as it is, or the next business day where the reading for closed days says so."""
    if not on.chose(due_reading, NEXT_BUSINESS_DAY):
        return nominal
    found = next_business_day(nominal.day)
    if found == nominal.day:
        return nominal
    return on.reason(
        found, "next-business-day", {"of": nominal.day}, nominal.clause, due_reading, parts=(nominal,)
    )
