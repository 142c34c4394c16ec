"""パスフレーズ付きZIP: files for somebody outside, readable only with a passphrase (WinZip AE-2, AES-256).

What 7-Zip, WinZip and macOS open, and what is decided in docs/decisions/0014. Names of files stay readable
in such an archive, so the names given here must not tell who it is about.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.errors import Problem, UserError
from app.words import _

SHORTEST: Final = 12
MOST_BYTES: Final = 2_000_000_000  # beyond it the format would need its 64-bit form
_ROUNDS: Final = 1000  # the format's own: a long passphrase makes up for it
_STRENGTH: Final = 3  # AES-256
_KEY: Final = 32
_SALT: Final = 16
_MAC: Final = 10
_DAY: Final = 0b0000000_0001_00001  # 1980-01-01: the archive tells no time
_METHOD: Final = 99
_DEFLATE: Final = 8
_FLAGS: Final = 0x0801  # encrypted; names in UTF-8
_EXTRA: Final = struct.pack("<HHHHBH", 0x9901, 7, 2, 0x4541, _STRENGTH, _DEFLATE)
_BLOCK: Final = 16
_CHUNK: Final = 65_536


@dataclass(frozen=True)
class _Entry:
    name: bytes
    sealed: int
    plain: int
    offset: int


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is soon guessed. UserError ``passphrase-short``."""
    if len(passphrase) < SHORTEST:
        raise UserError(
            Problem(
                "passphrase-short",
                _("パスフレーズが短すぎます。"),
                why=_("ZIPの暗号は、短いパスフレーズでは早く破られます。"),
                remedy=_(
                    "{count}文字以上にしてください。関係のない言葉を4つ並べると、覚えやすく強くなります。"
                ).format(count=SHORTEST),
                field="passphrase",
            )
        )


def seal_files(files: Sequence[tuple[str, bytes]], passphrase: str) -> bytes:
    """An archive of files (name, bytes), each encrypted with the passphrase; no two archives are alike.

    Raises UserError ``passphrase-short``, ``too-large``.
    """
    check_passphrase(passphrase)
    if sum(len(data) for _name, data in files) > MOST_BYTES:
        raise UserError(
            Problem("too-large", _("書き出す内容が大きすぎます。"), remedy=_("期間を分けてください。"))
        )
    out, entries = bytearray(), []
    for name, data in files:
        raw, offset = name.encode("utf-8"), len(out)
        sealed = _sealed(_deflated(data), passphrase)
        entries.append(_Entry(raw, len(sealed), len(data), offset))
        out += struct.pack(
            "<IHHHHHIIIHH",
            0x04034B50,
            51,
            _FLAGS,
            _METHOD,
            0,
            _DAY,
            0,
            len(sealed),
            len(data),
            len(raw),
            len(_EXTRA),
        )
        out += raw + _EXTRA + sealed
    start = len(out)
    for one in entries:
        out += struct.pack(
            "<IHHHHHHIIIHHHHHII",
            *(0x02014B50, 51, 51, _FLAGS, _METHOD, 0, _DAY, 0, one.sealed, one.plain),
            *(len(one.name), len(_EXTRA), 0, 0, 0, 0, one.offset),
        )
        out += one.name + _EXTRA
    count = len(entries)
    out += struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(out) - start, start, 0)
    return bytes(out)


def _deflated(data: bytes) -> bytes:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflate.compress(data) + deflate.flush()


def _sealed(data: bytes, passphrase: str) -> bytes:
    """Salt, two bytes to test the passphrase by, cipher text, authentication code."""
    salt = os.urandom(_SALT)
    keys = hashlib.pbkdf2_hmac("sha1", passphrase.encode("utf-8"), salt, _ROUNDS, 2 * _KEY + 2)
    text = _counted(keys[:_KEY], data)
    mac = hmac.new(keys[_KEY : 2 * _KEY], text, hashlib.sha1).digest()[:_MAC]
    return salt + keys[2 * _KEY :] + text + mac


def _counted(key: bytes, data: bytes) -> bytes:
    """AES in counter mode as the format has it: little-endian, from 1. The library's own counts the other
    way.
    """
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    blocks = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - of counters, each one once
    out, counter = bytearray(), 1
    for first in range(0, len(data), _CHUNK):
        chunk = data[first : first + _CHUNK]
        count = -(-len(chunk) // _BLOCK)
        plain = b"".join(n.to_bytes(_BLOCK, "little") for n in range(counter, counter + count))
        stream = blocks.update(plain)[: len(chunk)]
        mixed = int.from_bytes(chunk, "little") ^ int.from_bytes(stream, "little")
        out += mixed.to_bytes(len(chunk), "little")
        counter += count
    return bytes(out)
