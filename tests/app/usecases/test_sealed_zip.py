"""Archives with a passphrase, read back by the description of their format."""

from __future__ import annotations

import hashlib
import hmac
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.errors import UserError
from app.usecases.export_contracts import export_contracts
from app.usecases.sealed_zip import seal_files
from tests.desks import new_desk

WORDS = "正しい馬の電池ホチキス四つ"


def opened(data: bytes, passphrase: str) -> dict[str, bytes]:
    """Every file of an archive, by the description of AE-2. ValueError for a wrong passphrase."""
    found = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for info in archive.infolist():
            vendor = struct.unpack("<HHHHBH", info.extra)
            assert (vendor, info.compress_type, info.CRC) == ((0x9901, 7, 2, 0x4541, 3, 8), 99, 0)
            head = struct.unpack("<IHHHHHIIIHH", data[info.header_offset : info.header_offset + 30])
            start = info.header_offset + 30 + head[-2] + head[-1]
            sealed = data[start : start + info.compress_size]
            salt, test, text, mac = sealed[:16], sealed[16:18], sealed[18:-10], sealed[-10:]
            keys = hashlib.pbkdf2_hmac("sha1", passphrase.encode(), salt, 1000, 66)
            if keys[64:] != test or hmac.new(keys[32:64], text, "sha1").digest()[:10] != mac:
                raise ValueError(passphrase)
            aes = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor()
            plain = bytearray()
            for at in range(0, len(text), 16):
                stream = aes.update((at // 16 + 1).to_bytes(16, "little"))
                plain += bytes(one ^ other for one, other in zip(text[at : at + 16], stream, strict=False))
            found[info.filename] = zlib.decompress(bytes(plain), -15)
            assert len(found[info.filename]) == info.file_size
    return found


def test_what_is_sealed_opens_with_its_passphrase_only() -> None:
    files = {"一覧.csv": "髙橋,0743\n".encode() * 20, "空": b"", "大きい": bytes(range(256)) * 300}
    sealed = seal_files(list(files.items()), WORDS)
    assert opened(sealed, WORDS) == files
    assert "髙橋".encode() not in sealed
    with pytest.raises(ValueError, match="違う"):
        opened(sealed, "違うパスフレーズです")
    assert seal_files(list(files.items()), WORDS) != sealed
    with pytest.raises(UserError) as refused:
        seal_files([], "短い")
    assert refused.value.code == "passphrase-short"


def test_an_export_is_sealed_and_recorded(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "desk")
    target = tmp_path / "契約.zip"
    assert export_contracts(desk, [], target, "csv", WORDS) == 0
    assert list(opened(target.read_bytes(), WORDS)) == ["契約.csv"]
    with desk.storage.look() as work:
        (last,) = work.audit.recent(1)
    assert last.what == "contracts-exported"
    assert last.detail == {"count": 0, "file": "契約.zip", "sealed": True}
