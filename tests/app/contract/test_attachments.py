"""What a file is, and how large it may be."""

from __future__ import annotations

import pytest

from app.contract.attachments import MOST_BYTES, check_file, media_type_of, size_words
from app.errors import UserError
from app.usecases.keep_beside import file_name

STARTS = {
    b"%PDF-1.7\n": "application/pdf",
    b"\xef\xbb\xbf\r\n%PDF-1.4": "application/pdf",
    b"\xff\xd8\xff\xe0": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"\x00\x00\x00\x18ftypheic": "image/heic",
    b"\x00\x00\x00\x18ftypmif1": "image/heic",
    b"RIFF\x00\x00\x00\x00WEBPVP8 ": "image/webp",
    b"GIF89a": "image/gif",
}


@pytest.mark.parametrize("start", STARTS)
def test_a_type_is_told_from_the_bytes_whatever_the_name_says(start: bytes) -> None:
    assert media_type_of(start + b"rest") == STARTS[start]
    assert check_file("写真.exe", start + b"rest") == STARTS[start]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "file-empty"), (b"MZ\x90\x00", "file-type"), (b"%PDF-" + bytes(MOST_BYTES), "file-too-large")],
)
def test_what_can_not_be_attached_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(UserError) as refused:
        check_file("申込書.pdf", data)
    assert refused.value.code == code
    assert "申込書.pdf" in refused.value.problems[0].what


def test_sizes_are_rounded_up() -> None:
    assert [size_words(size) for size in (1, 1024, 1025, 1024 * 1024, 1024 * 1024 + 1)] == [
        "1 KB", "1 KB", "2 KB", "1 MB", "1.1 MB",
    ]  # fmt: skip


def test_a_name_loses_folders_and_what_can_not_be_printed() -> None:
    assert file_name("C:\\scan\\申込\n書.pdf") == "申込書.pdf"
    assert file_name("長" * 300 + ".pdf").endswith("….pdf")
    assert len(file_name("長" * 300 + ".pdf")) <= 200
