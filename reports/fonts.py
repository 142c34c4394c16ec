"""Font files: which character each can draw, how wide it is, and a copy cut down to the glyphs a paper
needs.

Everything is read through HarfBuzz, which opens a font without reading it whole, so that a face costs
next to nothing until its first character is wanted.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from pathlib import Path
from struct import unpack_from
from typing import Any, Final, NamedTuple

from app.errors import EnvironmentProblem
from app.words import _
from reports.style import Face

# What each face is drawn with: its own font, then those that stand in for characters the ones before
# lack. The file's stem is the font's PostScript name.
_CHAINS: Final[dict[Face, tuple[str, ...]]] = {
    "regular": ("BIZUDPGothic-Regular.ttf", "NotoSansJP-Regular.ttf"),
    "bold": ("BIZUDPGothic-Bold.ttf", "NotoSansJP-Bold.ttf"),
    "title": ("BIZUDMincho-Regular.ttf", "BIZUDPGothic-Regular.ttf", "NotoSansJP-Regular.ttf"),
}
_KEPT_TABLES: Final = frozenset({"glyf", "head", "hhea", "hmtx", "loca", "maxp"})
_UNDRAWABLE: Final = "〓"  # geta: what Japanese printers set where they have no type
_SUBSETS_KEPT: Final = 64


class Subset(NamedTuple):
    """A font cut down: its file, compressed, how long that is unpacked, and the new number of every old
    glyph.
    """

    program: bytes
    length: int
    numbers: dict[int, int]
    tag: str  # six letters that tell cut-down copies of one font apart


class Font:
    """One font file, opened when made.

    Raises EnvironmentProblem (``font-missing``, ``font-damaged``) when the file is not there or not whole.
    """

    def __init__(self, path: Path) -> None:
        import uharfbuzz as hb

        self.name: Final = path.stem
        self._path = path
        self._face = hb.Face(_open(path))
        self._font = hb.Font(self._face)
        self._check()
        self._em = float(self._face.upem)
        self._subsets: dict[frozenset[int], Subset] = {}

    def glyph(self, character: str) -> int:
        """The number of a character's glyph, 0 when the font has none."""
        return self._font.get_nominal_glyph(ord(character)) or 0

    def advance(self, glyph: int) -> float:
        """How wide a glyph is, in em."""
        return float(self._font.get_glyph_h_advance(glyph)) / self._em

    def metrics(self) -> tuple[int, int, tuple[int, ...]]:
        """Ascent, descent and bounding box, in thousandths of an em."""
        ascent, descent = unpack_from(">hh", self._table("hhea"), 4)
        box = unpack_from(">hhhh", self._table("head"), 36)
        return self._thousandths(ascent), self._thousandths(descent), tuple(map(self._thousandths, box))

    def outline(self, glyph: int, pen: Any) -> None:
        """Draw a glyph's outline on a pen (moveTo, lineTo, qCurveTo, closePath), in em of
        ``units_per_em``.
        """
        self._font.draw_glyph_with_pen(glyph, pen)

    @property
    def units_per_em(self) -> float:
        """The unit of ``outline``."""
        return self._em

    def subset(self, glyphs: frozenset[int]) -> Subset:
        """The font cut down to some glyphs. The same glyphs give the same bytes; the last few are
        remembered.
        """
        found = self._subsets.get(glyphs)
        if found is None:
            if len(self._subsets) >= _SUBSETS_KEPT:
                self._subsets.pop(next(iter(self._subsets)))
            found = self._subsets[glyphs] = self._cut(glyphs)
        return found

    def _cut(self, glyphs: frozenset[int]) -> Subset:
        import uharfbuzz as hb

        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyphs)
        # Nothing is shaped in a PDF and no viewer for print or screen reads the hints.
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.drop_table_tag_set.update(
            int.from_bytes(tag.encode("ascii"), "big") for tag in set(self._face.table_tags) - _KEPT_TABLES
        )
        plan = hb.SubsetPlan(self._face, wanted)
        program: bytes = plan.execute().blob.data
        checksum = zlib.crc32(program)
        tag = "".join(chr(ord("A") + checksum // 26**place % 26) for place in range(6))
        return Subset(zlib.compress(program, 1), len(program), dict(plan.old_to_new_glyph_mapping), tag)

    def _thousandths(self, units: int) -> int:
        return round(units * 1000 / self._em)

    def _table(self, tag: str) -> bytes:
        data: bytes = self._face.reference_table(tag).data
        return data

    def _check(self) -> None:
        """A font cut off in the middle still opens: see that its last outline is there."""
        if not self._face.glyph_count or not _KEPT_TABLES.issubset(self._face.table_tags):
            raise _damaged(self._path)
        if not all(len(self._face.reference_table(tag)) for tag in (*_KEPT_TABLES, "cmap")):
            raise _damaged(self._path)
        places, head = self._table("loca"), self._table("head")
        wide = unpack_from(">h", head, 50)[0]
        end = int.from_bytes(places[-4:], "big") if wide else 2 * int.from_bytes(places[-2:], "big")
        if end > len(self._face.reference_table("glyf")):
            raise _damaged(self._path)


class Letters:
    """A face as text is set in it: its own font, and others for characters that one lacks."""

    def __init__(self, shelf: Shelf, files: tuple[str, ...]) -> None:
        self._shelf = shelf
        self._others = files[1:]
        self.own: Final = shelf.font(files[0])
        self.plain: set[str] = set()  # characters met so far that the own font draws
        self.glyphs: dict[str, tuple[Font, int]] = {}
        self.advances: Final = _Advances(self)

    def width(self, text: str) -> float:
        """How wide a printable text is, in em."""
        return sum(map(self.advances.__getitem__, text))

    def meet(self, character: str) -> float:
        """Find the glyph of a character not met before; returns its advance in em."""
        font, glyph = self._find(character)
        self.glyphs[character] = (font, glyph)
        if font is self.own:
            self.plain.add(character)
        return font.advance(glyph)

    def _find(self, character: str) -> tuple[Font, int]:
        if glyph := self.own.glyph(character):
            return self.own, glyph
        for file in self._others:
            font = self._shelf.font(file)
            if glyph := font.glyph(character):
                return font, glyph
        return self.own, self.own.glyph(_UNDRAWABLE)


class _Advances(dict[str, float]):
    def __init__(self, letters: Letters) -> None:
        super().__init__()
        self._letters = letters

    def __missing__(self, character: str) -> float:
        advance = self[character] = self._letters.meet(character)
        return advance


class Shelf:
    """The fonts of a folder, each opened when first needed and kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fonts: dict[str, Font] = {}
        self._letters: dict[Face, Letters] = {}

    def font(self, file: str) -> Font:
        """A font by its file name. Raises EnvironmentProblem when it can't be used."""
        found = self._fonts.get(file)
        if found is None:
            found = self._fonts[file] = Font(self._folder / file)
        return found

    def letters(self, face: Face) -> Letters:
        """A face ready to set text in. Raises EnvironmentProblem when its font can't be used."""
        found = self._letters.get(face)
        if found is None:
            found = self._letters[face] = Letters(self, _CHAINS[face])
        return found


@lru_cache(maxsize=2)
def shelf(folder: Path) -> Shelf:
    """The fonts of a folder, shared by all papers of the process."""
    return Shelf(folder)


def _open(path: Path) -> Any:
    import uharfbuzz as hb

    try:
        return hb.Blob.from_file_path(str(path))
    except hb.HarfBuzzError:
        pass  # missing, or a path its C library can't spell (Windows): Python opens those
    try:
        return hb.Blob(path.read_bytes())
    except OSError as error:
        raise EnvironmentProblem(
            "font-missing",
            _("書類に使う書体「{name}」を読み込めません。").format(name=path.name),
            remedy=_("Madoguchiを入れ直してください。保存したデータはそのまま残ります。"),
        ) from error


def _damaged(path: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        "font-damaged",
        _("書類に使う書体「{name}」が壊れています。").format(name=path.name),
        remedy=_("Madoguchiを入れ直してください。保存したデータはそのまま残ります。"),
    )
