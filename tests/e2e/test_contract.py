"""The life of a contract by the keyboard alone, in the real window: from the quotation to its last bill."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.answers.questions import answer_question
from app.contract.customer import CustomerFields
from app.contract.record import ContractQuery, ContractState
from app.days import Month
from app.quote.content import QuotationContent, ServiceEntry
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_customer import register_customer
from app.usecases.keep_quotation import start_quotation
from app.usecases.month_rows import month_rows
from tests.desks import new_desk, reopened
from tests.e2e.clock import TODAY
from tests.e2e.hands import Hands, window
from tests.e2e.screen import Screen
from tests.shipped import catalogue

pytestmark = pytest.mark.e2e

CUSTOMER = "㈱髙﨑𠮷商店"
# The life lies around today.
START, CHANGED = TODAY - timedelta(days=40), TODAY - timedelta(days=10)
OUT, BACK = TODAY - timedelta(days=8), TODAY - timedelta(days=6)
END = TODAY + timedelta(days=20)


def test_from_a_quotation_to_the_last_bill_by_keyboard_alone(screen: Screen, data: Path) -> None:
    quoted(data)
    with window(screen, data) as hands:
        hands.wait_for_window()
        make_contract(hands)
        apply(hands)
        live(hands)
        leave(hands)
        hands.close()
    desk = reopened(data)
    with desk.storage.look() as work:
        (row,) = work.contracts.rows(work.contracts.seqs(ContractQuery()))
        stored = work.contracts.get(row.id)
    assert row.state is ContractState.ENDING
    assert row.ended_on == END
    months = [str(month) for month in Month.of(START).until(Month.of(END))]
    told = asked(months)
    rows = {str(one.month): one.total for one in month_rows(stored.timeline, catalogue(), END, {})}
    assert {month: rows.get(month, 0) for month in months} == {
        month: bill["total"] for month, bill in told.items()
    }
    assert desk.storage.check() == []  # type: ignore[attr-defined]
    desk.storage.close()


def quoted(data: Path) -> None:
    """A desk with a customer and an issued quotation of 15 licences of 見張り番."""
    desk = new_desk(data)
    customer = register_customer(
        desk,
        CustomerFields(
            name=CUSTOMER, phone="06-0000-0148", prefecture="大阪府", address="大阪市", person="山田"
        ),
    )
    entry = ServiceEntry(service="mihariban", items={"license": 15}, start=START)
    content = QuotationContent(customer_id=customer.id, customer=customer.fields, services=(entry,))
    draft = start_quotation(desk, content)
    issue_quotation(desk, draft.id, draft.version)
    desk.storage.close()


def asked(months: list[str]) -> dict[str, dict[str, int]]:
    """What ``answer`` says of the same facts."""
    at = "{:%Y-%m-%dT%H:%M}".format
    contract = {
        "start": START.isoformat(),
        "items": {"license": 15},
        "changes": [{"on": CHANGED.isoformat(), "items": {"license": 20}}],
        "outages": [
            {
                "known_at": at(datetime(OUT.year, OUT.month, OUT.day, 9)),  # noqa: DTZ001
                "restored_at": at(datetime(BACK.year, BACK.month, BACK.day, 10)),  # noqa: DTZ001
                "cause": "company",
            }
        ],
        "cancel": {"on": END.isoformat(), "by": "customer"},
    }
    given = {"service": "mihariban", "contract": contract, "months": months}
    reply = answer_question({"id": 1, "ask": "bill", "given": given}, catalogue(), TODAY)
    found: dict[str, dict[str, int]] = reply["answer"]["months"]  # type: ignore[index]
    return found


def make_contract(hands: Hands) -> None:
    """契約にする, from the list of quotations."""
    hands.press("ctrl+2")
    hands.wait("its row", lambda sight: CUSTOMER in (sight["focus"] or {}).get("text", ""))
    hands.press("Return")
    hands.wait_for_words("内容")
    hands.go_to("契約にする", back=True)
    hands.press("Return")
    hands.wait_for_words("申込準備")
    hands.wait_for_focus("数量")
    hands.fill("回線番号", "CAF12345")


def record(hands: Hands, action: str, first: str, done: str, **typed: str) -> None:
    """Open the panel of an action, type into its fields, register."""
    hands.go_to(action)
    hands.press("Return")
    hands.wait_for_focus(first)
    fill(hands, typed)
    hands.press("ctrl+Return")
    hands.wait_for_words(done)


def fill(hands: Hands, typed: dict[str, str]) -> None:
    """Type into fields of a panel; ``True`` ticks a box."""
    for name, text in typed.items():
        if text == "True":
            hands.go_to(name)
            hands.press("space")
        else:
            hands.fill(name, text)


def explain(hands: Hands, day: str) -> None:
    """The summary is shown and signed; what was signed is issued and recorded."""
    hands.go_to("説明を記録")
    hands.press("Return")
    hands.wait_for_window("ExplanationDialog")
    hands.sign()
    hands.go_to("説明した日", back=True)
    hands.type(day)
    hands.press("ctrl+Return")
    hands.wait_for_words("を発行し、説明を記録しました")
    hands.wait_for_window()


def apply(hands: Hands) -> None:
    """説明, 送付, 承諾, 開始; each day is the day of the start."""
    day = START.isoformat()
    explain(hands, day)
    record(hands, "送付", "足りないまま送付する", "審査中", 足りないまま送付する="True", 送付した日=day)
    record(hands, "承諾", "通知の発行日", "開始待ち", 通知の発行日=day, 効力発生日=day)
    record(hands, "利用開始", "利用開始日", "利用中", 利用開始日=day)


def live(hands: Hands) -> None:
    """More licences, then an outage of 49 hours."""
    record(hands, "数量変更", "変更後の数量", "20ライセンス", 変更後の数量="20", 変更日=CHANGED.isoformat())
    hands.wait_for_words("数量・オプション変更を登録しました")
    hands.go_to("障害")
    hands.press("Return")
    hands.wait_for_focus("利用できないと知った日")
    hands.type(OUT.isoformat())
    hands.press("Tab")
    hands.press("ctrl+a")
    hands.type("9:00")
    hands.go_to("いまの状態")
    hands.press("Right")
    hands.fill("復旧した日", BACK.isoformat())
    hands.press("Tab")
    hands.press("ctrl+a")
    hands.type("10:00")
    hands.press("ctrl+Return")
    hands.wait_for_words("障害を登録しました")


def leave(hands: Hands) -> None:
    """解約 by the customer, on a day to come."""
    hands.go_to("そのほかの手続き")
    hands.press("Return")
    hands.choose("解約（お客さまから）")
    hands.wait("its panel", lambda sight: "ActionPanel" in (sight["focus"] or {}).get("place", ""))
    hands.fill("解約希望日", END.isoformat())
    hands.press("ctrl+Return")
    hands.wait_for_words("解約予定")
