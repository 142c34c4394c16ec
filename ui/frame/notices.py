"""What must be said to everybody, between the top bar and the page: trouble with the machine, refusals, our
own bugs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import EnvironmentProblem, UserError
from app.words import _
from ui.theme import theme
from ui.widgets.layout import on_surface
from ui.widgets.strips import AdviceStrip

# What a look through everything (点検) tells more about.
_EXAMINE = frozenset({"journal-damaged", "database-damaged", "disk-error", "backup-unsound"})


@dataclass(frozen=True)
class Notice:
    """Something everybody must know that no page tells: with a button to a section of the settings."""

    title: str
    detail: str
    button: str
    section: str
    meaning: str = "warn"


class Notices(QWidget):
    """One strip at a time; the newest wins. It stays until somebody closes it: it can't be missed by looking
    away. `section_wanted` asks for a section of the settings.
    """

    section_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self._report: Path | None = None
        self._section = ""
        self.strip: AdviceStrip | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(s.l, s.s, s.l, s.s)
        on_surface(self, "window")
        self.hide()

    def show_environment(self, problem: EnvironmentProblem) -> None:
        """The machine would not: what was kept and what to do."""
        detail = " ".join(part for part in (problem.kept, problem.remedy) if part)
        section = "examination" if problem.code in _EXAMINE else ""
        self._say("danger", problem.what, detail, _("点検を開く") if section else "", section)

    def show_notice(self, notice: Notice) -> None:
        """What nobody did and somebody has to see to."""
        self._say(notice.meaning, notice.title, notice.detail, notice.button, notice.section)

    def show_refusal(self, error: UserError) -> None:
        """Something somebody can mend that belongs to no field on the screen."""
        first = error.problems[0]
        detail = " ".join(part for part in (first.why, first.remedy) if part)
        rest = " ".join(problem.sentence() for problem in error.problems[1:])
        self._say("warn", first.what, f"{detail} {rest}".strip())

    def show_bug(self, report: Path | None) -> None:
        """Our own fault: the window stays open, a report was written."""
        detail = _("入力した内容と保存したデータはそのままです。作業を続けられます。")
        self._say("warn", _("プログラムの不具合が起きました"), detail, _("報告を開く") if report else "")
        self._report = report

    def _say(self, meaning: str, title: str, detail: str, button: str = "", section: str = "") -> None:
        self._report, self._section = None, section
        if self.strip is None:
            self.strip = AdviceStrip(meaning=meaning, icon="triangle-alert", closable=True)
            self.strip.closed.connect(self.hide)
            self.strip.accepted.connect(self._on_accepted)
            self._box.addWidget(self.strip)
        self.strip.set_meaning(meaning, "triangle-alert")
        self.strip.set_words(title, detail, button)
        self.strip.show()
        self.show()

    def _on_accepted(self) -> None:
        if self._section:
            self.section_wanted.emit(self._section)
        if self._report is not None:
            from app.places import open_with_system

            try:
                open_with_system(self._report)
            except EnvironmentProblem as problem:
                self.show_environment(problem)
