"""取扱サービス: for each service whether we provide it or arrange it for its provider."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.papers.issuer import ServiceRole, Settings
from app.usecases.desk import Desk
from app.words import _
from ui.operations.hub import Changed
from ui.session import Session
from ui.settings.section import SettingsSection
from ui.theme import theme
from ui.widgets.choices import Check, Segments
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.form import Section, form, shares
from ui.widgets.layout import clear, column
from ui.widgets.text import Label


@dataclass(frozen=True)
class ServiceFacts:
    """What this section says of a service."""

    code: str
    name: str  # the short one
    provider: str


def read_services(desk: Desk) -> tuple[ServiceFacts, ...]:
    """On the database worker: all services in the order of lists."""
    from app.tariff.catalogue import words

    return tuple(
        ServiceFacts(service.code, words(service.short), words(service.provider))
        for service in desk.catalogue.services()
    )


class _RoleRows(QWidget):
    """The role for one service."""

    edited = Signal()

    def __init__(self, facts: ServiceFacts) -> None:
        super().__init__()
        self.facts = facts
        self._role = ServiceRole()
        self.role = Segments([("agent", _("取り次ぐ（取次店）")), ("provider", _("自社で提供する"))], "agent")
        self.agent_code = TextField()
        self.contact = TextField()
        self.mediator = Check(_("媒介者交付特例を使い、自社の名で適格請求書を交付する"))
        self.code_field = Field(_("取次店コード"), self.agent_code)
        self.contact_field = Field(_("提供会社のお問い合わせ先"), self.contact)
        self._agent = QWidget()
        s = theme.size
        inside = column(
            shares((self.code_field, 1), (self.contact_field, 2)),
            self.mediator,
            Label(_("提供会社と取り決めがあるときだけ選んでください（消費税法施行令70条の12）。"), "caption", "text3", wrap=True),
            gap="s",
        )  # fmt: skip
        self._agent.setLayout(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(s.m)
        box.addWidget(Label(_("提供会社：{provider}").format(provider=facts.provider), "panel", "text2"))
        box.addWidget(self.role)
        box.addWidget(self._agent)
        self.role.chosen.connect(self._on_role)
        self.mediator.toggled.connect(self._on_toggled)
        for entry in (self.agent_code, self.contact):
            entry.finished.connect(self.edited)

    def show_role(self, role: ServiceRole) -> None:
        self._role = role
        self.role.set_value(role.role)
        self.agent_code.set_text(role.agent_code)
        self.contact.set_text(role.contact)
        self.mediator.blockSignals(True)
        self.mediator.setChecked(role.mediator_rule)
        self.mediator.blockSignals(False)
        self._agent.setVisible(role.role == "agent")

    def collect(self) -> ServiceRole:
        return replace(
            self._role,
            role=self.role.value(),
            agent_code=self.agent_code.text(),
            contact=self.contact.text(),
            mediator_rule=self.mediator.isChecked(),
        )

    def _on_role(self, role: str) -> None:
        self._agent.setVisible(role == "agent")
        self.edited.emit()

    def _on_toggled(self, _on: bool) -> None:
        self.edited.emit()


class ServicesSection(SettingsSection):
    """Rows per service, made when the tariffs have been read."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.rows: dict[str, _RoleRows] = {}
        self._settings = Settings()
        self._room = column(pad=("xl", "s"))
        self.setLayout(self._room)
        self._read()
        session.hub.changed.connect(self._on_changed)

    def _read(self) -> None:
        self.session.hub.look(read_services, done=self._on_read, owner=self)

    def _on_changed(self, changed: Changed) -> None:
        if changed.tariffs:  # a service may have come or gone
            self._read()

    def _on_read(self, services: tuple[ServiceFacts, ...]) -> None:
        clear(self._room)
        self.rows = {facts.code: _RoleRows(facts) for facts in services}
        sections = [Section(facts.name, self.rows[facts.code]) for facts in services]
        self._room.addWidget(form(*sections))
        self._room.addStretch(1)
        for one in self.rows.values():
            one.edited.connect(self._on_edited)
        self.show_settings(self._settings)

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        for code, one in self.rows.items():
            one.show_role(settings.role_for(code))

    def collect(self, settings: Settings) -> Settings:
        shown = {code: one.collect() for code, one in self.rows.items()}
        roles = {
            code: role for code, role in shown.items() if code in settings.roles or role != ServiceRole()
        }
        return replace(settings, roles={**settings.roles, **roles})
