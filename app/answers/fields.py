"""Reading the members of a question strictly: what is not there or not right becomes a problem with its path.

Every method returns a value of the type asked for, whatever was given. Problems are collected, and raised
before anything is worked out, so that a question is told all that is wrong with it at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeVar

from app.days import Month, parse_date, parse_month
from app.errors import Problems
from app.money import exact, figure
from app.tariff.catalogue import Catalogue
from app.words import _

# The order in which refusals are told; the gravest first.
REFUSALS: Final = (
    "bad-input",
    "out-of-range",
    "no-price",
    "individual-quote",
    "edition-unknown",
    "no-rule",
    "not-yet",
)

MOST: Final = 10**12  # no quantity and no amount is larger
LONGEST_CODE: Final = 64
MOST_ENTRIES: Final = 1_000  # of any list in a question

T = TypeVar("T")


def whole_number(value: object) -> int | None:
    """The whole number a JSON value stands for (``2`` and ``2.0``), or None; a truth value is none."""
    number = exact_number(value)
    return number.numerator if number is not None and number.denominator == 1 else None


def exact_number(value: object) -> Fraction | None:
    """The number a JSON value stands for, exactly as written, or None. Numbers beyond reason are none."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    try:
        return exact(value)
    except ValueError:
        return None


def shown(value: object) -> str:
    """A value of the question as messages show it: short, whatever was sent."""
    if isinstance(value, str):
        return f"「{value[:40]}…」" if len(value) > 40 else f"「{value}」"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        text = str(value)
        return f"{text[:20]}…" if len(text) > 20 else text
    return _("この値") if value is not None else "null"


@dataclass(frozen=True)
class Asked:
    """What every question is answered with: the services, today, and the problems found so far."""

    catalogue: Catalogue
    today: date
    problems: Problems


class Fields:
    """The members of one JSON object of a question."""

    def __init__(self, members: Mapping[str, object], asked: Asked, path: str = "") -> None:
        self.members = members
        self.asked = asked
        self.path = path

    def has(self, name: str) -> bool:
        """Whether a member is there and not null."""
        return self.members.get(name) is not None

    def where(self, name: str) -> str:
        """The path of a member, for problems."""
        return f"{self.path}.{name}" if self.path else name

    def refuse(self, name: str, what: str, *, remedy: str = "", code: str = "bad-input") -> None:
        """Note that a member cannot be used."""
        self.asked.problems.add(code, what, remedy=remedy, field=self.where(name))

    def missing(self, name: str) -> None:
        """Note that a member that is needed is not there."""
        self.refuse(name, _("「{name}」がありません。").format(name=self.where(name)))

    # --- plain values

    def flag(self, name: str, default: bool) -> bool:
        """``true`` or ``false``."""
        value = self.members.get(name)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.refuse(name, _("「{name}」は true か false です。").format(name=self.where(name)))
        return default

    def one_of(self, name: str, allowed: Sequence[str], default: str | None = None) -> str:
        """One of a few words; needed when there is no default."""
        value = self.members.get(name)
        if isinstance(value, str) and value in allowed:
            return value
        if value is None and default is not None:
            return default
        if value is None:
            self.missing(name)
        else:
            self.refuse(
                name,
                _("「{name}」に {value} は使えません。").format(name=self.where(name), value=shown(value)),
                remedy=_("次の中からお選びください：{names}").format(names=", ".join(allowed)),
            )
        return default if default is not None else allowed[0]

    def number(self, name: str, default: int | None = None, least: int = 0, most: int = MOST) -> int:
        """A whole number from ``least`` to ``most``: ``2`` or ``2.0``, not ``2.5``, ``"2"`` or ``true``."""
        value = self.members.get(name)
        if value is None:
            if default is None:
                self.missing(name)
            return least if default is None else default
        whole = whole_number(value)
        if whole is None or not least <= whole <= most:
            self.refuse(
                name,
                _("「{name}」に {value} は使えません。").format(name=self.where(name), value=shown(value)),
                remedy=_("{least}以上{most}以下の整数を入力してください。").format(
                    least=figure(least), most=figure(most)
                ),
            )
            return least if default is None else default
        return whole

    def decimal(self, name: str) -> Fraction | None:
        """A number, exactly as written (0.29 is 29/100); None when it is not there."""
        value = self.members.get(name)
        if value is None:
            return None
        number = exact_number(value)
        if number is None:
            self.refuse(
                name,
                _("「{name}」に {value} は使えません。").format(name=self.where(name), value=shown(value)),
                remedy=_("数を入力してください。"),
            )
        return number

    def day(self, name: str) -> date:
        """A day that must be there (``YYYY-MM-DD``)."""
        if not self.has(name):
            self.missing(name)
        return self.day_or_none(name) or self.asked.today

    def day_or_none(self, name: str) -> date | None:
        """A day, or None when it is not there."""
        if self.has(name):
            with self.asked.problems.collecting():
                return parse_date(self.members[name], self.asked.today, self.where(name))
        return None

    def time_or_none(self, name: str) -> datetime | None:
        """A time ``YYYY-MM-DDTHH:MM``, or None when it is not there."""
        value = self.members.get(name)
        if value is None:
            return None
        try:
            if not isinstance(value, str) or len(value) != len("2026-01-01T00:00"):
                raise ValueError
            found = datetime.strptime(value, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - the clock on the wall
        except ValueError:
            self.refuse(name, _("「{value}」は時刻として使えません。").format(value=shown(value)))
            return None
        with self.asked.problems.collecting():
            parse_date(value[:10], self.asked.today, self.where(name))
        return found

    def text(self, name: str, longest: int) -> str:
        """Words that must be there and not be blank."""
        value = self.members.get(name)
        if isinstance(value, str) and value.strip() and len(value) <= longest:
            return value.strip()
        if value is None:
            self.missing(name)
        else:
            self.refuse(
                name,
                _("「{name}」に {value} は使えません。").format(name=self.where(name), value=shown(value)),
            )
        return ""

    def month_key(self, name: str) -> None:
        """Check that the name of a member is itself a month."""
        with self.asked.problems.collecting():
            parse_month(name, self.asked.today, self.where(name[:LONGEST_CODE]))

    # --- objects and lists

    def inside(self, name: str, *, needed: bool = False) -> Fields:
        """The object under a name; an empty one when it is not there."""
        value = self.members.get(name)
        if isinstance(value, dict):
            return Fields(value, self.asked, self.where(name))
        if value is not None:
            self.refuse(name, _("「{name}」はJSONのオブジェクトです。").format(name=self.where(name)))
        elif needed:
            self.missing(name)
        return Fields({}, self.asked, self.where(name))

    def entries(self, name: str, *, needed: bool = False) -> Sequence[object]:
        """The list under a name; an empty one when it is not there."""
        value = self.members.get(name)
        if value is None:
            if needed:
                self.missing(name)
            return ()
        if not isinstance(value, list):
            self.refuse(name, _("「{name}」はJSONの配列です。").format(name=self.where(name)))
            return ()
        if len(value) > MOST_ENTRIES:
            self.refuse(
                name,
                _("「{name}」は{most}件までです。").format(name=self.where(name), most=figure(MOST_ENTRIES)),
            )
            return ()
        return value

    def objects(self, name: str, *, needed: bool = False) -> Iterator[Fields]:
        """The objects of the list under a name."""
        for place, entry in enumerate(self.entries(name, needed=needed)):
            where = f"{name}.{place}"
            if isinstance(entry, dict):
                yield Fields(entry, self.asked, self.where(where))
            else:
                self.refuse(where, _("「{name}」はJSONのオブジェクトです。").format(name=self.where(where)))

    def days(self, name: str) -> tuple[date, ...]:
        """The days of the list under a name."""
        return tuple(self._each(name, False, lambda value, where: parse_date(value, self.asked.today, where)))

    def months(self, name: str) -> tuple[Month, ...]:
        """The months of the list that must stand under a name."""
        return tuple(self._each(name, True, lambda value, where: parse_month(value, self.asked.today, where)))

    def _each(self, name: str, needed: bool, read: Callable[[object, str], T]) -> Iterator[T]:
        for place, value in enumerate(self.entries(name, needed=needed)):
            with self.asked.problems.collecting():
                yield read(value, self.where(f"{name}.{place}"))

    def codes(self, name: str) -> tuple[str, ...]:
        """The short texts of the list that must stand under a name."""
        found = []
        for place, value in enumerate(self.entries(name, needed=True)):
            if isinstance(value, str) and len(value) <= LONGEST_CODE:
                found.append(value)
            else:
                self.refuse(f"{name}.{place}", _("{value} は使えません。").format(value=shown(value)))
        return tuple(found)

    def service(self) -> str:
        """The code of a known service. Raises at once when it is none; nothing else can be read then."""
        problems = self.asked.problems
        if not self.has("service"):
            self.missing("service")
        elif self.members["service"] not in self.asked.catalogue.codes():
            self.refuse(
                "service",
                _("サービス {value} はありません。").format(value=shown(self.members["service"])),
                remedy=_("次の中からお選びください：{names}").format(
                    names=", ".join(self.asked.catalogue.codes())
                ),
            )
        problems.raise_if_any(REFUSALS)
        return str(self.members["service"])
