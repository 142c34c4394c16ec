"""Drawing on the pages of a PDF in millimetres from the top left corner: text, rules, boxes, pictures,
shapes.

This is the floor everything else in this room stands on. It knows type and colours, but no paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

from reports.characters import printable
from reports.embedding import Embedding
from reports.fonts import Letters, Shelf
from reports.linebreak import break_lines
from reports.pdf import PdfFile, number, text_string
from reports.style import BASELINE, HEIGHT, INK, NORMAL, POINT, SMALLEST, WIDTH, Colour, Face, Spacing, Type

Align = Literal["left", "right", "center"]

_UNIT: Final = 1 / POINT  # points in a millimetre
_BEFORE: Final[dict[Align, float]] = {"left": 0.0, "center": 0.5, "right": 1.0}  # of a text before its place


class Picture(NamedTuple):
    """A picture ready for the page: pixels, three bytes each, and how opaque each is, both compressed."""

    width: int
    height: int
    colours: bytes
    opacity: bytes


class Labels(NamedTuple):
    """What a file says about itself."""

    title: str
    author: str
    language: str
    keywords: Sequence[str] = ()


class Document:
    """A PDF while it is drawn."""

    def __init__(self, shelf: Shelf, labels: Labels, spacing: Spacing = NORMAL) -> None:
        self._shelf = shelf
        self._labels = labels
        self.spacing: Final = spacing
        self._file = PdfFile()
        self._embedding = Embedding()
        self._shapes: dict[str, int] = {}
        self._strengths: dict[str, float] = {}
        self.sheets: list[Sheet] = []

    def sheet(self) -> Sheet:
        """A new page at the end."""
        self.sheets.append(Sheet(self, self._embedding))
        return self.sheets[-1]

    def width(self, text: str, kind: Type) -> float:
        """How wide a text is (mm), without the tracking after its last character."""
        text = printable(text)
        em = self._shelf.letters(kind.face).width(text) + kind.tracking * max(len(text) - 1, 0)
        return em * kind.size * POINT

    def measure(self, kind: Type) -> Callable[[str], float]:
        """What measures texts of one kind (mm), as line breaking asks for it."""
        return lambda text: self.width(text, kind)

    def lines(self, text: str, kind: Type, width: float) -> list[str]:
        """A text broken into lines no wider than ``width`` (mm)."""
        return break_lines(text, width, self.measure(kind))

    def fitted(self, text: str, kind: Type, width: float, least: float = SMALLEST) -> Type:
        """The type in which a text fits a width on one line, ``least`` points where it never does."""
        needed = self.width(text, kind)
        if needed <= max(width, 0.0):
            return kind
        return kind.at(max(least, int(kind.size * width / needed * 4) / 4))

    def letters(self, face: Face) -> Letters:
        """A face of this document."""
        return self._shelf.letters(face)

    def add_picture(self, picture: Picture) -> str:
        """Make a picture known to the file; returns its name on the pages."""
        size = f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/BitsPerComponent 8"
        mask = self._file.add_compressed(picture.opacity, f"{size}/ColorSpace/DeviceGray".encode())
        return self._add_shape(
            self._file.add_compressed(
                picture.colours, f"{size}/ColorSpace/DeviceRGB/SMask {mask} 0 R".encode()
            )
        )

    def add_shape(self, content: str, corner: tuple[float, float]) -> str:
        """Make a drawing (operators, in points from its own bottom left) known; returns its name on the
        pages.
        """
        box = f"/Type/XObject/Subtype/Form/BBox[0 0 {number(corner[0])} {number(corner[1])}]/Resources<<>>"
        return self._add_shape(self._file.add_stream(content.encode("ascii"), box.encode()))

    def _add_shape(self, reference: int) -> str:
        name = f"X{len(self._shapes) + 1}"
        self._shapes[name] = reference
        return name

    def strength(self, opacity: float) -> str:
        """The name of a graphics state that draws with some opacity."""
        name = f"G{round(opacity * 100)}"
        self._strengths[name] = opacity
        return name

    def finish(self) -> bytes:
        """The finished file. The same drawing gives the same bytes."""
        file = self._file
        shapes = "".join(f"/{name} {reference} 0 R" for name, reference in self._shapes.items())
        states = "".join(
            f"/{name}<</ca {number(value)}/CA {number(value)}>>" for name, value in self._strengths.items()
        )
        resources = file.add(
            b"<<%s/XObject<<%s>>/ExtGState<<%s>>>>"
            % (self._embedding.resources(file), shapes.encode(), states.encode())
        )
        tree = file.reserve()
        box = f"{number(WIDTH * _UNIT)} {number(HEIGHT * _UNIT)}".encode()
        pages = [
            file.add(
                b"<</Type/Page/Parent %d 0 R/Contents %d 0 R>>" % (tree, file.add_stream(sheet.content()))
            )
            for sheet in self.sheets
        ]
        kids = b" ".join(b"%d 0 R" % page for page in pages)
        file.fill(
            tree,
            b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 %s]/Resources %d 0 R>>"
            % (len(pages), kids, box, resources),
        )
        labels = self._labels
        # Printed at its own size, or the address misses the window of the envelope.
        catalogue = file.add(
            b"<</Type/Catalog/Pages %d 0 R/Lang(%s)"
            b"/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>>>"
            % (tree, labels.language.encode("ascii"))
        )
        information = file.add(
            b"<</Title%s/Author%s/Keywords%s/Producer(Madoguchi)>>"
            % (text_string(labels.title), text_string(labels.author), text_string(", ".join(labels.keywords)))
        )
        return file.finish(catalogue, information)


class Sheet:
    """One page. All places are millimetres from its top left; a text's y is the top of its em box."""

    def __init__(self, document: Document, embedding: Embedding) -> None:
        self.document = document
        self._embedding = embedding
        self._parts: list[str] = []
        self._fill: Colour | None = None
        self._stroke: tuple[Colour, float] | None = None
        self._font = ""
        self._tracking = 0.0

    def text(self, x: float, y: float, text: str, kind: Type, align: Align = "left") -> None:
        """Draw a line of text whose left (or right) edge, or middle, is x."""
        text = printable(text)
        if not text:
            return
        self._begin_text(x - _BEFORE[align] * self.document.width(text, kind), y, kind)
        for font, codes in self._embedding.written(text, self.document.letters(kind.face)):
            self._set_font(font, kind.size)
            self._parts.append(f"<{codes}> Tj")
        self._parts.append("ET")

    def spaced_text(self, x: float, y: float, text: str, kind: Type, gaps: Sequence[float]) -> None:
        """Draw a printable line of text with ``gaps`` (em) added after each of its characters but the
        last.
        """
        self._begin_text(x, y, kind)
        for font, codes in self._embedding.written(text, self.document.letters(kind.face)):
            self._set_font(font, kind.size)
            shown = [codes[place : place + 4] for place in range(0, len(codes), 4)]
            moves = [f"<{code}>{number(-1000 * gap)}" for code, gap in zip(shown, gaps, strict=False)]
            self._parts.append(f"[{''.join(moves)}<{shown[-1]}>] TJ")
            gaps = gaps[len(shown) :]
        self._parts.append("ET")

    def rule(self, left: float, right: float, y: float, weight: float, colour: Colour) -> None:
        """Draw a horizontal line, ``weight`` points thick, its middle at y."""
        self._line((left, y), (right, y), weight, colour)

    def upright(self, x: float, top: float, bottom: float, weight: float, colour: Colour) -> None:
        """Draw a vertical line."""
        self._line((x, top), (x, bottom), weight, colour)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle."""
        self._fill_with(colour)
        self._parts.append(f"{_x(x)} {_y(y + height)} {number(width * _UNIT)} {number(height * _UNIT)} re f")

    def frame(self, place: tuple[float, float, float, float], weight: float, colour: Colour) -> None:
        """Draw the outline of a rectangle at x, y, width and height."""
        x, y, width, height = place
        self._stroke_with(colour, weight)
        size = f"{number(width * _UNIT)} {number(height * _UNIT)}"
        self._parts.append(f"{_x(x)} {_y(y + height)} {size} re S")

    def strokes(self, lines: Sequence[Sequence[tuple[float, float]]], weight: float, colour: Colour) -> None:
        """Draw lines through points with round ends, as a pen does; a single point is a dot."""
        paths = []
        for line in lines:
            points = line if len(line) > 1 else [*line, *line]
            steps = [f"{_x(x)} {_y(y)} {'l' if place else 'm'}" for place, (x, y) in enumerate(points)]
            paths.append(" ".join(steps))
        if paths:
            drawn = " ".join(paths)
            self._parts.append(f"q {_rgb(colour)} RG {number(weight)} w 1 J 1 j {drawn} S Q")

    def shape(self, name: str, x: float, y: float, height: float, colour: Colour = INK) -> None:
        """Place a drawing known to the document (``add_shape``) whose own height is ``height``."""
        self._parts.append(f"q {_rgb(colour)} rg 1 0 0 1 {_x(x)} {_y(y + height)} cm /{name} Do Q")

    def picture(self, name: str, place: tuple[float, float, float, float], strength: float = 1.0) -> None:
        """Place a picture known to the document (``add_picture``) at x, y, width and height."""
        x, y, width, height = place
        state = f"/{self.document.strength(strength)} gs " if strength < 1 else ""
        matrix = f"{number(width * _UNIT)} 0 0 {number(height * _UNIT)} {_x(x)} {_y(y + height)} cm"
        self._parts.append(f"q {state}{matrix} /{name} Do Q")

    def content(self) -> bytes:
        """The operators that draw the page."""
        return "\n".join(self._parts).encode("ascii")

    def _begin_text(self, x: float, y: float, kind: Type) -> None:
        self._fill_with(kind.colour)
        parts = self._parts
        parts.append(f"BT {_x(x)} {_y(y + BASELINE * kind.size * POINT)} Td")
        if kind.tracking * kind.size != self._tracking:
            self._tracking = kind.tracking * kind.size
            parts.append(f"{number(self._tracking)} Tc")

    def _set_font(self, font: str, size: float) -> None:
        setting = f"/{font} {number(size)} Tf"
        if setting != self._font:
            self._font = setting
            self._parts.append(setting)

    def _fill_with(self, colour: Colour) -> None:
        if colour != self._fill:
            self._fill = colour
            self._parts.append(f"{_rgb(colour)} rg")

    def _stroke_with(self, colour: Colour, weight: float) -> None:
        if self._stroke != (colour, weight):
            self._stroke = (colour, weight)
            self._parts.append(f"{_rgb(colour)} RG {number(weight)} w")

    def _line(
        self, start: tuple[float, float], end: tuple[float, float], weight: float, colour: Colour
    ) -> None:
        self._stroke_with(colour, weight)
        self._parts.append(f"{_x(start[0])} {_y(start[1])} m {_x(end[0])} {_y(end[1])} l S")


def _x(x: float) -> str:
    return number(x * _UNIT)


def _y(y: float) -> str:
    return number((HEIGHT - y) * _UNIT)


def _rgb(colour: Colour) -> str:
    return " ".join(map(number, colour))
