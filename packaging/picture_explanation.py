"""Scenes of explaining the important points: the window to sign in, and what is told without it."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace
from picture_contract_actions import MINORI, PRIME, _open, _prepared
from picture_onsite import _sign as sign_on
from picture_plan import scene
from picture_stage import Stage

from app.contract.actions import Action
from app.contract.record import Application
from app.contract.steps import Submitted
from app.usecases.desk import Desk

_APPLIED = replace(
    PRIME,
    line="flets",
    provider_number="",
    application=Application(items={"id": 31}, wished_start=date(2026, 12, 10)),
)
_SIGNER = replace(MINORI, person="大野 まり")


def _sent(desk: Desk) -> Any:
    return _prepared(desk, _APPLIED, _SIGNER).then(Submitted(on=date(2026, 11, 19)))


def _dialog(stage: Stage) -> Any:
    from ui.contracts.explanation.dialog import ExplanationDialog

    page = _open(stage, lambda desk: _prepared(desk, _APPLIED, _SIGNER))
    page.open_action(Action.EXPLAIN)
    dialog = stage.main.findChild(ExplanationDialog)
    stage.settle()
    return dialog


@scene("contracts", manual=True)
def contract_explanation(stage: Stage) -> None:
    """The summary, who and how, and the signature just given."""
    dialog = _dialog(stage)
    sign_on(stage, dialog.form.signature.pad)
    stage.settle()


@scene("contracts")
def contract_explanation_wrong(stage: Stage) -> None:
    """By phone, with nobody named."""
    dialog = _dialog(stage)
    dialog.form.signature.name.set_text("")
    dialog.form.draft.signing.name = ""
    dialog.form.how.set_value("phone")
    dialog.form._on_how("phone")
    dialog.form.by.set_text("")
    dialog.form._on_changed()
    dialog.record()
    stage.settle()


@scene("contracts")
def contract_explanation_refused(stage: Stage) -> None:
    """The settings want an approval before the paper: it says so, and nothing was recorded."""
    from app.usecases.keep_settings import save_settings

    dialog = _dialog(stage)
    session = stage.main.session
    papers = replace(session.settings.papers, approve=("E",))
    save_settings(session.desk, replace(session.settings, papers=papers))
    sign_on(stage, dialog.form.signature.pad)
    dialog.record()
    stage.settle()


@scene("contracts")
def contract_explanation_recorded(stage: Stage) -> None:
    """Recorded: the toast, and the entry in the history."""
    dialog = _dialog(stage)
    sign_on(stage, dialog.form.signature.pad)
    dialog.record()
    stage.settle()
    page: Any = stage.main.page("contracts")
    page.contract.tabs.go("history")
    stage.settle()


@scene("contracts", manual=True)
def contract_unexplained(stage: Stage) -> None:
    """Sent on without an explanation: the strip on the contract, and the acceptance asks why."""
    page = _open(stage, _sent)
    page.open_action(Action.ACCEPT)
    stage.settle()
