"""新しい契約: whose, and which service; everything else is filled in on the contract's page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.contract.customer import Customer
from app.contract.record import StoredContract
from app.errors import UserError
from app.words import _
from ui.contracts.actions.customer_pick import CustomerPick
from ui.contracts.application.content_form import ContentForm, first_content
from ui.operations.contracts import start_application
from ui.quotes.form_rows import ErrorLine
from ui.quotes.problem_board import ProblemBoard
from ui.quotes.service_choice import ServiceChoice
from ui.quotes.tab_order import put_in_reading_order
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.field import Field
from ui.widgets.layout import clear, holding, on_surface, row, rule, scrolling
from ui.widgets.strips import Toasts
from ui.widgets.text import Label


class NewContractPage(QWidget):
    """``contract_chosen`` carries the id of the contract that was made, ``back_wanted`` asks for the list."""

    back_wanted = Signal()
    contract_chosen = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session, self._toasts = session, toasts
        self._back = IconButton("chevron-left", _("契約の一覧に戻る"), key="Alt+Left")
        self.record_button = Button(_("申込みを作成"), "file-plus", "filled", key="Ctrl+Enter")
        head = row(self._back, Label(_("新しい契約"), "title"), None, self.record_button)
        head.setContentsMargins(theme.size.s, 0, theme.size.l, 0)
        top = holding(head, "panel", "bottom")
        top.setFixedHeight(theme.size.page_head)
        self._body = QVBoxLayout()
        inner = QWidget()
        middle = QHBoxLayout(inner)
        middle.setContentsMargins(theme.size.l, theme.size.l, theme.size.l, theme.size.l)
        column = QWidget()
        column.setMaximumWidth(theme.size.form_width)
        column.setLayout(self._body)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(theme.size.l)
        middle.addStretch(1)
        middle.addWidget(column, 100)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(scrolling(inner), 1)
        self._back.clicked.connect(self.back_wanted)
        self.record_button.clicked.connect(self.record)

    def open_new(self, customer_id: str = "") -> None:
        """An empty form, perhaps for a customer. What was begun and not stored is gone."""
        self.board = ProblemBoard(self)
        clear(self._body)
        self.pick = CustomerPick(self._session, self.board, _("契約者"))
        self.service = ServiceChoice(self._session.catalogue)
        self.errors = ErrorLine(self.service)
        self.form = ContentForm(self._session, self.board)
        self._touched = False
        for part in (
            self.errors,
            self.pick,
            rule(),
            Field(_("サービス"), self.service),
            self.form,
        ):
            self._body.addWidget(part)
        self._body.addStretch(1)
        self.pick.changed.connect(self._on_customer)
        self.pick.settled.connect(self.service.setFocus)
        self.service.chosen.connect(self._on_service)
        self.form.changed.connect(self._on_typed)
        self.form.rebuilt.connect(partial(put_in_reading_order, self))
        self.board.homeless_changed.connect(self._on_homeless)
        self._on_service(self.service.value())
        self._touched = False
        if customer_id:
            from app.usecases.keep_customer import get_customer

            self._session.hub.look(get_customer, customer_id, done=self._on_got, owner=self)
        self.pick.start()

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not stored."""
        return self._touched or bool(self.pick.fields.name)

    def _on_got(self, customer: Customer) -> None:
        self.pick.show_customer(customer.id, customer.fields)
        self.service.setFocus()

    def _on_customer(self) -> None:
        """Another customer: whose line, contact and territory follow, where nothing was typed."""
        customer, content = self.pick.fields, self.form.content
        first = first_content(content.service, (content.line,), customer, self._session.desk.now())
        from msgspec.structs import replace

        contact = content.contact
        if not (contact.name or contact.phone or contact.email):
            contact = replace(
                contact,
                name=customer.person,
                department=customer.department,
                phone=customer.phone,
                email=customer.email,
            )
        site = content.site if content.site.address else first.site
        self.form.show_content(
            replace(content, customer_kind=first.customer_kind, site=site, contact=contact), customer
        )

    def _on_service(self, code: str) -> None:
        """Another service: quantities and options are those of its list; the rest stays."""
        from msgspec.structs import replace

        service = self._session.catalogue.service(code)
        first = first_content(code, service.lines, self.pick.fields, self._session.desk.now())
        before = self.form.content
        if before.service:
            kept = replace(before.application, items={}, options={}, answers={})
            line = before.line if before.line in service.lines else first.line
            first = replace(before, service=code, line=line, application=kept, agreed=())
            self._touched = True
        self.form.show_content(first, self.pick.fields)

    def _on_typed(self, _content: object) -> None:
        self._touched = True

    def _on_homeless(self, sentences: tuple[str, ...]) -> None:
        self.errors.set_error("\n".join(sentences))

    def record(self) -> None:
        """Make the contract; its number is given now."""
        from app.errors import Problem

        if not self.pick.customer_id:
            typed = bool(self.pick.fields.name)
            what = _("契約者がまだ登録されていません。") if typed else _("契約者を選んでください。")
            remedy = _("「顧客として登録」で登録してください。") if typed else ""
            self._tell(Problem("missing", what, remedy=remedy, field="customer"))
            return
        if self.board.problems:
            self.board.show_all()
            self.board.focus_first()
            return
        self.record_button.setEnabled(False)
        self._session.hub.run(
            start_application, self.pick.customer_id, self.form.content,
            done=self._on_made, failed=self._on_refused, ended=self._on_ended, owner=self,
        )  # fmt: skip

    def _tell(self, *problems: object) -> None:
        from app.errors import Problem

        self.board.show_problems(one for one in problems if isinstance(one, Problem))
        self.board.show_all()
        self.board.focus_first()

    def _on_ended(self) -> None:
        self.record_button.setEnabled(True)

    def _on_made(self, stored: StoredContract) -> None:
        self._touched = False
        self.pick.show_customer("", type(self.pick.fields)())
        self._toasts.show_message(_("{number}の申込みを作成しました").format(number=stored.number))
        self.contract_chosen.emit(stored.id)

    def _on_refused(self, error: UserError) -> None:
        self._tell(*error.problems)
