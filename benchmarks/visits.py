"""The week of the visits: drawing it, dragging a block, a keystroke in a request.

python -m benchmarks.visits [--technicians 12] [--visits 80]

Twelve technicians and eighty visits in a week, drawn offscreen by the real widget; each frame of a drag is
the move with what the rules say of it and the painting of what changed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from benchmarks._running import ROOT, tell_load

if TYPE_CHECKING:
    from ui.visits.week_facts import WeekFacts

MONDAY: Final = date(2026, 11, 30)
NOW: Final = datetime(2026, 11, 20, 14, 32, tzinfo=timezone(timedelta(hours=9)))
DRAWN_MS, FRAME_MS, KEY_MS = 100.0, 1000 / 60, 16.0
RUNS, FRAMES = 15, 240
SIZE: Final = (1286, 640)
_STARTS: Final = (540, 660, 840)


def main(arguments: list[str]) -> int:
    """Measure and print; exit status 1 where something is slower than its budget."""
    parser = argparse.ArgumentParser(prog="benchmarks.visits")
    parser.add_argument("--technicians", type=int, default=12, metavar="N")
    parser.add_argument("--visits", type=int, default=80, metavar="N")
    options = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.places import resources
    from ui.theme import theme

    app = QApplication([])
    theme.install(app, resources(), look="light")
    facts = week(options.technicians, options.visits)
    good = [_grid(facts), _key()]
    tell_load()
    return 0 if all(good) else 1


def week(technicians: int, visits: int) -> WeekFacts:
    """A week in which each technician has some of the visits, side by side with their ways."""
    from app.tariff.catalogue import Catalogue
    from app.visit.conflicts import Booked
    from app.visit.order import Span, Technician, TechnicianFields, VisitRow, VisitState
    from ui.visits.week_facts import WeekFacts, with_closures

    people = tuple(
        Technician(id=f"t{n}", version=1, fields=TechnicianFields(name=f"技術者 {n + 1}", order=n))
        for n in range(technicians)
    )
    rows, calendar = [], {one.id: {} for one in people}  # type: ignore[var-annotated]
    places = ((day, one.id, start) for start in _STARTS for day in range(6) for one in people)
    for number, (day, who, start) in zip(range(visits), places, strict=False):
        span = Span(on=MONDAY + timedelta(days=day), first=start, last=start + 90)
        rows.append(
            VisitRow(
                seq=number, id=f"v{number}", number=f"W-{number}", customer_id="", contract_id="",
                customer=f"株式会社さくら{number}", town="大阪市北区", phone="", service="media-light",
                state=VisitState.ARRANGED, area="west", work=("os-recovery", "data-migration"), devices=2,
                minutes=90, net=30_000, technicians=(who,), spans=(span,), version=1,
            )
        )  # fmt: skip
        calendar[who].setdefault(span.on, []).append(Booked(f"v{number}", span))
    facts = WeekFacts(MONDAY, 7, tuple(rows), (), people, calendar)
    return with_closures(facts, Catalogue((ROOT / "resources" / "tariffs",)))


def _grid(facts: WeekFacts) -> bool:
    """Laying out and drawing the whole week, then dragging one block across it."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QScrollArea

    from app.tariff.catalogue import Catalogue
    from ui.visits.moving import Judge
    from ui.visits.week_grid import WeekGrid

    grid, area = WeekGrid(MONDAY), QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(grid)
    area.resize(*SIZE)
    area.show()
    judge = Judge(facts, Catalogue((ROOT / "resources" / "tariffs",)), NOW)
    grid.show_week(facts, judge)
    grid.grab()

    def draw() -> None:
        grid.show_week(facts, judge)
        grid.grab()

    drawn = sorted(_times(draw, RUNS))
    lanes = len(grid.layout_.lanes())
    print(f"{lanes} lanes, {len(facts.rows)} visits, {grid.width()}×{grid.height()} pixels, all of them")
    _tell("laid out and drawn", drawn, DRAWN_MS)
    grid.repaint()
    start = grid.layout_.rect_of(grid.layout_.blocks()[0]).center()
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=start)
    frames = []
    for point in _path(start, grid.layout_.left + grid.layout_.width, SIZE[1]):
        begin = perf_counter()
        QTest.mouseMove(grid, QPoint(*point))
        QApplication.processEvents()
        frames.append((perf_counter() - begin) * 1000)
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    frames.sort()
    _tell("a frame of dragging", frames, FRAME_MS)
    return median(drawn) <= DRAWN_MS and frames[len(frames) * 95 // 100] <= FRAME_MS


def _path(start: Any, right: int, bottom: int) -> Iterator[tuple[int, int]]:
    """A way across days and lanes; each step is another place of the grid."""
    for step in range(FRAMES):
        across = (start.x() + step * 71) % right
        yield max(across, 170), 20 + (start.y() + step * 37) % (bottom - 40)


def _key() -> bool:
    """Price, time and problems of a request of five devices: what a keystroke asks for."""
    import msgspec

    from app.contract.customer import Customer, CustomerFields
    from app.papers.issuer import Settings
    from app.tariff.catalogue import Catalogue
    from app.usecases.visit_ground import Ground
    from app.visit.order import Device, VisitContent, VisitPlace
    from ui.visits.request import work_out

    customer = Customer(id="c", seq=1, version=1, fields=CustomerFields(name="株式会社あさひ設計"))
    catalogue = Catalogue((ROOT / "resources" / "tariffs",))
    ground = Ground(customer, None, (), Settings(), catalogue, NOW)
    pc = Device(menu=("os-recovery", "data-migration", "app-setup"), data_gb="50", count=3)
    content = VisitContent(
        service="media-light", place=VisitPlace(address="大阪府大阪市北区1-1"), devices=(pc,) * 5
    )
    volumes = iter(range(1, 10_000))

    def keystroke() -> None:
        first = msgspec.structs.replace(pc, data_gb=str(next(volumes)))
        work_out(msgspec.structs.replace(content, devices=(first, *content.devices[1:])), ground, MONDAY)

    times = sorted(_times(keystroke, 100))
    _tell("a keystroke in a request", times, KEY_MS)
    return median(times) <= KEY_MS


def _times(act: Callable[[], object], runs: int) -> list[float]:
    """Milliseconds of some runs; the first one is not counted."""
    act()
    times = []
    for _run in range(runs):
        begin = perf_counter()
        act()
        times.append((perf_counter() - begin) * 1000)
    return times


def _tell(what: str, times: list[float], budget: float) -> None:
    late = times[len(times) * 95 // 100]
    print(f"{what:<28} median {median(times):7.2f} ms   95 % {late:7.2f} ms   budget {budget:6.1f} ms")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
