"""The part of a sitting that goes everywhere: each place, the pages in it and the sheets over it, all opened
for the first time, for benchmarks.window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from benchmarks._watching import Heart

Met = Callable[[], object]
Script = Iterator[Met]

_REST = 0.3  # seconds in which nothing is waited for any more: timers that make things ready ring then
_SECTIONS = (
    "desk", "staff", "papers", "services", "technicians", "visit_times", "closed_days", "readings", "look",
    "data", "backups", "examination", "audit", "company",
)  # fmt: skip


def everywhere(window: Any, heart: Heart) -> Script:
    """Go to all places, one after the other, and through what opens from them."""
    for visit in (
        _home,
        _contracts,
        _contract,
        _months,
        _visits,
        _customers,
        _papers,
        _tariffs,
        _settings,
        _search,
    ):
        yield from visit(window, heart)


def at_rest(window: Any) -> Met:
    """Met when no work waits or runs, and has not for a moment."""
    since = [perf_counter()]

    def met() -> bool:
        if window.session.tasks.busy:
            since[0] = perf_counter()
        return perf_counter() - since[0] > _REST

    return met


def _act(window: Any, heart: Heart, during: str, act: Callable[[], object]) -> Script:
    heart.during = during
    act()
    yield at_rest(window)


def _press(widget: QWidget, key: Qt.Key = Qt.Key.Key_Return) -> None:
    QTest.keyClick(widget, key)


def _home(window: Any, heart: Heart) -> Script:
    yield from _act(window, heart, "going home", lambda: window.go("home"))


def _contracts(window: Any, heart: Heart) -> Script:
    yield from _act(window, heart, "going to contracts", lambda: window.go("contracts"))
    page = window.page("contracts").list
    yield lambda: page.model.rowCount() and page.model.record(0)
    yield from _act(window, heart, "scrolling contracts", lambda: _press(page.table, Qt.Key.Key_PageDown))
    yield from _act(
        window, heart, "contracts in another order", lambda: page.table.order_wanted.emit("customer")
    )


def _contract(window: Any, heart: Heart) -> Script:
    place = window.page("contracts")
    yield from _act(window, heart, "opening a contract", lambda: _press(place.list.table))
    yield lambda: place.contract is not None and place.contract.isVisible()
    tabs = place.contract.tabs
    for name in ("money", "application", "papers", "equipment", "files", "notes", "history", "months"):
        yield from _act(window, heart, f"the {name} of a contract", partial(tabs.go, name))
    yield from _act(window, heart, "back to contracts", place.show_list)
    yield from _act(window, heart, "opening a contract again", lambda: _press(place.list.table))
    yield from _act(window, heart, "a new contract", window.new_contract)
    yield from _act(window, heart, "deadlines", window.open_deadlines)
    yield from _act(window, heart, "bringing in a ledger", window.open_import)


def _months(window: Any, heart: Heart) -> Script:
    yield from _act(window, heart, "a month", window.open_month)


def _visits(window: Any, heart: Heart) -> Script:
    yield from _act(window, heart, "going to visits", lambda: window.go("visits"))
    place = window.page("visits")
    yield from _act(window, heart, "another week", lambda: place.week._on_step(1))
    facts = place.week.grid.facts
    found = [row.id for row in (*facts.rows, *facts.waiting)]
    yield from _act(window, heart, "opening a visit", lambda: window.open_visit(found[0]))
    yield from _act(window, heart, "the order of a visit", lambda: window.open_visit_order(found[0]))
    yield from _act(window, heart, "a new visit", window.new_visit)


def _customers(window: Any, heart: Heart) -> Script:
    yield from _act(window, heart, "going to customers", lambda: window.go("customers"))
    place = window.page("customers")
    yield lambda: place.list.model.rowCount() and place.list.model.record(0)
    yield from _act(window, heart, "opening a customer", lambda: _press(place.list.table))
    yield from _act(window, heart, "a new customer", window.new_customer)


def _papers(window: Any, heart: Heart) -> Script:
    yield from _act(window, heart, "going to papers", lambda: window.go("papers"))
    place = window.page("papers")
    yield lambda: place.list.model.rowCount() and place.list.model.record(0)
    yield from _act(window, heart, "opening a paper", lambda: _press(place.list.table))
    yield from _act(window, heart, "verifying papers", place.open_verify)
    yield from _act(window, heart, "papers to be approved", place.open_approvals)
    place.show_list()
    yield from _issuing(window, heart)


def _issuing(window: Any, heart: Heart) -> Script:
    """The sheet a paper is issued on, over a contract."""
    from ui.issuing.opening import open_issuing

    contract = window.page("contracts").list.model.record(0)
    opened: list[Any] = []
    yield from _act(
        window, heart, "the sheet for a paper",
        lambda: opened.append(open_issuing(window, window.session, "C", contract.row.id)),
    )  # fmt: skip
    yield from _act(window, heart, "leaving the sheet", opened[0].close)


def _tariffs(window: Any, heart: Heart) -> Script:
    yield from _act(window, heart, "going to tariffs", lambda: window.go("tariffs"))
    page = window.page("tariffs").page
    for tab in ("difference", "readings", "editions"):
        yield from _act(window, heart, f"the {tab} of a tariff", partial(page._on_tab, tab))
    for check in window.session.tariff_checks:
        yield from _act(window, heart, "another tariff", partial(window.open_tariffs, check.code))


def _settings(window: Any, heart: Heart) -> Script:
    yield from _act(window, heart, "going to settings", lambda: window.go("settings"))
    for name in _SECTIONS:
        yield from _act(window, heart, f"the settings of {name}", partial(window.open_settings, name))


def _search(window: Any, heart: Heart) -> Script:
    """The search over everything."""
    edit = window.top.search.edit
    edit.setFocus()
    for letter in "ao":
        yield from _act(window, heart, "searching everything", partial(QTest.keyClicks, edit, letter))
    edit.selectAll()
    yield from _act(window, heart, "searching no more", lambda: _press(edit, Qt.Key.Key_Delete))
