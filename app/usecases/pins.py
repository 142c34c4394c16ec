"""PINs: 4 to 8 digits, kept as an Argon2id hash that names its own cost."""

from __future__ import annotations

import os
import unicodedata
from itertools import pairwise
from typing import Final, NamedTuple

from app.errors import Problem, UserError
from app.words import _

LEAST: Final = 4
MOST: Final = 8
_SALT_BYTES: Final = 16
_HASH_BYTES: Final = 32


class Cost(NamedTuple):
    """What a hash costs: memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int


COST: Final = Cost(19_456, 2, 1)
"""What OWASP's password storage notes name first for Argon2id: a PIN is tried within the database's lock."""


def tidy(pin: str) -> str:
    """The PIN as it is meant: a Japanese keyboard may give full-width digits."""
    return unicodedata.normalize("NFKC", pin).strip()


def check_pin(pin: str, again: str | None = None) -> None:
    """Refuse what is no PIN, or what anybody tries first. UserError ``bad-pin`` (``pin``, ``again``)."""
    plain = tidy(pin)
    if not (LEAST <= len(plain) <= MOST and plain.isascii() and plain.isdigit()):
        raise _bad(_("暗証番号は数字{least}〜{most}桁です。").format(least=LEAST, most=MOST), "")
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(plain)}
    if len(steps) == 1 and steps <= {0, 1, 9}:
        raise _bad(
            _("この暗証番号は、すぐに当てられます。"),
            _("同じ数字の繰り返しや、続き番号は使えません。ほかの番号にしてください。"),
        )
    if again is not None and tidy(again) != plain:
        raise _bad(_("2回の入力が違います。"), _("同じ番号を入力してください。"), "again")


def hashed(pin: str, cost: Cost = COST) -> str:
    """The hash of a PIN with a salt of its own, as a PHC string."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    maker = Argon2id(
        salt=os.urandom(_SALT_BYTES),
        length=_HASH_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return maker.derive_phc_encoded(tidy(pin).encode("utf-8", "surrogatepass"))


def matches(pin: str, stored: str) -> bool:
    """Whether this is the PIN the hash was made of."""
    from cryptography.exceptions import InvalidKey
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    try:
        Argon2id.verify_phc_encoded(tidy(pin).encode("utf-8", "surrogatepass"), stored)
    except InvalidKey:
        return False
    return True


def _bad(what: str, remedy: str, field: str = "pin") -> UserError:
    return UserError(Problem("bad-pin", what, remedy=remedy, field=field))
