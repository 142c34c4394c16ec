"""読み方を変える: the choices of a passage, what switching would change, the reason, and the switch itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal

from app.errors import UserError
from app.papers.issuer import Settings
from app.usecases.permissions import Act
from app.words import _
from ui.lock.gate import Gate
from ui.operations.tariffs import choose_reading
from ui.session import Session
from ui.tariffs.facts import ReadingFacts
from ui.tariffs.touched_view import Change, TouchedView
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.cards import Card, Cards
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import column, row, rule
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label

STANDARD = ""
_KEY = "Ctrl+Enter"


@dataclass(frozen=True)
class Switch:
    """How a passage was read before, with the reason: what takes a switch back."""

    name: str
    topic: str
    choice: str
    reason: str


class ReadingPanel(SidePanel):
    """Nothing is stored before 変更する. `switched` carries what undoes it, a Switch;
    `quotation_wanted` the id of a quotation.
    """

    switched = Signal(object)
    quotation_wanted = Signal(str)

    def __init__(self, session: Session, facts: ReadingFacts) -> None:
        super().__init__(_("読み方"), "scale")
        self._session = session
        self.facts = facts
        self._saving = False
        settings = session.settings
        self._undo = Switch(
            facts.name,
            facts.topic,
            settings.readings.get(facts.name, STANDARD),
            settings.reading_reasons.get(facts.name, ""),
        )
        self._stored_choice = settings.readings.get(facts.name, self._standard())
        self._stored_reason = settings.reading_reasons.get(facts.name, "")
        self.cards = Cards(self._cards(), self._stored_choice)
        self.reason = TextField(_("例：提供会社に確認（2026年11月20日）"))
        self.reason.set_text(self._stored_reason)
        self.reason_field = Field(_("この読み方を選ぶ理由"), self.reason, _("記録に残ります。"))
        self.error = AdviceStrip(meaning="danger", icon="circle-alert")
        self.error.hide()
        self.touched = TouchedView(session.hub, narrow=True)
        self.cancel = Button(_("やめる"), key="Esc", listen=False)
        self.save = Button(_("変更する"), kind="filled", key=_KEY)
        Gate(self.save, session, Act.READINGS)
        self._build()
        self.cards.chosen.connect(self._on_chosen)
        self.reason.edited.connect(self._on_edited)
        self.cancel.clicked.connect(self.close_panel)
        self.save.clicked.connect(self._on_save)
        self.touched.opened.connect(self.quotation_wanted)
        self._show()

    def _build(self) -> None:
        facts = self.facts
        self.body.setSpacing(theme.size.m)
        self.body.addLayout(
            column(
                Label(facts.topic, "heading", wrap=True),
                Label(facts.sentence, "panel", wrap=True),
                Label(facts.services(), "caption", "text2", wrap=True),
                Label(facts.clauses(), "caption", "text3", wrap=True),
                gap="xs",
            )
        )
        moved = _("これで決まるもの：{what}").format(what=facts.moves())
        self.body.addLayout(row(Label(moved, "panel", "text2", wrap=True)))
        self.body.addWidget(self.cards)
        self.body.addWidget(self.reason_field)
        self.body.addWidget(self.error)
        self.body.addWidget(rule())
        self.body.addWidget(Label(_("この読み方を使う見積"), "panel-bold"))
        self.body.addWidget(self.touched)
        self.body.addStretch(1)
        self.add_to_foot(self.cancel, self.save)

    def _standard(self) -> str:
        """The choice without one of the desk's own: the files' where they agree."""
        return self.facts.standards[0] if len(self.facts.standards) == 1 else STANDARD

    def _cards(self) -> list[Card]:
        found = []
        if len(self.facts.standards) > 1:
            told = "\n".join(
                _("{service}：{choice}").format(service=use.short, choice=self.facts.name_of(use.standard))
                for use in self.facts.uses
            )
            found.append(Card(_("サービスごとの標準"), told, STANDARD, _("標準")))
        standard = self._standard()
        for code, words in self.facts.choices:
            found.append(Card(words, "", code, _("標準") if code == standard else ""))
        return found

    # --- what is chosen ---

    @property
    def choice(self) -> str:
        """The choice on the screen."""
        return str(self.cards.value())

    def _is_standard(self) -> bool:
        return self.choice == self._standard()

    def _changed(self) -> bool:
        if self.choice != self._stored_choice:
            return True
        return not self._is_standard() and self.reason.text() != self._stored_reason

    def _show(self) -> None:
        self.reason_field.setVisible(not self._is_standard())
        self.save.setEnabled(self._changed() and not self._saving)
        self._look()

    def _look(self) -> None:
        from app.usecases.choose_reading import chosen

        desk = self._session.desk
        choices = chosen(desk.catalogue, self._session.settings.readings, self.facts.name, self.choice)
        services = tuple(use.code for use in self.facts.uses)
        self.touched.look_for(Change(services, desk.catalogue, choices, self.facts.name))

    def _on_chosen(self, _choice: object) -> None:
        self._show()

    def _on_edited(self, _text: object = None) -> None:
        self.save.setEnabled(self._changed() and not self._saving)

    # --- storing ---

    def _on_save(self) -> None:
        if not self._changed() or self._saving:
            return
        self._saving = True
        self.save.setEnabled(False)
        reason = "" if self._is_standard() else self.reason.text()
        self._session.hub.run(
            choose_reading,
            self.facts.name,
            self.choice,
            reason,
            done=self._on_saved,
            failed=self._on_refused,
            ended=self._on_ended,
            owner=self,
        )

    def _on_ended(self) -> None:
        self._saving = False
        self.save.setEnabled(self._changed())

    def _on_saved(self, settings: Settings) -> None:
        self._session.take_settings(settings)
        self.switched.emit(self._undo)
        self.close_panel()

    def _on_refused(self, error: UserError) -> None:
        problem = error.problems[0]
        self.error.set_words(problem.what, " ".join(part for part in (problem.why, problem.remedy) if part))
        self.error.show()

    def close_panel(self) -> None:
        self.touched.stop()
        super().close_panel()
