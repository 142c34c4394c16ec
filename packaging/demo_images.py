"""Draws the invented company's seal and logo of the demo again: ``python packaging/demo_images.py``.

Needs Pillow (reportlab and pypdfium2 do without it), so it is run by hand: ``pip install pillow`` first.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).parent.parent
SEAL_TEXT = ("株式会社ま", "どぐち通信", "サービス印")
SEAL_RED = (195, 54, 43, 255)
MARK_BLUE = (30, 77, 107, 255)


def seal() -> Image.Image:
    """A square corporate seal: three columns from the right, double frame, transparent ground."""
    image = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((10, 10, 589, 589), 22, outline=SEAL_RED, width=14)
    font = ImageFont.truetype(str(ROOT / "resources/fonts/BIZUDPGothic-Regular.ttf"), 104)
    for column, words in enumerate(SEAL_TEXT):
        for row, letter in enumerate(words):
            x, y = 504 - column * 204, 82 + row * 109
            draw.text((x, y), letter, font=font, fill=SEAL_RED, anchor="mm")
    return image


def logo() -> Image.Image:
    """The company's mark: a counter window on a rounded square."""
    image = Image.new("RGBA", (420, 420), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, 419, 419), 70, fill=MARK_BLUE)
    for left in (84, 222):
        draw.rectangle((left, 96, left + 114, 262), fill="white")
    draw.rectangle((84, 290, 336, 324), fill="white")
    return image


if __name__ == "__main__":
    folder = ROOT / "resources" / "demo"
    for name, picture in (("seal", seal()), ("logo", logo())):
        picture.save(folder / f"{name}.png", optimize=True)
