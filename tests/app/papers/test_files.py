"""Names of files, and what the frame of a picture tells."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.papers.file_names import LONGEST, paper_file_name, safe_part
from app.papers.image_facts import JPEG, PNG, image_facts
from app.places import resources

_REFUSED = set('\\/:*?"<>|') | {chr(one) for one in range(32)}


def test_a_paper_is_found_by_its_number() -> None:
    name = paper_file_name("請求書", "B-HM1-2611-0012", 2, "髙橋精工株式会社")
    assert name == "B-HM1-2611-0012-2_請求書_髙橋精工株式会社.pdf"
    assert paper_file_name("", "", 0, " .. ") == "paper.pdf"


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_no_file_system_refuses_a_name(text: str) -> None:
    part = safe_part(text)
    assert len(part) <= LONGEST
    assert not _REFUSED & set(part)
    assert part == part.strip(" .")


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")


def test_a_picture_tells_its_size_and_whether_it_is_whole() -> None:
    seal = (resources("demo") / "seal.png").read_bytes()
    facts = image_facts(seal)
    assert facts is not None
    assert facts.whole
    assert facts.square
    cut = image_facts(seal[:-20])
    flipped = image_facts(seal[:300] + bytes([seal[300] ^ 1]) + seal[301:])
    assert cut is not None
    assert not cut.whole
    assert flipped is not None
    assert not flipped.whole
    narrow = image_facts(_png(300, 100))
    assert narrow is not None
    assert (narrow.width, narrow.height, narrow.whole, narrow.square) == (300, 100, True, False)


@pytest.mark.parametrize("head", [PNG, JPEG, b""])
def test_no_bytes_break_the_reader(head: bytes) -> None:
    @settings(max_examples=40)
    @given(st.binary(max_size=120))
    def read(rest: bytes) -> None:
        facts = image_facts(head + rest)
        assert facts is None or facts.width > 0

    read()


def test_a_jpeg_without_its_end_is_not_whole() -> None:
    frame = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x01\x11\x00"
    whole, cut = image_facts(frame + b"\xff\xd9"), image_facts(frame)
    assert whole is not None
    assert (whole.width, whole.height, whole.whole) == (32, 16, True)
    assert cut is not None
    assert not cut.whole
