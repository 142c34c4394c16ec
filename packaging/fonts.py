"""Makes resources/fonts again from the packages the fonts are published in. Run by hand:

    .venv/bin/python packaging/fonts.py

What is made, and why:

- BIZ UDPGothic, regular and bold, as published: screen and papers.
- BIZ UDMincho, regular, cut to the kanji of JIS level 1 and the signs: titles of papers only, which are our
  own words, so the rare kanji of names are not needed and the papers load faster.
- Noto Sans JP, regular and bold, cut to what BIZ UDPGothic lacks (names such as 𠮷 and 槗, box drawing, …),
  with the few signs that neither has (☑) from Noto Sans Symbols 2, and with BIZ's line height, so that a
  line does not grow when one character of it comes from here.
- Madoguchi Figures, regular and bold: the digits, comma and period of BIZ UDPGothic with equal advances,
  because its 1 is narrower than its other digits and it has no tabular figures.

All are under the SIL Open Font License 1.1 without a reserved name that these names would touch; the licences
are copied beside the fonts. Needs npm and fontTools (packaging/requirements-dev.txt).
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from npm import unpack

TARGET: Final = Path(__file__).resolve().parent.parent / "resources" / "fonts"

GOTHIC: Final = "@expo-google-fonts/biz-udpgothic@0.4.2"
MINCHO: Final = "@expo-google-fonts/biz-udmincho@0.4.0"
NOTO: Final = "@expo-google-fonts/noto-sans-jp@0.4.3"
SYMBOLS: Final = "@expo-google-fonts/noto-sans-symbols-2@0.4.1"

# What the published files must be: a changed font would change every printed page.
PUBLISHED: Final = {
    "BIZUDPGothic_400Regular.ttf": "22f41ce68f1ce62477ca4ec1e2c0c400cc545ddff31d713e8edf87808614aeb2",
    "BIZUDPGothic_700Bold.ttf": "1a995936e0f9de8a7c142c97cdb679e7087e89c13e663f946cd047f4283cedf8",
    "BIZUDMincho_400Regular.ttf": "21717378e2af006ddf1cc899fe36c7158179b52947e4be71e3e9695eaf5f16db",
    "NotoSansJP_400Regular.ttf": "d930d5d52d15231c283089760f84584272ad5e37e14607ba0d19c798e7a9caec",
    "NotoSansJP_700Bold.ttf": "c5b7b9d6a6eb682b0d4e6bbb38509575fd2759a28f147daa74714d1359a7909e",
    "NotoSansSymbols2_400Regular.ttf": "f67f40c65f929f029827ab37cfdc4897dfd9ae3c28d9e98ba46e0d52e39eb97e",
}

DIGIT_ADVANCE: Final = 1463  # of 2048: 10 px at 14 px
MARK_ADVANCE: Final = 585  # comma and period: 4 px at 14 px

# Signs people do type that neither BIZ UDPGothic nor Noto Sans JP has.
SIGNS: Final = "☐☑☒✔✕✖✗✘☎✉⚠⚡⬅⬆⬇➡"

# A line of BIZ UDPGothic: 0.88 em above the baseline and 0.12 below.
ASCENT: Final = 880  # of 1000
DESCENT: Final = -120


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        gothic, mincho, noto, symbols = (unpack(each, work) for each in (GOTHIC, MINCHO, NOTO, SYMBOLS))
        for weight in ("400Regular", "700Bold"):
            style = weight[3:]
            published = _checked(gothic / weight / f"BIZUDPGothic_{weight}.ttf")
            shutil.copyfile(published, TARGET / f"BIZUDPGothic-{style}.ttf")
            _save(_figures(published, style), f"MadoguchiFigures-{style}.ttf")
            signs = _checked(symbols / "400Regular" / "NotoSansSymbols2_400Regular.ttf")
            fallback = _fallback(_checked(noto / weight / f"NotoSansJP_{weight}.ttf"), published, signs)
            _save(fallback, f"NotoSansJP-{style}.ttf")
        title = TTFont(_checked(mincho / "400Regular" / "BIZUDMincho_400Regular.ttf"))
        _save(_cut(title, _title_characters()), "BIZUDMincho-Regular.ttf")
        for package, licence in (
            (gothic, "OFL-BIZUDPGothic.txt"),
            (mincho, "OFL-BIZUDMincho.txt"),
            (noto, "OFL-NotoSansJP.txt"),
            (symbols, "OFL-NotoSansSymbols2.txt"),
        ):
            text = (package / "LICENSE_FONT").read_text(encoding="utf-8")
            (TARGET / licence).write_text(text, encoding="utf-8", newline="\n")
    sums = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(TARGET.glob("*.ttf"))
    )
    (TARGET / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")
    for path in sorted(TARGET.iterdir()):
        print(f"{path.stat().st_size:>10,}  {path.name}")
    return 0


def _checked(path: Path) -> Path:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != PUBLISHED[path.name]:
        raise SystemExit(f"{path.name} is not the file this was made for: {found}")
    return path


def _save(font: Any, name: str) -> None:
    # The published date stays, so that the same input gives the same bytes.
    font.recalcTimestamp = False
    font.save(TARGET / name)


def _cut(font: Any, characters: Iterable[int], *, features: tuple[str, ...] = ()) -> Any:
    """Keep only some characters of a font (with their variants by selector, where it has them)."""
    options = subset.Options()
    options.layout_features = list(features)
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.drop_tables = [*options.drop_tables, "vhea", "vmtx", "BASE", "GPOS", "GDEF", "STAT", "meta"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list(characters))
    cutter.subset(font)
    return font


def _title_characters() -> set[int]:
    """ASCII, kana, signs and the kanji of JIS level 1 (rows 1 to 47 of JIS X 0208)."""
    rows = (bytes((row + 0xA0, cell + 0xA0)) for row in range(1, 48) for cell in range(1, 95))
    text = "".join(pair.decode("euc_jp", errors="ignore") for pair in rows)
    return {*range(0x20, 0x7F), *map(ord, text)}


def _figures(published: Path, style: str) -> Any:
    """Digits, comma and period with equal advances, the ink centred in its advance."""
    advances = dict.fromkeys("0123456789", DIGIT_ADVANCE) | dict.fromkeys(",.", MARK_ADVANCE)
    font = _cut(TTFont(published), map(ord, advances))
    glyphs, metrics, names = font["glyf"], font["hmtx"].metrics, font.getBestCmap()
    for character, advance in advances.items():
        glyph = glyphs[names[ord(character)]]
        shift = round((advance - (glyph.xMax - glyph.xMin)) / 2) - glyph.xMin
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyphs)
        metrics[names[ord(character)]] = (advance, glyph.xMin)
    _name(font, "Madoguchi Figures", style)
    return font


def _name(font: Any, family: str, style: str) -> None:
    """Name a cut font; who made the outlines and the licence stay as published."""
    table = font["name"]
    kept = {record.nameID: str(record) for record in table.names if record.nameID in {0, 5, 13, 14}}
    table.names = []
    own = {1: family, 2: style, 3: f"{family} {style}", 4: f"{family} {style}"}
    own[6] = f"{family.replace(' ', '')}-{style}"
    for number, text in (kept | own).items():
        table.setName(text, number, 3, 1, 0x409)


def _fallback(noto: Path, gothic: Path, signs: Path) -> Any:
    """Noto Sans JP without what BIZ UDPGothic has, with a few signs more and BIZ's line height."""
    font, symbols = TTFont(noto), TTFont(signs)
    has = set(TTFont(gothic).getBestCmap())
    font = _cut(font, set(font.getBestCmap()) - has, features=("ccmp", "locl"))
    added = [sign for sign in SIGNS if ord(sign) not in has and ord(sign) not in font.getBestCmap()]
    for sign in added:
        _copy_glyph(symbols, font, ord(sign))
    for table, above, below in (("hhea", "ascent", "descent"), ("OS/2", "sTypoAscender", "sTypoDescender")):
        setattr(font[table], above, ASCENT)
        setattr(font[table], below, DESCENT)
    font["hhea"].lineGap = font["OS/2"].sTypoLineGap = 0
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = ASCENT, -DESCENT
    return font


def _copy_glyph(source: Any, target: Any, character: int) -> None:
    """Copy the outline of one character, scaled to the target's em."""
    scale = target["head"].unitsPerEm / source["head"].unitsPerEm
    original = source.getBestCmap()[character]
    name = f"sign{character:04X}"
    pen = TTGlyphPen(None)
    source.getGlyphSet()[original].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
    glyph = pen.glyph()
    target.setGlyphOrder([*target.getGlyphOrder(), name])
    target["glyf"].glyphs[name] = glyph
    glyph.recalcBounds(target["glyf"])
    advance = round(source["hmtx"][original][0] * scale)
    target["hmtx"].metrics[name] = (advance, getattr(glyph, "xMin", 0))
    for table in target["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap[character] = name


if __name__ == "__main__":
    sys.exit(main())
