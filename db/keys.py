"""The key of the database and the small file that keeps it.

The database is always encrypted with a random raw key of 32 bytes. ``madoguchi.key`` beside it holds that
key in one of three kinds: in the system's key ring (the file has only its name there), wrapped with a
passphrase, or — said plainly in the file — unprotected. Another kind or passphrase rewrites this file only,
never the database. Beside that the file may hold the key wrapped once more, with a recovery code (then it is
of version 2, which programs of before refuse rather than lose it).

Imports neither SQLAlchemy nor the key ring: the first screen may ask what there is.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, get_args

import msgspec

from app.errors import EnvironmentProblem, Problem, UserError
from app.places import unwritable, write_atomically
from app.recovery_code import new_code, parse_code
from app.words import _
from db import ring
from db.folder import KEY_FILE
from db.key_problems import (
    key_damaged,
    key_exists,
    key_missing,
    key_newer,
    no_recovery,
    wrong_passphrase,
    wrong_recovery,
)
from db.keywrap import MEMORY_KIB, Wrapped, unwrap, wrap

KeyKind = Literal["keyring", "passphrase", "none"]

MIN_PASSPHRASE: Final = 8
KEY_BYTES: Final = 32
TAG_BYTES: Final = 16

_FORMAT: Final = "madoguchi-key"
_TAG: Final = re.compile("[0-9a-f]{32}")
_VERSION: Final = 1
_WITH_RECOVERY: Final = 2
_KNOWN: Final = (_VERSION, _WITH_RECOVERY)
_NOTES: Final[dict[KeyKind, tuple[str, str]]] = {
    "none": (
        "この鍵は保護されていません。このファイルとデータベースを手に入れた人は、だれでも内容を読めます。",
        "This key is not protected. Whoever has this file and the database can read everything in it.",
    ),
    "passphrase": (
        "鍵はパスフレーズで保護されています。このファイルをなくすと、データベースは二度と開けません。",
        "The key is protected by the passphrase. Without this file the database can never be opened again.",
    ),
    "keyring": (
        "鍵はこの端末の資格情報ストアにあります。このファイルには名前だけが書かれています。",
        "The key is in this computer's key ring. This file holds only its name there.",
    ),
}


class _KeyFile(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the file. ``database`` is the public tag of the database it opens (its first 16
    bytes).
    """

    format: str = _FORMAT
    version: int = _VERSION
    kind: KeyKind
    note: tuple[str, ...] = ()
    database: str
    key: str | None = None
    wrapped: Wrapped | None = None
    ring: str | None = None
    recovery: Wrapped | None = None


def database_tag(key: bytes) -> bytes:
    """The 16 bytes every database of this key begins with: its salt, public, and tells nothing of the key."""
    return hmac.digest(key, b"madoguchi database", hashlib.sha256)[:TAG_BYTES]


class KeyStore:
    """The key file of one data folder."""

    def __init__(self, folder: Path, *, memory_kib: int = MEMORY_KIB) -> None:
        self.path: Final = folder / KEY_FILE
        self._folder: Final = folder
        self._memory_kib: Final = memory_kib  # what wrapping costs; less in tests alone

    def __repr__(self) -> str:
        return f"KeyStore({self._folder!s})"

    def exists(self) -> bool:
        """Whether there is a key file."""
        return self.path.is_file()

    def kind(self) -> KeyKind:
        """How the key is kept. EnvironmentProblem: ``key-missing``, ``key-damaged``, ``key-newer``."""
        return self._read().kind

    def tag(self) -> bytes:
        """The first bytes of the database this key opens, known without unlocking. Raises like ``kind``."""
        return bytes.fromhex(self._read().database)

    @staticmethod
    def keyring_usable() -> bool:
        """Whether this system has a key ring that can keep the key (a server without a desktop has none)."""
        return ring.usable()

    def create(self, kind: KeyKind, passphrase: str | None = None) -> bytes:
        """Make a new key, keep it as ``kind`` and return it. Never replaces a key file.

        Raises UserError (``passphrase-needed``, ``passphrase-too-short``) and EnvironmentProblem
        (``key-exists``, ``keyring-unavailable``, or what the disk refused).
        """
        if self.exists():
            raise key_exists()
        key = secrets.token_bytes(KEY_BYTES)
        content, made = self._sealed(key, kind, passphrase)
        try:
            self._write_new(msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")
        except BaseException:
            ring.forget(made)
            raise
        return key

    def unlock(self, passphrase: str | None = None) -> bytes:
        """The raw key. ``passphrase`` is needed for that kind only and ignored otherwise.

        Raises UserError (``passphrase-needed``, ``wrong-passphrase``) and EnvironmentProblem
        (``key-missing``, ``key-damaged``, ``key-newer``, ``keyring-unavailable``, ``key-not-in-keyring``).
        """
        content = self._read()
        key = self._unsealed(content, passphrase)
        if not hmac.compare_digest(database_tag(key).hex(), content.database):
            raise key_damaged(self.path)
        return key

    def check(self, passphrase: str) -> None:
        """Refuse a passphrase that does not open the key, where it is kept with one. Raises as ``unlock``."""
        self.unlock(passphrase)

    def has_recovery(self) -> bool:
        """Whether a recovery code opens the key, too. Raises like ``kind``."""
        return self._read().recovery is not None

    def renew_recovery(self, passphrase: str | None = None) -> str:
        """Make a recovery code and return it; it stands nowhere else. One made before no longer works.

        The file is replaced in one step; until then the old code holds. Raises as ``unlock`` does.
        """
        old = self._read()
        key = self.unlock(passphrase)
        code = new_code()
        self._replace(
            msgspec.structs.replace(
                old,
                version=_WITH_RECOVERY,
                recovery=wrap(key, code, _recovery_tag(old.database), self._memory_kib),
            )
        )
        return code

    def unlock_with_recovery(self, typed: str) -> bytes:
        """The raw key, by the recovery code as somebody typed it.

        Raises UserError (``bad-recovery-code``, ``wrong-recovery-code``, ``no-recovery-code``) and
        EnvironmentProblem (``key-missing``, ``key-damaged``, ``key-newer``).
        """
        content = self._read()
        if content.recovery is None:
            raise no_recovery()
        code = parse_code(typed)
        if not content.recovery.is_sound():
            raise key_damaged(self.path)
        try:
            key = unwrap(content.recovery, code, _recovery_tag(content.database))
        except ValueError as error:
            raise key_damaged(self.path) from error
        if key is None:
            raise wrong_recovery()
        if not hmac.compare_digest(database_tag(key).hex(), content.database):
            raise key_damaged(self.path)
        return key

    def change_with_recovery(self, typed: str, kind: KeyKind, new_passphrase: str | None = None) -> None:
        """As ``change``, where what unlocked the key so far is lost: the recovery code unlocks it, and goes
        on working. Raises as ``unlock_with_recovery`` and ``create`` do.
        """
        self._keep_otherwise(self.unlock_with_recovery(typed), kind, new_passphrase)

    def change(
        self, kind: KeyKind, *, passphrase: str | None = None, new_passphrase: str | None = None
    ) -> None:
        """Keep the same key as ``kind`` from now on; ``passphrase`` unlocks what is there now. A recovery
        code goes on working.

        The file is replaced in one step; until then the old one holds. Raises as ``unlock`` and ``create``
        do.
        """
        self._keep_otherwise(self.unlock(passphrase), kind, new_passphrase)

    def _keep_otherwise(self, key: bytes, kind: KeyKind, new_passphrase: str | None) -> None:
        old = self._read()
        content, made = self._sealed(key, kind, new_passphrase)
        try:
            self._replace(msgspec.structs.replace(content, version=old.version, recovery=old.recovery))
        except BaseException:
            ring.forget(made)
            raise
        ring.forget(old.ring)

    def _replace(self, content: _KeyFile) -> None:
        write_atomically(
            self.path, msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n", private=True
        )

    def travelling(self) -> bytes:
        """The key file as it goes with backups to another place. An unprotected key stays behind where a
        recovery code can take its place. Raises like ``kind``.
        """
        content = self._read()
        if content.kind == "none" and content.recovery is not None:
            content = msgspec.structs.replace(
                content, kind="keyring", key=None, ring="left behind", note=_NOTES["keyring"]
            )
        return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"

    def set_aside(self) -> Path:
        """Rename a key file that has no database, so that a new one can be made. A key is never deleted."""
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        kept = self._folder / f"madoguchi-{stamp}-{secrets.token_hex(2)}.key.old"
        try:
            self.path.rename(kept)
        except OSError as error:
            raise unwritable(self.path, error) from error
        return kept

    def remove_new(self) -> None:
        """Undo ``create`` when the database that should follow could not be made."""
        with suppress(EnvironmentProblem):
            ring.forget(self._read().ring)
        with suppress(OSError):
            self.path.unlink()

    def _sealed(self, key: bytes, kind: KeyKind, passphrase: str | None) -> tuple[_KeyFile, str | None]:
        """The content for ``kind``, and the name of a ring entry made for it."""
        tag = database_tag(key).hex()
        note = _NOTES[kind]
        if kind == "passphrase":
            _check_new(passphrase)
            assert passphrase is not None
            return _KeyFile(
                kind=kind, note=note, database=tag, wrapped=wrap(key, passphrase, tag, self._memory_kib)
            ), None
        text = base64.b64encode(key).decode("ascii")
        if kind == "keyring":
            name = ring.keep(text)
            return _KeyFile(kind=kind, note=note, database=tag, ring=name), name
        return _KeyFile(kind=kind, note=note, database=tag, key=text), None

    def _unsealed(self, content: _KeyFile, passphrase: str | None) -> bytes:
        try:
            if content.kind == "passphrase" and content.wrapped and content.wrapped.is_sound():
                if not passphrase:
                    raise UserError(
                        Problem("passphrase-needed", _("パスフレーズが必要です。"), field="passphrase")
                    )
                key = unwrap(content.wrapped, passphrase, content.database)
                if key is None:
                    raise wrong_passphrase()
                return key
            if content.kind == "keyring" and content.ring:
                return base64.b64decode(ring.fetch(content.ring), validate=True)
            if content.kind == "none" and content.key:
                return base64.b64decode(content.key, validate=True)
        except ValueError as error:
            raise key_damaged(self.path) from error
        raise key_damaged(self.path)

    def _read(self) -> _KeyFile:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError as error:
            raise key_missing(self._folder) from error
        except OSError as error:
            raise EnvironmentProblem(
                "key-unreadable",
                _("鍵ファイル「{name}」を読み込めません。").format(name=KEY_FILE),
                kept=_("データは変えていません。"),
                remedy=_("ファイルの読み取りの許可を確かめてください。"),
            ) from error
        try:
            content = msgspec.json.decode(data, type=_KeyFile)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            self._refuse_newer(data)
            raise key_damaged(self.path) from error
        if not _TAG.fullmatch(content.database):
            raise key_damaged(self.path)
        if content.format != _FORMAT or len(content.database) != 2 * TAG_BYTES:
            raise key_damaged(self.path)
        if content.version not in _KNOWN:
            raise key_newer()
        return content

    def _refuse_newer(self, data: bytes) -> None:
        """A later version may know kinds we don't: that is not damage."""
        with suppress(msgspec.DecodeError, UnicodeDecodeError):
            found = msgspec.json.decode(data)
            if (
                isinstance(found, dict)
                and found.get("format") == _FORMAT
                and found.get("version") not in _KNOWN
            ):
                raise key_newer()

    def _write_new(self, data: bytes) -> None:
        """Write the first key file. Exclusive, so that of two windows setting up at once one gives way."""
        try:
            handle = os.open(
                self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
            )
        except FileExistsError as error:
            raise key_exists() from error
        except OSError as error:
            raise unwritable(self.path, error) from error
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            with suppress(OSError):
                self.path.unlink()
            raise unwritable(self.path, error) from error


def _check_new(passphrase: str | None) -> None:
    if not passphrase:
        raise UserError(
            Problem("passphrase-needed", _("パスフレーズを入力してください。"), field="passphrase")
        )
    if len(passphrase) < MIN_PASSPHRASE:
        raise UserError(
            Problem(
                "passphrase-too-short",
                _("パスフレーズが短すぎます。"),
                remedy=_("{count}文字以上にしてください。").format(count=MIN_PASSPHRASE),
                field="passphrase",
            )
        )


def _recovery_tag(database: str) -> str:
    """What the second wrapping is bound to: the two can't be exchanged for each other."""
    return f"{database} recovery"


assert set(_NOTES) == set(get_args(KeyKind))
