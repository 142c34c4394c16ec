"""Taking a request: price and problems while typing, slots, booking, what is kept when it is refused."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.contract.customer import CustomerFields
from app.usecases.desk import Desk
from app.usecases.keep_customer import register_customer
from app.visit.order import Device, Received, VisitPlace, VisitState
from db.vault import FolderVault
from reports import draw, stamp_copy
from tests.desks import NOW
from tests.shipped import catalogue
from tests.ui.handling import pause
from tests.ui.visits.counter import Counter, Settle, Staffed, Stage, type_into
from tests.ui.visits.visits_made import PC, visit
from ui.session import Session
from ui.widgets.text import Label

Key = Qt.Key


@pytest.fixture(scope="module")
def staffed(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Staffed]:
    """Recorded once, in a folder to be copied."""
    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("staffed") / "data"))
    desk = Desk(FolderVault(folder, lambda: NOW).open(), catalogue(), draw, lambda: NOW, stamp_copy)
    made = Staffed.on(desk)
    desk.storage.close()
    return folder, made


@pytest.fixture
def folder(staffed: tuple[Path, Staffed], tmp_path: Path) -> Path:
    """A data folder of this test alone."""
    return Path(shutil.copytree(staffed[0], tmp_path / "データ"))


@pytest.fixture
def counter(
    desk: Desk, session: Session, settle: Settle, stage: Stage, staffed: tuple[Path, Staffed]
) -> Counter:
    return Counter(desk, session, settle, stage, staffed[1])


class TestWhom:
    """The customer and what they have."""

    def test_a_customer_is_found_by_kana_and_the_contract_comes_along(self, counter: Counter) -> None:
        type_into(counter.panel.whom.search.edit, "あさひ")
        QTest.keyClick(counter.panel.whom.search.edit, Key.Key_Return)
        pause(counter.settle)
        assert counter.panel.whom.name.words() == "株式会社あさひ設計"
        assert counter.panel.typed.contract_id == counter.contract.id
        assert "Gateway 10" in counter.panel.whom.caption.words()

    def test_a_customer_registered_meanwhile_is_the_one_of_the_request(self, counter: Counter) -> None:
        from ui.operations.customers import register_customer as register

        counter.panel.whom.new_customer.emit()
        fields = CustomerFields(name="新しい店", prefecture="大阪府", address="大阪市北区1-1")
        counter.session.hub.run(register, fields)
        counter.settle()
        assert counter.panel.whom.name.words() == "新しい店"

    def test_without_a_contract_nothing_is_free(self, counter: Counter) -> None:
        counter.take(PC)
        assert counter.panel.free.isVisible()
        counter.panel.whom.contract_chosen.emit("", "media-light")
        counter.settle()
        assert not counter.panel.free.isVisible()
        assert counter.panel.worked is not None
        assert counter.panel.worked.priced is not None
        assert counter.panel.worked.priced.net == 4_500 + 1_500 + 10_500

    def test_an_address_without_a_prefecture_is_asked_for(self, counter: Counter) -> None:
        customer = register_customer(counter.desk, CustomerFields(name="北の店", address="本町1-2-3"))
        counter.panel.open_new(customer.id)
        counter.settle()
        counter.panel.whom.contract_chosen.emit("", "media-light")
        counter.type_devices(PC)
        assert "東日本・西日本のどちらか分かりません" in counter.panel.place.area_field.error
        assert counter.panel.place.fold.is_open
        counter.panel.place.area.chosen.emit("east")
        counter.settle()
        assert counter.panel.worked is not None
        assert counter.panel.worked.area == "east"
        assert "東日本エリアの訪問は平日だけです。" in counter.panel.worked.warnings[0][0]

    def test_another_address_is_looked_at_again(self, counter: Counter) -> None:
        counter.take(PC)
        counter.panel.place.fold.set_open(True)
        type_into(counter.panel.place.address.edit, "東京都新宿区1-1")
        assert counter.panel.worked is not None
        assert counter.panel.worked.area == "east"


class TestPrice:
    """What it costs, while typing."""

    def test_the_free_visit_is_used_or_kept(self, counter: Counter) -> None:
        counter.take(PC, Device(kind="phone", count=5, menu=("wifi-setup",)))
        worked = counter.panel.worked
        assert worked is not None
        assert worked.priced is not None
        assert worked.priced.bill.total == 4_950
        assert counter.panel.free.chip.words() == "無償訪問 残り1回"
        counter.panel.free.switch.click()
        kept = counter.panel.worked
        assert kept is not None
        assert kept.priced is not None
        assert kept.priced.net == 4_500 + 1_500 + 10_500 + 4_500

    def test_a_line_opens_to_its_reason(self, counter: Counter) -> None:
        counter.take(PC)
        QTest.keyClick(counter.panel.price.rows, Key.Key_Return)
        assert counter.panel.price.reason is not None
        QTest.keyClick(counter.panel.price.rows, Key.Key_Return)
        assert counter.panel.price.reason is None

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("500", "単位がありません"),
            ("0GB", "容量が0です"),
            ("-1GB", "読めません"),
            ("いっぱい", "読めません"),
        ],
    )
    def test_a_volume_that_is_none_is_told_below_it_and_stays(
        self, counter: Counter, typed: str, told: str
    ) -> None:
        counter.take(Device(menu=("data-migration",)))
        row = counter.panel.devices.rows[0]
        row.set_open(True)
        type_into(row.volume.edit, typed)
        assert told in row.volume_field.error
        assert row.volume.text() == typed
        assert counter.panel.worked is not None
        assert counter.panel.worked.priced is None

    @pytest.mark.parametrize(
        ("typed", "stored"), [("4.7gb", "4.7"), ("４．８ＧＢ", "4.8"), ("2TB", "2000"), ("500MB", "0.5")]
    )
    def test_a_volume_is_read_exactly(self, counter: Counter, typed: str, stored: str) -> None:
        counter.take(Device(menu=("data-migration",)))
        row = counter.panel.devices.rows[0]
        row.set_open(True)
        type_into(row.volume.edit, typed)
        assert counter.panel.typed.devices[0].data_gb == stored
        assert counter.panel.worked is not None
        assert counter.panel.worked.priced is not None

    def test_twenty_one_computers_need_a_price_by_hand(self, counter: Counter) -> None:
        counter.take(Device(count=21, menu=("data-migration",), data_gb="50"))
        row = counter.panel.devices.rows[0]
        assert "個別" in counter.problems()
        assert row.editor is not None
        type_into(row.unit_price.edit, "20000")
        type_into(row.reason.edit, "提供会社の見積 第7号")
        type_into(row.approver.edit, "田村")
        assert counter.problems() == ""
        assert counter.panel.typed.devices[0].by_hand is not None

    def test_no_devices_is_a_reason_to_stay(self, counter: Counter) -> None:
        counter.take(Device(count=0, menu=("os-recovery",)))
        counter.submit()
        assert counter.kept.heard == []
        assert counter.panel.devices.rows[0].summary.wrong

    def test_the_time_follows_what_is_done_and_says_why(self, counter: Counter) -> None:
        counter.take(PC)
        assert counter.panel.slots.time.words() == "60分" or counter.panel.slots.time.words() == "1時間"
        assert "OSリカバリ 30分×1" in counter.panel.slots.time.toolTip()


class TestSlots:
    """Which are offered, and taking one."""

    def test_three_are_offered_and_the_keys_choose(self, counter: Counter) -> None:
        counter.take(PC)
        assert len(counter.panel.slots.offered) == 3
        assert counter.panel.slots.at == 0
        counter.panel.slots.rows.setFocus()
        QTest.keyClick(counter.panel.slots.rows, Key.Key_2)
        assert counter.panel.slots.at == 1
        counter.page.grid.setFocus()
        QTest.keyClick(counter.page.grid, Key.Key_3)
        assert counter.panel.slots.at == 2

    def test_only_the_chosen_one_has_a_line_where_there_is_little_room(self, counter: Counter) -> None:
        counter.take(PC)
        rows = counter.panel.slots.rows
        rows.set_tight(True)
        folded = rows.height()
        QTest.mouseClick(rows, Qt.MouseButton.LeftButton, pos=rows._rect(2).center())
        assert counter.panel.slots.at == 2
        assert rows.folded
        QTest.mouseClick(rows, Qt.MouseButton.LeftButton, pos=rows._rect(2).center())
        assert counter.panel.slots.at == 2
        assert rows.height() > 2 * folded
        counter.page.grid.setFocus()
        assert rows.height() == folded

    def test_the_week_of_a_chosen_slot_is_shown(self, counter: Counter) -> None:
        counter.take(PC)
        counter.page.show_day(date(2026, 12, 14))
        counter.settle()
        assert counter.page.grid.facts.first == date(2026, 12, 14)
        counter.panel.slots.choose(2)
        counter.settle()
        slot = counter.panel.slot
        assert slot is not None
        assert slot.spans[0].on in counter.page.grid.facts.dates

    def test_ctrl_enter_receives_and_books(self, counter: Counter) -> None:
        counter.take(PC)
        slot = counter.panel.slot
        assert slot is not None
        counter.submit()
        assert counter.stored.state is VisitState.ARRANGED
        assert counter.stored.content.spans == slot.spans
        assert counter.stored.content.technicians == slot.technicians
        assert not counter.panel.isVisible()
        assert counter.page.grid.current_id == counter.stored.id

    def test_it_can_wait_without_a_slot(self, counter: Counter) -> None:
        counter.take(PC)
        counter.panel.later.click()
        counter.settle()
        assert counter.stored.state is VisitState.RECEIVED
        assert isinstance(counter.stored.events[0], Received)
        assert counter.stored.id in {one.row.id for one in counter.page.grid.layout_.waiting}

    def test_a_place_pointed_at_is_the_first_slot(self, counter: Counter) -> None:
        counter.take(PC)
        counter.page.grid.place_chosen.emit(date(2026, 11, 25), 780, counter.who[1])
        slot = counter.panel.slot
        assert slot is not None
        assert (slot.starts, slot.technicians) == ((date(2026, 11, 25), 780), (counter.who[1],))

    @pytest.mark.parametrize(
        ("day", "first", "told"),
        [
            (date(2026, 11, 23), 600, "勤労感謝の日"),
            (date(2026, 11, 26), 600, "社内研修"),
            (date(2026, 11, 24), 1_000, "17:00"),
            (date(2026, 11, 20), 600, "もう過ぎています"),
        ],
    )
    def test_a_place_that_can_not_be_taken_says_why(
        self, counter: Counter, day: date, first: int, told: str
    ) -> None:
        counter.take(PC)
        before = counter.panel.slot
        counter.page.grid.place_chosen.emit(day, first, counter.who[1])
        said = " ".join(label.words() for label in counter.page.told.findChildren(Label))
        assert told in said
        assert counter.panel.slot == before

    def test_saturday_in_the_east_can_not_be_taken(self, counter: Counter) -> None:
        counter.take(PC)
        counter.panel.place.changed.emit(VisitPlace(address="東京都新宿区1-1"))
        counter.settle()
        counter.page.grid.place_chosen.emit(date(2026, 11, 28), 600, counter.who[1])
        said = " ".join(label.words() for label in counter.page.told.findChildren(Label))
        assert "東日本エリアでは土曜日は訪問を行っていません" in said

    def test_two_go_together(self, counter: Counter) -> None:
        counter.take(PC)
        counter.panel.more.fold.set_open(True)
        counter.panel.more.set_people(2)
        counter.settle()
        slot = counter.panel.slot
        assert slot is not None
        assert len(slot.technicians) == 2

    def test_a_slot_taken_meanwhile_is_told_what_was_typed_stays(self, counter: Counter) -> None:
        counter.take(PC)
        slot = counter.panel.slot
        assert slot is not None
        span = slot.spans[0]
        for who in counter.who:
            visit(counter.desk, f"先の店{who[-3:]}", span.first, 120, (who,), span.on)
        counter.submit()
        assert counter.panel.isVisible()
        assert "別の訪問" in counter.panel.errors.words()
        assert counter.panel.typed.devices[0].menu == PC.menu
        assert counter.panel.stored is not None
        assert slot not in counter.panel.slots.found
        counter.panel.slots.choose(0)
        counter.submit()
        assert counter.stored.state is VisitState.ARRANGED


class TestEditing:
    """The same panel for a visit that is stored."""

    def test_a_change_is_kept_and_its_slot_stays(self, counter: Counter) -> None:
        one = visit(counter.desk, "ひまわり歯科", 600, 120, (counter.who[0],))
        counter.page.edit_visit(one.id)
        counter.settle()
        assert counter.panel.typed.devices[0].menu == PC.menu
        assert counter.panel.book.words() == "変更を保存"
        counter.type_devices(*counter.panel.typed.devices, Device(kind="printer", menu=("printer-setup",)))
        counter.submit()
        assert len(counter.stored.content.devices) == 2
        assert counter.stored.content.spans == one.content.spans

    def test_what_is_typed_counts_as_unsaved(self, counter: Counter) -> None:
        counter.take()
        assert not counter.page.unsaved
        counter.panel.place.changed.emit(VisitPlace(address="大阪府大阪市北区9-9"))
        assert counter.page.unsaved

    def test_what_was_typed_comes_back_after_the_panel_was_closed(self, counter: Counter) -> None:
        counter.take(PC)
        counter.panel.close_panel()
        assert counter.page.unsaved
        counter.page.open_new()
        assert counter.panel.isVisible()
        assert counter.panel.returned.isVisible()
        assert counter.panel.typed.devices[0].menu == PC.menu
        counter.panel.returned.accepted.emit()
        assert counter.panel.typed.devices == ()


def test_a_request_half_typed_is_offered_when_the_window_starts_anew(counter: Counter) -> None:
    panel, settle = counter.panel, counter.settle
    counter.take(Device(id="d1", name="KR-01", menu=("os-recovery",)))
    typed = panel.typed
    panel.left.leave()
    settle()
    panel.open_new()
    settle()
    assert not panel.left.strip.isHidden()
    panel.left.strip.button.click()
    settle()
    assert panel.typed == typed
    panel.left.done()
