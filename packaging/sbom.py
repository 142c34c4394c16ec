"""Writes the bill of materials (CycloneDX 1.6, JSON) of what the program ships with:

    .venv/bin/python packaging/sbom.py sbom.json

Everything in it comes from the lock and from the files themselves: the same lock gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import sys
import uuid
from pathlib import Path
from typing import Any, Final

from shipped import DATA, ROOT, Shipped, shipped

sys.path.insert(0, str(ROOT))
import app

SPEC: Final = "1.6"
_SPACE: Final = uuid.UUID("6f1d5f0e-7a36-4a0c-9d5e-2f4b8a3c1e77")


def bill() -> dict[str, Any]:
    """The whole bill as plain data."""
    packages = shipped()
    own = f"pkg:generic/madoguchi@{app.__version__}"
    components = [*map(_package, packages), *(_data(name) for name in DATA)]
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "Madoguchi",
                "version": app.__version__,
            }
        },
        "components": components,
        "dependencies": [{"ref": own, "dependsOn": [one["bom-ref"] for one in components]}],
    }
    serial = uuid.uuid5(_SPACE, json.dumps(content, sort_keys=True))
    return {"serialNumber": f"urn:uuid:{serial}", **content}


def _package(one: Shipped) -> dict[str, Any]:
    purl = f"pkg:pypi/{one.name}@{one.version}"
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": one.name,
        "version": one.version,
        "purl": purl,
        "licenses": [{"expression": one.license}],
        "externalReferences": [
            {
                "type": "distribution",
                "url": purl,
                "hashes": [{"alg": "SHA-256", "content": sha256} for sha256 in one.hashes],
            }
        ],
    }
    if one.marker:
        found["properties"] = [{"name": "madoguchi:marker", "value": one.marker}]
    return found


def _data(name: str) -> dict[str, Any]:
    code, pattern = DATA[name]
    parts = [
        {
            "type": "file",
            "name": path.relative_to(ROOT).as_posix(),
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
        }
        for path in sorted(ROOT.glob(pattern))
    ]
    ref = "madoguchi:" + name.replace(" ", "-").replace(",", "")
    return {
        "type": "data",
        "bom-ref": ref,
        "name": name,
        "licenses": [{"expression": code}],
        "components": parts,
    }


def main(arguments: list[str]) -> int:
    """Write it to a file, or to standard output."""
    text = json.dumps(bill(), ensure_ascii=False, indent=2) + "\n"
    if arguments:
        Path(arguments[0]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
