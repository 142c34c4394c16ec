"""What commands ask of the parts they may not import: ``main.py`` keeps these promises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.contract.customer import CustomerFields
from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from app.usecases.vault_ports import Vault

if TYPE_CHECKING:
    from app.usecases.ports import Storage
    from cli.demo_contracts import DemoContract


class Wiring(Protocol):
    """The parts, each made when first asked for."""

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

    def passphrase(self) -> str | None:
        """The passphrase for work without a window, from the file or the environment; None without either."""
        ...

    def vault(self, subfolder: str = "") -> Vault:
        """The data folder (or a folder in it) before it is opened."""
        ...

    def restore(self, backup: Path) -> Path:
        """Put a backup in the place of the data; where those of before are kept comes back. A desk asked for
        afterwards is one of the restored data.
        """
        ...

    def desk_of(self, storage: Storage) -> Desk:
        """A desk with a database opened by the caller."""
        ...

    def desk_without_storage(self) -> Desk:
        """A desk that can price and draw but keeps nothing: asking it for storage is a bug."""
        ...

    def insert_customers(self, storage: Storage, people: Iterable[CustomerFields]) -> list[str]:
        """Keep many customers at once and return their ids, in their order."""
        ...

    def insert_contracts(self, storage: Storage, many: Iterable[DemoContract]) -> None:
        """Keep many contracts at once. Their customers must be stored."""
        ...
