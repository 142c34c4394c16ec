"""Workbooks as small as Excel still takes them, written part by part, so that a part can be anything."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"

TYPES, BOOK, LINKS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STYLES, STRINGS, SHEET = "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"

_OVERRIDES = ((BOOK, "sheet.main"), (SHEET, "worksheet"), (STYLES, "styles"), (STRINGS, "sharedStrings"))
PARTS = {
    TYPES: f'<Types xmlns="{_PACKAGE}/content-types">'
    + "".join(
        f'<Override PartName="/{name}" ContentType="{_KINDS}.{kind}+xml"/>' for name, kind in _OVERRIDES
    )
    + "</Types>",
    BOOK: f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="台帳" sheetId="1" r:id="rId1"/></sheets></workbook>',
    LINKS: f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    STYLES: f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d"/></numFmts>'
    "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
    '<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>'
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    STRINGS: f'<sst xmlns="{MAIN}"><si><t>顧客名</t></si><si><r><t>髙橋</t></r><r><t>精工</t></r>'
    '<rPh sb="0" eb="1"><t>タカハシ</t></rPh></si></sst>',
}
ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>サービス</t></is></c>'
    '<c r="C1" t="str"><v>開始日</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><t>見張り番</t></is></c>'
    '<c r="C2" s="1"><v>46235</v></c><c r="D2"><f>1+1</f><v>2.5</v></c><c r="E2" t="b"><v>1</v></c>'
    '<c r="F2" t="e"><v>#N/A</v></c><c r="G2" t="d"><v>2026-08-01T00:00:00</v></c></row>'
)


def sheet(rows: str = ROWS, size: str = "A1:G2") -> str:
    """A sheet with these rows, which claims to be of this size."""
    return f'<worksheet xmlns="{MAIN}"><dimension ref="{size}"/><sheetData>{rows}</sheetData></worksheet>'


def workbook(parts: dict[str, str | bytes] | None = None, *, packed: bool = False) -> bytes:
    """A workbook; ``parts`` stand in place of those that are good."""
    all_parts = {**PARTS, SHEET: sheet(), **(parts or {})}
    return zipped(all_parts.items(), packed=packed)


def zipped(parts: Iterable[tuple[str, str | bytes]], *, packed: bool = False) -> bytes:
    """Parts as one archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name), data, archive.compression)
    return out.getvalue()
