"""Pages as small grey pictures, and how far two of them differ."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

HERE: Final = Path(__file__).resolve().parent
DPI: Final = 60
SHADES: Final = 16  # of grey in a kept picture: enough for text of 7 pt, a third of the bytes
FAINTEST: Final = 20  # a difference of fewer shades of 256 is the renderer's, not ours
MOST: Final = 3  # pixels that may differ more after softening: where a new renderer sets an edge
REFRESH: Final = bool(os.environ.get("REFRESH_GOLDEN"))
"""Set it to keep the pages as they are drawn now; then look at every picture that changed."""


def pages_of(pdf: bytes) -> list[Image.Image]:
    """Every page of a file in grey."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in document]


def kept(name: str) -> list[Path]:
    """The pictures kept of a paper, page by page."""
    return sorted(HERE.glob(f"{name}.*.png"), key=lambda path: int(path.suffixes[0][1:]))


def keep(name: str, pages: list[Image.Image]) -> None:
    """Keep the pages as they look now; those that look as before are left alone."""
    for path in kept(name)[len(pages) :]:
        path.unlink()
    for place, page in enumerate(pages, start=1):
        path = HERE / f"{name}.{place}.png"
        if path.exists() and not differing(opened(path), page):
            continue
        _coarse(page).save(path, optimize=True, bits=4)


def _coarse(page: Image.Image) -> Image.Image:
    """A page in evenly spaced greys, so that none is off by more than half a step."""
    step = 255 / (SHADES - 1)
    coarse = page.point([round(shade / step) for shade in range(256)]).convert("P")
    coarse.putpalette([round(place * step) for place in range(SHADES) for _channel in "RGB"])
    return coarse


def opened(path: Path) -> Image.Image:
    """A kept picture in grey."""
    with Image.open(path) as picture:
        return picture.convert("L")


def differing(before: Image.Image, now: Image.Image) -> int:
    """How many pixels of two pages differ to the eye. Single edges set a little otherwise don't count."""
    if before.size != now.size:
        return before.width * before.height
    softened = [page.filter(ImageFilter.BoxBlur(1)) for page in (before, now)]
    histogram = ImageChops.difference(*softened).histogram()
    return sum(histogram[FAINTEST:])


def beside(before: Image.Image, now: Image.Image) -> Image.Image:
    """Kept, now, and what differs in red."""
    width, height = max(before.width, now.width), max(before.height, now.height)
    sheet = Image.new("RGB", (3 * width, height), "white")
    sheet.paste(before.convert("RGB"), (0, 0))
    sheet.paste(now.convert("RGB"), (width, 0))
    difference = ImageChops.difference(before, now.resize(before.size))
    red = Image.merge("RGB", [Image.new("L", before.size, 255), *[ImageChops.invert(difference)] * 2])
    sheet.paste(red, (2 * width, 0))
    return sheet
