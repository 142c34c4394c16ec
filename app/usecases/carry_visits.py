"""持出・持帰: visits go to a laptop without a network in one encrypted file, and come back with what was done.

Events made on site have ids of their own and are appended; a visit that changed on both sides is a conflict,
shown side by side and decided. Nothing is overwritten silently, and a file that is taken twice does nothing
the second time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import msgspec

from app.contract.customer import Customer
from app.errors import Problem, UserError
from app.ids import uuid7
from app.quote.stored import IssuedPaper
from app.usecases.carry_box import damaged, seal, unseal
from app.usecases.desk import Desk
from app.usecases.issue_visit_papers import KINDS, number_of
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.usecases.visit_ground import brought_in, day_in, ground_for
from app.visit.carried import Carried
from app.visit.order import Event, StoredVisit, Technician, VisitFigures, VisitState
from app.visit.work import VisitContract
from app.words import _

Kind = Literal["new", "merge", "nothing", "conflict", "foreign"]


class PackedVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit on its way. ``base``: as it left its desk, at version ``home_version``; ``contract``: what its
    contract brings to the price.
    """

    visit: StoredVisit
    figures: VisitFigures
    base: StoredVisit
    home_version: int
    contract: VisitContract = VisitContract()
    contract_number: str = ""


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds. ``way``: ``out`` to a laptop, or ``back`` to the desk the visits are of."""

    file_id: str
    way: Literal["out", "back"]
    made_at: datetime
    staff: str
    visits: tuple[PackedVisit, ...]
    customers: tuple[Customer, ...]
    technicians: tuple[Technician, ...]
    papers: tuple[IssuedPaper, ...] = ()


@dataclass(frozen=True)
class Difference:
    """A field of the content that differs between here and the file."""

    field: str
    base: object
    here: object
    theirs: object


@dataclass(frozen=True)
class Arrival:
    """A visit of a file beside what is here. ``foreign``: it comes back to a desk that does not know it.

    ``new_events``: theirs that are not here; ``own_events``: ours since it left.
    """

    kind: Kind
    packed: PackedVisit
    here: StoredVisit | None
    new_events: tuple[Event, ...] = ()
    own_events: tuple[Event, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Arrivals:
    """Everything in a file, looked at; nothing is stored yet. ``taken_before``: this very file was."""

    pack: Pack
    items: tuple[Arrival, ...]
    taken_before: bool

    @property
    def conflicts(self) -> tuple[Arrival, ...]:
        """What has to be decided."""
        return tuple(one for one in self.items if one.kind == "conflict")


# --- out ---------------------------------------------------------------------------------------------------


def pack_day(
    desk: Desk,
    technician_ids: Sequence[str],
    first: date,
    last: date,
    passphrase: str,
) -> bytes:
    """持出: the visits of technicians on these days, with the customers they need and the papers issued for
    them. Each is remembered as being out. Those over stay, and those that came from another desk.

    Raises UserError ``nothing-to-carry``, ``passphrase-too-short``.
    """
    wanted = set(technician_ids)
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        guests = {visit_id for visit_id, one in _all_carried(work).items() if one.way == "here"}
        rows = [
            row
            for row in work.visits.rows_between(first, last)
            if wanted.intersection(row.technicians)
            and row.state is not VisitState.DONE
            and row.id not in guests
        ]
        file_id, visits = uuid7(), []
        for row in rows:
            packed = _packed(desk, work, work.visits.get(row.id))
            visits.append(packed)
            work.visits.put_carried(row.id, _carried(desk, packed, "out", file_id))
        data = _sealed(desk, work, file_id, "out", visits, passphrase)
        work.commit()
    return data


def pack_back(desk: Desk, passphrase: str, visit_ids: Sequence[str] | None = None) -> bytes:
    """持帰: the visits that came here from another desk (or those named of them), with what was done.

    Raises UserError ``nothing-to-carry``, ``passphrase-too-short``.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        carried = {
            visit_id: one
            for visit_id, one in _all_carried(work).items()
            if one.way == "here" and (visit_ids is None or visit_id in visit_ids)
        }
        visits = [
            PackedVisit(
                visit=work.visits.get(visit_id),
                figures=work.visits.figures(visit_id),
                base=one.base,
                home_version=one.home_version,
                contract=one.contract,
                contract_number=one.contract_number,
            )
            for visit_id, one in carried.items()
        ]
        data = _sealed(desk, work, uuid7(), "back", visits, passphrase)
        work.commit()
    return data


def carried_out(desk: Desk) -> dict[str, Carried]:
    """The visits that are out, or here from another desk, by id."""
    with desk.storage.look() as work:
        return _all_carried(work)


def _all_carried(work: UnitOfWork) -> dict[str, Carried]:
    return work.visits.carried(None)


def _packed(desk: Desk, work: UnitOfWork, visit: StoredVisit) -> PackedVisit:
    ground = ground_for(desk, work, visit)
    return PackedVisit(
        visit=visit,
        figures=work.visits.figures(visit.id),
        base=visit,
        home_version=visit.version,
        contract=brought_in(ground, visit.content, day_in(ground, visit.content)),
        contract_number=ground.contract.number if ground.contract else "",
    )


def _carried(desk: Desk, packed: PackedVisit, way: Literal["out", "here"], file_id: str) -> Carried:
    return Carried(
        way=way,
        at=desk.now(),
        home_version=packed.home_version,
        base=packed.base,
        contract=packed.contract,
        contract_number=packed.contract_number,
        file_id=file_id,
    )


def _sealed(
    desk: Desk,
    work: UnitOfWork,
    file_id: str,
    way: Literal["out", "back"],
    visits: Sequence[PackedVisit],
    passphrase: str,
) -> bytes:
    if not visits:
        raise UserError(
            Problem(
                "nothing-to-carry",
                _("持ち出す訪問がありません。") if way == "out" else _("持ち帰る訪問がありません。"),
                remedy=_("技術者と日を確かめてください。")
                if way == "out"
                else _("この端末に持ち出した訪問があるときに使います。"),
            )
        )
    staff = who(work.settings.load())
    people = dict.fromkeys(one for packed in visits for one in packed.visit.content.technicians)
    customers = dict.fromkeys(packed.visit.customer_id for packed in visits)
    pack = Pack(
        file_id=file_id,
        way=way,
        made_at=desk.now(),
        staff=staff,
        visits=tuple(visits),
        customers=tuple(work.customers.get(one) for one in customers),
        technicians=tuple(work.technicians.get(one) for one in people),
        papers=tuple(_papers(work, visits)),
    )
    work.visits.note_file(file_id, way, staff)  # opened where it was made, it brings nothing
    work.audit.record(staff, f"visits-{way}", file_id, {"numbers": [one.visit.number for one in visits]})
    return seal(msgspec.json.encode(pack), passphrase)


def _papers(work: UnitOfWork, visits: Sequence[PackedVisit]) -> Iterator[IssuedPaper]:
    """The papers issued for these visits, in every revision."""
    numbers = {number_of(packed.visit, kind) for packed in visits for kind in KINDS}
    for head in work.papers.with_numbers(KINDS, sorted(numbers)):
        yield work.papers.get(head.id)


# --- in ----------------------------------------------------------------------------------------------------


def unpack(desk: Desk, data: bytes, passphrase: str) -> Arrivals:
    """Open a file and lay each visit beside what is here; nothing is stored.

    Raises UserError ``not-a-carry-file``, ``carry-format``, ``carry-damaged``, ``wrong-passphrase``.
    """
    try:
        pack = msgspec.json.decode(unseal(data, passphrase), type=Pack)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise damaged() from error
    changed = any(hashlib.sha256(one.pdf).hexdigest() != one.sha256 for one in pack.papers)
    if changed or {one.visit.customer_id for one in pack.visits} - {one.id for one in pack.customers}:
        raise damaged()
    with desk.storage.look() as work:
        return look_in(work, pack)


def look_in(work: UnitOfWork, pack: Pack) -> Arrivals:
    """As ``unpack``, of an opened file inside a transaction."""
    known = work.visits.knows_file(pack.file_id)
    here = work.visits.carried([one.visit.id for one in pack.visits])
    items = tuple(_arrival(work, pack, one, here.get(one.visit.id)) for one in pack.visits)
    if known:
        items = tuple(Arrival("nothing", one.packed, one.here) for one in items)
    return Arrivals(pack, items, known)


def _arrival(work: UnitOfWork, pack: Pack, packed: PackedVisit, carried: Carried | None) -> Arrival:
    theirs = packed.visit
    try:
        here = work.visits.get(theirs.id)
    except UserError:
        return Arrival("foreign" if pack.way == "back" else "new", packed, None, theirs.events)
    if carried is not None and pack.way == "out" and packed.home_version < carried.home_version:
        return Arrival("nothing", packed, here)  # a file of before the one that was taken last
    base = carried.base if carried is not None and pack.way == "out" else packed.base
    left = {one.id for one in base.events}
    ours, known = {one.id for one in here.events}, {one.id for one in theirs.events}
    new = tuple(one for one in theirs.events if one.id not in ours)
    own = tuple(one for one in here.events if one.id not in left and one.id not in known)
    differs = here.content != theirs.content
    they_changed = bool(new) or (differs and theirs.content != base.content)
    we_changed = bool(own) or (differs and here.content != base.content)
    kind: Kind = "nothing"
    if they_changed:
        kind = "conflict" if we_changed else "merge"
    return Arrival(kind, packed, here, new, own, tuple(_differences(base, here, theirs)))


def _differences(base: StoredVisit, here: StoredVisit, theirs: StoredVisit) -> Iterator[Difference]:
    for name in here.content.__struct_fields__:
        ours, others = getattr(here.content, name), getattr(theirs.content, name)
        if ours != others:
            yield Difference(name, getattr(base.content, name), ours, others)
