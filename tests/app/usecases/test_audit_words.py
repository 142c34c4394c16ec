"""Every verb the program records has words, and so has every group."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from app.usecases.audit_entries import AuditEntry
from app.usecases.audit_words import (
    GROUPS,
    details_of,
    group_of,
    known_verbs,
    summary_of,
    verb_words,
    verbs_of,
)
from tests.desks import NOW

ROOT = Path(__file__).parents[3]
# Verbs that are no plain word where they are recorded, by the file that records them.
CHOSEN = {
    "app/usecases/approve_paper.py": {"approval-approved", "approval-refused"},
    "app/usecases/book_visit.py": {"visit-released", "visit-moved", "visit-booked"},
    "app/usecases/carry_visits.py": {"visits-out", "visits-back"},
    "app/usecases/keep_beside.py": {"note-changed", "note-done", "note-reopened"},
    "app/usecases/keep_equipment.py": {
        "device-added", "device-changed", "device-struck-out", "device-put-back",
    },
    "app/usecases/sign_in.py": {"window-unlocked", "unlock-failed"},
    "app/usecases/write_out.py": set(),  # told by those who call note_export
    "db/audit.py": {"audit-payload-erased"},
    "db/papers.py": {"paper-erased"},
}  # fmt: skip


def verb_of(node: ast.AST) -> ast.expr | None:
    """The verb of a call that records something; None for everything else."""
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Attribute) and node.func.attr == "record" and len(node.args) == 4:
        return node.args[1]
    if isinstance(node.func, ast.Name) and node.func.id == "note_export":
        return node.args[1] if isinstance(node.args[1], ast.Constant) else None
    return None


def recorded() -> Iterator[tuple[str, ast.expr]]:
    """The verb of each call that records something, with its file."""
    for room in ("app", "db", "cli", "ui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            if ".record(" not in source and "note_export(" not in source:
                continue
            for node in ast.walk(ast.parse(source)):
                verb = verb_of(node)
                if verb is not None:
                    yield path.relative_to(ROOT).as_posix(), verb


def test_every_verb_has_words() -> None:
    verbs: set[str] = set()
    for file, verb in recorded():
        if isinstance(verb, ast.Constant):
            verbs.add(str(verb.value))
        else:
            assert file in CHOSEN, f"{file} records a verb that is chosen: name what it may be"
            verbs |= CHOSEN[file]
    assert len(verbs) > 60
    assert verbs <= known_verbs()
    for verb in verbs:
        assert verb_words(verb) != verb
        assert verb in verbs_of(group_of(verb))
    assert known_verbs() == {verb for group in GROUPS for verb in verbs_of(group)}


def entry(what: str, **detail: object) -> AuditEntry:
    """A link that tells something."""
    return AuditEntry(1, NOW, "田村 美咲", what, "x", detail)


def test_details_say_before_and_after() -> None:
    told = details_of(entry("role-changed", before="clerk", after="manager"))
    assert [(one.before, one.value) for one in told] == [("担当者", "管理者")]
    changes = {"company.phone": ["03-0000-1111", "03-0000-2222"], "company.fax": [None, ""]}
    told = details_of(entry("settings-changed", fields=["company"], changes=changes))
    assert [(one.name, one.before, one.value) for one in told] == [
        ("会社・電話番号", "03-0000-1111", "03-0000-2222"),
        ("会社・FAX", "—", "—"),
    ]
    old = entry("settings-changed", fields=["company", "staff"])  # as earlier versions recorded it
    assert summary_of(old) == "変えた項目：会社、担当者"


def test_a_line_tells_amounts_and_leaves_out_what_machines_compare() -> None:
    issued = entry(
        "paper-issued", number="B-HM1-2611-3", kind="B", revision=1, sha256="ab" * 32, total=51_700
    )
    assert summary_of(issued) == "番号：B-HM1-2611-3　種類：請求書　版：1　合計：51,700円"
    assert [one.value for one in details_of(issued)][-2] == "ab" * 32
    assert summary_of(entry("later-verb", own=True, odd={"a": 1})) == "本人による変更：はい　odd：a 1"
    assert verb_words("later-verb") == "later-verb"
