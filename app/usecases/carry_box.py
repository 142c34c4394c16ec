"""The file visits are carried in: encrypted whole, with a passphrase both sides know.

A line that says what it is, a line of JSON on how to open it, then the box. Argon2id makes the key (the
parameters RFC 9106 recommends second, as for the key of the database), AES-256-GCM closes the box, and the
second line is part of what it vouches for. The hash of the box tells damage from a wrong passphrase.
"""

from __future__ import annotations

import base64
import hashlib
import os
import unicodedata
import zlib
from typing import Final

import msgspec

from app.errors import Problem, UserError
from app.words import _

MAGIC: Final = b"MADOGUCHI VISITS\n"
FORMAT: Final = 1
SHORTEST_PASSPHRASE: Final = 8
_MOST_HEADER: Final = 2_000
_MOST_MEMORY_KIB: Final = 1 << 18
_MOST_PASSES: Final = 10
_MOST_LANES: Final = 16
_MOST_BYTES: Final = 1 << 28
"""What a file may ask of the machine that opens it: memory and time for the key, bytes once unpacked."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """How a box is opened. Bytes are base64; ``sha256`` (hex) is of the box."""

    format: int = FORMAT
    passes: int = 3
    lanes: int = 4
    memory_kib: int = 65_536
    salt: str = ""
    nonce: str = ""
    sha256: str = ""


def seal(data: bytes, passphrase: str) -> bytes:
    """Close a box. UserError ``passphrase-too-short``; ``too-large`` for more than can be opened again."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError(
            Problem(
                "passphrase-too-short",
                _("パスフレーズが短すぎます。"),
                remedy=_("{count}文字以上にしてください。").format(count=SHORTEST_PASSPHRASE),
                field="passphrase",
            )
        )
    if len(data) > _MOST_BYTES:
        raise UserError(
            Problem("too-large", _("書き出す内容が大きすぎます。"), remedy=_("期間を分けてください。"))
        )
    header = Header(salt=_text(os.urandom(16)), nonce=_text(os.urandom(12)))
    box = AESGCM(_key(header, passphrase)).encrypt(
        _bytes(header.nonce), zlib.compress(data), _vouched(header)
    )
    header = msgspec.structs.replace(header, sha256=hashlib.sha256(box).hexdigest())
    return b"".join((MAGIC, msgspec.json.encode(header), b"\n", box))


def unseal(file: bytes, passphrase: str) -> bytes:
    """What is in a box.

    Raises UserError: ``not-a-carry-file``, ``carry-format`` (made by another version of the program),
    ``carry-damaged``, ``wrong-passphrase``.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header, box = _parts(file)
    if hashlib.sha256(box).hexdigest() != header.sha256:
        raise damaged()
    try:
        key, nonce = _key(header, passphrase), _bytes(header.nonce)
        return _unpacked(AESGCM(key).decrypt(nonce, box, _vouched(header)))
    except InvalidTag:
        raise UserError(
            Problem(
                "wrong-passphrase",
                _("パスフレーズが違います。"),
                remedy=_("持ち出したときのパスフレーズを入力してください。"),
                field="passphrase",
            )
        ) from None
    except (ValueError, zlib.error) as error:
        raise damaged() from error


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    whole = unpacker.decompress(data, _MOST_BYTES)
    if not unpacker.eof:
        raise zlib.error("cut off, or larger than any day")
    return whole


def damaged() -> UserError:
    """What to tell of a file that is ours but broken."""
    return UserError(
        Problem(
            "carry-damaged",
            _("訪問のファイルが壊れています。"),
            why=_("途中で切れたか、書き換えられています。何も取り込んでいません。"),
            remedy=_("もう一度コピーするか、持ち出し元で作り直してください。"),
            field="file",
        )
    )


def _parts(file: bytes) -> tuple[Header, bytes]:
    if not file.startswith(MAGIC):
        raise UserError(
            Problem(
                "not-a-carry-file",
                _("訪問の持ち出しファイルではありません。"),
                remedy=_("Madoguchiで作ったファイルを選んでください。"),
                field="file",
            )
        )
    line, newline, box = file[len(MAGIC) :].partition(b"\n")
    if not newline or len(line) > _MOST_HEADER:
        raise damaged()
    try:
        header = msgspec.json.decode(line, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise damaged() from error
    if header.format != FORMAT:
        newer = header.format > FORMAT
        raise UserError(
            Problem(
                "carry-format",
                _("このファイルは、新しいMadoguchiで作られています。")
                if newer
                else _("このファイルは、古いMadoguchiの形式です。"),
                why=_("何も取り込んでいません。"),
                remedy=_("この端末のMadoguchiを更新してください。")
                if newer
                else _("持ち出した端末のMadoguchiを更新し、ファイルを作り直してください。"),
                field="file",
            )
        )
    sound = (
        1 <= header.passes <= _MOST_PASSES
        and 1 <= header.lanes <= _MOST_LANES
        and 8 * header.lanes <= header.memory_kib <= _MOST_MEMORY_KIB
    )
    if not sound:
        raise damaged()
    return header, box


def _vouched(header: Header) -> bytes:
    """The header without the hash, which is known only when the box is closed."""
    return MAGIC + msgspec.json.encode(msgspec.structs.replace(header, sha256=""))


def _key(header: Header, passphrase: str) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    # A Japanese keyboard may give full-width letters one day and plain ones the next.
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    return Argon2id(
        salt=_bytes(header.salt),
        length=32,
        iterations=header.passes,
        lanes=header.lanes,
        memory_cost=header.memory_kib,
    ).derive(secret)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
