"""Where a service is used or a visit goes: folded to one line, since it is nearly always the customer's own
address.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.contract.customer import CustomerFields
from app.quote.content import Site
from app.words import _
from ui.quotes.form_rows import FoldLine
from ui.quotes.problem_board import ProblemBoard
from ui.theme import theme
from ui.widgets.choices import Segments
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import row


class SitePart(QWidget):
    """``changed`` carries the new Site and the name of the field it was changed in. ``fold`` may be put into
    another layout (``put_fold``), such as beside a label.
    """

    changed = Signal(object, str)

    def __init__(self, label: str, path: str, board: ProblemBoard) -> None:
        super().__init__()
        self._site = Site()
        self.fold = FoldLine(label)
        self._body = QWidget()
        self._name = TextField(_("例：東大阪工場"))
        self._postal = TextField("577-0054", ems=8)
        self._address = TextField()
        self._area = Segments([("", _("住所から")), ("west", _("西日本")), ("east", _("東日本"))], "")
        fields = {
            "name": Field(_("場所の名前"), self._name),
            "postal_code": Field(_("郵便番号"), self._postal),
            "address": Field(_("住所"), self._address, _("空欄のときはお客さまの住所です。")),
            "area": Field(_("エリア"), self._area),
        }
        for name, field in fields.items():
            board.add(f"{path}.{name}", field)
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, theme.size.s, 0, 0)
        inner.setSpacing(theme.size.m)
        inner.addWidget(fields["name"])
        inner.addLayout(row(fields["postal_code"], None))
        inner.addWidget(fields["address"])
        inner.addWidget(fields["area"])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._box = box
        box.addLayout(row(self.fold, None))
        box.addWidget(self._body)
        self._body.hide()
        self.fold.opened.connect(self._body.setVisible)
        self._name.edited.connect(self._on_name)
        self._postal.edited.connect(self._on_postal)
        self._address.edited.connect(self._on_address)
        self._area.chosen.connect(self._on_area)

    def put_fold(self, place: QBoxLayout | None) -> None:
        """Put the line that unfolds it at the end of a layout; None: above the fields, where it was made."""
        if place is None:
            first = self._box.itemAt(0).layout()
            assert isinstance(first, QBoxLayout)
            first.insertWidget(0, self.fold)
        else:
            place.addWidget(self.fold)

    def show_site(
        self, site: Site, customer: CustomerFields, area_of: Callable[[Site, CustomerFields], str]
    ) -> None:
        """Show what is typed; what stands in a field already is left alone."""
        self._site = site
        self._name.set_text(site.name)
        self._postal.set_text(site.postal_code)
        self._address.set_text(site.address)
        self._area.set_value(site.area)
        area = _("東日本") if area_of(site, customer) == "east" else _("西日本")
        place = site.name or site.address or _("お客さまの住所")
        self.fold.set_value(_("{place}・{area}").format(place=place, area=area))

    def _on_name(self, text: str) -> None:
        self._tell("name", name=text)

    def _on_postal(self, text: str) -> None:
        self._look_up(text)

    def _look_up(self, text: str) -> None:
        from app.postal import lookup, normalized

        digits = normalized(text)
        found = lookup(digits) if digits and digits != self._site.postal_code else None
        changes = {"postal_code": digits or text.strip()}
        if found and not self._site.address.startswith(found.prefecture):
            changes["address"] = found.prefecture + found.city + found.town
        self._tell("postal_code", **changes)

    def _on_address(self, text: str) -> None:
        self._tell("address", address=text)

    def _on_area(self, area: str) -> None:
        self._tell("area", area=area)

    def _tell(self, field: str, **changes: object) -> None:
        from msgspec.structs import replace

        self.changed.emit(replace(self._site, **changes), field)
