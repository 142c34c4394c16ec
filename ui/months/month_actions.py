"""What can be done with a month that is worked out: close it, write it to a file, throw it away."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.charge.stored import BillRow, Run, RunState
from app.days import Month, month_words
from app.usecases.bill_contract import month_of
from app.usecases.desk import Desk
from app.usecases.permissions import Act
from app.words import _
from ui.confirm_dialog import ConfirmDialog
from ui.export_gate import ExportGate
from ui.menus import Menu
from ui.months.words import closing_words
from ui.operations.months import close_run, drop_run
from ui.session import Session
from ui.widgets.strips import Toasts


def read_refused(desk: Desk, run: Run) -> list[BillRow]:
    """On the database worker: the contracts that could not be charged."""
    from app.usecases.close_month import refused_of

    return refused_of(desk, run.id) if run.refused else []


def write_month(desk: Desk, month: Month, path: Path, passphrase: str = "", kind: str = "") -> int:
    """On the database worker: the bills of a month into a file; ``kind`` "": its ending says which."""
    from app.usecases.export_month import export_month

    wanted = kind or path.suffix.lower().lstrip(".")
    return export_month(desk, month, path, "csv" if wanted == "csv" else "xlsx", passphrase)


class MonthActions(QObject):
    """Asks, then has it done off the GUI thread; everybody hears of it through the hub."""

    def __init__(self, page: QWidget, session: Session, toasts: Toasts) -> None:
        super().__init__(page)
        self._page, self._session, self._toasts = page, session, toasts

    def menu_for(self, run: Run) -> Menu:
        """What stands under ⋯."""
        menu = Menu(self._page)
        if run.state is not RunState.RUNNING:
            for words, kind in ((_("Excelに書き出す…"), "xlsx"), (_("CSVに書き出す…"), "csv")):
                item = menu.add_item("download", words, self.ask_to_write, run, kind)
                item.setEnabled(not self._session.refusal(Act.EXPORT))
        if run.state is RunState.OPEN:
            menu.addSeparator()
        if run.state is not RunState.CLOSED:
            menu.add_item("trash-2", _("この計算を破棄"), self.ask_to_drop, run)
        return menu

    def ask_to_close(self, run: Run) -> None:
        """Ask whether the month is to be closed, with what that means and who is left out."""
        self._session.hub.look(read_refused, run, done=partial(self._on_refused_read, run), owner=self)

    def _on_refused_read(self, run: Run, rows: list[BillRow]) -> None:
        title = _("{month}分を締めますか").format(month=_month(run))
        told = closing_words(run, rows, self._session.desk.today())
        if ConfirmDialog.ask(self._page, title, told, _("締める")):
            self._session.hub.run(close_run, run.id, run.version, done=self._on_closed, owner=self)

    def _on_closed(self, run: Run) -> None:
        self._toasts.show_message(
            _("{month}分を締めました。番号 {number}").format(month=_month(run), number=run.number)
        )

    def ask_to_write(self, run: Run, kind: str) -> None:
        """Ask for a file and write the bills to it; nothing happens without one."""
        name = _("請求一覧_{month}").format(month=run.month.replace("-", ""))
        text = _(
            "{count}件の請求を書き出します。顧客の名前・契約番号・金額が入ります。"
            "渡す相手と保管の場所にご注意ください。"
        ).format(count=f"{run.bills + run.refused:,}")
        title, kinds = _("請求一覧を書き出す"), f"{kind.upper()} (*.{kind})"
        target = ExportGate.ask(self._page, title, text, f"{name}.{kind}", kinds)
        if target is not None:
            self.write(run, target.path, target.passphrase, kind)

    def write(self, run: Run, path: Path, passphrase: str = "", kind: str = "") -> None:
        """Write the bills of a month to a file."""
        self._session.hub.look(
            write_month,
            month_of(run.month),
            path,
            passphrase,
            kind,
            done=partial(self._on_written, path),
            owner=self,
        )

    def _on_written(self, path: Path, count: int) -> None:
        self._toasts.show_message(
            _("請求{count}件を「{name}」に書き出しました").format(count=f"{count:,}", name=path.name)
        )

    def ask_to_drop(self, run: Run) -> None:
        """Ask whether what was worked out is to be forgotten."""
        if ConfirmDialog.ask(
            self._page,
            _("{month}分の計算を破棄しますか").format(month=_month(run)),
            _("計算した請求は消えます。契約と入金の記録はそのまま残り、いつでも計算し直せます。"),
            _("破棄する"),
            danger=True,
        ):
            self._session.hub.run(drop_run, run.id, done=partial(self._on_dropped, run), owner=self)

    def _on_dropped(self, run: Run, _nothing: None) -> None:
        self._toasts.show_message(_("{month}分の計算を破棄しました").format(month=_month(run)))


def _month(run: Run) -> str:
    return month_words(month_of(run.month))
