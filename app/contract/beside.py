"""What is kept beside a contract or a customer: equipment, call notes, scans and photos."""

from datetime import date, datetime
from typing import Literal

import msgspec

Subject = Literal["contract", "customer", "quotation"]
EquipmentKind = Literal["gateway", "sensor", "dongle", "sim", "connector", "other"]
Ownership = Literal["rental", "purchased", "designated-seller", "passes-on-payment", "customer"]


class EquipmentFields(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A device that belongs to a contract. ``model`` is the class (``gateway-50``); ``always_on``: the 24 h
    option of a gateway. ``replaces``: the id of the device it stands in for. ``lost``: it can't come back.
    ``passed_on``: the day it became the customer's where payments here don't tell. ``removed``: why the
    entry was struck out.
    """

    kind: EquipmentKind = "gateway"
    model: str = ""
    serial: str = ""
    ownership: Ownership = "rental"
    always_on: bool = True
    delivered_on: date | None = None
    returned_on: date | None = None
    replaces: str = ""
    lost: bool = False
    note: str = ""
    passed_on: date | None = None
    removed: str = ""


class Equipment(msgspec.Struct, frozen=True, kw_only=True):
    """A device as stored."""

    id: str
    version: int
    contract_id: str
    fields: EquipmentFields


class CallNote(msgspec.Struct, frozen=True, kw_only=True):
    """What was said on the phone or at the counter, and what is to be done next, by whom, until when."""

    id: str
    version: int
    subject: Subject
    subject_id: str
    at: datetime
    staff: str
    text: str
    next_step: str = ""
    owner: str = ""  # staff id
    due_on: date | None = None
    done_at: datetime | None = None


class DueNote(msgspec.Struct, frozen=True, kw_only=True):
    """A next step that is open, for Home."""

    note: CallNote
    customer: str
    number: str  # of the contract or quotation; "" for a customer


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A scan or photo, stored inside with its SHA-256 (hex). ``removed``: why it is no longer shown."""

    id: str
    subject: Subject
    subject_id: str
    name: str
    media_type: str
    size: int  # bytes
    sha256: str
    at: datetime
    staff: str
    note: str = ""
    removed: str = ""
