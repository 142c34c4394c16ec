"""What all pages share: the desk, the workers, the settings as last read, and how this person likes the
window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import UserError
from app.usecases.desk import Desk
from ui.operations.hub import Changed, Hub
from ui.preferences import Preferences
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.papers.issuer import Settings
    from app.tariff.catalogue import Catalogue
    from app.usecases.ports import StorageStatus, Vault


@dataclass(frozen=True)
class Standing:
    """What is read together: the settings, whether anything was issued, where the data are."""

    settings: Settings
    any_issued: bool
    status: StorageStatus


@dataclass(frozen=True)
class TariffCheck:
    """A service, its short name, and the day its data were last compared with the terms."""

    code: str
    name: str
    day: date


def read_tariff_checks(desk: Desk) -> tuple[TariffCheck, ...]:
    """On the database worker: the services in the order of lists."""
    from app.tariff.catalogue import words

    return tuple(
        TariffCheck(service.code, words(service.short), service.checked_on)
        for service in desk.catalogue.services()
    )


def read_standing(desk: Desk) -> Standing:
    """On the database worker: how the desk stands now."""
    with desk.storage.look() as work:
        return Standing(work.settings.load(), work.papers.any_issued(), desk.storage.status())


class Session(QObject):
    """One sitting at the desk. `settings_changed` comes after every change of the settings, also the first
    reading.
    """

    settings_changed = Signal()
    passphrase_wanted = Signal()
    unreadable = Signal(object)  # UserError: the database can't be opened
    day_changed = Signal()  # midnight passed, or where contracts stand was worked out anew
    look_changed = Signal()  # language or text size: the window is to be made anew

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        preferences: Preferences,
        vault: Vault | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.tasks = tasks
        self.preferences = preferences
        self.vault = vault
        self.hub = Hub(desk, tasks, self)
        self.standing: Standing | None = None
        self.tariff_checks: tuple[TariffCheck, ...] = ()
        self.hub.changed.connect(self._on_changed)

    @property
    def settings(self) -> Settings:
        """The settings as last read; empty ones before that."""
        if self.standing is not None:
            return self.standing.settings
        from app.papers.issuer import Settings

        return Settings()

    @property
    def today(self) -> date:
        """The day at the desk."""
        return self.desk.today()

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue with the owner's choices of readings."""
        return self.desk.catalogue_for(self.settings)

    def take_settings(self, settings: Settings) -> None:
        """Settings that were just stored, before they are read again."""
        if self.standing is not None:
            self.standing = replace(self.standing, settings=settings)

    def read(self) -> None:
        """Read the settings; `settings_changed` follows."""
        self.hub.look(read_standing, done=self._on_read, failed=self._on_refused, owner=self)

    def _on_refused(self, error: UserError) -> None:
        if self.standing is None and error.code == "passphrase-needed":
            self.passphrase_wanted.emit()
        elif self.standing is None:
            self.unreadable.emit(error)
        else:
            self.tasks.user_error.emit(error)

    def read_tariffs(self) -> None:
        """Read all tariffs, which takes a moment; `settings_changed` follows."""
        self.hub.look(read_tariff_checks, done=self._on_tariffs_read, owner=self)

    def _on_tariffs_read(self, checks: tuple[TariffCheck, ...]) -> None:
        self.tariff_checks = checks
        self.settings_changed.emit()

    def _on_read(self, standing: Standing) -> None:
        self.standing = standing
        self.settings_changed.emit()

    def _on_changed(self, changed: Changed) -> None:
        # The first issued paper fixes the desk code, which the settings page says.
        if changed.settings or changed.quotations:
            self.read()
        if changed.tariffs:
            self.read_tariffs()
