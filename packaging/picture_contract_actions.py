"""Scenes of what is done to a contract: the side panels, an application's way, a new contract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from msgspec.structs import replace
from picture_plan import scene
from picture_stage import Stage
from PySide6.QtCore import Qt

from app.contract.actions import Action
from app.contract.customer import CustomerFields
from app.contract.facts import Changed, Ended, Outage, Started
from app.contract.record import Application, ContractContent, Entry, StoredContract
from app.contract.steps import Accepted, Explained, Submitted
from app.usecases.desk import Desk
from app.usecases.keep_application import start_application, submit
from app.usecases.keep_customer import register_customer
from app.usecases.record_entry import record

Key = Qt.Key

MINORI: Final = CustomerFields(
    name="株式会社みのり食品", kana="ミノリショクヒン", postal_code="1600023", prefecture="東京都",
    address="新宿区西新宿2-8-1", phone="03-0000-1111", department="情報システム課", person="大野 まり",
    email="ono@minori.example",
)  # fmt: skip
PRIME: Final = ContractContent(
    service="dokodemo-prime", line_number="CAF0123456789", provider_number="PS-2605-0311",
    application=Application(items={"id": 28}, wished_start=date(2026, 5, 20)),
)  # fmt: skip


@dataclass
class _Made:
    """A contract of a scene's own desk."""

    desk: Desk
    stored: StoredContract
    more: dict[str, Any] = field(default_factory=dict)

    def then(self, *entries: Entry) -> _Made:
        self.stored = record(self.desk, self.stored.id, self.stored.version, entries)
        return self


def _desk_of(stage: Stage) -> Desk:
    session = stage.session
    assert session is not None
    return session.desk


def _prepared(desk: Desk, content: ContractContent, customer: CustomerFields = MINORI) -> _Made:
    return _Made(desk, start_application(desk, register_customer(desk, customer).id, content))


def _begun(desk: Desk, content: ContractContent, on: date, customer: CustomerFields = MINORI) -> _Made:
    applied = content.application
    made = _prepared(desk, content, customer).then(
        Explained(on=on, by="田村 美咲"), Submitted(on=on, receipt=1), Accepted(on=on, effective=on)
    )
    return made.then(Started(on=on, items=applied.items, options=applied.options))


def minori(desk: Desk) -> _Made:
    """The contract of the drawings: 28 IDs since May, 31 since September, an outage in October."""
    made = _begun(desk, PRIME, date(2026, 5, 20)).then(Changed(on=date(2026, 9, 14), items={"id": 31}))
    known = datetime(2026, 10, 8, 9)  # noqa: DTZ001 - the clock on the wall
    restored = known + timedelta(hours=38)
    return made.then(Outage(known_at=known, restored_at=restored, cause="company"))


def _open(stage: Stage, make: Callable[[Desk], _Made], tab: str = "") -> Any:
    """The window with a contract open; its page."""
    window = stage.open("contracts")
    made = make(_desk_of(stage))
    window.open_contract(made.stored.id, tab)
    stage.until(lambda: _page(stage) is not None and _page(stage).context is not None)
    stage.settle()
    return _page(stage)


def _page(stage: Stage) -> Any:
    return getattr(stage.main.page("contracts"), "contract", None)


def _panel(stage: Stage, action: Action, make: Callable[[Desk], _Made] = minori) -> Any:
    page = _open(stage, make)
    page.open_action(action)
    stage.settle()
    return page.panel


def _put(panel: Any, name: str, text: str) -> None:
    """Type into a field, in place of what stands there."""
    from ui.contracts.actions.raw import put_raw

    put_raw(panel.form.controls[name], text)
    panel.form.refresh()
    panel.form.changed.emit()


@scene("contracts", manual=True)
def contract_change(stage: Stage) -> None:
    """Fewer IDs: the fee is more than what is saved, and the day from which it costs nothing."""
    panel = _panel(stage, Action.CHANGE)
    panel.form.controls["items.id"].edit.setText("24")
    _put(panel, "on", "2026-12-15")
    stage.settle()


@scene("contracts")
def contract_suspend(stage: Stage) -> None:
    """A suspension with its ground."""
    _panel(stage, Action.SUSPEND)


@scene("contracts")
def contract_outage(stage: Stage) -> None:
    """An outage that was over the next day."""
    panel = _panel(stage, Action.OUTAGE)
    panel.form.controls["lasts"].set_value(False)
    for name, text in (
        ("known_day", "2026-11-17"),
        ("known_time", "9:00"),
        ("restored_day", "2026-11-19"),
        ("restored_time", "10:30"),
    ):
        _put(panel, name, text)
    panel.form.refresh()
    stage.settle()


@scene("contracts", manual=True)
def contract_transfer(stage: Stage) -> None:
    """A transfer asked for without approval: what lacks is told under each field."""
    panel = _panel(stage, Action.TRANSFER)
    for name in list(panel.form.controls):
        if name.startswith("answers."):
            panel.form.controls[name].set_value(name != "answers.arrears")
    panel.record()
    stage.settle()


@scene("contracts", manual=True)
def contract_cancel(stage: Stage) -> None:
    """The customer leaves: the day worked out, the fee, and from when it costs nothing."""
    panel = _panel(stage, Action.CANCEL)
    _put(panel, "wished", "2026-11-24")
    stage.settle()


@scene("contracts", manual=True)
def contract_refused_action(stage: Stage) -> None:
    """What the state of the contract refuses, with the clause and what to do instead."""

    def make(desk: Desk) -> _Made:
        return minori(desk).then(Ended(on=date(2026, 12, 31), requested=date(2026, 11, 20)))

    _panel(stage, Action.CANCEL, make)


@scene("contracts")
def contract_void(stage: Stage) -> None:
    """Taking an entry back."""
    _panel(stage, Action.VOID)


@scene("contracts", manual=True)
def contract_action_conflict(stage: Stage) -> None:
    """Another window recorded something first: both side by side."""
    panel = _panel(stage, Action.CHANGE)
    panel.form.controls["items.id"].edit.setText("24")
    _put(panel, "on", "2026-12-15")
    stage.settle()
    session = stage.session
    assert session is not None
    assert session.vault is not None
    other = stage.maker.opened(session.vault.folder)
    stored = panel.context.stored
    record(other, stored.id, stored.version, (Changed(on=date(2026, 12, 1), items={"id": 30}),))
    other.storage.close()
    panel.record()
    stage.settle()


@scene("contracts")
def contract_leaving(stage: Stage) -> None:
    """Esc with something typed asks in the foot."""
    panel = _panel(stage, Action.CHANGE)
    _put(panel, "on", "2026-12-15")
    stage.settle()
    panel.close_panel()
    stage.settle()


_APPLIED: Final = ContractContent(
    service="mihariban",
    application=Application(
        items={"license": 15},
        applied_on=date(2026, 11, 18),
        wished_start=date(2026, 12, 1),
        answers={"terms": True, "data": True, "anti-social": True, "arrears": False},
    ),
    line_number="CAF0987654321",
)


@scene("contracts", manual=True)
def application(stage: Stage) -> None:
    """An application in preparation with its check list."""
    _open(stage, lambda desk: _prepared(desk, _APPLIED), "application")


@scene("contracts")
def application_refusal(stage: Stage) -> None:
    """A ground of refusal shown at once with its clause."""
    content = replace(_APPLIED, application=replace(_APPLIED.application, items={"license": 51}))
    _open(stage, lambda desk: _prepared(desk, content), "application")


def _submitted(desk: Desk) -> _Made:
    made = _prepared(desk, _APPLIED).then(Explained(on=date(2026, 11, 18), by="田村 美咲"))
    stored = made.stored
    made.stored = submit(desk, stored.id, stored.version, date(2026, 11, 19), anyway=True)
    return made


@scene("contracts", manual=True)
def application_acceptance(stage: Stage) -> None:
    """The provider's acceptance: two days, the numbers."""
    page = _open(stage, _submitted, "application")
    page.open_action(Action.ACCEPT)
    stage.settle()


@scene("contracts")
def application_submit(stage: Stage) -> None:
    """Passing on an application that lacks something."""
    page = _open(stage, lambda desk: _prepared(desk, _APPLIED), "application")
    page.open_action(Action.SUBMIT)
    stage.settle()


@scene("contracts", manual=True)
def application_opening(stage: Stage) -> None:
    """OsecT: the opening day worked out of delivery and test."""
    content = ContractContent(
        service="osect",
        application=Application(items={"sensor": 2}, wished_start=date(2026, 12, 21)),
    )

    def make(desk: Desk) -> _Made:
        made = _prepared(desk, content)
        accepted = Accepted(on=date(2026, 11, 12), effective=date(2026, 11, 12))
        return made.then(
            Explained(on=date(2026, 11, 4), by="田村 美咲"), Submitted(on=date(2026, 11, 4)), accepted
        )

    page = _open(stage, make, "application")
    page.open_action(Action.START)
    stage.settle()
    _put(page.panel, "delivered", "2026-12-11")
    page.panel.form.refresh()
    stage.settle()


@scene("contracts", manual=True)
def contract_new(stage: Stage) -> None:
    """A new contract for a customer found by kana."""
    window = stage.open("contracts")
    window.new_contract()
    stage.settle()
    stage.type("たかはし")
