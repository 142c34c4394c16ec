"""Scenes of making papers: the sheet with its pages, a paper that was issued, bills of a month in one go."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from picture_months import MINORI, fill_months
from picture_plan import scene
from picture_stage import Stage

from app.contract.record import StoredContract
from app.papers.issuer import ServiceRole
from app.usecases.desk import Desk
from app.usecases.keep_settings import save_settings


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


def _without_address(desk: Desk, contract: StoredContract) -> None:
    """Nobody wrote down where the customer is."""
    with desk.storage.work() as work:
        customer = work.customers.get(contract.customer_id)
        fields = replace(customer.fields, prefecture="", address="", building="", postal_code="")
        work.customers.save(customer.id, customer.version, fields)
        work.commit()


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
    settings = desk.settings()
    ours = {code: replace(role, role="provider") for code, role in settings.roles.items()}
    ours |= {"mihariban": ServiceRole(role="provider")}
    company = replace(settings.company, registration="")
    save_settings(desk, replace(settings, company=company, roles=ours))
    _without_address(desk, made[MINORI])
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


@scene("papers", manual=True)
def issuing_deposit(stage: Stage) -> None:
    """預り証 with its things."""
    _page, made = _closed_month(stage)
    items = [
        {"name": "ルーター RX-600", "quantity": 1, "note": "S/N 0123-4567"},
        {"name": "電源アダプター", "quantity": 2, "note": ""},
    ]
    options = {"subject_kind": "contract", "items": items, "purpose": "機器の点検・修理"}
    _sheet(stage, "D", made[MINORI].id, options)


@scene("papers")
def issuing_cover(stage: Stage) -> None:
    """送付状 with the papers in the envelope."""
    _page, made = _closed_month(stage)
    enclosed = [{"title": "請求書", "number": "B-HM1-2611-0001", "copies": 1}]
    _sheet(stage, "L", made[MINORI].id, {"subject_kind": "contract", "enclosed": enclosed})


@scene("papers", manual=True)
def issuing_contract(stage: Stage) -> None:
    """The papers of a contract, and what can be made."""
    from app.papers.request import PaperRequest
    from app.usecases.make_paper import issue_paper

    _page, made = _closed_month(stage)
    desk, contract = stage.main.session.desk, made[MINORI]
    issue_paper(desk, PaperRequest(kind="B", subject=_bill(stage, contract)))
    issue_paper(desk, PaperRequest(kind="C", subject=contract.id))
    issue_paper(desk, PaperRequest(kind="F", subject=contract.id, options={"month": "2026-09"}))
    stage.main.open_contract(contract.id, "papers")
    stage.settle()
    tab: Any = stage.main.page("contracts")
    tab.contract.tabs.stack.currentWidget().new.click()
    stage.settle()


@scene("papers")
def issuing_customer(stage: Stage) -> None:
    """The papers of a customer."""
    from app.papers.request import PaperRequest
    from app.usecases.make_paper import issue_paper

    _page, made = _closed_month(stage)
    desk, contract = stage.main.session.desk, made[MINORI]
    issue_paper(desk, PaperRequest(kind="B", subject=_bill(stage, contract)))
    stage.main.open_customer(contract.customer_id)
    stage.settle()
    page: Any = stage.main.page("customers")
    page.form.side.go("papers")
    stage.settle()


@scene("settings", manual=True)
def settings_papers(stage: Stage) -> None:
    """Which papers need approval, and how long all are kept."""
    window = stage.open("settings")
    window.open_settings("papers")
    stage.settle()
    page: Any = window.page("settings")
    page.sections["papers"].approve["B"].click()
    stage.settle()


@scene("papers")
def issuing_approval(stage: Stage) -> None:
    """A paper that waits for somebody to agree."""
    from app.papers.issuer import PaperSettings

    _page, made = _closed_month(stage)
    desk = stage.main.session.desk
    save_settings(desk, replace(desk.settings(), papers=PaperSettings(approve=("B",))))
    dialog = _sheet(stage, "B", _bill(stage, made[MINORI]))
    dialog.ask_now()
    stage.settle()
    dialog.toasts.close()


@scene("papers")
def issuing_comparison(stage: Stage) -> None:
    """比較見積書 of what stands on the screen."""
    editor = stage.open_quotation("takahashi")
    place: Any = stage.main.page("quotes")
    place.open_compare(editor.draft.content, editor.saver.slot.quotation_id)
    stage.settle()
    place.compare.paper.click()
    stage.settle()


@scene("papers")
def issuing_batch_refused(stage: Stage) -> None:
    """Some bills of a month could not be issued, each with its reason."""
    from ui.issuing.batch_dialog import BatchDialog

    page, made = _closed_month(stage)
    desk = stage.main.session.desk
    for name in (MINORI, "境造園", "坂井製菓株式会社"):
        _without_address(desk, made[name])
    page.issue_bills()
    stage.settle()
    dialog = stage.main.findChildren(BatchDialog)[-1]
    dialog.start()
    stage.settle()
