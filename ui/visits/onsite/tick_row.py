"""One piece of work on one device: 完了・一部・未実施, its times by one tap, why not, the volume found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from functools import partial
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.visit.order import Device
from app.words import _, pgettext
from ui.contracts.actions.time_field import TimeField, time_text
from ui.theme import theme
from ui.visits.onsite.draft import OnSiteDraft
from ui.visits.onsite.touch import for_fingers
from ui.visits.work_words import work_icon
from ui.widgets.button import IconButton
from ui.widgets.choices import Segments
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.frame import Picture
from ui.widgets.layout import row, rule
from ui.widgets.text import ElidedLabel, Label

Which = Literal["first", "last"]


class Stamp(QWidget):
    """A time of day: one tap says now, or it is typed. ``stamped`` carries minutes since midnight or None."""

    stamped = Signal(object)

    def __init__(self, name: str, now: Callable[[], time]) -> None:
        super().__init__()
        self._now = now
        self.field = for_fingers(TimeField(ems=5.6))
        self.field.edit.setPlaceholderText(name)
        self.field.edit.setAccessibleName(name)
        self.tap = for_fingers(IconButton("clock", _("{name}をいまの時刻にする").format(name=name)))
        self.setLayout(row(self.field, self.tap, gap="xs"))
        self.field.edited.connect(self._on_typed)
        self.tap.clicked.connect(self._on_tapped)

    def show_minute(self, minute: int | None) -> None:
        """Show a time; not an edit."""
        if minute is not None:
            self.field.set_text(time_text(time(minute // 60, minute % 60)))
        elif self.field.readable:
            self.field.set_text("")

    def _on_tapped(self) -> None:
        now = self._now()
        self.field.set_text(time_text(now))
        self.field.set_error(False)
        self.stamped.emit(now.hour * 60 + now.minute)

    def _on_typed(self, _text: str) -> None:
        at = self.field.time()
        self.field.set_error(not self.field.readable)
        self.stamped.emit(at.hour * 60 + at.minute if at is not None else None)


class TickRow(QFrame):
    """Changes the draft. ``changed``: the price may follow; ``dropped``: added work is taken back."""

    changed = Signal()
    dropped = Signal(str, str)

    def __init__(self, menu: str, name: str, device: Device, now: Callable[[], time], *, added: bool) -> None:
        super().__init__()
        self.menu, self.device_id, self._name = menu, device.id, name
        self._draft = OnSiteDraft()
        self.result = for_fingers(
            Segments([("done", _("完了")), ("partly", _("一部")), ("not-done", _("未実施"))])
        )
        self.result.setFixedWidth(theme.ems(17))
        for button, words in zip(
            self.result.findChildren(QWidget), (_("完了"), _("一部"), _("未実施")), strict=False
        ):
            button.setAccessibleName(_("{work}：{result}").format(work=name, result=words))
        self.first = Stamp(_("開始"), now)
        self.last = Stamp(pgettext("work", "終了"), now)
        self.why = for_fingers(TextField(_("例：2フォルダを読み取れなかった")))
        self.why_field = Field(_("理由（報告書に載ります）"), self.why)
        self.volume = for_fingers(TextField(_("例：38GB"), ems=9))
        self.volume_field = Field(_("実際の容量"), self.volume)
        self.drop = for_fingers(IconButton("x", _("追加した「{work}」を取り消す").format(work=name)))
        if not added:
            self.drop.hide()
        self._build(name, device)
        self.result.chosen.connect(self._on_result)
        self.first.stamped.connect(partial(self._on_time, "first"))
        self.last.stamped.connect(partial(self._on_time, "last"))
        self.why.edited.connect(self._on_why)
        self.volume.edited.connect(self._on_volume)
        self.drop.clicked.connect(partial(self.dropped.emit, self.device_id, self.menu))

    def _build(self, name: str, device: Device) -> None:
        s = theme.size
        ordered = (
            _("受付時 {volume}GB").format(volume=device.data_gb) if device.data_gb else _("受付時の容量なし")
        )
        self.volume_field.set_helper(ordered)
        title = ElidedLabel(name, "body")
        line = row(
            Picture(work_icon(self.menu)), title, self.result, self.first, self.last, self.drop, gap="s"
        )
        line.setStretch(1, 1)
        self._more = QWidget()
        more = row(self.volume_field, self.why_field, gap="m")
        more.addStretch(0)  # takes the room where there is no reason
        more.setStretch(1, 1)
        more.setContentsMargins(s.xl, 0, 0, 0)
        self._more.setLayout(more)
        self.wrong = Label("", "caption", "danger", wrap=True)
        self.wrong.setContentsMargins(s.xl, 0, 0, 0)
        self.wrong.hide()
        inner = QVBoxLayout()
        inner.setContentsMargins(s.m, s.s, s.s, s.s)
        inner.setSpacing(s.xs)
        inner.addLayout(line)
        inner.addWidget(self._more)
        inner.addWidget(self.wrong)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(rule())
        box.addLayout(inner)
        self.volume_field.setMaximumWidth(theme.ems(13))

    def show_draft(self, draft: OnSiteDraft) -> None:
        """Show what was ticked so far."""
        self._draft = draft
        tick = draft.tick(self.device_id, self.menu)
        self.result.set_value(tick.result if tick else None)
        self.first.show_minute(tick.first if tick else draft.begun.get((self.device_id, self.menu)))
        self.last.show_minute(tick.last if tick else None)
        self.why.set_text(tick.why if tick else "")
        self.volume.set_text(draft.volumes.get(self.device_id, ""))
        self._fit()

    def _fit(self) -> None:
        tick = self._draft.tick(self.device_id, self.menu)
        moves = self.menu == "data-migration"
        unfinished = tick is not None and tick.result != "done"
        self.volume_field.setVisible(moves)
        self.why_field.setVisible(unfinished)
        self._more.setVisible(moves or unfinished)

    def tell(self, text: str) -> None:
        """Say below the row what lacks; "" takes it away."""
        self.wrong.set_text(text)
        self.wrong.setVisible(bool(text))

    def tell_volume(self, text: str) -> None:
        """Say below the volume what is wrong with it."""
        self.volume_field.set_error(text)

    def _on_result(self, result: Literal["done", "partly", "not-done"]) -> None:
        self._draft.set_result(self.device_id, self.menu, result)
        self.tell("")
        self._fit()
        self.changed.emit()
        if result != "done":
            self.why.setFocus()

    def _on_time(self, which: Which, minute: int | None) -> None:
        self._draft.set_time(self.device_id, self.menu, which, minute)
        tick = self._draft.tick(self.device_id, self.menu)
        if tick is not None:  # an end without a result says it is done
            self.result.set_value(tick.result)
        self.tell("")
        self._fit()
        self.changed.emit()

    def _on_why(self, text: str) -> None:
        self._draft.set_why(self.device_id, self.menu, text)
        self.tell("")

    def _on_volume(self, text: str) -> None:
        self._draft.volumes[self.device_id] = text
        self._draft.agreed_net = None
        _volume, wrong = self._draft.volume(self._draft.device(self.device_id))
        self.tell_volume(wrong.problems[0].sentence() if wrong is not None and _is_whole(text) else "")
        self.changed.emit()


def _is_whole(text: str) -> bool:
    """Whether somebody seems to have finished typing: a bare number may still get its unit."""
    return not text.strip()[-1:].isdigit() and not text.strip().endswith(".")
