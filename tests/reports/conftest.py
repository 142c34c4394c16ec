"""Papers drawn once for all tests that only read them."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pytest

from app.papers.model import Images
from reports import draw
from tests.reports import papers


@cache
def image(kind: str = "PNG", size: tuple[int, int] = (60, 60), mode: str = "RGBA") -> bytes:
    """A picture file: a red frame on nothing."""
    from PIL import Image, ImageDraw

    drawn = Image.new("RGBA", size, (255, 255, 255, 0))
    ImageDraw.Draw(drawn).rectangle((2, 2, size[0] - 3, size[1] - 3), outline=(195, 54, 43, 255), width=3)
    stream = BytesIO()
    drawn.convert(mode).save(stream, kind)
    return stream.getvalue()


@pytest.fixture(scope="session")
def issued() -> bytes:
    """The ordinary quotation with seal and logo."""
    return draw(papers.quotation(), Images(image(), image()))


@pytest.fixture(scope="session")
def draft() -> bytes:
    """The same before it is issued; the images are offered all the same."""
    return draw(papers.draft(), Images(image(), image()))
