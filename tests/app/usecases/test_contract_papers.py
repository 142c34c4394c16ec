"""The papers of contracts on a real desk: numbers, revisions, what is archived with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.contract.beside import EquipmentFields
from app.contract.facts import Ended
from app.contract.record import BillingAddress
from app.errors import UserError
from app.papers.request import PaperRequest
from app.usecases import keep_application
from app.usecases.desk import Desk
from app.usecases.keep_equipment import add_device
from app.usecases.make_paper import issue_paper, preview_paper
from app.usecases.paper_cover import cover_for
from app.usecases.paper_deposit import deposit_defaults
from tests.app.usecases import contracts
from tests.desks import new_desk
from tests.shipped import TODAY

START = date(2026, 12, 10)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path)


def asked(kind: str, subject: str, **options: object) -> PaperRequest:
    return PaperRequest(kind=kind, subject=subject, options=dict(options))


def test_an_application_goes_under_the_contracts_digits_until_it_begins(desk: Desk) -> None:
    made = contracts.content("dokodemo-prime", {"id": 31}, START, "CAF0001")
    stored = keep_application.start_application(desk, contracts.customer(desk), made)
    draft, _images = preview_paper(desk, asked("A", stored.id))
    assert (draft.number, draft.draft, draft.title) == ("", True, "申込内容確認書（取次用）")
    first = issue_paper(desk, asked("A", stored.id))
    assert (first.number, first.revision, first.total) == (f"A{stored.number[1:]}", 1, 81_840)
    assert issue_paper(desk, asked("A", stored.id)).id == first.id
    stored = keep_application.explain(desk, stored.id, stored.version, TODAY, "田村 美咲")
    second = issue_paper(desk, asked("A", stored.id))
    assert (second.number, second.revision) == (first.number, 2)
    with pytest.raises(UserError) as caught:
        issue_paper(desk, asked("A", stored.id, signature="x", colour="blue"))
    assert [one.field for one in caught.value.problems] == ["options.signature", "options.colour"]
    stored = keep_application.submit(desk, stored.id, stored.version, TODAY, anyway=True)
    stored = keep_application.withdraw(desk, stored.id, stored.version, TODAY, "お取りやめ")
    with pytest.raises(UserError) as caught:
        preview_paper(desk, asked("A", stored.id))
    assert caught.value.code == "application-over"


def test_the_sheet_of_a_contract_follows_it_and_letters_go_with_it(desk: Desk) -> None:
    stored = contracts.begun(desk, "media-light", {"endpoint": 8, "gateway-10": 1}, date(2026, 5, 20), "CAF1")
    sheet = issue_paper(desk, asked("C", stored.id))
    assert (sheet.number, sheet.revision, sheet.total) == (stored.number, 1, 18_480)
    assert issue_paper(desk, asked("C", stored.id)).id == sheet.id
    device = EquipmentFields(model="gateway-10", serial="GW1", delivered_on=date(2026, 5, 10))
    add_device(desk, stored.id, device)
    assert issue_paper(desk, asked("C", stored.id)).revision == 2

    offered = deposit_defaults(desk, stored.id)
    assert offered["items"][0]["note"] == "製造番号 GW1"
    received = issue_paper(desk, asked("D", stored.id, **offered))
    again = issue_paper(desk, asked("D", stored.id, **offered))
    assert (received.number, again.number) == ("D-HM1-2611-0001", "D-HM1-2611-0002")
    with pytest.raises(UserError) as caught:
        issue_paper(desk, asked("D", stored.customer_id, until="2026-11-19"))
    fields = [one.field for one in caught.value.problems]
    assert fields == ["options.items", "options.purpose", "options.until"]

    with desk.storage.look() as work:
        stored = work.contracts.get(stored.id)
    billed = msgspec.structs.replace(
        stored.content, billing=BillingAddress(name="株式会社親会社", address="神戸市1-1")
    )
    keep_application.save_application(desk, stored.id, stored.version, billed)
    letter = cover_for(desk, [sheet.id, received.id])
    assert (letter.subject, letter.options["subject_kind"]) == (stored.id, "contract")
    shown, _images = preview_paper(desk, letter)
    assert shown.addressee.name == "株式会社親会社"
    assert issue_paper(desk, letter).number == "L-HM1-2611-0001"

    keep = contracts.record(desk, stored.id, stored.version + 1, (Ended(on=TODAY, requested=TODAY),))
    draft, _images = preview_paper(desk, asked("D", keep.id, **(offered | {"given_back": None})))
    assert draft.headline.facts[1].label == "このあと"  # rented devices come back for good
    assert deposit_defaults(desk, keep.id)["given_back"] is False

    other = issue_paper(
        desk, asked("D", contracts.customer(desk, "別の会社"), items=[{"name": "鍵"}], purpose="点検")
    )
    with pytest.raises(UserError) as caught:
        cover_for(desk, [sheet.id, other.id])
    assert caught.value.code == "several-customers"
    with pytest.raises(UserError) as caught:
        cover_for(desk, [])
    assert caught.value.code == "nothing-chosen"
