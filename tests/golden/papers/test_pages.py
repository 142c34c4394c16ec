"""Every page looks as it was found good. ``REFRESH_GOLDEN=1 pytest tests/golden/papers`` keeps new looks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image, ImageDraw

from app.papers.model import Table
from reports import draw, stamp_copy
from tests.golden.papers.looking import (
    HERE,
    MOST,
    REFRESH,
    beside,
    differing,
    keep,
    kept,
    opened,
    pages_of,
)
from tests.golden.papers.samples import SAMPLES

NAMES = [*SAMPLES, "copy"]


@cache
def _pdf(name: str) -> bytes:
    if name == "copy":
        return stamp_copy(_pdf("one-line"))
    paper, images = SAMPLES[name]
    return draw(paper(), images())


@pytest.mark.parametrize("name", NAMES)
def test_the_page_looks_as_it_did(name: str, tmp_path: Path) -> None:
    now = pages_of(_pdf(name))
    if REFRESH:
        keep(name, now)
    paths = kept(name)
    wrong = [] if len(paths) == len(now) else [f"{len(paths)} pages are kept, {len(now)} are drawn"]
    for place, (path, page) in enumerate(zip(paths, now, strict=False), start=1):
        before = opened(path)
        count = differing(before, page)
        if count > MOST:
            shown = tmp_path / f"{name}.{place}.png"
            beside(before, page).save(shown)
            wrong.append(f"page {place}: {count} pixels differ, see {shown}")
    assert not wrong


def test_no_picture_is_kept_of_a_paper_that_is_gone_and_all_are_small() -> None:
    if REFRESH:
        pytest.skip("pictures are being kept")
    pictures = list(HERE.glob("*.png"))
    assert {path.name.split(".")[0] for path in pictures} == set(NAMES)
    assert sum(path.stat().st_size for path in pictures) < 1_500_000


@pytest.mark.parametrize("digits", ["209", "290", "299"])
def test_a_changed_digit_of_a_cell_is_seen(digits: str) -> None:
    paper, images = SAMPLES["one-line"]
    said = paper()
    table = said.sections[0]
    assert isinstance(table, Table)
    row = replace(table.rows[0], cells=(*table.rows[0].cells[:-1], int(digits)))
    changed = replace(said, sections=(replace(table, rows=(row,)), *said.sections[1:]))
    assert differing(opened(kept("one-line")[0]), pages_of(draw(changed, images()))[0]) > MOST


def test_a_moved_edge_is_not_seen_and_another_size_is() -> None:
    page = opened(kept("one-line")[0])
    touched = page.copy()
    ImageDraw.Draw(touched).line((60, 200, 60, 206), fill=215)
    assert differing(page, touched) == 0
    assert differing(page, Image.new("L", (3, 3))) > MOST
