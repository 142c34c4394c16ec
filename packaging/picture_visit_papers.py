"""The papers of visits as pages, made of the samples that the tests use. Names are invented.

python packaging/picture_visit_papers.py    only the pictures of these papers in the manual
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def visit_papers() -> dict[str, bytes]:
    """Work order, the paper before the work (to be signed, and signed), the day, the report; and the order of
    forty devices.
    """
    from app.papers.model import Images
    from app.papers.quotation import IssueMark
    from app.papers.visit_before import before_work
    from app.papers.visit_day import run_sheet
    from app.papers.visit_order import work_order
    from app.papers.visit_report import visit_report
    from app.places import resources
    from app.words import speaking
    from reports import draw
    from tests import visit_samples as samples
    from tests.shipped import catalogue

    demo = resources("demo")
    images = Images((demo / "seal.png").read_bytes(), (demo / "logo.png").read_bytes())
    mark = IssueMark("W-A1-2612-0056", 1, date(2026, 12, 8))
    done_mark = IssueMark("R-A1-2612-0056", 1, samples.DAY)
    planned, done = samples.facts(), samples.facts(events=samples.done_events())
    crew, visits = samples.a_day(3)
    with speaking("ja"):
        papers = {
            "visit-paper-order": work_order(planned, mark),
            "visit-paper-before": before_work(planned, mark),
            "visit-paper-before-signed": before_work(done, mark),
            "visit-paper-day": run_sheet(samples.DAY, crew, visits, samples.SETTINGS, catalogue()),
            "visit-paper-report": visit_report(done, done_mark),
            "visit-paper-order-long": work_order(samples.many_devices(), mark),
        }
        return {name: draw(paper, images) for name, paper in papers.items()}


MANUAL_PAGES = {
    "visit-paper-order": 1,
    "visit-paper-before-signed": 2,
    "visit-paper-day": 1,
    "visit-paper-report": 1,
}
"""The papers the manual shows, and which page."""


def main() -> int:
    """Write the manual's pictures of these papers."""
    sys.path.insert(0, str(ROOT))
    from picture_shots import page_pictures, small_png
    from pictures import MANUAL_OUT, MOST_BYTES

    made = visit_papers()
    worst = 0
    for name, number in MANUAL_PAGES.items():
        data = small_png(page_pictures(made[name])[number - 1])
        worst = max(worst, len(data))
        (MANUAL_OUT / f"{name}.png").write_bytes(data)
    return 1 if worst > MOST_BYTES else 0


if __name__ == "__main__":
    sys.exit(main())
