"""料金・規約: the services at the left, and of the chosen one its editions, differences and readings."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import EnvironmentProblem
from app.usecases.permissions import Act
from app.words import _, pgettext
from ui.lock.gate import Gate
from ui.operations.hub import Changed
from ui.session import Session
from ui.tariffs.difference_pane import DifferencePane
from ui.tariffs.editions_pane import EditionsPane
from ui.tariffs.facts import ReadingFacts, ServiceFacts, TariffFacts, read_tariffs
from ui.tariffs.pick_list import Pick, PickList
from ui.tariffs.reading_panel import ReadingPanel
from ui.tariffs.readings_pane import ReadingsPane
from ui.tariffs.rows import ALL_READINGS, checked_words, service_pick
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import column, holding, on_surface, row, rule
from ui.widgets.sheet import Line
from ui.widgets.strips import BusyBar, EmptyState
from ui.widgets.tabs import Tabs
from ui.widgets.text import ElidedLabel, Label

_LIST_EMS = 18
_NARROW_LIST_EMS = 14
_MOST_TOLD = 6  # problems of a file; the check of the file tells all


class TariffsPage(QWidget):
    """`adding_wanted` asks for the page where a file is added, `removal_wanted` carries a file to be taken
    away, `quotation_wanted` the id of a quotation, `switched` what takes a switch of a reading back,
    `terms_wanted` a service and the first day of an edition customers are to be told of.
    """

    adding_wanted = Signal()
    removal_wanted = Signal(str, object)
    quotation_wanted = Signal(str)
    switched = Signal(object)
    terms_wanted = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session = session
        self.facts: TariffFacts | None = None
        self._here = "—"  # nowhere yet
        self._unfilled: set[str] = set()
        self._wanted: tuple[str, str, tuple[str, ...]] | None = None  # asked for before all was read
        self.panel: ReadingPanel | None = None
        self.services = PickList(_("サービス"))
        self.title = Label("", "heading")
        self.about = ElidedLabel("", "caption", "text2")
        self.tabs = Tabs([
            ("editions", _("改定版")),
            ("difference", _("版の違い")),
            ("readings", pgettext("tab", "解釈")),
        ])  # fmt: skip
        self.folder = Button(_("フォルダーを開く"), "folder-open", kind="quiet")
        self.add = Button(_("改定版を追加"), "plus")
        self.busy = BusyBar()
        self.editions = EditionsPane()
        Gate(self.add, session, Act.TARIFFS)
        Gate(self.editions.remove, session, Act.TARIFFS)
        self.difference = DifferencePane(session.hub)
        self.readings = ReadingsPane()
        self.wrong = EmptyState(
            "circle-alert", _("このサービスの料金表に誤りがあります"), _("ファイルを直してください。"),
            _("追加したファイルを外す"), "trash-2",
        )  # fmt: skip
        self._build()
        self._connect()
        self.read()

    def _build(self) -> None:
        s = theme.size
        head_box = row(Label(pgettext("place", "料金・規約"), "title"), None, self.folder, self.add)
        head_box.setContentsMargins(s.l, 0, s.l, 0)
        head = holding(head_box, "panel", "bottom")
        head.setFixedHeight(s.page_head)
        self.stack = QStackedWidget()
        for pane in (self.editions, self.difference, self.readings, self.wrong):
            self.stack.addWidget(pane)
        self._service_head = QWidget()
        about = row(self.title, self.about, gap="m")
        about.setContentsMargins(s.l, s.m, s.l, 0)
        tabs = row(self.tabs, None)
        tabs.setContentsMargins(s.s, 0, s.s, 0)
        self._service_head.setLayout(column(about, tabs, rule()))
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._service_head)
        middle.addWidget(self.stack, 1)
        self._list_rule = rule(down=True)
        self._body = QHBoxLayout()
        self._body.setSpacing(0)
        self._body.addWidget(self.services)
        self._body.addWidget(self._list_rule)
        self._body.addLayout(middle, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(self.busy)
        outer.addLayout(self._body, 1)

    def _connect(self) -> None:
        session = self._session
        session.hub.changed.connect(self._on_changed)
        session.settings_changed.connect(self._on_settings)
        self.services.chosen.connect(self._on_service)
        self.tabs.chosen.connect(self._on_tab)
        self.add.clicked.connect(self.adding_wanted)
        self.folder.clicked.connect(self.open_folder)
        self.editions.readings_wanted.connect(self._on_readings_wanted)
        self.editions.difference_wanted.connect(self._on_difference_wanted)
        self.editions.removal_wanted.connect(self._on_removal)
        self.editions.terms_wanted.connect(self._on_terms)
        self.difference.refused.connect(session.tasks.user_error)
        self.readings.opened.connect(self.open_reading)
        self.wrong.accepted.connect(self._on_wrong_removal)

    # --- reading ---

    def read(self) -> None:
        """Read everything again."""
        self.busy.start()
        self._session.hub.look(read_tariffs, done=self._on_read, ended=self.busy.stop, owner=self)

    def _on_read(self, facts: TariffFacts) -> None:
        self.facts = facts
        self.folder.setEnabled(facts.folder is not None)
        picks = [service_pick(service) for service in facts.services]
        every = Line(_("すべての解釈（{count}）").format(count=len(facts.readings)), "body", "text", "scale")
        self.services.set_picks([*picks, Pick(ALL_READINGS, (every,))])
        codes = [service.code for service in facts.services]
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.show_place(*wanted)
        elif self._here in (*codes, ALL_READINGS):
            self.show_service(self._here)
        else:
            self.show_service(codes[0] if codes else ALL_READINGS)

    def _on_changed(self, changed: Changed) -> None:
        if changed.tariffs:
            self.read()

    def _on_settings(self) -> None:
        if self.facts is not None:
            self._show()

    # --- where one is ---

    @property
    def here(self) -> str:
        """The code of the service shown; ALL_READINGS for the readings of all."""
        return self._here

    def show_place(self, code: str, key: str = "", readings: tuple[str, ...] = ()) -> None:
        """Go to a service, perhaps to one of its editions or to some readings."""
        if self.facts is None:
            self._wanted = (code, key, readings)
            return
        self.show_service(code)
        service = self.facts.service(code)
        if readings:
            self.show_readings(readings)
        elif key and service is not None and not service.problems:
            self._go("editions")
            self.editions.show_edition(key)

    def show_service(self, code: str) -> None:
        """A service, or with ALL_READINGS the readings of all."""
        self._here = code
        self.services.set_value(code)
        self._show()

    def show_readings(self, names: tuple[str, ...]) -> None:
        """Some readings; one alone opens at once."""
        if self._here != ALL_READINGS:
            self._go("readings")
        self.readings.show_only(names)
        if len(names) == 1:
            self.open_reading(names[0])

    def _show(self) -> None:
        assert self.facts is not None
        settings = self._session.settings
        service = self.facts.service(self._here)
        if service is None:
            self.title.set_text(_("すべてのサービスの解釈"))
            self.about.set_text("")
            self.tabs.hide()
            self.readings.show_readings(self.facts.readings, settings)
            self.stack.setCurrentWidget(self.readings)
            return
        self.title.set_text(service.short)
        self.about.set_text(_about(service))
        self.tabs.setVisible(not service.problems)
        if service.problems:
            self.wrong.set_words(
                _("このサービスの料金表に誤りがあります"),
                "\n".join(f"{problem.field}: {problem.what}" for problem in service.problems[:_MOST_TOLD]),
                _("追加したファイルを外す") if service.own_files else "",
            )
            self.stack.setCurrentWidget(self.wrong)
            return
        self.tabs.set_count("editions", f"{len(service.editions)}")
        self.tabs.set_count("readings", f"{len(self._readings_of(service))}")
        self._unfilled = {"editions", "difference", "readings"}
        self._go(self.tabs.value())

    def _readings_of(self, service: ServiceFacts) -> tuple[ReadingFacts, ...]:
        readings = self.facts.readings if self.facts is not None else ()
        return tuple(one for one in readings if any(use.code == service.code for use in one.uses))

    def _fill(self, tab: str) -> None:
        """Only what is looked at is put into words."""
        service = self.facts.service(self._here) if self.facts is not None else None
        if tab not in self._unfilled or self.facts is None or service is None:
            return
        self._unfilled.discard(tab)
        settings = self._session.settings
        if tab == "editions":
            topics = {one.name: one.topic for one in self.facts.readings}
            self.editions.show_service(service, settings.readings, topics)
        elif tab == "difference":
            self.difference.show_service(service)
        else:
            self.readings.show_readings(self._readings_of(service), settings)

    def _go(self, tab: str) -> None:
        self.tabs.set_value(tab)
        self._fill(tab)
        pane = {"editions": self.editions, "difference": self.difference, "readings": self.readings}[tab]
        self.stack.setCurrentWidget(pane)

    def _on_service(self, code: object) -> None:
        self.close_panel()
        self.readings.show_only(())
        self.show_service(str(code))

    def _on_tab(self, tab: str) -> None:
        self.close_panel()
        self.readings.show_only(())
        self._go(tab)

    def _on_readings_wanted(self, names: tuple[str, ...]) -> None:
        self.show_readings(names)

    def _on_difference_wanted(self, key: str) -> None:
        self._go("difference")
        self.difference.compare_with_earlier(key)

    def _on_wrong_removal(self) -> None:
        service = self.facts.service(self._here) if self.facts is not None else None
        if service is not None and service.own_files:
            self._on_removal(service.own_files[-1])

    def _on_removal(self, path: Path) -> None:
        self.removal_wanted.emit(self._here, path)

    def open_folder(self) -> None:
        """The folder of the owner's own files, in the system's own window."""
        from app.places import open_with_system, private_folder

        if self.facts is None or self.facts.folder is None:
            return
        try:
            open_with_system(private_folder(self.facts.folder))
        except EnvironmentProblem as problem:
            self._session.tasks.environment_problem.emit(problem)

    def _on_terms(self, start: object) -> None:
        self.terms_wanted.emit(self._here, start)

    # --- a reading beside the page ---

    def open_reading(self, name: str) -> None:
        """The choices of a reading, in a panel beside."""
        assert self.facts is not None
        facts: ReadingFacts | None = self.facts.reading(name)
        self.close_panel()
        if facts is None:
            return
        panel = ReadingPanel(self._session, facts)
        panel.closed.connect(self._on_panel_closed)
        panel.switched.connect(self.switched)
        panel.quotation_wanted.connect(self.quotation_wanted)
        self.panel = panel
        self._body.addWidget(panel)
        self._fold()
        self.readings.area.sheet.mark(name)
        panel.cards.setFocus()

    def close_panel(self) -> None:
        """Take the panel away, if there is one."""
        if self.panel is not None:
            self.panel.close_panel()

    def _on_panel_closed(self) -> None:
        panel, self.panel = self.panel, None
        if panel is not None:
            self._body.removeWidget(panel)
            panel.deleteLater()
            self.readings.area.sheet.mark(None)
            self._fold()
            self.readings.area.sheet.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """A small window has room for the list or for the panel."""
        s = theme.size
        small = self.width() + s.rail < s.fold_side
        self.services.setFixedWidth(theme.ems(_NARROW_LIST_EMS if small else _LIST_EMS))
        shown = not (small and self.panel is not None)
        self.services.setVisible(shown)
        self._list_rule.setVisible(shown)


def _about(service: ServiceFacts) -> str:
    parts = [service.source or service.name, service.provider]
    if service.checked_on is not None:
        parts.append(checked_words(service))
    return "　".join(part for part in parts if part)
