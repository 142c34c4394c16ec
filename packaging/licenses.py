"""Writes docs/licenses: what the program ships with, each with its licence. Run after a change of the lock:

    .venv/bin/python packaging/licenses.py

Needs what is locked to be installed; texts of packages of other systems stay as they were.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from shipped import DATA, ROOT, Shipped, shipped, texts_of

FOLDER: Final = ROOT / "docs" / "licenses"
COMMON: Final = {
    "LGPL-3.0-only": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "LGPL-2.1-or-later": ("LGPL-2.1.txt",),
    "Apache-2.0": ("Apache-2.0.txt",),
}
HEAD: Final = """# What Madoguchi ships with

Made by `packaging/licenses.py` from the lock and the installed packages; don't edit it by hand. Madoguchi
itself is under the licence in [LICENSE](../../LICENSE).

**Qt and PySide6** are used under the LGPL, version 3 ([LGPL-3.0](LGPL-3.0.txt), which adds to
[GPL-3.0](GPL-3.0.txt)). They are unchanged and linked dynamically: the shared
libraries lie in the folder of the
package and can be exchanged for your own build of the same version, in an installed copy too. Their source is
offered by the Qt Project. Qt itself holds parts under other licences, listed in Qt's own documentation under
"Licenses Used in Qt".

**python-stdnum** is used under the LGPL, version 2.1 or later, unchanged and as source.

| Package | Version | Licence | Where | Text |
|---|---|---|---|---|
"""


def text_of(one: Shipped) -> str:
    """The licence files of a package as one text; "" where it brings none."""
    return "\n\n".join(f"--- {name} ---\n\n{text.strip()}\n" for name, text in texts_of(one.name))


def links(one: Shipped, folder: Path) -> str:
    """Where its licence can be read."""
    own = [f"{one.name}.txt"] if (folder / f"{one.name}.txt").exists() else []
    common = [name for code, names in COMMON.items() if code in one.license for name in names]
    return " ".join(f"[{name.removesuffix('.txt')}]({name})" for name in [*own, *common])


def write(folder: Path) -> None:
    """Write the table and the texts."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for one in shipped():
        text = text_of(one)
        if text:
            tidy = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
            (folder / f"{one.name}.txt").write_text(tidy, encoding="utf-8")
        where = f"`{one.marker}`" if one.marker else "everywhere"
        rows.append(f"| {one.name} | {one.version} | {one.license} | {where} | {links(one, folder)} |")
    data = [f"| {name} | — | {code} | `{files}` | beside the files |" for name, (code, files) in DATA.items()]
    (folder / "README.md").write_text(HEAD + "\n".join([*rows, *data]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
