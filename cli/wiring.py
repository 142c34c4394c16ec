"""What commands ask of the parts they may not import: ``main.py`` keeps these promises."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Protocol

from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk


class Wiring(Protocol):
    """The parts, each made when first asked for."""

    @property
    def data(self) -> Path:
        """The folder of the user's data."""
        ...

    def today(self) -> date: ...

    def catalogue(self) -> Catalogue:
        """The shipped tariffs and the owner's own."""
        ...

    def has_database(self) -> bool:
        """Whether the data folder holds a database."""
        ...

    def desk(self) -> Desk:
        """The desk with its opened database. Raises UserError (``wrong-passphrase``,
        ``passphrase-needed``, ``no-database``).
        """
        ...

    def desk_without_storage(self) -> Desk:
        """A desk that can price and draw but keeps nothing: asking it for storage is a bug."""
        ...
