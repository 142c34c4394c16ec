"""Makes the screenshots and page images again: ``python packaging/dev.py pictures [OPTIONS] [SCENE …]``.

    out/pictures/ja-light-1366x768/…   every scene, in both languages, light and dark, at three sizes
    out/pictures/pages/…               the pages of the example quotations, as issued
    docs/manual/pictures/…             what the manual shows

The window is the real one on the offscreen platform with the program's own fonts; data and clock stand still,
so that the same program makes the same pictures on every machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
QUOTATIONS: Final = 48
SCREEN: Final = (1920, 1080)
SIZES: Final = {"1366x768": (1366, 768), "1920x1080": (1920, 1080), "1024x640": (1024, 640)}
LOOKS: Final = {
    f"{language}-{colours}": (colours, language) for language in ("ja", "en") for colours in ("light", "dark")
}
MANUAL: Final = ("1366x768", "ja-light")
OUT: Final = ROOT / "out" / "pictures"
MANUAL_OUT: Final = ROOT / "docs" / "manual" / "pictures"
PAGES_DPI: Final = 110
MOST_BYTES: Final = 150_000


def prepare(folder: Path) -> None:
    """Before Qt starts: the offscreen platform, a screen as large as the largest picture, no machine's own
    scale.
    """
    screen = {"name": "screen", "x": 0, "y": 0, "width": SCREEN[0], "height": SCREEN[1], "dpi": 96}
    plan = folder / "screen.json"
    plan.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={plan}"
    for name in ("QT_SCALE_FACTOR", "QT_FONT_DPI", "QT_STYLE_OVERRIDE", "QT_SCREEN_SCALE_FACTORS"):
        os.environ.pop(name, None)


def main(arguments: list[str]) -> int:
    """Make the pictures that are asked for; exit status 1 when one could not be made."""
    parser = argparse.ArgumentParser(prog="pictures", description="Make screenshots and page images again.")
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help="only these scenes")
    parser.add_argument("--look", choices=LOOKS, action="append", help="only this look (may be repeated)")
    parser.add_argument("--size", choices=SIZES, action="append", help="only this size (may be repeated)")
    parser.add_argument("--manual", action="store_true", help="only the manual's pictures")
    parser.add_argument("--pages", action="store_true", help="only the pages of the examples")
    fewer = "so many on the desk besides those opened: fewer are ready sooner, to try a scene out"
    parser.add_argument("--quotations", type=int, default=QUOTATIONS, metavar="N", help=fewer)
    parser.add_argument("--out", type=Path, default=OUT, help="the folder of all pictures")
    args = parser.parse_args(arguments)
    looks = [] if args.manual or args.pages else args.look or list(LOOKS)
    if len(looks) > 1:
        return side_by_side(arguments, looks, pages=not args.scenes)
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="madoguchi-pictures-", ignore_cleanup_errors=True) as folder:
        prepare(Path(folder))
        from picture_shots import Shots

        return Shots(args, Path(folder)).run()


def side_by_side(arguments: list[str], looks: list[str], *, pages: bool) -> int:
    """Each look in a process of its own, as many at a time as there are processors."""
    rest = [
        one for place, one in enumerate(arguments) if "--look" not in arguments[max(0, place - 1) : place + 1]
    ]
    runs = [[*rest, "--look", look] for look in looks] + (
        [["--pages", "--out", out_of(rest)]] if pages else []
    )
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return max(pool.map(_run, runs))


def out_of(arguments: list[str]) -> str:
    """The folder of all pictures, as asked for."""
    return arguments[arguments.index("--out") + 1] if "--out" in arguments else str(OUT)


def _run(arguments: list[str]) -> int:
    return subprocess.call([sys.executable, str(Path(__file__).resolve()), *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
