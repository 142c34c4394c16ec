"""Tab goes as one reads. Qt orders widgets as they were made, which is wrong as soon as a card is added
later.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QPlainTextEdit, QScrollArea, QWidget

from ui.qt import Focus


def put_in_reading_order(*parts: QWidget) -> None:
    """Chain everything that Tab reaches in these parts, each part by its layouts from the top left on.

    A framed field hands the focus on to its edit and has to stand right before it in the chain. Qt moves
    such a pair
    as everything between the two, wherever they stand, so the hand-over is taken off while they are put
    in order; and
    it leaves alone what takes no focus.
    """
    stops = [widget for part in parts for widget in _stops(part)]
    handing = [
        (widget, proxy, widget.focusPolicy()) for widget in stops if (proxy := _handed_on(widget)) is not None
    ]
    for widget, _proxy, _policy in handing:
        widget.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes a null pointer here
        widget.setFocusPolicy(Focus.StrongFocus)
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
    for widget, proxy, policy in handing:
        widget.setFocusPolicy(policy)
        widget.setFocusProxy(proxy)


def _handed_on(widget: QWidget) -> QWidget | None:
    """The widget inside that takes the focus for this one."""
    proxy = widget.focusProxy()
    return proxy if proxy is not None and widget.isAncestorOf(proxy) else None


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """The widgets inside that Tab stops at; hidden ones too, since they may be shown later."""
    stops = bool(widget.focusPolicy() & Focus.TabFocus) or _handed_on(widget) is not None
    if isinstance(widget, QScrollArea):
        if stops:
            yield widget
        content = widget.widget()
        if content is not None:
            yield from _stops(content)
        return
    if stops or isinstance(widget, QPlainTextEdit | QAbstractScrollArea):
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _stops_of(layout)


def _stops_of(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield from _stops(widget)
        elif inner is not None:
            yield from _stops_of(inner)
