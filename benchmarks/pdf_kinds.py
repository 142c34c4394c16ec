"""Every kind of paper against its floor, the same page by bare canvas calls of reportlab; and on screen.

    python -m benchmarks.pdf_kinds

Papers are those of contracts at a desk, each drawn for many customers so that nothing of one is kept for the
next. Seals, logos and QR codes are drawn by us only: the floor is lower than fair.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from msgspec.structs import replace

from benchmarks._running import tell_load
from benchmarks.pdf import Recorder, bare, load_peer

MOST_OF_FLOOR = 1.5
ON_SCREEN_MS = 150.0
COUNT = 30
SCREEN_SCALE = 1.5  # a page as wide as the window shows it on a usual screen
LIVES = {
    "mihariban": {"license": 31},
    "media-light": {"endpoint": 30, "gateway-10": 1},
    "osect": {"sensor": 2},
    "dokodemo-prime": {"id": 42},
    "mdr-ndr": {"annual-fee": 3_600_000},
}


def papers() -> Iterator[tuple[str, Any]]:
    """A paper of each kind with its mark, by what it is called."""
    from app.papers.quotation import IssueMark
    from app.papers.visit_before import before_work
    from app.papers.visit_order import work_order
    from app.papers.visit_report import visit_report
    from tests import visit_samples as samples
    from tests.reports.papers import quotation

    yield "Q", quotation()
    for letter, make in (("W", work_order), ("K", before_work), ("R", visit_report)):
        facts = samples.facts(events=samples.done_events()) if letter == "R" else samples.facts()
        yield letter, make(facts, IssueMark(f"{letter}-A1-2612-0056", 1, date(2026, 12, 8)))
    with tempfile.TemporaryDirectory() as folder:
        yield from _from_a_desk(Path(folder))


def _from_a_desk(folder: Path) -> Iterator[tuple[str, Any]]:
    """Papers of five contracts with a closed month."""
    from app.contract.facts import Changed, Ended, Started
    from app.days import Month
    from app.usecases.close_month import close_month
    from app.usecases.run_month import run_month
    from tests.agreement.issuing import provider
    from tests.billing_desk import Clock, billing_desk, register

    clock = Clock()
    clock.go(2026, 12, 1)
    desk = billing_desk(folder / "data", clock)
    with closing(desk.storage):
        provider(desk)
        contracts = {}
        for service, items in LIVES.items():
            facts: list[Any] = [Started(date(2026, 6, 10), items)]
            if service == "dokodemo-prime":
                facts.append(Changed(date(2026, 11, 12), {"id": 31}))
                facts.append(Ended(on=date(2026, 11, 26), requested=date(2026, 11, 9)))
            contracts[service] = register(desk, "株式会社青葉野精密工業", service, *facts).id
        run = run_month(desk, Month(2026, 11))
        close_month(desk, run.id, run.version)
        for service, contract in contracts.items():
            yield from _of_contract(desk, service, contract)


def _of_contract(desk: Any, service: str, contract: str) -> Iterator[tuple[str, Any]]:
    from app.errors import UserError
    from app.papers.quotation import IssueMark
    from app.papers.request import PaperRequest
    from app.usecases.make_paper import making_of

    with desk.storage.look() as work:
        bill = next(iter(work.bills.rows_of_contract(contract)), None)
        asked = [(kind, contract, {}) for kind in "CEPS"]
        asked.append(("F", contract, {"month": "2026-11"}))
        if bill is not None:
            asked += [(kind, bill.id, {}) for kind in "BT"]
        for kind, subject, options in asked:
            if kind in "BTS":
                options = {"accept": ["no-address"]}
            try:
                request = PaperRequest(kind=kind, subject=subject, options=options)
                making = making_of(desk, work, request)
            except UserError as error:
                print(f"{kind} {service}: not made ({error.code})")
                continue
            yield f"{kind} {service}", making.make(IssueMark(f"{kind}-A1-2611-0042", 1, date(2026, 11, 20)))


def variants(paper: Any, count: int) -> list[Any]:
    """The same paper for many customers."""
    from benchmarks.pdf import surnames

    return [
        replace(
            paper,
            number=f"{paper.kind}-A1-2611-{place:04}",
            qr=f"{paper.kind}-A1-2611-{place:04}/1" if paper.qr else "",
            addressee=replace(paper.addressee, name=f"株式会社{surnames(place)}精密工業"),
        )
        for place in range(count)
    ]


def against_floor(paper: Any) -> tuple[float, float, int]:
    """Median seconds of drawing, of the floor, and how many pages there are."""
    from app.papers.model import Images
    from reports import draw

    recorder = Recorder()
    todo = variants(paper, COUNT)
    recorded = [list(recorder.of(one)) for one in todo]
    ours, floor, pages = [], [], 0
    for one, calls in zip(todo, recorded, strict=True):
        start = perf_counter()
        data = draw(one, Images())
        middle = perf_counter()
        bare(calls)
        ours.append(middle - start)
        floor.append(perf_counter() - middle)
        pages = data.count(b"/Type/Page/")
    return median(ours[1:]), median(floor[1:]), pages


def on_screen(paper: Any) -> float:
    """Median milliseconds from a finished paper to the pixels of its first page."""
    import pypdfium2

    from app.papers.model import Images
    from reports import draw

    times = []
    for one in variants(paper, 9):
        start = perf_counter()
        with closing(pypdfium2.PdfDocument(draw(one, Images()))) as document:
            document[0].render(scale=SCREEN_SCALE).to_pil()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def main() -> int:
    """Print each kind beside its floor; 1 where a paper of one or two pages, or a page on screen, is over."""
    tell_load()
    load_peer()
    over = False
    for name, paper in papers():
        ours, floor, pages = against_floor(paper)
        screen = on_screen(paper)
        slow = (pages <= 2 and ours > MOST_OF_FLOOR * floor) or screen > ON_SCREEN_MS
        over |= slow
        print(
            f"{name}: {pages} pages, {ours * 1000:.1f} ms, floor {floor * 1000:.1f} ms, "
            f"{ours / floor:.2f} x (at most {MOST_OF_FLOOR}); on screen {screen:.0f} ms (at most "
            f"{ON_SCREEN_MS:.0f}){' OVER' if slow else ''}"
        )
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
