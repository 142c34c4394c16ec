"""Record what happened to a contract, and take records back; all is checked again in the transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from app.contract.customer import charged_as
from app.contract.facts import Started, Succeeded, Transferred, Voided
from app.contract.life import entries_standing
from app.contract.record import ContractContent, Entry, Recorded, StoredContract
from app.contract.steps import Accepted, Submitted
from app.errors import ConflictError, Problem, Problems, UserError
from app.usecases.check_entries import action_of, check_entries, named
from app.usecases.desk import Desk
from app.usecases.differences import differences
from app.usecases.keep_quotation import who
from app.usecases.line_check import line_problems
from app.usecases.passed_on import passed_to
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.usecases.stand_contract import standing_of
from app.usecases.surviving_customer import surviving
from app.words import _

__all__ = ["ConflictDetail", "conflict_detail", "holder_on", "record", "record_in", "void"]


@dataclass(frozen=True)
class ConflictDetail:
    """What others did since a window read the contract: entries with who and when, fields of the content,
    and the contract as it is now.
    """

    now: StoredContract
    entries: tuple[Recorded, ...]
    fields: tuple[str, ...]


def record(
    desk: Desk,
    contract_id: str,
    version: int,
    entries: Sequence[Entry],
    *,
    content: ContractContent | None = None,
    note: str = "",
) -> StoredContract:
    """Append entries (and store a changed content), with where the contract stands now.

    Raises ConflictError when another window was first; UserError with everything that keeps it from being
    recorded, fields as ``check_entries`` names them. Then nothing was recorded.
    """
    with desk.storage.work() as work:
        stored = record_in(desk, work, contract_id, version, entries, content=content, note=note)
        work.commit()
    return stored


def void(desk: Desk, contract_id: str, version: int, entry_id: str, why: str) -> StoredContract:
    """Take an entry back (訂正): it stays in the history, with the reason.

    Raises ConflictError; UserError ``bad-input`` without a reason, and for what could no longer have happened
    without the entry.
    """
    if not why.strip():
        raise UserError(
            Problem(
                "bad-input",
                _("取り消す理由がありません。"),
                remedy=_("理由を入力してください。履歴に残ります。"),
                field="why",
            )
        )
    return record(desk, contract_id, version, (Voided(voids=entry_id),), note=why.strip())


def record_in(
    desk: Desk,
    work: UnitOfWork,
    contract_id: str,
    version: int,
    entries: Sequence[Entry],
    *,
    content: ContractContent | None = None,
    note: str = "",
) -> StoredContract:
    """As ``record``, inside a transaction of the caller, who commits."""
    stored = work.contracts.get(contract_id)
    if stored.version != version:
        raise _conflict()
    settings = work.settings.load()
    require(work, settings, Act.VOID if any(isinstance(one, Voided) for one in entries) else Act.SELL)
    catalogue, today = desk.catalogue_for(settings), desk.today()
    held = tuple(one.entry for one in stored.entries)
    left = (*held, *(one for one in entries if isinstance(one, Voided)))
    entries = tuple(_completed(work, one, stored, left) for one in entries)
    if content is None:
        content = _with_number(entries, stored.content)
    known = content if content is not None else stored.content
    problems = Problems()
    problems.extend(check_entries(known, held, named(entries), catalogue, today))
    now = (*held, *entries)
    if _touches_line(entries, known, stored.content):
        problems.extend(line_problems(work, known, now, catalogue, today, contract_id))
    problems.raise_if_any()
    equipment = work.beside.equipment_of(contract_id)
    holder = surviving(work, holder_on(now, stored.customer_id, today))
    if holder != stored.customer_id:
        content = passed_to(known, work.customers.get(holder).fields)
    changed = work.contracts.change(
        contract_id,
        version,
        standing_of(known, now, catalogue, today, equipment),
        content=content,
        customer_id=holder if holder != stored.customer_id else None,
        entries=entries,
        staff=who(settings),
        note=note,
    )
    work.audit.record(who(settings), "contract-recorded", contract_id, _detail(stored, changed, content))
    return changed


def holder_on(entries: Sequence[Entry], customer_id: str, day: date) -> str:
    """Whose the contract is on a day: the last it passed to until then; without any that holds, the one it
    had before it first passed on (``customer_id`` where it never did).
    """
    passed = [one for one in entries if isinstance(one, Transferred | Succeeded) and one.customer_id]
    if not passed:
        return customer_id
    held = [one for one in entries_standing(entries) if isinstance(one, Transferred | Succeeded)]
    until = [one for one in held if one.customer_id and one.on <= day]
    if until:
        return max(until, key=lambda one: one.on).customer_id
    return passed[0].from_customer_id or customer_id


def conflict_detail(desk: Desk, seen: StoredContract) -> ConflictDetail:
    """What others recorded since ``seen`` was read."""
    with desk.storage.look() as work:
        now = work.contracts.get(seen.id)
    known = {one.entry.id for one in seen.entries}
    fields = tuple(
        name
        for name in seen.content.__struct_fields__
        if getattr(seen.content, name) != getattr(now.content, name)
    )
    return ConflictDetail(now, tuple(one for one in now.entries if one.entry.id not in known), fields)


def _completed(work: UnitOfWork, entry: Entry, stored: StoredContract, left: Sequence[Entry]) -> Entry:
    """What only storage knows: a hand-over remembers who had the contract before (as the hand-over before
    names them), so that it can be taken back, and what is passed on gets its place in the order of receipt.
    ``left``: what was recorded before, with what is taken back now.
    """
    if isinstance(entry, Transferred | Succeeded) and not entry.from_customer_id:
        before = holder_on(left, stored.customer_id, entry.on)
        kind = entry.customer_kind
        if entry.customer_id and kind is None:
            kind = charged_as(work.customers.get(entry.customer_id).fields.kind)
        return msgspec.structs.replace(entry, from_customer_id=before, customer_kind=kind)
    if isinstance(entry, Submitted) and not entry.receipt:
        place = work.contracts.last_receipt(stored.content.service) + 1
        return msgspec.structs.replace(entry, receipt=place)
    return entry


def _with_number(entries: Sequence[Entry], content: ContractContent) -> ContractContent | None:
    """The content with the number the provider gave with its acceptance; None where it gave none."""
    numbers = [one.provider_number for one in entries if isinstance(one, Accepted) and one.provider_number]
    return msgspec.structs.replace(content, provider_number=numbers[-1]) if numbers else None


def _touches_line(entries: Sequence[Entry], now: ContractContent, before: ContractContent) -> bool:
    """Whether the contract may take its line by this: acceptance, start, what comes back, another number."""
    takes = any(isinstance(one, Accepted | Started | Voided) for one in entries)
    return takes or now.line_number != before.line_number


def _conflict() -> ConflictError:
    return ConflictError(
        Problem(
            "conflict",
            _("別の画面で、先に内容が変更されています。"),
            why=_("上書きはしていません。"),
            remedy=_("いまの内容を確かめて、もう一度登録してください。"),
        )
    )


def _detail(
    before: StoredContract, after: StoredContract, content: ContractContent | None
) -> dict[str, object]:
    """What the audit keeps, where it may be erased: kinds and ids of entries, and fields before and after."""
    known = {one.entry.id for one in before.entries}
    recorded = [one.entry for one in after.entries if one.entry.id not in known]
    fields = [
        name
        for name in before.content.__struct_fields__
        if content is not None and getattr(before.content, name) != getattr(content, name)
    ]
    return {
        "number": after.number,
        "version": after.version,
        "entries": [f"{action_of(one)}:{one.id}" for one in recorded],
        "fields": fields,
        "changes": differences(before.content, content) if content is not None else {},
    }
