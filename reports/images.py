"""Seals and logos: files people chose, made ready for the page or refused with a reason."""

from __future__ import annotations

import warnings
import zlib
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from app.errors import Problem, UserError
from app.words import _
from reports.sheet import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_BYTES: Final = 10_000_000
_MOST_PIXELS: Final = 25_000_000
_SIDE: Final = 600  # pixels kept of the longer side: 17 mm at 900 dpi


@lru_cache(maxsize=8)
def picture(data: bytes, field: str) -> Picture:
    """A PNG or JPEG file as a picture with its transparency, no larger than print needs.

    ``field`` names the setting it came from. Raises UserError: ``image-unreadable``, ``image-too-large``.
    """
    pixels = _opened(data, field)
    pixels.thumbnail((_SIDE, _SIDE))
    colours, opacity = pixels.convert("RGB").tobytes(), pixels.getchannel("A").tobytes()
    return Picture(pixels.width, pixels.height, zlib.compress(colours), zlib.compress(opacity))


def _opened(data: bytes, field: str) -> Image:
    """The picture upright, eight bits a channel, with transparency."""
    from PIL import Image, ImageOps

    if len(data) > _MOST_BYTES:
        raise _too_large(field)
    try:
        with (
            warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning),
            Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened,
        ):
            if opened.width * opened.height > _MOST_PIXELS:
                raise _too_large(field)
            upright = ImageOps.exif_transpose(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(field) from error
    except (
        OSError,
        SyntaxError,
        ValueError,
        IndexError,
        zlib.error,
    ) as error:  # what Pillow says of broken files
        raise UserError(
            Problem(
                "image-unreadable",
                _("画像を読み込めません。"),
                why=_("PNGまたはJPEGのファイルではないか、壊れています。"),
                remedy=_("ほかのPNGまたはJPEGのファイルを選んでください。"),
                field=field,
            )
        ) from error
    if upright.mode.startswith("I"):  # sixteen bits of grey
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    return upright.convert("RGBA")


def _too_large(field: str) -> UserError:
    return UserError(
        Problem(
            "image-too-large",
            _("画像が大きすぎます。"),
            why=_("{megabytes}MB、{pixels}万画素までの画像を使えます。").format(
                megabytes=_MOST_BYTES // 1_000_000, pixels=_MOST_PIXELS // 10_000
            ),
            remedy=_("小さくした画像を選んでください。"),
            field=field,
        )
    )
