"""What a customer may ask for about its own data: to be told all of it, and to have it erased."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.contract.customer import Customer
from app.errors import UserError
from app.papers.file_names import safe_part
from app.usecases.permissions import Act
from app.words import _
from ui.menus import Menu
from ui.operations.privacy import erase_customer, read_plan, tell_held
from ui.session import Session
from ui.widgets.strips import Toasts

if TYPE_CHECKING:
    from app.usecases.erase_customer import Erased, ErasurePlan


class PrivacyActs(QObject):
    """Two entries of the menu ⋯ of a customer's page. `erased`: the customer is gone."""

    erased = Signal()

    def __init__(self, page: QWidget, session: Session, toasts: Toasts) -> None:
        super().__init__(page)
        self._page, self._session, self._toasts = page, session, toasts

    def add_to(self, menu: Menu, customer: Customer) -> None:
        """Add the entries for a customer."""
        menu.addSeparator()
        tell = menu.add_item("file-text", _("本人に開示（PDF）…"), self.ask_file, customer)
        tell.setEnabled(not self._session.refusal(Act.EXPORT))
        erase = menu.add_item("trash-2", _("個人情報を消去…"), self.ask_erasure, customer)
        erase.setEnabled(not self._session.refusal(Act.ERASE))

    # --- told -----------------------------------------------------------------------------------------

    def ask_file(self, customer: Customer) -> None:
        """Ask for a file and write everything held to it; nothing happens without one."""
        from ui.export_gate import ExportGate

        name = _("保有個人データ_{name}_{day}.pdf").format(
            name=safe_part(customer.fields.name), day=f"{self._session.today:%Y%m%d}"
        )
        text = _(
            "「{name}」について保有している内容のすべてを、1つのPDFにします。"
            "本人であることを確かめ、本人だけに渡してください。"
        ).format(name=customer.fields.name)
        target = ExportGate.ask(self._page, _("本人に開示する一覧"), text, name, _("PDF（*.pdf）"))
        if target is not None:
            self.write(customer, target.path, target.passphrase)

    def write(self, customer: Customer, path: Path, passphrase: str = "") -> None:
        """Write everything held."""
        self._session.hub.run(
            tell_held, customer.id, path, passphrase, done=self._on_told, failed=self._on_refused, owner=self
        )

    def _on_told(self, path: Path) -> None:
        self._toasts.show_message(
            _("「{name}」を保存しました。個人情報を含みます。本人以外に渡さないでください。").format(
                name=path.name
            )
        )

    # --- erased ---------------------------------------------------------------------------------------

    def ask_erasure(self, customer: Customer) -> None:
        """Show what erasing means today, and ask."""
        self._session.hub.look(
            read_plan, customer.id, done=self._on_plan, failed=self._on_refused, owner=self
        )

    def _on_plan(self, plan: ErasurePlan) -> None:
        from ui.customers.erase_dialog import EraseDialog

        reason = EraseDialog.ask(self._page, plan)
        if reason:
            self.erase(plan, reason)

    def erase(self, plan: ErasurePlan, reason: str) -> None:
        """Erase for good."""
        self._session.hub.run(
            erase_customer,
            plan.customer_id,
            plan.version,
            reason,
            done=self._on_erased,
            failed=self._on_refused,
            owner=self,
        )

    def _on_erased(self, erased: Erased) -> None:
        said = _("個人情報を消去しました（書類{count}件を含む）").format(count=f"{erased.papers:,}")
        if erased.left is not None:
            said = _("消去しました。ファイルの整理はあとで行われます。{why}").format(why=erased.left.what)
        self.erased.emit()
        self._toasts.show_message(said)

    def _on_refused(self, error: UserError) -> None:
        self._toasts.show_message(error.problems[0].sentence())
