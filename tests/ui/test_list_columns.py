"""What the cells of the lists say, by what is stored and by how much room there is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from app.quote.stored import QuotationRow, QuotationState
from tests.desks import NOW
from ui.quotes.list_columns import columns
from ui.theme import theme
from ui.widgets.cell_painter import first_of_two
from ui.widgets.rows_model import Cell

ROW = QuotationRow(
    seq=1,
    id="one",
    number="Q-HM1-2611-0001",
    revision=2,
    customer="堺工業",
    kana="サカイコウギョウ",
    town="堺市",
    phone="072-000-0111",
    title="どこでもプライム（49 ID）と訪問1回",
    services="どこでもプライム",
    state=QuotationState.ISSUED,
    monthly_net=0,
    yearly_net=0,
    total=2_902_458,
    open_items=0,
    issued_on=NOW.date(),
    valid_until=NOW.date() + timedelta(days=30),
    updated_at=NOW,
    staff="田村 美咲",
    dirty=False,
)
NUMBER, CUSTOMER, TITLE, STATE, MONTHLY, TOTAL = range(6)


def cell(place: int, **changes: Any) -> Cell:
    column = columns(lambda: NOW, lambda: False)[place]
    return column.cell(msgspec.structs.replace(ROW, **changes))


@pytest.mark.parametrize(
    ("monthly", "yearly", "words"),
    [
        (0, 0, "—"),
        (107_800, 0, "107,800円"),
        (0, 3_600_000, "年額 3,600,000円"),
        (107_800, 3_600_000, "107,800円 年額 3,600,000円"),
    ],
)
def test_a_fee_by_the_year_is_called_so(monthly: int, yearly: int, words: str) -> None:
    assert cell(MONTHLY, monthly_net=monthly, yearly_net=yearly).as_text() == words


def test_a_draft_that_is_not_finished_does_not_look_like_one_that_is() -> None:
    finished = cell(TOTAL)
    assert (finished.as_text(), finished.tone) == ("2,902,458円", "text")
    unfinished = cell(TOTAL, open_items=3)
    assert (unfinished.as_text(), unfinished.tone) == ("2,902,458円 あと3か所", "text3")
    assert cell(TOTAL, open_items=2, total=0).text == "—"


def test_a_title_that_names_its_services_is_not_followed_by_them() -> None:
    assert cell(TITLE).second == ""
    assert cell(TITLE, services="OsecT・見張り番", title="OsecT（3台）と見張り番").second == ""
    assert cell(TITLE, title="ご提案").second == "どこでもプライム"


def test_where_the_number_has_no_column_it_stands_below_the_title() -> None:
    number, title = (columns(lambda: NOW, lambda: False)[place] for place in (NUMBER, TITLE))
    assert number.fold == title.narrow_below > 0
    assert title.narrow is not None
    assert title.narrow(ROW).second == "Q-HM1-2611-0001 第2版"
    assert title.narrow(msgspec.structs.replace(ROW, number="")).second == ""


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("どこでもプライム（49 ID）と訪問1回", "どこでもプライム（49 ID）"),
        ("セキュリティおまかせプラン どこでもプライム", "セキュリティおまかせプラン "),
        ("あいうえおかきくけこさしすせそたちつてと", "あいうえおかきくけこさしすせそたち"),
    ],
)
def test_a_long_title_breaks_where_people_would(dressed: QApplication, title: str, first: str) -> None:
    width = theme.ems(17)
    assert first_of_two(title, "body", width) == first
