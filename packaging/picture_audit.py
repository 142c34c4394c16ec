"""Scenes of the record of what was done, and of typing that outlived its window."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from picture_onsite import _confirmed
from picture_plan import scene
from picture_stage import Stage

from app.contract.customer import CustomerDetails, CustomerFields
from app.papers.issuer import Staff
from app.usecases import work_on_site
from app.usecases.audit_entries import AuditQuery
from app.usecases.desk import Desk
from app.usecases.keep_customer import change_customer, register_customer
from app.usecases.keep_settings import save_settings
from app.usecases.keep_typed import TypedPlace, keep_typing
from app.visit.order import Tick
from ui.visits.onsite.draft import Signing, draft_of
from ui.visits.onsite.left import draft_values

_TYPED = CustomerFields(
    name="有限会社 坂の上製パン", kana="サカノウエセイパン", postal_code="6500011", prefecture="兵庫県",
    address="神戸市中央区下山手通9丁目9番9号", phone="078-000-9876", person="坂上 亮",
)  # fmt: skip


def _work_of_a_day(desk: Desk) -> None:
    """What two members of staff did."""
    settings = desk.settings()
    saeki = Staff(id="saeki", name="佐伯 涼")
    company = replace(settings.company, phone="03-0000-4321")
    save_settings(desk, replace(settings, company=company, staff=(*settings.staff, saeki)))
    customer = register_customer(desk, _TYPED)
    changed = replace(customer.fields, phone="078-000-9870", building="ベーカリービル1階")
    change_customer(desk, customer.id, customer.version, changed)
    with desk.storage.work() as work:
        work.audit.record("佐伯 涼", "signed-in", "saeki", {"staff": "saeki"})
        work.audit.record("佐伯 涼", "role-changed", "saeki", {"before": "clerk", "after": "manager"})
        work.commit()


def _opened(stage: Stage) -> Any:
    stage.maker.filled  # noqa: B018 - the names are known once the data are made
    window = stage.open("settings")
    assert stage.session is not None
    _work_of_a_day(stage.session.desk)
    stage.session.read()
    stage.settle()
    window.page("settings").show_section("audit")  # type: ignore[attr-defined]
    stage.settle()
    return window.page("settings").sections["audit"]  # type: ignore[attr-defined]


def _open_entry(stage: Stage, section: Any, verb: str) -> None:
    with section.session.desk.storage.look() as work:
        (row, *_others) = work.audit.rows(work.audit.seqs(AuditQuery(verbs=(verb,)), 1))
    section.open_row(row)
    stage.settle()


@scene("settings", manual=True)
def audit_list(stage: Stage) -> None:
    """The newest first."""
    _opened(stage)


@scene("settings", manual=True)
def audit_entry(stage: Stage) -> None:
    """One entry with what stood there before and after."""
    _open_entry(stage, _opened(stage), "customer-changed")


@scene("settings")
def audit_found(stage: Stage) -> None:
    """By days, name and kind together."""
    section = _opened(stage)
    section.period.set_values(["week"])
    section._on_period(("week",))
    section.who.set_values(["佐伯 涼"])
    section.group.set_values(["people", "settings"])
    section.search()
    stage.settle()


@scene("settings", manual=True)
def audit_verified(stage: Stage) -> None:
    """Nothing was changed."""
    section = _opened(stage)
    section.verify()
    stage.until(lambda: not section._running)
    stage.settle()


@scene("settings")
def audit_wrong(stage: Stage) -> None:
    """Somebody changed the record behind the program's back, and something was erased in order."""
    section = _opened(stage)
    with section.session.desk.storage.work() as work:
        seq = work.audit.seqs(AuditQuery(verbs=("customer-changed",)), 1)[0]
        work.audit.erase(seq, "田村 美咲", "保存期限")
        connection = work.session.connection
        for name in ("audit_no_update", "audit_payloads_no_update"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql("UPDATE audit SET what = 'draft-saved' WHERE what = 'role-changed'")
        work.commit()
    section.verify()
    stage.until(lambda: not section._running)
    _open_entry(stage, section, "customer-changed")


@scene("customers", manual=True)
def unsaved_customer(stage: Stage) -> None:
    """A new customer somebody was typing when the machine went off."""
    stage.maker.filled  # noqa: B018
    window = stage.open("customers")
    assert stage.session is not None
    values = {
        "fields": {name: getattr(_TYPED, name) for name in _TYPED.__struct_fields__},
        "details": {"corporate_number": "", "contacts": [], "sites": [], "billing": _billing()},
    }
    keep_typing(stage.session.desk, TypedPlace("customer", "", "earlier.1"), 1, values)
    window.page("customers").open_new()  # type: ignore[attr-defined]
    stage.settle()


def _billing() -> Any:
    import msgspec

    return msgspec.to_builtins(CustomerDetails().billing)


@scene("visits", manual=True)
def unsaved_on_site(stage: Stage) -> None:
    """Work on site that was ticked and signed when the battery gave out."""
    stage.maker.filled  # noqa: B018
    window = stage.open("visits")
    assert stage.session is not None
    desk = stage.session.desk
    visit = _confirmed(desk)
    visit = work_on_site.begin(desk, visit.id, visit.version)
    draft = draft_of(visit)
    draft.points = {"backup", "deletion"}
    draft.before = Signing("三浦 千里", (((400, 400), (2000, 700), (900, 1500)),))
    draft.ticks = {("d1", "os-recovery"): Tick(device="d1", menu="os-recovery", result="done")}
    keep_typing(desk, TypedPlace("visit.on-site", visit.id, "earlier.1"), 1, draft_values(draft))
    window.page("visits").open_on_site(visit.id)  # type: ignore[attr-defined]
    stage.settle()
