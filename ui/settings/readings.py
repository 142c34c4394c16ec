"""解釈: which readings this desk has switched. They are switched at the place 料金・規約, and only there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.papers.issuer import Settings
from app.words import _
from ui.session import Session
from ui.settings.section import SettingsSection
from ui.tariffs.facts import ReadingFacts, TariffFacts, read_tariffs
from ui.tariffs.readings_pane import choice_lines
from ui.widgets.button import Button
from ui.widgets.layout import column, row
from ui.widgets.sheet import Line, Sheet, SheetColumn, SheetRow, SheetSection
from ui.widgets.text import Label


class ReadingsSection(SettingsSection):
    """What was switched, with its reason. `tariffs_wanted` asks for the place where readings are switched."""

    tariffs_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._facts: tuple[ReadingFacts, ...] = ()
        self._settings = Settings()
        self.state = Label("", "body", wrap=True)
        self.sheet = Sheet([SheetColumn(share=3), SheetColumn(share=2)], name=_("変更した解釈"), pad="xs")
        self.open = Button(_("料金・規約で解釈を見る"), "scale")
        intro = Label(
            _("約款の読み方は「料金・規約」で切り替えます。影響する見積を確かめてから変えられます。"),
            "panel",
            "text2",
            wrap=True,
        )
        body = QVBoxLayout()
        body.addWidget(self.sheet)
        self.setLayout(column(intro, self.state, body, row(self.open, None), None, gap="m", pad="xl"))
        self.open.clicked.connect(self._on_open)
        self.sheet.opened.connect(self._on_reading)
        session.hub.look(read_tariffs, done=self._on_read, owner=self)

    def _on_read(self, facts: TariffFacts) -> None:
        self._facts = facts.readings
        self.show_settings(self._settings)

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        switched = [facts for facts in self._facts if facts.name in settings.readings]
        self.state.set_text(
            _("標準から変えた解釈は{count}件です。").format(count=len(switched))
            if switched
            else _("すべて標準の読み方です。")
        )
        rows = tuple(
            SheetRow(
                (
                    (Line(facts.topic, "body-bold"), Line(facts.services(), "caption", "text2")),
                    tuple(choice_lines(facts, settings)),
                ),
                facts.name,
            )
            for facts in switched
        )
        self.sheet.set_sections((SheetSection("", rows),) if rows else ())

    def collect(self, settings: Settings) -> Settings:
        return settings

    def _on_open(self) -> None:
        self.tariffs_wanted.emit("reading:")

    def _on_reading(self, name: str) -> None:
        self.tariffs_wanted.emit(f"reading:{name}")
