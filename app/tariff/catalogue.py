"""All services the program knows, each read when it is first needed, and the edition in force on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.errors import Problem, Problems, UserError
from app.places import missing_resource
from app.tariff.editions import in_force
from app.tariff.texts import choice_words, customer_words, words
from app.words import _

if TYPE_CHECKING:
    from app.tariff.model import Edition, Reading, Service

__all__ = ["Catalogue", "choice_words", "customer_words", "words"]

_MOST_TURNED: Final = 64
_NO_CHOICES: Final[Mapping[str, str]] = MappingProxyType({})


class Catalogue:
    """The services of one or more folders of tariff files, with the owner's choices of readings.

    The first folder ships with the program and must hold something; later folders are the owner's own and may
    be missing. A file of a later folder that names a known service adds its editions to that service; one
    that names a new service is a new service. ``choices`` go before the choices in the files, in every
    service that has the reading. Any thread may ask.

    Raises UserError (``bad-input``) for a choice that no service has.
    """

    def __init__(self, folders: Sequence[Path], choices: Mapping[str, str] = _NO_CHOICES) -> None:
        self._folders = tuple(folders)
        self._added: tuple[Path, ...] = ()
        self._left_out: frozenset[Path] = frozenset()
        self._loaded: dict[str, Service] = {}
        # Readings by service, name and edition in force.
        self._found: dict[tuple[str, str, int], Reading] = {}
        self._turn = Lock()  # shared by copies, as what is read is
        # The same under other choices: asked for on every keystroke, and prices are planned for each.
        self._turned: dict[frozenset[tuple[str, str]], Catalogue] = {}
        self._choices: Mapping[str, str] = MappingProxyType(dict(choices))
        self._check_choices(choices)

    def with_choices(self, choices: Mapping[str, str]) -> Catalogue:
        """The same services with further choices of readings, which go before the ones already made.

        Raises UserError (``bad-input``) for every reading or choice that no service has, naming what is
        allowed.
        """
        if choices.items() <= self._choices.items():
            return self
        key = frozenset(choices.items())
        found = self._turned.get(key)
        if found is None:
            found = copy(self)  # what is read already is shared
            found._turned = {}
            found._choices = MappingProxyType({**self._choices, **choices})
            found._check_choices(choices)
            if len(self._turned) >= _MOST_TURNED:
                self._turned.clear()
            self._turned[key] = found
        return found

    def anew(self, *, added: Path | None = None, left_out: Path | None = None) -> Catalogue:
        """The same folders read again, without choices: as they are now, or as they would be with one file
        more or one less.
        """
        other = Catalogue(self._folders)
        other._added = (added,) if added is not None else ()
        other._left_out = frozenset((left_out,) if left_out is not None else ())
        return other

    @property
    def own_folder(self) -> Path | None:
        """The owner's folder, which may not be there yet; None where there is only the program's."""
        return self._folders[-1] if len(self._folders) > 1 else None

    def files(self, code: str) -> tuple[Path, ...]:
        """The files that describe a service; none for an unknown code."""
        return self._files.get(code, ())

    def own_files(self) -> tuple[Path, ...]:
        """The files of the owner's folder."""
        folder = self.own_folder
        return tuple(
            path for paths in self._files.values() for path in paths if folder and path.parent == folder
        )

    @property
    def choices(self) -> Mapping[str, str]:
        """The choices that go before those of the files, by the name of the reading."""
        return self._choices

    def codes(self) -> tuple[str, ...]:
        """The codes of all services, for which only the heads of the files are read."""
        return tuple(sorted(self._files))

    def services(self) -> tuple[Service, ...]:
        """All services in the order of lists. One that a file of the owner's breaks is left out: the others
        go on, and the place 料金・規約 says what is wrong. Raises UserError when a shipped file is wrong.
        """
        found = (self._unless_broken(code) for code in self.codes())
        return tuple(
            sorted(
                (service for service in found if service is not None),
                key=lambda service: (service.order, service.code),
            )
        )

    def _unless_broken(self, code: str) -> Service | None:
        try:
            return self.service(code)
        except UserError:
            if any(path.parent == self.own_folder for path in self.files(code)):
                return None
            raise

    def service(self, code: str) -> Service:
        """The service with all known editions, oldest first.

        Raises UserError: ``bad-input`` for an unknown code, naming the known ones; ``tariff-file`` with every
        problem when a file of the service is wrong.
        """
        found = self._loaded.get(code)
        if found is None:
            if code not in self._files:
                raise UserError(_unknown_service(code, self.codes()))
            # One at a time: two threads would read everything twice, and msgspec crashes the whole program
            # when two of them are first to read a record of one kind.
            with self._turn:
                found = self._loaded.get(code) or self._read(code)
        return found

    def _read(self, code: str) -> Service:
        from app.tariff.parse import load_service  # the window stands before any file is read

        self._loaded[code] = load_service(self._files[code])
        return self._loaded[code]

    def edition(self, code: str, day: date) -> Edition:
        """The edition in force on ``day``, whether its prices are known or not.

        Raises UserError ``edition-unknown`` when no known edition is in force on that day.
        """
        service = self.service(code)
        found = in_force(service.editions, day)
        if found is None:
            raise UserError(_edition_unknown(service, day))
        return found

    def priced_edition(self, code: str, day: date) -> Edition:
        """The edition in force on ``day``, whose prices are known.

        Raises UserError ``edition-unknown``, naming the first later day with known prices and the clause that
        sets it.
        """
        service = self.service(code)
        found = in_force(service.editions, day)
        if found is None or not found.priced:
            raise UserError(_edition_unknown(service, day))
        return found

    def reading(self, code: str, name: str, day: date) -> Reading:
        """The reading as the edition in force on ``day`` declares it. Editions without prices declare none:
        for their days, and days without an edition, the next later edition that has it speaks, else the
        newest earlier one.

        Raises UserError ``bad-input`` when the service has no such reading, naming those it has.
        """
        service = self.service(code)
        key = code, name, _begun(service.editions, day)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._reading(service, name, day)
        return found

    def _reading(self, service: Service, name: str, day: date) -> Reading:
        current = in_force(service.editions, day)
        order = [current] if current is not None else []
        order += [edition for edition in service.editions if edition.start and edition.start > day]
        order += reversed(service.editions)
        for edition in order:
            found = edition.reading(name)
            if found is not None:
                return found
        raise UserError(_unknown_reading(name, _reading_names((service,))))

    def choice(self, code: str, name: str, day: date) -> str:
        """The choice in force for a reading of a service on ``day``: the owner's, where the reading has it,
        else the file's.

        Raises UserError ``bad-input`` when the service has no such reading.
        """
        reading = self.reading(code, name, day)
        wished = self._choices.get(name)
        return wished if wished is not None and wished in _codes(reading) else reading.choice

    def used(self, code: str, name: str, day: date) -> tuple[str, str]:
        """Name and choice in force of a reading, to be kept with an amount that rests on it."""
        return name, self.choice(code, name, day)

    @cached_property
    def _files(self) -> Mapping[str, tuple[Path, ...]]:
        """The files of each service, those of earlier folders first.

        Raises EnvironmentProblem when the first folder, which ships with the program, holds none.
        """
        from app.tariff.parse import code_of

        files: dict[str, list[Path]] = {}
        for place, folder in enumerate(self._folders):
            paths = sorted(folder.glob("*.toml"))
            if not place and not paths:
                raise missing_resource(folder)
            for path in paths:
                if path not in self._left_out:
                    files.setdefault(code_of(path), []).append(path)
        for path in self._added:
            files.setdefault(code_of(path), []).append(path)
        return MappingProxyType({code: tuple(paths) for code, paths in files.items()})

    def _check_choices(self, choices: Mapping[str, str]) -> None:
        """Refuse choices no service has. Reads services only as long as some choice has not been met."""
        if not choices:
            return
        open_choices = dict(choices)
        for code in sorted(self._files, key=lambda code: code not in self._loaded):
            for edition in self.service(code).editions:
                for reading in edition.readings:
                    if open_choices.get(reading.name) in _codes(reading):
                        del open_choices[reading.name]
            if not open_choices:
                return
        problems = Problems()
        problems.extend(_wrong_choice(name, choice, self.services()) for name, choice in open_choices.items())
        problems.raise_if_any()


def _begun(editions: Sequence[Edition], day: date) -> int:
    """How far a day has come in the editions: between two of their first and last days it finds the same
    readings.
    """
    return sum(
        (edition.start is not None and edition.start <= day)
        + (edition.until is not None and edition.until <= day)
        for edition in editions
    )


def _codes(reading: Reading) -> tuple[str, ...]:
    return tuple(choice.code for choice in reading.choices)


def _reading_names(services: Iterable[Service]) -> list[str]:
    """The readings of the services, each once, in the order of the files."""
    return list(
        dict.fromkeys(
            reading.name
            for service in services
            for edition in service.editions
            for reading in edition.readings
        )
    )


def _list(names: Iterable[str]) -> str:
    return _("、").join(names)


def _unknown_service(code: str, known: Sequence[str]) -> Problem:
    return Problem(
        "bad-input",
        _("サービス「{name}」はありません。").format(name=code),
        remedy=_("次のいずれかを指定してください: {names}。").format(names=_list(known)),
        field="service",
    )


def _unknown_reading(name: str, known: Sequence[str]) -> Problem:
    return Problem(
        "bad-input",
        _("解釈「{name}」はありません。").format(name=name),
        remedy=_("次のいずれかを指定してください: {names}。").format(names=_list(known)),
        field=f"readings.{name}",
    )


def _wrong_choice(name: str, choice: str, services: Sequence[Service]) -> Problem:
    readings = [
        reading
        for service in services
        for edition in service.editions
        for reading in edition.readings
        if reading.name == name
    ]
    if not readings:
        return _unknown_reading(name, _reading_names(services))
    allowed = dict.fromkeys(code for reading in readings for code in _codes(reading))
    return Problem(
        "bad-input",
        _("解釈「{name}」に「{choice}」という選択肢はありません。").format(name=name, choice=choice),
        remedy=_("次のいずれかを指定してください: {names}。").format(names=_list(allowed)),
        clause=readings[0].clause,
        field=f"readings.{name}",
    )


def _edition_unknown(service: Service, day: date) -> Problem:
    """Says from which day on the prices are known, where a later edition's are."""
    # Not before somebody is refused: the window waits for this module.
    from app.days import date_words
    from app.tariff.clauses import clause_words

    what = _("「{service}」の{day}の料金は分かりません。").format(
        service=words(service.short), day=date_words(day, weekday=False)
    )
    later = [
        edition
        for edition in service.editions
        if edition.priced and edition.start is not None and edition.start > day
    ]
    if not later:
        return Problem("edition-unknown", what, _("この日に有効な改定版がありません。"))
    first = later[0]
    assert first.start is not None
    return Problem(
        "edition-unknown",
        what,
        _("料金の分かる最初の日は{day}です（{clause}）。").format(
            day=date_words(first.start, weekday=False), clause=clause_words(first.clause)
        ),
        _("{day}以降の日を指定してください。").format(day=date_words(first.start, weekday=False)),
        clause=first.clause,
    )
