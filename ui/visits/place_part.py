"""Where a visit goes: one line with its area, which unfolds to address, area and whom one meets."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.visit.order import Area, VisitPlace
from app.words import _
from ui.quotes.form_rows import FoldLine
from ui.theme import theme
from ui.visits.words import area_words
from ui.widgets.choices import Segments
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import row


class PlacePart(QWidget):
    """``changed`` carries the new VisitPlace."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.place = VisitPlace()
        self.fold = FoldLine(_("訪問先"))
        self.area = Segments([("west", area_words("west")), ("east", area_words("east"))])
        self.area_field = Field(_("エリア"), self.area)
        self.name = TextField(_("本社、1階受付 など"))
        self.address = TextField(_("都道府県から"))
        self.person, self.phone = TextField(), TextField()
        self.on_day = TextField()
        self.access = TextField(_("駐車場、入館の手続き"))
        self._texts = {
            "name": self.name,
            "address": self.address,
            "person": self.person,
            "phone": self.phone,
            "phone_on_day": self.on_day,
            "access": self.access,
        }
        self.fields = {"area": self.area_field}
        self._form = QWidget()
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, theme.size.xs, 0, 0)
        column.setSpacing(theme.size.s)
        self.fields["address"] = Field(_("住所"), self.address)
        self.fields["name"] = Field(_("訪問先の名前"), self.name)
        column.addWidget(self.fields["address"])
        column.addWidget(self.area_field)
        column.addWidget(self.fields["name"])
        for left, right in (
            (("person", _("担当の方")), ("phone", _("電話"))),
            (("phone_on_day", _("当日の電話")), ("access", _("入館・駐車"))),
        ):
            self.fields[left[0]] = Field(left[1], self._texts[left[0]])
            self.fields[right[0]] = Field(right[1], self._texts[right[0]])
            column.addLayout(row(self.fields[left[0]], self.fields[right[0]]))
        self._form.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row(self.fold, None))
        layout.addWidget(self._form)
        self.fold.opened.connect(self._form.setVisible)
        self.area.chosen.connect(self._on_area)
        for name, field in self._texts.items():
            field.setProperty("name", name)
            field.edited.connect(self._on_text)

    def show_place(self, place: VisitPlace, area: Area | None) -> None:
        """Show a place with its area; an unknown one is asked for."""
        self.place = place
        for name, field in self._texts.items():
            if field.text() != getattr(place, name):
                field.set_text(getattr(place, name))
        self.show_area(area)

    def show_area(self, area: Area | None) -> None:
        """The area as it follows from the address, or as somebody said."""
        if area is not None and self.area.value() != area:
            self.area.set_value(area)
        said = bool(self.place.area)
        if area is not None and not said:
            self.area_field.set_helper(_("住所の都道府県から。違うときは選び直してください。"))
        else:
            self.area_field.set_helper("")
        address = self.place.name or self.place.address or _("住所未入力")
        self.fold.set_value(f"{area_words(area or '')} {address}")
        if area is None:
            self.fold.set_open(True)

    def _on_area(self, area: Area) -> None:
        self._put(replace(self.place, area=area))

    def _on_text(self, _text: str) -> None:
        typed = {name: field.text() for name, field in self._texts.items()}
        if typed["address"] != self.place.address:
            typed["area"] = ""  # another address may lie elsewhere
        self._put(replace(self.place, **typed))

    def _put(self, place: VisitPlace) -> None:
        if place != self.place:
            self.place = place
            self.changed.emit(place)
