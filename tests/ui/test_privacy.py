"""What a customer may ask for about its own data, on its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.contract.customer import CustomerFields
from app.usecases.erase_customer import plan_erasure
from app.usecases.keep_customer import register_customer
from tests.desks import JAPAN
from tests.desks import NOW as TODAY
from ui.customers.erase_dialog import EraseDialog
from ui.customers.place import CustomersPlace
from ui.session import Session
from ui.widgets.strips import Toasts

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


def test_a_customer_is_told_everything_and_then_erased(
    session: Session, stage: Stage, settle: Settle, tmp_path: Path
) -> None:
    customer = register_customer(session.desk, CustomerFields(name="髙橋精工株式会社", phone="06-0000-0148"))
    with session.desk.storage.work() as work:
        work.papers.add("B", "B-A1-2611-0001", 1, "髙橋精工株式会社", TODAY.date(), 1, b"%PDF")
        work.commit()
    place = CustomersPlace(session, Toasts(QWidget()))
    stage(place)
    place.open_customer(customer.id)
    settle()
    page = place.form
    assert page is not None
    page.privacy.write(customer, tmp_path / "開示.pdf")
    settle()
    assert (tmp_path / "開示.pdf").read_bytes().startswith(b"%PDF")
    plan = plan_erasure(session.desk, customer.id)
    dialog = EraseDialog(place, plan)
    assert not dialog.erase_button.isEnabled()
    dialog.reason.set_text("本人の求め")
    dialog.reason.edited.emit("本人の求め")
    assert not dialog.erase_button.isEnabled()
    dialog.understood.setChecked(True)
    assert dialog.erase_button.isEnabled()
    dialog.deleteLater()
    page.privacy.erase(plan, "本人の求め")
    settle()
    assert place.currentWidget() is place.list
    assert place.list.table.model().rowCount() == 0


def test_what_must_be_kept_is_told_with_its_day(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.papers.archived import PaperAbout

    customer = register_customer(session.desk, CustomerFields(name="髙橋精工株式会社"))
    with session.desk.storage.work() as work:
        about = PaperAbout(customer_id=customer.id)
        work.papers.add("B", "B-A1-2611-0001", 1, "髙橋精工", TODAY.date(), 1, b"%PDF", about)
        work.commit()
    monkeypatch.setattr(session.desk, "now", lambda: datetime(2030, 1, 1, tzinfo=JAPAN))
    parent = QWidget()
    dialog = EraseDialog(parent, plan_erasure(session.desk, customer.id))
    assert len(dialog.strips) == 1
    dialog.understood.setChecked(True)
    dialog.reason.set_text("x")
    assert not dialog.erase_button.isEnabled()
    dialog.deleteLater()
