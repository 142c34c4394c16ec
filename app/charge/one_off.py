"""What is charged once: with the start, and for every unit that is added later."""

from __future__ import annotations

from collections.abc import Iterator

from app.charge.lines import Line
from app.charge.prices import Ordered, full_lines
from app.charge.view import View
from app.contract.history import State


def one_off_lines(view: View) -> list[Line]:
    """The one-off lines of the month, those of the start first."""
    made: list[Line] = []
    if view.first <= view.started:
        made += view.price(view.history.states[0], view.started).one_off
    for before, after in view.changes():
        made += _added(view, before, after)
    return made


def _added(view: View, before: State, after: State) -> Iterator[Line]:
    priced = view.price(after, after.on)
    for line in priced.one_off:
        item = priced.edition.item(line.item)
        assert item is not None
        more = after.items.get(item.per_item, 0) - before.items.get(item.per_item, 0)
        if more <= 0:
            continue
        ordered = Ordered(view.timeline.service, priced.edition, {item.per_item: more}, {}, view.agreed)
        yield from (found for found in full_lines(ordered, "one-off") if found.item == line.item)
