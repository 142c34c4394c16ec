"""A program that issues bills as a second window does, when it is told to begin.

python -m tests.app.usecases.bill_issuer FOLDER BILL…
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.papers.request import PaperRequest
from app.usecases.make_paper import issue_paper
from tests.desks import reopened


def main(folder: str, bills: list[str]) -> None:
    """Say the number, revision and hash of each paper."""
    desk = reopened(Path(folder))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for bill in bills:
        paper = issue_paper(desk, PaperRequest(kind="B", subject=bill, options={"accept": ["no-address"]}))
        sys.stdout.write(f"{paper.number} {paper.revision} {paper.sha256}\n")
    desk.storage.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
