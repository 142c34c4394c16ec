"""The English catalogue: kept in step with the code, checked and compiled. Runs in the program's environment.

    packaging/dev.py words             take new words in, drop those the code no longer says, compile
    packaging/dev.py words --check     change nothing; fail on words missing, stale or badly filled in
    packaging/dev.py words --unmarked  list Japanese in the code that never passes through the catalogue
    packaging/dev.py words --compile   compile only

Message ids are the Japanese texts (docs/decisions). English stands in resources/translations/en.po.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "resources" / "translations"
ROOMS: Final = ("main.py", "app", "cli", "db", "reports", "ui")
KEYWORDS: Final[dict[str, Any]] = {"_": None, "N_": None, "pgettext": ((1, "c"), 2)}
LANGUAGE: Final = "en"

_JAPANESE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# What tools write into the head although nobody reads it: dates, versions, people.
_NOISE: Final = tuple(
    f'"{name}'
    for name in (
        *("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Report-Msgid", "Last-Translator"),
        *("Language-Team", "Project-Id-Version"),
    )
)
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")


def main(arguments: list[str]) -> int:
    path = FOLDER / f"{LANGUAGE}.po"
    match arguments:
        case ["--check"]:
            problems = list(complaints(said(ROOT), read(path)))
            print("\n".join(problems) or "the English catalogue is complete")
            return 1 if problems else 0
        case ["--compile"]:
            compile_to(read(path), path.with_suffix(".mo"))
            return 0
        case ["--unmarked"]:
            print("\n".join(unmarked(ROOT)))
            return 0
        case []:
            catalogue = refreshed(said(ROOT), read(path))
            save(catalogue, path)
            compile_to(catalogue, path.with_suffix(".mo"))
            empty = sum(1 for message in catalogue if message.id and not message.string)
            print(f"{len(catalogue)} texts, {empty} without English")
            return 0
    print(__doc__)
    return 2


def sources(root: Path) -> Iterator[Path]:
    """The modules that may speak to people."""
    for room in ROOMS:
        path = root / room
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path] if path.exists() else []


def said(root: Path) -> Catalog:
    """Every text the code marks for translation, with the files that say it."""
    catalogue = Catalog(fuzzy=False)
    for path in sources(root):
        place = path.relative_to(root).as_posix()
        for _line, text, comments, context in extract_from_file("python", path, KEYWORDS):
            catalogue.add(text, locations=[(place, 0)], auto_comments=comments, context=context)
    return catalogue


def read(path: Path) -> Catalog:
    """The catalogue in a file; an empty one when there is none yet."""
    if not path.exists():
        return Catalog(locale=LANGUAGE, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def refreshed(code: Catalog, known: Catalog) -> Catalog:
    """What the code says, with the English known so far."""
    head = "# The English words of Madoguchi. Message ids are the Japanese texts."
    catalogue = Catalog(
        locale=LANGUAGE, header_comment=head, project="Madoguchi", charset="utf-8", fuzzy=False
    )
    for message in code:
        if message.id:
            old = known.get(message.id, message.context)
            catalogue.add(
                message.id,
                old.string if old else "",
                locations=message.locations,
                user_comments=old.user_comments if old else (),
                context=message.context,
            )
    return catalogue


def save(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue without dates and tool versions: the same words give the same file."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    lines = buffer.getvalue().decode("utf-8").splitlines(keepends=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(line for line in lines if not line.startswith(_NOISE))
    path.write_text(text, encoding="utf-8", newline="\n")


def compile_to(catalogue: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)


def complaints(code: Catalog, known: Catalog) -> Iterator[str]:
    """What is wrong with the known catalogue, a line each."""
    for message in code:
        if not message.id:
            continue
        place = ", ".join(sorted({location for location, _ in message.locations}))
        entry = known.get(message.id, message.context)
        if entry is None or not entry.string:
            yield f"no English ({place}): {message.id}"
        elif entry.fuzzy:
            yield f"English not checked, marked fuzzy: {message.id}"
        elif _names(entry.string) != _names(message.id):
            yield f"placeholders differ: {message.id} / {entry.string}"
    for message in known:
        if message.id and code.get(message.id, message.context) is None:
            yield f"no longer said: {message.id}"


def _names(text: object) -> set[str]:
    return set(_PLACEHOLDER.findall(str(text)))


def unmarked(root: Path) -> Iterator[str]:
    """Japanese literals that are neither marked nor documentation: perhaps words, perhaps data."""
    for path in sources(root):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        marked = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS
            for part in ast.walk(node)
        }
        documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if _JAPANESE.search(node.value) and id(node) not in marked | documentation:
                yield f"{path.relative_to(root).as_posix()}:{node.lineno}: {node.value!r}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
