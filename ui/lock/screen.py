"""What stands over a locked window: who is there, and their PIN, or the passphrase of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.words import _, pgettext
from ui.lock.digits import PinField
from ui.lock.forgotten import ForgottenForm
from ui.operations.accounts import sign_in, unlock_with_passphrase
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.frame import Picture
from ui.widgets.layout import holding, on_surface, row
from ui.widgets.strips import BusyBar
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.papers.issuer import Staff
    from app.usecases.desk import Desk
    from app.usecases.sign_in import LockReason

_WORDS_OF_WAIT = "pin-wait"


def read_wait(desk: Desk, staff_id: str) -> int:
    """On the database worker: how many seconds somebody still has to wait after wrong PINs."""
    from datetime import timedelta

    from app.usecases.sign_in import waiting

    with desk.storage.look() as work:
        account = work.accounts.all().get(staff_id)
    left = waiting(account, desk.now()) if account is not None else timedelta()
    return -(-left // timedelta(seconds=1))


class LockScreen(QWidget):
    """`opened` comes when somebody proved who they are."""

    opened = Signal()

    def __init__(self, session: Session, window: QWidget, reason: LockReason) -> None:
        super().__init__(window)
        on_surface(self, "window")
        s = theme.size
        self.form = LockForm(session, reason)
        self.form.opened.connect(self.opened)
        card = QVBoxLayout()
        card.setContentsMargins(0, 0, 0, 0)
        card.addWidget(self.form)
        self._card = holding(card, "panel", "box")
        self._card.setFixedWidth(s.dialog_width)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card)
        middle.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.xl)
        box.addLayout(row(None, Picture("madoguchi", "accent", "icon_large"),
                          Label(pgettext("program", "窓口"), "heading"), None))  # fmt: skip
        box.addStretch(2)
        box.addLayout(middle)
        box.addStretch(3)

    def begin(self) -> None:
        """The cursor where one types."""
        self.form.begin()

    def show_staff(self) -> None:
        """The staff or their PINs changed elsewhere."""
        self.form.show_staff()

    def lift(self) -> LockForm:
        """Hand the form to a dialog that stands above another one."""
        self._card.hide()
        return self.form

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name and way
        """Nothing but what stands here can be reached."""
        return super().focusNextPrevChild(forward)


class LockForm(QFrame):
    """Asks for a PIN where people sign in with one, else for the passphrase."""

    opened = Signal()

    def __init__(self, session: Session, reason: LockReason) -> None:
        super().__init__()
        s = theme.size
        self._session = session
        self._pins = session.uses_pins
        self._left = 0
        self._clock = QTimer(self)
        self._clock.setInterval(1_000)
        self._clock.timeout.connect(self._on_second)
        title = _("ログインしてください") if reason == "start" else _("ロックしています")
        self.title = Label(title, "heading")
        self.told = Label(self._told(reason), "panel", "text2", wrap=True)
        self.staff = Choice()
        self.staff_field = Field(_("担当者"), self.staff)
        self.pin = PinField()
        self.pin_field = Field(_("暗証番号"), self.pin)
        self.passphrase = TextField(secret=True)
        self.passphrase_field = Field(_("パスフレーズ"), self.passphrase)
        self.open_button = Button(_("開く"), "lock-open", "filled")
        self.forgotten_button = Button(_("暗証番号を忘れたとき"), kind="quiet")
        self.busy = BusyBar()
        self.forgotten: ForgottenForm | None = None
        self._asked = QWidget()
        box = QVBoxLayout(self._asked)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(s.m)
        for field in (self.staff_field, self.pin_field, self.passphrase_field):
            box.addWidget(field)
        box.addWidget(self.busy)
        foot = row(self.forgotten_button, None, self.open_button)
        foot.setContentsMargins(-s.button_pad, 0, 0, 0)  # its words in line with the fields
        box.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        whole.setSpacing(s.m)
        whole.addLayout(row(Picture("lock", "accent", "icon_large"), self.title, None))
        whole.addWidget(self.told)
        whole.addWidget(self._asked)
        self._whole = whole
        self.staff_field.setVisible(self._pins)
        self.pin_field.setVisible(self._pins)
        self.forgotten_button.setVisible(self._pins)
        self.passphrase_field.setVisible(not self._pins)
        self.staff.chosen.connect(self._on_staff)
        self.pin.edited.connect(self._on_edited)
        self.passphrase.edited.connect(self._on_edited)
        self.open_button.clicked.connect(self.try_open)
        self.forgotten_button.clicked.connect(self._on_forgotten)
        self.show_staff()

    def _told(self, reason: LockReason) -> str:
        if not self._pins:
            return _("入力中の内容はそのままです。\nこの端末のパスフレーズで続きを開けます。")
        if reason == "start":
            return _("この窓口では、暗証番号でログインしてから使います。")
        return _("入力中の内容はそのままです。\nほかの担当者もここでログインできます。")

    def begin(self) -> None:
        """The cursor where one types."""
        (self.pin if self._pins else self.passphrase).setFocus()

    def show_staff(self) -> None:
        """Those who can sign in; the one at the desk first."""
        standing = self._session.standing
        if standing is None or not self._pins:
            return
        settings = standing.settings
        options = [
            (one.id, one.name)
            for one in settings.staff
            if one.active and one.id in standing.accounts and standing.accounts[one.id].has_pin
        ]
        self.staff.set_options(options, self.staff.value() or settings.current_staff)

    def _on_staff(self, _staff: str) -> None:
        self._say("")
        self._wait(0)
        self.pin.clear()
        self.pin.setFocus()

    def _on_edited(self, _text: str) -> None:
        if not self._left:
            self._say("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from ui.qt import Key

        if event.key() in {Key.Key_Return, Key.Key_Enter}:
            if self.forgotten is not None and self.forgotten.isVisible():
                self.forgotten.try_reset()
            else:
                self.try_open()
        else:
            super().keyPressEvent(event)

    def try_open(self) -> None:
        """Try what was typed."""
        if not self.open_button.isEnabled():
            return
        self.open_button.setEnabled(False)
        self.busy.start()
        hub, vault = self._session.hub, self._session.vault
        if self._pins:
            hub.run(sign_in, self.staff.value() or "", self.pin.text(), done=self._on_in,
                    failed=self._on_refused, ended=self._on_ended, owner=self)  # fmt: skip
        elif vault is not None:
            hub.run(unlock_with_passphrase, vault, self.passphrase.edit.text(), done=self._on_open,
                    failed=self._on_refused, ended=self._on_ended, owner=self)  # fmt: skip

    def _on_ended(self) -> None:
        self.busy.stop()
        self.open_button.setEnabled(not self._left)

    def _on_in(self, member: Staff) -> None:
        from msgspec.structs import replace

        self._session.take_settings(replace(self._session.settings, current_staff=member.id))
        self.opened.emit()

    def _on_open(self, _nothing: object) -> None:
        self.opened.emit()

    def _on_refused(self, error: UserError) -> None:
        self.pin.clear()
        self.passphrase.edit.clear()
        self._say(" ".join(one.sentence() for one in error.problems))
        if error.code == _WORDS_OF_WAIT:
            self._session.hub.look(read_wait, self.staff.value(), done=self._wait, owner=self)
        self.begin()

    def _wait(self, seconds: int) -> None:
        self._left = seconds
        self.open_button.setEnabled(not seconds)
        if seconds:
            self._clock.start()
            self._say_wait()
        else:
            self._clock.stop()

    def _on_second(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._say_wait()
        else:
            self._wait(0)
            self._say("")

    def _say_wait(self) -> None:
        left = (
            _("あと{count}秒お待ちください。").format(count=self._left)
            if self._left < 120
            else _("あと{count}分お待ちください。").format(count=-(-self._left // 60))
        )
        self._say(_("入力を止めています。{left}").format(left=left))

    def _say(self, words: str) -> None:
        (self.pin_field if self._pins else self.passphrase_field).set_error(words)

    # --- forgotten ---

    def _on_forgotten(self) -> None:
        if self.forgotten is None:
            self.forgotten = ForgottenForm(self._session)
            self.forgotten.given_up.connect(self._on_given_up)
            self.forgotten.done.connect(self.opened)
            self._whole.addWidget(self.forgotten)
        self._asked.hide()
        self.told.set_text(ForgottenForm.told())
        self.title.set_text(_("暗証番号を決め直す"))
        self.forgotten.begin(self.staff.value() or "")
        self.forgotten.show()

    def _on_given_up(self) -> None:
        if self.forgotten is not None:
            self.forgotten.hide()
        self.title.set_text(_("ロックしています"))
        self.told.set_text(self._told("asked"))
        self._asked.show()
        self.begin()
