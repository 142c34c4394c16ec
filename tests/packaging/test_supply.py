"""What the program ships with: every file pinned by its hash, every licence at hand, a bill of materials."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
Command = Callable[[str], ModuleType]


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_file_of_the_lock_has_its_hash_and_no_address(lock: str) -> None:
    text = (ROOT / "packaging" / lock).read_text(encoding="utf-8")
    parts = re.split(r"\n(?=\S)", text.strip())
    assert len(parts) > 30
    for part in parts:
        assert re.match(r"[a-z0-9-]+==\S+", part), part
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", part), part
    assert "://" not in text
    assert "index" not in text


def test_nothing_ships_without_its_licence(command: Command) -> None:
    shipped, licenses = command("shipped"), command("licenses")
    folder = ROOT / "docs" / "licenses"
    table = (folder / "README.md").read_text(encoding="utf-8")
    for one in shipped.shipped():
        (line,) = [row for row in table.splitlines() if row.startswith(f"| {one.name} |")]
        assert f"| {one.version} | {one.license} |" in line
        assert licenses.links(one, folder) in line
        assert "](" in line, f"{one.name} has no text"
    for target in re.findall(r"\]\(([^)]+)\)", table):
        assert (folder / target).is_file(), target
    for name, (_code, pattern) in shipped.DATA.items():
        assert name in table
        assert list(ROOT.glob(pattern)), pattern
    resources = {path.suffix for path in (ROOT / "resources" / "fonts").iterdir()}
    assert resources == {".ttf", ".txt", ""}


def test_the_bill_of_materials_has_all_that_cyclonedx_asks_for(command: Command, tmp_path: Path) -> None:
    sbom, target = command("sbom"), tmp_path / "sbom.json"
    assert sbom.main([str(target)]) == 0
    first = target.read_bytes()
    bill = json.loads(first)
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(refs) == len(set(refs)) == len(command("shipped").shipped()) + 4
    for one in bill["components"]:
        assert one["type"] in {"library", "data"}
        assert one["licenses"][0]["expression"]
        hashes = [
            found["content"]
            for part in (*one.get("externalReferences", ()), *one.get("components", ()))
            for found in part["hashes"]
        ]
        assert hashes
        assert all(re.fullmatch(r"[0-9a-f]{64}", found) for found in hashes)
    (whole,) = bill["dependencies"]
    assert whole["ref"] == bill["metadata"]["component"]["bom-ref"]
    assert whole["dependsOn"] == refs
    sbom.main([str(target)])
    assert target.read_bytes() == first
