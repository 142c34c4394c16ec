"""操作の記録 in the settings, on a real desk."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from app.contract.customer import CustomerFields
from app.usecases.desk import Desk
from app.usecases.keep_customer import change_customer, register_customer
from ui.session import Session
from ui.settings.audit import AuditSection
from ui.settings.page import SettingsPage
from ui.widgets.strips import Toasts

Settle = Callable[[], None]


@pytest.fixture
def section(
    session: Session, desk: Desk, stage: Callable[[QWidget], QWidget], settle: Settle
) -> AuditSection:
    """The record after a customer was registered and changed."""
    customer = register_customer(
        desk, CustomerFields(name="株式会社青空", kana="アオゾラ", phone="03-0000-1111")
    )
    change_customer(desk, customer.id, customer.version, replace(customer.fields, phone="03-0000-2222"))
    window = QWidget()
    page = SettingsPage(session, Toasts(window))
    page.window_of_toasts = window  # type: ignore[attr-defined]
    stage(page)
    settle()
    page.show_section("audit")
    settle()
    found = page.sections["audit"]
    assert isinstance(found, AuditSection)
    return found


def _shown(section: AuditSection) -> list[str]:
    model = section.model
    return [model.record(row).entry.what for row in range(model.rowCount())]


def test_the_record_is_read_narrowed_opened_checked_and_written(
    section: AuditSection, settle: Settle, tmp_path: Path, desk: Desk
) -> None:
    assert _shown(section)[:2] == ["customer-changed", "customer-registered"]
    section.group.set_values(["customers"])
    section.search()
    settle()
    assert _shown(section) == ["customer-changed", "customer-registered"]
    section.period.set_values(["last-month"])
    section._on_period(("last-month",))
    settle()
    assert _shown(section) == []
    section.frame.clear()
    settle()
    assert len(_shown(section)) > 2

    section.open_row(section.model.record(0))
    told = [row.as_text() for row in section.panel.sheet.rows()]
    assert "電話番号\t前：03-0000-1111 後：03-0000-2222" in told
    asked: list[tuple[str, str]] = []
    section.record_wanted.connect(lambda kind, one: asked.append((kind, one)))
    section.panel.open.click()
    assert asked[0][0] == "customer"
    section.panel.only.click()
    settle()
    assert section.subject.isVisible()
    assert len(_shown(section)) == 2

    section.verify()
    settle()
    assert "書かれたときのままです" in section.strip.title.words()
    path = tmp_path / "記録.csv"
    section.write(path)
    settle()
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 3
    section.subject.clear()
    section.search()
    settle()
    assert _shown(section)[:2] == ["audit-exported", "audit-verified"]

    with desk.storage.work() as work:
        connection = work.session.connection  # type: ignore[attr-defined]
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("UPDATE audit SET what = 'draft-saved' WHERE what = 'customer-changed'")
        work.commit()
    section.verify()
    settle()
    assert "違うところがあります" in section.strip.title.words()
