"""規約改定: whom an edition touches, what each pays then, the letter, and what is recorded."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest

from app.contract.facts import Changed, Ended, TermsNoticed
from app.contract.record import ContractState, StoredContract
from app.errors import EnvironmentProblem, UserError
from app.papers.model import Points, Table
from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from app.usecases.find_terms_change import (
    TermsChange,
    TouchedContract,
    changes_of,
    terms_change,
    touched_contracts,
    touched_seqs,
)
from app.usecases.record_entry import record
from app.usecases.tell_terms_change import check_telling, letter_of, tell_customer
from app.usecases.what_if import cost_of_ending
from tests.app.usecases.contracts import begun
from tests.desks import NOW, new_desk, settings
from tests.shipped import ROOT

TODAY = NOW.date()
START = date(2027, 4, 1)
PRIME = "dokodemo-prime"


def next_edition(folder: Path) -> Path:
    """An owner's file: どこでもプライム from April 2027 on, dearer."""
    text = (ROOT / "resources" / "tariffs" / f"{PRIME}.toml").read_text("utf-8")
    edition = "[[editions]]\nstart = " + text.rpartition("[[editions]]\nstart = ")[2]
    for old, new in (
        ("start = 2026-05-11", "start = 2027-04-01"),
        ("附則（2026年4月6日 B委VDD155500004220-01号）", "附則（2027年3月8日）"),
        ("price = 2400", "price = 2450"),
    ):
        assert old in edition
        edition = edition.replace(old, new, 1)
    folder.mkdir(exist_ok=True)
    path = folder / "2027.toml"
    path.write_text(f'code = "{PRIME}"\n\n{edition}', encoding="utf-8")
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = new_desk(tmp_path / "desk")
    own = tmp_path / "tariffs"
    next_edition(own)
    made.take_catalogue(Catalogue((ROOT / "resources" / "tariffs", own)))
    return made


def prime(desk: Desk, ids: int = 31, start: date = date(2026, 5, 20)) -> StoredContract:
    return begun(desk, PRIME, {"id": ids}, start)


def change(desk: Desk) -> TermsChange:
    return terms_change(desk.catalogue, PRIME, START)


def touched(desk: Desk) -> list[TouchedContract]:
    return touched_contracts(desk, change(desk), list(touched_seqs(desk, PRIME)))


def test_what_an_edition_changes_is_told_without_what_is_only_ours(desk: Desk) -> None:
    found = change(desk)
    rows = [row for section in found.changes for row in section.rows]
    assert [(row.before, row.after) for row in rows] == [("2,400円", "2,450円")]
    assert found.waived
    assert found.priced
    assert changes_of(desk.catalogue, PRIME)[0] == START


def test_no_edition_begins_on_that_day(desk: Desk) -> None:
    with pytest.raises(UserError) as told:
        terms_change(desk.catalogue, PRIME, date(2027, 4, 2))
    assert told.value.code == "bad-input"


def test_contracts_are_touched_with_their_price_before_and_after(desk: Desk) -> None:
    prime(desk, 31)
    prime(desk, 12)
    begun(desk, "mihariban", {"license": 15}, date(2026, 5, 20))
    found = sorted(touched(desk), key=lambda one: one.before or 0)
    assert [(one.quantity, one.before, one.after) for one in found] == [
        ("12 ID", 33_600, 33_600),
        ("31 ID", 74_400, 75_950),
    ]
    assert [one.difference for one in found] == [0, 1_550]


def test_what_a_contract_has_on_the_day_itself_counts(desk: Desk) -> None:
    stored = prime(desk, 31)
    record(desk, stored.id, stored.version, (Changed(on=date(2027, 4, 1), items={"id": 12}),))
    (one,) = touched(desk)
    assert (one.before, one.after) == (74_400, 33_600)


def test_contracts_that_are_over_by_then_are_left_out(desk: Desk) -> None:
    stored = prime(desk)
    record(desk, stored.id, stored.version, (Ended(on=date(2027, 3, 31), requested=TODAY),))
    later = prime(desk)
    record(desk, later.id, later.version, (Ended(on=date(2027, 5, 31), requested=TODAY),))
    assert [one.contract_id for one in touched(desk)] == [later.id]


def test_telling_records_the_notice_keeps_the_letter_and_writes_it(desk: Desk, tmp_path: Path) -> None:
    stored = prime(desk)
    told = tell_customer(desk, change(desk), stored.id, TODAY, tmp_path)
    assert told is not None
    assert told.number.startswith("N-HM1-2611-")
    pdf = (tmp_path / told.file).read_bytes()
    with desk.storage.look() as work:
        now = work.contracts.get(stored.id)
        (kept,) = work.beside.attachments_of("contract", stored.id)
        assert work.beside.attached(kept.id) == pdf
        (letter,) = work.papers.about("contract", stored.id)
        assert work.papers.get(letter.id).pdf == pdf
    assert (letter.kind, letter.number, letter.customer_id) == ("N", told.number, stored.customer_id)
    assert kept.sha256 == sha256(pdf).hexdigest()
    notice = now.entries[-1]
    assert isinstance(notice.entry, TermsNoticed)
    assert (notice.entry.notified, notice.entry.effective, notice.entry.edition) == (TODAY, START, START)
    assert notice.note == told.number
    assert now.state is ContractState.ACTIVE
    assert touched(desk)[0].told is not None


def test_leaving_is_free_from_the_notice_to_the_day_itself(desk: Desk, tmp_path: Path) -> None:
    stored = prime(desk)
    tell_customer(desk, change(desk), stored.id, TODAY, tmp_path)
    with desk.storage.look() as work:
        deadlines = [row.deadline for row in work.contracts.deadlines(None, date(2027, 12, 31))]
        timeline = work.contracts.get(stored.id).timeline
    free = [(one.since, one.on) for one in deadlines if one.code == "leave_free_until"]
    assert free == [(TODAY, START)]
    ordinary = cost_of_ending(timeline, desk.catalogue, START, 1)[0].fee
    assert ordinary > 0
    leaving = Ended(on=START, reason="terms-change", requested=START, notified=TODAY, effective=START)
    with desk.storage.look() as work:
        version = work.contracts.get(stored.id).version
    ended = record(desk, stored.id, version, (leaving,))
    from app.charge.termination import ending

    found = ending(ended.timeline, desk.catalogue)
    assert found is not None
    assert found.line is None or found.line.amount == 0


def test_the_pdf_says_who_what_and_until_when(desk: Desk, tmp_path: Path) -> None:
    stored = prime(desk)
    told = tell_customer(desk, change(desk), stored.id, TODAY, tmp_path)
    assert told is not None
    document = pypdfium2.PdfDocument((tmp_path / told.file).read_bytes())
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for words in (
        "規約改定のお知らせ", told.number, "株式会社みのり食品", stored.number, "31 ID", "75,950",
        "74,400", "2027年4月1日", "株式会社まどぐち通信サービス", "以上",
    ):  # fmt: skip
        assert words in text
    assert "下書き" not in text


def test_nobody_is_told_twice(desk: Desk, tmp_path: Path) -> None:
    stored = prime(desk)
    assert tell_customer(desk, change(desk), stored.id, TODAY, tmp_path) is not None
    assert tell_customer(desk, change(desk), stored.id, TODAY, tmp_path) is None
    assert len(list(tmp_path.glob("N-*.pdf"))) == 1


def test_a_letter_that_cannot_be_written_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    stored = prime(desk)
    with pytest.raises(EnvironmentProblem):
        tell_customer(desk, change(desk), stored.id, TODAY, tmp_path / "gone")
    with desk.storage.look() as work:
        assert work.contracts.get(stored.id).version == stored.version
        assert not work.beside.attachments_of("contract", stored.id)
    told = tell_customer(desk, change(desk), stored.id, TODAY, tmp_path)
    assert told is not None
    assert told.number.endswith("-0001")  # the number was not lost either


def test_a_notice_after_the_change_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError) as told:
        check_telling(desk, change(desk), date(2027, 4, 2))
    assert told.value.code == "notice-after-effect"


def test_without_a_desk_code_no_letter_gets_a_number(tmp_path: Path, desk: Desk) -> None:
    bare = new_desk(tmp_path / "bare", ready=False)
    bare.take_catalogue(desk.catalogue)
    with pytest.raises(UserError) as told:
        check_telling(bare, change(bare), TODAY)
    assert told.value.code == "no-desk-code"


def test_the_letter_says_what_is_paid_and_until_when_leaving_is_free(desk: Desk) -> None:
    stored = prime(desk)
    paper, _images = letter_of(desk, change(desk), stored.id, TODAY)
    assert paper.draft
    assert paper.number == ""
    assert paper.headline.amount == 75_950
    assert [fact.amount for fact in paper.headline.facts] == [74_400, 1_550]
    points = next(section for section in paper.sections if isinstance(section, Points))
    said = " ".join(point.text for point in points.points)
    assert "2026年11月20日（金）から2027年4月1日（木）までに解約をお申し出ください" in said
    assert "5営業日前まで" in said
    assert any(isinstance(section, Table) and len(section.rows) == 1 for section in paper.sections)
    assert settings().company.name in paper.footer


def test_a_letter_about_the_same_price_says_so(desk: Desk) -> None:
    stored = prime(desk, 12)
    paper, _images = letter_of(desk, change(desk), stored.id, TODAY)
    assert paper.headline.label == ""
    assert any("変わりません（月額 33,600円・税抜）" in str(section) for section in paper.sections)


def test_where_the_terms_do_not_waive_the_fee_the_letter_does_not_promise_it(desk: Desk) -> None:
    stored = begun(desk, "media-light", {"endpoint": 8}, date(2024, 5, 20))
    latest = terms_change(desk.catalogue, "media-light", date(2024, 4, 1))
    assert not latest.waived
    paper, _images = letter_of(desk, latest, stored.id, date(2024, 3, 1))
    said = str(paper.sections)
    assert "解約金がかかることがあります" in said
    assert "解約金はかかりません" not in said
