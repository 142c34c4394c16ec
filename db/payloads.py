"""Records stored as JSON, so that what was written today can still be read when the record has grown.

The text is ``{"format": n, "data": {…}}``. A field added with a default needs no new format. A field
renamed or given another meaning does: raise the format below and add a step that lifts the plain data of
the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import msgspec

from app.errors import EnvironmentProblem, Problem, UserError
from app.papers.issuer import Settings
from app.quote.content import QuotationContent
from app.words import _

Record = TypeVar("Record")
Lift = Callable[[dict[str, Any]], dict[str, Any]]

LIFTS: Final[dict[type, tuple[Lift, ...]]] = {
    QuotationContent: (),
    Settings: (),
}
"""Per record: step 0 lifts format 1 to 2, step 1 lifts 2 to 3, and so on."""

_encoder: Final = msgspec.json.Encoder()


class _Envelope(msgspec.Struct):
    format: int
    data: msgspec.Raw


_envelopes: Final = msgspec.json.Decoder(_Envelope)
_decoders: Final[dict[type, msgspec.json.Decoder[Any]]] = {}


def pack(record: object) -> str:
    """The record as JSON with its format.

    Raises UserError (``bad-text``) when a text holds half a character, which can't be written in any
    encoding.
    """
    return f'{{"format":{_format_of(type(record))},"data":{plain(record)}}}'


def unpack(kind: type[Record], text: str) -> Record:
    """The record back from what ``pack`` wrote, now or in an earlier version of the program.

    Raises EnvironmentProblem (``record-unreadable``) when the text holds no such record.
    """
    return unpack_with(kind, text, LIFTS.get(kind, ()))


def unpack_with(kind: type[Record], text: str, lifts: tuple[Lift, ...]) -> Record:
    """Like ``unpack``, with the steps given."""
    newest = len(lifts) + 1
    try:
        envelope = _envelopes.decode(text)
        if envelope.format == newest:
            return _decoder(kind).decode(envelope.data)
        if not 0 < envelope.format < newest:
            raise msgspec.ValidationError(f"format {envelope.format}")
        data = msgspec.json.decode(envelope.data)
        for lift in lifts[envelope.format - 1 :]:
            data = lift(data)
        return msgspec.convert(data, kind)
    except msgspec.DecodeError as error:
        raise _unreadable() from error


def plain(value: object) -> str:
    """Plain data (dicts, lists, dates …) or a record as JSON, without a format."""
    try:
        return _encoder.encode(value).decode("utf-8")
    except UnicodeEncodeError as error:
        raise UserError(
            Problem(
                "bad-text",
                _("保存できない文字が含まれています。"),
                remedy=_("文字を入力し直してください。"),
            )
        ) from error


def unplain(text: str) -> Any:
    """What ``plain`` wrote, as dicts, lists, texts and numbers."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise _unreadable() from error


def texts(text: str) -> dict[str, str]:
    """A stored mapping of texts."""
    found = unplain(text)
    if not isinstance(found, Mapping):
        raise _unreadable()
    return {str(key): str(value) for key, value in found.items()}


def _format_of(kind: type) -> int:
    return len(LIFTS.get(kind, ())) + 1


def _decoder(kind: type[Record]) -> msgspec.json.Decoder[Record]:
    if kind not in _decoders:
        _decoders[kind] = msgspec.json.Decoder(kind)
    return _decoders[kind]


def _unreadable() -> EnvironmentProblem:
    return EnvironmentProblem(
        "record-unreadable",
        _("保存されている内容を読み取れません。"),
        kept=_("データベースの内容は変えていません。"),
        remedy=_("バックアップから戻すか、管理者にご連絡ください。"),
    )
