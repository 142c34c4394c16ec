"""改定版: the editions of a service, and what the chosen one says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.tariff.clauses import clause_words
from app.tariff.diff_words import edition_words
from app.words import _
from ui.tariffs.facts import EditionFacts, ServiceFacts
from ui.tariffs.pick_list import PickList
from ui.tariffs.rows import edition_columns, edition_pick, edition_sections, state_line
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.chips import Chip
from ui.widgets.layout import row, rule
from ui.widgets.search_field import SearchField
from ui.widgets.sheet import SheetArea
from ui.widgets.strips import EmptyState
from ui.widgets.text import ElidedLabel, Label

_LIST_EMS = 20
_SHOWN_WHEN_FOLDED = 3


class EditionsPane(QWidget):
    """`readings_wanted` carries names of readings, `difference_wanted` the key of an edition to compare with
    the one before it, `terms_wanted` the first day of one that customers are to be told of,
    `removal_wanted` a file of the owner's.
    """

    readings_wanted = Signal(object)
    difference_wanted = Signal(str)
    terms_wanted = Signal(object)
    removal_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._service: ServiceFacts | None = None
        self._choices: Mapping[str, str] = {}
        self._topics: Mapping[str, str] = {}
        self._shown: EditionFacts | None = None
        self.list = PickList(_("改定版の一覧"))
        self.title = Label("", "heading")
        self.chip = Chip("circle-check", "", "good")
        self.clause = ElidedLabel("", "caption", "text2")
        self.search = SearchField(_("この版の中を探す"), "Ctrl+F")
        self.difference = Button(_("前の版との違い"), "git-compare", small=True)
        self.tell = Button(_("お客さまへのお知らせ"), "send", small=True)
        self.remove = Button(_("追加を取り消す"), "trash-2", "danger", small=True)
        self.area = SheetArea(edition_columns(), name=_("この版の料金ときまり"))
        self.unknown = EmptyState(
            "file-search",
            _("この版の料金ときまりは分かりません"),
            _("版のあることと実施日だけが知られています。この期間の見積は作れません。"),
        )
        self._build()
        self.list.chosen.connect(self._on_chosen)
        self.search.searched.connect(self.area.sheet.narrow)
        self.search.down.connect(self.area.sheet.setFocus)
        self.area.sheet.opened.connect(self.readings_wanted)
        self.difference.clicked.connect(self._on_difference)
        self.tell.clicked.connect(self._on_tell)
        self.remove.clicked.connect(self._on_remove)

    def _build(self) -> None:
        s = theme.size
        head = QVBoxLayout()
        head.setContentsMargins(s.l, s.s, s.l, s.s)
        head.setSpacing(s.xs)
        head.addLayout(row(self.title, self.chip, None, self.difference, self.remove))
        head.addLayout(row(self.clause, self.tell, self.search))
        self.search.setMinimumWidth(theme.ems(8))
        self.search.setMaximumWidth(theme.ems(18))
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.area)
        self._stack.addWidget(self.unknown)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(head)
        right.addWidget(rule())
        right.addWidget(body, 1)
        self._rule = rule(down=True)
        self._flat_rule = rule()
        self._flat_rule.hide()
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self.list)
        self._box.addWidget(self._rule)
        self._box.addWidget(self._flat_rule)
        self._box.addLayout(right, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold(folded=self.width() < theme.ems(_LIST_EMS) + theme.ems(38))

    def _fold(self, *, folded: bool) -> None:
        """In a small window the list stands above what an edition says."""
        s = theme.size
        self._box.setDirection(
            QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight
        )
        self._rule.setVisible(not folded)
        self._flat_rule.setVisible(folded)
        most = 16777215
        row_height = theme.line("panel") + theme.line("caption") + 2 * s.s + s.xs
        count = min(_SHOWN_WHEN_FOLDED, max(1, len(self._service.editions) if self._service else 1))
        if folded:
            self.list.setFixedHeight(count * row_height + 2 * s.s)
            self.list.setMinimumWidth(0)
            self.list.setMaximumWidth(most)
        else:
            self.list.setMinimumHeight(0)
            self.list.setMaximumHeight(most)
            self.list.setFixedWidth(theme.ems(_LIST_EMS))

    # --- what it shows ---

    def show_service(
        self, service: ServiceFacts, choices: Mapping[str, str], topics: Mapping[str, str]
    ) -> None:
        """The editions of a service; the one that was shown stays shown where it is still there."""
        same = self._service is not None and self._service.code == service.code
        key = self._shown.key if self._shown is not None and same else ""
        self._service, self._choices, self._topics = service, choices, topics
        first = service.first_shown
        keys = {facts.key for facts in service.editions}
        chosen = key if key in keys else first.key if first is not None else ""
        self.list.set_picks([edition_pick(facts) for facts in service.editions], chosen)
        if not same:
            self.search.set_text("")
            self.area.sheet.narrow("")
        self.show_edition(chosen)
        self._fold(folded=self._box.direction() == QBoxLayout.Direction.TopToBottom)

    def show_edition(self, key: str) -> None:
        """What an edition says."""
        assert self._service is not None
        facts = next((one for one in self._service.editions if one.key == key), None)
        self._shown = facts
        self.setEnabled(facts is not None)
        if facts is None:
            self.area.sheet.set_sections(())
            return
        self.list.set_value(key)
        edition = facts.edition
        line = state_line(facts)
        meaning = {"now": "good", "future": "note", "past": "neutral"}[facts.state]
        self.title.set_text(edition_words(edition))
        self.chip.set_chip(line.icon, line.text, meaning)
        self.clause.set_text(clause_words(edition.clause))
        self.remove.setVisible(facts.path is not None)
        follows = facts is not self._service.editions[-1]
        self.difference.setVisible(follows)
        self.tell.setVisible(follows and facts.state == "future")  # nobody is told of what holds already
        self.search.setVisible(edition.priced)
        self._stack.setCurrentWidget(self.area if edition.priced else self.unknown)
        self.area.sheet.set_sections(edition_sections(edition, self._choices, self._topics))

    @property
    def shown(self) -> EditionFacts | None:
        """The edition shown."""
        return self._shown

    def _on_chosen(self, key: object) -> None:
        self.show_edition(str(key))
        self.area.verticalScrollBar().setValue(0)

    def _on_difference(self) -> None:
        if self._shown is not None:
            self.difference_wanted.emit(self._shown.key)

    def _on_tell(self) -> None:
        if self._shown is not None:
            self.terms_wanted.emit(self._shown.edition.start)

    def _on_remove(self) -> None:
        if self._shown is not None and isinstance(self._shown.path, Path):
            self.removal_wanted.emit(self._shown.path)
