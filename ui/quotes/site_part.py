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


class _SiteFields(QWidget):
    """The fields of a place."""

    def __init__(self) -> None:
        super().__init__()
        self.name = TextField(_("例：東大阪工場"))
        self.postal = TextField("577-0054", ems=9.5)
        self.address = TextField()
        self.area = Segments([("", _("住所から")), ("west", _("西日本")), ("east", _("東日本"))], "")
        self.fields = {
            "name": Field(_("場所の名前"), self.name),
            "postal_code": Field(_("郵便番号"), self.postal),
            "address": Field(_("住所"), self.address, _("空欄のときはお客さまの住所です。")),
            "area": Field(_("エリア"), self.area),
        }
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, theme.size.s, 0, 0)
        inner.setSpacing(theme.size.m)
        inner.addWidget(self.fields["name"])
        inner.addLayout(row(self.fields["postal_code"], None))
        inner.addWidget(self.fields["address"])
        inner.addWidget(self.fields["area"])

    def show_site(self, site: Site) -> None:
        """Show what is typed; what stands in a field already is left alone."""
        self.name.set_text(site.name)
        self.postal.set_text(site.postal_code)
        self.address.set_text(site.address)
        self.area.set_value(site.area)


class _Unfolding:
    """A field that unfolds its part when something is wrong with it."""

    def __init__(self, field: Field, fold: FoldLine) -> None:
        self.control, self._field, self._fold = field.control, field, fold

    def set_error(self, text: str) -> None:
        """Say below the field what is wrong; "" takes it away."""
        self._field.set_error(text)
        if text:
            self._fold.set_open(True)


class SitePart(QWidget):
    """``changed`` carries the new Site and the name of the field it was changed in. ``fold`` may be put into
    another layout (``put_fold``), such as beside a label. The fields are made when they are first needed;
    ``grew`` comes then.
    """

    changed = Signal(object, str)
    grew = Signal()

    def __init__(self, label: str, path: str, board: ProblemBoard) -> None:
        super().__init__()
        self._path, self._board = path, board
        self._site = Site()
        self._fields: _SiteFields | None = None
        self.fold = FoldLine(label)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._box = box
        box.addLayout(row(self.fold, None))
        self.fold.opened.connect(self._on_opened)

    @property
    def made(self) -> bool:
        """Whether its fields are made."""
        return self._fields is not None

    def _make(self) -> _SiteFields:
        made = self._fields = _SiteFields()
        made.hide()
        self._box.addWidget(made)
        for name, field in made.fields.items():
            self._board.add(f"{self._path}.{name}", _Unfolding(field, self.fold))
        made.name.edited.connect(self._on_name)
        made.postal.edited.connect(self._on_postal)
        made.address.edited.connect(self._on_address)
        made.area.chosen.connect(self._on_area)
        made.show_site(self._site)
        return made

    def _on_opened(self, now: bool) -> None:
        first = self._fields is None
        (self._fields or self._make()).setVisible(now)
        if first:
            self.grew.emit()

    def put_fold(self, place: QBoxLayout | None) -> None:
        """Put the line that unfolds it at the end of a layout; None: above the fields, where it was made."""
        if place is None:
            item = self._box.itemAt(0)
            first = item.layout() if item is not None else None
            assert isinstance(first, QBoxLayout)
            first.insertWidget(0, self.fold)
        else:
            place.addWidget(self.fold)

    def show_site(
        self, site: Site, customer: CustomerFields, area_of: Callable[[Site, CustomerFields], str]
    ) -> None:
        """Show what is typed; what stands in a field already is left alone."""
        self._site = site
        if self._fields is None and site != Site():
            self._make()
        if self._fields is not None:
            self._fields.show_site(site)
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
