"""The quiet line at the foot: is everything saved, who is at the desk, how far holidays and tariffs are
known.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout

from app.words import _
from ui import icons
from ui.qt import LEFT, Cursor, Focus, Policy
from ui.session import Session
from ui.theme import theme
from ui.widgets.focus_ring import OUTSIDE
from ui.widgets.frame import Picture
from ui.widgets.layout import on_surface
from ui.widgets.paint import box, width_of, words
from ui.widgets.text import Label


class _Part(QFrame):
    """An icon with words."""

    def __init__(self, icon: str, tone: str = "text2") -> None:
        super().__init__()
        self.picture = Picture(icon, tone, "icon_small")
        self.label = Label("", "panel", "text2")
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.icon_gap)
        box.addWidget(self.picture)
        box.addWidget(self.label)

    def say(self, words: str, tip: str = "") -> None:
        self.label.set_text(words)
        self.setToolTip(tip)
        self.setVisible(bool(words))


class _PressPart(QAbstractButton):
    """An icon with words that lead somewhere: who is at the desk, how backups stand."""

    def __init__(self, icon: str, tone: str = "text2") -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self.setProperty(OUTSIDE, False)
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.setFocusPolicy(Focus.TabFocus)
        self.setCursor(Cursor.PointingHandCursor)

    def set_icon(self, icon: str, tone: str) -> None:
        self._icon, self._tone = icon, tone

    @property
    def tone(self) -> str:
        """The colour of the icon: whether all is well."""
        return self._tone

    def say(self, words: str, tip: str) -> None:
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(tip)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        s = theme.size
        width = s.icon_small + s.icon_gap + width_of(self.text(), "panel") + 2 * s.xs
        return QSize(width, s.status - 2 * s.hairline - 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        if self.underMouse():
            box(painter, self.rect(), theme.colour("hover"), radius=s.radius_tag)
        if self.hasFocus():
            box(painter, self.rect(), None, theme.colour("accent"), width=s.focus, radius=s.radius_tag)
        icons.draw(painter, self._icon, s.xs, (self.height() - s.icon_small) // 2, self._tone, s.icon_small)
        room = self.rect().adjusted(s.xs + s.icon_small + s.icon_gap, 0, 0, 0)
        words(painter, room, self.text(), "panel", "text2", LEFT)


class StatusLine(QFrame):
    """Follows the session. `staff_wanted`: the name was clicked; `section_wanted`: what leads to a section of
    the settings.
    """

    staff_wanted = Signal()
    section_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        s = theme.size
        on_surface(self, "sunken")
        self.setProperty("edge", "top")
        self.setFixedHeight(s.status)
        self.data = _Part("check", "good")
        self.staff = _PressPart("user")
        self.staff.clicked.connect(self.staff_wanted)
        self.backup = _PressPart("shield-check", "good")
        self.backup.clicked.connect(self._on_backup)
        self.holidays = _Part("calendar")
        self.tariffs = _Part("book-open")
        box = QHBoxLayout(self)
        box.setContentsMargins(s.l, 0, s.l, 0)
        box.setSpacing(s.xl)
        box.addWidget(self.data)
        box.addWidget(self.backup)
        box.addWidget(self.staff)
        box.addStretch(1)
        box.addWidget(self.holidays)
        box.addWidget(self.tariffs)
        self.data.say(_("データを開いています…"))
        self.staff.hide()
        self.backup.hide()
        self.tariffs.hide()
        self.holidays.hide()
        session.settings_changed.connect(self.refresh)
        session.backup_changed.connect(self._say_backup)
        if session.standing is not None:  # a window made anew, in another language or size
            self.refresh()
            self._say_backup()

    def refresh(self) -> None:
        """Say it anew."""
        standing = self._session.standing
        if standing is None:
            return
        saved, tip, safe = _data_words(standing.status.key_kind)
        self.data.picture.set_icon("check" if safe else "triangle-alert", "good" if safe else "warn")
        self.data.say(saved, tip + "\n" + standing.status.path)
        member = standing.settings.staff_member()
        desk = standing.settings.desk_name
        tip = _("担当者を変える（Ctrl+L でロック）") if self._session.uses_pins else _("担当者の設定を開く")
        if member is not None and desk:
            self.staff.say(_("{staff}（{desk}）").format(staff=member.name, desk=desk), tip)
        else:
            self.staff.say(member.name if member is not None else desk or _("担当者は未登録です"), tip)
        if not self.backup.isHidden():
            self._say_backup()  # time goes on
        self._say_holidays()
        self._say_tariffs()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is too little room, what is known good for longest gives way."""
        s = theme.size
        told = [self.data.label.words(), self.backup.text(), self.staff.text()]
        told += [self.holidays.label.words(), self.tariffs.label.words()]
        left = self.width() - 2 * s.l
        for part, said in zip((self.data, self.backup, self.staff), told, strict=False):
            left -= part.sizeHint().width() + s.xl if said else 0
        for part, said in ((self.tariffs, told[4]), (self.holidays, told[3])):
            left -= part.sizeHint().width() + s.xl if said else 0
            part.setVisible(bool(said) and left >= 0)

    def _on_backup(self) -> None:
        self.section_wanted.emit("backups")

    def _say_backup(self) -> None:
        """How backups stand, once that is known."""
        from ui.backup_words import short_words

        keeper = self._session.keeper
        if keeper.making:
            self.backup.set_icon("hard-drive", "text2")
            self.backup.say(_("控えを取っています"), _("作業を続けられます。"))
        elif keeper.kept is not None:
            said = short_words(keeper.kept.state, self._session.desk.now())
            self.backup.set_icon(
                "shield-check" if said.safe else "triangle-alert", "good" if said.safe else "warn"
            )
            self.backup.say(said.words, said.detail)
        self._fit()

    def _say_holidays(self) -> None:
        from app.days import holidays_vouched_until

        year = holidays_vouched_until().year
        self.holidays.say(
            _("祝日 {year}年まで公表済み").format(year=year),
            _("{year}年までの祝日は公表された暦要項どおりです。その後は法律から計算した見込みです。").format(
                year=year
            ),
        )

    def _say_tariffs(self) -> None:
        from app.days import date_words

        checks = self._session.tariff_checks
        if not checks:
            return
        oldest = min(check.day for check in checks)
        lines = [
            _("{service}：{day}確認").format(service=check.name, day=date_words(check.day, weekday=False))
            for check in checks
        ]
        self.tariffs.say(
            _("料金表 {day}確認").format(day=date_words(oldest, weekday=False)), "\n".join(lines)
        )


def _data_words(kind: str) -> tuple[str, str, bool]:
    """What is said of the data by how their key is kept; whether that is safe."""
    if kind == "none":
        return (
            _("保存済み・鍵は保護されていません"),
            _(
                "データは暗号化されていますが、鍵がファイルのまま置かれています。設定の「データ」で変えられます。"
            ),
            False,
        )
    if kind == "passphrase":
        return _("保存済み・パスフレーズで保護"), _("データは暗号化されています。"), True
    return _("保存済み・暗号化"), _("データは暗号化され、鍵はこの端末に預けてあります。"), True
