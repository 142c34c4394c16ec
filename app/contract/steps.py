"""The way of an application to the provider and back, as dated steps kept beside the facts.

A step never changes a charge. Like a fact it is never changed itself: ``Voided`` takes it back.
"""

from __future__ import annotations

from datetime import date, time
from typing import Literal

import msgspec


class _Step(msgspec.Struct, frozen=True, kw_only=True, tag_field="fact", gc=False):
    id: str = ""


class Explained(_Step, frozen=True, gc=False, tag="explained"):
    """The important points were explained to the customer (重要事項の説明), by ``by``, of the edition that
    begins on ``edition``.

    ``at``: the minute it was, where it is known. ``paper_id`` and ``paper_number``: the summary that was
    explained, as it was issued; "" where none was. ``signer`` signed with ``strokes`` (lines of points in
    hundredths of a millimetre), or ``on_paper``: why not on the screen. ``remark``: what was asked and
    answered.
    """

    on: date
    by: str
    how: Literal["in-person", "phone", "post", "e-mail", "online"] = "in-person"
    edition: date | None = None
    at: time | None = None
    paper_id: str = ""
    paper_number: str = ""
    signer: str = ""
    strokes: tuple[tuple[tuple[int, int], ...], ...] = ()
    on_paper: str = ""
    remark: str = ""


class Submitted(_Step, frozen=True, gc=False, tag="submitted"):
    """The application went to the provider (送付). ``receipt`` is its place in the order of receipt at this
    desk; applications of a service are passed on in that order where the terms ask for it.
    """

    on: date
    receipt: int = 0
    how: Literal["form", "e-mail", "post", "phone"] = "form"


class Accepted(_Step, frozen=True, gc=False, tag="accepted"):
    """The provider accepted (承諾). ``on``: the day the acceptance notice was issued, which forms the
    contract; ``effective``: the day stated in it, which puts the contract into effect.
    """

    on: date
    effective: date
    how: Literal["e-mail", "paper"] = "e-mail"
    provider_number: str = ""


class Refused(_Step, frozen=True, gc=False, tag="refused"):
    """The provider refused (不承諾). ``grounds``: short clauses of the conditions (``8-2-3``)."""

    on: date
    grounds: tuple[str, ...] = ()
    words: str = ""


class Withdrawn(_Step, frozen=True, gc=False, tag="withdrawn"):
    """The customer took the application back (取下げ), or, accepted already, gave it up before the start."""

    on: date
    words: str = ""


class Revoked(_Step, frozen=True, gc=False, tag="revoked"):
    """The provider took its acceptance back (承諾の取消し), where the terms let it."""

    on: date
    grounds: tuple[str, ...] = ()
    words: str = ""


Step = Explained | Submitted | Accepted | Refused | Withdrawn | Revoked
