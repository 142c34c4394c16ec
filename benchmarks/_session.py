"""A sitting at the real window, worked by itself, for benchmarks.window: prints what was measured as JSON.

python -m benchmarks._session DATA
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from statistics import median
from time import perf_counter, thread_time
from typing import Any

import msgspec

import ui  # noqa: F401 - before all of Qt, as in the program: it keeps PySide from reading sources

# isort: split
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from benchmarks._places import everywhere
from benchmarks._watching import Heart, memory

Met = Callable[[], object]
Script = Iterator[Met]

_STEP_MS = 2
_PATIENCE = 30.0
_MOST_MS = 3_000
_TYPING_MS = 80  # between two keys of somebody who types fast
_REST_MS = 2_500  # what was freed is given back when nothing goes on
_KEYS = 60
_PAGES = 24
_SCROLLS = 80
_TOLD = 60
_WORDS = ("青", "青葉", "青葉野", "078", "Q-HM1-2603", "神戸市", "せいみつ")


def _differs(foot: Any, before: str) -> bool:
    """Whether another total stands there than before."""
    return bool(foot.total != before)


class NextPicture(QObject):
    """Runs the event loop until a widget was painted, all of that picture included."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.computed: list[float] = []
        self._loop = QEventLoop()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_MOST_MS)
        self._patience.timeout.connect(self._loop.quit)
        self._widgets = widgets

    def after(self, act: Callable[[], object], met: Met = lambda: True) -> float:
        """Seconds from the start of ``act`` to the end of the first picture that comes when ``met`` holds."""
        self._met = met
        for widget in self._widgets:
            widget.installEventFilter(self)
        start, computed = perf_counter(), thread_time()
        act()
        self._patience.start()
        self._loop.exec()
        self._patience.stop()
        seconds = perf_counter() - start
        self.computed.append(thread_time() - computed)
        for widget in self._widgets:
            widget.removeEventFilter(self)
        return seconds

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._met():
            QTimer.singleShot(0, self._quit)
        return False

    def _quit(self) -> None:
        self._loop.quit()


class Sitting(QObject):
    """Goes through the script: makes a step as soon as what the one before waits for is met."""

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[str, Any] = {}
        self.heart = Heart()
        self._script: Script = iter(())
        self._met: Met = _window
        self._since = perf_counter()
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        """Begin when the event loop runs."""
        self._script = self._whole()
        self.heart.start()
        self._timer.start()

    def _step(self) -> None:
        if not self._met():
            if perf_counter() - self._since > _PATIENCE:
                sys.stderr.write(f"waited too long: {self.heart.during}\n")
                os._exit(3)
            return
        self._timer.stop()
        try:
            self._met = next(self._script)
        except StopIteration:
            self._end()
            return
        except Exception:  # it would only be logged, and the measurement never end
            traceback.print_exc()
            os._exit(3)
        self._since = perf_counter()
        self._timer.start()

    def _end(self) -> None:
        self.told["stops"] = [asdict(stop) for stop in self.heart.worst(_TOLD)]
        sys.stdout.write(json.dumps(self.told))
        QApplication.quit()

    def _whole(self) -> Script:
        window = _window()
        window.activateWindow()  # where no window manager does it
        yield window.isActiveWindow
        yield from self._list(window)
        yield from self._editor(window)
        yield from self._elsewhere(window)
        yield _pause(_REST_MS)
        self.told["memory"] = memory()
        yield from everywhere(window, self.heart)
        yield from self._looks("everywhere")
        yield _pause(_REST_MS)
        self.told["memory_everywhere"] = memory()

    # --- the list ---

    def _list(self, window: Any) -> Script:
        place = window.page("quotes")
        window.go("quotes")  # the window may have begun elsewhere
        table, model = place.list.table, place.list.model
        self.heart.during = "first rows"
        yield lambda: model.rowCount() and model.record(0)
        yield lambda: window.session.tariff_checks
        yield _pause(300)
        self.heart.during = "scrolling"
        frames = []
        for key in [Qt.Key.Key_PageDown] * _SCROLLS + [Qt.Key.Key_End, Qt.Key.Key_Home]:
            frames.append(NextPicture(table.viewport()).after(_pressing(table, key)))
            yield _pause(16)
        yield lambda: model.record(table.currentIndex().row())
        self.told["scroll"] = median(frames)
        self.told["scroll_worst"] = max(frames)
        self.heart.during = "searching"
        found = []
        edit = place.list.frame.search.edit
        for words in _WORDS:
            edit.selectAll()
            QTest.keyClick(edit, Qt.Key.Key_Delete)
            yield _pause(400)
            start = perf_counter()
            done: list[int] = []
            model.found.connect(done.append)
            _commit(edit, words)
            yield lambda done=done: done and (not done[-1] or model.record(0))  # type: ignore[misc]
            found.append(perf_counter() - start)
            model.found.disconnect(done.append)
        self.told["search_worst"] = max(found)
        edit.selectAll()
        QTest.keyClick(edit, Qt.Key.Key_Delete)
        yield _pause(500)
        self.heart.during = "sorting"
        for name in ("total", "customer", "updated_at"):
            table.order_wanted.emit(name)
            yield _pause(400)

    # --- the editor ---

    def _editor(self, window: Any) -> Script:
        from app.quote.content import VisitEntry, WorkEntry
        from ui.quotes import edits

        self.heart.during = "opening a new quotation"
        window.new_quotation()
        page = window.page("quotes").editor
        yield lambda: page.editor is not None and page.editor.isVisible()
        editor = page.editor
        yield _pause(300)
        self.heart.during = "finding a customer"
        for letter in "青葉":
            _commit(QApplication.focusWidget(), letter)
            yield _pause(_TYPING_MS)
        yield _pause(400)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        yield lambda: editor.draft.content.customer_id
        self.heart.during = "adding a service"
        editor.content.add_service("dokodemo-prime")
        yield _pause(200)
        self.heart.during = "adding a visit"
        content = editor.draft.content
        day = window.session.today + timedelta(days=20)
        day += timedelta(days=(1 - day.weekday()) % 7)  # a Tuesday
        entry = msgspec.structs.replace(content.services[0], start=day, items={"id": 15})
        content = msgspec.structs.replace(content, services=(entry,))
        work = (
            WorkEntry(devices=3, menu=("os-recovery",)),
            WorkEntry(devices=7, menu=("data-migration",), migrate_gb="50"),
        )
        visit = VisitEntry(service="dokodemo-prime", for_service=0, on=day + timedelta(days=1), work=work)
        editor.draft.put(edits.add_visit(content, visit), "visits")
        yield _pause(500)
        yield from self._keys(editor)
        self.heart.during = "issuing"
        editor.issue()
        yield lambda: editor.paper.preview.shows_issued or editor.board.problems
        if not editor.paper.preview.shows_issued:
            raise RuntimeError(f"not issued: {editor.board.problems}")
        yield _pause(300)

    def _keys(self, editor: Any) -> Script:
        quantity = next(
            one for one in editor.content.findChildren(QLineEdit) if one.text() == "15" and one.isVisible()
        )
        quantity.setFocus()
        quantity.deselect()
        quantity.end(False)
        yield _pause(400)
        foot = editor.prices.foot
        prices = NextPicture(*[one for one in foot.findChildren(QWidget) if one.isVisible()])
        self.heart.during = "typing quickly"
        taken = []
        for place in range(_KEYS):
            before = foot.total
            shown = partial(_differs, foot, before)
            taken.append(prices.after(_typing(quantity, place), shown))
            yield _pause(_TYPING_MS)
        self.told["price"], self.told["price_worst"] = median(taken), sorted(taken)[-_KEYS // 20]
        self.told["price_computing"] = median(prices.computed)
        yield _pause(500)
        self.heart.during = "typing slowly"
        pages = NextPicture(editor.paper.view.widget())
        preview, taken = editor.paper.preview, []
        _note_what_is_drawn()
        for place in range(_PAGES):
            before = preview.pdf
            taken.append(
                pages.after(_typing(quantity, place), lambda before=before: preview.pdf is not before)
            )  # type: ignore[misc]
            yield _pause(150)
        self.told["page"], self.told["page_worst"] = median(taken), max(taken)
        self.heart.during = "the floors"
        self.told["price_floor"] = _bare_label()
        yield _pause(50)
        self.told["page_floor"] = _bare_page(editor.paper.view.pixels_per_point())
        yield _pause(50)
        self.heart.stops = [stop for stop in self.heart.stops if stop.during != "the floors"]

    # --- the rest ---

    def _elsewhere(self, window: Any) -> Script:
        for code in ("customers", "settings", "quotes"):
            self.heart.during = f"going to {code}"
            window.go(code)
            yield _pause(500)
        yield from self._looks("after quoting")
        self.heart.during = "opening a stored quotation"
        place = window.page("quotes")
        place.show_list()
        yield _pause(300)
        QTest.keyClick(place.list.table, Qt.Key.Key_Return)
        yield _pause(1000)

    def _looks(self, when: str) -> Script:
        from ui.theme import theme

        for look in ("dark", "light"):
            self.heart.during = f"becoming {look} {when}"
            theme.set_look(look)
            yield _pause(400)


def _window() -> Any:
    found = [one for one in QApplication.topLevelWidgets() if type(one).__name__ == "MainWindow"]
    return found[0] if found and found[0].isVisible() else None


def _pause(milliseconds: int) -> Met:
    end = perf_counter() + milliseconds / 1000
    return lambda: perf_counter() >= end


def _commit(widget: QWidget, text: str) -> None:
    """Type as an input method does, which also writes kanji."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def _pressing(widget: QWidget, key: Qt.Key) -> Callable[[], object]:
    return lambda: QTest.keyClick(widget, key)


def _typing(edit: QLineEdit, place: int) -> Callable[[], object]:
    """Now a digit, now its deletion: 15, 150, 15, …"""
    key = Qt.Key.Key_Backspace if place % 2 else Qt.Key.Key_0
    return _pressing(edit, key)


def _bare_label() -> float:
    """The floor of a key: a line edit that a label follows, and nothing else."""
    window = QWidget()
    edit, label = QLineEdit("15"), QLabel("15")
    edit.textEdited.connect(label.setText)
    box = QVBoxLayout(window)
    box.addWidget(edit)
    box.addWidget(label)
    window.show()
    QTest.qWaitForWindowExposed(window)
    picture = NextPicture(label)
    taken = [picture.after(_typing(edit, place)) for place in range(_KEYS)]
    window.close()
    return median(taken)


def _bare_page(scale: float) -> float:
    """The floor of a page: the paper that was drawn last, drawn and pictured, and nothing else."""
    import reports
    from ui.quotes.sheets import draw_sheet

    taken = []
    for _turn in range(_PAGES):
        start = perf_counter()
        draw_sheet(reports.draw(*_drawn), 0, scale).image()
        taken.append(perf_counter() - start)
    return median(taken)


_drawn: tuple[Any, ...] = ()


def _note_what_is_drawn() -> None:
    """Remember the last paper that was drawn: the floor of a page is drawn from it."""
    import reports

    draw = reports.draw

    def noting(*paper_and_images: Any) -> bytes:
        global _drawn  # noqa: PLW0603 - asked for once, at the end of the measurement
        _drawn = paper_and_images
        return draw(*paper_and_images)

    reports.draw = noting


if __name__ == "__main__":
    sitting = Sitting()
    run = QApplication.exec

    def _run(*_self: object) -> int:
        sitting.start()
        return run()

    QApplication.exec = _run  # type: ignore[method-assign, assignment]
    sys.argv = ["main.py", "--data", sys.argv[1]]
    runpy.run_path("main.py", run_name="__main__")
