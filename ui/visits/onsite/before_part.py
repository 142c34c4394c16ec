"""2 作業前確認: what is erased, whether there is a backup, confidential data, the price; then a signature."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.money import yen_words
from app.usecases.work_on_site import ERASING, points_before
from app.visit.order import Device
from app.words import _
from ui.theme import theme
from ui.visits.onsite.draft import OnSiteDraft
from ui.visits.onsite.points import point_words
from ui.visits.onsite.signature_box import SignatureBox
from ui.visits.onsite.touch import for_fingers
from ui.visits.visit_reading import VisitView
from ui.visits.work_words import device_words, work_words
from ui.widgets.choices import Check, Segments
from ui.widgets.frame import Picture
from ui.widgets.layout import clear, column, row, rule
from ui.widgets.text import Label


class PointRow(QFrame):
    """A point to confirm: a tick as high as a finger, the sentence, the line that explains it."""

    ticked = Signal(str, bool)

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.check = for_fingers(Check(""))
        self.words = Label("", "body-bold", wrap=True)
        self.detail = Label("", "panel", "text2", wrap=True)
        line = row(
            column(self.check, None), column(self.words, self.detail, gap="xs"), gap="s", pad=("", "s")
        )
        line.setStretch(1, 1)
        line.setContentsMargins(
            theme.size.xs, theme.size.s, 0, theme.size.s
        )  # room for the ring of the focus
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(line)
        box.addWidget(rule())
        self.check.toggled.connect(partial(self.ticked.emit, code))

    def show_point(self, words: str, detail: str, *, ticked: bool) -> None:
        """Say what is confirmed."""
        self.words.set_text(words)
        self.detail.set_text(detail)
        self.check.setAccessibleName(words)
        self.check.blockSignals(True)
        self.check.setChecked(ticked)
        self.check.blockSignals(False)

    def mousePressEvent(self, event: object) -> None:
        if self.check.isEnabled():  # the whole row is the target of a finger
            self.check.toggle()


class BeforePart(QWidget):
    """Changes the draft; ``changed`` says so, as the price may follow."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self._draft = OnSiteDraft()
        self._view: VisitView | None = None
        self._frozen = False
        self.rows: dict[str, PointRow] = {}
        self.backups: dict[str, Segments] = {}
        self._points = QVBoxLayout()
        self._points.setSpacing(0)
        self._devices = QVBoxLayout()
        self._devices.setSpacing(0)
        self.wrong = Label("", "panel", "danger", wrap=True)
        self.wrong.hide()
        self.signature = SignatureBox(_("お客さまの署名（作業前確認書）"))
        box = QVBoxLayout(self)
        box.setContentsMargins(s.l, s.l, s.l, s.l)
        box.setSpacing(s.m)
        box.addWidget(Label(_("作業の前に、お客さまに確認していただきます"), "title"))
        self._head = Label(_("機器ごとの確認"), "heading")
        box.addWidget(self._head)
        box.addLayout(self._devices)
        box.addWidget(Label(_("確認事項"), "heading"))
        box.addLayout(self._points)
        box.addWidget(self.wrong)
        box.addWidget(self.signature)
        box.addStretch(1)
        self.signature.changed.connect(self.changed)

    def show_view(self, view: VisitView, draft: OnSiteDraft, *, frozen: bool) -> None:
        """Show a visit and what was confirmed so far; ``frozen``: it is signed."""
        self._view, self._draft, self._frozen = view, draft, frozen
        self._make_devices(view, draft)
        self._make_points(view, draft)
        self.signature.show_signing(draft.before, frozen=frozen)

    def _make_devices(self, view: VisitView, draft: OnSiteDraft) -> None:
        clear(self._devices)
        self.backups = {}
        touched = [one for one in draft.devices if ERASING & set(one.menu)]
        self._head.setVisible(bool(touched))
        for device in touched:
            icon, name = device_words(device)
            choice = for_fingers(Segments([(True, _("バックアップあり")), (False, _("なし"))], device.backup))
            choice.setFixedWidth(theme.ems(17))
            choice.setAccessibleName(_("{name}のバックアップ").format(name=name))
            choice.setEnabled(not self._frozen)
            choice.chosen.connect(partial(self._on_backup, device.id))
            names = _("・").join(work_words(view, device))
            words = column(Label(name, "body-bold", wrap=True), Label(names, "panel", "text2", wrap=True))
            line = row(Picture(icon), words, choice, gap="m", pad=("", "s"))
            line.setStretch(1, 1)
            self._devices.addLayout(line)
            self._devices.addWidget(rule())
            self.backups[device.id] = choice

    def _make_points(self, view: VisitView, draft: OnSiteDraft) -> None:
        content = draft.found(view.stored.content)
        codes = points_before(content)
        if tuple(self.rows) != codes:
            clear(self._points)
            self.rows = {}
            for code in codes:
                one = PointRow(code)
                one.ticked.connect(self._on_ticked)
                self._points.addWidget(one)
                self.rows[code] = one
        self.show_price()
        for one in self.rows.values():
            one.check.setEnabled(not self._frozen)

    def show_price(self) -> None:
        """Say the price as it is now."""
        assert self._view is not None
        priced, _problems = self._view.price(self._draft.found(self._view.stored.content))
        amount = yen_words(priced.bill.total) if priced is not None else _("（計算できません）")
        for code, one in self.rows.items():
            one.show_point(*point_words(code, amount), ticked=code in self._draft.points)

    def _on_ticked(self, code: str, ticked: bool) -> None:
        (self._draft.points.add if ticked else self._draft.points.discard)(code)
        self.wrong.hide()
        self.changed.emit()

    def _on_backup(self, device_id: str, backup: bool) -> None:
        device: Device = self._draft.device(device_id)
        self._draft.change_device(replace(device, backup=backup))
        self.show_price()
        self.changed.emit()

    @property
    def lacking(self) -> QWidget | None:
        """Where something is missing yet; the first such place."""
        missing = (one.check for code, one in self.rows.items() if code not in self._draft.points)
        return next(missing, self.signature.lacking)

    def check(self) -> bool:
        """Say what lacks; True where nothing does."""
        missing = [one for code, one in self.rows.items() if code not in self._draft.points]
        self.wrong.set_text(
            _("確認していない項目が{count}件あります。お客さまに読んでいただき、印を付けてください。").format(
                count=len(missing)
            )
            if missing
            else ""
        )
        self.wrong.setVisible(bool(missing))
        signed = self.signature.check()
        if missing:
            missing[0].check.setFocus()
        return signed and not missing
