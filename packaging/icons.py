"""Makes resources/icons and resources/app-icon again. Run by hand:

    QT_QPA_PLATFORM=offscreen .venv/bin/python packaging/icons.py

The icons are lucide's (ISC; some from Feather, MIT), copied as published without their comments; the theme
gives them colour and line. Two are our own: the program's mark, and a sheet with a yen sign in their manner.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from npm import unpack
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

RESOURCES: Final = Path(__file__).resolve().parent.parent / "resources"
LUCIDE: Final = "lucide-static@1.62.0"

NAMES: Final = """
archive arrow-down arrow-left arrow-right arrow-right-left arrow-up arrow-up-down badge-percent banknote
bell book-open bookmark box building building-2 calculator calendar calendar-check calendar-clock
calendar-days calendar-x camera chart-column chart-line check chevron-down chevron-left chevron-right
chevron-up chevrons-up-down circle circle-alert circle-check circle-dot circle-minus circle-plus
circle-question-mark circle-user circle-x clipboard-check clipboard-list clock coins columns-2 columns-3
copy cpu database download ellipsis ellipsis-vertical external-link eye eye-off file file-check file-down
file-pen file-plus file-search file-text file-x files flag folder folder-open funnel git-compare globe
grid-2x2-check grip-vertical hard-drive hash history house image info japanese-yen key key-round keyboard
languages laptop layers layout-grid lightbulb link list list-filter loader-circle lock lock-open log-in
log-out mail map-pin maximize maximize-2 minimize-2 minus monitor moon move package panel-left panel-right
paperclip pause pen-line pencil percent phone play plus power printer qr-code receipt receipt-japanese-yen
redo-2 refresh-cw rotate-ccw router save scale search send server settings settings-2 shield shield-check
signature sliders-horizontal smartphone square square-check stamp star store sun sun-moon table tablet tag
tags trash-2 triangle-alert truck type undo-2 upload user user-plus users wallet wifi wrench x zoom-in
zoom-out
""".split()  # noqa: SIM905 - a list of quoted names would be read by nobody

OWN: Final = {
    # A counter window: the frame, the awning above it, the counter below.
    "madoguchi": """
  <rect x="3" y="3" width="18" height="18" rx="4" />
  <path d="M3 9h18" />
  <path d="M3 14h18" />
  <path d="M7.5 3v6" />
  <path d="M12 3v6" />
  <path d="M16.5 3v6" />
""",
    "file-yen": """
  <path d="M15 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V7z" />
  <path d="M14 2v4a2 2 0 0 0 2 2h4" />
  <path d="m9 10 3 4 3-4" />
  <path d="M12 14v5" />
  <path d="M9.5 14h5" />
  <path d="M9.5 16.5h5" />
""",
}

HEAD: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none"'
    ' stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
)

# The program's icon: the mark in white on the accent. At 32 pixels and below it has fewer, thicker lines.
APP_ICON: Final = """<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">
  <rect x="2" y="2" width="60" height="60" rx="13" fill="#2F4C96" />
  <g fill="none" stroke="#FFFFFF" stroke-width="{line}" stroke-linecap="round" stroke-linejoin="round">
    <rect x="14" y="14" width="36" height="36" rx="8" />
    <path d="M14 26h36M14 37h36{stripes}" />
  </g>
</svg>
"""
STRIPES: Final = "M23 14v12M32 14v12M41 14v12"
SMALL_STRIPES: Final = "M26 14v12M38 14v12"
SIZES: Final = (16, 24, 32, 48, 64, 128, 256, 512)


def main() -> int:
    icons = RESOURCES / "icons"
    shutil.rmtree(icons, ignore_errors=True)
    icons.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name:
        package = unpack(LUCIDE, Path(name))
        for icon in NAMES:
            _write(
                icons / f"{icon}.svg", _plain((package / "icons" / f"{icon}.svg").read_text(encoding="utf-8"))
            )
        _write(icons / "LICENSE-lucide.txt", (package / "LICENSE").read_text(encoding="utf-8"))
    for icon, shapes in OWN.items():
        _write(icons / f"{icon}.svg", f"{HEAD}{shapes}</svg>\n")
    _make_app_icon(RESOURCES / "app-icon")
    return 0


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _plain(svg: str) -> str:
    """The shapes of a published icon under our one-line head (its licence stands beside the icons)."""
    shapes = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if shapes is None:
        raise SystemExit("not an SVG file")
    return f"{HEAD}{shapes[1].rstrip()}\n</svg>\n"


def _make_app_icon(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    full = APP_ICON.format(line=4, stripes=STRIPES)
    small = APP_ICON.format(line=5.5, stripes=SMALL_STRIPES)
    _write(folder / "madoguchi.svg", full)
    application = QGuiApplication([])
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        QSvgRenderer((small if size <= 32 else full).encode()).render(painter, QRectF(0, 0, size, size))
        painter.end()
        image.save(str(folder / f"madoguchi-{size}.png"))
    application.shutdown()
    drawn = [Image.open(folder / f"madoguchi-{size}.png") for size in SIZES if size <= 256]
    drawn[-1].save(folder / "madoguchi.ico", sizes=[image.size for image in drawn], append_images=drawn[:-1])


if __name__ == "__main__":
    sys.exit(main())
