"""Encrypted files taken apart and closed again, so that what is inside can be made bad too: every check of
their outside passes then.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache
from random import Random

import msgspec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.usecases.carry_box import MAGIC, Header, _key, _vouched
from db.keys import TAG_BYTES, database_tag
from tests.faults.edits import edited_in_place

PASSPHRASE = "正しい馬の電池とホチキス"
_PAGE, _IV, _CODE = 4096, 16, 64
_PLAIN = b"SQLite format 3\0"

LIGHT = Header(passes=1, lanes=1, memory_kib=8, salt="c2FsdHNhbHRzYWx0c2FsdA==", nonce="bm9uY2Vub25jZQ==")
"""The cheapest key the format allows."""


def box(packed: bytes) -> bytes:
    """A box of carried visits around what is compressed already; its key costs little, so that many can be
    opened.
    """
    closed = AESGCM(_light_key()).encrypt(base64.b64decode(LIGHT.nonce), packed, _vouched(LIGHT))
    header = msgspec.structs.replace(LIGHT, sha256=hashlib.sha256(closed).hexdigest())
    return b"".join((MAGIC, msgspec.json.encode(header), b"\n", closed))


@lru_cache(maxsize=1)
def _light_key() -> bytes:
    return _key(LIGHT, PASSPHRASE)


class Pages:
    """The pages of an encrypted database: opened, changed, and closed with their codes made anew."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._salt = database_tag(key)
        turned = bytes(one ^ 0x3A for one in self._salt)
        self._code_key = hashlib.pbkdf2_hmac("sha512", key, turned, 2, 32)

    def inside(self, file: bytes, chance: Random) -> bytes:
        """The file with other bytes in one or a few of its pages; every page's code is right."""
        pages = [file[at : at + _PAGE] for at in range(0, len(file), _PAGE)]
        for _change in range(chance.choice((1, 1, 2, 4))):
            number = chance.randrange(len(pages)) if chance.random() < 0.7 else 0
            plain = self.opened(pages[number], number + 1)
            pages[number] = self.closed(edited_in_place(plain, chance), number + 1)
        if chance.random() < 0.05:
            one, other = chance.randrange(len(pages)), chance.randrange(len(pages))
            pages[one] = self.closed(self.opened(pages[other], other + 1), one + 1)
        return b"".join(pages)

    def opened(self, page: bytes, number: int) -> bytes:
        """What stands in a page, without what encryption adds."""
        head = TAG_BYTES if number == 1 else 0
        vector = page[_PAGE - _IV - _CODE : _PAGE - _CODE]
        cipher = Cipher(algorithms.AES(self._key), modes.CBC(vector)).decryptor()
        plain = cipher.update(page[head : _PAGE - _IV - _CODE]) + cipher.finalize()
        return (_PLAIN if head else b"") + plain

    def closed(self, plain: bytes, number: int) -> bytes:
        """A page as the encrypted file has it."""
        head = TAG_BYTES if number == 1 else 0
        vector = hashlib.sha256(plain).digest()[:_IV]  # the same page, the same bytes
        cipher = Cipher(algorithms.AES(self._key), modes.CBC(vector)).encryptor()
        told = cipher.update(plain[head:]) + cipher.finalize() + vector
        code = hmac.digest(self._code_key, told + number.to_bytes(4, "little"), "sha512")
        return (self._salt if head else b"") + told + code
