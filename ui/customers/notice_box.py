"""Asked when a contractor's name, address, phone, e-mail or billing changes: was it notified (届出)?"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.contract.customer_notice import NoticeTold, notice_name
from app.errors import Problem, UserError
from app.words import _
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.dates import DateField
from ui.widgets.entries import TextField
from ui.widgets.field import Field, show_problems
from ui.widgets.form import shares
from ui.widgets.frame import Picture
from ui.widgets.layout import clear, column, holding, row
from ui.widgets.text import Label


class NoticeBox(QFrame):
    """`recorded` carries a NoticeTold; `corrected` stores without one; `dropped` goes back to the form."""

    recorded = Signal(object)
    corrected = Signal()
    dropped = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        s = theme.size
        self.title = Label(_("届出として記録しますか"), "heading")
        self.text = Label("", "panel", "text2", wrap=True)
        self._changes = QVBoxLayout()
        self._changes.setSpacing(s.xs)
        self.on = DateField(today, today)
        self.changed_on = DateField(today, placeholder=_("分からなければ空欄"))
        self.proof = TextField(_("例：登記事項証明書、電話で確認"))
        self.fields = {
            "told.on": Field(_("届出を受けた日"), self.on),
            "told.changed_on": Field(_("変わった日"), self.changed_on),
            "told.proof": Field(_("確認したもの"), self.proof),
        }
        self.drop = Button(_("やめる"), kind="quiet")
        self.correct = Button(_("打ち間違いの訂正として保存"))
        self.record = Button(_("届出として記録して保存"), "stamp", "filled")
        inner = QVBoxLayout()
        inner.setContentsMargins(s.l, s.m, s.l, s.m)
        inner.setSpacing(s.m)
        head = row(Picture("stamp", "accent", "icon_large"), self.title, None)
        inner.addLayout(column(head, self.text, gap="xs"))
        inner.addLayout(self._changes)
        inner.addLayout(shares((self.fields["told.on"], 1), (self.fields["told.changed_on"], 1)))
        inner.addWidget(self.fields["told.proof"])
        inner.addLayout(row(None, self.drop, self.correct, self.record))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, s.l, 0, 0)
        box.addWidget(holding(inner, "reason"))
        self.drop.clicked.connect(self.dropped)
        self.correct.clicked.connect(self.corrected)
        self.record.clicked.connect(self._on_record)

    def ask(self, changes: dict[str, tuple[str, str]], contracts: int) -> None:
        """Open with what changed: code → before and after."""
        self.text.set_text(
            _(
                "契約が{count}件あるお客さまです。届出なら、届出日と確認したものを顧客と契約の履歴に残します。"
            ).format(count=contracts)
        )
        clear(self._changes)
        for code, (before, after) in changes.items():
            words = _("{name}：{before} → {after}").format(
                name=notice_name(code), before=before or "—", after=after or "—"
            )
            self._changes.addWidget(Label(words, "panel", wrap=True))
        self.on.set_day(self._today)
        self.changed_on.set_day(None)
        self.proof.set_text("")
        self.show_errors(None)
        self.show()
        self.on.setFocus()

    def show_errors(self, error: UserError | None) -> list[str]:
        """What was refused, under the fields; the sentences that belong to none come back."""
        return show_problems(self.fields, error)

    def _on_record(self) -> None:
        wrong = [
            Problem("bad-input", _("日付を読み取れません。例：12/10"), field=f"told.{name}")
            for name, field in (("on", self.on), ("changed_on", self.changed_on))
            if not field.readable
        ]
        day = self.on.day()
        if day is None and not wrong:
            wrong = [Problem("bad-input", _("届出を受けた日を入力してください。"), field="told.on")]
        if wrong or day is None:
            self.show_errors(UserError(*wrong))
            return
        self.recorded.emit(NoticeTold(on=day, changed_on=self.changed_on.day(), proof=self.proof.text()))
