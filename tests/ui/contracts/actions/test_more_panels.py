"""Hand-overs, notices, ways of payment and fees: their panels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.charge.engine import charge
from app.contract.actions import Action
from app.contract.customer import CustomerFields
from app.contract.facts import (
    Billing,
    Ended,
    Notified,
    Promoted,
    RenewalDeclined,
    Succeeded,
    TermsNoticed,
    Transferred,
    WorksFee,
)
from app.contract.record import Application, ContractContent
from app.days import Month
from app.errors import UserError
from app.usecases.desk import Desk
from app.usecases.keep_customer import register_customer
from app.usecases.open_contract import open_contract
from app.usecases.record_entry import record
from tests.shipped import catalogue
from tests.ui.contracts.actions.conftest import begun, prime
from tests.ui.contracts.actions.typing_into import last, put
from ui.contracts.actions.refused_panel import RefusedPanel
from ui.contracts.actions.registry import FORMS

Panel = Callable[..., Any]
Settle = Callable[[], None]


OTHER = CustomerFields(
    name="髙橋精工株式会社", kana="タカハシセイコウ", prefecture="大阪府", phone="06-0000-0148"
)


def test_a_transfer_needs_its_conditions_and_approval(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored, other = prime(desk), register_customer(desk, OTHER)
    panel = panel_of(Action.TRANSFER, stored)
    panel.record()
    settle()
    assert "選んでください" in panel.form.pick.part._field.error
    panel.form.pick.show_customer(other.id, other.fields)
    answers = {name: name != "answers.arrears" for name in panel.form.controls if name.startswith("answers.")}
    assert answers
    for name, answer in answers.items():
        panel.form.choose(name, answer)
    put(panel, settle, approved="2026-11-18", on="2026-12-01", joint=True, proof="譲渡承認請求書")
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, Transferred)
    assert (found.customer_id, found.approved) == (other.id, date(2026, 11, 18))
    assert found.answers == {name.partition(".")[2]: answer for name, answer in answers.items()}


def test_both_sign_only_where_the_terms_ask_for_it(panel_of: Panel, desk: Desk) -> None:
    """On a collaboration line another way is set apart from the terms (10条2項注)."""
    panel = panel_of(Action.TRANSFER, prime(desk))
    assert "証明する書類" in panel.form.fields["joint"].label.text()
    content = ContractContent(
        service="dokodemo-prime", line="collab", application=Application(items={"id": 9})
    )
    assert "joint" not in panel_of(Action.TRANSFER, begun(desk, content, date(2026, 6, 1))).form.controls


def test_a_condition_answered_wrongly_is_refused_with_its_clause(
    panel_of: Panel, desk: Desk, settle: Settle
) -> None:
    stored, other = prime(desk), register_customer(desk, OTHER)
    panel = panel_of(Action.TRANSFER, stored)
    panel.form.pick.show_customer(other.id, other.fields)
    for name in [one for one in panel.form.controls if one.startswith("answers.")]:
        panel.form.choose(name, True)
    put(panel, settle, approved="2026-11-18", joint=True)
    panel.record()
    settle()
    assert panel.isVisible()
    assert panel.form.fields["answers.arrears"].below.words()
    assert not isinstance(last(desk, stored), Transferred)


def test_a_succession_with_its_documents(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored, other = prime(desk), register_customer(desk, OTHER)
    panel = panel_of(Action.SUCCEED, stored)
    panel.form.pick.show_customer(other.id, other.fields)
    panel.record()
    settle()
    assert "書類" in panel.form.fields["documents"].error
    put(panel, settle, documents="登記事項証明書", several=True, representative="髙橋 恵子")
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, Succeeded)
    assert (found.documents, found.representative) == ("登記事項証明書", "髙橋 恵子")


def test_a_notified_change(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk)
    panel = panel_of(Action.NOTIFY, stored)
    panel.record()
    settle()
    assert panel.isVisible()
    put(panel, settle, what__address=True, what__phone=True, proof="登記事項証明書")
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, Notified)
    assert (found.what, found.proof) == (("address", "phone"), "登記事項証明書")


def test_another_way_of_payment(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk)
    panel = panel_of(Action.BILLING, stored)
    put(panel, settle, method="account-transfer", notice=True, qualified="2")
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, Billing)
    assert (found.method, found.notice, found.on) == ("account-transfer", True, date(2026, 12, 1))
    assert dict(found.qualified_invoices) == {"2026-12": 2}
    stored = open_contract(desk, stored.id).stored
    panel = panel_of(Action.BILLING, stored)
    put(panel, settle, method="phone-bill", on="2027-01-01", qualified="1")
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, Billing)
    assert (found.method, dict(found.qualified_invoices)) == ("phone-bill", {"2027-01": 1})
    timeline = open_contract(
        desk, stored.id
    ).stored.timeline  # the requests of December are not counted again
    asked = {line.item: line.quantity for line in charge(timeline, catalogue(), Month(2026, 12))}
    assert asked["qualified-invoice-fee"] == 2


def test_works_fee(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    assert isinstance(panel_of(Action.WORKS_FEE, prime(desk)), RefusedPanel)
    content = ContractContent(service="osect", application=Application(items={"sensor": 2}))
    stored = begun(desk, content, date(2026, 6, 1))
    panel = panel_of(Action.WORKS_FEE, stored)
    put(panel, settle, amount="30000", done="50")
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, WorksFee)
    assert (found.amount, found.done) == (30_000, pytest.approx(0.5))


def test_changed_terms_were_told(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk)
    panel = panel_of(Action.TERMS_NOTICE, stored)
    put(panel, settle, notified="2026-11-20", effective="2026-12-20")
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, TermsNoticed)
    assert found.effective == date(2026, 12, 20)


def test_renewal_declined(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    content = ContractContent(service="mdr-ndr", application=Application(items={"annual-fee": 1_200_000}))
    stored = begun(desk, content, date(2026, 3, 1))
    panel = panel_of(Action.DECLINE_RENEWAL, stored)
    panel.record()
    settle()
    view = open_contract(desk, stored.id)
    told, end = (one.entry for one in view.stored.entries[-2:])
    assert isinstance(told, RenewalDeclined)
    assert isinstance(end, Ended)
    assert end.on == date(2027, 2, 28), "the year paid for is used to its last day"
    assert view.standing.ended_on == end.on
    assert [str(row.month) for row in view.months] == ["2026-03"], "no other year is charged"


def test_a_renewal_declined_too_late_is_refused(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    content = ContractContent(service="mdr-ndr", application=Application(items={"annual-fee": 1_200_000}))
    stored = begun(desk, content, date(2025, 12, 10))
    panel = panel_of(Action.DECLINE_RENEWAL, stored)
    panel.record()
    settle()
    assert len(open_contract(desk, stored.id).stored.entries) == len(stored.entries)
    with pytest.raises(UserError, match="期限") as refused:
        record(desk, stored.id, stored.version, (RenewalDeclined(on=date(2026, 11, 20)),))
    assert [one.code for one in refused.value.problems] == ["notice-too-late"]
    assert refused.value.problems[0].clause


def test_a_promotion_is_refused_where_there_is_none(panel_of: Panel, desk: Desk) -> None:
    panel = panel_of(Action.PROMOTE, prime(desk))
    assert isinstance(panel, RefusedPanel)
    assert FORMS[Action.PROMOTE].TITLE == "附則の無料期間"
    assert Promoted(applied_on=date(2014, 1, 1)).used_before is False
