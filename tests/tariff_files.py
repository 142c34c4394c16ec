"""Tariff files as an owner writes them, for tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.places import resources


def written(folder: Path, text: str, name: str = "own.toml") -> Path:
    """A file with a text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def prime_from(folder: Path, start: date, old: str = "", new: str = "", name: str = "prime.toml") -> Path:
    """A file that adds an edition of どこでもプライム: the newest one shipped, from another day, with its first
    ``old`` replaced by ``new``.
    """
    text = resources("tariffs", "dokodemo-prime.toml").read_text("utf-8")
    edition = "[[editions]]\nstart = " + text.rpartition("[[editions]]\nstart = ")[2]
    edition = edition.replace("start = 2026-05-11", f"start = {start}", 1)
    edition = edition.replace("附則（2026年4月6日 B委VDD155500004220-01号）", "附則（試験）", 1)
    assert old in edition
    return written(folder, 'code = "dokodemo-prime"\n\n' + edition.replace(old, new, 1), name)
