"""The customer: found by a few letters, folded to a card, typed in on the spot."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.contract.customer import Customer, CustomerFields
from app.usecases.desk import Desk
from app.usecases.keep_customer import find_customers, get_customer
from tests.ui.quotes.conftest import Bench
from ui.qt import Key
from ui.quotes.candidates import Candidates
from ui.quotes.customer_part import CustomerCard


def candidates(bench: Bench) -> Candidates:
    return bench.editor.findChildren(Candidates)[0]


@pytest.mark.parametrize("words", ["せいこう", "セイコウ", "髙橋精", "高橋精工", "0148", "高井田"])
def test_any_part_finds_and_enter_takes(bench: Bench, takahashi: Customer, words: str) -> None:
    bench.open_new()
    bench.type(words)
    bench.key(Key.Key_Return)

    assert bench.editor.draft.content.customer == takahashi.fields
    card = bench.editor.findChildren(CustomerCard)[0]
    assert card.isVisible()
    assert "東大阪市高井田元町1-2-3" in card.accessibleName()
    assert not bench.seen("顧客"), "the search has folded away"
    assert bench.focused().accessibleName() == "サービス"


def test_arrows_walk_the_hits_which_show_town_and_phone(
    bench: Bench, takahashi: Customer, qtbot: QtBot
) -> None:
    bench.open_new()
    bench.type("たかはし")
    qtbot.waitUntil(lambda: candidates(bench).count == 2)
    told = candidates(bench).accessibleDescription()
    bench.key(Key.Key_Down)
    other = candidates(bench).accessibleDescription()

    assert {"東大阪市" in told, "東大阪市" in other} == {True, False}
    assert "06-0000-0148" in told + other
    bench.key(Key.Key_Up)
    assert candidates(bench).accessibleDescription() == told


def test_a_new_customer_is_registered_on_the_spot(bench: Bench, desk: Desk, takahashi: Customer) -> None:
    bench.open_new()
    bench.type("あおぞら")
    bench.settle()
    bench.key(Key.Key_Return)  # nobody of that name: the only row is the new one

    assert bench.field("フリガナ").text() == "アオゾラ"
    assert bench.focused() is bench.field("お名前")
    bench.type("青空印刷株式会社")
    bench.field("郵便番号").setFocus()
    bench.type("577-0054")
    assert bench.field("住所").text().startswith("大阪府東大阪市高井田元町")
    bench.field("電話番号").setFocus()
    bench.type("06-0000-9999")
    assert bench.editor.draft.content.customer.name == "青空印刷株式会社", (
        "on the paper before it is registered"
    )
    bench.key(Key.Key_Return)

    stored = find_customers(desk, "あおぞら")
    assert [row.name for row in stored] == ["青空印刷株式会社"]
    content = bench.editor.draft.content
    assert content.customer_id == stored[0].id
    assert get_customer(desk, stored[0].id).fields.postal_code == "5770054"
    assert bench.focused().accessibleName() == "サービス"


def test_digits_that_find_nobody_are_a_phone_number(bench: Bench) -> None:
    bench.open_new()
    bench.type("0120-000-111")
    bench.settle()
    bench.key(Key.Key_Return)

    assert bench.editor.draft.content.customer == CustomerFields(phone="0120-000-111")


def test_facts_about_a_known_customer_are_changed_in_the_register_too(
    bench: Bench, desk: Desk, takahashi: Customer
) -> None:
    bench.open_new(takahashi.id)
    bench.seen("顧客の情報を直す")[0].setFocus()
    bench.key(Key.Key_Return)
    bench.field("ご担当者").setFocus()
    bench.field("ご担当者").selectAll()
    bench.type("西野")
    bench.key(Key.Key_Return)

    assert get_customer(desk, takahashi.id).fields.person == "西野"
    assert bench.editor.draft.content.customer.person == "西野"


def test_what_the_register_refuses_is_told_below_the_field(bench: Bench) -> None:
    bench.open_new()
    bench.type("999")
    bench.settle()
    bench.key(Key.Key_Return)
    bench.key(Key.Key_Return)  # no name yet

    assert "お名前がありません" in bench.field("お名前").accessibleDescription()
    assert bench.field("電話番号").text() == "999"


def test_another_customer_can_be_taken_and_esc_keeps_the_first(bench: Bench, takahashi: Customer) -> None:
    bench.open_new(takahashi.id)
    bench.seen("別の顧客にする")[0].setFocus()
    bench.key(Key.Key_Return)
    bench.key(Key.Key_Escape)
    assert bench.editor.draft.content.customer_id == takahashi.id

    bench.key(Key.Key_Return)
    bench.type("みのり")
    bench.key(Key.Key_Return)
    assert bench.editor.draft.content.customer.name == "株式会社みのり食品"
