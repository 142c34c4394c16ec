"""Roles and PINs of the staff, and the short table of who may do what."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.papers.issuer import Settings, Staff
from app.usecases.permissions import ALLOWED, Act, act_words
from app.usecases.staff_account import Account, Role, role_words
from app.words import _
from ui.confirm_dialog import ConfirmDialog
from ui.operations.accounts import remove_pin, set_role
from ui.qt import CENTRE, Policy
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.frame import Picture
from ui.widgets.layout import clear, rule
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import ElidedLabel, Label


class _AccountRow(QFrame):
    """One member: role, whether there is a PIN, and what can be done about it."""

    def __init__(self, member: Staff, account: Account, *, manages: bool, own: bool, pins: bool) -> None:
        super().__init__()
        self.member, self.account, self.own = member, account, own
        s = theme.size
        self.name = ElidedLabel(member.name, "body")
        self.name.setFixedWidth(theme.ems(9))
        self.role = Choice([(role, role_words(role)) for role in Role], account.role, ems=8)
        self.role.setAccessibleName(_("{name}さんの役割").format(name=member.name))
        self.role.setEnabled(manages and pins)
        self.role.setToolTip("" if pins else _("暗証番号を決めると、役割を選べます。"))
        self.state = Label(_("暗証番号あり") if account.has_pin else _("暗証番号なし"), "panel", "text2")
        self.state.setSizePolicy(Policy.Expanding, Policy.Preferred)
        self.change = Button(_("変える") if account.has_pin else _("決める"), "key-round", small=True)
        self.change.setAccessibleName(_("{name}さんの暗証番号を決める").format(name=member.name))
        self.change.setEnabled(manages or own)
        self.remove = Button(_("なくす"), kind="quiet", small=True)
        self.remove.setAccessibleName(_("{name}さんの暗証番号をなくす").format(name=member.name))
        self.remove.setEnabled(manages)
        keeps = self.remove.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(keeps)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(s.m)
        for widget in (self.name, self.role, self.state, self.change, self.remove):
            box.addWidget(widget)
        self.remove.setVisible(account.has_pin)


class AccountsPart(QWidget):
    """Follows the session."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.rows: list[_AccountRow] = []
        self.told = Label("", "caption", "text3", wrap=True)
        self.wrong = AdviceStrip(meaning="danger", icon="triangle-alert", closable=True)
        self.wrong.hide()
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.size.s)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.m)
        box.addWidget(self.wrong)
        box.addLayout(self._column)
        box.addWidget(self.told)

    def show_settings(self, settings: Settings) -> None:
        """The rows anew."""
        session = self._session
        accounts = session.standing.accounts if session.standing is not None else {}
        manages = not session.refusal(Act.STAFF)
        clear(self._column)
        self.rows = []
        for member in settings.staff:
            if not member.active:
                continue
            account = accounts.get(member.id) or Account(staff_id=member.id)
            own = member.id == settings.current_staff and account.has_pin
            added = _AccountRow(member, account, manages=manages, own=own, pins=session.uses_pins)
            added.role.chosen.connect(partial(self._on_role, member.id))
            added.change.clicked.connect(partial(self._on_change, member.id))
            added.remove.clicked.connect(partial(self._on_remove, member.id))
            self._column.addWidget(added)
            self.rows.append(added)
        self.told.set_text(
            _("ログインした人の名前が、書類と記録に残ります。役割でできることは下の表のとおりです。")
            if session.uses_pins
            else _(
                "まだだれも暗証番号を決めていないので、この窓口ではだれでもすべての操作ができます。"
                "ひとりで使う窓口なら、このままでもかまいません。"
            )
        )

    def _on_role(self, staff_id: str, role: str) -> None:
        self.wrong.hide()
        self._session.hub.run(set_role, staff_id, Role(role), failed=self._on_refused, owner=self)

    def _row(self, staff_id: str) -> _AccountRow:
        return next(one for one in self.rows if one.member.id == staff_id)

    def _on_change(self, staff_id: str, _checked: bool = False) -> None:
        from ui.lock.pin_dialog import PinDialog

        self.wrong.hide()
        row = self._row(staff_id)
        first = not self._session.uses_pins
        dialog = PinDialog(self, self._session, staff_id, row.member.name, own=row.own, first=first)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_remove(self, staff_id: str, _checked: bool = False) -> None:
        self.wrong.hide()
        row = self._row(staff_id)
        text = _("{name}さんは、この窓口にログインできなくなります。").format(name=row.member.name)
        if sum(one.account.has_pin for one in self.rows) == 1:
            text = _(
                "ほかに暗証番号のある人がいないため、この窓口はだれでもログインせずに使えるようになります。"
            )
        if ConfirmDialog.ask(self, _("暗証番号をなくしますか"), text, _("なくす"), danger=True):
            self._session.hub.run(remove_pin, staff_id, failed=self._on_refused, owner=self)

    def _on_refused(self, error: UserError) -> None:
        problem = error.problems[0]
        self.wrong.set_words(problem.what, " ".join(part for part in (problem.why, problem.remedy) if part))
        self.wrong.show()
        self.show_settings(self._session.settings)


class PermissionTable(QWidget):
    """Who may do what; the one signed in has the heading of their column in the accent."""

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self.heads: dict[Role, Label] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(s.m)
        grid.setVerticalSpacing(s.xs)
        grid.setColumnStretch(0, 1)
        for place, role in enumerate(Role, 1):
            self.heads[role] = Label(role_words(role), "caption", "text2")
            grid.addWidget(self.heads[role], 0, place, CENTRE)
            grid.setColumnMinimumWidth(place, theme.ems(5))
        grid.addWidget(rule(), 1, 0, 1, 4)
        for line, act in enumerate(Act, 2):
            grid.addWidget(Label(act_words(act), "panel"), line, 0)
            for place, role in enumerate(Role, 1):
                permitted = role in ALLOWED[act]
                sign = Picture(
                    "check" if permitted else "minus", "good" if permitted else "text3", "icon_small"
                )
                sign.setAccessibleName(
                    (_("{role}：できる") if permitted else _("{role}：できない")).format(
                        role=role_words(role)
                    )
                )
                grid.addWidget(sign, line, place, CENTRE)

    def show_role(self, role: Role | None) -> None:
        """Mark the column of the one signed in."""
        for one, head in self.heads.items():
            head.set_tone("accent" if one is role else "text2")
