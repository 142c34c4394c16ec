"""One technician: name, where and what for, working hours, leave. What is typed is given back as a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.errors import Problems, UserError
from app.visit.order import Area, TechnicianFields
from app.words import _, pgettext
from ui.settings.technician_hours import HoursPart
from ui.settings.technician_leaves import LeavesPart
from ui.theme import theme
from ui.unsaved import Values, control_values, put_controls
from ui.widgets.choices import Check, Segments, Switch
from ui.widgets.entries import KanaField, TextField
from ui.widgets.field import Field, show_problems
from ui.widgets.form import Section, form, shares
from ui.widgets.layout import clear, column, row
from ui.widgets.text import Label

AREAS: tuple[Area, ...] = ("west", "east")
_SKILL_COLUMNS = 2


class SkillsPart(QWidget):
    """The work somebody does: everything, or what is ticked."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.checks: dict[str, Check] = {}
        self._others: tuple[str, ...] = ()  # codes no price list names any more
        self.all = Segments([(True, _("すべての作業")), (False, _("選んだ作業だけ"))], True)
        self._some = QWidget()
        self._grid = QGridLayout(self._some)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.size.l)
        self._grid.setVerticalSpacing(theme.size.s)
        self.setLayout(column(self.all, self._some, gap="s"))
        self.setFocusProxy(self.all)
        self.all.chosen.connect(self._on_all)

    def set_work(self, work: Sequence[tuple[str, str]]) -> None:
        """What work there is: code and name."""
        if list(self.checks) == [code for code, _name in work]:
            return
        clear(self._grid)
        self.checks = {code: Check(name) for code, name in work}
        for place, check in enumerate(self.checks.values()):
            self._grid.addWidget(check, place // _SKILL_COLUMNS, place % _SKILL_COLUMNS)
            check.clicked.connect(self._on_ticked)

    def show_skills(self, skills: tuple[str, ...]) -> None:
        """Show somebody's skills; none means all."""
        self.all.set_value(not skills)
        self._others = tuple(code for code in skills if code not in self.checks)
        for code, check in self.checks.items():
            check.setChecked(code in skills)
        self._some.setVisible(bool(skills))

    def collect(self, problems: Problems) -> tuple[str, ...]:
        """The codes; none means all."""
        if self.all.value():
            return ()
        found = tuple(code for code, check in self.checks.items() if check.isChecked()) + self._others
        if not found:
            problems.add(
                "bad-input",
                _("担当する作業が選ばれていません。"),
                remedy=_("1つ以上選ぶか、「すべての作業」にしてください。"),
                field="skills",
            )
        return found

    def value(self) -> list[str] | None:
        """The codes that are ticked, none of them too; None for all work."""
        if self.all.value():
            return None
        return [code for code, check in self.checks.items() if check.isChecked()] + list(self._others)

    def put(self, codes: Sequence[str] | None) -> None:
        """Put back what ``value`` gave; not an edit."""
        self.show_skills(tuple(codes or ()))
        self.all.set_value(codes is None)
        self._some.setVisible(codes is not None)

    def _on_all(self, every: bool) -> None:
        self._some.setVisible(not every)
        if every:
            self.edited.emit()
        elif self.checks and not any(check.isChecked() for check in self.checks.values()):
            next(iter(self.checks.values())).setFocus()

    def _on_ticked(self) -> None:
        self.edited.emit()


class TechnicianForm(QWidget):
    """Fields of one technician. ``edited``: something should be stored; ``typed``: with every key."""

    edited = Signal()
    typed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._shown = TechnicianFields(name="")
        self.name = TextField(_("氏名"))
        self.kana = KanaField()
        self.kana.follow(self.name)
        self.phone = TextField(_("例：090-0000-0000"))
        self.partner = TextField(_("自社の社員なら空のまま"))
        self.areas = Segments([("", _("すべて")), ("west", _("西日本のみ")), ("east", _("東日本のみ"))], "")
        self.skills = SkillsPart()
        self.hours = HoursPart()
        self.leaves = LeavesPart(today)
        self.active = Switch("", True, name=_("訪問を担当する"))
        self.active.setFixedHeight(theme.size.control)
        self.named = {
            "name": Field(_("氏名"), self.name),
            "kana": Field(_("フリガナ"), self.kana),
            "phone": Field(_("電話番号"), self.phone),
            "partner": Field(_("協力会社"), self.partner),
            "areas": Field(_("訪問先のエリア"), self.areas),
            "skills": Field(_("担当する作業"), self.skills),
        }
        self._lay_out()
        for entry in (self.name, self.kana, self.phone, self.partner):
            entry.finished.connect(self.edited)
            entry.edited.connect(self.typed)
        for part in (self.skills, self.hours, self.leaves):
            part.edited.connect(self.edited)
        for part in (self.hours, self.leaves):
            part.typed.connect(self.typed)
        self.edited.connect(self.typed)
        self.areas.chosen.connect(self._on_chosen)
        self.active.clicked.connect(self._on_chosen)

    def _lay_out(self) -> None:
        by_name = self.named
        law = Label(
            _("休憩は、6時間を超える勤務に45分以上、8時間を超える勤務に60分以上必要です（労働基準法34条）。"),
            "caption", "text3", wrap=True,
        )  # fmt: skip
        whole_days = Label(
            _("時刻を空にすると終日の不在です。不在の間は、空き時間の検索に出ません。"),
            "caption", "text3", wrap=True,
        )  # fmt: skip
        body = form(
            Section(
                _("技術者"),
                shares((by_name["name"], 1), (by_name["kana"], 1)),
                shares((by_name["phone"], 1), (by_name["partner"], 1)),
                row(self.active, Label(_("訪問を担当する（切ると、新しい訪問の担当に選べません）"), "panel", "text2"), None),
            ),
            Section(pgettext("technician", "担当"), by_name["areas"], by_name["skills"]),
            Section(_("勤務時間"), self.hours, law),
            Section(_("不在"), self.leaves, whole_days),
        )  # fmt: skip
        self.setLayout(column(body))

    def _controls(self) -> dict[str, QWidget]:
        """What stands there once, by name; hours and leaves are lists."""
        texts = {"name": self.name, "kana": self.kana, "phone": self.phone, "partner": self.partner}
        return {**texts, "areas": self.areas, "active": self.active}

    def values(self) -> Values:
        """Everything as it stands there, readable or not."""
        return {
            **control_values(self._controls()),
            "skills": self.skills.value(),
            "hours": self.hours.values(),
            "leaves": self.leaves.values(),
        }

    def put(self, values: Values) -> None:
        """Put it back; not an edit."""
        put_controls(self._controls(), values)
        if "skills" in values:
            self.skills.put(values["skills"])
        self.hours.put(values.get("hours", ()))
        if "leaves" in values:
            self.leaves.put(values["leaves"])

    def show_fields(self, fields: TechnicianFields, work: Sequence[tuple[str, str]]) -> None:
        """Show a record."""
        self._shown = fields
        self.name.set_text(fields.name)
        self.kana.set_text(fields.kana)
        self.phone.set_text(fields.phone)
        self.partner.set_text(fields.partner)
        self.areas.set_value(fields.areas[0] if len(fields.areas) == 1 else "")
        self.skills.set_work(work)
        self.skills.show_skills(fields.skills)
        self.hours.show_hours(fields.hours)
        self.leaves.show_leaves(fields.leaves)
        self.active.setChecked(fields.active)
        self.clear_errors()

    def collect(self) -> TechnicianFields:
        """What stands there. Raises UserError for what can't be read at all."""
        problems = Problems()
        area = self.areas.value()
        found = msgspec.structs.replace(
            self._shown,
            name=self.name.text(),
            kana=self.kana.text(),
            phone=self.phone.text(),
            partner=self.partner.text(),
            areas=(area,) if area else (),
            skills=self.skills.collect(problems),
            hours=self.hours.collect(problems),
            leaves=self.leaves.collect(problems),
            active=self.active.isChecked(),
        )
        problems.raise_if_any()
        return found

    @property
    def fields(self) -> dict[str, Field]:
        """All fields as they stand, by their path in the record."""
        return {**self.named, **self.hours.fields, **self.leaves.fields}

    def show_refusal(self, error: UserError) -> list[str]:
        """Put problems under their fields; returns those that belong to none."""
        moved = [
            replace(problem, field=problem.field.removesuffix(".break_minutes")) for problem in error.problems
        ]
        return show_problems(self.fields, UserError(*moved))

    def clear_errors(self) -> None:
        """Everything is right."""
        for field in self.fields.values():
            field.set_error("")

    def _on_chosen(self, _value: object = None) -> None:
        self.edited.emit()
