"""What all papers of the family share, seen on every sample: where lines end, what the window of an envelope
shows, where the seal stands, how much is left in grey.
"""

from __future__ import annotations

import re
from contextlib import closing
from functools import cache
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw
import pytest

from reports import draw, style
from reports.sheet import Sheet
from tests.golden.papers.samples import SAMPLES
from tests.reports.reading import Piece, overlaps, pieces
from tests.reports.test_linebreak import BAD_ENDS, BAD_STARTS

WINDOW = (20.0, 12.0, 110.0, 57.0)  # 長形3号: 90 × 45 at 20 / 12, before the letter slips in its envelope
ALWAYS_SEEN = (20.0, 12.0, 110.0, 36.0)
STAY = {"work-order", "before-work", "visit-report", "visit-day", "kind-A", "kind-D"}
"""Papers that never go into an envelope."""
MAILED = [name for name in SAMPLES if name not in STAY]


@cache
def _drawn(name: str) -> tuple[bytes, tuple[str, ...]]:
    """The file, and every line of text as it was set."""
    lines: list[str] = []
    plain: Any = Sheet.text

    def text(sheet: Sheet, x: float, y: float, words: str, *rest: Any) -> None:
        lines.append(words.strip())
        plain(sheet, x, y, words, *rest)

    paper, images = SAMPLES[name]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sheet, "text", text)
        return draw(paper(), images()), tuple(line for line in lines if line)


def _pdf(name: str) -> bytes:
    return _drawn(name)[0]


@cache
def _pieces(name: str) -> list[Piece]:
    return pieces(_pdf(name))


@pytest.mark.parametrize("name", list(SAMPLES))
def test_no_line_begins_or_ends_where_it_must_not(name: str) -> None:
    lines = _drawn(name)[1]
    assert len(lines) > 30
    bad = [line for line in lines if line[0] in BAD_STARTS or line[-1] in BAD_ENDS]
    assert [line for line in bad if not re.search(r"別紙\d※$", line)] == []  # the name of that very note


@pytest.mark.parametrize("name", list(SAMPLES))
def test_nothing_overlaps_and_nothing_leaves_its_edges(name: str) -> None:
    found = _pieces(name)
    assert overlaps(found) == []
    assert [piece for piece in found if piece.left < 21.9 or piece.right > 192.1] == []
    assert [piece for piece in found if piece.bottom > 277.1 and piece.top < 282.9] == []


@pytest.mark.parametrize("name", MAILED)
def test_the_window_of_the_envelope_shows_the_addressee_and_nothing_else(name: str) -> None:
    addressee = SAMPLES[name][0]().addressee
    front = [piece for piece in _pieces(name) if not piece.page]
    left, top, right, bottom = WINDOW
    seen = "".join(piece.text.strip() for piece in front if piece.left < right and piece.top < bottom)
    parts = [addressee.postal, *addressee.address, addressee.name, addressee.last_line, addressee.honorific]
    assert _bare(seen) == _bare("".join(parts))
    for piece in front:
        if piece.left < right and piece.top < bottom:
            assert left <= piece.left
            assert top <= piece.top
    if len(addressee.name) <= 20:
        last = addressee.name[-2:]  # a rare character before it may stand in another font
        name_piece = next(piece for piece in front if last in piece.text and piece.top < bottom)
        assert _inside(name_piece, ALWAYS_SEEN)


def _bare(text: str) -> str:
    return "".join(text.split())


def _inside(piece: Piece, place: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = place
    return left <= piece.left and piece.right <= right and top <= piece.top and piece.bottom <= bottom


@pytest.mark.parametrize("name", ["quotation", "short-company", "forty-characters", "long-names", "one-line"])
def test_the_seal_stands_over_the_last_two_characters_of_the_name_only(name: str) -> None:
    company = SAMPLES[name][0]().issuer
    with closing(pypdfium2.PdfDocument(_pdf(name))) as document:
        page = document[0]
        *_logo, seal = page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))
        left, bottom, right, top = seal.get_bounds()
        textpage = page.get_textpage()
        whole = textpage.get_text_range()
        place = whole.index(company.name[-2:], whole.index(company.name[:4]))
        place = len(whole[:place].encode("utf-16-le")) // 2  # as the reader counts
        for index in (place, place + 1):
            box = textpage.get_charbox(index)
            assert left - 1 < (box[0] + box[2]) / 2 < right + 1
            assert bottom < (box[1] + box[3]) / 2 < top
        millimetre = 72 / 25.4
        beneath = [
            piece
            for piece in _pieces(name)
            if not piece.page and piece.top > 62.9 and piece.right > left / millimetre and piece.top < 80
        ]
        lowest = 297 - bottom / millimetre
        assert not [
            piece for piece in beneath if piece.top < lowest - 0.4 and piece.left < right / millimetre
        ]


@pytest.mark.parametrize(
    ("colour", "least"),
    [(style.INK, 12.0), (style.SUB, 4.5), (style.ACCENT, 4.5), (style.HAIR, 1.6)],
)
def test_colours_keep_their_contrast_in_grey(colour: style.Colour, least: float) -> None:
    grey = _luminance(tuple(sum(colour) / 3 for _channel in "RGB"))  # a printer's plainest grey
    assert min(1.05 / (grey + 0.05), 1.05 / (_luminance(colour) + 0.05)) > least
    assert 1.05 / (_luminance(style.TINT) + 0.05) < 1.2  # text on the tint reads as on white
    assert 1.05 / (_luminance(style.WATERMARK) + 0.05) < 1.2


def _luminance(colour: tuple[float, ...]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", list(SAMPLES))
def test_every_page_says_which_it_is_of_how_many(name: str) -> None:
    feet = [piece for piece in _pieces(name) if piece.top > 282.5 and piece.left > 150]
    assert [piece.text.strip() for piece in feet] == [
        f"{place} / {len(feet)}" for place in range(1, len(feet) + 1)
    ]
    assert len(feet) == 1 + max(piece.page for piece in _pieces(name))


@pytest.mark.parametrize("name", MAILED)
def test_folds_and_filing_holes_are_ticked(name: str) -> None:
    with closing(pypdfium2.PdfDocument(_pdf(name))) as document:
        for place, page in enumerate(document):
            marks = []
            for path in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_PATH,), max_depth=1):
                left, bottom, right, top = path.get_bounds()
                if right < 10 * 72 / 25.4:
                    marks.append(round(297 - (bottom + top) / 2 * 25.4 / 72, 1))
                    assert left > 4.5 * 72 / 25.4
            assert sorted(marks) == ([99.0, 148.5, 198.0] if not place else [148.5])


@pytest.mark.parametrize("name", ["quotation", "english", "eighty-lines", "work-order"])
def test_files_say_what_they_are_and_carry_only_the_glyphs_they_use(name: str) -> None:
    paper = SAMPLES[name][0]()
    reader = pypdf.PdfReader(BytesIO(_pdf(name)))
    assert reader.metadata is not None
    assert paper.title in str(reader.metadata.title)
    assert paper.number in str(reader.metadata.title)
    assert reader.metadata.author == paper.issuer.name
    assert reader.root_object["/Lang"] == {"ja": "ja-JP", "en": "en"}[paper.language]
    assert len(_pdf(name)) < 250_000
