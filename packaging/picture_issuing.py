"""Scenes of making papers: the sheet with its pages, a paper that was issued, bills of a month in one go."""

from __future__ import annotations

from typing import Any

from picture_months import MINORI, fill_months
from picture_plan import scene
from picture_stage import Stage

from app.contract.record import StoredContract


def _closed_month(stage: Stage) -> tuple[Any, dict[str, StoredContract]]:
    """October, closed, in the list of months."""
    window = stage.open("contracts")
    desk = window.session.desk
    made = fill_months(desk)
    window.open_month("2026-10")
    stage.settle()
    place: Any = window.page("contracts")
    return place.months, made


def _bill(stage: Stage, contract: StoredContract) -> str:
    with stage.main.session.desk.storage.look() as work:
        bill = work.bills.bill_of(contract.id, "2026-10")
    assert bill is not None
    return bill.id


def _sheet(stage: Stage, kind: str, subject: str, options: dict[str, Any] | None = None) -> Any:
    from ui.issuing.opening import open_issuing

    dialog = open_issuing(stage.main, stage.main.session, kind, subject, options)
    stage.settle()
    return dialog


@scene("papers", manual=True)
def issuing_bill(stage: Stage) -> None:
    """A 請求書 before it is issued."""
    _page, made = _closed_month(stage)
    _sheet(stage, "B", _bill(stage, made[MINORI]), {"accept": ["no-address"]})


@scene("papers", manual=True)
def issuing_issued(stage: Stage) -> None:
    """The 請求書 issued: print, save, mail, note how it went."""
    _page, made = _closed_month(stage)
    dialog = _sheet(stage, "B", _bill(stage, made[MINORI]), {"accept": ["no-address"]})
    dialog.issue_now()
    stage.settle()
    dialog.done_part.how.set_value("post")
    dialog.done_part.to.set_text("経理部 三浦 様")
    dialog.done_part.record_now()
    stage.settle()
    dialog.toasts.close()


@scene("papers", manual=True)
def issuing_problems(stage: Stage) -> None:
    """What keeps a paper from being issued, each with what to do."""
    _page, made = _closed_month(stage)
    desk = stage.main.session.desk
    from msgspec.structs import replace

    from app.usecases.keep_settings import save_settings

    settings = desk.settings()
    save_settings(desk, replace(settings, company=replace(settings.company, registration="")))
    _sheet(stage, "T", _bill(stage, made[MINORI]))


@scene("papers")
def issuing_charges(stage: Stage) -> None:
    """料金計算書 with its month."""
    _page, made = _closed_month(stage)
    _sheet(stage, "F", made[MINORI].id, {"month": "2026-10"})


@scene("papers", manual=True)
def issuing_batch(stage: Stage) -> None:
    """All bills of a month were issued; some could not be."""
    page, _made = _closed_month(stage)
    page.issue_bills()
    stage.settle()
    from ui.issuing.batch_dialog import BatchDialog

    dialog = stage.main.findChildren(BatchDialog)[-1]
    dialog.start()
    stage.settle()


@scene("papers")
def issuing_batch_before(stage: Stage) -> None:
    """Before the bills of a month are issued."""
    page, _made = _closed_month(stage)
    page.issue_bills()
    stage.settle()
