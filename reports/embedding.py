"""Fonts inside one PDF: which characters it uses, how they are written on its pages, and the objects for
them.

Every character gets its own code, in the order of first use, so that text copied out of the file is
exactly the text put in, even where two characters share a glyph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from reports.fonts import Font, Letters
from reports.pdf import PdfFile, number

_MAP_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
    "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"
)
_MAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
_MAP_BLOCK = 100  # entries a block of a map may have


class _Use(dict[str, str]):
    """One font of a document: the code of every character, as four hexadecimal digits, given when first
    asked.
    """

    def __init__(self, font: Font, name: str) -> None:
        super().__init__()
        self.font = font
        self.name = name
        self.glyphs: list[int] = []
        self._letters: Letters | None = None

    def written(self, text: str, letters: Letters) -> str:
        self._letters = letters
        return "".join(map(self.__getitem__, text))

    def __missing__(self, character: str) -> str:
        assert self._letters is not None
        self.glyphs.append(self._letters.glyphs[character][1])
        code = self[character] = f"{len(self.glyphs):04X}"
        return code


class Embedding:
    """The fonts of one document."""

    def __init__(self) -> None:
        self._uses: dict[Font, _Use] = {}

    def written(self, text: str, letters: Letters) -> Iterator[tuple[str, str]]:
        """A printable text as runs of one font each: the font's name on the pages, and its codes (four
        digits each).
        """
        if not letters.plain.issuperset(text):
            for character in text:
                letters.advances[character]  # meets it
        if letters.plain.issuperset(text):
            use = self._use(letters.own)
            yield use.name, use.written(text, letters)
            return
        for font, run in groupby(text, key=lambda character: letters.glyphs[character][0]):
            use = self._use(font)
            yield use.name, use.written("".join(run), letters)

    def _use(self, font: Font) -> _Use:
        found = self._uses.get(font)
        if found is None:
            found = self._uses[font] = _Use(font, f"F{len(self._uses) + 1}")
        return found

    def resources(self, file: PdfFile) -> bytes:
        """Add all fonts to the file; returns the entry that pages list them with."""
        entries = "".join(f"/{use.name} {_add(use, file)} 0 R" for use in self._uses.values())
        return f"/Font<<{entries}>>".encode()


def _add(use: _Use, file: PdfFile) -> int:
    font = use.font
    subset = font.subset(frozenset(use.glyphs))
    name = f"{subset.tag}+{font.name}"
    ascent, descent, box = font.metrics()
    program = file.add_compressed(subset.program, b"/Length1 %d" % subset.length)
    descriptor = file.add(
        (
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/ItalicAngle 0"
            f"/FontBBox[{' '.join(map(str, box))}]/Ascent {ascent}/Descent {descent}/CapHeight {ascent}"
            f"/StemV 80/FontFile2 {program} 0 R>>"
        ).encode()
    )
    places = file.add_stream(
        b"\0\0" + b"".join(subset.numbers[glyph].to_bytes(2, "big") for glyph in use.glyphs)
    )
    widths = " ".join(number(font.advance(glyph) * 1000) for glyph in use.glyphs)
    descendant = file.add(
        (
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/FontDescriptor {descriptor} 0 R"
            f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/DW 1000/W[1[{widths}]]/CIDToGIDMap {places} 0 R>>"
        ).encode()
    )
    texts = file.add_stream(_texts(use.items()).encode("ascii"))
    return file.add(
        (
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {texts} 0 R>>"
        ).encode()
    )


def _texts(codes: Iterable[tuple[str, str]]) -> str:
    """The map from codes back to text; characters above U+FFFF are written as two halves."""
    lines = [f"<{code}><{character.encode('utf-16-be').hex().upper()}>" for character, code in codes]
    parts = [_MAP_HEAD]
    for start in range(0, len(lines), _MAP_BLOCK):
        block = lines[start : start + _MAP_BLOCK]
        parts.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
    return "".join([*parts, _MAP_TAIL])
