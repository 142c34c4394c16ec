"""Mutation testing by hand, not in CI: small mistakes are planted one at a time, and the tests have to
find them.

    python packaging/mutate.py                          all of app/charge (long)
    python packaging/mutate.py app/charge/interest.py   some modules
    python packaging/mutate.py --list app/charge/interest.py

Planted are: other comparisons, other arithmetic, ``and`` for ``or``, conditions turned round, numbers
one off, truth values turned round, and results left out. Nothing on disk is changed: the module is
compiled with the mistake in a process of its own. What survives is printed with its line;
docs/mutation.md judges the survivors. Exit status 1 when fewer than nine in ten were found.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
GOAL: Final = 90  # of a hundred
NOTHING: Final = -1  # the module as it is: its tests must pass, or every mistake would count as found
LONGEST: Final = 120  # seconds a run may take; one that hangs has been noticed
# Tests of a room, the quickest to find something first.
TESTS: Final = ("tests/golden", "tests/app/charge", "tests/app/usecases/test_what_if.py", "tests/app/quote")
OWN_TESTS: Final = {
    "app/charge/interest.py": ("tests/golden/test_own_rules.py", "tests/app/charge/test_interest.py"),
    "app/charge/interest_words.py": (
        "tests/app/charge/test_interest.py",
        "tests/app/charge/test_surcharge.py",
    ),
    "app/charge/statutory.py": ("tests/app/charge/test_interest.py",),
    "app/charge/surcharge.py": ("tests/golden/test_own_rules.py", "tests/app/charge/test_surcharge.py"),
}

_COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One planted mistake: where, what it was, what it became, and the module with it."""

    line: int
    before: str
    after: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Every mistake that can be planted in a module, one at a time."""
    tree = ast.parse(source)
    for place, node in enumerate(_walk(tree)):
        for number in range(len(_replacements(node))):
            other = copy.deepcopy(tree)
            target = next(one for at, one in enumerate(_walk(other)) if at == place)
            before, replacement = ast.unparse(target), _replacements(target)[number]
            _put(other, target, replacement)
            ast.fix_missing_locations(other)
            yield Mutant(getattr(node, "lineno", 0), before, ast.unparse(replacement), other)


def _walk(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run: no annotations, no words in brackets of a message."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield child
                yield from _walk(child)


def _replacements(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        operator = _COMPARISONS[type(node.ops[0])]()
        return [ast.Compare(node.left, [operator], node.comparators)]
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        return [ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right)]
    if isinstance(node, ast.BoolOp):
        return [ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [node.operand]
    if isinstance(node, ast.If | ast.IfExp):
        turned = copy.copy(node)
        turned.test = ast.UnaryOp(ast.Not(), node.test)
        return [] if isinstance(node.test, ast.Compare) else [turned]
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return [ast.Constant(not node.value)]
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return [ast.Constant(node.value + 1)]
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        return [ast.Return(ast.Constant(None))]
    return []


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _put(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    """Put a node in the place of another one."""
    if isinstance(old, ast.expr | ast.stmt):
        ast.copy_location(new, old)
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list) and any(one is old for one in value):
                setattr(parent, name, [new if one is old else one for one in value])


# --- running -----------------------------------------------------------------------------------------------


class _Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module with its mistake; all others are found as ever."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(
        self, fullname: str, path: object = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, origin=str(self.path))

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)  # noqa: S102 - our own module


def run_one(path: str, number: int) -> int:
    """Run the tests with one mistake (none for NOTHING), in this process; pytest's exit status."""
    sys.path.insert(0, str(ROOT))
    source = (ROOT / path).read_text(encoding="utf-8")
    tree = ast.parse(source)
    if number != NOTHING:
        tree = next(mutant.tree for at, mutant in enumerate(mutants(source)) if at == number)
    name = path.removesuffix(".py").replace("/", ".")
    sys.meta_path.insert(0, _Planted(name, ROOT / path, tree))
    import pytest

    quiet = ("-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-header", "--tb=no")
    return int(pytest.main([*quiet, *OWN_TESTS.get(path, TESTS)]))


def survives(path: str, number: int) -> bool:
    """Whether the tests pass with a mistake in place."""
    command = [sys.executable, str(Path(__file__)), "--one", path, str(number)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def measure(path: str, jobs: int) -> tuple[int, list[Mutant]]:
    """How many mistakes were planted in a module, and those nobody noticed."""
    if not survives(path, NOTHING):
        sys.exit(f"{path}: its tests fail, or take too long, without any mistake")
    planted = list(mutants((ROOT / path).read_text(encoding="utf-8")))
    with ThreadPoolExecutor(jobs) as pool:
        alive = list(pool.map(lambda number: survives(path, number), range(len(planted))))
    return len(planted), [mutant for mutant, lives in zip(planted, alive, strict=True) if lives]


def main(arguments: Sequence[str]) -> int:
    """Plant, run, tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="*", help="modules, from the root of the project")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--list", action="store_true", help="only list the mistakes")
    parser.add_argument("--one", nargs=2, metavar=("MODULE", "NUMBER"), help=argparse.SUPPRESS)
    args = parser.parse_args(arguments)
    if args.one:
        return run_one(args.one[0], int(args.one[1]))
    charge = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "app/charge").rglob("*.py"))
    total = survivors = 0
    for path in args.modules or [one for one in charge if not one.endswith("__init__.py")]:
        if args.list:
            for mutant in mutants((ROOT / path).read_text(encoding="utf-8")):
                print(f"{path}:{mutant.line}: {_short(mutant.before)}  ->  {_short(mutant.after)}")
            continue
        start = time.perf_counter()
        count, alive = measure(path, args.jobs)
        total, survivors = total + count, survivors + len(alive)
        seconds = time.perf_counter() - start
        print(f"{path}: {count - len(alive)} of {count} found ({seconds:.0f} s)", flush=True)
        for mutant in alive:
            print(f"  line {mutant.line}: {_short(mutant.before)}  ->  {_short(mutant.after)}", flush=True)
    if total:
        found = 100 * (total - survivors) / total
        print(f"found {total - survivors} of {total}: {found:.1f} %")
        return int(found < GOAL)
    return 0


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89] + "…"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
