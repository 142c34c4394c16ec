"""One service of the quotation: which one, how many of what, from when, over which line, where, and at what
agreed price.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.days import month_name
from app.quote.area import area_of
from app.quote.content import QuotationContent, ServiceEntry, Site
from app.quote.priced import ServicePrice
from app.tariff.catalogue import words as say
from app.tariff.model import Edition, Service
from app.words import _
from ui import icons
from ui.quotes import edits
from ui.quotes.agreed_prices import AgreedPrices
from ui.quotes.context import EditorContext
from ui.quotes.form_rows import Beside, ErrorLine
from ui.quotes.item_rows import ItemRows
from ui.quotes.reading_fields import day_problem, show_day
from ui.quotes.service_choice import ServiceChoice, choice_name
from ui.quotes.site_part import SitePart
from ui.quotes.tariff_forms import form_edition, service_or_none
from ui.theme import theme
from ui.widgets.button import IconButton
from ui.widgets.choices import Segments
from ui.widgets.dates import DateField
from ui.widgets.field import Field
from ui.widgets.layout import row


def line_words() -> dict[str, str]:
    """The kinds of line a service may run over."""
    return {"flets": _("フレッツ光"), "collab": _("光コラボ"), "other": _("他社回線")}


class ServiceCard(QWidget):
    """Shows ``content.services[place]`` and writes changes to the draft."""

    removed = Signal(int)
    grew = Signal()
    duplicated = Signal(int)

    def __init__(self, context: EditorContext, place: int) -> None:
        super().__init__()
        self._context, self._place = context, place
        self._path = f"services.{place}"
        self._built: tuple[str, date | None] | None = None
        self._items: ItemRows | None = None
        self._agreed: AgreedPrices | None = None
        self._price: ServicePrice | None = None
        self._service = ServiceChoice(context.catalogue)
        self._service_field = Field(_("サービス"), self._service)
        self._start = DateField(context.today, wareki=context.wareki, placeholder=_("例：12/10"))
        self._start_field = Field(_("利用開始日"), self._start)
        self._line = Segments()
        self._line_field = Field(_("契約回線"), self._line)
        self._site = SitePart(_("設置場所"), f"{self._path}.site", context.board)
        self._error = ErrorLine(self._service)
        self._first_error = ErrorLine(self._start)
        self._build()
        self._service.chosen.connect(self._on_service)
        self._start.day_changed.connect(self._on_start)
        self._start.edit.textEdited.connect(self._on_start_typed)
        self._line.chosen.connect(self._on_line)
        self._site.changed.connect(self._on_site)
        self._site.grew.connect(self.grew)

    def _build(self) -> None:
        board = self._context.board
        board.add(f"{self._path}.service", self._service_field)
        self._menu_button = IconButton("ellipsis", _("このサービスの操作"))
        self._menu_button.setFixedSize(theme.size.control_small, theme.size.chip)
        self._menu_button.clicked.connect(self._open_menu)
        self._service_field.head.addWidget(self._menu_button)
        self._first_row = row(self._start_field, gap="m")
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.size.s)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.m)
        box.addWidget(self._service_field)
        box.addLayout(self._first_row)
        box.addWidget(self._first_error)
        box.addLayout(self._body)
        box.addWidget(self._line_field)
        box.addWidget(self._error)
        box.addWidget(self._site)
        self._below = QVBoxLayout()
        box.addLayout(self._below)

    # --- showing ----------------------------------------------------------------------------------

    def show_entry(self, content: QuotationContent, price: ServicePrice | None) -> None:
        """Show what is typed and what comes of it."""
        entry = content.services[self._place]
        service = service_or_none(self._context.catalogue, entry.service)
        self._price = price
        self._service.set_value(entry.service)
        edition = self._edition_of(entry)
        if service is not None and edition is not None:
            self._rebuild_for(service, edition)
        several = len(content.services) > 1
        self._service_field.set_label(
            _("サービス {number}").format(number=self._place + 1) if several else _("サービス")
        )
        self._service_field.set_helper(_service_words(self._context, service, edition))
        if self._items is not None:
            self._items.show_entry(entry, price)
        if self._agreed is not None:
            self._agreed.show_prices(entry.agreed_prices)
        show_day(self._start, entry.start)
        self._start_field.set_helper(_start_words(price))
        self._line.set_value(entry.line)
        self._site.show_site(entry.site, content.customer, area_of)

    def _edition_of(self, entry: ServiceEntry) -> Edition | None:
        return form_edition(self._context.catalogue, entry.service, entry.start or self._context.today)

    def _rebuild_for(self, service: Service, edition: Edition) -> None:
        """Build quantities and options for a price list; nothing happens while it is the same one."""
        if self._built == (service.code, edition.start):
            return
        self._built = (service.code, edition.start)
        board = self._context.board
        for part in ("items", "options", "agreed_prices"):
            board.forget_under(f"{self._path}.{part}")
        if self._items is not None:
            _drop(self._items.single)
        _drop(self._items)
        _drop(self._agreed)
        self._items = ItemRows(edition, self._path, board, self._first_error)
        self._items.item_changed.connect(self._on_item)
        self._items.option_changed.connect(self._on_option)
        if self._items.single is not None:
            self._first_row.insertWidget(0, self._items.single, 2)
            self._first_row.setStretch(1, 3)
        self._body.addWidget(self._items)
        self._agreed = AgreedPrices(edition, f"{self._path}.agreed_prices", board)
        self._agreed.changed.connect(self._on_agreed)
        self._below.addWidget(self._agreed)
        lines = line_words()
        self._line.set_options([(line, lines[line]) for line in service.lines])
        self._line_field.setVisible(len(service.lines) > 1)
        self._site.put_fold(self._line_field.head if len(service.lines) > 1 else None)
        board.add(f"{self._path}.start", Beside(self._start, self._first_error, self._start_field))
        board.add(f"{self._path}.line", self._line_field)
        board.add(self._path, self._error)

    @property
    def shape(self) -> object:
        """Changes when fields come or go."""
        return self._built, self._agreed.count if self._agreed is not None else 0, self._site.made

    def start(self) -> None:
        """Put the focus where a returning user begins: the service."""
        self._service.setFocus()

    def start_typing(self) -> None:
        """Put the focus where something is to be typed: the first quantity, else the start day."""
        control = self._items.first_control if self._items is not None else None
        (control or self._start).setFocus()

    # --- editing ----------------------------------------------------------------------------------

    def _entry(self) -> ServiceEntry:
        return self._context.draft.content.services[self._place]

    def _put(self, field: str, **changes: object) -> None:
        draft = self._context.draft
        draft.put(edits.with_service(draft.content, self._place, **changes), f"{self._path}.{field}")

    def _on_service(self, code: str) -> None:
        if code == self._entry().service:
            return
        draft = self._context.draft
        changed = edits.choose_service(draft.content, self._place, code)
        service = service_or_none(self._context.catalogue, code)
        if service is not None and service.lines and changed.services[self._place].line not in service.lines:
            changed = edits.with_service(changed, self._place, line=service.lines[0])
        draft.put(changed, f"{self._path}.service")

    def _on_item(self, code: str, quantity: int | None) -> None:
        self._put(f"items.{code}", items=edits.with_item(self._entry(), code, quantity))

    def _on_option(self, code: str, value: bool | int) -> None:
        entry = self._entry()
        edition = self._edition_of(entry)
        known = edition.option(code) if edition else None
        default = known.default if known else False
        self._put(f"options.{code}", options=edits.with_option(entry, code, value, default))

    def _on_start(self, day: date | None) -> None:
        self._put("start", start=day)

    def _on_start_typed(self, _text: str) -> None:
        path = f"{self._path}.start"
        self._context.board.set_unreadable(path, day_problem(self._start, path))

    def _on_line(self, line: str) -> None:
        self._put("line", line=line)

    def _on_site(self, site: Site, field: str) -> None:
        self._put(f"site.{field}", site=site)

    def _on_agreed(self, prices: object, field: str) -> None:
        self._put(f"agreed_prices.{field}", agreed_prices=prices)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        special = QAction(icons.icon("badge-percent"), _("別段の合意（特別価格）を加える"), menu)
        special.triggered.connect(self._on_special)
        menu.addAction(special)
        again = QAction(icons.icon("copy"), _("このサービスを複製"), menu)
        again.triggered.connect(self._on_duplicate)
        gone = QAction(icons.icon("trash-2"), _("このサービスを取り除く"), menu)
        gone.triggered.connect(self._on_remove)
        menu.addAction(again)
        menu.addAction(gone)
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self._menu_button.rect().bottomLeft()
        menu.popup(self._menu_button.mapToGlobal(corner))

    def _on_special(self) -> None:
        if self._agreed is not None:
            self._agreed.add()

    def _on_duplicate(self) -> None:
        self.duplicated.emit(self._place)

    def _on_remove(self) -> None:
        self.removed.emit(self._place)


def _drop(widget: QWidget | None) -> None:
    if widget is not None:
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()


def _service_words(context: EditorContext, service: Service | None, edition: Edition | None) -> str:
    """The full name where the box has the short one, and the price list."""
    basis = _edition_words(context, service, edition)
    if service is None or choice_name(service) == say(service.name):
        return basis
    return _("{name}・{basis}").format(name=say(service.name), basis=basis)


def _edition_words(context: EditorContext, service: Service | None, edition: Edition | None) -> str:
    if service is None:
        return ""
    if edition is None or edition.start is None:
        return _("{provider}の料金表").format(provider=say(service.provider))
    return _("{day}実施版の料金表").format(day=context.day_words(edition.start, weekday=False))


def _start_words(price: ServicePrice | None) -> str:
    """What the start day means for the first month."""
    if price is None or not price.first_month:
        return ""
    reason = price.first_month[0].reason
    month = month_name(price.start.month)
    if reason.rule == "days-of-month":
        return _("{month}は{days}日分の日割").format(month=month, days=reason.inputs["days"])
    if reason.rule == "whole-month":
        return _("{month}は1か月分（日割りなし）").format(month=month)
    return ""
