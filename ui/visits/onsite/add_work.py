"""Work that nobody ordered and that is done all the same: on a device that is there, or on another one."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.visit.order import DeviceKind
from app.words import _
from ui.theme import theme
from ui.visits.onsite.draft import OnSiteDraft
from ui.visits.onsite.touch import for_fingers
from ui.visits.visit_reading import VisitView
from ui.visits.words import device_kind
from ui.visits.work_words import device_words, names_of
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import row


class AddWork(QWidget):
    """A button that opens a row of choices. ``added``: the draft has more work."""

    added = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._draft = OnSiteDraft()
        self.open_button = for_fingers(Button(_("作業を追加する"), "plus"))
        self.device = for_fingers(Choice())
        self.kind = for_fingers(Choice())
        self.name = for_fingers(TextField(_("例：受付PC")))
        self.work = for_fingers(Choice())
        self.take = for_fingers(Button(_("追加"), "plus", "filled"))
        self.device_field = Field(_("機器"), self.device)
        self.kind_field = Field(_("種類"), self.kind)
        self.name_field = Field(_("機器の名前"), self.name)
        self.work_field = Field(_("作業"), self.work)
        self._form = QWidget()
        line = row(
            self.device_field,
            self.kind_field,
            self.name_field,
            self.work_field,
            Field("", self.take),
            gap="s",
        )
        for place in range(4):
            line.setStretch(place, 1)
        self._form.setLayout(line)
        self._form.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.s)
        box.addLayout(row(self.open_button, None))
        box.addWidget(self._form)
        self.open_button.clicked.connect(self._on_opened)
        self.device.chosen.connect(self._on_device)
        self.take.clicked.connect(self._on_taken)

    def show_view(self, view: VisitView, draft: OnSiteDraft) -> None:
        """The devices and the work there are."""
        self._draft = draft
        held = self.device.value()
        devices = [(one.id, device_words(one)[1]) for one in draft.devices]
        self.device.set_options([*devices, ("", _("ほかの機器"))], held)
        if not self.work.count():
            self.work.set_options(
                [(code, name) for code, name in names_of(view).items() if code in _chosen(view)]
            )
            self.kind.set_options([(kind, device_kind(kind)[1]) for kind in get_args(DeviceKind)])
        self._on_device(self.device.value())

    def _on_opened(self) -> None:
        self._form.setVisible(self._form.isHidden())
        self.open_button.set_on(self._form.isVisibleTo(self))
        if self._form.isVisibleTo(self):
            self.device.setFocus()

    def _on_device(self, device: str | None) -> None:
        other = not device
        self.kind_field.setVisible(other)
        self.name_field.setVisible(other)

    def _on_taken(self) -> None:
        menu, device = self.work.value(), self.device.value()
        if device:
            self._draft.add_work(device, menu)
        else:
            self._draft.add_device(self.kind.value(), self.name.text(), menu)
            self.name.set_text("")
        self._form.hide()
        self.open_button.set_on(False)
        self.open_button.setFocus()
        self.added.emit()


def _chosen(view: VisitView) -> set[str]:
    """The work somebody can choose; what is charged by itself is left out."""
    from app.visit.days import visit_rules

    day = min((span.on for span in view.stored.content.spans), default=view.ground.now.date())
    rules = visit_rules(view.ground.catalogue, view.stored.content.service, day)
    return {item.code for item in rules.menu if not item.automatic}
