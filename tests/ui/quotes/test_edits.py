"""Content to content: what belongs together stays together."""

from __future__ import annotations

from datetime import date

from app.quote.content import HandLine, QuotationContent, ServiceEntry, VisitEntry
from ui.quotes import edits

TWO = QuotationContent(
    services=(ServiceEntry(service="a", items={"x": 1}), ServiceEntry(service="b")),
    visits=(
        VisitEntry(service="a", for_service=0),
        VisitEntry(service="b", for_service=1, on=date(2026, 12, 1)),
        VisitEntry(service="c"),
    ),
)


def test_removing_a_service_takes_its_visits_and_keeps_the_others_pointing_at_theirs() -> None:
    left = edits.remove_service(TWO, 0)

    assert [service.service for service in left.services] == ["b"]
    assert [(visit.service, visit.for_service) for visit in left.visits] == [("b", 0), ("c", None)]


def test_a_copy_of_a_service_stands_behind_it() -> None:
    more = edits.duplicate_service(TWO, 0)

    assert [service.service for service in more.services] == ["a", "a", "b"]
    assert [visit.for_service for visit in more.visits] == [0, 2, None]


def test_another_service_drops_the_quantities_of_the_old_price_list() -> None:
    changed = edits.choose_service(TWO, 0, "z")

    assert changed.services[0] == ServiceEntry(service="z")
    assert changed.visits[0].service == "z"
    assert changed.visits[1].service == "b"


def test_an_empty_quantity_is_not_written_down() -> None:
    entry = ServiceEntry(service="a", items={"x": 1, "y": 2})

    assert edits.with_item(entry, "x", None) == {"y": 2}
    assert edits.with_item(entry, "x", 0) == {"x": 0, "y": 2}
    assert entry.items == {"x": 1, "y": 2}


def test_an_option_at_its_default_is_not_written_down() -> None:
    entry = ServiceEntry(service="a", options={"h24": False})

    assert edits.with_option(entry, "h24", True, default=True) == {}
    assert edits.with_option(entry, "other", 3, default=0) == {"h24": False, "other": 3}


def test_the_copy_of_a_visit_has_its_day_still_to_be_chosen() -> None:
    more = edits.duplicate_visit(TWO, 1)

    assert [visit.on for visit in more.visits] == [None, date(2026, 12, 1), None, None]
    assert more.visits[2].for_service == 1


def test_work_keeps_the_order_of_the_price_list() -> None:
    order = {"recovery": 0, "printer": 1, "move": 2}

    assert edits.toggled(("move",), "recovery", order) == ("recovery", "move")
    assert edits.toggled(("recovery", "move"), "move", order) == ("recovery",)


def test_hand_lines_change_in_their_place() -> None:
    content = QuotationContent(hand_lines=(HandLine(name="一"), HandLine(name="二")))

    assert [line.name for line in edits.with_hand_line(content, 0, name="三").hand_lines] == ["三", "二"]
    assert [line.name for line in edits.remove_hand_line(content, 0).hand_lines] == ["二"]
