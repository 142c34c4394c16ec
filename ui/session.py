"""What all pages share: the desk, the workers, the settings as last read, and how this person likes the
window.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import UserError
from app.usecases.desk import Desk
from ui.operations.hub import Changed, Hub
from ui.preferences import Preferences
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.errors import EnvironmentProblem
    from app.papers.issuer import Settings
    from app.tariff.catalogue import Catalogue
    from app.usecases.permissions import Act
    from app.usecases.ports import StorageStatus
    from app.usecases.staff_account import Account
    from app.usecases.vault_ports import Vault
    from ui.checkup import Checkup
    from ui.keeping import Keeper


@dataclass(frozen=True)
class Standing:
    """What is read together: the settings, whether anything was issued, where the data are."""

    settings: Settings
    any_issued: bool
    status: StorageStatus
    accounts: Mapping[str, Account] = field(default_factory=dict)
    trouble: EnvironmentProblem | None = None


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
        return Standing(
            work.settings.load(),
            work.papers.any_issued(),
            desk.storage.status(),
            work.accounts.all(),
            desk.storage.trouble,
        )


class Session(QObject):
    """One sitting at the desk. `settings_changed` comes after every change of the settings, also the first
    reading.
    """

    settings_changed = Signal()
    passphrase_wanted = Signal()
    unreadable = Signal(object)  # UserError: the database can't be opened
    day_changed = Signal()  # midnight passed, or where contracts stand was worked out anew
    backup_changed = Signal()  # where backups stand, or what is being done about them
    notice = Signal(object)  # ui.frame.notices.Notice: what nobody asked for and somebody has to see to
    data_replaced = Signal(str)  # a backup stands in the place of the data: words that tell of it
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
        self._keeper: Keeper | None = None
        self._checkup: Checkup | None = None
        self._told_of: EnvironmentProblem | None = None
        self.hub.changed.connect(self._on_changed)

    @property
    def settings(self) -> Settings:
        """The settings as last read; empty ones before that."""
        if self.standing is not None:
            return self.standing.settings
        from app.papers.issuer import Settings

        return Settings()

    @property
    def uses_pins(self) -> bool:
        """Whether people sign in at this desk with a PIN."""
        return self.standing is not None and any(one.has_pin for one in self.standing.accounts.values())

    @property
    def signed_in(self) -> str:
        """The id of who signed in at this window; "" before that and without PINs."""
        return self.desk.storage.signed_in

    def rest(self) -> None:
        """Nothing more by itself: the window is about to go."""
        if self._keeper is not None:
            self._keeper.pause()

    @property
    def keeper(self) -> Keeper:
        """Sees that backups are made."""
        if self._keeper is None:
            from ui.keeping import Keeper

            self._keeper = Keeper(self)
        return self._keeper

    @property
    def checkup(self) -> Checkup:
        """Looks through everything when somebody wants it."""
        if self._checkup is None:
            from ui.checkup import Checkup

            self._checkup = Checkup(self)
        return self._checkup

    def refusal(self, act: Act | str) -> str:
        """Why the one at the desk may not do something, in words; "" where it is permitted. ``act`` by its
        value where the table of permissions must not load with the window.
        """
        if not self.uses_pins or self.standing is None:
            return ""
        from app.usecases.permissions import Act, may, refusal

        accounts, settings = self.standing.accounts, self.standing.settings
        if may(accounts, settings.current_staff, Act(act)):
            return ""
        return refusal(accounts, settings, Act(act)).problems[0].sentence()

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

    def replace_data(self, told: str) -> None:
        """Other data stand in the place of these: everything is read anew. ``told`` says so."""
        self.standing = None
        self.keeper.pause()  # until these are open
        if self._checkup is not None:
            self._checkup.last = None
        self.data_replaced.emit(told)

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
        if standing.trouble is not None and standing.trouble is not self._told_of:
            self._told_of = standing.trouble
            self.tasks.environment_problem.emit(standing.trouble)

    def _on_changed(self, changed: Changed) -> None:
        # The first issued paper fixes the desk code, which the settings page says.
        if changed.settings or changed.quotations:
            self.read()
        if changed.tariffs:
            self.read_tariffs()
