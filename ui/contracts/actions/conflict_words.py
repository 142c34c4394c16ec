"""What others recorded while somebody typed, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from app.words import _

if TYPE_CHECKING:
    from app.contract.record import StoredContract
    from app.papers.issuer import Staff
    from app.usecases.contract_view import ContractView
    from app.usecases.desk import Desk
    from app.usecases.record_entry import ConflictDetail


def newest_of(desk: Desk, seen: StoredContract) -> tuple[ContractView, ConflictDetail]:
    """On the database worker: the contract as it is now, and what came since it was seen."""
    from app.usecases.open_contract import open_contract
    from app.usecases.record_entry import conflict_detail

    return open_contract(desk, seen.id), conflict_detail(desk, seen)


def theirs_words(
    view: ContractView, detail: ConflictDetail, staff: Sequence[Staff], now: datetime
) -> tuple[str, ...]:
    """What was recorded meanwhile, with who and when."""
    from ui.contracts.history_words import entries_told

    names = {one.id: one.name for one in staff}
    new = {one.entry.id for one in detail.entries}
    found = [
        "\n".join(part for part in (f"{one.day} {one.what}".strip(), one.detail, one.who) if part)
        for one in entries_told(view, now, names)
        if one.entry_id in new
    ]
    if detail.fields:
        found.append(_("申込・契約の内容（{count}か所）").format(count=len(detail.fields)))
    return tuple(found) or (_("期限などの整理"),)
