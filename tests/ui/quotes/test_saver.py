"""Autosave: nothing typed is lost, nobody else's change is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace as with_parts

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.contract.customer import Customer
from app.errors import EnvironmentProblem
from app.usecases.desk import Desk
from app.usecases.keep_quotation import open_quotation, start_quotation
from app.usecases.ports import Storage, UnitOfWork
from tests.ui.quotes.conftest import Bench
from tests.ui.quotes.contents import prime
from ui.preferences import Preferences
from ui.quotes.saver import Keeping
from ui.session import Session
from ui.tasks import Tasks


@pytest.fixture
def other(session: Session, qtbot: QtBot) -> Bench:
    """A second window on the same desk."""
    return Bench(session, qtbot)


def titled(bench: Bench, title: str) -> None:
    draft = bench.editor.draft
    draft.put(replace(draft.content, title=title), "title")


def test_leaving_keeps_at_once(bench: Bench, desk: Desk, takahashi: Customer) -> None:
    editor = bench.open_new()
    editor.draft.put(prime(takahashi))
    assert editor.saver.state is Keeping.WAITING
    bench.window.hide()
    bench.settle_workers()

    stored = open_quotation(desk, editor.saver.slot.quotation_id).stored
    assert stored.content == prime(takahashi)


def test_opening_and_leaving_leaves_nothing_behind(bench: Bench, desk: Desk) -> None:
    bench.open_new()
    bench.page.leave()
    bench.settle()

    with desk.storage.look() as work:
        assert work.quotations.count() == 0


def test_opening_another_quotation_keeps_the_one_before(
    bench: Bench, desk: Desk, takahashi: Customer
) -> None:
    first = bench.open_new()
    first.draft.put(prime(takahashi))
    slot = first.saver.slot
    bench.open_new()

    assert open_quotation(desk, slot.quotation_id).stored.content == prime(takahashi)
    assert bench.editor.draft.content.customer_id is None


def test_a_stored_quotation_opens_as_it_was(bench: Bench, desk: Desk, takahashi: Customer) -> None:
    stored = start_quotation(desk, prime(takahashi))
    bench.open(stored.id)

    assert bench.editor.draft.content == prime(takahashi)
    assert bench.editor.prices.foot.total == "2,845,918円"
    assert bench.editor.saver.state is Keeping.KEPT
    assert open_quotation(desk, stored.id).stored.version == stored.version, "opening is no change"


class TestConflict:
    """Two windows on one quotation."""

    @pytest.fixture
    def quotation_id(self, desk: Desk, takahashi: Customer) -> str:
        return start_quotation(desk, prime(takahashi)).id

    @pytest.fixture
    def clashed(self, bench: Bench, quotation_id: str, desk: Desk) -> Bench:
        """The window that saved second."""
        bench.open(quotation_id)
        with desk.storage.work() as work:  # another program
            stored = work.quotations.get(quotation_id)
            work.quotations.save_draft(
                quotation_id, stored.version, replace(stored.content, title="相手"), stored.totals
            )
            work.commit()
        titled(bench, "こちら")
        bench.settle()
        return bench

    def test_nothing_is_overwritten_and_nothing_is_lost(
        self, clashed: Bench, desk: Desk, quotation_id: str
    ) -> None:
        assert clashed.editor.saver.state is Keeping.CONFLICT
        assert clashed.editor.conflict.isVisible()
        assert clashed.editor.draft.content.title == "こちら"
        assert open_quotation(desk, quotation_id).stored.content.title == "相手"

    def test_the_others_change_can_be_read(self, clashed: Bench, desk: Desk, quotation_id: str) -> None:
        clashed.use("相手の変更を読み込む")
        clashed.settle()

        assert clashed.editor.draft.content.title == "相手"
        titled(clashed, "続き")
        clashed.settle()
        assert open_quotation(desk, quotation_id).stored.content.title == "続き"

    def test_ones_own_can_be_kept_as_a_copy(self, clashed: Bench, desk: Desk, quotation_id: str) -> None:
        clashed.use("この内容を複製として残す")
        clashed.settle()

        copied = open_quotation(desk, clashed.editor.saver.slot.quotation_id).stored
        assert copied.content.title == "こちら"
        assert copied.copied_from == quotation_id
        assert open_quotation(desk, quotation_id).stored.content.title == "相手"
        assert not clashed.editor.conflict.isVisible()

    def test_a_change_of_the_same_program_is_simply_read(
        self, bench: Bench, other: Bench, desk: Desk, quotation_id: str
    ) -> None:
        bench.open(quotation_id)
        other.open(quotation_id)
        titled(other, "となりの窓")
        other.settle()
        bench.settle()
        bench.settle()

        assert bench.editor.draft.content.title == "となりの窓"
        titled(bench, "戻り")
        bench.settle()
        assert open_quotation(desk, quotation_id).stored.content.title == "戻り"


class FullDisk:
    """The real storage, on a disk that is full for a while."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.full = False

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        if self.full:
            raise EnvironmentProblem("disk-full", "ディスクがいっぱいです。")
        with self._storage.work() as work:
            yield work

    def look(self) -> AbstractContextManager[UnitOfWork]:
        return self._storage.look()

    def __getattr__(self, name: str) -> object:
        return getattr(self._storage, name)


class TestFullDisk:
    """The machine would not: it is told once, tried again, and arrives."""

    @pytest.fixture
    def disk(self, desk: Desk) -> FullDisk:
        return FullDisk(desk.storage)

    @pytest.fixture
    def session(self, dressed: object, desk: Desk, disk: FullDisk, tmp_path: object) -> Iterator[Session]:
        tasks = Tasks()
        made = Session(with_parts(desk, storage=disk), tasks, Preferences(tmp_path))  # type: ignore[arg-type]
        yield made
        tasks.stop()
        made.deleteLater()

    def test_it_arrives_when_there_is_room_again(
        self, bench: Bench, disk: FullDisk, desk: Desk, takahashi: Customer
    ) -> None:
        told: list[EnvironmentProblem] = []
        bench.session.tasks.environment_problem.connect(told.append)
        editor = bench.open_new()
        disk.full = True
        editor.draft.put(prime(takahashi))
        bench.settle()
        assert editor.saver.state is Keeping.FAILED
        assert [problem.code for problem in told] == ["disk-full"]
        assert "保存できません" in editor.header.saved.words()

        disk.full = False
        bench.settle()
        assert editor.saver.state is Keeping.KEPT
        stored = open_quotation(desk, editor.saver.slot.quotation_id).stored
        assert stored.content == prime(takahashi)

    def test_issuing_may_be_tried_again(
        self, bench: Bench, disk: FullDisk, desk: Desk, takahashi: Customer
    ) -> None:
        editor = bench.open_new()
        editor.draft.put(prime(takahashi))
        bench.settle()
        disk.full = True
        editor.issue()
        bench.settle()
        assert open_quotation(desk, editor.saver.slot.quotation_id).revisions == ()
        assert editor.header.issue.isEnabled()

        disk.full = False
        editor.issue()
        bench.settle()
        assert len(open_quotation(desk, editor.saver.slot.quotation_id).revisions) == 1
