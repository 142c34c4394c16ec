"""The head of a contract's page: whose it is, where it stands, how to reach them, what can be done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.contract.actions import Action
from app.usecases.contract_view import ContractView
from app.words import _
from ui.contracts.action_words import HAND_OVER, ICONS, header_actions, menu_groups, short_words
from ui.contracts.words import service_name, state_words
from ui.lock.gate import Gate
from ui.menus import Menu
from ui.qt import Event, Policy
from ui.quotes.form_rows import LinkButton
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.frame import Picture
from ui.widgets.layout import clear, holding, on_surface
from ui.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from ui.session import Session

_WORDS_FOLD = 74  # characters: in a narrower page the buttons beyond the first are only icons


class ContractHeader(QWidget):
    """``action_wanted`` carries an Action; ``customer_wanted`` and ``quotation_wanted`` ids."""

    back_wanted = Signal()
    action_wanted = Signal(object)
    customer_wanted = Signal(str)
    quotation_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        on_surface(self, "panel")
        s = theme.size
        self._session = session
        self._view: ContractView | None = None
        self._open: Action | None = None
        self.buttons: dict[Action, Button] = {}
        self.back = IconButton("chevron-left", _("戻る（Alt+←）"), key="Alt+Left")
        self.name = ElidedLabel("", "title")
        self.name.setSizePolicy(Policy.Maximum, Policy.Fixed)
        self.chip = Chip("check", "", "plain")
        self.number = ElidedLabel("", "panel", "text2")
        self.number.setSizePolicy(Policy.Maximum, Policy.Fixed)
        self._room = QHBoxLayout()
        self._room.setSpacing(s.s)
        self.more = IconButton("ellipsis", _("そのほかの手続き"), small=False)
        line = QHBoxLayout()
        line.setContentsMargins(s.s, 0, s.l, 0)
        line.setSpacing(s.s)
        line.addWidget(self.back)
        line.addWidget(self.name)
        line.addWidget(self.chip)
        line.addWidget(self.number)
        line.addStretch(1)
        line.addLayout(self._room)
        line.addWidget(self.more)
        self._line = line
        head = holding(line, "panel", "bottom")
        head.setFixedHeight(s.page_head)
        self.contact = _ContactLine()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        self.back.clicked.connect(self.back_wanted)
        self.more.clicked.connect(self._on_more)
        self.contact.customer_wanted.connect(self.customer_wanted)
        self.contact.quotation_wanted.connect(self.quotation_wanted)

    # --- what it shows ------------------------------------------------------------------------------

    def show_view(self, view: ContractView) -> None:
        """Show a contract as it was read."""
        self._view = view
        self.name.set_text(view.customer.fields.name or _("（お客さま未定）"))
        self.chip.set_chip(*_chip(view))
        service = service_name(view.catalogue, view.stored.content.service)
        self.number.set_text(_("{number}・{service}").format(number=view.stored.number, service=service))
        self.contact.show_view(view)
        self._show_buttons(view)
        self._fit()

    def _show_buttons(self, view: ContractView) -> None:
        wanted = header_actions(view)
        if tuple(self.buttons) != wanted:
            clear(self._room)
            self.buttons = {}
            for action in wanted:
                button = Button(short_words(action), ICONS[action])
                button.clicked.connect(partial(self._on_button, action))
                Gate(button, self._session, "sell")
                self._room.addWidget(button)
                self.buttons[action] = button
        for action, button in self.buttons.items():
            refusal = view.actions.get(action)
            if action is Action.TRANSFER and view.actions.get(Action.SUCCEED) is None:
                refusal = None
            button.set_kind("normal" if refusal is None else "quiet")
            told = short_words(action)
            barred = self._session.refusal("sell")
            button.setToolTip(
                barred or (told if refusal is None else f"{refusal.what} {refusal.why}".strip())
            )
            button.setAccessibleDescription("" if refusal is None else refusal.what)
            button.set_on(self._is_open(action))

    def show_open(self, action: Action | None) -> None:
        """Mark the button whose panel is open."""
        self._open = action
        for known, button in self.buttons.items():
            button.set_on(self._is_open(known))
        self.more.set_on(action is not None and not any(self._is_open(one) for one in self.buttons))

    def _is_open(self, action: Action) -> bool:
        return action is self._open or (action is Action.TRANSFER and self._open in HAND_OVER)

    def button_of(self, action: Action) -> QWidget:
        """The button an action was asked for with."""
        for known, button in self.buttons.items():
            if known is action or (known is Action.TRANSFER and action in HAND_OVER):
                return button
        return self.more

    # --- asking for actions -------------------------------------------------------------------------

    def _on_button(self, action: Action) -> None:
        if action is not Action.TRANSFER:
            self.action_wanted.emit(action)
            return
        menu = Menu(self)
        menu.add_item("users", _("譲渡（売買・贈与など）"), self.action_wanted.emit, Action.TRANSFER)
        menu.add_item("users", _("承継（相続・合併など）"), self.action_wanted.emit, Action.SUCCEED)
        button = self.buttons[action]
        menu.open_at(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _on_more(self) -> None:
        menu = self.menu()
        corner = self.more.mapToGlobal(QPoint(self.more.width(), self.more.height() + 2))
        menu.open_at(corner - QPoint(menu.sizeHint().width(), 0))

    def menu(self) -> Menu:
        """Everything that has no button. What is refused is marked, and says why when it is asked for."""
        menu = Menu(self)
        assert self._view is not None
        for place, group in enumerate(menu_groups(self._view)):
            if place:
                menu.addSeparator()
            for action in sorted(group, key=self._refused):  # what can be done comes first
                self._add(menu, action)
        return menu

    def _refused(self, action: Action) -> bool:
        assert self._view is not None
        return self._view.actions.get(action) is not None

    def _add(self, menu: Menu, action: Action) -> None:
        refused = self._refused(action)
        words = short_words(action)
        if refused:
            words = _("{action}（できない理由を見る）").format(action=words)
        item = menu.add_item(
            "circle-minus" if refused else ICONS[action], words, self.action_wanted.emit, action
        )
        item.setEnabled(not self._session.refusal("sell"))

    # --- room ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < theme.ems(_WORDS_FOLD)
        for place, (action, button) in enumerate(self.buttons.items()):
            short = narrow and place > 1
            words = "" if short else short_words(action)
            if button.words() != words:
                button.set_text(words)
                button.setAccessibleName(short_words(action))
        self._fit_name()

    def event(self, event: QEvent) -> bool:
        if event.type() == Event.LayoutRequest:
            self._fit_name()
        return super().event(event)

    def _fit_name(self) -> None:
        """Whose it is goes before its number."""
        name, number = self.name.sizeHint().width(), self.number.sizeHint().width()
        free = self.width() - (self._line.sizeHint().width() - name - number)
        least = min(number, theme.ems(10, "panel"))
        self.name.setMinimumWidth(max(0, min(name, free - least)))


def _chip(view: ContractView) -> tuple[str, str, str]:
    icon, word, meaning = state_words(view.standing.state)
    return icon, word, "good" if meaning == "plain" else "neutral" if meaning == "quiet" else meaning


class _ContactLine(QFrame):
    """The provider's number, the line, the phone and whom to ask for; the customer and the quotation."""

    customer_wanted = Signal(str)
    quotation_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        on_surface(self, "panel")
        self.setFixedHeight(theme.size.status)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(theme.size.l, 0, theme.size.l, 0)
        self._box.setSpacing(theme.size.xs)

    def show_view(self, view: ContractView) -> None:
        """Show how to reach whom, and the numbers one is asked for."""
        clear(self._box)
        content, fields = view.stored.content, view.customer.fields
        person = content.contact.name or fields.person
        place = content.contact.department or fields.department
        parts = (
            ("router", _("回線 {number}").format(number=content.line_number) if content.line_number else ""),
            (
                "hash",
                _("提供会社の番号 {number}").format(number=content.provider_number)
                if content.provider_number
                else "",
            ),
            ("phone", content.contact.phone or fields.phone),
            ("user", f"{place} {person}".strip() if person else ""),
        )
        for icon, text in parts:
            if text:
                self._box.addWidget(Picture(icon, "text3", "icon_small"))
                self._box.addWidget(Label(text, "caption", "text2").selectable())
                self._box.addSpacing(theme.size.m)
        self._box.addStretch(1)
        self._add_link(_("顧客"), "users", partial(self.customer_wanted.emit, view.customer.id))
        if content.quotation_id:
            words = _("見積 {number}").format(number=content.quotation_number).strip()
            self._add_link(words, "file-yen", partial(self.quotation_wanted.emit, content.quotation_id))

    def _add_link(self, words: str, icon: str, act: object) -> None:
        link = LinkButton(words, icon)
        link.clicked.connect(act)
        self._box.addWidget(link)
