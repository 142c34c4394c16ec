"""What is held about a customer is told in full, and goes once it need not be kept."""

from __future__ import annotations

import json
from datetime import datetime
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader

from app.contract.beside import EquipmentFields
from app.contract.customer import (
    CustomerBilling,
    CustomerContact,
    CustomerDetails,
    CustomerFields,
    CustomerNotice,
    CustomerSite,
)
from app.contract.record import Application, BillingAddress, ContractContact, ContractContent, ContractSite
from app.errors import UserError
from app.papers.archived import PaperAbout
from app.usecases.desk import Desk
from app.usecases.erase_customer import erase_customer, plan_erasure
from app.usecases.examine import examine
from app.usecases.held_data import tell_held
from app.usecases.held_words import LABELS, SILENT
from app.usecases.keep_beside import NoteWritten, add_note, attach
from app.usecases.keep_customer import find_customers, register_customer, store_customer
from app.usecases.keep_quotation import start_quotation
from app.visit.order import Device, VisitContent, VisitPlace
from tests.db.conftest import PDF, content_for
from tests.desks import JAPAN, NOW, new_desk

FIELDS = CustomerFields(
    name="髙橋 花子",
    kana="タカハシ ハナコ",
    kind="sole-trader",
    phone="0743-00-0149",
    address="奈良市三条町9",
)
DETAILS = CustomerDetails(
    contacts=(CustomerContact(name="西田 明子", phone="06-0000-0151"),),
    sites=(CustomerSite(name="堺工場", address="堺市堺区南瓦町3-1"),),
)
TOLD = (
    "髙橋",
    "タカハシ",
    "三条町9",
    "西田",
    "堺工場",
    "折り返し希望",
    "名刺.pdf",
    "B-HM1-2611-0001",
    "06-0000-0151",
)


@pytest.fixture
def desk(data: Path) -> Desk:
    return new_desk(data)


def somebody(desk: Desk) -> str:
    """A customer with something of most kinds."""
    customer = register_customer(desk, FIELDS, DETAILS)
    store_customer(
        desk, customer.id, customer.version, msgspec.structs.replace(FIELDS, note="午前中のみ"), DETAILS, None
    )
    add_note(desk, "customer", customer.id, NoteWritten(text="折り返し希望"))
    attach(desk, "customer", customer.id, "名刺.pdf", b"%PDF-1.4\n")
    start_quotation(desk, content_for(FIELDS, customer_id=customer.id, title="回線の見積"))
    with desk.storage.work() as work:
        about = PaperAbout(customer_id=customer.id, subject_kind="customer", subject_id=customer.id)
        paper = work.papers.add("B", "B-HM1-2611-0001", 1, FIELDS.name, NOW.date(), 550, PDF, about)
        work.papers.send(paper.id, "e-mail", "hanako@example.jp", "田村 美咲")
        work.commit()
    return customer.id


def test_everything_held_is_told_and_that_it_was(desk: Desk, tmp_path: Path) -> None:
    customer, target = somebody(desk), tmp_path / "開示.pdf"
    tell_held(desk, customer, target)
    reader = PdfReader(BytesIO(target.read_bytes()))
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    assert [word for word in (*TOLD, "hanako@example.jp", "午前中のみ") if word not in text] == []
    with desk.storage.look() as work:
        (last,) = work.audit.recent(1)
        assert (last.what, last.detail) == ("held-data-told", {"file": "開示.pdf", "sealed": False})
        assert not work.papers.with_numbers(["Z"], [""])


def test_erasing_waits_for_the_retention_and_then_leaves_no_trace(desk: Desk) -> None:
    customer = somebody(desk)
    plan = plan_erasure(desk, customer)
    assert [one.code for one in plan.problems] == ["retention"]
    assert "2034年6月1日から" in plan.problems[0].remedy
    with pytest.raises(UserError) as refused:
        erase_customer(desk, customer, plan.version, " ")
    assert [one.code for one in refused.value.problems] == ["no-reason", "retention"]
    desk.now = lambda: datetime(2034, 6, 1, 9, tzinfo=JAPAN)
    plan = plan_erasure(desk, customer)
    assert plan.problems == ()
    with pytest.raises(UserError, match="変更されています"):
        erase_customer(desk, customer, plan.version - 1, "本人の求め")
    erased = erase_customer(desk, customer, plan.version, "本人の求め")
    assert (erased.papers, erased.left) == (1, None)
    assert erased.links >= 3
    for again in (plan_erasure, lambda *both: erase_customer(*both, 1, "x")):
        with pytest.raises(UserError) as refused:
            again(desk, customer)
        assert refused.value.code == "erased"
    assert find_customers(desk, "髙橋") == []
    assert desk.storage.check() == []  # type: ignore[attr-defined]
    found = {one.code: one.level for one in examine(desk)}
    assert {
        found[part] for part in ("records", "audit", "papers", "scans", "runs", "references", "bills")
    } == {"good"}
    with desk.storage.look() as work:
        links = json.dumps([msgspec.to_builtins(vars(one)) for one in work.audit.recent(99)], default=str)
        rows = "".join(
            str(row) for name in ("customers", "papers", "paper_sends", "quotations", "customer_details")
            for row in work.session.connection.exec_driver_sql(
                f"SELECT * FROM {name}"
            )  # type: ignore[attr-defined]
        )  # fmt: skip
    assert [word for word in (*TOLD[:-2], "hanako") if word in links + rows] == []


RECORDS = (
    CustomerFields, CustomerContact, CustomerSite, CustomerBilling, CustomerDetails, ContractContent,
    ContractSite,
    ContractContact, BillingAddress, Application, EquipmentFields, VisitContent, VisitPlace, Device,
)  # fmt: skip


def test_every_field_held_of_somebody_has_a_name() -> None:
    names = {name for record in RECORDS for name in record.__struct_fields__}
    assert names - set(LABELS) - SILENT == set()
    assert {"on", "fields", "changed_on", "proof", "staff", "at"} == set(CustomerNotice.__struct_fields__)
