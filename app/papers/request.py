"""What somebody asks for when a paper is to be made."""

from datetime import date
from typing import Any, Literal

import msgspec


class PaperRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paper of a ``kind`` (a letter of ``kinds.TITLES``) about ``subject``, the id of what the kind is made
    from. ``on``: the day it is issued (None: today). ``options``: what only this kind asks for; its maker
    names and checks them.
    """

    kind: str
    subject: str
    language: Literal["ja", "en"] = "ja"
    on: date | None = None
    options: dict[str, Any] = {}
