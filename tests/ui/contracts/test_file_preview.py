"""Files of other people as they are shown beside a contract."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.contract.attachments import media_type_of
from app.contract.beside import Attachment
from tests.faults import traps
from ui.contracts.beside.file_preview import Picture, picture_of_file


def _shown(data: bytes) -> Picture:
    one = Attachment(
        id="1", subject="contract", subject_id="1", name="x", media_type=media_type_of(data), size=len(data),
        sha256="", at=datetime(2026, 11, 20, tzinfo=UTC), staff="",
    )  # fmt: skip
    return picture_of_file(one, data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_picture_is_shown_and_its_reader_put_away(kind: str) -> None:
    for _again in range(3):  # a TIFF put away after its buffer ends the whole program
        assert _shown(traps.image(kind)).image.width() == 24


def test_a_page_of_any_size_is_drawn_small() -> None:
    shown = _shown(traps.pdf("20000 10000"))
    assert (shown.image.width(), shown.image.height(), shown.pages) == (1600, 800, 1)
