"""Scenes of Home, of all deadlines, and of telling customers about changed terms."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import TYPE_CHECKING

from picture_contracts_made import fill_contracts
from picture_desk import NOW
from picture_plan import scene
from picture_stage import Stage
from picture_tariffs import next_year_file
from PySide6.QtCore import Qt

from app.places import resources
from app.tariff.catalogue import Catalogue

if TYPE_CHECKING:
    from ui.home.page import HomePage
    from ui.tariffs.place import TariffsPlace

_START = date(2027, 4, 1)


def _home(stage: Stage) -> HomePage:
    stage.open("home")
    return open_home(stage)


def open_home(stage: Stage) -> HomePage:
    """Home with something of everything."""
    window = stage.window
    assert stage.session is not None
    fill_contracts(stage.session.desk)
    copied = stage.session.desk.storage.back_up()
    at = (NOW - timedelta(hours=2)).timestamp()
    os.utime(copied, (at, at))
    page: HomePage = window.page("home")  # type: ignore[union-attr]
    page.arrive()
    stage.settle()
    page.overdue.list.setFocus()
    stage.settle()
    return page


@scene("home", manual=True)
def home(stage: Stage) -> None:
    """A day with something of everything."""
    _home(stage)


@scene("home")
def home_walked(stage: Stage) -> None:
    """Walked by key to a deadline."""
    page = _home(stage)
    page.columns[30].list.setFocus()
    stage.press(Qt.Key.Key_Down)


@scene("home")
def home_empty(stage: Stage) -> None:
    """A new desk."""
    stage.open("home", empty=True)


@scene("home", manual=True)
def deadlines(stage: Stage) -> None:
    """All deadlines by day."""
    _home(stage)
    stage.main.open_deadlines()
    stage.settle()


@scene("home")
def deadlines_none(stage: Stage) -> None:
    """Nothing falls due."""
    stage.open("home", empty=True).open_deadlines()
    stage.settle()


def _with_edition(stage: Stage) -> HomePage:
    """Home once an edition of the owner's is known."""
    page = _home(stage)
    assert stage.session is not None
    assert stage.session.vault is not None
    own = stage.session.vault.folder / "tariffs"
    own.mkdir(exist_ok=True)
    path = next_year_file(stage)
    path.replace(own / path.name)
    stage.session.desk.take_catalogue(Catalogue((resources("tariffs"), own)))
    return page


def _terms(stage: Stage) -> TariffsPlace:
    """The page that tells of an edition of the owner's."""
    _with_edition(stage)
    stage.main.open_terms_change("dokodemo-prime", _START)
    stage.settle()
    place: TariffsPlace = stage.main.page("tariffs")  # type: ignore[assignment]
    assert place.terms is not None
    stage.until(lambda: place.terms is not None and place.terms.letter.pdf is not None)
    stage.settle()
    return place


@scene("home")
def home_edition(stage: Stage) -> None:
    """An edition is near whose customers are not told yet."""
    page = _with_edition(stage)
    page.arrive()
    stage.settle()


@scene("tariffs", manual=True)
def terms_change(stage: Stage) -> None:
    """The contracts an edition touches, and the letter for one."""
    _terms(stage)


@scene("tariffs")
def terms_told(stage: Stage) -> None:
    """All of them told."""
    place = _terms(stage)
    assert place.terms is not None
    page = place.terms
    folder = stage.maker.new_folder() / "規約改定の手紙"
    folder.mkdir(parents=True)
    page.start(folder)
    stage.until(lambda: not page.telling.running)
    stage.settle()
