"""TOML as every file of the program is read: numbers no machine counts with are refused before anybody words
them.
"""

from __future__ import annotations

import tomllib
from typing import Any, Final

_LARGEST: Final = 10**100
"""Up to here a number is worded like any other that is out of range; Python prints 4,300 digits at most."""


def load_toml(text: str) -> dict[str, Any]:
    """What a text in TOML says.

    Raises TOMLDecodeError for its grammar, ValueError for an integer of more than a hundred digits (Python
    reads hexadecimal ones of any length and then can't print them), RecursionError.
    """
    document = tomllib.loads(text)
    left: list[Any] = [document]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(value)
        elif isinstance(value, int) and not -_LARGEST < value < _LARGEST:
            raise ValueError("an integer of more than a hundred digits")
    return document
