"""解釈: passages that can be read in more than one way, and how this desk reads them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.papers.issuer import Settings
from app.words import _
from ui.tariffs.facts import ReadingFacts
from ui.theme import theme
from ui.widgets.chips import FilterChip
from ui.widgets.layout import row, rule
from ui.widgets.search_field import SearchField
from ui.widgets.sheet import Line, SheetArea, SheetColumn, SheetRow, SheetSection
from ui.widgets.text import Label


class ReadingsPane(QWidget):
    """`opened` carries the name of a reading somebody wants to look at or switch."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._readings: tuple[ReadingFacts, ...] = ()
        self._only: tuple[str, ...] = ()
        self._settings = Settings()
        s = theme.size
        self.search = SearchField(_("解釈を探す（例：解約金、データ移行）"), "Ctrl+F")
        self.search.setFixedWidth(s.list_search_width)
        self.only = FilterChip(_("表示"), [("changed", _("変更したものだけ"))], several=False)
        self.intro = Label(
            _(
                "約款に書かれていない、または二通りに読める箇所です。選んだ読み方は見積書に書かれます。"
                "発行済みの書類は変わりません。"
            ),
            "caption",
            "text2",
            wrap=True,
        )
        self.area = SheetArea(
            [
                SheetColumn(_("箇所"), share=5),
                SheetColumn(_("いまの読み方"), share=4),
                SheetColumn(_("決まるもの"), share=2),
            ],
            name=_("解釈の一覧"),
        )
        self.empty = Label(_("当てはまる解釈はありません。"), "panel", "text3")
        head = QVBoxLayout()
        head.setContentsMargins(s.l, s.m, s.l, s.s)
        head.setSpacing(s.s)
        head.addLayout(row(self.search, self.only, None))
        head.addWidget(self.intro)
        head.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(rule())
        box.addWidget(self.area, 1)
        self.search.searched.connect(self._on_searched)
        self.search.down.connect(self.area.sheet.setFocus)
        self.only.chosen.connect(self._on_only)
        self.area.sheet.opened.connect(self.opened)

    def show_readings(self, readings: Sequence[ReadingFacts], settings: Settings) -> None:
        """Other readings, or the same after a switch."""
        self._readings, self._settings = tuple(readings), settings
        self._list()

    def show_only(self, names: Sequence[str]) -> None:
        """Narrow to some readings by their words; nothing takes the narrowing away."""
        self._only = tuple(names)
        self.search.set_text("")
        self._list()

    def shown(self) -> tuple[ReadingFacts, ...]:
        """The readings listed."""
        typed = "" if self._only else self.search.text()
        changed = "changed" in self.only.values()
        return tuple(
            facts
            for facts in self._readings
            if (not self._only or facts.name in self._only)
            and facts.fits(typed)
            and (not changed or facts.name in self._settings.readings)
        )

    def _on_searched(self, _typed: str) -> None:
        self._only = ()
        self._list()

    def _on_only(self, _values: object) -> None:
        self._list()

    def _list(self) -> None:
        shown = self.shown()
        self.empty.setVisible(bool(self._readings) and not shown)
        rows = tuple(SheetRow(_cells(facts, self._settings), facts.name, facts.name) for facts in shown)
        self.area.sheet.set_sections((SheetSection("", rows),) if rows else ())


def _cells(facts: ReadingFacts, settings: Settings) -> tuple[tuple[Line, ...], ...]:
    what = (
        Line(facts.topic, "body-bold"),
        Line(facts.sentence, "panel", "text2"),
        Line(
            _("{services}　{clause}").format(services=facts.services(), clause=_short(facts)),
            "caption",
            "text3",
        ),
    )
    return what, tuple(choice_lines(facts, settings)), (Line(facts.moves(), "panel", "text2"),)


def _short(facts: ReadingFacts) -> str:
    from app.tariff.clauses import clause_note

    return _("、").join(dict.fromkeys(clause_note(use.clause) for use in facts.uses))


def choice_lines(facts: ReadingFacts, settings: Settings) -> list[Line]:
    """The choice in force with its reason, and the others."""
    switched = settings.readings.get(facts.name)
    if switched is not None:
        found = [
            Line(facts.name_of(switched), "panel-bold", "accent", "pencil"),
            Line(_("この窓口の選択"), "caption", "accent"),
        ]
        reason = settings.reading_reasons.get(facts.name, "")
        if reason:
            found.append(Line(_("理由：{reason}").format(reason=reason), "caption", "text2"))
        taken = {switched}
    elif len(facts.standards) == 1:
        found = [Line(facts.name_of(facts.standards[0]), "panel", "text", "check")]
        taken = set(facts.standards)
    else:
        found = [
            Line(
                _("{service}：{choice}").format(service=use.short, choice=facts.name_of(use.standard)),
                "panel",
                "text",
                "check",
            )
            for use in facts.uses
        ]
        taken = set()
    others = [words for code, words in facts.choices if code not in taken]
    if others and taken:
        found.append(
            Line(_("ほかの読み方：{others}").format(others=_("／").join(others)), "caption", "text3")
        )
    return found
