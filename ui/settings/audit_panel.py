"""One entry of the record in full: who, when, what it is about, and what stood there before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.days import date_words
from app.usecases.audit_words import GROUPS, details_of, group_of, verb_words
from app.usecases.export_audit import about_words, who_words
from app.words import _
from ui.widgets.button import Button
from ui.widgets.sheet import Line, Sheet, SheetColumn, SheetRow, SheetSection
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import AdviceStrip

if TYPE_CHECKING:
    from app.usecases.audit_entries import AuditRow
    from app.usecases.audit_words import AuditDetail
    from ui.session import Session


class AuditPanel(SidePanel):
    """``record_wanted`` carries kind and id of what the entry is about; ``only_wanted`` the id, to list only
    what was done about it.
    """

    record_wanted = Signal(str, str)
    only_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(_("操作の詳細"), "history")
        self._session = session
        self.row: AuditRow | None = None
        self.erased = AdviceStrip(
            _("詳細は消去されています"),
            _(
                "個人情報の保存期限が過ぎたため、担当と内容を消しました。この操作があったことは記録に残っています。"
            ),
            meaning="note",
            icon="trash-2",
        )
        self.sheet = Sheet((SheetColumn(ems=7.5), SheetColumn()), name=_("操作の詳細"), pad="xs")
        self.only = Button(_("この対象だけ"), "list-filter", "quiet")
        self.open = Button(opening_words("contract"), "arrow-right", "filled")
        self.body.addWidget(self.erased)
        self.body.addWidget(self.sheet)
        self.body.addStretch(1)
        self.add_to_foot(self.only, self.open)
        self.only.clicked.connect(self._on_only)
        self.open.clicked.connect(self._on_open)

    def show_row(self, row: AuditRow) -> None:
        """Show an entry."""
        self.row = row
        entry = row.entry
        self.title.set_text(verb_words(entry.what))
        self.erased.setVisible(entry.erased)
        told = details_of(entry)
        changed = [one for one in told if one.before is not None]
        rest = [one for one in told if one.before is None]
        sections = [SheetSection("", self._facts(row))]
        if changed:
            sections.append(SheetSection(_("変更前と変更後"), tuple(_change(one) for one in changed)))
        if rest:
            sections.append(SheetSection(_("内容"), tuple(_fact(one.name, one.value) for one in rest)))
        self.sheet.set_sections(sections)
        self.only.setVisible(bool(entry.subject))
        self.open.setVisible(bool(row.kind))
        self.open.set_text(opening_words(row.kind))
        self.show()

    def _facts(self, row: AuditRow) -> tuple[SheetRow, ...]:
        entry = row.entry
        at = entry.at.astimezone(self._session.desk.now().tzinfo)
        about = about_words(row, self._session.settings)
        found = [
            _fact(_("日時"), f"{date_words(at.date())} {at:%H:%M:%S}"),
            _fact(_("担当"), who_words(row)),
            _fact(_("分類"), _(GROUPS[group_of(entry.what)])),
        ]
        if about:
            found.append(_fact(_("対象"), about))
        found.append(_fact(_("番号"), f"{entry.seq:,}"))
        return tuple(found)

    def _on_open(self) -> None:
        if self.row is not None:
            self.record_wanted.emit(self.row.kind, self.row.entry.subject)

    def _on_only(self) -> None:
        if self.row is not None:
            self.only_wanted.emit(self.row.entry.subject)


def opening_words(kind: str) -> str:
    """What the button says that leads to a record."""
    return {
        "contract": _("契約を開く"),
        "customer": _("顧客を開く"),
        "quotation": _("見積を開く"),
        "visit": _("訪問を開く"),
        "paper": _("書類を開く"),
    }.get(kind, "")


def _fact(name: str, value: str) -> SheetRow:
    return SheetRow(((Line(name, "caption", "text2"),), (Line(value),)))


def _change(one: AuditDetail) -> SheetRow:
    before = _("前：{value}").format(value=one.before)
    after = _("後：{value}").format(value=one.value)
    return SheetRow(
        ((Line(one.name, "caption", "text2"),), (Line(before, tone="text2"), Line(after, "panel-bold")))
    )
