"""Quotations through their whole life, on a real database with real papers."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader

from app.errors import ConflictError, EnvironmentProblem, UserError
from app.papers.model import Images, Paper
from app.quote.content import QuotationContent, ServiceEntry
from app.quote.stored import QuotationState, StoredQuotation
from app.usecases.compare_revision import changes_since
from app.usecases.desk import Desk
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_quotation import (
    copy_quotation,
    delete_draft,
    open_quotation,
    save_draft,
    set_state,
    start_quotation,
)
from app.usecases.price_quotation import price_content
from app.usecases.void_paper import void_paper
from app.words import set_language
from tests.desks import new_desk, reopened
from tests.shipped import catalogue, request


@pytest.fixture
def desk(data: Path) -> Iterator[Desk]:
    made = new_desk(data)
    yield made
    made.storage.close()


@pytest.fixture
def content() -> QuotationContent:
    return request("dokodemo-prime").content


def save(desk: Desk, stored: StoredQuotation, content: QuotationContent) -> StoredQuotation:
    priced = price_content(desk, content, desk.settings())
    return save_draft(desk, stored.id, stored.version, content, priced)


def test_a_draft_comes_back_exactly_as_it_was_typed(desk: Desk, content: QuotationContent) -> None:
    stored = start_quotation(desk, content)
    assert open_quotation(desk, stored.id).stored.content == content
    assert stored.totals.total == 2_197_030
    assert stored.state is QuotationState.DRAFT


def test_the_list_tells_yearly_fees_from_monthly_ones_and_counts_what_is_open(
    desk: Desk, content: QuotationContent
) -> None:
    both = msgspec.structs.replace(
        content, services=(*content.services, *request("mdr-ndr").content.services), visits=()
    )
    totals = start_quotation(desk, both).totals
    assert (totals.monthly_net, totals.yearly_net, totals.open_items) == (74_400, 3_600_000, 0)
    wrong = msgspec.structs.replace(
        content,
        customer=msgspec.structs.replace(content.customer, name=""),
        services=(ServiceEntry(service="dokodemo-prime", start=date(2026, 12, 10), items={"id": 0}),),
        visits=(),
    )
    totals = start_quotation(desk, wrong).totals
    assert (totals.monthly_net, totals.total, totals.open_items) == (0, 0, 2)


def test_issuing_numbers_freezes_and_archives_the_exact_paper(desk: Desk, content: QuotationContent) -> None:
    stored = start_quotation(desk, content)
    issued = issue_quotation(desk, stored.id, stored.version)
    assert issued.revision.number == "Q-HM1-2611-0001"
    with desk.storage.look() as work:
        kept = work.papers.get(issued.paper.id)
        assert work.audit.check() == []
    assert kept.pdf == issued.paper.pdf
    assert hashlib.sha256(kept.pdf).hexdigest() == kept.sha256
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(kept.pdf)).pages)
    assert "Q-HM1-2611-0001" in text
    assert "2,197,030" in text
    assert issued.revision.frozen["total"]["total"] == 2_197_030
    assert issued.revision.editions == {"dokodemo-prime": "2026-05-11"}


def test_a_change_after_issuing_makes_revision_two_and_keeps_one(
    desk: Desk, content: QuotationContent
) -> None:
    stored = start_quotation(desk, content)
    first = issue_quotation(desk, stored.id, stored.version)
    more = msgspec.structs.replace(
        content,
        services=(ServiceEntry(service="dokodemo-prime", start=date(2026, 12, 10), items={"id": 50}),),
    )
    changed = save(desk, first.stored, more)
    assert changed.dirty
    second = issue_quotation(desk, changed.id, changed.version)
    assert (second.revision.number, second.revision.revision) == (first.revision.number, 2)
    revisions = open_quotation(desk, stored.id).revisions
    assert [one.revision for one in revisions] == [1, 2]
    with desk.storage.look() as work:
        assert work.papers.get(revisions[0].paper_id).pdf == first.paper.pdf


def test_issuing_twice_without_a_change_is_refused(desk: Desk, content: QuotationContent) -> None:
    stored = start_quotation(desk, content)
    issued = issue_quotation(desk, stored.id, stored.version)
    with pytest.raises(UserError) as refused:
        issue_quotation(desk, stored.id, issued.stored.version)
    assert refused.value.code == "nothing-changed"
    void_paper(desk, issued.paper.id, "宛名の誤り")
    anew = issue_quotation(desk, stored.id, issued.stored.version)
    assert anew.revision.revision == 2


def test_numbers_follow_each_other_and_are_never_given_twice(desk: Desk, content: QuotationContent) -> None:
    numbers = []
    for _count in range(3):
        stored = start_quotation(desk, content)
        numbers.append(issue_quotation(desk, stored.id, stored.version).revision.number)
    assert numbers == ["Q-HM1-2611-0001", "Q-HM1-2611-0002", "Q-HM1-2611-0003"]


def test_papers_speak_their_own_language_whatever_the_window_speaks(
    desk: Desk, content: QuotationContent
) -> None:
    set_language("en")
    stored = start_quotation(desk, content)
    issued = issue_quotation(desk, stored.id, stored.version)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(issued.paper.pdf)).pages)
    assert "下記のとおりお見積り申し上げます" in text
    assert issued.stored.totals.title == "どこでもプライム（31 ID）と訪問1回"
    assert issued.revision.frozen["groups"][0]["title"] == "初期費用"
    english = start_quotation(desk, msgspec.structs.replace(content, language="en"))
    assert "Dokodemo Prime" in english.totals.title


def test_what_keeps_it_from_being_issued_is_told_with_its_field(desk: Desk) -> None:
    stored = start_quotation(desk, QuotationContent())
    with pytest.raises(UserError) as refused:
        issue_quotation(desk, stored.id, stored.version)
    assert {problem.field for problem in refused.value.problems} == {"customer.name", "services"}
    assert open_quotation(desk, stored.id).revisions == ()


def test_without_desk_code_nothing_is_issued(data: Path, content: QuotationContent) -> None:
    desk = new_desk(data, ready=False)
    stored = start_quotation(desk, content)
    with pytest.raises(UserError) as refused:
        issue_quotation(desk, stored.id, stored.version)
    assert refused.value.code == "no-desk-code"
    desk.storage.close()


def test_a_paper_that_cannot_be_drawn_leaves_no_trace_and_no_gap(
    desk: Desk, content: QuotationContent
) -> None:
    def broken(paper: Paper, images: Images) -> bytes:
        raise EnvironmentProblem("font-missing", "書体がありません。")

    stored = start_quotation(desk, content)
    failing = Desk(desk.storage, desk.catalogue, broken, desk.now)
    with pytest.raises(EnvironmentProblem):
        issue_quotation(failing, stored.id, stored.version)
    assert open_quotation(desk, stored.id) == open_quotation(desk, stored.id)
    assert open_quotation(desk, stored.id).stored.number == ""
    assert issue_quotation(desk, stored.id, stored.version).revision.number == "Q-HM1-2611-0001"


def test_a_second_window_overwrites_nothing(desk: Desk, data: Path, content: QuotationContent) -> None:
    stored = start_quotation(desk, content)
    other = reopened(data)
    newer = save(other, stored, msgspec.structs.replace(content, title="別の窓"))
    with pytest.raises(ConflictError):
        save(desk, stored, msgspec.structs.replace(content, title="この窓"))
    with pytest.raises(ConflictError):
        issue_quotation(desk, stored.id, stored.version)
    assert open_quotation(desk, stored.id).stored.content.title == "別の窓"
    assert newer.version > stored.version
    other.storage.close()


def test_a_copy_is_a_draft_of_its_own(desk: Desk, content: QuotationContent) -> None:
    stored = start_quotation(desk, content)
    issue_quotation(desk, stored.id, stored.version)
    copy = copy_quotation(desk, stored.id)
    assert (copy.state, copy.number, copy.copied_from) == (QuotationState.DRAFT, "", stored.id)
    assert copy.content.services == content.services


def test_only_issued_quotations_are_won_or_lost_and_only_drafts_thrown_away(
    desk: Desk, content: QuotationContent
) -> None:
    stored = start_quotation(desk, content)
    with pytest.raises(UserError, match="発行していない"):
        set_state(desk, stored.id, stored.version, QuotationState.WON)
    issued = issue_quotation(desk, stored.id, stored.version).stored
    won = set_state(desk, stored.id, issued.version, QuotationState.WON)
    assert won.state is QuotationState.WON
    with pytest.raises(UserError, match="削除できません"):
        delete_draft(desk, stored.id, won.version)
    draft = start_quotation(desk, content)
    delete_draft(desk, draft.id, draft.version)
    with pytest.raises(UserError):
        open_quotation(desk, draft.id)


def test_reopened_later_it_says_what_has_changed_since(desk: Desk, content: QuotationContent) -> None:
    stored = start_quotation(desk, content)
    issued = issue_quotation(desk, stored.id, stored.version)
    unchanged = price_content(desk, issued.revision.content, desk.settings())
    assert changes_since(issued.revision, unchanged, desk.catalogue) == ()
    other = Desk(desk.storage, catalogue().with_choices({"migration-tier": "marginal"}), desk.draw, desk.now)
    now = price_content(other, issued.revision.content, desk.settings())
    sentences = changes_since(issued.revision, now, desk.catalogue)
    assert any("お見積総額" in sentence for sentence in sentences)
    assert (
        "解釈「データ移行の台数区分」が「同じ容量区分の台数で選び、全台に適用」から"
        "「台数の段階ごとに適用」に変わりました。"
    ) in sentences
