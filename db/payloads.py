"""Records stored as JSON, so that what was written today can still be read when the record has grown.

The text is ``{"format": n, "data": {…}}``. A field added with a default needs no new format. A field
renamed or given another meaning does: raise the format below and add a step that lifts the plain data of
the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from fractions import Fraction
from functools import cache
from typing import Any, Final, Generic, TypeVar

import msgspec

from app.charge.stored import BillContent
from app.contract.beside import EquipmentFields
from app.contract.customer import CustomerDetails
from app.contract.record import ContractContent, Entry, Recorded
from app.errors import EnvironmentProblem, Problem, UserError
from app.papers.issuer import Settings
from app.quote.content import QuotationContent
from app.visit.carried import Carried
from app.visit.order import Happened, TechnicianFields, VisitContent
from app.words import _

Record = TypeVar("Record")
Lift = Callable[[dict[str, Any]], dict[str, Any]]

LIFTS: Final[dict[Any, tuple[Lift, ...]]] = {
    QuotationContent: (),
    Settings: (),
    ContractContent: (),
    Entry: (),
    CustomerDetails: (),
    EquipmentFields: (),
    BillContent: (),
    VisitContent: (),
    Happened: (),
    TechnicianFields: (),
    Carried: (),
}
"""Per record: step 0 lifts format 1 to 2, step 1 lifts 2 to 3, and so on."""


def _written(value: object) -> str:
    """What JSON has no form for: a proportion stands as ``2/3``."""
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError(f"no form for {type(value)}")


def _read(kind: type, value: Any) -> Any:
    if kind is Fraction:
        try:
            return Fraction(*map(int, value.split("/")))
        except (AttributeError, TypeError, ValueError, ZeroDivisionError) as error:
            raise msgspec.ValidationError("no proportion") from error
    raise NotImplementedError(f"no form for {kind}")


_encoder: Final = msgspec.json.Encoder(enc_hook=_written)


class _Envelope(msgspec.Struct):
    format: int
    data: msgspec.Raw


class _Whole(msgspec.Struct, Generic[Record], frozen=True, gc=False):
    """An envelope read in one go with what is in it."""

    format: int
    data: Record


_envelopes: Final = msgspec.json.Decoder(_Envelope)
_decoders: Final[dict[Any, msgspec.json.Decoder[Any]]] = {}
_wholes: Final[dict[Any, msgspec.json.Decoder[Any]]] = {}


def pack_entry(recorded: Recorded) -> str:
    """A fact or step with who recorded it and when, as JSON with the format of all entries."""
    utc = msgspec.structs.replace(recorded, recorded_at=recorded.recorded_at.astimezone(UTC))
    return f'{{"format":{_format_of(Entry)},{plain(utc)[1:]}'


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
    record: Record = reader(kind)(text)
    return record


def reader(kind: Any) -> Callable[[str], Any]:
    """Does what ``unpack`` does for one kind of record; for whoever reads a hundred thousand."""
    if kind not in _wholes:
        _wholes[kind] = msgspec.json.Decoder(_Whole[kind], dec_hook=_read)
    decode, newest = _wholes[kind].decode, _format_of(kind)

    def read(text: str) -> Any:
        try:
            whole = decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return unpack_with(kind, text, LIFTS.get(kind, ()))
        if whole.format == newest:
            return whole.data
        return unpack_with(kind, text, LIFTS.get(kind, ()))

    return read


def unpack_entries(text: str) -> list[Recorded]:
    """A JSON list of what ``pack_entry`` wrote, now or in an earlier version; moments are in UTC.

    Raises EnvironmentProblem (``record-unreadable``).
    """
    lifts = LIFTS[Entry]
    try:
        if not lifts:
            return _recorded().decode(text)
        return [_lifted(one, lifts) for one in msgspec.json.decode(text)]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _unreadable() from error


def _lifted(data: dict[str, Any], lifts: tuple[Lift, ...]) -> Recorded:
    """One entry of any format; the steps lift the entry itself."""
    for lift in lifts[data.pop("format") - 1 :]:
        data["entry"] = lift(data["entry"])
    return msgspec.convert(data, Recorded, dec_hook=_read)


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
        return msgspec.convert(data, kind, dec_hook=_read)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
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
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _unreadable() from error


def texts(text: str) -> dict[str, str]:
    """A stored mapping of texts."""
    found = unplain(text)
    if not isinstance(found, Mapping):
        raise _unreadable()
    return {str(key): str(value) for key, value in found.items()}


def _format_of(kind: Any) -> int:
    return len(LIFTS.get(kind, ())) + 1


def _decoder(kind: type[Record]) -> msgspec.json.Decoder[Record]:
    if kind not in _decoders:
        _decoders[kind] = msgspec.json.Decoder(kind, dec_hook=_read)
    return _decoders[kind]


def _unreadable() -> EnvironmentProblem:
    return EnvironmentProblem(
        "record-unreadable",
        _("保存されている内容を読み取れません。"),
        kept=_("データベースの内容は変えていません。"),
        remedy=_("バックアップから戻すか、管理者にご連絡ください。"),
    )


@cache
def _recorded() -> msgspec.json.Decoder[list[Recorded]]:
    return msgspec.json.Decoder(list[Recorded], dec_hook=_read)
