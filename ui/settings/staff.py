"""担当者: who issues papers, and who is at the desk now."""

from __future__ import annotations

from uuid import uuid4

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.papers.issuer import Settings, Staff
from app.usecases.permissions import Act
from app.words import _
from ui.session import Session
from ui.settings.accounts_part import AccountsPart, PermissionTable
from ui.settings.section import SettingsSection
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.cards import Radio
from ui.widgets.choices import Switch
from ui.widgets.entries import KanaField, TextField
from ui.widgets.field import Field
from ui.widgets.form import Section, form
from ui.widgets.layout import clear, row
from ui.widgets.paint import width_of
from ui.widgets.text import Label


class _StaffRow(QFrame):
    """One member: chosen as the one at the desk, name, reading, department, still with us."""

    edited = Signal()

    def __init__(self, member: Staff, *, labels: bool) -> None:
        super().__init__()
        self.member = member
        self.here = Radio(_("{name}がいま窓口にいる").format(name=member.name))
        self.name = TextField(_("氏名"))
        self.kana = KanaField()
        self.kana.follow(self.name)
        self.department = TextField()
        self.active = Switch("", member.active, name=_("在籍"))
        self.active.setFixedHeight(theme.size.control)
        for entry, text in (
            (self.name, member.name),
            (self.kana, member.kana),
            (self.department, member.department),
        ):
            entry.set_text(text)
            entry.finished.connect(self.edited)
        self.name_field = Field(_("氏名"), self.name)
        self.here_field = Field("", self.here)
        fields = [
            (self.here_field, 0),
            (self.name_field, 3),
            (Field(_("フリガナ"), self.kana), 3),
            (Field(_("部署"), self.department), 2),
            (Field(_("在籍"), self.active), 0),
        ]
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.m)
        for field, share in fields:
            wide = width_of(field.label.words(), "caption") + theme.size.hairline
            field.setMinimumWidth(max(wide, field.minimumSizeHint().width()))  # heads hold their column open,
            field.set_label_shown(labels)  # in the rows that show none too
            box.addWidget(field, share)
        self.here.setAccessibleName(_("{name}がいま窓口にいる").format(name=member.name))
        self.active.toggled.connect(self._on_toggled)
        self.here.clicked.connect(self._on_toggled)

    def _on_toggled(self, _on: bool) -> None:
        self.edited.emit()

    def collect(self) -> Staff:
        return replace(
            self.member,
            name=self.name.text(),
            kana=self.kana.text(),
            department=self.department.text(),
            active=self.active.isChecked(),
        )


class StaffSection(SettingsSection):
    """Rows of staff. A row without a name is not stored; who ever issued something stays, perhaps no longer
    active.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.rows: list[_StaffRow] = []
        self._group = QButtonGroup(self)
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.size.s)
        self.add_button = Button(_("担当者を追加"), "user-plus", "quiet")
        hint = Label(
            _("左の丸で、いま窓口にいる人を選びます。名前は書類と記録に残ります。"),
            "caption",
            "text3",
            wrap=True,
        )
        self._hint = hint
        self.accounts = AccountsPart(session)
        self.table = PermissionTable()
        self.refused = Label("", "panel", "text2", wrap=True)
        self.lay_out(
            form(
                Section(_("担当者"), self.refused, self._holder, row(self.add_button, None), hint),
                Section(_("役割と\n暗証番号"), self.accounts),
                Section(_("できること"), self.table),
            )
        )
        self.add_button.clicked.connect(self.add_member)

    def show_settings(self, settings: Settings) -> None:
        self._show_staff(settings)
        self._show_accounts(settings)

    def _show_accounts(self, settings: Settings) -> None:
        """With PINs who is at the desk is who signed in, and only some may change the staff."""
        standing, pins = self.session.standing, self.session.uses_pins
        refused = self.session.refusal(Act.STAFF)
        self.refused.set_text(refused)
        self.refused.setVisible(bool(refused))
        for one in self.rows:
            one.here_field.setVisible(not pins)
            one.setEnabled(not refused)
        self.add_button.setEnabled(not refused)
        self._hint.setVisible(not pins)
        self.accounts.show_settings(settings)
        account = standing.accounts.get(settings.current_staff) if standing is not None and pins else None
        self.table.show_role(account.role if account is not None else None)

    def _show_staff(self, settings: Settings) -> None:
        shown = tuple(one.collect() for one in self.rows if one.name.text())
        if shown == settings.staff and self._current() == settings.current_staff and self.rows:
            return  # nothing new: do not take the cursor out of a field
        clear(self._column)
        self.rows = []
        for member in settings.staff or (Staff(id=str(uuid4()), name=""),):
            self._add_row(member)
        current = settings.current_staff or self.rows[0].member.id
        for one in self.rows:
            one.here.setChecked(one.member.id == current)

    def _add_row(self, member: Staff) -> _StaffRow:
        added = _StaffRow(member, labels=not self.rows)
        added.edited.connect(self._on_edited)
        self._group.addButton(added.here)
        self._column.addWidget(added)
        self.rows.append(added)
        return added

    def add_member(self) -> None:
        """An empty row at the end."""
        self._add_row(Staff(id=str(uuid4()), name="")).name.setFocus()

    def _current(self) -> str:
        return next((one.member.id for one in self.rows if one.here.isChecked()), "")

    def collect(self, settings: Settings) -> Settings:
        known = {member.id for member in settings.staff}
        staff = tuple(one.collect() for one in self.rows if one.name.text() or one.member.id in known)
        current = self._current()
        if current not in {member.id for member in staff}:
            current = next((member.id for member in staff if member.active), "")
        self.fields = {f"staff.{n}.name": one.name_field for n, one in enumerate(self.rows)}
        return replace(settings, staff=staff, current_staff=current)
