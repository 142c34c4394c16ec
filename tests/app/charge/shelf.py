"""Shipped tariffs with one more edition of the same service behind them, for tests of what may come."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.charge.engine import charge
from app.contract.facts import Timeline
from app.tariff.catalogue import Catalogue
from tests.app.charge.timelines import month_of
from tests.shipped import ROOT

TARIFFS = ROOT / "resources" / "tariffs"
OLD = date(2020, 1, 1)  # for the one edition that has no date: nothing could follow it
NEW = date(2027, 6, 16)


class Shelf:
    """A folder of tariffs to which editions are added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: Catalogue | None = None  # until something is added

    def add(self, service: str, *changes: tuple[str, str], start: date = NEW) -> None:
        """The newest shipped edition again from a later day, with other words in it."""
        self.read = None
        shipped = (TARIFFS / f"{service}.toml").read_text(encoding="utf-8")
        undated = "[[editions]]\npriced"
        dated = shipped.replace(undated, f"[[editions]]\nstart = {OLD}\npriced")
        (self.folder / f"{service}.toml").write_text(dated, encoding="utf-8")
        edition = shipped[shipped.rindex("[[editions]]") :]
        head = edition[: edition.index("priced = ")]
        for old, new in ((head, f"[[editions]]\nstart = {start}\n"), *changes):
            assert old in edition, old
            edition = edition.replace(old, new)
        text = f'code = "{service}"\n{edition}'
        (self.folder / f"{service}-newer.toml").write_text(text, encoding="utf-8")

    def catalogue(self, **choices: str) -> Catalogue:
        self.read = self.read or Catalogue((self.folder,))
        return self.read.with_choices({name.replace("_", "-"): choice for name, choice in choices.items()})

    def amounts(self, one: Timeline, month: str, **choices: str) -> list[int]:
        return [line.amount for line in charge(one, self.catalogue(**choices), month_of(month))]
