"""The papers of visits as files: what can be read and copied, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

import pypdfium2
import pypdfium2.raw
import pytest
from msgspec.structs import replace

from app.papers.model import Halves, Images, Paper, SignatureBox, Stack, Strong, Table
from app.papers.quotation import IssueMark
from app.papers.visit_before import before_work
from app.papers.visit_day import DayVisit, run_sheet
from app.papers.visit_order import work_order
from app.papers.visit_report import visit_report
from app.visit.order import Technician
from reports import draw
from tests import visit_samples as samples
from tests.reports.conftest import image
from tests.reports.reading import overlaps, pieces, texts, whole_text
from tests.shipped import catalogue
from tests.visit_any import any_visit

W = IssueMark("W-A1-2612-0056", 1, date(2026, 12, 8))
R = IssueMark("R-A1-2612-0056", 1, date(2026, 12, 11))


def _day() -> Paper:
    crew, visits = samples.a_day()
    return run_sheet(samples.DAY, crew, visits, samples.SETTINGS, catalogue())


MAKERS: dict[str, Callable[[], Paper]] = {
    "order": lambda: work_order(samples.facts(), W),
    "order-one": lambda: work_order(samples.one_device(), W),
    "order-many": lambda: work_order(samples.many_devices(), W),
    "before": lambda: before_work(samples.facts(), W),
    "before-signed": lambda: before_work(samples.facts(events=samples.done_events()), W),
    "before-one": lambda: before_work(samples.one_device(), W),
    "before-many": lambda: before_work(samples.many_devices(), W),
    "report": lambda: visit_report(samples.facts(events=samples.done_events()), R),
    "report-one": lambda: visit_report(samples.as_reported(samples.one_device()), R),
    "report-many": lambda: visit_report(samples.as_reported(samples.many_devices()), R),
    "day": _day,
}


@cache
def paper(name: str) -> Paper:
    return MAKERS[name]()


@cache
def drawn(name: str) -> bytes:
    return draw(paper(name), Images(image(), image()))


def printed(paper: Paper) -> list[str]:
    """Every cell and figure of a paper's tables as it is printed."""
    found: list[object] = [fact.amount for fact in paper.headline.facts]
    sections = [
        side
        for one in paper.sections
        for side in ((one.left, one.right) if isinstance(one, Halves) else (one,))
    ]
    for table in sections:
        for row in table.rows if isinstance(table, Table) else ():
            for cell in row.cells:
                found += [cell.text, *cell.under] if isinstance(cell, Stack) else [cell]
    said = [one.text if isinstance(one, Strong) else one for one in found]
    return [f"{one:,}" if isinstance(one, int) else one for one in said if isinstance(one, int | str)]


def bare(text: str) -> str:
    """Text without spaces, as copying may set them differently."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", MAKERS)
def test_everything_that_is_said_can_be_copied(name: str) -> None:
    copied = bare(whole_text(drawn(name)))
    missing = [one for one in printed(paper(name)) if bare(one) not in copied]
    assert missing == []


@pytest.mark.parametrize("name", MAKERS)
def test_nothing_overlaps_and_nothing_leaves_the_page(name: str) -> None:
    found = pieces(drawn(name))
    assert overlaps(found) == []
    assert [one for one in found if one.left < 21.9 or one.right > 192.1] == []
    assert [one for one in found if one.bottom > 277.1 and one.top < 282.9] == []


@pytest.mark.parametrize("name", ["order-many", "before-many", "report-many"])
def test_long_tables_repeat_their_head_and_no_page_opens_with_a_total(name: str) -> None:
    pages = texts(drawn(name))
    assert len(pages) > 2
    assert all("次のページにつづく" in page for page in pages[:2])
    assert all("機器" in page for page in pages[:3])
    first = [min((one for one in pieces(drawn(name)) if one.page == number and one.top > 36),
                 key=lambda one: one.top).text for number in range(1, len(pages))]  # fmt: skip
    assert not [text for text in first if text.startswith(("合計", "税込", "10％対象"))]


@pytest.mark.parametrize("name", ["order", "order-one", "before-one", "report", "report-one"])
def test_ordinary_visits_fit_on_one_page(name: str) -> None:
    assert len(texts(drawn(name))) == 1


@pytest.mark.parametrize("seed", range(6))
def test_whatever_comes_together_stays_apart_on_the_page(seed: int) -> None:
    facts = any_visit(seed)
    crew = [Technician(id=one, version=1, fields=fields) for one, fields in facts.technicians.items()]
    of_day = [DayVisit(facts.visit, facts.customer)]
    for made in (
        work_order(facts, W),
        before_work(facts, None),
        visit_report(samples.as_reported(facts), R),
        run_sheet(samples.DAY, crew, of_day, samples.SETTINGS, catalogue()),
    ):
        pdf = draw(made, Images())
        found = pieces(pdf)
        assert overlaps(found) == []
        assert [one for one in found if one.left < 21.9 or one.right > 192.1] == []
        copied = bare(whole_text(pdf))
        assert [one for one in printed(made) if bare(one) not in copied] == []


def test_rare_characters_are_copied_as_written() -> None:
    copied = whole_text(drawn("order-many"))
    assert all(one in copied for one in "𠮷髙﨑㈱")


def test_the_price_is_that_of_the_visit_to_the_yen() -> None:
    facts = samples.facts(events=samples.done_events())
    copied = whole_text(drawn("report"))
    bill = facts.priced.bill
    for amount in (bill.net, bill.tax, bill.total, *(line.amount for line in facts.priced.lines)):
        assert f"{amount:,}" in copied
    assert "本書は請求書ではありません。" in copied


def test_each_technician_has_a_page() -> None:
    pages = texts(drawn("day"))
    crew, _visits = samples.a_day()
    assert len(pages) == len(crew)
    for technician, page in zip(crew, pages, strict=True):
        assert bare(technician.fields.name) in bare(page)
        assert "つづき" not in page


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert draw(paper("report"), Images(image(), image())) == drawn("report")


def test_papers_come_out_without_logo_and_seal() -> None:
    plain = whole_text(draw(paper("report"), Images()))
    assert bare(plain) == bare(whole_text(drawn("report")))


# --- the signature -----------------------------------------------------------------------------------------


def lines_of(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Bounds (mm from the top left) of the paths on the first page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        height = page.get_height()
        found = []
        for piece in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_PATH,)):
            left, bottom, right, top = piece.get_bounds()
            found.append(tuple(edge * 25.4 / 72 for edge in (left, height - top, right, height - bottom)))
        return found  # type: ignore[return-value]
    finally:
        document.close()


def signed_with(strokes: tuple[tuple[tuple[int, int], ...], ...]) -> Paper:
    report = paper("report")
    assert isinstance(report.foot, SignatureBox)
    return replace(report, foot=replace(report.foot, strokes=strokes))


@pytest.mark.parametrize(
    "strokes",
    [
        samples.strokes(),
        (((0, 0), (40_000, 30_000)),),  # a huge pad
        (((500, 500),),),  # a dot
        (((0, 0), (9_000, 0)),),  # a level line
        (((-4_000, -4_000), (0, 0)), ()),  # beyond the pad, and an empty stroke
    ],
)
def test_the_strokes_stand_in_their_box_above_the_line(
    strokes: tuple[tuple[tuple[int, int], ...], ...],
) -> None:
    plain, signed = draw(signed_with(()), Images()), draw(signed_with(strokes), Images())
    before, after = lines_of(plain), lines_of(signed)
    ((left, top, right, bottom),) = [one for one in after if one not in before]
    assert 112 <= left <= right <= 189
    assert 242 < top <= bottom < 261.8
    assert whole_text(plain) == whole_text(signed)


def test_small_signatures_keep_their_size() -> None:
    plain, signed = draw(signed_with(()), Images()), draw(signed_with((((0, 0), (3_000, 1_000)),)), Images())
    ((left, _top, right, _bottom),) = [one for one in lines_of(signed) if one not in lines_of(plain)]
    assert right - left == pytest.approx(30, abs=1)  # and the width of the pen
