"""訪問の時間: how long work takes, the way there, and from when visits are offered. All of it is ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace
from PySide6.QtWidgets import QGridLayout, QWidget

from app.papers.issuer import Settings
from app.usecases.check_visit_settings import MOST, MOST_BLOCK_GB, MOST_LEAD_DAYS, STEPS
from app.usecases.desk import Desk
from app.visit.settings import VisitSettings
from app.words import _
from ui.operations.hub import Changed
from ui.session import Session
from ui.settings.section import SettingsSection
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.field import Field
from ui.widgets.form import Section, form
from ui.widgets.layout import column, holding, row
from ui.widgets.number import NumberStepper
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label

_COLUMNS = 2


def read_work(desk: Desk) -> tuple[tuple[str, str], ...]:
    """On the database worker: the work there is, code and name."""
    from app.usecases.show_technicians import work_names

    return work_names(desk.catalogue, desk.today())


def ours() -> str:
    """What marks a value the terms do not set."""
    return _("当店の設定（規約に定めはありません）")


class VisitTimesSection(SettingsSection):
    """Each value says what the program came with where it differs."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shipped = VisitSettings()
        self._shown = VisitSettings()
        self.steppers: dict[str, NumberStepper] = {}
        self.choices: dict[str, Choice] = {}
        table = self._shipped.minutes
        self._menu = QGridLayout()
        self._menu.setHorizontalSpacing(theme.size.l)
        self._menu.setVerticalSpacing(theme.size.m)
        self.back = Button(_("出荷時の値に戻す"), "rotate-ccw", small=True)
        visit = (
            self._number("minutes.base", _("1回の訪問の基本"), _("分")),
            self._number("minutes.travel", _("訪問の前後の移動"), _("分")),
            self._choice("minutes.round_to", _("切り上げの単位")),
        )
        data = (
            self._number("minutes.data_block_gb", _("データ移行の区切り"), "GB", 1, MOST_BLOCK_GB),
            self._number("minutes.data_block", _("区切りごとに加える時間"), _("分")),
            self._number("minutes.other", _("表にない作業"), _("分")),
        )
        offer = (
            self._number("lead_days", _("手配できるのは今日から"), _("営業日後"), 0, MOST_LEAD_DAYS),
            self._choice("step", _("開始時刻の刻み")),
        )
        self._make_menu([(code, "") for code in table.menu])
        note = AdviceStrip(
            ours(),
            _("規約は作業の時間を定めていません。ここの値から訪問の長さを計算し、空いている日時を探します。"),
        )
        self.lay_out(
            form(
                holding(column(note, pad=("", "s"))),
                Section(_("訪問1回"), _grid(visit), self._say(
                    _("到着、診断、説明、署名の時間です。移動は次の訪問・会社との間に空けます。"))),
                Section(_("作業1台ごと"), self._menu, self._say(
                    _("アプリケーションの設定は、アプリケーション1つごとの時間です。"))),
                Section(_("データ量"), _grid(data), self._say(
                    _("データ移行は、区切りまでごとに時間を加えます。"))),
                Section(_("手配"), _grid(offer), self._say(
                    _("それより早い日は探さず、受け付けた訪問を入れることもできません。0営業日後にすると、当日から手配できます。"))),
                Section("", row(self.back, None)),
            )
        )  # fmt: skip
        self.back.clicked.connect(self.restore)
        session.hub.look(read_work, done=self._on_work, owner=self)
        session.hub.changed.connect(self._on_changed)

    # --- making -------------------------------------------------------------------------------------

    def _say(self, text: str) -> Label:
        return Label(f"{text} {ours()}{_('。')}", "caption", "text3", wrap=True)

    def _number(self, path: str, name: str, unit: str, least: int = 0, most: int = MOST) -> Field:
        stepper = NumberStepper(unit, least, most, ems=0)
        stepper.edit.editingFinished.connect(self._on_left)
        stepper.value_changed.connect(self._on_stepped)
        self.steppers[path] = stepper
        return self._field(path, name, stepper)

    def _choice(self, path: str, name: str) -> Field:
        choice = Choice([(step, _("{minutes}分").format(minutes=step)) for step in STEPS])
        choice.chosen.connect(self._on_edited)
        self.choices[path] = choice
        return self._field(path, name, choice)

    def _field(self, path: str, name: str, control: QWidget) -> Field:
        field = Field(name, control)
        self.fields[f"visits.{path}"] = field
        return field

    def _make_menu(self, work: Sequence[tuple[str, str]]) -> None:
        for path in [path for path in self.steppers if path.startswith("minutes.menu.")]:
            self.steppers.pop(path)
            field = self.fields.pop(f"visits.{path}")
            self._menu.removeWidget(field)
            field.hide()
            field.deleteLater()
        for place, (code, name) in enumerate(work):
            field = self._number(f"minutes.menu.{code}", name, _("分"))
            self._menu.addWidget(field, place // _COLUMNS, place % _COLUMNS)
        for place in range(_COLUMNS):
            self._menu.setColumnStretch(place, 1)

    def _on_work(self, work: tuple[tuple[str, str], ...]) -> None:
        self._make_menu(work)
        self._show(self._shown)

    def _on_changed(self, changed: Changed) -> None:
        if changed.tariffs:
            self.session.hub.look(read_work, done=self._on_work, owner=self)

    # --- showing and collecting ---------------------------------------------------------------------

    def show_settings(self, settings: Settings) -> None:
        if not any(field.error for field in self.fields.values()):
            self._show(settings.visits)

    def _show(self, visits: VisitSettings) -> None:
        self._shown = visits
        for path, value in self._values(visits):
            if path in self.steppers:
                self.steppers[path].set_value(value)
            else:
                self.choices[path].set_value(value)
        self._say_shipped(visits)

    def _values(self, visits: VisitSettings) -> Iterator[tuple[str, int]]:
        table = visits.minutes
        for path in (*self.steppers, *self.choices):
            name = path.removeprefix("minutes.")
            if name.startswith("menu."):
                yield path, table.menu.get(name.removeprefix("menu."), table.other)
            else:
                yield path, int(getattr(table if path != name else visits, name))

    def _say_shipped(self, visits: VisitSettings) -> None:
        shipped = dict(self._values(self._shipped))
        for path, value in self._values(visits):
            usual = shipped[path]
            told = "" if value == usual else _("出荷時の値：{value}").format(value=f"{usual:,}")
            self.fields[f"visits.{path}"].set_helper(told)
        self.back.setEnabled(replace(visits, closed=()) != self._shipped)

    def collect(self, settings: Settings) -> Settings:
        """What stands there; what is no number is −1, which the rules refuse."""
        visits = settings.visits
        told = {path: _number_in(stepper) for path, stepper in self.steppers.items()}
        told |= {path: int(choice.value()) for path, choice in self.choices.items()}
        before = dict(self._values(visits))
        menu = dict(visits.minutes.menu)
        table: dict[str, int] = {}
        rest: dict[str, int] = {}
        for path, value in told.items():
            name = path.removeprefix("minutes.")
            if name.startswith("menu."):
                if value != before[path]:  # work the table does not know follows ``other`` until it is said
                    menu[name.removeprefix("menu.")] = value
            else:
                (table if path != name else rest)[name] = value
        minutes = replace(visits.minutes, menu=menu, **table)
        return replace(settings, visits=replace(visits, minutes=minutes, **rest))

    def restore(self) -> None:
        """Back to what the program came with; closed days stay."""
        self.clear_errors()
        self._show(replace(self._shipped, closed=self._shown.closed))
        self.edited.emit()

    def _on_left(self) -> None:
        self.edited.emit()

    def _on_stepped(self, _value: object) -> None:
        if not any(one.edit.hasFocus() for one in self.steppers.values()):
            self.edited.emit()


def _grid(fields: Sequence[Field]) -> QGridLayout:
    """Fields on the columns of the work below and above."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.size.l)
    grid.setVerticalSpacing(theme.size.m)
    for place, field in enumerate(fields):
        grid.addWidget(field, place // _COLUMNS, place % _COLUMNS)
    for place in range(_COLUMNS):
        grid.setColumnStretch(place, 1)
    return grid


def _number_in(stepper: NumberStepper) -> int:
    value = stepper.value()
    return -1 if value is None else value
