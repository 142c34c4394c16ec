"""Rules about the source that no checker knows: length, places, licences, and words that go through ``_``."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import app

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("app", "benchmarks", "cli", "db", "packaging", "reports", "tests", "ui")
LONGEST = 400
WIDEST = 110

# Letters in brackets, so that this file keeps its own rule.
FORBIDDEN = re.compile(
    r"/(?:wor[k]|roo[t])/|/hom[e]/[a-z]+/|/tm[p]/(?!\.X11)|[A-Z]:\\{1,2}User[s]\\"
    r"|pypi[.]org|pythonhosted[.]org|registry[.]npmjs|--(?:extra-)?index-ur[l]|--find-link[s]"
)
TEXT = {
    ".cfg",
    ".desktop",
    ".in",
    ".ini",
    ".json",
    ".md",
    ".po",
    ".py",
    ".qss",
    ".sh",
    ".toml",
    ".txt",
    ".yml",
    "",
}


def files() -> Iterator[Path]:
    """Every file of the project that people wrote."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git")
    for room in (*ROOMS, "docs", "resources", ".ci"):
        paths = (ROOT / room).rglob("*")
        yield from (path for path in paths if path.is_file() and "__pycache__" not in path.parts)


def modules(*rooms: str) -> list[Path]:
    found = [path for path in files() if path.suffix == ".py"]
    return [path for path in found if not rooms or path.relative_to(ROOT).parts[0] in rooms]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_module_is_too_long() -> None:
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert lengths
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_line_is_too_wide() -> None:
    lines = ((path, line) for path in modules() for line in path.read_text(encoding="utf-8").splitlines())
    assert sorted({named(path) for path, line in lines if len(line) > WIDEST}) == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = {}
    for path in files():
        if path.suffix in TEXT:
            hits = FORBIDDEN.findall(path.read_text(encoding="utf-8"))
            if hits:
                found[named(path)] = hits
    assert found == {}


@pytest.mark.parametrize(
    "text", ["/hom" + "e/someone/x", "C:\\User" + "s\\x", "https://pypi" + ".org/simple"]
)
def test_the_search_for_places_can_fail(text: str) -> None:
    assert FORBIDDEN.search(text)


def test_every_font_has_its_licence() -> None:
    folder = ROOT / "resources" / "fonts"
    licences = {"MadoguchiFigures": "OFL-BIZUDPGothic.txt"}
    fonts = list(folder.glob("*.ttf"))
    assert len(fonts) >= 7
    for font in fonts:
        family = font.stem.partition("-")[0]
        licence = folder / licences.get(family, f"OFL-{family}.txt")
        assert "SIL Open Font License, Version 1.1" in licence.read_text(encoding="utf-8"), font.name


def test_what_others_made_has_its_licence() -> None:
    ours = {"app-icon", "tariffs", "terms", "translations"}
    folders = {path.name for path in (ROOT / "resources").iterdir() if path.is_dir()} - ours - {"fonts"}
    assert {"icons", "postal"} <= folders
    for name in folders:
        assert list((ROOT / "resources" / name).glob("LICENSE*")), name
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_the_version_is_told_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == app.__version__


IMPORTS = re.compile(r"from app\.words import (\([^)]*\)|[^\n(]*)")
A_NAME_FOR_NOTHING = re.compile(r"(?<!\w)_(?![\w(])")


def speaks(text: str) -> bool:
    """Whether a module imports ``_`` as the translator."""
    return any("_" in re.split(r"[\s,()]+", names) for names in IMPORTS.findall(text))


def shadows(tree: ast.Module) -> Iterator[int]:
    """Lines where ``_`` is used as a name for nothing, which would hide the translator."""
    nodes = list(ast.walk(tree))
    targets = [node.target for node in nodes if isinstance(node, ast.comprehension)]
    own_scope = {id(part) for target in targets for part in ast.walk(target)}
    for node in nodes:
        stored = isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)
        if stored and id(node) not in own_scope:
            yield node.lineno
        if isinstance(node, ast.arg) and node.arg == "_":
            yield node.lineno


def early(node: ast.AST) -> Iterator[int]:
    """Lines where words are made while the module is imported, in whatever language was chosen by then."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            outside = [
                *child.decorator_list,
                *child.args.defaults,
                *(each for each in child.args.kw_defaults if each),
            ]
            for part in outside:
                yield from early(ast.Expression(part))
        elif not isinstance(child, ast.Lambda):
            if (
                isinstance(child, ast.Call)
                and isinstance(child.func, ast.Name)
                and child.func.id in {"_", "pgettext"}
            ):
                yield child.lineno
            yield from early(child)


@cache
def offenders() -> dict[str, dict[str, list[int]]]:
    """By rule and module the lines that break it; each module is read once."""
    found: dict[str, dict[str, list[int]]] = {"shadows": {}, "early": {}}
    for path in modules("app", "cli", "db", "reports", "ui"):
        text = path.read_text(encoding="utf-8")
        if not speaks(text):
            continue
        tree = ast.parse(text)
        # To look through whole trees for a name takes longer than to see that it stands nowhere.
        rules = (shadows, early) if A_NAME_FOR_NOTHING.search(IMPORTS.sub("", text)) else (early,)
        for rule in rules:
            if lines := list(rule(tree)):
                found[rule.__name__][named(path)] = lines
    return found


def test_no_module_that_speaks_hides_the_translator() -> None:
    assert offenders()["shadows"] == {}


def test_no_words_are_made_while_a_module_is_imported() -> None:
    assert offenders()["early"] == {}


BAD = """
from app.words import _, N_, pgettext
TITLE = _("早すぎ")
LATER = N_("よい")
ALSO = [lambda: _("よい")]
def f(x=_("早すぎ")):
    for _ in range(3):
        pass
    return [x for _ in "よい"], _("よい")
class C:
    label = pgettext("button", "早すぎ")
"""


def test_both_rules_can_fail() -> None:
    tree = ast.parse(BAD)
    assert speaks(BAD)
    assert speaks("    from app.words import (\n        N_,\n        _,\n    )")
    assert not speaks("from app.words import N_, set_language")
    assert list(early(tree)) == [3, 6, 11]
    assert list(shadows(tree)) == [7]
    for line in ("for _ in x:", "a, _ = b", "def f(_):", "with a as _:", "lambda _: 1"):
        assert A_NAME_FOR_NOTHING.search(line), line
