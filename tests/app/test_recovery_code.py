"""Recovery codes: easy to type, and a wrong sign never tried; and how strong passphrases are said to be."""

from __future__ import annotations

import random

import pytest

from app.errors import UserError
from app.passphrase import strength
from app.recovery_code import LENGTH, SIGNS, grouped, new_code, parse_code


def test_a_code_comes_back_however_it_is_typed() -> None:
    code = new_code()
    assert len(code) == LENGTH
    assert set(code) <= set(SIGNS)
    assert not set("01OI") & set(SIGNS)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (code, code.lower(), grouped(code), grouped(code).replace("-", " "), wide, f" {code}\n"):
        assert parse_code(typed) == code
    assert len({new_code() for _number in range(50)}) == 50


def test_every_wrong_sign_and_every_swap_is_noticed() -> None:
    code, chance = new_code(), random.Random(7)
    wrong = []
    for place, sign in enumerate(code):
        other = chance.choice([one for one in SIGNS if one != sign])
        wrong.append(code[:place] + other + code[place + 1 :])
        swapped = code[:place] + code[place : place + 2][::-1] + code[place + 2 :]
        if swapped != code:
            wrong.append(swapped)
    for typed in wrong:
        with pytest.raises(UserError) as refused:
            parse_code(typed)
        assert refused.value.code == "bad-recovery-code"
        assert typed not in str(refused.value)  # messages may be logged


@pytest.mark.parametrize(
    ("before", "dropped", "told"),
    [("", 1, "27"), ("A", 0, "29"), ("O", 1, "0・O・1・I"), ("あ", 1, "英字と数字")],
)
def test_what_is_no_code_says_what_is_wrong(before: str, dropped: int, told: str) -> None:
    with pytest.raises(UserError, match=told):
        parse_code(before + new_code()[dropped:])


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("password", "weak"),
        ("madoguchi2026", "weak"),
        ("aaaaaaaaaaaaaaaa", "weak"),
        ("qwertyuiop12345", "weak"),
        ("みどり会社2026", "weak"),
        ("Tr0ub4dor&3", "good"),
        ("correct horse battery staple", "good"),
        ("朝の珈琲と猫の昼寝", "good"),
    ],
)
def test_strength_is_told_with_its_reason(text: str, level: str) -> None:
    found = strength(text, ("みどり会社",))
    assert found.level == level
    assert bool(found.why) == (level != "good")


def test_what_makes_a_passphrase_weak_is_named() -> None:
    assert "名前" in strength("みどり会社の窓口", ("みどり会社",)).why[0]
    assert "キーボード" in strength("qwertyuiopasdfgh").why[0]
    assert strength("").level == "weak"
