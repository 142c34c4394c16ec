"""A key wrapped with a passphrase: Argon2id makes the wrapping key, AES-256-GCM wraps.

The parameters are the second choice RFC 9106 recommends (64 MiB, three passes, four lanes): about 0.15 s
here. They stand beside what they made, so that they can be raised without breaking older key files.
"""

from __future__ import annotations

import base64
import os
import unicodedata
from typing import Final

import msgspec

_METHOD: Final = "argon2id+aes-256-gcm"
MEMORY_KIB: Final = 65_536
_KEY_BYTES: Final = 32
_MOST_MEMORY_KIB: Final = 1 << 20
_MOST_PASSES: Final = 50
_MOST_LANES: Final = 64


class Wrapped(msgspec.Struct, frozen=True, kw_only=True):
    """A wrapped key with all that is needed to unwrap it but the passphrase. Bytes are base64."""

    method: str = _METHOD
    passes: int = 3
    lanes: int = 4
    memory_kib: int = MEMORY_KIB
    salt: str
    nonce: str
    box: str

    def is_sound(self) -> bool:
        """Whether this program can unwrap it, and within what a desk's computer has."""
        return (
            self.method == _METHOD
            and 1 <= self.passes <= _MOST_PASSES
            and 1 <= self.lanes <= _MOST_LANES
            and 8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB
        )


def wrap(key: bytes, passphrase: str, bound_to: str, memory_kib: int = MEMORY_KIB) -> Wrapped:
    """Wrap ``key``. ``bound_to`` must be given again to unwrap: a wrapped key can't be moved to another
    file. Less memory is for tests alone.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    empty = Wrapped(memory_kib=memory_kib, salt=_text(os.urandom(16)), nonce=_text(os.urandom(12)), box="")
    box = AESGCM(_wrapping_key(empty, passphrase)).encrypt(_bytes(empty.nonce), key, bound_to.encode())
    return msgspec.structs.replace(empty, box=_text(box))


def unwrap(wrapped: Wrapped, passphrase: str, bound_to: str) -> bytes | None:
    """The key, or None when the passphrase is wrong (or the file was changed by hand). ValueError: not
    base64.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher = AESGCM(_wrapping_key(wrapped, passphrase))
    try:
        return cipher.decrypt(_bytes(wrapped.nonce), _bytes(wrapped.box), bound_to.encode())
    except InvalidTag:
        return None


def _wrapping_key(wrapped: Wrapped, passphrase: str) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    # A Japanese keyboard may give full-width letters one day and plain ones the next.
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    return Argon2id(
        salt=_bytes(wrapped.salt),
        length=_KEY_BYTES,
        iterations=wrapped.passes,
        lanes=wrapped.lanes,
        memory_cost=wrapped.memory_kib,
    ).derive(secret)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
