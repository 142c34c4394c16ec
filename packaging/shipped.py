"""What the program ships with: the locked packages with their hashes, fonts and icons of ``resources``."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
LOCK: Final = ROOT / "packaging" / "requirements.txt"

# What the package itself doesn't say in a form that can be read, or what is not installed on every system.
SPDX: Final = {
    "alembic": "MIT", "babel": "BSD-3-Clause", "backports-tarfile": "MIT", "cffi": "MIT-0",
    "cryptography": "Apache-2.0 OR BSD-3-Clause", "et-xmlfile": "MIT", "icalendar": "BSD-2-Clause",
    "importlib-metadata": "Apache-2.0", "jaraco-classes": "MIT", "jaraco-context": "MIT",
    "jaraco-functools": "MIT", "jeepney": "MIT", "jpholiday": "MIT", "keyring": "MIT", "mako": "MIT",
    "markupsafe": "BSD-3-Clause", "more-itertools": "MIT", "msgspec": "BSD-3-Clause", "openpyxl": "MIT",
    "phonenumbers": "Apache-2.0", "pillow": "MIT-CMU", "platformdirs": "MIT", "pycparser": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pyside6-essentials": "LGPL-3.0-only", "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "python-stdnum": "LGPL-2.1-or-later", "pywin32-ctypes": "BSD-3-Clause", "secretstorage": "BSD-3-Clause",
    "segno": "BSD-3-Clause", "shiboken6": "LGPL-3.0-only", "six": "MIT", "sqlalchemy": "MIT",
    "sqlcipher3": "Zlib", "typing-extensions": "PSF-2.0", "tzdata": "Apache-2.0", "uharfbuzz": "Apache-2.0",
    "zipp": "MIT",
}  # fmt: skip

DATA: Final = {
    "BIZ UDGothic, UDPGothic, UDMincho": ("OFL-1.1", "resources/fonts/BIZUD*.ttf"),
    "Noto Sans JP": ("OFL-1.1", "resources/fonts/NotoSansJP-*.ttf"),
    "Madoguchi Figures": ("OFL-1.1", "resources/fonts/MadoguchiFigures-*.ttf"),
    "Lucide": ("ISC", "resources/icons/*.svg"),
}
"""Fonts (Madoguchi Figures: cut from BIZ UDPGothic and Noto Sans Symbols 2) and icons."""


@dataclass(frozen=True)
class Shipped:
    """A locked package. ``marker``: where it is installed, "" everywhere; ``hashes``: SHA-256 of every file
    it may come as; ``license``: as SPDX has it.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    license: str


def shipped() -> list[Shipped]:
    """Every package of the lock, by name. ValueError where one has no hash or no licence."""
    found = []
    for part in re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8")):
        head = re.match(r"([A-Za-z0-9._-]+)==(\S+)(?: ; ([^\\]+))?", part)
        if head is None:
            continue
        name, version, marker = head[1], head[2], (head[3] or "").strip()
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", part))
        if not hashes:
            raise ValueError(f"{name} has no hash")
        found.append(Shipped(name, version, marker, hashes, _license(name)))
    return found


def _license(name: str) -> str:
    told = ""
    with suppress(metadata.PackageNotFoundError):  # of another system
        told = str(metadata.metadata(name).json.get("license_expression") or "")
    told = told or SPDX.get(name, "")
    if not told:
        raise ValueError(f"the licence of {name} is not known: read its metadata and add it to SPDX")
    return told


def texts_of(name: str) -> list[tuple[str, str]]:
    """The licence files a package brings: name and text. Empty where it brings none or is not installed."""
    try:
        files = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return []
    wanted = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
    found = []
    for file in files:
        path = Path(str(file.locate()))
        inside = any(part.endswith(".dist-info") for part in file.parts)
        if inside and (wanted.search(path.name) or "licenses" in file.parts) and path.is_file():
            found.append((path.name, path.read_text(encoding="utf-8", errors="replace")))
    return found
