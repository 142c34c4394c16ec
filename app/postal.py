"""Japanese postal codes: seven digits in, the address they stand for out. Works without a network.

The codes are Japan Post's, cut down by ``packaging/postal.py`` to a ZIP with a small text file for each first
three digits, so that one look-up unpacks a few kilobytes. It is opened when the first code is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from app.places import missing_resource, resources

if TYPE_CHECKING:
    from zipfile import ZipFile

_ARCHIVE: Final = ("postal", "codes.zip")


class Address(NamedTuple):
    """What a postal code says. A code shared by several towns (or cities) leaves the town (or city) empty."""

    prefecture: str
    city: str
    town: str


def normalized(code: str) -> str | None:
    """A postal code as seven digits, however it was typed (``〒541-0053``); None if it is none."""
    digits = re.sub(r"[\s〒\-−‐-―ー]", "", unicodedata.normalize("NFKC", code))
    return digits if re.fullmatch(r"[0-9]{7}", digits) else None


def lookup(code: str) -> Address | None:
    """The address of a postal code, or None when there is no such code.

    Raises EnvironmentProblem (``resource-missing``) when the table of codes is missing or damaged.
    """
    digits = normalized(code)
    return _group(digits[:3]).get(digits[3:]) if digits else None


@lru_cache(maxsize=16)
def _group(first: str) -> dict[str, Address]:
    """All codes that begin with these three digits, by their last four."""
    from zipfile import BadZipFile

    path = resources(*_ARCHIVE)
    try:
        archive = _archive()
        if first not in archive.NameToInfo:
            return {}
        rows = archive.read(first).decode("utf-8").splitlines()
    except (OSError, BadZipFile) as error:
        raise missing_resource(path) from error
    return {row[0]: Address(*row[1:]) for row in (line.split("\t") for line in rows)}


@cache
def _archive() -> ZipFile:
    from zipfile import ZipFile

    return ZipFile(resources(*_ARCHIVE))
