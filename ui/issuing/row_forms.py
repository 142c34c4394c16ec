"""預り証 and 送付状: papers whose rows somebody types, or takes from what the desk knows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from app.errors import Problem
from app.papers.archived import PaperRow
from app.papers.kinds import title_of
from app.usecases.desk import Desk
from app.words import _
from ui.contracts.actions.raw import Raw
from ui.issuing.option_form import OptionForm, day_option
from ui.issuing.row_list import RowList, RowWords
from ui.issuing.state_words import number_words
from ui.menus import Menu
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Segments
from ui.widgets.dates import DateField
from ui.widgets.entries import TextArea, TextField
from ui.widgets.field import Field
from ui.widgets.text import Label

_MOST: Final = 40
_OFFERED: Final = 12
_ROWS: Final = "rows"


def read_defaults(desk: Desk, contract_id: str) -> dict[str, Any]:
    """On the database worker: what a 預り証 of a contract may begin with."""
    from app.usecases.paper_deposit import deposit_defaults

    return deposit_defaults(desk, contract_id)


def read_recent(desk: Desk, kind: str, subject: str) -> list[PaperRow]:
    """On the database worker: the newest papers that count, to be put into an envelope."""
    from app.usecases.papers_around import papers_of_contract, papers_of_customer

    found = papers_of_contract(desk, subject) if kind == "contract" else papers_of_customer(desk, subject)
    return [row for row in found.rows if not row.voided and row.kind not in "LDWK"][:_OFFERED]


class RowsForm(OptionForm):
    """A form with rows. ``option``: what they are called."""

    option = ""
    rows: RowList

    def add_rows(self, heading: str, rows: RowList) -> None:
        """Put the rows in."""
        self.rows = rows
        self.body.addWidget(Label(heading, "heading"))
        self.body.addWidget(rows)
        rows.edited.connect(self.edited)

    @property
    def begins_at(self) -> QWidget | None:
        return self.rows.rows[0].name

    @property
    def subject_kind(self) -> str:
        """What the paper is about: customer, contract or visit."""
        return str(self.request.options.get("subject_kind", "customer"))

    def take_problem(self, problem: Problem) -> bool:
        """Under the field of its row, too; "there are none" belongs to the first."""
        head = f"options.{self.option}"
        if problem.field == head and self.rows.rows:
            name = next(iter(self.rows.rows[0].fields.values()))
            name.set_error(problem.sentence())
            return True
        field = self.rows.fields.get(problem.field.removeprefix(f"{head}."))
        if field is not None and problem.field.startswith(f"{head}."):
            field.set_error(problem.sentence())
            return True
        return super().take_problem(problem)

    def clear_problems(self) -> None:
        super().clear_problems()
        for field in self.rows.fields.values():
            field.set_error("")

    def typed(self) -> dict[str, Raw]:
        return {**super().typed(), _ROWS: json.dumps(self.rows.values(), ensure_ascii=False)}

    def put_typed(self, typed: Mapping[str, Raw]) -> None:
        super().put_typed(typed)
        kept = typed.get(_ROWS)
        if isinstance(kept, str):
            self.rows.set_values(json.loads(kept))


class DepositForm(RowsForm):
    """預り証: the things, what for, until when."""

    option = "items"

    def fill(self) -> None:
        given = self.request.options
        words = RowWords(
            ("name", _("品名"), _("例：ルーター RX-600")),
            ("note", _("製造番号・状態・付属品"), _("例：S/N 0123-4567")),
            ("quantity", _("数量"), ""),
        )
        self.add_rows(_("お預かりする品"), RowList(_("品を追加"), words, _MOST))
        self.rows.set_values(given.get("items", ()))
        self.purpose = TextField(_("例：機器の点検・修理"))
        self.until = DateField(self.session.today)
        self.condition = TextField(_("例：電源が入らない。外観に傷なし"))
        self.handed_by = TextField(_("例：総務部 三浦 様"))
        self.add_field("purpose", Field(_("目的"), self.purpose))
        self.add_field("until", Field(_("お返しの予定日"), self.until, optional=_("（なくても可）")))
        self.add_field(
            "condition", Field(_("お預かり時の状態"), self.condition, optional=_("（なくても可）"))
        )
        self.add_field("handed_by", Field(_("お渡しの方"), self.handed_by, optional=_("（なくても可）")))
        self._take(given)
        if self.subject_kind == "contract" and "items" not in given:
            self.session.hub.look(read_defaults, self.request.subject, done=self._on_defaults, owner=self)

    def _take(self, given: Mapping[str, Any]) -> None:
        self.purpose.set_text(str(given.get("purpose", "")))
        self.condition.set_text(str(given.get("condition", "")))
        self.handed_by.set_text(str(given.get("handed_by", "")))

    def _on_defaults(self, given: dict[str, Any]) -> None:
        """What the desk knows, where nobody typed yet."""
        if any(one["name"] for one in self.rows.values()) or self.purpose.text():
            return
        self.blockSignals(True)  # nobody typed it
        self.rows.set_values(given.get("items", ()))
        self._take(given)
        self.blockSignals(False)
        self.filled.emit()

    def options(self) -> dict[str, Any]:
        return {
            "subject_kind": self.subject_kind,
            "items": self.rows.values(),
            "purpose": self.purpose.text(),
            "until": day_option(self.until),
            "condition": self.condition.text(),
            "handed_by": self.handed_by.text(),
        }


class CoverForm(RowsForm):
    """送付状: the papers in the envelope, to whom, and a few words."""

    option = "enclosed"

    def fill(self) -> None:
        given = self.request.options
        words = RowWords(
            ("title", _("書類"), _("例：請求書")),
            ("number", _("番号"), _("なくても可")),
            ("copies", _("部数"), ""),
        )
        self.add_rows(_("お送りする書類"), RowList(_("書類を追加"), words, _MOST))
        self.rows.set_values(given.get("enclosed", ()))
        self.recent: list[PaperRow] = []
        self.pick = Button(_("発行済みから選ぶ"), "files", small=True)
        self.pick.setEnabled(False)
        self.pick.clicked.connect(self._on_pick)
        self.rows.beside.insertWidget(1, self.pick)
        self.to = Segments(
            [("billing", _("請求先")), ("customer", _("お客さま"))], given.get("to", "billing")
        )
        self.greeting = Segments(
            [("season", _("時候の挨拶")), ("plain", _("簡単に"))], given.get("greeting", "season")
        )
        self.about = TextField(_("例：11月分請求書のご送付"))
        self.message, self.remarks = TextArea(), TextArea()
        for area, name in ((self.message, "message"), (self.remarks, "remarks")):
            area.setFixedHeight(theme.size.text_area)
            area.set_text(str(given.get(name, "")))
        self.about.set_text(str(given.get("about", "")))
        free = _("（なくても可）")
        self.add_field("to", Field(_("送り先"), self.to))
        self.add_field("greeting", Field(_("挨拶"), self.greeting))
        self.add_field("about", Field(_("件名"), self.about, optional=free))
        self.add_field("message", Field(_("本文"), self.message, optional=free))
        self.add_field("remarks", Field(_("追記"), self.remarks, optional=free))
        if self.subject_kind != "visit":
            self.session.hub.look(
                read_recent, self.subject_kind, self.request.subject, done=self._on_recent, owner=self
            )

    def _on_recent(self, recent: list[PaperRow]) -> None:
        self.recent = recent
        self.pick.setEnabled(bool(recent))

    def _on_pick(self) -> None:
        menu = Menu(self)
        for one in self.recent:
            title = one.title or title_of(one.kind)
            words = f"{title}　{number_words(one.number, one.revision)}"
            menu.add_item("file-text", words, self._enclose, title, one.number)
        menu.open_at(self.pick.mapToGlobal(QPoint(0, self.pick.height() + 2)))

    def _enclose(self, title: str, number: str) -> None:
        self.rows.add_value({"title": title, "number": number, "copies": 1})

    def options(self) -> dict[str, Any]:
        return {
            "subject_kind": self.subject_kind,
            "to": self.to.value(),
            "greeting": self.greeting.value(),
            "enclosed": self.rows.values(),
            "about": self.about.text(),
            "message": self.message.text(),
            "remarks": self.remarks.text(),
        }
