"""The check of the English catalogue finds what it should, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CODE = '''
from app.words import N_, _, pgettext

NAME = N_("見積")
KANA = "アイウ"

def said(name):
    """説明はそのまま"""
    return _("{name}がありません。").format(name=name), pgettext("button", "発行"), _("長い"
        "文")
'''


@pytest.fixture
def words(command: Callable[[str], ModuleType]) -> Any:
    return command("words")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "page.py").write_text(CODE, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_page.py").write_text('_("試験の文")', encoding="utf-8")
    return tmp_path


@pytest.fixture
def full(words: Any, tree: Path) -> Any:
    """A catalogue in which everything said has its English."""
    catalogue = words.refreshed(words.said(tree), words.read(tree / "none.po"))
    english = {"見積": "Quotation", "{name}がありません。": "No {name}.", "発行": "Issue", "長い文": "Long"}
    for message in catalogue:
        if message.id:
            message.string = english[message.id]
    return catalogue


def test_everything_marked_is_found_with_its_context(words: Any, tree: Path) -> None:
    found = {(message.context, message.id) for message in words.said(tree) if message.id}
    assert found == {(None, "見積"), (None, "{name}がありません。"), ("button", "発行"), (None, "長い文")}


def test_a_full_catalogue_has_no_complaints(words: Any, tree: Path, full: Any) -> None:
    words.save(full, tree / "en.po")
    assert list(words.complaints(words.said(tree), words.read(tree / "en.po"))) == []


def test_missing_stale_and_wrong_entries_are_told(words: Any, tree: Path, full: Any) -> None:
    full.get("見積").string = ""
    full.get("{name}がありません。").string = "No {file}."
    full.get("発行", "button").flags.add("fuzzy")
    full.add("昔の文", "Old")
    assert sorted(words.complaints(words.said(tree), full)) == [
        "English not checked, marked fuzzy: 発行",
        "no English (ui/page.py): 見積",
        "no longer said: 昔の文",
        "placeholders differ: {name}がありません。 / No {file}.",
    ]


def test_refreshing_keeps_the_english_and_drops_what_is_no_longer_said(
    words: Any, tree: Path, full: Any
) -> None:
    full.add("昔の文", "Old")
    (tree / "ui" / "page.py").write_text(CODE + '\n_("新しい文")\n', encoding="utf-8")
    catalogue = words.refreshed(words.said(tree), full)
    assert catalogue.get("見積").string == "Quotation"
    assert catalogue.get("新しい文").string == ""
    assert catalogue.get("昔の文") is None


def test_the_same_words_give_the_same_file(words: Any, tree: Path, full: Any) -> None:
    words.save(full, tree / "one.po")
    words.save(words.refreshed(words.said(tree), words.read(tree / "one.po")), tree / "two.po")
    text = (tree / "one.po").read_text(encoding="utf-8")
    assert text == (tree / "two.po").read_text(encoding="utf-8")
    assert "Date" not in text
    assert "charset=utf-8" in text


def test_japanese_that_is_not_marked_is_listed(words: Any, tree: Path) -> None:
    assert list(words.unmarked(tree)) == ["ui/page.py:5: 'アイウ'"]
