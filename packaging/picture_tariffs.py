"""Scenes of the place 料金・規約: editions, differences, readings, and a file of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from picture_plan import scene
from picture_stage import Stage

from app.places import resources
from app.tariff.catalogue import Catalogue

if TYPE_CHECKING:
    from ui.tariffs.place import TariffsPlace

_PRIME = "dokodemo-prime"


def _place(stage: Stage, service: str = _PRIME) -> TariffsPlace:
    """The place on a desk that has a folder for files of its own."""
    window = stage.open("quotes")
    assert stage.session is not None
    assert stage.session.vault is not None
    own = stage.session.vault.folder / "tariffs"
    stage.session.desk.take_catalogue(Catalogue((resources("tariffs"), own)))
    window.open_tariffs(service)
    stage.settle()
    place: TariffsPlace = window.page("tariffs")  # type: ignore[assignment]
    place.arrive()
    stage.settle()
    return place


def _next_year(stage: Stage, *changes: tuple[str, str]) -> Path:
    """A file as an owner writes it: the newest edition of a service from next April on."""
    assert stage.session is not None
    assert stage.session.vault is not None
    text = resources("tariffs", f"{_PRIME}.toml").read_text("utf-8")
    edition = "[[editions]]\nstart = " + text.rpartition("[[editions]]\nstart = ")[2]
    for old, new in (
        ("start = 2026-05-11", "start = 2027-04-01"),
        ("附則（2026年4月6日 B委VDD155500004220-01号）", "附則（2027年3月8日）"),
        *changes,
    ):
        assert old in edition
        edition = edition.replace(old, new, 1)
    path = stage.session.vault.folder / "どこでもプライム_2027年4月.toml"
    path.write_text(f'code = "{_PRIME}"\n\n{edition}', encoding="utf-8")
    return path


_PRICES = (
    ("price = 2200", "price = 2250"),
    ("price = 2400", "price = 2450"),
    ("price = 7500", "price = 7800"),
)


def next_year_file(stage: Stage) -> Path:
    """A file with higher prices from next April on."""
    return _next_year(stage, *_PRICES)


@scene("tariffs", manual=True)
def tariffs(stage: Stage) -> None:
    """The edition in force, in words."""
    _place(stage)


@scene("tariffs")
def tariffs_found(stage: Stage) -> None:
    """What an edition says of one matter."""
    place = _place(stage, "media-light")
    place.page.editions.search.take_focus()
    stage.type("解約金")


@scene("tariffs")
def tariffs_unpriced(stage: Stage) -> None:
    """An edition of which only the day is known."""
    place = _place(stage, "mihariban")
    place.page.show_place("mihariban", "2022-08-01")
    stage.settle()


@scene("tariffs")
def tariffs_difference(stage: Stage) -> None:
    """An edition against a file."""
    place = _place(stage)
    place.page.editions.difference.click()
    place.page.difference.compare_with_file(_next_year(stage, *_PRICES))
    stage.settle()


@scene("tariffs")
def tariffs_readings(stage: Stage) -> None:
    """All readings, one of them switched."""
    from app.usecases.choose_reading import choose_reading

    place = _place(stage, "reading:")
    assert stage.session is not None
    choose_reading(stage.session.desk, "change-day", "old-quantity", "提供会社に確認（2026年11月18日）")
    stage.session.read()
    stage.settle()
    place.page.readings.area.sheet.setFocus()
    stage.settle()


@scene("tariffs", manual=True)
def tariffs_reading(stage: Stage) -> None:
    """A reading about to be switched: what it would change."""
    place = _place(stage)
    place.page.show_place(_PRIME, readings=("migration-tier",))
    place.page.readings.show_only(())
    stage.settle()
    panel = place.page.panel
    assert panel is not None
    panel.cards.set_value("marginal")
    panel.cards.chosen.emit("marginal")
    panel.reason.setFocus()
    stage.type("提供会社に確認（2026年11月18日）")


@scene("tariffs", manual=True)
def tariffs_add(stage: Stage) -> None:
    """A file that is right: what it changes, and whose quotations."""
    place = _place(stage)
    place.check_file(_next_year(stage, *_PRICES))
    stage.settle()


@scene("tariffs")
def tariffs_wrong(stage: Stage) -> None:
    """A file that is wrong: every problem at once."""
    place = _place(stage)
    place.check_file(
        _next_year(
            stage,
            ("price = 2200", 'price = "2,200円"'),
            ("months = 24", "month = 24"),
            ("factor = 2", "factor = -2"),
        )
    )
    stage.settle()


@scene("tariffs")
def tariffs_remove(stage: Stage) -> None:
    """A file about to be taken away: the consequences."""
    from app.usecases.keep_tariffs import add_file, check_file

    place = _place(stage)
    assert stage.session is not None
    add_file(stage.session.desk, check_file(stage.session.desk, _next_year(stage, *_PRICES)))
    place.page.read()
    stage.settle()
    place.page.show_place(_PRIME, "2027-04-01")
    stage.settle()

    def ask() -> None:
        place.page.editions.remove.click()
        stage.until(lambda: stage.taken is not None)

    stage.in_dialog(ask)
