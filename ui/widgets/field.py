"""A field of a form: label above, control, helper or error below."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtWidgets import QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from ui.qt import Policy
from ui.theme import theme
from ui.widgets.frame import Picture
from ui.widgets.text import Label


class _CanBeWrong(Protocol):
    def set_error(self, wrong: bool) -> None: ...


class BelowRow(QHBoxLayout):
    """Words below a control, and before them the sign of a mistake where the control has no room for one."""

    def __init__(self, control: QWidget, words: Label) -> None:
        super().__init__()
        self._inside = bool(getattr(control, "MARK_INSIDE", False))
        self._sign: Picture | None = None
        self._top = words.contentsMargins().top()
        self.setSpacing(theme.size.xs)
        self.addWidget(words, 1)

    def set_wrong(self, wrong: bool) -> None:
        """Show the sign, or take it away."""
        if wrong and self._sign is None and not self._inside:
            self._sign = Picture("triangle-alert", "danger", "icon_small")
            beside = QVBoxLayout()
            beside.setContentsMargins(0, self._top + theme.size.hairline, 0, 0)
            beside.addWidget(self._sign)
            beside.addStretch(1)
            self.insertLayout(0, beside)
        if self._sign is not None:
            self._sign.setVisible(wrong)


class Field(QWidget):
    """`Field(_("会社名"), TextField(), helper=…)`. The label names the control for screen readers.

    `optional` is a soft remark after the label, such as （なくても可）.
    """

    def __init__(self, label: str, control: QWidget, helper: str = "", *, optional: str = "") -> None:
        super().__init__()
        self.control = control
        self._helper = helper
        self._error = ""
        self._elsewhere = ""
        self._doubt = ""
        self.label = Label(label, "caption", "text2")
        self.label.setFixedHeight(theme.line("caption"))  # so that labels stand level, empty ones too
        self.below = Label(helper, "caption", "text3", wrap=True)
        self.below.setContentsMargins(0, theme.size.xs, 0, 0)
        if not helper:  # showing it before it has its place would open it as a window
            self.below.hide()
        self._head_gap = QSpacerItem(0, theme.size.xs)
        head = QHBoxLayout()
        head.setSpacing(theme.size.s)
        head.addWidget(self.label)
        if optional:
            head.addWidget(Label(optional, "caption", "text3"))
        head.addStretch(1)
        self.head = head
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addItem(self._head_gap)
        box.addWidget(control)
        self._below_row = BelowRow(control, self.below)
        box.addLayout(self._below_row)
        box.addStretch(1)
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)
        self._name(label)

    def _target(self) -> QWidget:
        return self.control.focusProxy() or self.control

    def _name(self, label: str) -> None:
        self.label.setBuddy(self._target())
        self._target().setAccessibleName(label)
        self._target().setAccessibleDescription(self._helper)

    def set_label_shown(self, shown: bool) -> None:
        """Rows below a first one need no label of their own to be seen; screen readers still hear it."""
        self.label.setVisible(shown)
        self._head_gap.changeSize(0, theme.size.xs if shown else 0)

    def set_label(self, label: str) -> None:
        """Another label."""
        self.label.set_text(label)
        self._name(label)

    def set_helper(self, text: str) -> None:
        """What helps to fill it in; hidden while an error is shown."""
        self._helper = text
        self._show_below()

    def set_doubt(self, text: str) -> None:
        """Say below the field what looks wrong but is not refused; "" takes it away. An error goes first."""
        self._doubt = text
        self._show_below()

    def set_error(self, text: str) -> None:
        """Say below the field what is wrong and what to do; "" takes it away."""
        if text == self._error:
            return
        self._error = text
        if hasattr(self.control, "set_error"):
            cast("_CanBeWrong", self.control).set_error(bool(text))
        self._show_below()

    def set_told_elsewhere(self, text: str) -> None:
        """What is wrong, told beside several fields: the helper stays, a screen reader hears it here too."""
        self._elsewhere = text
        if hasattr(self.control, "set_error"):
            cast("_CanBeWrong", self.control).set_error(bool(text))
        self._show_below()

    @property
    def error(self) -> str:
        """What is shown as wrong, or ""."""
        return self._error

    def _show_below(self) -> None:
        words = self._error or self._doubt or self._helper
        self.below.set_text(words)
        self.below.set_tone("danger" if self._error else "warn" if self._doubt else "text3")
        self.below.setVisible(bool(words))
        self._below_row.set_wrong(bool(self._error))
        self._target().setAccessibleDescription(self._elsewhere or words)


def show_problems(fields: dict[str, Field], error: object) -> list[str]:
    """Put the problems of a UserError under the fields they are about, by path or by its last part.

    Clears the fields that have none. Returns the sentences of problems that belong to no field here.
    """
    from app.errors import UserError

    problems = error.problems if isinstance(error, UserError) else ()
    told: dict[str, list[str]] = {}
    left = []
    for problem in problems:
        name = problem.field if problem.field in fields else problem.field.rpartition(".")[2]
        if name in fields:
            told.setdefault(name, []).append(problem.sentence())
        else:
            left.append(problem.sentence())
    for name, field in fields.items():
        field.set_error("\n".join(told.get(name, [])))
    first = next((fields[name] for name in fields if name in told), None)
    if first is not None:
        first.control.setFocus()
    return left
