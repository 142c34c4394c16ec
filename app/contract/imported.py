"""An import of an existing ledger, as it is remembered."""

from datetime import datetime

import msgspec


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """One import: the file's name and SHA-256 (hex), what it brought, and when it was undone."""

    id: str
    at: datetime
    staff: str
    file_name: str
    sha256: str
    customers: int = 0
    contracts: int = 0
    facts: int = 0
    undone_at: datetime | None = None
