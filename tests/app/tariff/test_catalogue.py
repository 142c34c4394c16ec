"""The catalogue: what it knows, what it reads and when, the owner's own files, and the owner's choices."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.errors import EnvironmentProblem, UserError
from app.places import resources
from app.tariff.catalogue import Catalogue
from tests.app.tariff.small import SMALL, changed

SHIPPED = resources("tariffs")
CODES = ("dokodemo-prime", "mdr-ndr", "media-light", "mihariban", "osect")
DAY = date(2026, 11, 20)


def test_codes_and_order(shipped: Catalogue) -> None:
    assert shipped.codes() == CODES
    assert [service.code for service in shipped.services()] == [
        "mihariban",
        "media-light",
        "osect",
        "dokodemo-prime",
        "mdr-ndr",
    ]


def test_only_the_file_asked_for_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "tariffs"
    shutil.copytree(SHIPPED, folder)
    (folder / "osect.toml").write_text('code = "osect"\n!!', encoding="utf-8")
    catalogue = Catalogue([folder])
    assert catalogue.codes() == CODES
    assert catalogue.service("mihariban").code == "mihariban"
    with pytest.raises(UserError) as caught:
        catalogue.service("osect")
    assert caught.value.code == "tariff-file"
    assert "osect.toml" in caught.value.problems[0].what


def test_a_broken_file_of_the_owners_takes_only_its_own_service_away(tmp_path: Path) -> None:
    own = tmp_path / "tariffs"
    own.mkdir()
    (own / "osect.toml").write_text('code = "osect"\n!!', encoding="utf-8")
    listed = [service.code for service in Catalogue([SHIPPED, own]).services()]
    assert listed == ["mihariban", "media-light", "dokodemo-prime", "mdr-ndr"]
    with pytest.raises(UserError):
        Catalogue([own]).services()  # where it is the program's own file, the installation is damaged


def test_a_service_is_read_once(shipped: Catalogue) -> None:
    assert shipped.service("osect") is shipped.service("osect")
    other = shipped.with_choices({"visit-cancel-fee": "base-fee"})
    assert other.service("osect") is shipped.service("osect")


def test_unknown_service(shipped: Catalogue) -> None:
    with pytest.raises(UserError) as caught:
        shipped.service("antivirus")
    (problem,) = caught.value.problems
    assert problem.code == "bad-input"
    assert all(code in problem.remedy for code in CODES)


def test_missing_shipped_folder(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(EnvironmentProblem) as caught:
            Catalogue([folder]).codes()
        assert caught.value.code == "resource-missing"


def test_a_new_service_is_a_new_file(written: Callable[..., Path]) -> None:
    catalogue = Catalogue([SHIPPED, written(SMALL, "whatever.toml").parent])
    assert catalogue.codes() == (*CODES, "watch")
    assert catalogue.services()[-1].code == "watch"
    item = catalogue.priced_edition("watch", DAY).item("seat")
    assert item is not None
    assert [tier.price for tier in item.tiers] == [300, 250]
    assert catalogue.choice("watch", "watch-days", DAY) == "calendar"


def test_the_owners_folder_may_be_missing(tmp_path: Path) -> None:
    assert Catalogue([SHIPPED, tmp_path / "none"]).codes() == CODES


ADDITION = """\
code = "osect"
[[editions]]
start = 2027-01-01
priced = false
clause = "改定"
"""


def test_the_owners_edition_of_a_shipped_service(written: Callable[..., Path]) -> None:
    addition = ADDITION.replace("osect", "mihariban")
    catalogue = Catalogue([SHIPPED, written(addition, "mihariban.toml").parent])
    assert catalogue.codes() == CODES
    assert catalogue.priced_edition("mihariban", date(2026, 12, 31)).start == date(2023, 12, 1)
    assert catalogue.edition("mihariban", date(2027, 1, 1)).start == date(2027, 1, 1)
    assert catalogue.service("mihariban").provider.ja.startswith("NTT西日本")
    with pytest.raises(UserError) as caught:
        catalogue.priced_edition("mihariban", date(2027, 1, 1))
    assert caught.value.code == "edition-unknown"
    # The new edition has no prices and no readings: those of the one before still answer.
    assert catalogue.choice("mihariban", "change-day", date(2027, 1, 1)) == "new-quantity"


def test_the_owners_edition_may_not_overlap(written: Callable[..., Path]) -> None:
    catalogue = Catalogue([SHIPPED, written(ADDITION, "osect.toml").parent])
    with pytest.raises(UserError) as caught:
        catalogue.service("osect")
    (problem,) = caught.value.problems
    assert problem.code == "tariff-file"
    assert problem.field == "editions[2027-01-01]"


def test_every_problem_of_a_wrong_file_is_raised(written: Callable[..., Path]) -> None:
    text = changed(("price = 300", "price = -1"), ('clause = "附則2"\n', ""))
    catalogue = Catalogue([SHIPPED, written(text).parent])
    with pytest.raises(UserError) as caught:
        catalogue.service("watch")
    assert {problem.field for problem in caught.value.problems} == {
        "editions[2026-07-01].clause",
        "editions[2026-07-01].items[seat].tiers[1].price",
    }


def test_choices(shipped: Catalogue) -> None:
    assert shipped.choice("media-light", "migration-volume", DAY) == "block"
    other = shipped.with_choices({"migration-volume": "column", "termination-tax": "taxed"})
    for code in ("media-light", "dokodemo-prime"):
        assert other.choice(code, "migration-volume", DAY) == "column"
        assert other.used(code, "termination-tax", DAY) == ("termination-tax", "taxed")
        assert other.choice(code, "migration-step", DAY) == "started"
    assert shipped.choice("media-light", "migration-volume", DAY) == "block"
    assert other.with_choices({"migration-volume": "block"}).choices == {
        "migration-volume": "block",
        "termination-tax": "taxed",
    }
    assert other.with_choices({}) is other


def test_a_choice_before_the_first_edition(shipped: Catalogue) -> None:
    assert shipped.choice("dokodemo-prime", "change-day", date(2020, 1, 1)) == "new-quantity"
    with pytest.raises(UserError) as caught:
        shipped.choice("osect", "migration-volume", DAY)
    assert caught.value.code == "bad-input"


def test_wrong_choices_are_all_told(shipped: Catalogue) -> None:
    with pytest.raises(UserError) as caught:
        shipped.with_choices({"migration-volume": "pillar", "weather": "fine", "termination-tax": "taxed"})
    choice, reading = caught.value.problems
    assert (choice.code, choice.field) == ("bad-input", "readings.migration-volume")
    assert "block" in choice.remedy
    assert "column" in choice.remedy
    assert (reading.code, reading.field) == ("bad-input", "readings.weather")
    assert "migration-volume" in reading.remedy
    with pytest.raises(UserError):
        Catalogue([SHIPPED], {"weather": "fine"})


def test_a_shared_reading_keeps_each_services_own_choice(shipped: Catalogue) -> None:
    chosen = {
        code: shipped.choice(code, "outage-rounding", DAY)
        for code in ("mihariban", "media-light", "dokodemo-prime")
    }
    assert chosen == {"mihariban": "credit", "media-light": "credit", "dokodemo-prime": "remainder"}
