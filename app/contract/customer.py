"""Who the desk deals with."""

from typing import Literal

import msgspec

CustomerKind = Literal["corporation", "sole-trader", "organisation"]


class CustomerFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of a customer. All texts are plain lines; empty means not known.

    ``kind``: corporation 法人, sole-trader 個人事業主, organisation 団体. ``postal_code`` is seven digits
    without a hyphen.
    ``prefecture`` + ``address`` + ``building`` make the postal address. ``person`` is who we write to,
    ``department`` where.
    """

    kind: CustomerKind = "corporation"
    name: str = ""
    kana: str = ""
    postal_code: str = ""
    prefecture: str = ""
    address: str = ""
    building: str = ""
    department: str = ""
    person: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    """A customer as stored. ``id`` is a UUIDv7 in text; ``version`` grows with each change; ``seq`` is
    local.
    """

    id: str
    seq: int
    version: int
    fields: CustomerFields
