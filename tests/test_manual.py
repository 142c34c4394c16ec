"""The manual: its links lead somewhere, its pictures are the command's, and it says what the program says."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ROOT / "docs" / "manual"
PAGES = sorted(MANUAL.glob("*.md"))
MOST_BYTES = 150_000
# In 「」, but typed by people, painted, or a file: nothing the program says.
NOT_SAID = {"たかはし", "⋯", "……", "madoguchi.key"}


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def links(page: Path) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", text(page))


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@lru_cache(maxsize=1)
def said() -> tuple[re.Pattern[str], ...]:
    """Everything the program can say, with anything in the place of what is filled in."""
    with (ROOT / "resources" / "translations" / "en.po").open("rb") as file:
        ids = [str(message.id) for message in read_po(file) if message.id]
    return tuple(re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(one))) for one in ids)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = page if not name else page.parent / name
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_the_index_lists_every_page() -> None:
    listed = {link for link in links(MANUAL / "index.md") if link.endswith(".md") and "/" not in link}
    assert listed == {page.name for page in PAGES} - {"index.md"}


def test_pictures_are_shown_and_small() -> None:
    shown = {Path(link).name for page in PAGES for link in links(page) if link.startswith("pictures/")}
    there = {path.name: path.stat().st_size for path in (MANUAL / "pictures").iterdir()}
    assert shown == set(there)
    assert {name: size for name, size in there.items() if size > MOST_BYTES} == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_stands_in_brackets_is_said_by_the_program(page: Path) -> None:
    quoted = set(re.findall("「([^「」]*)」", text(page))) - NOT_SAID
    unsaid = {words for words in quoted if not any(one.fullmatch(words) for one in said())}
    rest = {words for words in unsaid if not any(words in one.pattern for one in said())}
    assert rest == set()
