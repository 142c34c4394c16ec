"""Typing, undo and redo on the content record."""

from __future__ import annotations

from msgspec.structs import replace

from app.quote.content import QuotationContent
from ui.quotes.draft import Draft


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def typed(draft: Draft, text: str, field: str = "title") -> None:
    draft.put(replace(draft.content, **{field: text}), field)


def test_typing_in_one_go_is_one_step_back() -> None:
    draft = Draft(QuotationContent(), Clock())
    for text in ("見", "見積", "見積書"):
        typed(draft, text)

    assert draft.undo() == "title"
    assert draft.content == QuotationContent()
    assert not draft.can_undo


def test_a_pause_or_another_field_begins_another_step() -> None:
    clock = Clock()
    draft = Draft(QuotationContent(), clock)
    typed(draft, "一")
    clock.seconds += 2
    typed(draft, "一二")
    typed(draft, "備", "remarks")

    assert draft.undo() == "remarks"
    draft.undo()
    assert draft.content.title == "一"
    draft.undo()
    assert draft.content.title == ""


def test_redo_does_it_again_until_something_else_is_typed() -> None:
    draft = Draft(QuotationContent(), Clock())
    typed(draft, "一")
    draft.undo()
    assert draft.redo() == "title"
    assert draft.content.title == "一"

    draft.undo()
    typed(draft, "二")
    assert not draft.can_redo
    draft.undo()
    assert draft.content.title == ""


def test_equal_content_is_no_change() -> None:
    draft = Draft(QuotationContent(title="一"), Clock())
    heard: list[object] = []
    draft.changed.connect(heard.append)

    typed(draft, "一")

    assert heard == []
    assert not draft.can_undo


def test_showing_is_not_editing() -> None:
    draft = Draft(QuotationContent(), Clock())

    def show(content: QuotationContent) -> None:
        typed(draft, content.title + "！")

    draft.changed.connect(show)
    typed(draft, "一")

    assert draft.content.title == "一"


def test_what_another_window_saved_has_no_way_back() -> None:
    draft = Draft(QuotationContent(), Clock())
    typed(draft, "一")

    draft.load(QuotationContent(title="二"))

    assert draft.content.title == "二"
    assert not draft.can_undo
