"""What is seldom typed of a request: dispatches, line order, time by hand, people, what to bring, wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import Problem
from app.visit.order import VisitContent
from app.words import _
from ui.quotes.form_rows import FoldLine
from ui.theme import theme
from ui.visits.words import told
from ui.widgets.choices import Segments, Switch
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import row
from ui.widgets.number import NumberStepper

if TYPE_CHECKING:
    from app.tariff.model import VisitRules
    from ui.operations.visits import How

_MOST_DISPATCHES, _MOST_PEOPLE, _MOST_MINUTES = 99, 20, 3360


class MorePart(QWidget):
    """``changed`` carries the new content; ``unreadable`` a path and its problem, or None."""

    changed = Signal(object)
    unreadable = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.content = VisitContent(service="")
        self.fold = FoldLine(_("人数・時間・持ち物"))
        self._people = NumberStepper(_("人"), 1, _MOST_PEOPLE, 1, ems=8.4)
        self.dispatches = NumberStepper(_("回"), 1, _MOST_DISPATCHES, 1, ems=8.4)
        self.minutes = NumberStepper(_("分"), 1, _MOST_MINUTES, ems=9.6)
        self.line_order = Switch(_("フレッツ申込みと同時"))
        self.bring, self.wishes, self.remarks = TextField(), TextField(), TextField()
        self._how = Segments([("phone", _("電話")), ("counter", _("窓口")), ("e-mail", _("メール"))], "phone")
        self.fields = {
            "dispatches": Field(_("派遣回数"), self.dispatches),
            "minutes": Field(_("作業時間（手で決めるとき）"), self.minutes),
            "bring": Field(_("持ち物"), self.bring),
            "wishes": Field(_("ご希望"), self.wishes),
            "remarks": Field(_("備考"), self.remarks),
        }
        self._form = QWidget()
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, theme.size.xs, 0, 0)
        column.setSpacing(theme.size.s)
        column.addLayout(row(Field(_("行く人数"), self._people), self.fields["dispatches"]))
        column.addLayout(row(self.fields["minutes"], self.line_order))
        for name in ("bring", "wishes", "remarks"):
            column.addWidget(self.fields[name])
        column.addWidget(Field(_("受付の方法"), self._how))
        self._form.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row(self.fold, None))
        layout.addWidget(self._form)
        self.fold.opened.connect(self._form.setVisible)
        self._people.value_changed.connect(self._on_people)
        self.dispatches.value_changed.connect(self._on_number)
        self.minutes.value_changed.connect(self._on_number)
        self.line_order.toggled.connect(self._on_number)
        for field in (self.bring, self.wishes, self.remarks):
            field.edited.connect(self._on_number)
        self._shown = True

    def people(self) -> int:
        """How many technicians go together."""
        return self._people.value() or 1

    def set_people(self, count: int) -> None:
        """So many go together."""
        self._people.set_value(count)
        self._on_people(count)

    def how(self) -> How:
        """How the request came."""
        return cast("How", self._how.value() or "phone")

    def show_content(self, content: VisitContent, rules: VisitRules | None) -> None:
        """Show what is typed."""
        self.content, self._shown = content, False
        self.dispatches.set_value(content.dispatches)
        self.minutes.set_value(content.minutes)
        self._people.set_value(max(1, len(content.technicians) or self.people()))
        self.line_order.setChecked(content.with_line_order)
        waived = rules is not None and any(item.waived_with_line_order for item in rules.menu)
        self.line_order.setVisible(waived)
        for name in ("bring", "wishes", "remarks"):
            field: TextField = getattr(self, name)
            if field.text() != getattr(content, name):
                field.set_text(getattr(content, name))
        self._shown = True
        self._sum_up()

    def _sum_up(self) -> None:
        parts = [_("{count}人").format(count=self.people())]
        if self.content.dispatches > 1:
            parts.append(_("派遣{count}回").format(count=self.content.dispatches))
        if self.content.with_line_order:
            parts.append(_("フレッツ同時"))
        if self.content.minutes is not None:
            parts.append(_("{minutes}分").format(minutes=self.content.minutes))
        parts += [text for text in (self.content.bring, self.content.wishes) if text]
        self.fold.set_value(_("・").join(parts))

    def tell(self, problems: list[Problem]) -> list[Problem]:
        """Put problems under their fields; gives the others."""
        for name, field in self.fields.items():
            field.set_error("\n".join(told(one) for one in problems if one.field == name))
        if any(one.field in self.fields for one in problems):
            self.fold.set_open(True)
        return [one for one in problems if one.field not in self.fields]

    def _on_people(self, _value: object) -> None:
        if self._shown:
            self._sum_up()
            self.changed.emit(self.content)

    def _on_number(self, _value: object) -> None:
        if not self._shown:
            return
        for name, control in (("dispatches", self.dispatches), ("minutes", self.minutes)):
            wrong = control.value() is None and bool(control.text().strip())
            self.unreadable.emit(name, _no_number(control.text()) if wrong else None)
        self.content = replace(
            self.content,
            dispatches=self.dispatches.value() or 0,
            minutes=self.minutes.value(),
            with_line_order=self.line_order.isChecked(),
            bring=self.bring.text(),
            wishes=self.wishes.text(),
            remarks=self.remarks.text(),
        )
        self._sum_up()
        self.changed.emit(self.content)


def _no_number(text: str) -> Problem:
    return Problem(
        "bad-input",
        _("「{text}」は数として読めません。").format(text=text[:20]),
        remedy=_("数字で入力してください。"),
    )
