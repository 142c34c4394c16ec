"""控: copies are marked, originals stay what they are."""

from __future__ import annotations

import re
from io import BytesIO

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from app.errors import EnvironmentProblem
from app.papers.model import Images
from reports import draw, stamp_copy
from tests.reports import papers
from tests.reports.reading import texts


@pytest.fixture(scope="module")
def original() -> bytes:
    return draw(papers.long_quotation(3, 12), Images())


@pytest.fixture(scope="module")
def copied(original: bytes) -> bytes:
    return stamp_copy(original)


def test_the_original_stands_unchanged_at_the_beginning(original: bytes, copied: bytes) -> None:
    assert copied.startswith(original)
    assert len(copied) - len(original) < 4_000
    assert copied == stamp_copy(original)
    assert copied == draw(papers.long_quotation(3, 12), Images(), copy=True)


def test_a_copy_reads_as_its_original(original: bytes, copied: bytes) -> None:
    assert texts(copied) == texts(original)
    before, after = (pypdf.PdfReader(BytesIO(pdf), strict=True) for pdf in (original, copied))
    assert after.metadata == before.metadata
    first, second = (re.findall(rb"/ID\[<(\w+)><(\w+)>\]", pdf)[-1] for pdf in (original, copied))
    assert (first[0] == second[0], first[1] == second[1]) == (True, False)


def _shades(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=1, grayscale=True).to_pil() for page in document]
    document.close()
    return pages


def test_every_page_shows_the_mark_and_nothing_else_new(original: bytes, copied: bytes) -> None:
    first, second = _shades(original), _shades(copied)
    assert len(first) == len(second) >= 3
    millimetre = 72 / 25.4
    for old, new in zip(first, second, strict=True):
        changed = ImageChops.difference(old, new).getbbox()
        assert changed
        left, top, right, bottom = (side / millimetre for side in changed)
        assert 180 < left < right < 192.8
        assert 4.4 < top < bottom < 11.3  # the QR code and its white begin at 11.25
        assert new.crop((int(left * millimetre), int(top * millimetre), 546, 32)).getextrema()[0] < 90


def test_other_words_take_the_room_they_need(original: bytes) -> None:
    assert stamp_copy(original, "控  2026年11月25日 再印刷") != stamp_copy(original)
    assert texts(stamp_copy(original, "控😀\n")) == texts(original)


@pytest.mark.parametrize("cut", [0, 9, -1, -40])
def test_a_file_that_is_not_ours_or_not_whole_is_refused(original: bytes, cut: int) -> None:
    for pdf in (original[:cut], re.sub(rb"/Type/Pages", b"/Type/Pigs!", original), b"%PDF-1.4 somebody's"):
        with pytest.raises(EnvironmentProblem) as caught:
            stamp_copy(pdf)
        assert caught.value.code == "paper-unreadable"
