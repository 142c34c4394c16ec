"""Scenes of the months: their bills, running and closing them, payments, what is overdue."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from picture_contracts_made import keep_contract
from picture_plan import scene
from picture_stage import Stage
from PySide6.QtCore import Qt

from app.contract.facts import Changed, Started
from app.contract.record import StoredContract
from app.days import Month
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.keep_payments import record_payment
from app.usecases.run_month import run_month

Key = Qt.Key
_PRIME, _MEDIA, _WATCH, _OSECT, _NDR = (
    "dokodemo-prime", "media-light", "mihariban", "osect", "mdr-ndr",
)  # fmt: skip
MINORI: Final = "株式会社みのり食品"

_BILLED: Final = (
    ("堺臨海倉庫株式会社", _NDR, {"annual-fee": 2_400_000}, date(2025, 11, 4)),
    ("酒井歯科医院", _MEDIA, {"base": 1, "endpoint": 8}, date(2025, 12, 10)),
    ("坂井会計事務所", _MEDIA, {"base": 1, "endpoint": 5}, date(2025, 12, 1)),
    ("さかい珈琲株式会社", _MEDIA, {"base": 1, "endpoint": 3}, date(2026, 1, 20)),
    ("堺東眼科クリニック", _MEDIA, {"base": 1, "endpoint": 10, "gateway-10": 1}, date(2026, 2, 3)),
    ("株式会社堺精密機械", _PRIME, {"id": 31}, date(2026, 5, 20)),
    ("坂井運輸株式会社", _PRIME, {"id": 50}, date(2026, 6, 1)),
    ("酒井建材店", _PRIME, {"id": 12}, date(2026, 7, 1)),
    ("堺南商工株式会社", _PRIME, {"id": 100}, date(2026, 9, 1)),
    ("酒井工務店", _WATCH, {"license": 15}, date(2024, 3, 1)),
    ("坂井製菓株式会社", _OSECT, {"sensor": 2}, date(2026, 7, 1)),
    ("境造園", _WATCH, {"license": 5}, date(2024, 10, 1)),
    (MINORI, _WATCH, {"license": 31}, date(2026, 4, 1)),
    ("境田法律事務所", _PRIME, {"id": 5}, date(2026, 8, 3)),
)


def fill_months(desk: Desk) -> dict[str, StoredContract]:
    """Contracts, July to October closed, most of it paid, some of it late or not at all."""
    made = {
        name: keep_contract(
            desk, name, service, (Started(on=start, items=items),), phone=f"06-0000-{3100 + place * 13}"
        )
        for place, (name, service, items, start) in enumerate(_BILLED)
    }
    for number in (7, 8, 9, 10):
        run = run_month(desk, Month(2026, number))
        close_month(desk, run.id, run.version)
    for name, contract in made.items():
        _pay(desk, name, contract)
    _record(desk, made[MINORI], Changed(on=date(2026, 10, 1), items={"license": 25}))
    _record(desk, made["境田法律事務所"], Changed(on=date(2026, 11, 1), items={"id": 4}))
    return made


def _pay(desk: Desk, name: str, contract: StoredContract) -> None:
    """Each bill in time but for three customers: one late, one in part, one not since August."""
    with desk.storage.look() as work:
        rows = work.bills.rows_of_contract(contract.id)
    for row in rows:
        if row.month == "2026-10" or (name == "酒井建材店" and row.month > "2026-07"):
            continue
        on, amount = date(int(row.month[:4]), int(row.month[5:]) + 1, 27), row.total
        if name == "坂井製菓株式会社" and row.month == "2026-09":
            on = date(2026, 11, 18)
        if name == "酒井工務店" and row.month == "2026-09":
            amount = 1_500
        record_payment(desk, contract.id, on, amount, "account-transfer", (row.id,))


def _record(desk: Desk, contract: StoredContract, fact: Changed) -> None:
    with desk.storage.work() as work:
        now = work.contracts.get(contract.id)
        from app.usecases.stand_contract import standing_of

        entries = [*(one.entry for one in now.entries), fact]
        standing = standing_of(now.content, entries, desk.catalogue, desk.today())
        work.contracts.change(now.id, now.version, standing, entries=(fact,), staff="田村 美咲")
        work.commit()


def _months(stage: Stage, *, run: bool = True) -> tuple[Any, dict[str, StoredContract]]:
    """The page of the months in the window, November worked out."""
    window: Any = stage.open("contracts")
    desk = stage.session.desk if stage.session else None
    assert desk is not None
    made = fill_months(desk)
    if run:
        run_month(desk, Month(2026, 11))
    place = window.page("contracts")
    place.open_month("2026-11")
    stage.settle()
    return place.months, made


def _open(stage: Stage, page: Any, contract: StoredContract) -> None:
    """The bill of a contract beside the list."""
    page.table.go_to(page.model.row_of(contract.seq))
    page.table.setFocus()
    stage.settle()
    stage.press(Key.Key_Return)
    stage.settle()


@scene("contracts", manual=True)
def months_bills(stage: Stage) -> None:
    """November worked out, not closed: one contract can't be charged."""
    _months(stage)


@scene("contracts")
def months_new(stage: Stage) -> None:
    """A month that was not worked out yet."""
    _months(stage, run=False)


@scene("contracts", manual=True)
def months_bill(stage: Stage) -> None:
    """A bill with an adjustment of October."""
    page, made = _months(stage)
    _open(stage, page, made[MINORI])


@scene("contracts")
def months_refused(stage: Stage) -> None:
    """Why a contract can't be charged."""
    page, made = _months(stage)
    _open(stage, page, made["境田法律事務所"])


@scene("contracts", manual=True)
def months_payment(stage: Stage) -> None:
    """A payment is typed in for a customer who owes three months."""
    page, made = _months(stage)
    _open(stage, page, made["酒井建材店"])
    page.panel.account.record.click()
    stage.settle()


@scene("contracts")
def months_running(stage: Stage) -> None:
    """A long run on its way."""
    from dataclasses import replace as changed

    from msgspec.structs import replace

    from app.charge.stored import RunState
    from app.usecases.run_month import RunProgress

    page, _made = _months(stage)
    run = replace(page.run, state=RunState.RUNNING, contracts=62_000)
    page.bar.begin()
    page.head.show_run(run, running=True)
    page.bar.show_progress(changed(RunProgress(run, 100_000)), 4)
    stage.settle()


@scene("contracts", manual=True)
def months_overdue(stage: Stage) -> None:
    """What is past its due day."""
    page, _made = _months(stage)
    page.head.tabs.set_value("ageing")
    page.head.tabs.chosen.emit("ageing")
    stage.settle()


@scene("contracts")
def months_closed(stage: Stage) -> None:
    """A closed month, in which some have not paid."""
    page, _made = _months(stage)
    stage.main.open_month("2026-09")
    stage.settle()
    assert page.run is not None


@scene("contracts")
def contract_payments(stage: Stage) -> None:
    """The account of one contract on its own page."""
    _page, made = _months(stage)
    stage.main.open_contract(made["酒井建材店"].id, "money")
    stage.settle()
