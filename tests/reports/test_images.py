"""Seals and logos: kept with their transparency, refused with a reason."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from PIL import Image

from app.errors import UserError
from app.papers.model import Images
from reports import check_image, draw
from reports.images import picture
from tests.reports import papers
from tests.reports.conftest import image


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "1"), ("JPEG", "RGB"), ("JPEG", "CMYK")],
)
def test_every_usual_kind_can_be_drawn(kind: str, mode: str) -> None:
    data = image(kind, (60, 40), mode)
    found = picture(data, "seal")
    assert (found.width, found.height) == (60, 40)
    assert len(zlib.decompress(found.colours)) == 60 * 40 * 3
    assert draw(papers.quotation(), Images(data, data)).startswith(b"%PDF")


def test_transparency_is_kept() -> None:
    opacity = zlib.decompress(picture(image(), "seal").opacity)
    assert set(opacity) == {0, 255}


def test_sixteen_bits_of_grey_keep_their_shades() -> None:
    grey = Image.new("I;16", (2, 1))
    grey.putpixel((0, 0), 0x8000)
    grey.putpixel((1, 0), 0xFFFF)
    stream = BytesIO()
    grey.save(stream, "PNG")
    assert zlib.decompress(picture(stream.getvalue(), "logo").colours) == b"\x80\x80\x80\xff\xff\xff"


def test_a_large_picture_is_made_smaller() -> None:
    found = picture(image("PNG", (3000, 1500)), "logo")
    assert (found.width, found.height) == (600, 300)


def test_a_picture_taken_sideways_stands_upright() -> None:
    stream = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (80, 20)).save(stream, "JPEG", exif=exif)
    found = picture(stream.getvalue(), "logo")
    assert (found.width, found.height) == (20, 80)


@pytest.mark.parametrize(
    "data",
    [b"x", image()[:60], image()[: len(image()) // 2], b"<svg/>", image("JPEG", (60, 60), "RGB")[:200]],
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        check_image(data, "seal")
    assert caught.value.code == "image-unreadable"
    assert caught.value.problems[0].field == "seal"


@pytest.mark.parametrize("size", [(6000, 6000), (12_000, 12_000), (16_000, 16_000)])
def test_a_picture_of_too_many_pixels_is_refused_unopened(size: tuple[int, int]) -> None:
    with pytest.raises(UserError) as caught:
        check_image(_claiming(size), "logo")
    assert caught.value.code == "image-too-large"


def _claiming(size: tuple[int, int]) -> bytes:
    """A small PNG whose head claims to be huge."""
    whole = bytearray(image())
    whole[16:24] = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")
    whole[29:33] = zlib.crc32(whole[12:29]).to_bytes(4, "big")
    return bytes(whole)


def test_a_file_of_too_many_bytes_is_refused_unopened() -> None:
    with pytest.raises(UserError) as caught:
        check_image(bytes(10_000_001), "logo")
    assert caught.value.code == "image-too-large"


def test_a_bad_seal_is_told_when_the_paper_is_drawn() -> None:
    with pytest.raises(UserError):
        draw(papers.quotation(), Images(seal=b"not a picture"))
