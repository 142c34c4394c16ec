"""What the place 料金・規約 shows, read on the database worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from app.days import DAY, date_words
from app.errors import Problem, UserError
from app.usecases.desk import Desk
from app.words import _, language
from ui.widgets.hits import folded

if TYPE_CHECKING:
    from app.tariff.catalogue import Catalogue
    from app.tariff.model import Edition, Service


@dataclass(frozen=True)
class EditionFacts:
    """An edition and the last day it is in force (None: unknown). ``path``: the owner's file it is from."""

    edition: Edition
    last: date | None
    state: str  # past, now, future
    path: Path | None = None

    @property
    def key(self) -> str:
        """What it is known by in its service: its first day."""
        return self.edition.start.isoformat() if self.edition.start else "undated"

    def span(self) -> str:
        """``2023年12月1日〜``."""
        if self.edition.start is None:
            return _("日付の記載なし")
        first = date_words(self.edition.start, weekday=False)
        last = date_words(self.last, weekday=False) if self.last is not None else ""
        return _("{first}〜{last}").format(first=first, last=last)


@dataclass(frozen=True)
class ServiceFacts:
    """A service with its editions, the newest first; of one whose files are wrong only the problems."""

    code: str
    short: str
    name: str = ""
    provider: str = ""
    source: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    editions: tuple[EditionFacts, ...] = ()
    problems: tuple[Problem, ...] = ()
    own_files: tuple[Path, ...] = ()

    @property
    def today(self) -> EditionFacts | None:
        """The edition in force today."""
        return next((one for one in self.editions if one.state == "now"), None)

    @property
    def first_shown(self) -> EditionFacts | None:
        """The edition worth opening: today's, else the newest with prices, else the newest."""
        priced = (one for one in self.editions if one.edition.priced)
        return self.today or next(priced, None) or next(iter(self.editions), None)


@dataclass(frozen=True)
class ReadingUse:
    """A service that has a reading: what its file says, and what it moves there."""

    code: str
    short: str
    clause: str
    standard: str
    moves: tuple[str, ...]


@dataclass(frozen=True)
class ReadingFacts:
    """An unclear passage and the services that have it."""

    name: str
    topic: str
    sentence: str
    choices: tuple[tuple[str, str], ...]
    uses: tuple[ReadingUse, ...]

    @property
    def standards(self) -> tuple[str, ...]:
        """The choices the files take, each once: more than one where services differ."""
        return tuple(dict.fromkeys(use.standard for use in self.uses))

    def name_of(self, choice: str) -> str:
        """A choice in words."""
        return dict(self.choices).get(choice, choice)

    def services(self) -> str:
        """The services that have it."""
        return _("・").join(use.short for use in self.uses)

    def clauses(self) -> str:
        """The clauses, each once, as screens say them; by service where they differ."""
        from app.tariff.clauses import clause_words

        if len({use.clause for use in self.uses}) == 1:
            return clause_words(self.uses[0].clause)
        return "\n".join(
            _("{service}：{clause}").format(service=use.short, clause=clause_words(use.clause))
            for use in self.uses
        )

    def moves(self) -> str:
        """What it decides, in words."""
        return _("、").join(dict.fromkeys(moved for use in self.uses for moved in use.moves))

    def fits(self, typed: str) -> bool:
        """Whether all the words stand somewhere in it."""
        parts = (self.topic, self.sentence, self.name, self.services(), self.clauses(), self.moves())
        text = folded(" ".join((*parts, *(words for _choice, words in self.choices))))
        return all(folded(word) in text for word in typed.split())


@dataclass(frozen=True)
class TariffFacts:
    """All of it, and the folder of the owner's own files (None: there is none)."""

    services: tuple[ServiceFacts, ...]
    readings: tuple[ReadingFacts, ...]
    folder: Path | None

    def service(self, code: str) -> ServiceFacts | None:
        """A service by its code."""
        return next((one for one in self.services if one.code == code), None)

    def reading(self, name: str) -> ReadingFacts | None:
        """A reading by its name."""
        return next((one for one in self.readings if one.name == name), None)


_KNOWN: WeakKeyDictionary[Catalogue, tuple[str, TariffFacts]] = WeakKeyDictionary()


def known_tariffs(desk: Desk) -> TariffFacts:
    """On the database worker: as `read_tariffs`, but read once a catalogue, for what asks at every key."""
    language_, facts = _KNOWN.get(desk.catalogue, ("", None))
    if facts is None or language_ != language():
        facts = read_tariffs(desk)
        _KNOWN[desk.catalogue] = language(), facts
    return facts


def read_tariffs(desk: Desk) -> TariffFacts:
    """On the database worker: services in the order of lists, wrong ones last."""
    right: list[Service] = []
    facts: list[ServiceFacts] = []
    own = desk.catalogue.own_files()
    for code in desk.catalogue.codes():
        files = tuple(path for path in own if path in desk.catalogue.files(code))
        try:
            right.append(desk.catalogue.service(code))
        except UserError as error:
            facts.append(ServiceFacts(code, code, problems=error.problems, own_files=files))
    right.sort(key=lambda service: (service.order, service.code))
    told = tuple(_service_facts(service, own, desk) for service in right)
    return TariffFacts((*told, *facts), _readings(right), desk.catalogue.own_folder)


def _service_facts(service: Service, own: tuple[Path, ...], desk: Desk) -> ServiceFacts:
    from app.tariff.catalogue import words

    files = tuple(path for path in own if path in desk.catalogue.files(service.code))
    return ServiceFacts(
        service.code,
        words(service.short),
        words(service.name),
        words(service.provider),
        service.source,
        service.checked_on,
        service.checked_by,
        _editions(service, files, desk.today()),
        own_files=files,
    )


def _editions(service: Service, files: tuple[Path, ...], today: date) -> tuple[EditionFacts, ...]:
    from app.tariff.editions import in_force
    from app.tariff.parse import read

    of_file: dict[date | None, Path] = {}
    for path in files:
        content, _problems = read(path)
        of_file.update((edition.start, path) for edition in (content.editions if content else ()))
    now = in_force(service.editions, today)
    found = []
    for place, edition in enumerate(service.editions):
        following = service.editions[place + 1].start if place + 1 < len(service.editions) else None
        ends = [day for day in (edition.until, following) if day is not None]
        state = "now" if edition is now else "future" if edition.start and edition.start > today else "past"
        last = min(ends) - DAY if ends else None
        found.append(EditionFacts(edition, last, state, of_file.get(edition.start)))
    return tuple(reversed(found))


def _readings(services: list[Service]) -> tuple[ReadingFacts, ...]:
    """Every reading once, as the newest edition that has readings declares it in each service."""
    from app.tariff.catalogue import words
    from app.tariff.describe import moved_by

    found: dict[str, ReadingFacts] = {}
    for service in services:
        declaring = [edition for edition in service.editions if edition.readings]
        for reading in declaring[-1].readings if declaring else ():
            use = ReadingUse(
                service.code,
                words(service.short),
                reading.clause,
                reading.choice,
                moved_by(declaring[-1], reading.name),
            )
            known = found.get(reading.name)
            choices = tuple((choice.code, words(choice.name)) for choice in reading.choices)
            found[reading.name] = ReadingFacts(
                reading.name,
                known.topic if known else words(reading.topic),
                known.sentence if known else words(reading.sentence),
                tuple(dict.fromkeys((*(known.choices if known else ()), *choices))),
                (*(known.uses if known else ()), use),
            )
    return tuple(found.values())
