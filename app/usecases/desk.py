"""The desk: everything a use case needs, handed to the window and to the commands by ``main.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:  # the window needs a desk before its first picture, but nothing of these
    from app.papers.issuer import Settings
    from app.tariff.catalogue import Catalogue
    from app.usecases.ports import Draw, Storage


def _no_copies(_pdf: bytes, _words: str) -> NoReturn:
    """Stands where papers are only drawn. Using it is a bug of the caller, not of the user."""
    raise LookupError("this desk marks no copies")


@dataclass(eq=False)
class Desk:
    """What use cases work with. ``storage`` is safe to use from one thread at a time; ``draw`` from
    another. Nothing of it ever changes but the catalogue, which is exchanged as a whole
    (``take_catalogue``).
    """

    storage: Storage
    catalogue: Catalogue
    draw: Draw
    now: Callable[[], datetime]
    stamp_copy: Callable[[bytes, str], bytes] = _no_copies  # a finished PDF with words on each page; "" is 控

    def today(self) -> date:
        """The day at the desk."""
        return self.now().date()

    def settings(self) -> Settings:
        """The settings as stored now."""
        with self.storage.look() as work:
            return work.settings.load()

    def take_catalogue(self, catalogue: Catalogue) -> None:
        """Work with other tariffs from now on: a file of the owner's came or went."""
        self.catalogue = catalogue

    def catalogue_for(self, settings: Settings) -> Catalogue:
        """The catalogue with the owner's choice of readings."""
        return self.catalogue.with_choices(settings.readings)


class NoStorage:
    """Stands where nothing may be kept. Using it is a bug of the caller, not of the user."""

    signed_in = ""
    trouble = None

    def let_in(self, staff_id: str) -> NoReturn:
        """Never: nobody works here."""
        raise LookupError("this desk keeps nothing")

    def work(self) -> NoReturn:
        """Never: nothing is kept here."""
        raise LookupError("this desk keeps nothing")

    def look(self) -> NoReturn:
        """Never: nothing is kept here."""
        raise LookupError("this desk keeps nothing")

    def status(self) -> NoReturn:
        """Never: nothing is kept here."""
        raise LookupError("this desk keeps nothing")

    @property
    def backups(self) -> NoReturn:
        """Never: nothing is kept here."""
        raise LookupError("this desk keeps nothing")

    def findings(self, told: object = None) -> NoReturn:
        """Never: nothing is kept here."""
        raise LookupError("this desk keeps nothing")

    def back_up(self, name: str = "") -> NoReturn:
        """Never: nothing is kept here."""
        raise LookupError("this desk keeps nothing")

    def scrub(self) -> NoReturn:
        """Never: nothing is kept here."""
        raise LookupError("this desk keeps nothing")

    def close(self) -> None:
        """Nothing to close."""
