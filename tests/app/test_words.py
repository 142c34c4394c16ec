"""Japanese needs no catalogue; English comes from one and falls back to the Japanese."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from app import places, words
from app.words import N_, _, language, pgettext, set_language


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An English catalogue of three texts in place of the program's own."""
    catalogue = Catalog(locale="en")
    catalogue.add("保存しました", "Saved")
    catalogue.add("{name}がありません。", "There is no {name}.")
    catalogue.add("発行", "Issue", context="button")
    folder = tmp_path / "resources" / "translations"
    folder.mkdir(parents=True)
    with (folder / "en.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(places, "program_folder", lambda: tmp_path)
    monkeypatch.setattr(words, "_catalogues", {})


def test_japanese_is_the_text_itself() -> None:
    assert language() == "ja"
    assert _("保存しました") == N_("保存しました") == "保存しました"
    assert pgettext("button", "発行") == "発行"


@pytest.mark.usefixtures("english")
def test_english_comes_from_the_catalogue() -> None:
    set_language("en")
    assert language() == "en"
    assert _("保存しました") == "Saved"
    assert _("{name}がありません。").format(name="A.pdf") == "There is no A.pdf."


@pytest.mark.usefixtures("english")
def test_a_context_tells_the_same_word_apart() -> None:
    set_language("en")
    assert pgettext("button", "発行") == "Issue"
    assert _("発行") == "発行"


@pytest.mark.usefixtures("english")
def test_a_text_without_english_stays_japanese() -> None:
    set_language("en")
    assert _("まだ訳していません") == "まだ訳していません"


@pytest.mark.usefixtures("english")
def test_an_empty_text_is_not_the_head_of_the_catalogue() -> None:
    set_language("en")
    assert _("") == ""


@pytest.mark.usefixtures("english")
def test_the_language_can_change_back() -> None:
    set_language("en")
    set_language("ja")
    assert _("保存しました") == "保存しました"


def test_without_a_compiled_catalogue_the_words_stay_japanese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "program_folder", lambda: tmp_path)
    monkeypatch.setattr(words, "_catalogues", {})
    set_language("en")
    assert _("保存しました") == "保存しました"


@pytest.mark.parametrize("name", ["", "JA", "fr", "en_US"])
def test_an_unknown_language_is_refused_and_changes_nothing(name: str) -> None:
    with pytest.raises(ValueError, match="no such language"):
        set_language(name)
    assert language() == "ja"


def test_speaking_japanese_loads_no_gettext() -> None:
    code = "import app.words, sys; app.words._('はい'); sys.exit('gettext' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=places.program_folder(), check=False)
    assert done.returncode == 0
