"""Asks where the list of contracts is to be written, and has it written off the GUI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.usecases.export_contracts import export_contracts
from app.words import _
from ui.session import Session
from ui.widgets.strips import Toasts


class ListExport(QObject):
    """``ask(seqs)`` asks for a file and writes these contracts to it."""

    def __init__(self, page: QWidget, session: Session, toasts: Toasts) -> None:
        super().__init__(page)
        self._page, self._session, self._toasts = page, session, toasts

    def ask(self, seqs: list[int]) -> None:
        """Ask for the file; nothing happens without one."""
        from ui.export_gate import ExportGate

        name = _("契約一覧_{day}").format(day=f"{self._session.today:%Y%m%d}")
        text = _(
            "{count}件の契約を書き出します。顧客の名前・電話番号・市区町村・回線番号が入ります。"
            "渡す相手と保管の場所にご注意ください。"
        ).format(count=f"{len(seqs):,}")
        title, kinds = _("一覧を書き出す"), _("Excel（*.xlsx）;;CSV（*.csv）")
        target = ExportGate.ask(self._page, title, text, f"{name}.xlsx", kinds)
        if target is not None:
            self.write(seqs, target.path, target.passphrase)

    def write(self, seqs: list[int], path: Path, passphrase: str = "") -> None:
        """Write contracts to a file; its ending says which kind it is."""
        kind = "csv" if path.suffix.lower() == ".csv" else "xlsx"
        self._session.hub.look(
            export_contracts,
            seqs,
            path,
            kind,
            passphrase,
            done=partial(self._on_written, path),
            owner=self,
        )

    def _on_written(self, path: Path, count: int) -> None:
        self._toasts.show_message(
            _("{count}件を「{name}」に書き出しました").format(count=f"{count:,}", name=path.name)
        )
