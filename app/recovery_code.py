"""Recovery codes: 130 random bits and a check sign, written so that nobody mistakes a letter.

28 signs in seven groups of four, of 32 that look like no other (neither 0 nor O, neither 1 nor I). The last
two are the rest modulo 1021, a prime: every wrong sign and every two swapped neighbours are noticed before
anything is tried.
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import Final

from app.errors import Problem, UserError
from app.words import _

SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUP: Final = 4
LENGTH: Final = 28
BITS: Final = 130
_PRIME: Final = 1021
_CHECK: Final = 2
_VALUE: Final = {sign: place for place, sign in enumerate(SIGNS)}
_CONFUSED: Final = frozenset("01OI")


def new_code() -> str:
    """A new code as it is kept and compared: signs only."""
    number = secrets.randbits(BITS)
    return _signs(number, LENGTH - _CHECK) + _signs(number % _PRIME, _CHECK)


def grouped(code: str) -> str:
    """A code as people read it: ``7KQM-2XWP-…``."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def parse_code(typed: str) -> str:
    """The code somebody typed, however they wrote it: small or full-width letters, any spaces or dashes.

    Raises UserError ``bad-recovery-code``, saying what is wrong with it. Nothing of it is repeated there.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    signs = "".join(one for one in plain if one.isalnum())
    if any(one in _CONFUSED for one in signs):
        raise _bad(
            _("復旧コードに 0・O・1・I は使われていません。"),
            _("似た文字を読み違えていないか確かめてください。"),
        )
    if any(one not in _VALUE for one in signs):
        raise _bad(_("復旧コードは英字と数字です。"), _("日本語入力になっていないか確かめてください。"))
    if len(signs) != LENGTH:
        raise _bad(
            _("復旧コードは{count}文字です（いま{found}文字）。").format(count=LENGTH, found=len(signs)),
            _("抜けた文字や余分な文字がないか確かめてください。"),
        )
    if _number(signs[:-_CHECK]) % _PRIME != _number(signs[-_CHECK:]):
        raise _bad(
            _("復旧コードに打ち間違いがあります。"), _("紙に書かれた文字と、1文字ずつ見比べてください。")
        )
    return signs


def _signs(number: int, count: int) -> str:
    signs = []
    for _place in range(count):
        number, rest = divmod(number, len(SIGNS))
        signs.append(SIGNS[rest])
    return "".join(reversed(signs))


def _number(signs: str) -> int:
    number = 0
    for sign in signs:
        number = number * len(SIGNS) + _VALUE[sign]
    return number


def _bad(what: str, remedy: str) -> UserError:
    return UserError(Problem("bad-recovery-code", what, remedy=remedy, field="code"))
