"""Whose quotations a change touches: looked for in the background, a batch at a time, and listed as found."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.words import _
from ui.operations.hub import Hub
from ui.tariffs.rows import touched_columns, touched_rows
from ui.tasks import Task
from ui.widgets.layout import column
from ui.widgets.sheet import Sheet, SheetSection
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.tariff.catalogue import Catalogue
    from app.usecases.desk import Desk
    from app.usecases.find_touched import Touched

BATCH = 25
MOST_SHOWN = 200


@dataclass(frozen=True)
class Change:
    """What is to come: the services it is about, the catalogue, the readings, or one reading alone."""

    services: tuple[str, ...]
    after: Catalogue
    choices: Mapping[str, str] | None = None
    reading: str = ""


def read_live(desk: Desk, services: Iterable[str]) -> array[int]:
    """On the database worker: all drafts and valid quotations about the services."""
    from app.usecases.find_touched import live_quotations

    return live_quotations(desk, services)


def read_touched(desk: Desk, seqs: list[int], change: Change) -> list[Touched]:
    """On the database worker: those of some quotations that change."""
    from app.usecases.find_touched import find_touched

    return find_touched(desk, seqs, change.after, change.choices, change.reading)


class TouchedView(QWidget):
    """`opened` carries the id of a quotation, `ended` comes when all were looked at. Other work of the
    database goes on between the batches.
    """

    opened = Signal(str)
    ended = Signal()

    def __init__(self, hub: Hub, *, narrow: bool) -> None:
        super().__init__()
        self._hub = hub
        self._narrow = narrow
        self._task: Task | None = None
        self._change: Change | None = None
        self._seqs: array[int] = array("q")
        self._done = 0
        self.found: list[Touched] = []
        self.state = Label("", "panel", "text2", wrap=True)
        self.sheet = Sheet(touched_columns(narrow=narrow), name=_("影響する見積"), pad="s" if narrow else "l")
        self.setLayout(column(self.state, self.sheet, gap="s"))
        self.sheet.opened.connect(self._on_opened)

    @property
    def complete(self) -> bool:
        """Whether all quotations were looked at."""
        return self._change is not None and self._task is None

    def look_for(self, change: Change) -> None:
        """Begin; a search that runs is given up."""
        self.stop()
        self.found = []
        self._change, self._done = change, 0
        self.sheet.set_sections(())
        self.state.set_text(_("影響する見積を調べています…"))
        self._task = self._hub.look(
            read_live, change.services, done=self._on_live, failed=self._on_refused, owner=self
        )

    def stop(self) -> None:
        """Give up."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def clear(self) -> None:
        """Show nothing."""
        self.stop()
        self.found, self._change = [], None
        self.state.set_text("")
        self.sheet.set_sections(())

    def _on_live(self, seqs: array[int]) -> None:
        self._seqs = seqs
        self._next()

    def _next(self) -> None:
        batch = self._seqs[self._done : self._done + BATCH].tolist()
        if not batch:
            self._task = None
            self._show()
            self.ended.emit()
            return
        self._done += len(batch)
        self._task = self._hub.look(
            read_touched, batch, self._change, done=self._on_found, failed=self._on_refused, owner=self
        )

    def _on_refused(self, error: UserError) -> None:
        """A tariff file that is wrong: nothing can be priced, and that is said."""
        self._task = None
        self.state.set_text(_("影響する見積を調べられません。{why}").format(why=error.problems[0].what))
        self.ended.emit()

    def _on_found(self, found: list[Touched]) -> None:
        self.found += found
        if found and len(self.found) - len(found) < MOST_SHOWN:
            self._list()
        if self._done < len(self._seqs):
            self.state.set_text(
                _("影響する見積を調べています… {done}／{all}件").format(
                    done=f"{self._done:,}", all=f"{len(self._seqs):,}"
                )
            )
        self._next()

    def _show(self) -> None:
        from app.usecases.find_touched import touched_words

        said = touched_words(self.found)
        if len(self.found) > MOST_SHOWN:
            said += "\n" + _("はじめの{count}件を表示しています。").format(count=MOST_SHOWN)
        self.state.set_text(said)

    def _list(self) -> None:
        rows = touched_rows(self.found[:MOST_SHOWN], narrow=self._narrow)
        self.sheet.set_sections((SheetSection("", rows),))

    def _on_opened(self, quotation_id: str) -> None:
        self.opened.emit(quotation_id)
