"""違い: two editions, or an edition and a file, held against each other in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.errors import UserError
from app.tariff.diff_words import edition_words
from app.usecases.desk import Desk
from app.words import _
from ui.operations.hub import Hub
from ui.tariffs.facts import ServiceFacts
from ui.tariffs.rows import change_columns, diff_sections, diff_words, state_words
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.field import Field
from ui.widgets.layout import row, rule
from ui.widgets.sheet import SheetArea
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.tariff.diff import EditionDiff
    from app.tariff.model import Edition


@dataclass(frozen=True)
class OtherFile:
    """An edition read from a file, only to be compared."""

    name: str
    edition: Edition


def read_other(_desk: Desk, path: Path) -> tuple[OtherFile, ...]:
    """On the database worker: the editions of a file, the newest first.

    Raises UserError with every problem of the file, EnvironmentProblem.
    """
    from app.tariff.editions import oldest_first
    from app.tariff.parse import read

    content, problems = read(path)
    if content is None:
        raise UserError(*(problem.as_problem() for problem in problems))
    return tuple(OtherFile(path.name, edition) for edition in reversed(oldest_first(content.editions)))


def read_difference(_desk: Desk, before: Edition, after: Edition) -> EditionDiff:
    """On the database worker: what differs."""
    from app.tariff.diff import compare_editions

    return compare_editions(before, after)


class DifferencePane(QWidget):
    """Two choices of editions; a file chosen here joins them until another service is shown."""

    refused = Signal(object)

    def __init__(self, hub: Hub) -> None:
        super().__init__()
        self._hub = hub
        self._service: ServiceFacts | None = None
        self._files: tuple[OtherFile, ...] = ()
        self._asked: tuple[str, str] = ("", "")
        self.before = Choice()
        self.after = Choice()
        self.file = Button(_("ファイルと比べる"), "folder-open")
        self.state = Label("", "panel", "text2", wrap=True)
        self.area = SheetArea(change_columns(), name=_("違い"))
        self._build()
        for choice in (self.before, self.after):
            choice.chosen.connect(self._on_chosen)
        self.file.clicked.connect(self._on_file)

    def _build(self) -> None:
        s = theme.size
        fields = row(Field(_("前の版"), self.before), Field(_("後の版"), self.after), gap="m")
        for place in (0, 1):
            fields.setStretch(place, 1)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addSpacing(theme.line("caption") + s.xs)
        beside.addWidget(self.file)
        beside.addStretch(1)
        fields.addLayout(beside)
        fields.setContentsMargins(s.l, s.m, s.l, s.s)
        said = row(self.state, pad=("l", ""))
        said.setContentsMargins(s.l, 0, s.l, s.s)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(fields)
        box.addLayout(said)
        box.addWidget(rule())
        box.addWidget(self.area, 1)

    # --- what it shows ---

    def show_service(self, service: ServiceFacts) -> None:
        """The editions of a service: the newest against the one before."""
        same = self._service is not None and self._service.code == service.code
        self._service = service
        if not same:
            self._files = ()
        kept = (self.before.value(), self.after.value()) if same else (None, None)
        self._offer()
        keys = [facts.key for facts in service.editions]
        if kept[0] in self._known() and kept[1] in self._known():
            self._choose(str(kept[0]), str(kept[1]))
        elif keys:
            self._choose(keys[min(1, len(keys) - 1)], keys[0])

    def compare_with_earlier(self, key: str) -> None:
        """An edition against the one before it."""
        assert self._service is not None
        keys = [facts.key for facts in self._service.editions]
        place = keys.index(key)
        self._choose(keys[min(place + 1, len(keys) - 1)], key)

    def compare_with_file(self, path: Path) -> None:
        """The newest edition with prices against what a file says."""
        self._hub.look(read_other, path, done=self._on_read, failed=self.refused.emit, owner=self)

    def _known(self) -> dict[str, Edition]:
        assert self._service is not None
        return {
            **{facts.key: facts.edition for facts in self._service.editions},
            **{f"file {place}": one.edition for place, one in enumerate(self._files)},
        }

    def _offer(self) -> None:
        assert self._service is not None
        options = [
            (facts.key, _("{edition}（{state}）").format(
                edition=edition_words(facts.edition), state=state_words(facts.state)
            ))
            for facts in self._service.editions
        ] + [
            (f"file {place}", _("ファイル {name}：{edition}").format(
                name=one.name, edition=edition_words(one.edition)
            ))
            for place, one in enumerate(self._files)
        ]  # fmt: skip
        self.before.set_options(options)
        self.after.set_options(options)

    def _choose(self, before: str, after: str) -> None:
        self.before.set_value(before)
        self.after.set_value(after)
        self._compare()

    def _compare(self) -> None:
        asked = (str(self.before.value()), str(self.after.value()))
        known = self._known()
        self._asked = asked
        if asked[0] == asked[1]:
            self.area.sheet.set_sections(())
            self.state.set_text(_("同じ版です。違う版を選んでください。"))
            return
        self._hub.look(read_difference, known[asked[0]], known[asked[1]], done=self._on_compared, owner=self)

    def _on_compared(self, diff: EditionDiff) -> None:
        known = self._known()
        if known.get(self._asked[0]) is not diff.before or known.get(self._asked[1]) is not diff.after:
            return  # others were chosen meanwhile
        self.state.set_text(diff_words(diff))
        self.area.sheet.set_sections(diff_sections(diff))

    def _on_chosen(self, _key: object) -> None:
        self._compare()

    def _on_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("比べる料金表を選ぶ"), "", "TOML (*.toml)")
        if name:
            self.compare_with_file(Path(name))

    def _on_read(self, files: tuple[OtherFile, ...]) -> None:
        assert self._service is not None
        self._files = files
        self._offer()
        first = self._service.first_shown
        self._choose(first.key if first is not None else "file 0", "file 0")
