"""The life bar: labels that never lie over one another, walking by key, what a screen reader hears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.contract.facts import Changed, Fact, Started, Suspended
from app.contract.record import ContractContent
from app.usecases.contract_view import LifePicture
from app.usecases.life_picture import life_picture
from tests.months_made import stored
from tests.shipped import TODAY, catalogue
from tests.ui.contracts.contracts_made import MINORI
from tests.ui.handling import Ear
from ui.contracts.life_bar import LABEL_ROLE, LifeBar
from ui.contracts.life_labels import LifeScale, Rows, Wanted, place_labels
from ui.contracts.life_words import mark_texts, renewal_texts
from ui.contracts.planned import planned_marks
from ui.widgets.paint import width_of

Key = Qt.Key
Stage = Callable[[QWidget], QWidget]


def life(*facts: Fact, service: str = "dokodemo-prime") -> LifePicture:
    """The picture of a contract to which this happened."""
    from app.contract.facts import Timeline

    one = stored(Timeline(service=service, facts=facts))
    entries = tuple(each.entry for each in one.entries)
    return life_picture(ContractContent(service=service), entries, one.timeline, catalogue(), TODAY)


MANY: tuple[Fact, ...] = (
    Started(on=date(2019, 5, 20), items={"id": 28}),
    *(
        Changed(
            id=f"c{number}", on=date(2019, 9, 14) + timedelta(days=13 * number), items={"id": 29 + number}
        )
        for number in range(195)
    ),
    Suspended(id="s", first=date(2024, 3, 1), last=date(2024, 7, 3)),
)


@pytest.fixture
def bar(stage: Stage, dressed: QApplication) -> LifeBar:
    made = LifeBar()
    stage(made)
    made.resize(903, made.height())
    made.show_life(life(*MINORI))
    made.repaint()
    return made


def spans(bar: LifeBar) -> list[tuple[int, int, int]]:
    """Where labels stand: side of the bar and row as one number, first and last pixel."""
    found = []
    assert bar.life is not None
    for key, label in bar.labels.items():
        below = key < 0 or bar.marks[key].kind in {"outage", "suspended", "interrupted"}
        texts = renewal_texts(bar.life) if key < 0 else mark_texts(bar.marks[key], bar.life)
        width = width_of(texts[label.words], LABEL_ROLE)
        found.append((-1 if below else label.row, label.left, label.left + width))
    return found


def apart(bar: LifeBar) -> bool:
    return all(
        one[0] != other[0] or one[2] < other[1] or other[2] < one[1]
        for one, other in combinations(spans(bar), 2)
    )


def test_every_fact_of_a_short_life_is_named(bar: LifeBar) -> None:
    assert bar.life is not None
    told = [mark_texts(bar.marks[key], bar.life)[0] for key in bar.labels]
    assert "10/8 障害 38時間・1日分を減額" in told
    assert any("解約金が0円になる日" in words for words in told)
    assert len(bar.labels) == len(bar.marks)
    assert apart(bar)


@pytest.mark.parametrize("width", [480, 560, 903, 1286, 1840])
@pytest.mark.parametrize("service", ["dokodemo-prime", "mdr-ndr", "media-light"])
def test_labels_never_lie_over_one_another(bar: LifeBar, width: int, service: str) -> None:
    items = {
        "dokodemo-prime": {"id": 28}, "mdr-ndr": {"annual-fee": 2_400_000},
        "media-light": {"base": 1, "endpoint": 8},
    }  # fmt: skip
    picture = life(*MANY) if service == "dokodemo-prime" else life(
        Started(on=date(2025, 2, 1), items=items[service]),
        Suspended(id="s", first=date(2026, 11, 1)),
        Changed(id="c", on=date(2026, 12, 1), items=items[service]),
        service=service,
    )  # fmt: skip
    bar.show_life(picture)
    bar.resize(width, bar.height())
    bar.lay_out()
    assert bar.labels
    assert apart(bar)
    today = bar.scale().x(picture.today)
    inner = [span for span in spans(bar) if span[0] == 0]
    assert not any(first <= today <= last for _row, first, last in inner), "today's line goes through words"


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(10, 200), st.integers(0, 6)), max_size=30))
def test_places_keep_apart(wanted: list[tuple[int, int, int]]) -> None:
    labels = [Wanted(n, x, (width, width // 2), rank) for n, (x, width, rank) in enumerate(wanted)]
    found = place_labels(labels, Rows(2, 0, 1000, 4), 4)
    widths = {one.key: one.widths for one in labels}
    for one, other in combinations(found, 2):
        if one.row == other.row:
            first, second = sorted((one, other), key=lambda each: each.left)
            assert first.left + widths[first.key][first.words] <= second.left


def test_days_stand_in_proportion() -> None:
    scale = LifeScale(date(2026, 1, 1), date(2026, 12, 31), 10, 364)
    assert scale.x(date(2026, 1, 1)) == 10
    assert scale.x(date(2026, 12, 31)) == 374
    assert scale.x(date(2026, 1, 31)) == 40


def test_arrows_walk_from_today_and_read_each_mark(bar: LifeBar) -> None:
    bar.setFocus()
    QTest.keyClick(bar, Key.Key_Left)
    assert bar.accessibleName() == "2026年10月8日（木）から2026年10月9日（金）まで 障害 38時間・1日分を減額"
    QTest.keyClick(bar, Key.Key_Left)
    assert bar.accessibleName().startswith("2026年9月14日（月） 増加")
    QTest.keyClick(bar, Key.Key_Home)
    assert bar.accessibleName().startswith("2026年5月20日（水） 開始")
    QTest.keyClick(bar, Key.Key_Left)
    assert bar.accessibleName().startswith("2026年5月20日（水） 開始"), "there is nothing before it"
    QTest.keyClick(bar, Key.Key_End)
    assert "満了（あと" in bar.accessibleName()


def test_enter_leads_to_the_entry(bar: LifeBar) -> None:
    ear = Ear()
    bar.mark_chosen.connect(ear.hear)
    bar.setFocus()
    QTest.keyClick(bar, Key.Key_Left)
    QTest.keyClick(bar, Key.Key_Return)
    assert ear.heard == ["outage"]
    QTest.keyClick(bar, Key.Key_End)
    QTest.keyClick(bar, Key.Key_Return)
    assert ear.heard == ["outage"], "what was worked out comes from no entry"


def test_the_whole_life_is_told(bar: LifeBar) -> None:
    told = bar.accessibleDescription()
    assert "2026年5月20日から2026年9月13日まで 28 ID" in told
    assert "最低契約期間 24か月  2028年5月19日まで・解約金の残月数 17か月" in told


def test_a_plan_is_a_mark_of_its_own() -> None:
    now = life(*MINORI)
    plan = Changed(id="plan", on=date(2026, 12, 15), items={"id": 24})
    after = life(*MINORI, plan)
    marks = planned_marks(now, after)
    assert [(mark.on, mark.words, mark.planned) for mark in marks] == [
        (date(2026, 12, 15), "数量変更（案）24 ID", True)
    ]
