"""Visits go out to a laptop and come back: events are appended, conflicts decided, nothing twice."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.errors import ConflictError, UserError
from app.usecases import book_visit, carry_box, keep_visit, work_on_site
from app.usecases.call_off import call_off
from app.usecases.carry_box import FORMAT, MAGIC, Header, seal, unseal
from app.usecases.carry_visits import Arrivals, carried_out, pack_back, pack_day, unpack
from app.usecases.desk import Desk
from app.usecases.issue_visit_papers import issue_order, issue_report, papers_of, reprint
from app.usecases.keep_settings import save_settings
from app.usecases.take_visits import take
from app.visit.order import Booked, StoredVisit, Technician, VisitState
from app.visit.visit_life import last_report
from tests.app.usecases.visits import (
    PLACE,
    TUESDAY,
    clock,
    confirmed,
    content,
    contract,
    customer,
    desk_with,
    go,
    span,
    technicians,
    worked,
)
from tests.billing_desk import Clock

SECRET = "持ち出し-2026-11"


class Two:
    """A desk with one confirmed visit, and a laptop; one clock."""

    def __init__(self, folder: Path) -> None:
        self.time: Clock = clock()
        self.home = desk_with(folder / "home", self.time)
        self.laptop = desk_with(folder / "laptop", self.time)
        settings = self.laptop.settings()
        save_settings(self.laptop, msgspec.structs.replace(settings, desk_code="LT1"))
        self.people: list[Technician] = technicians(self.home, "大西 航", "別所 学")
        owner = customer(self.home)
        self.contract = contract(self.home, owner)
        self.free = confirmed(
            self.home, owner, self.people[0], span("9:30", "10:30"), contract_id=self.contract.id
        )
        self.visit = confirmed(
            self.home, owner, self.people[0], span("13", "14"), contract_id=self.contract.id
        )

    def out(self) -> bytes:
        return pack_day(self.home, [self.people[0].id], TUESDAY, TUESDAY, SECRET)

    def at(self, desk: Desk, visit: StoredVisit) -> StoredVisit:
        return keep_visit.open_visit(desk, visit.id)

    def work(self) -> StoredVisit:
        """The laptop does the afternoon's visit."""
        go(self.time, TUESDAY, 13)
        visit = worked(self.laptop, self.at(self.laptop, self.visit))
        return work_on_site.finish(self.laptop, visit.id, visit.version)

    def claims(self) -> list[str]:
        with self.home.storage.look() as work:
            return [one.cause for one in work.bills.waiting([self.contract.id]).get(self.contract.id, [])]


@pytest.fixture
def two(tmp_path: Path) -> Two:
    return Two(tmp_path)


def kinds(arrivals: Arrivals) -> list[str]:
    return [one.kind for one in arrivals.items]


def test_a_day_goes_out_and_comes_back_with_what_was_done(two: Two) -> None:
    arrivals = unpack(two.laptop, two.out(), SECRET)
    assert kinds(arrivals) == ["new", "new"]
    assert [one.id for one in take(two.laptop, arrivals, {}).taken] == [two.free.id, two.visit.id]
    assert {one.way for one in carried_out(two.home).values()} == {"out"}
    with two.laptop.storage.look() as work:
        assert work.visits.rows_between(TUESDAY, TUESDAY)[0].customer == "株式会社みのり食品"
        assert [one.fields.name for one in work.technicians.all()] == ["大西 航"]
        assert work.contracts.count() == 0
    done = two.work()
    report = last_report(done.events)
    assert report is not None
    assert (done.state, report.net) == (VisitState.DONE, 16_500)

    back = unpack(two.home, pack_back(two.laptop, SECRET), SECRET)
    assert kinds(back) == ["nothing", "merge"]
    taken = take(two.home, back, {})
    assert taken.unsettled == ()
    home = two.at(two.home, two.visit)
    assert home.state is VisitState.DONE
    assert home.events == done.events
    assert two.claims() == [two.visit.id]
    assert carried_out(two.home) == {}


def test_papers_go_along_and_come_back(two: Two) -> None:
    order = issue_order(two.home, two.visit.id)
    take(two.laptop, unpack(two.laptop, two.out(), SECRET), {})
    (head,) = papers_of(two.laptop, two.visit.id)
    assert reprint(two.laptop, head.id).pdf == order.pdf
    two.work()
    report = issue_report(two.laptop, two.visit.id)
    back = pack_back(two.laptop, SECRET)
    take(two.home, unpack(two.home, back, SECRET), {})
    take(two.home, unpack(two.home, back, SECRET), {})
    heads = papers_of(two.home, two.visit.id)
    assert [(one.kind, one.number) for one in heads] == [
        ("W", two.visit.number), ("R", report.number),
    ]  # fmt: skip
    assert reprint(two.home, heads[1].id).pdf == report.pdf


def test_a_file_taken_twice_does_nothing_the_second_time(two: Two) -> None:
    file = two.out()
    take(two.laptop, unpack(two.laptop, file, SECRET), {})
    again = unpack(two.laptop, file, SECRET)
    assert again.taken_before
    before = two.at(two.laptop, two.visit)
    assert take(two.laptop, again, {}).taken == ()
    assert two.at(two.laptop, two.visit) == before
    two.work()
    back = pack_back(two.laptop, SECRET)
    take(two.home, unpack(two.home, back, SECRET), {})
    home = two.at(two.home, two.visit)
    assert take(two.home, unpack(two.home, back, SECRET), {}).taken == ()
    # Another file of the same things brings nothing new either.
    later = unpack(two.home, pack_back(two.laptop, SECRET), SECRET)
    assert kinds(later) == ["nothing", "nothing"]
    take(two.home, later, {})
    assert two.at(two.home, two.visit) == home
    assert two.claims() == [two.visit.id]


@pytest.mark.parametrize("side", ["here", "theirs"])
def test_what_changed_on_both_sides_is_shown_and_decided(two: Two, side: str) -> None:
    take(two.laptop, unpack(two.laptop, two.out(), SECRET), {})
    ours = book_visit.move(
        two.home, two.visit.id, two.visit.version, [span("15", "16")], [two.people[1].id], "お客さまの都合"
    )
    theirs = two.work()
    back = unpack(two.home, pack_back(two.laptop, SECRET), SECRET)
    assert kinds(back) == ["nothing", "conflict"]
    (one,) = back.conflicts
    assert [type(event) for event in one.own_events] == [Booked]
    assert len(one.new_events) == 5
    assert {each.field for each in one.differences} == {"spans", "technicians"}
    with pytest.raises(UserError) as refused:
        take(two.home, back, {})
    assert (refused.value.code, two.at(two.home, two.visit)) == ("undecided", ours)
    taken = take(two.home, back, {two.visit.id: side})  # type: ignore[dict-item]
    home = two.at(two.home, two.visit)
    if side == "here":
        assert (home, taken.stayed[-1], two.claims()) == (ours, ours, [])
    else:
        assert home.content == theirs.content
        assert home.state is VisitState.DONE
        assert {one.id for one in home.events} == {one.id for one in (*ours.events, *theirs.events)}
        assert two.claims() == [two.visit.id]


def test_a_change_at_the_desk_alone_stays_and_one_meanwhile_is_a_conflict(two: Two) -> None:
    take(two.laptop, unpack(two.laptop, two.out(), SECRET), {})
    file = pack_back(two.laptop, SECRET)
    moved = book_visit.move(two.home, two.visit.id, two.visit.version, [span("15", "16")], [two.people[0].id])
    arrivals = unpack(two.home, file, SECRET)
    assert kinds(arrivals) == ["nothing", "nothing"]
    book_visit.confirm(two.home, moved.id, moved.version)
    with pytest.raises(ConflictError):
        take(two.home, arrivals, {})


def test_a_free_visit_used_at_the_desk_meanwhile_is_settled_by_hand(two: Two) -> None:
    take(two.laptop, unpack(two.laptop, two.out(), SECRET), {})
    call_off(two.home, two.free.id, two.free.version, "customer", "都合")
    other = keep_visit.edit(
        two.home,
        two.visit.id,
        two.visit.version,
        msgspec.structs.replace(two.visit.content, remarks="無償へ"),
    )
    assert other.content.remarks == "無償へ"
    two.work()
    back = unpack(two.home, pack_back(two.laptop, SECRET), SECRET)
    taken = take(two.home, back, {one.packed.visit.id: "theirs" for one in back.conflicts})
    assert [one.visit.id for one in taken.unsettled] == [two.visit.id]
    assert two.claims() == []
    with two.home.storage.look() as work:
        (note,) = work.beside.notes_of("contract", two.contract.id)
    assert two.visit.number in note.text
    assert note.due_on == TUESDAY  # Home asks for it until somebody has seen to it


@pytest.mark.parametrize("changed", [False, True])
def test_a_visit_called_off_on_site_is_charged_at_home(two: Two, *, changed: bool) -> None:
    for desk in (two.home, two.laptop):
        readings = {"visit-cancel-fee": "base-fee"}
        save_settings(desk, msgspec.structs.replace(desk.settings(), readings=readings))
    take(two.laptop, unpack(two.laptop, two.out(), SECRET), {})
    visit = two.at(two.laptop, two.visit)
    call_off(two.laptop, visit.id, visit.version, "customer", "留守")
    if changed:
        save_settings(
            two.home, msgspec.structs.replace(two.home.settings(), readings={"visit-cancel-fee": "zero"})
        )
    taken = take(two.home, unpack(two.home, pack_back(two.laptop, SECRET), SECRET), {})
    assert two.at(two.home, two.visit).state is VisitState.CANCELLED
    assert len(taken.unsettled) == changed
    assert two.claims() == ([] if changed else [two.visit.id])


def test_a_visit_broken_off_after_the_arrival_is_charged_at_home(two: Two) -> None:
    take(two.laptop, unpack(two.laptop, two.out(), SECRET), {})
    visit = two.at(two.laptop, two.visit)
    visit = work_on_site.begin(two.laptop, visit.id, visit.version)
    call_off(two.laptop, visit.id, visit.version, "customer", "対象のPCがない")
    taken = take(two.home, unpack(two.home, pack_back(two.laptop, SECRET), SECRET), {})
    assert taken.unsettled == ()
    assert two.claims() == [two.visit.id]


def test_the_desk_does_not_take_visits_it_never_had(two: Two, tmp_path: Path) -> None:
    take(two.laptop, unpack(two.laptop, two.out(), SECRET), {})
    stranger = desk_with(tmp_path / "stranger", two.time)
    arrivals = unpack(stranger, pack_back(two.laptop, SECRET), SECRET)
    assert kinds(arrivals) == ["foreign", "foreign"]
    assert len(take(stranger, arrivals, {}).foreign) == 2
    with stranger.storage.look() as work:
        assert work.visits.count() == 0


def test_two_desks_with_one_code_are_told(two: Two) -> None:
    settings = two.laptop.settings()
    save_settings(two.laptop, msgspec.structs.replace(settings, desk_code="HM1"))
    keep_visit.receive(two.laptop, customer(two.laptop), content())
    with pytest.raises(UserError) as refused:
        take(two.laptop, unpack(two.laptop, two.out(), SECRET), {})
    assert refused.value.code == "number-taken"


def refused(file: bytes, passphrase: str = SECRET) -> str:
    with pytest.raises(UserError) as error:
        unseal(file, passphrase)
    return error.value.code


def test_a_file_that_is_not_right_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    file = seal("訪問".encode(), SECRET)
    assert unseal(file, SECRET) == "訪問".encode()
    assert refused(file, "違うパスフレーズ") == "wrong-passphrase"
    assert refused(file[:-1]) == "carry-damaged"
    assert refused(file[: len(MAGIC) + 10]) == "carry-damaged"
    assert refused(b"PK\x03\x04") == "not-a-carry-file"
    assert refused(b"") == "not-a-carry-file"
    for number in (FORMAT - 1, FORMAT + 1):
        assert refused(MAGIC + msgspec.json.encode(Header(format=number)) + b"\nbox") == "carry-format"
    heavy = msgspec.json.encode(Header(memory_kib=1 << 30))
    assert refused(MAGIC + heavy + b"\n") == "carry-damaged"
    with pytest.raises(UserError) as short:
        seal(b"", "short")
    assert short.value.code == "passphrase-too-short"
    with monkeypatch.context() as patch:
        patch.setattr(carry_box, "_MOST_BYTES", 9)
        with pytest.raises(UserError) as large:  # what nobody could open again is not made
            seal(b"x" * 10, SECRET)
    assert large.value.code == "too-large"
    # Other parameters in the header are not the box's own.
    head, _newline, box = file[len(MAGIC) :].partition(b"\n")
    changed = msgspec.structs.replace(msgspec.json.decode(head, type=Header), passes=4)
    assert refused(MAGIC + msgspec.json.encode(changed) + b"\n" + box) == "wrong-passphrase"
    assert PLACE.name.encode() not in file


def test_nothing_is_carried_where_there_is_nothing(two: Two) -> None:
    take(two.laptop, unpack(two.laptop, two.out(), SECRET), {})
    for pack in (
        lambda: pack_day(two.home, [two.people[1].id], TUESDAY, TUESDAY, SECRET),
        lambda: pack_day(two.laptop, [two.people[0].id], TUESDAY, TUESDAY, SECRET),
        lambda: pack_back(two.home, SECRET),
    ):
        with pytest.raises(UserError) as error:
            pack()
        assert error.value.code == "nothing-to-carry"


def test_a_file_opened_where_it_was_made_brings_nothing(two: Two) -> None:
    old = two.out()
    moved = two.at(two.home, two.visit)
    book_visit.move(two.home, moved.id, moved.version, [span("15", "16")], [two.people[0].id])
    two.out()
    arrivals = unpack(two.home, old, SECRET)
    assert kinds(arrivals) == ["nothing", "nothing"]
    take(two.home, arrivals, {})
    assert {one.way for one in carried_out(two.home).values()} == {"out"}
    assert two.at(two.home, two.visit).content.spans == (span("15", "16"),)


def test_an_older_file_does_not_undo_the_one_taken_last(two: Two) -> None:
    old = two.out()
    moved = two.at(two.home, two.visit)
    book_visit.move(two.home, moved.id, moved.version, [span("15", "16")], [two.people[0].id])
    take(two.laptop, unpack(two.laptop, two.out(), SECRET), {})
    take(two.laptop, unpack(two.laptop, old, SECRET), {})
    assert two.at(two.laptop, two.visit).content.spans == (span("15", "16"),)


def test_a_file_cannot_ask_for_more_than_a_machine_has() -> None:
    file = seal(b"{}", SECRET)
    line, _newline, box = file[len(MAGIC) :].partition(b"\n")
    header = msgspec.json.decode(line, type=Header)
    greedy = msgspec.structs.replace(header, memory_kib=1 << 19, passes=40)
    with pytest.raises(UserError) as refused:
        unseal(b"".join((MAGIC, msgspec.json.encode(greedy), b"\n", box)), SECRET)
    assert refused.value.code == "carry-damaged"


def test_a_file_that_lacks_a_customer_is_damaged(two: Two) -> None:
    pack = unpack(two.laptop, two.out(), SECRET).pack
    file = seal(msgspec.json.encode(msgspec.structs.replace(pack, customers=())), SECRET)
    with pytest.raises(UserError) as refused:
        unpack(two.laptop, file, SECRET)
    assert refused.value.code == "carry-damaged"
