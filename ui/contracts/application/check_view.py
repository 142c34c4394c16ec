"""The check list of an application: what is seen to, what lacks, what refuses it, with its clauses."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.contract.checklist import CheckItem
from app.tariff.clauses import clause_note
from app.words import _, pgettext
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Segments
from ui.widgets.frame import Picture
from ui.widgets.layout import clear, row
from ui.widgets.text import Label

_SEGMENTS_EMS = 9


def kind_words() -> dict[str, str]:
    """The parts of the list, in their order."""
    return {
        "required": _("申込みに必要なこと"),
        "consent": _("同意と確約"),
        "eligibility": _("申し込める条件"),
        "ground": _("不承諾の理由"),
    }


def _answers(kind: str) -> list[tuple[object, str]]:
    if kind == "ground":
        return [(False, pgettext("applies", "なし")), (True, pgettext("applies", "あり"))]
    if kind == "consent":
        return [(True, _("同意")), (False, _("不同意"))]
    return [(True, _("済み")), (False, _("未"))]


class CheckRow(QWidget):
    """One item: a sign, its name, its clause and what is wrong; the choice where somebody has to answer."""

    answered = Signal(str, bool)

    def __init__(self, item: CheckItem) -> None:
        super().__init__()
        s = theme.size
        self._item = item
        self._sign = Picture("circle", "text3")
        self._name = Label(item.name, "panel", wrap=True)
        self._below = Label("", "caption", "text3", wrap=True)
        side = QVBoxLayout()
        side.setContentsMargins(0, s.hairline * 2, 0, 0)
        side.addWidget(self._sign)
        side.addStretch(1)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._name)
        texts.addWidget(self._below)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(s.s)
        line.addLayout(side)
        line.addLayout(texts, 1)
        self.choice: Segments | None = None
        if item.answer:
            self.choice = Segments(_answers(item.kind))
            self.choice.setFixedWidth(theme.ems(_SEGMENTS_EMS))
            self.choice.setAccessibleName(item.name)
            self.choice.chosen.connect(self._on_chosen)
            line.addWidget(self.choice)

    def show_item(self, item: CheckItem, answer: bool | None) -> None:
        """Show how it stands."""
        self._item = item
        icon, tone = ("circle-check", "good") if item.seen_to else ("circle", "text3")
        if item.refuses:
            icon, tone = "circle-x", "danger"
        self._sign.set_icon(icon, tone)
        said = _("不承諾になります：{why}").format(why=item.detail) if item.refuses else item.detail
        parts = [part for part in (said, clause_note(item.clause) if item.clause else "") if part]
        if item.code == "explained":
            parts.append(_("説明を記録すると済みになります") if not item.seen_to else _("記録あり"))
        elif item.automatic and not item.refuses:
            parts.append(_("申込内容から判定"))
        self._below.set_text(_("・").join(parts))
        self._below.setVisible(bool(parts))
        self._below.set_tone("danger" if item.refuses else "text3")
        if self.choice is not None and answer is not None:
            self.choice.set_value(answer)
        state = _("済み") if item.seen_to else _("まだ")
        self.setAccessibleName(f"{item.name} {said or state}")

    def _on_chosen(self, answer: bool) -> None:
        self.answered.emit(self._item.answer, answer)


class CheckView(QWidget):
    """``answered`` carries a code and the answer; ``all_clear`` asks to say that no ground holds."""

    answered = Signal(str, bool)
    all_clear = Signal(object)  # codes

    def __init__(self) -> None:
        super().__init__()
        self._built: tuple[tuple[str, str, str], ...] = ()
        self.rows: dict[str, CheckRow] = {}
        self._items: tuple[CheckItem, ...] = ()
        self.title = Label(_("確認表"), "heading")
        self.count = Label("", "caption", "text2")
        self.clear_button = Button(_("すべて「なし」にする"), small=True)
        self.clear_button.clicked.connect(self._on_clear)
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.size.s)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.m)
        box.addLayout(row(self.title, self.count, None))
        box.addLayout(self._body)
        box.addStretch(1)

    def show_items(self, items: tuple[CheckItem, ...], answers: dict[str, bool], *, editable: bool) -> None:
        """Show the list; rows are made anew only where it is another one."""
        self._items = items
        built = tuple((item.code, item.kind, item.answer) for item in items)
        if built != self._built:
            self._built = built
            self._build()
        for item in items:
            shown = self.rows[item.code]
            shown.show_item(item, answers.get(item.answer) if item.answer else None)
            if shown.choice is not None:
                shown.choice.setEnabled(editable)
        done = sum(item.seen_to for item in items)
        self.count.set_text(_("{total}件中 {done}件").format(total=len(items), done=done))
        open_grounds = [one for one in items if one.kind == "ground" and answers.get(one.answer) is None]
        self.clear_button.setVisible(editable and bool(open_grounds))

    def _build(self) -> None:
        self.clear_button.setParent(self)
        self.clear_button.hide()
        clear(self._body)
        self.rows = {}
        names = kind_words()
        for kind, name in names.items():
            items = [one for one in self._items if one.kind == kind]
            if not items:
                continue
            head = row(Label(name, "caption-bold", "text2"), None)
            if kind == "ground":
                head.addWidget(self.clear_button)
            head.setContentsMargins(0, theme.size.s, 0, 0)
            self._body.addLayout(head)
            for item in items:
                made = CheckRow(item)
                made.answered.connect(self.answered)
                self.rows[item.code] = made
                self._body.addWidget(made)

    def _on_clear(self) -> None:
        self.all_clear.emit(tuple(one.answer for one in self._items if one.kind == "ground" and one.answer))
