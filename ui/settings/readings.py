"""解釈: passages of the terms that can be read in more than one way, and the reading this desk takes."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.papers.issuer import Settings
from app.usecases.desk import Desk
from app.words import _
from ui.session import Session
from ui.settings.section import SettingsSection
from ui.theme import theme
from ui.widgets.chips import Chip, FilterChip
from ui.widgets.choices import Choice
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.hits import folded
from ui.widgets.layout import column, row, rule
from ui.widgets.search_field import SearchField
from ui.widgets.text import Label

_AT_ONCE = 6


@dataclass(frozen=True)
class ReadingFacts:
    """An unclear passage as the settings show it."""

    name: str
    services: tuple[str, ...]
    topic: str
    sentence: str
    clause: str
    default: str
    choices: tuple[tuple[str, str], ...]

    def fits(self, typed: str) -> bool:
        """Whether all the words stand somewhere in it."""
        text = folded(" ".join((self.topic, self.sentence, self.clause, self.name, *self.services)))
        return all(folded(word) in text for word in typed.split())


def read_readings(desk: Desk) -> tuple[ReadingFacts, ...]:
    """On the database worker: every reading of the newest editions once, in the order of services."""
    from app.tariff.catalogue import words

    found: dict[str, ReadingFacts] = {}
    for service in desk.catalogue.services():
        priced = [edition for edition in service.editions if edition.readings]
        for reading in priced[-1].readings if priced else ():
            known = found.get(reading.name)
            services = (*known.services, words(service.short)) if known else (words(service.short),)
            found[reading.name] = ReadingFacts(
                reading.name,
                services,
                words(reading.topic),
                words(reading.sentence),
                reading.clause,
                reading.choice,
                tuple((choice.code, words(choice.name)) for choice in reading.choices),
            )
    return tuple(found.values())


class _ReadingRow(QWidget):
    """Topic, sentence and clause at the left; the choice and its reason at the right."""

    edited = Signal()

    def __init__(self, facts: ReadingFacts) -> None:
        super().__init__()
        s = theme.size
        self.facts = facts
        self.choice = Choice(self._options(), facts.default)
        self.choice.setAccessibleName(facts.topic)
        self.choice.setAccessibleDescription(facts.sentence)
        self.reason = TextField(_("例：提供会社に確認（2026年11月20日）"))
        self.reason_field = Field(_("この読み方を選ぶ理由"), self.reason)
        self.changed_chip = Chip("pencil", _("変更"), "accent")
        where = _("・").join(facts.services)
        left = QVBoxLayout()
        left.setSpacing(s.xs)
        left.addLayout(row(Label(facts.topic, "body-bold"), self.changed_chip, None))
        left.addWidget(Label(facts.sentence, "panel", "text2", wrap=True))
        left.addWidget(Label(f"{where}  {facts.clause}", "caption", "text3", wrap=True))
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(s.s)
        right.addWidget(self.choice)
        right.addWidget(self.reason_field)
        right.addStretch(1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, s.m, 0, s.m)
        box.setSpacing(s.xl)
        box.addLayout(left, 3)
        box.addLayout(right, 2)
        self.choice.chosen.connect(self._on_chosen)
        self.reason.finished.connect(self.edited)

    def _options(self) -> list[tuple[str, str]]:
        default = self.facts.default
        return [
            (code, _("{choice}（標準）").format(choice=words) if code == default else words)
            for code, words in self.facts.choices
        ]

    def show_choice(self, choice: str, reason: str) -> None:
        self.choice.set_value(choice or self.facts.default)
        self.reason.set_text(reason)
        self._show_reason()

    def _show_reason(self) -> None:
        other = self.choice.value() != self.facts.default
        self.reason_field.setVisible(other)
        self.changed_chip.setVisible(other)

    def _on_chosen(self, _choice: str) -> None:
        self._show_reason()
        self.edited.emit()


class ReadingsSection(SettingsSection):
    """All readings, narrowed by words or to those that were changed. A change takes effect on quotations not
    yet issued.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.rows: dict[str, _ReadingRow] = {}
        self._rules: list[QWidget] = []
        self._coming: list[ReadingFacts] = []
        self._settings = Settings()
        self.search = SearchField(_("解釈を探す（例：解約金、データ移行）"))
        self.search.setFixedWidth(theme.size.list_search_width)
        self.only = FilterChip(_("表示"), [(True, _("変更したものだけ"))], several=False)
        intro = Label(
            _(
                "約款に書かれていない、または二通りに読める箇所です。金額や日付が変わるものを、ここで選べます。"
                "選んだ読み方は見積書に書かれます。発行済みの書類は変わりません。"
            ),
            "panel",
            "text2",
            wrap=True,
        )
        self.empty = Label(_("当てはまる解釈はありません。"), "panel", "text3")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.setLayout(
            column(intro, row(self.search, self.only, None), self._list, self.empty, None, gap="m", pad="xl")
        )
        self.empty.hide()
        self.search.searched.connect(self._on_filter)
        self.only.chosen.connect(self._on_filter)
        session.hub.look(read_readings, done=self._on_read, owner=self)

    def _on_read(self, readings: tuple[ReadingFacts, ...]) -> None:
        self._coming = list(readings)
        self._add_some()

    def _add_some(self) -> None:
        """A few rows in each turn of events: all at once would hold the window up."""
        for facts in self._coming[:_AT_ONCE]:
            one = _ReadingRow(facts)
            self.rows[facts.name] = one
            self._rules.append(rule())
            self._list.addWidget(self._rules[-1])
            self._list.addWidget(one)
            self._show(one)
            one.edited.connect(self._on_edited)
        del self._coming[:_AT_ONCE]
        self._narrow()
        if self._coming:
            QTimer.singleShot(0, self, self._add_some)

    def _show(self, one: _ReadingRow) -> None:
        name = one.facts.name
        one.show_choice(self._settings.readings.get(name, ""), self._settings.reading_reasons.get(name, ""))

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        for one in self.rows.values():
            self._show(one)
        self._narrow()

    def collect(self, settings: Settings) -> Settings:
        choices = {
            name: one.choice.value()
            for name, one in self.rows.items()
            if one.choice.value() != one.facts.default
        }
        reasons = {name: self.rows[name].reason.text() for name in choices if self.rows[name].reason.text()}
        unknown = {name: choice for name, choice in settings.readings.items() if name not in self.rows}
        kept = {name: why for name, why in settings.reading_reasons.items() if name in unknown}
        return replace(settings, readings={**unknown, **choices}, reading_reasons={**kept, **reasons})

    def _on_filter(self, _value: object) -> None:
        self._narrow()

    def _narrow(self) -> None:
        typed, only = self.search.text(), bool(self.only.values())
        shown = 0
        for place, one in enumerate(self.rows.values()):
            fits = one.facts.fits(typed) and (not only or one.choice.value() != one.facts.default)
            one.setVisible(fits)
            self._rules[place].setVisible(fits)
            shown += fits
        self.empty.setVisible(bool(self.rows) and not shown)
