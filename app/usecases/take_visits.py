"""Take what a file of carried visits holds: new ones, what was done on site, and conflicts as decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from app.charge.lines import Line
from app.contract.beside import CallNote
from app.contract.customer import Customer
from app.errors import Problem, Problems, UserError
from app.papers.archived import PaperAbout
from app.usecases.call_off import called_off_lines
from app.usecases.carry_visits import Arrival, Arrivals, PackedVisit, look_in
from app.usecases.claim_visit import claim_in
from app.usecases.desk import Desk
from app.usecases.issue_visit_papers import KINDS, number_of
from app.usecases.keep_quotation import who
from app.usecases.keep_visit import conflict
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.usecases.visit_ground import Ground, ground_for
from app.usecases.work_on_site import signed_price
from app.visit.carried import Carried
from app.visit.order import CalledOff, Finished, StoredVisit
from app.words import _

Side = Literal["here", "theirs"]


@dataclass(frozen=True)
class Unsettled:
    """A visit that came back finished whose amount could not be put on a bill as it was signed."""

    visit: StoredVisit
    why: str


@dataclass(frozen=True)
class Taken:
    """What was taken, what stayed as it is here, and what somebody has to settle by hand."""

    taken: tuple[StoredVisit, ...]
    stayed: tuple[StoredVisit, ...]
    foreign: tuple[PackedVisit, ...]
    unsettled: tuple[Unsettled, ...]


def take(desk: Desk, arrivals: Arrivals, decisions: Mapping[str, Side]) -> Taken:
    """Store what came, in one transaction. ``decisions``: for each conflict by the visit's id, whose is kept;
    with ``here`` nothing of the file's visit is stored, and the record says so.

    Raises ConflictError when something changed here since the file was opened; UserError ``undecided`` for
    each conflict without a decision, ``number-taken``, ``double-booked``. Then nothing was taken.
    """
    _refuse_undecided(arrivals, decisions)
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        if look_in(work, arrivals.pack) != arrivals:
            raise conflict()
        taker = _Taker(desk, work, arrivals)
        for one in arrivals.items:
            taker.take(one, decisions.get(one.packed.visit.id, "theirs"))
        taker.keep_papers()
        staff = who(work.settings.load())
        if not arrivals.taken_before:
            work.visits.note_file(arrivals.pack.file_id, "in", staff)
            kept = [one.packed.visit.number for one in arrivals.conflicts if _kept(one, decisions)]
            detail = {"taken": [one.number for one in taker.taken], "kept-here": kept}
            work.audit.record(staff, "visits-taken", arrivals.pack.file_id, detail)
        work.commit()
    return Taken(tuple(taker.taken), tuple(taker.stayed), tuple(taker.foreign), tuple(taker.unsettled))


def _kept(one: Arrival, decisions: Mapping[str, Side]) -> bool:
    return decisions[one.packed.visit.id] == "here"


def _refuse_undecided(arrivals: Arrivals, decisions: Mapping[str, Side]) -> None:
    problems = Problems()
    for one in arrivals.conflicts:
        if one.packed.visit.id not in decisions:
            problems.add(
                "undecided",
                _("訪問{number}は、両方で変更されています。").format(number=one.packed.visit.number),
                remedy=_("どちらを残すか選んでください。"),
                field=one.packed.visit.id,
            )
    problems.raise_if_any()


def _about(visit: StoredVisit | None) -> PaperAbout:
    """Who issued it on the road stands on the paper alone."""
    if visit is None:
        return PaperAbout()
    return PaperAbout(customer_id=visit.customer_id, subject_kind="visit", subject_id=visit.id)


class _Taker:
    """One file being taken."""

    def __init__(self, desk: Desk, work: UnitOfWork, arrivals: Arrivals) -> None:
        self._desk = desk
        self._work = work
        self._pack = arrivals.pack
        self._taken_before = arrivals.taken_before
        self._customers: dict[str, Customer] = {one.id: one for one in arrivals.pack.customers}
        self.taken: list[StoredVisit] = []
        self.stayed: list[StoredVisit] = []
        self.foreign: list[PackedVisit] = []
        self.unsettled: list[Unsettled] = []
        if self._pack.way == "out" and not arrivals.taken_before:
            work.technicians.copy_in(arrivals.pack.technicians)

    def take(self, one: Arrival, side: Side) -> None:
        """Take one visit, or leave what is here."""
        if one.kind == "foreign":
            self.foreign.append(one.packed)
            return
        if one.here is not None and (one.kind == "nothing" or side == "here"):
            self.stayed.append(one.here)
            if one.kind == "conflict" or (self._pack.way == "back" and not self._taken_before):
                self._remember(one.packed)
            return
        self._refuse_number(one)
        packed = one.packed
        if one.here is None:
            customer = self._customers[packed.visit.customer_id]
        else:
            customer = self._work.customers.get(one.here.customer_id)
        stored = self._work.visits.copy_in(packed.visit, packed.figures, customer)
        self._remember(packed)
        self.taken.append(stored)
        if self._pack.way == "back":
            self._settle(stored, one)

    def keep_papers(self) -> None:
        """Archive the papers that are not here; one whose revision was given here too gets the next."""
        foreign = {number_of(packed.visit, kind) for packed in self.foreign for kind in KINDS}
        visits = {number_of(visit, kind): visit for visit in (*self.taken, *self.stayed) for kind in KINDS}
        for paper in self._pack.papers:
            here = self._work.papers.with_numbers([paper.kind], [paper.number])
            if paper.number in foreign or any(one.sha256 == paper.sha256 for one in here):
                continue
            taken = {one.revision for one in here}
            revision = max(taken) + 1 if paper.revision in taken else paper.revision
            self._work.papers.add(
                paper.kind,
                paper.number,
                revision,
                paper.customer,
                paper.issued_on,
                paper.total,
                paper.pdf,
                _about(visits.get(paper.number)),
            )

    def _remember(self, packed: PackedVisit) -> None:
        """Out: it is here from now on, as it left; back: it is home."""
        carried = None
        if self._pack.way == "out":
            carried = Carried(
                way="here",
                at=self._desk.now(),
                home_version=packed.home_version,
                base=packed.base,
                contract=packed.contract,
                contract_number=packed.contract_number,
                file_id=self._pack.file_id,
            )
        self._work.visits.put_carried(packed.visit.id, carried)

    def _refuse_number(self, one: Arrival) -> None:
        """Two desks of one code give the same numbers."""
        twin = self._work.visits.with_number(one.packed.visit.number)
        if twin is not None and twin.id != one.packed.visit.id:
            raise UserError(
                Problem(
                    "number-taken",
                    _("訪問の番号{number}は、この端末で別の訪問に使われています。").format(
                        number=twin.number
                    ),
                    why=_("窓口の符号が同じ端末では、同じ番号が付きます。"),
                    remedy=_("端末ごとに別の符号を設定してください。"),
                )
            )

    def _settle(self, visit: StoredVisit, one: Arrival) -> None:
        """What was finished or called off on site goes onto the next bill here."""
        ground = ground_for(self._desk, self._work, visit)
        for event in one.new_events:
            if isinstance(event, Finished | CalledOff):
                try:
                    _lines(ground, visit, event)  # refused in the language of the window
                    lines = partial(_lines, ground, visit, event)
                    claim_in(self._desk, self._work, ground, visit, lines)
                except UserError as error:
                    self._leave_open(Unsettled(visit, error.problems[0].sentence()), ground)

    def _leave_open(self, left: Unsettled, ground: Ground) -> None:
        """Nothing was billed: a note on the contract asks for it until somebody has seen to it."""
        self.unsettled.append(left)
        if ground.contract is None:
            return
        told = _("訪問{number}の料金を請求に載せられませんでした。").format(number=left.visit.number)
        self._work.beside.add_note(
            CallNote(
                id="",
                version=1,
                subject="contract",
                subject_id=ground.contract.id,
                at=self._desk.now(),
                staff=who(ground.settings),
                text=f"{told}\n{left.why}",
                next_step=_("訪問の請求を確かめる"),
                due_on=self._desk.today(),
            )
        )


def _lines(ground: Ground, visit: StoredVisit, event: Finished | CalledOff) -> tuple[Line, ...]:
    if isinstance(event, Finished):
        return signed_price(ground, visit).lines
    if not event.net:
        return ()
    lines, _reading = called_off_lines(ground, visit, event.by)
    if sum(line.amount for line in lines) != event.net:
        raise UserError(
            Problem(
                "price-changed",
                _("中止の料金が、いまの計算と違います。"),
                remedy=_("金額を確かめて、別にご請求ください。"),
            )
        )
    return lines
