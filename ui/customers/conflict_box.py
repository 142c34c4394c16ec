"""Another window stored the same customer first: who changed which field, beside one's own words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.contract.customer_notice import billing_words
from app.usecases.keep_customer import Conflicts
from app.words import _
from ui.customers.list_page import kind_words
from ui.customers.typed import Typed, both_changed, differing, together
from ui.moments import moment_words
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Segments
from ui.widgets.frame import Picture
from ui.widgets.layout import clear, column, holding, row
from ui.widgets.text import Label


class ConflictBox(QFrame):
    """`settled` carries what shall stand in the form now: their record with one's own changes and choices."""

    settled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._base: Typed | None = None
        self._mine: Typed | None = None
        self._theirs: Typed | None = None
        self.choices: dict[str, Segments] = {}
        s = theme.size
        self.text = Label("", "panel", "text2", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(s.s)
        self.accept = Button(_("この内容で入力に戻る"), "check", "filled")
        inner = QVBoxLayout()
        inner.setContentsMargins(s.l, s.m, s.l, s.m)
        inner.setSpacing(s.m)
        title = Label(_("この顧客は別の画面で先に変更されました"), "heading")
        head = row(Picture("users", "warn", "icon_large"), title, None)
        inner.addLayout(column(head, self.text, gap="xs"))
        inner.addLayout(self._rows)
        inner.addLayout(row(None, self.accept))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, s.l, 0, 0)
        box.addWidget(holding(inner, "reason"))
        self.accept.clicked.connect(self._on_accept)

    def ask(
        self,
        base: Typed,
        mine: Typed,
        theirs: Typed,
        since: Conflicts,
        now: datetime,
        labels: dict[str, str],
    ) -> None:
        """Open. ``base`` is what was read, ``theirs`` what stands in storage now."""
        self._base, self._mine, self._theirs = base, mine, theirs
        self.choices = {}
        clear(self._rows)
        both = both_changed(base, mine, theirs)
        for name in differing(base, theirs):
            self._rows.addWidget(self._row(name, labels.get(name, name), since, now, choose=name in both))
        self.text.set_text(
            _(
                "上書きはしていません。入力した内容も残っています。両方が変えた項目は、どちらにするか選んでください。"
            )
            if both
            else _("上書きはしていません。相手の変更と入力した内容は重なっていないので、両方とも残せます。")
        )
        self.show()
        self.accept.setFocus()

    def _row(self, name: str, label: str, since: Conflicts, now: datetime, *, choose: bool) -> QFrame:
        assert self._mine is not None
        assert self._theirs is not None
        staff, at = since.get(name, ("", None))
        who = _("・").join(part for part in (staff, moment_words(at, now) if at is not None else "") if part)
        title = Label(label, "caption-bold", "text2")
        lines = column(row(title, Label(who, "caption", "text3"), None), gap="xs")
        lines.addWidget(
            Label(_("相手：{words}").format(words=shown(name, self._theirs.value(name))), "panel", wrap=True)
        )
        if choose:
            mine = _("入力：{words}").format(words=shown(name, self._mine.value(name)))
            lines.addWidget(Label(mine, "panel", wrap=True))
            pick = Segments([("mine", _("入力を残す")), ("theirs", _("相手の変更にする"))], "mine")
            pick.setAccessibleName(label)
            self.choices[name] = pick
            lines.addSpacing(theme.size.xs)
            lines.addWidget(pick)
        return holding(lines)

    def _on_accept(self) -> None:
        if self._base is None or self._mine is None or self._theirs is None:
            return
        settled = together(self._base, self._mine, self._theirs)
        own = {name: self._mine.value(name) for name, pick in self.choices.items() if pick.value() == "mine"}
        self.hide()
        self.settled.emit(settled.with_values(own))


def shown(name: str, value: Any) -> str:
    """A value as one line of words."""
    if name == "kind":
        return kind_words(value)
    if name == "billing":
        return billing_words(value) or "—"
    if isinstance(value, tuple):
        names = "、".join(one.name for one in value if one.name)
        return _("{count}件（{names}）").format(count=len(value), names=names) if value else "—"
    return str(value) or "—"
