"""What happened to a customer: notified changes with their proof, who changed what, merges."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.contract.customer import CustomerChange, CustomerNotice, Merge
from app.contract.customer_notice import notice_name
from app.days import date_words
from app.usecases.keep_customer import OpenedCustomer
from app.words import _
from ui.moments import moment_words
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.frame import Picture
from ui.widgets.layout import clear, column, on_surface, row, scrolling
from ui.widgets.strips import EmptyState
from ui.widgets.text import Label


class _Entry(QFrame):
    """One happening: icon, what, when and who, further lines."""

    undo_wanted = Signal(object)

    def __init__(
        self, icon: str, title: str, when: str, lines: list[str], merge: Merge | None = None
    ) -> None:
        super().__init__()
        on_surface(self, "panel")
        self.setProperty("edge", "bottom")
        self._merge = merge
        s = theme.size
        self.undo = Button(_("統合を取り消す"), "undo-2", small=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(s.l, s.m, s.l, s.m)
        box.setSpacing(s.xs)
        sign = column(Picture(icon, "text2"), None)
        sign.setContentsMargins(0, s.xs, 0, 0)  # level with the first line of the words
        head = row(sign, Label(title, "body-bold", wrap=True))
        head.setStretch(1, 1)
        box.addLayout(head)
        for line in lines:
            box.addWidget(Label(line, "panel", wrap=True))
        box.addLayout(row(Label(when, "caption", "text2"), None, self.undo))
        self.undo.setVisible(merge is not None and merge.undone_at is None)
        self.undo.clicked.connect(self._on_undo)

    def _on_undo(self) -> None:
        self.undo_wanted.emit(self._merge)


class CustomerHistory(QFrame):
    """`undo_wanted` carries the Merge to be taken back."""

    undo_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        on_surface(self, "panel")
        self.entries: list[_Entry] = []
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scrolling(inner))

    def show_customer(self, opened: OpenedCustomer, labels: dict[str, str], now: datetime) -> None:
        """Everything recorded, the newest first."""
        clear(self._column)
        details = opened.details
        first = datetime.min.replace(tzinfo=now.tzinfo)
        changes = [one for one in details.changes if one.fields != ("merged",)]  # the merge itself says it
        made = [
            *((notice.at or first, self._notice(notice, now)) for notice in details.notices),
            *((change.at, self._change(change, labels, now)) for change in changes),
            *((merge.at, self._merged(opened, merge, now)) for merge in opened.merges),
        ]
        made.sort(key=lambda one: one[0], reverse=True)
        self.entries = [entry for _at, entry in made]
        for entry in self.entries:
            entry.undo_wanted.connect(self.undo_wanted)
            self._column.addWidget(entry)
        if not made:
            self._column.addWidget(
                EmptyState("history", _("記録はまだありません"), _("届出や変更、統合がここに残ります。"))
            )
        self._column.addStretch(1)

    def _notice(self, notice: CustomerNotice, now: datetime) -> _Entry:
        names = _("・").join(notice_name(code) for code in notice.fields)
        lines = [
            _("{name}：{before} → {after}").format(
                name=notice_name(code), before=before or "—", after=after or "—"
            )
            for code, (before, after) in notice.fields.items()
        ]
        if notice.changed_on is not None:
            lines.append(_("変わった日：{day}").format(day=date_words(notice.changed_on)))
        if notice.proof:
            lines.append(_("確認したもの：{proof}").format(proof=notice.proof))
        title = _("{day}の届出（{names}）").format(day=date_words(notice.on), names=names)
        return _Entry("stamp", title, _by(notice.staff, notice.at, now), lines)

    def _change(self, change: CustomerChange, labels: dict[str, str], now: datetime) -> _Entry:
        names = _("・").join(dict.fromkeys(labels.get(name, name) for name in change.fields))
        return _Entry("pencil", _("{names}を変更").format(names=names), _by(change.staff, change.at, now), [])

    def _merged(self, opened: OpenedCustomer, merge: Merge, now: datetime) -> _Entry:
        own = merge.kept == opened.customer.id
        other = opened.others.get(merge.gone if own else merge.kept, "")
        title = (_("「{name}」をこの顧客に統合") if own else _("「{name}」に統合されていました")).format(
            name=other
        )
        lines = []
        if merge.undone_at is not None:
            lines = [_("{when}に取り消しました").format(when=moment_words(merge.undone_at, now))]
        return _Entry("users", title, _by(merge.staff, merge.at, now), lines, merge if own else None)


def _by(staff: str, at: datetime | None, now: datetime) -> str:
    return _("・").join(part for part in (moment_words(at, now) if at is not None else "", staff) if part)
