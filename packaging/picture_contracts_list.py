"""Scenes of the list of contracts and of a contract's page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from picture_contracts_made import keep_contract
from picture_desk import JAPAN
from picture_plan import scene
from picture_stage import Stage
from PySide6.QtCore import Qt

from app.contract.actions import Action
from app.contract.facts import Changed, Ended, Outage, Started, Suspended, Voided
from app.contract.record import Entry, StoredContract
from app.contract.steps import Accepted, Explained, Submitted
from app.days import Month
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.run_month import run_month

Key = Qt.Key
_PRIME, _MEDIA, _WATCH, _OSECT, _NDR = (
    "dokodemo-prime", "media-light", "mihariban", "osect", "mdr-ndr",
)  # fmt: skip
MINORI: Final = "株式会社みのり食品"

_LISTED: Final = (
    ("堺臨海倉庫株式会社", "サカイリンカイソウコ", _NDR, {"annual-fee": 2_400_000}, date(2026, 2, 1)),
    ("酒井歯科医院", "サカイシカイイン", _MEDIA, {"base": 1, "endpoint": 8}, date(2024, 12, 10)),
    ("坂井会計事務所", "サカイカイケイ", _MEDIA, {"base": 1, "endpoint": 5}, date(2023, 12, 1)),
    ("酒井金属工業株式会社", "サカイキンゾク", _NDR, {"annual-fee": 3_600_000}, date(2026, 3, 15)),
    ("さかい珈琲株式会社", "サカイコーヒー", _MEDIA, {"base": 1, "endpoint": 3}, date(2025, 1, 20)),
    ("堺東眼科クリニック", "サカイヒガシガンカ", _MEDIA, {"base": 1, "endpoint": 10}, date(2025, 2, 3)),
    ("有限会社坂井塗装", "サカイトソウ", _MEDIA, {"base": 1, "endpoint": 2}, date(2025, 3, 17)),
    ("境町保育園", "サカイマチホイクエン", _MEDIA, {"base": 1, "endpoint": 6}, date(2025, 4, 1)),
    ("株式会社堺精密機械", "サカイセイミツ", _PRIME, {"id": 31}, date(2026, 5, 20)),
    ("坂井運輸株式会社", "サカイウンユ", _PRIME, {"id": 50}, date(2026, 6, 1)),
    ("酒井建材店", "サカイケンザイ", _PRIME, {"id": 12}, date(2026, 7, 1)),
    ("境田法律事務所", "サカイダホウリツ", _PRIME, {"id": 5}, date(2026, 8, 3)),
    ("堺南商工株式会社", "サカイミナミショウコウ", _PRIME, {"id": 100}, date(2026, 9, 1)),
    ("酒井工務店", "サカイコウムテン", _WATCH, {"license": 15}, date(2024, 3, 1)),
    ("坂井製菓株式会社", "サカイセイカ", _OSECT, {"sensor": 2}, date(2025, 7, 1)),
    ("境造園", "サカイゾウエン", _WATCH, {"license": 5}, date(2024, 10, 1)),
)  # fmt: skip


def _begun(on: date, items: dict[str, int]) -> tuple[Entry, ...]:
    return Submitted(on=on), Accepted(on=on, effective=on), Started(on=on, items=items)


def fill_list(desk: Desk) -> dict[str, StoredContract]:
    """Contracts of all services, one suspended, one ending, one applied for; and the one the page shows."""
    made = {}
    for place, (name, kana, service, items, start) in enumerate(_LISTED):
        entries = _begun(start, items)
        if name.startswith("さかい珈琲"):
            entries = (*entries, Suspended(first=date(2026, 11, 5)))
        phone = f"06-0000-{3100 + place * 13}"
        made[name] = keep_contract(desk, name, service, entries, kana=kana, phone=phone, items=items)
    made["堺浜水産"] = keep_contract(
        desk, "堺浜水産", _WATCH, (*_begun(date(2025, 5, 1), {"license": 8}), Ended(on=date(2026, 12, 31))),
        kana="サカイハマスイサン", items={"license": 8},
    )  # fmt: skip
    made["境川整骨院"] = keep_contract(
        desk, "境川整骨院", _WATCH, (Submitted(on=date(2026, 11, 18)),), kana="サカイガワセイコツイン"
    )
    made[MINORI] = keep_contract(desk, MINORI, _PRIME, _minori(), kana="ミノリショクヒン", items={"id": 28})
    return made


def _minori() -> tuple[Entry, ...]:
    known = datetime(2026, 10, 8, 9, 20, tzinfo=JAPAN)
    back = datetime(2026, 10, 9, 23, 20, tzinfo=JAPAN)
    return (
        Explained(id="explained", on=date(2026, 5, 8), by="田村 美咲"),
        Submitted(id="submitted", on=date(2026, 5, 8), receipt=1),
        Accepted(
            id="accepted", on=date(2026, 5, 14), effective=date(2026, 5, 20), provider_number="P-2605-114"
        ),
        Started(id="started", on=date(2026, 5, 20), items={"id": 28}),
        Changed(id="wrong", on=date(2026, 9, 4), items={"id": 31}),
        Voided(id="voided", voids="wrong"),
        Changed(id="changed", on=date(2026, 9, 14), items={"id": 31}),
        Outage(id="outage", known_at=known, restored_at=back, cause="company"),
    )  # fmt: skip


def close_until(desk: Desk, last: Month) -> None:
    """Work out and close the months from May to ``last``."""
    for month in Month(2026, 5).until(last):
        run = run_month(desk, month, _go_on)
        close_month(desk, run.id, run.version)


def _go_on(_progress: object) -> bool:
    return True


def _opened(stage: Stage, *, page: bool = False) -> Any:
    window = stage.open("contracts")
    assert stage.session is not None
    desk = stage.session.desk
    made = fill_list(desk)
    if page:
        close_until(desk, Month(2026, 10))
        window.open_contract(made[MINORI].id)
    window.page("contracts").list.search()  # type: ignore[attr-defined]
    stage.settle()
    return window.page("contracts")


@scene("contracts", manual=True)
def contracts_list(stage: Stage) -> None:
    """Found by kana, three chosen."""
    place = _opened(stage)
    place.list.frame.search.take_focus()
    stage.type("さかい")
    stage.press(Key.Key_Down)
    for _row in range(8):
        stage.press(Key.Key_Down)
    for _row in range(3):
        stage.press(Key.Key_Space)
        stage.press(Key.Key_Down)
    stage.press(Key.Key_Up)


@scene("contracts")
def contracts_empty(stage: Stage) -> None:
    """Nothing there yet."""
    stage.open("contracts", empty=True)


@scene("contracts", manual=True)
def contract_page(stage: Stage) -> None:
    """As a contract opens."""
    _opened(stage, page=True)


@scene("contracts")
def contract_planned(stage: Stage) -> None:
    """A change of the quantity, its consequences on the life bar and the months."""
    page = _opened(stage, page=True).contract
    page.open_action(Action.CHANGE)
    stage.settle()
    form = page.panel.form
    stage.chord(Key.Key_A)
    stage.type("24")
    form.set_day("on", date(2026, 12, 15))
    stage.settle()


@scene("contracts", manual=True)
def contract_month(stage: Stage) -> None:
    """A month opened to its lines and a reason."""
    page = _opened(stage, page=True).contract
    page.tabs.months.open_month(Month(2026, 9))
    stage.settle()
    page.tabs.months.detail.lines.open_reason(0)
    stage.settle()


@scene("contracts")
def contract_history(stage: Stage) -> None:
    """Who recorded what; one entry taken back."""
    page = _opened(stage, page=True).contract
    page.tabs.go("history")
    stage.settle()


@scene("contracts")
def contract_walk(stage: Stage) -> None:
    """Walking over the life bar by key, the fee's reason open."""
    page = _opened(stage, page=True).contract
    page.curve.points.itemAt(1).widget().click()
    page.life.setFocus()
    for _step in range(2):
        stage.press(Key.Key_Left)


@scene("contracts")
def contract_menu(stage: Stage) -> None:
    """Everything that has no button; what is refused can be asked about."""
    page = _opened(stage, page=True).contract
    page.header.more.click()
    stage.settle()


@scene("contracts")
def contract_suspended(stage: Stage) -> None:
    """A yearly minimum term with a renewal window, and a suspension that lasts."""
    place = _opened(stage)
    assert stage.session is not None
    made = next(
        row
        for row in (place.list.model.record(at) for at in range(19))
        if row.row.customer.startswith("さかい珈琲")
    )
    place.open_contract(made.id)
    stage.settle()
