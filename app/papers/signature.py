"""A customer's signature given on the screen while a paper is made, and the box it stands in."""

from __future__ import annotations

from datetime import datetime

import msgspec

from app.papers.issuer import Settings
from app.papers.model import SignatureBox
from app.papers.options import Options
from app.papers.parts import paper_date
from app.words import _


class Signature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who signed and when, with ``strokes`` (lines of points in hundredths of a millimetre)."""

    name: str
    at: datetime
    strokes: tuple[tuple[tuple[int, int], ...], ...]


def read_signature(options: Options) -> Signature | None:
    """The option ``signature``, None where nobody signed; one that can't be read is a problem."""
    given = options.raw("signature")
    if given is None:
        return None
    try:
        found = msgspec.convert(given, Signature)
    except msgspec.ValidationError:
        found = None
    if found is None or not any(found.strokes):
        options.wrong("signature", _("署名を読み取れません。"), _("もう一度ご署名をいただいてください。"))
    return found


def signing_box(words: str, signed: Signature | None, settings: Settings, name: str = "") -> SignatureBox:
    """Where the customer signs, with the signature where it was given; ``name``: who is to sign."""
    label = _("お客さまご署名")
    if signed is None:
        return SignatureBox(words, label, with_sama(name), _("　　年　　月　　日"))
    when = f"{paper_date(signed.at.date(), settings.company)} {signed.at:%H:%M}"
    return SignatureBox(words, label, with_sama(signed.name.strip()), when, signed.strokes)


def with_sama(name: str) -> str:
    """A name with 様, "" without a name."""
    return _("{name} 様").format(name=name) if name and not name.endswith("様") else name
