"""What is done with papers beyond issuing them: how they stand, the e-mail that carries one, a copy marked 控,
the bills of a month together.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.contract.record import StoredContract
from app.days import Month
from app.errors import UserError
from app.papers.issuer import PaperSettings, ServiceRole
from app.papers.request import PaperRequest
from app.quote.stored import IssuedPaper
from app.usecases.approve_paper import answer_approval, ask_approval
from app.usecases.bills_to_issue import bills_to_issue, requests_for
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.keep_settings import save_settings
from app.usecases.mail_draft import draft_mail, mail_bytes, write_mail
from app.usecases.make_paper import issue_many, issue_paper
from app.usecases.paper_stand import stand_of
from app.usecases.papers_around import papers_of_contract, papers_of_customer
from app.usecases.reprint_paper import reprint_paper
from app.usecases.run_month import run_month
from app.usecases.search_papers import open_paper
from app.usecases.void_paper import void_paper
from tests.billing_desk import Clock, billing_desk, three

_CODES = ("mihariban", "osect", "dokodemo-prime")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, list[StoredContract]]]:
    """November closed for three contracts of customers with addresses; we provide the services."""
    desk = billing_desk(tmp_path_factory.mktemp("acts") / "d", Clock())
    ours = {code: ServiceRole(role="provider") for code in _CODES}
    save_settings(desk, replace(desk.settings(), roles=ours))
    made = three(desk)
    with desk.storage.work() as work:
        for one in made[:2]:
            kept = work.customers.get(one.customer_id)
            fields = replace(
                kept.fields, prefecture="大阪府", address="大阪市中央区1-1", email="k@example.jp"
            )
            work.customers.save(kept.id, kept.version, fields)
        work.commit()
    run = run_month(desk, Month(2026, 11))
    close_month(desk, run.id, run.version)
    yield desk, made
    desk.storage.close()


def bill_of(desk: Desk, contract: StoredContract) -> str:
    with desk.storage.look() as work:
        bill = work.bills.bill_of(contract.id, "2026-11")
    assert bill is not None
    return bill.id


def issued(desk: Desk, contract: StoredContract) -> IssuedPaper:
    return issue_paper(desk, PaperRequest(kind="B", subject=bill_of(desk, contract)))


def test_a_paper_stands_as_a_draft_then_as_issued(closed: tuple[Desk, list[StoredContract]]) -> None:
    desk, made = closed
    request = PaperRequest(kind="T", subject=bill_of(desk, made[1]), options={"fee": False})
    before = stand_of(desk, request)
    assert before.may_issue
    assert before.total == 66_000
    paper = issue_paper(desk, request)
    after = stand_of(desk, request)
    assert after.same
    assert not after.may_issue
    assert after.issued == paper
    void_paper(desk, paper.id, "請求書を別に発行するため")  # else it would ask for the money in its place


def test_everything_wrong_is_told_at_once(closed: tuple[Desk, list[StoredContract]]) -> None:
    desk, made = closed
    settings = desk.settings()
    save_settings(desk, replace(settings, company=replace(settings.company, name="", registration="")))
    try:
        with pytest.raises(UserError) as told:
            stand_of(desk, PaperRequest(kind="B", subject=bill_of(desk, made[2])))
    finally:
        save_settings(desk, replace(settings, version=desk.settings().version))
    assert {one.code for one in told.value.problems} == {"no-company", "no-registration", "no-address"}


def test_approval_is_for_exactly_what_the_paper_says(closed: tuple[Desk, list[StoredContract]]) -> None:
    desk, made = closed
    settings = desk.settings()
    save_settings(desk, replace(settings, papers=PaperSettings(approve=("F",))))
    request = PaperRequest(kind="F", subject=made[0].id, options={"month": "2026-11"})
    assert stand_of(desk, request).needs_approval
    assert not stand_of(desk, request).may_issue
    asked = ask_approval(desk, request)
    answer_approval(desk, asked.id, approve=True)
    assert stand_of(desk, request).may_issue
    assert not stand_of(desk, replace(request, options={"month": "2026-10"})).may_issue
    issue_paper(desk, request)
    save_settings(desk, replace(settings, version=desk.settings().version))


def test_the_mail_carries_the_very_paper(closed: tuple[Desk, list[StoredContract]], tmp_path: Path) -> None:
    desk, made = closed
    paper = issued(desk, made[0])
    target = write_mail(desk, paper.id, tmp_path / "請求書.eml")
    mail = message_from_bytes(target.read_bytes(), policy=default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "k@example.jp"
    assert paper.number in mail["Subject"]
    body = mail.get_body(("plain",))
    assert body is not None
    words = body.get_content()
    assert "青葉商店" in words
    assert "6,479円（税込）" in words
    assert "2026年12月31日" in words
    attached = next(mail.iter_attachments())
    assert attached.get_filename() == f"{paper.number}-1_請求書_青葉商店.pdf"
    assert attached.get_content() == paper.pdf
    assert b"filename*" in target.read_bytes(), "RFC 2231"


def test_what_people_typed_adds_no_line_to_the_head(closed: tuple[Desk, list[StoredContract]]) -> None:
    desk, made = closed
    paper = issue_paper(desk, PaperRequest(kind="C", subject=made[1].id))
    draft = draft_mail(desk, paper.id)
    evil = "ご請求\r\nBcc: all@example.jp\u2028X-Evil: 1\x85X-Too: 1"
    mail = message_from_bytes(
        mail_bytes(dataclasses.replace(draft, subject=evil, file_name="a\r\nb.pdf")), policy=default
    )
    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    with desk.storage.work() as work:
        kept = work.customers.get(made[1].customer_id)
        wrong = replace(kept.fields, email="a@example.jp, b@example.jp\nBcc: c@example.jp")
        work.customers.save(kept.id, kept.version, wrong)
        work.commit()
    assert draft_mail(desk, paper.id).to == ""


def test_a_copy_says_so_and_leaves_the_original(closed: tuple[Desk, list[StoredContract]]) -> None:
    desk, made = closed
    paper = issued(desk, made[0])
    copy = reprint_paper(desk, paper.id)
    assert copy.paper == paper
    assert copy.pdf != paper.pdf
    assert copy.pdf.startswith(paper.pdf)
    with desk.storage.look() as work:
        assert work.papers.get(paper.id).pdf == paper.pdf
        assert not work.audit.check()


def test_what_was_voided_goes_out_as_a_marked_copy_only(closed: tuple[Desk, list[StoredContract]]) -> None:
    desk, made = closed
    paper = issue_paper(desk, PaperRequest(kind="C", subject=made[0].id))
    as_valid = reprint_paper(desk, paper.id).pdf
    void_paper(desk, paper.id, "宛名の誤り")
    with pytest.raises(UserError) as told:
        draft_mail(desk, paper.id)
    assert told.value.code == "voided"
    copy = reprint_paper(desk, paper.id).pdf
    assert copy.startswith(paper.pdf)
    assert copy != as_valid, "it says that it no longer counts"


def test_the_bills_of_a_month_are_issued_together_again_and_again(
    closed: tuple[Desk, list[StoredContract]],
) -> None:
    desk, made = closed
    with desk.storage.look() as work:
        run = work.bills.run("2026-11")
    assert run is not None
    found = bills_to_issue(desk, run.id)
    assert len(found.rows) == 3
    assert found.left_out == 0
    first = issue_many(desk, requests_for(found.rows, date(2026, 12, 1)))
    refused = [one for one in first if isinstance(one, UserError)]
    assert [one.code for one in refused] == ["no-address"], "the rest went out all the same"
    again = issue_many(desk, requests_for(found.rows, date(2026, 12, 1), ("no-address",)))
    numbers = [one.number for one in again if isinstance(one, IssuedPaper)]
    assert len(set(numbers)) == 3
    assert {one.number for one in first if isinstance(one, IssuedPaper)} <= set(numbers)
    assert bills_to_issue(desk, run.id, [made[0].seq]).issued == 1


def test_a_contract_offers_what_can_be_made_of_it(closed: tuple[Desk, list[StoredContract]]) -> None:
    desk, made = closed
    paper = issued(desk, made[0])
    around = papers_of_contract(desk, made[0].id)
    assert paper.id in {one.id for one in around.rows}
    assert open_paper(desk, paper.id).billed_contract == made[0].id
    assert [one.kind for one in around.makable] == ["E", "C", "F", "P", "B", "T", "D", "L"]
    assert {one.id for one in papers_of_customer(desk, made[1].customer_id).rows}.isdisjoint({paper.id})
