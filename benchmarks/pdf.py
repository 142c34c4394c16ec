"""200 two-page quotations, warm, against the same pages drawn by bare reportlab canvas calls; and the
first one, cold.

Every one of the 200 has another customer, number and sums, as they come from a counter, so that hardly
any work can be remembered from the one before. The peer is given the pages laid out: it only draws them,
with reportlab's own TrueType fonts, which it has loaded before the clock starts, and without setting
amounts digit by digit.

    python -m benchmarks.pdf
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from msgspec.structs import replace

ROOT = Path(__file__).resolve().parent.parent
COUNT = 200
WARM_UP = 3
COLD_RUNS = 9
_POINTS = 72 / 25.4
_FONTS = {
    "regular": "BIZUDPGothic-Regular",
    "bold": "BIZUDPGothic-Bold",
    "title": "BIZUDMincho-Regular",
}
_SURNAMES = (
    "青赤白黒金銀石岩水火木林森山川海空星月日春夏秋冬東西南北田島崎橋井池沢谷浜松竹梅桜菊藤花鳥風雲雪虎龍鶴亀"
)

Call = Callable[[Any], None]


def surnames(place: int) -> str:
    """A made-up surname; neighbours share no character."""
    return _SURNAMES[place % len(_SURNAMES)] + _SURNAMES[place * 7 % len(_SURNAMES)]


def papers(count: int) -> list[Any]:
    """Two-page quotations that differ in customer, number and sums."""
    from tests.reports.papers import quotation

    found = []
    for place in range(count):
        paper = quotation()
        number = f"Q-A1-2611-{place:04}"
        found.append(
            replace(
                paper,
                number=number,
                qr=f"{number}/1",
                addressee=replace(paper.addressee, name=f"株式会社{surnames(place)}精密工業"),
                headline=replace(paper.headline, amount=2_197_030 + 7_919 * place),
                footer=f"株式会社まどぐち通信サービス  見積書 {number} 第1版",
            )
        )
    return found


class Recorder:
    """Draws a paper once and notes the canvas calls that would draw the same."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    def of(self, paper: Any) -> list[Call]:
        """The calls that draw one paper."""
        from app.papers.model import Images
        from reports import draw, sheet

        recorder, kept = self, dict(vars(sheet.Sheet))
        self.calls = []

        def text(self: Any, x: float, y: float, words: str, kind: Any, align: str = "left") -> None:
            kept["text"](self, x, y, words, kind, align)
            recorder.text(x, y, words, kind, align)

        def spaced(self: Any, x: float, y: float, words: str, kind: Any, gaps: Any) -> None:
            kept["spaced_text"](self, x, y, words, kind, gaps)
            recorder.text(x, y, words, kind, "left")

        def line(self: Any, start: Any, end: Any, weight: float, colour: Any) -> None:
            kept["_line"](self, start, end, weight, colour)
            recorder.calls.append(lambda canvas: _line(canvas, start, end, weight, colour))

        def box(self: Any, x: float, y: float, width: float, height: float, colour: Any) -> None:
            kept["box"](self, x, y, width, height, colour)
            recorder.calls.append(lambda canvas: _box(canvas, x, y, width, height, colour))

        def frame(self: Any, place: Any, weight: float, colour: Any) -> None:
            kept["frame"](self, place, weight, colour)
            recorder.calls.append(lambda canvas: _frame(canvas, place, weight, colour))

        def strokes(self: Any, lines: Any, weight: float, colour: Any) -> None:
            kept["strokes"](self, lines, weight, colour)
            recorder.calls.append(lambda canvas: _strokes(canvas, lines, weight, colour))

        def blank(self: Any, *arguments: Any) -> None:
            kept["__init__"](self, *arguments)
            recorder.calls.append(lambda canvas: canvas.showPage())

        patches = {"text": text, "spaced_text": spaced, "_line": line, "box": box, "__init__": blank}
        patches |= {"frame": frame, "strokes": strokes}
        try:
            for name, patch in patches.items():
                setattr(sheet.Sheet, name, patch)
            draw(paper, Images())
        finally:
            for name in patches:
                setattr(sheet.Sheet, name, kept[name])
        return self.calls[1:]  # the first page is there already

    def text(self, x: float, y: float, words: str, kind: Any, align: str) -> None:
        """Note one line of text."""
        if words:
            self.calls.append(lambda canvas: _text(canvas, x, y, words, kind, align))


def _text(canvas: Any, x: float, y: float, words: str, kind: Any, align: str) -> None:
    canvas.setFillColorRGB(*kind.colour)
    canvas.setFont(_FONTS[kind.face], kind.size)
    baseline = (297 - y) * _POINTS - 0.88 * kind.size
    if align == "right":
        canvas.drawRightString(x * _POINTS, baseline, words)
    else:
        canvas.drawString(x * _POINTS, baseline, words, charSpace=kind.tracking * kind.size or None)


def _line(canvas: Any, start: Any, end: Any, weight: float, colour: Any) -> None:
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(weight)
    canvas.line(start[0] * _POINTS, (297 - start[1]) * _POINTS, end[0] * _POINTS, (297 - end[1]) * _POINTS)


def _box(canvas: Any, x: float, y: float, width: float, height: float, colour: Any) -> None:
    canvas.setFillColorRGB(*colour)
    canvas.rect(
        x * _POINTS, (297 - y - height) * _POINTS, width * _POINTS, height * _POINTS, stroke=0, fill=1
    )


def _frame(canvas: Any, place: Any, weight: float, colour: Any) -> None:
    x, y, width, height = (side * _POINTS for side in place)
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(weight)
    canvas.rect(x, 297 * _POINTS - y - height, width, height, stroke=1, fill=0)


def _strokes(canvas: Any, lines: Any, weight: float, colour: Any) -> None:
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(weight)
    path = canvas.beginPath()
    for line in lines:
        for place, (x, y) in enumerate(line):
            (path.lineTo if place else path.moveTo)(x * _POINTS, (297 - y) * _POINTS)
    canvas.drawPath(path, stroke=1, fill=0)


def bare(calls: list[Call]) -> bytes:
    """The same pages by reportlab."""
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(210 * _POINTS, 297 * _POINTS), invariant=1)
    for call in calls:
        call(canvas)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def load_peer() -> None:
    """Make the fonts known to reportlab."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in _FONTS.values():
        pdfmetrics.registerFont(TTFont(name, str(ROOT / "resources" / "fonts" / f"{name}.ttf")))


def warm() -> tuple[float, float]:
    """Median seconds of one paper: ours, the peer's. Taken by turns, so that both see the same machine."""
    from app.papers.model import Images
    from reports import draw

    load_peer()
    todo = papers(COUNT + WARM_UP)
    # All pages are laid out beforehand: by the time a paper is measured, what was kept of it is long
    # dropped.
    recorder = Recorder()
    recorded = [list(recorder.of(paper)) for paper in todo]
    ours, peers = [], []
    for paper, calls in zip(todo, recorded, strict=True):
        start = perf_counter()
        draw(paper, Images())
        middle = perf_counter()
        bare(calls)
        end = perf_counter()
        ours.append(middle - start)
        peers.append(end - middle)
    return median(ours[WARM_UP:]), median(peers[WARM_UP:])


_COLD = """
import sys; sys.path.insert(0, {root!r})
import app.papers.model, app.places
from tests.reports.papers import quotation
paper = quotation()
if {ours}:
    from reports import draw
    from app.papers.model import Images
    draw(paper, Images())
"""


def cold() -> tuple[float, float]:
    """Median seconds of a process that draws one paper, and of one that only has it."""
    return _process(ours=True), _process(ours=False)


def _process(*, ours: bool) -> float:
    code = _COLD.format(root=str(ROOT), ours=ours)
    times = []
    for _run in range(COLD_RUNS + 1):
        start = perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(perf_counter() - start)
    return median(times[1:])


def main() -> int:
    """Measure and print, each figure beside its peer."""
    ours, peer = warm()
    print(
        f"warm two-page PDF, median of {COUNT}: {ours * 1000:.1f} ms; "
        f"the same pages by bare reportlab canvas calls: {peer * 1000:.1f} ms; "
        f"{ours / peer:.2f} x (at most 1.0)"
    )
    with_paper, without = cold()
    print(
        f"cold process with one PDF, median of {COLD_RUNS}: {with_paper * 1000:.0f} ms; the same without it: "
        f"{without * 1000:.0f} ms; the PDF {(with_paper - without) * 1000:.0f} ms (at most 150)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
