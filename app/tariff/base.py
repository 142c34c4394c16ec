"""What every record of a tariff file is made of."""

import msgspec


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all tariff records: immutable, strict about unknown keys (``kw_only`` is not inherited)."""


class Text(Record, frozen=True, kw_only=True):
    """Words of the tariff in both languages."""

    ja: str
    en: str
