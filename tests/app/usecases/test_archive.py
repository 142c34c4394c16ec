"""What the desk does with issued papers: voids, sends, approves, verifies, exports; how long they stay."""

from __future__ import annotations

import csv
import hashlib
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest

import main
from app.errors import EnvironmentProblem, UserError
from app.papers.archived import PaperAbout, PaperQuery
from app.papers.issuer import PaperSettings, Settings, Staff
from app.papers.retention import retention_of
from app.quote.content import ServiceEntry
from app.usecases.approve_paper import (
    answer_approval,
    ask_quotation_approval,
    draft_to_approve,
    may_approve,
    waiting_approvals,
)
from app.usecases.desk import Desk
from app.usecases.export_papers import HASHES, INDEX, PapersExport, export_papers
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_quotation import start_quotation
from app.usecases.keep_settings import save_settings
from app.usecases.search_papers import find_papers, open_paper
from app.usecases.send_paper import send_paper
from app.usecases.staff_account import Account, Role
from app.usecases.verify_archive import verify_archive
from app.usecases.void_paper import void_paper
from tests.app.usecases.test_sealed_zip import WORDS, opened
from tests.db.conftest import TOTALS, content_for
from tests.desks import JAPAN, NOW, new_desk

SERVICE = ServiceEntry(service="dokodemo-prime", items={"id": 49}, start=date(2026, 12, 10))
CONTENT = content_for(services=(SERVICE,))
ERASABLE = date(2034, 6, 1)


@pytest.fixture
def desk(data: Path) -> Desk:
    return new_desk(data)


def code_of(act: object, *arguments: object, **named: object) -> str:
    with pytest.raises(UserError) as refused:
        act(*arguments, **named)  # type: ignore[operator]
    return refused.value.code


def archive(
    desk: Desk, count: int, names: tuple[str, ...] = ("髙橋/精工:株式会社", "=HYPERLINK(1)")
) -> list[str]:
    """Some bills of two customers, one a day from the first of October; their ids."""
    with desk.storage.work() as work:
        ids = [
            work.papers.add(
                "B", f"B-HM1-2610-{n + 1:04d}", 1, names[n % 2], date(2026, 10, 1 + n), n * 550,
                b"%%PDF %d" % n,
                PaperAbout(subject_kind="bill", subject_id=str(n)),
            ).id
            for n in range(count)
        ]  # fmt: skip
        work.commit()
    return ids


def test_a_paper_is_voided_sent_and_shown_with_all_that_is_known(desk: Desk) -> None:
    first, second = archive(desk, 2)
    assert code_of(void_paper, desk, first, "  ") == "no-reason"
    assert code_of(send_paper, desk, second, "pigeon") == "bad-input"
    send_paper(desk, second, "post", " 総務部 ", "速達")
    void_paper(desk, first, "宛名の誤り")
    assert code_of(void_paper, desk, first, "もう一度") == "already-voided"
    assert code_of(send_paper, desk, first, "hand") == "paper-voided"
    facts = open_paper(desk, second)
    assert (facts.pdf, facts.void, facts.faults) == (b"%PDF 1", None, ())
    assert [(one.how, one.to, one.staff) for one in facts.sends] == [("post", "総務部", "田村 美咲")]
    assert facts.retention.until == date(2034, 5, 31)
    gone = open_paper(desk, first)
    assert gone.void is not None
    assert (gone.void.why, gone.void.staff, gone.row.voided) == ("宛名の誤り", "田村 美咲", "宛名の誤り")
    found = find_papers(desk, PaperQuery(first=date(2026, 10, 1), last=date(2026, 10, 31), most=1_000))
    assert ([row.id for row in found.rows], found.sums.total, found.sums.voided) == ([second, first], 550, 1)


def test_how_long_papers_stay() -> None:
    of_march = Settings()
    found = retention_of(date(2026, 11, 20), of_march)
    assert (found.first, found.last) == (date(2026, 4, 1), date(2027, 3, 31))
    assert (found.since, found.until) == (date(2027, 6, 1), date(2034, 5, 31))
    assert not found.is_over(date(2034, 5, 31))
    assert found.is_over(ERASABLE)
    words = found.words()
    for said in ("2034年5月31日まで", "2026年4月1日から2027年3月31日まで", "2027年6月1日から7年間"):
        assert said in words
    assert retention_of(date(2027, 3, 31), of_march) == found
    assert retention_of(date(2027, 4, 1), of_march).until == date(2035, 5, 31)
    company = msgspec.structs.replace(of_march.company, fiscal_year_end_month=12)
    of_december = Settings(company=company, papers=PaperSettings(retention_years=10))
    found = retention_of(date(2027, 12, 31), of_december)
    assert (found.first, found.since, found.until) == (date(2027, 1, 1), date(2028, 3, 1), date(2038, 2, 28))
    leap = msgspec.structs.replace(of_march.company, fiscal_year_end_month=2)
    assert retention_of(date(2028, 2, 29), Settings(company=leap)).last == date(2028, 2, 29)


def test_a_period_is_written_whole_or_not_at_all(
    desk: Desk,
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = archive(desk, 4)
    void_paper(desk, ids[1], "誤り")
    send_paper(desk, ids[2], "e-mail")
    period = PaperQuery(first=date(2026, 10, 2), last=date(2026, 10, 31), descending=False)
    folder = tmp_path / "書類"
    told: list[tuple[int, int]] = []
    assert export_papers(desk, period, folder, lambda *at: bool(told.append(at))) is None
    assert (told, list(tmp_path.glob("*書類*"))) == ([(3, 3)], [])
    assert code_of(export_papers, desk, replace_days(period, 2027), folder) == "no-papers"
    with desk.storage.work() as work:  # one file is damaged: the others are still written
        connection = work.session.connection  # type: ignore[attr-defined]
        connection.exec_driver_sql("DROP TRIGGER paper_bytes_no_update")
        connection.exec_driver_sql(f"UPDATE paper_bytes SET pdf = x'25' WHERE paper_id = '{ids[3]}'")
        work.commit()
    exported = export_papers(desk, period, folder)
    assert exported is not None
    assert (exported.papers, len(exported.wrong)) == (3, 1)
    assert "B-HM1-2610-0004/1" in exported.wrong[0]
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "20261002_550_=HYPERLINK(1)_B-HM1-2610-0002-1.pdf",
        "20261003_1100_髙橋精工株式会社_B-HM1-2610-0003-1.pdf",
        HASHES,
        INDEX,
    ]
    data_bytes = (folder / INDEX).read_bytes()
    assert data_bytes.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(data_bytes.decode("utf-8-sig").splitlines()))
    assert rows[0][:5] == ["取引年月日（発行日）", "金額（税込）", "取引先", "書類の種類", "番号"]
    assert [row[:6] for row in rows[1:3]] == [
        ["2026-10-02", "550", "'=HYPERLINK(1)", "請求書", "B-HM1-2610-0002", "1"],
        ["2026-10-03", "1100", "髙橋/精工:株式会社", "請求書", "B-HM1-2610-0003", "1"],
    ]
    assert [(row[8], row[9], row[10] != "", row[11] != "") for row in rows[1:]] == [
        ("誤り", "", True, False),
        ("", "電子メール", True, False),
        ("", "", False, True),
    ]
    for line in (folder / HASHES).read_text(encoding="utf-8").splitlines():
        sha256, name = line.split("  ", 1)
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha256
    assert code_of(export_papers, desk, period, folder) == "folder-exists"
    assert code_of(PapersExport, desk, period, tmp_path / "封", "短い") == "passphrase-short"
    sealing = PapersExport(desk, period, tmp_path / "封", WORDS)
    assert sealing.step()
    sealed = sealing.finish()
    assert (sealed.folder, sealed.papers) == (tmp_path / "封.zip", 3)
    assert not list(tmp_path.glob(".封*"))
    (inner,) = opened(sealed.folder.read_bytes(), WORDS).values()
    with ZipFile(BytesIO(inner)) as kept:
        assert sorted(kept.namelist()) == names
        assert kept.read(names[1]) == (folder / names[1]).read_bytes()
    assert code_of(PapersExport, desk, period, tmp_path / "封", WORDS) == "folder-exists"
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    with pytest.raises(EnvironmentProblem):
        export_papers(desk, period, blocked / "x")

    found = verify_archive(desk)
    assert [fault.code for fault in found.faults] == ["bytes-changed"]
    assert found.ended_at == NOW
    assert verify_archive(desk, lambda *_at: False).place.is_end  # a hundred at once
    desk.storage.close()
    monkeypatch.setattr(main.Parts, "now", lambda _self: NOW)
    assert main.main(["--data", str(data), "verify-papers", "--json"]) == 1
    assert '"number": "B-HM1-2610-0004"' in capsys.readouterr().out
    assert main.main(["--data", str(data), "verify-papers"]) == 1
    assert "B-HM1-2610-0004/1（=HYPERLINK(1)）" in capsys.readouterr().out
    target = tmp_path / "命令で"
    arguments = ["export-papers", "--from", "2026-10-01", "--to", "2026-10-31", "--folder", str(target)]
    assert main.main(["--data", str(data), *arguments]) == 0
    assert len(list(target.glob("*.pdf"))) == 3
    assert main.main(["--data", str(data), *arguments]) == 1


def replace_days(query: PaperQuery, year: int) -> PaperQuery:
    return msgspec.structs.replace(query, first=date(year, 1, 1), last=date(year, 12, 31))


def test_a_quotation_that_needs_approval_is_issued_only_as_it_was_approved(desk: Desk) -> None:
    settings = desk.settings()
    staff = (*settings.staff, Staff(id="bessho", name="別所 太郎"))
    approve = msgspec.structs.replace(settings, staff=staff, papers=PaperSettings(approve=("Q",)))
    settings = save_settings(desk, approve)
    stored = start_quotation(desk, CONTENT)
    assert code_of(issue_quotation, desk, stored.id, stored.version) == "not-approved"
    asked = ask_quotation_approval(desk, stored.id)
    assert ask_quotation_approval(desk, stored.id) == asked
    assert [one.id for one in waiting_approvals(desk)] == [asked.id]
    assert draft_to_approve(desk, asked).number == ""
    assert code_of(answer_approval, desk, asked.id, approve=True) == "own-approval"
    roles = {"tamura": Role.MANAGER, "bessho": Role.CLERK}
    accounts = {one: Account(staff_id=one, role=role, pin="set") for one, role in roles.items()}
    assert may_approve(settings, accounts, asked), "the only one who may answer may answer their own"
    assert code_of(answer_approval, desk, asked.id, approve=False) == "no-reason"
    renamed = tuple(msgspec.structs.replace(one, name=f"{one.name}（旧）") for one in settings.staff)
    settings = save_settings(desk, msgspec.structs.replace(settings, staff=renamed))
    assert (
        code_of(answer_approval, desk, asked.id, approve=True) == "own-approval"
    )  # a new name, the same person
    settings = save_settings(desk, msgspec.structs.replace(settings, staff=staff))
    settings = save_settings(desk, msgspec.structs.replace(settings, current_staff="bessho"))
    answer_approval(desk, asked.id, approve=True, why="よし")
    assert code_of(answer_approval, desk, asked.id, approve=False, why="だめ") == "already-answered"
    tomorrow = datetime(2026, 11, 21, 9, tzinfo=JAPAN)
    desk.now = lambda: tomorrow  # the day until which it holds moves on
    issued = issue_quotation(desk, stored.id, stored.version)
    with desk.storage.look() as work:
        (row,) = work.papers.about("quotation", stored.id)
        (used,) = work.papers.approvals(stored.id)
        assert work.audit.check() == work.papers.check() == []
    assert (row.number, row.staff, row.title) == (issued.paper.number, "別所 太郎", "見積書")
    assert (used.state, used.answered_by) == ("used", "別所 太郎")
    assert waiting_approvals(desk) == []


def test_an_approval_of_another_content_is_none(desk: Desk) -> None:
    save_settings(desk, msgspec.structs.replace(desk.settings(), papers=PaperSettings(approve=("Q",))))
    stored = start_quotation(desk, CONTENT)
    asked = ask_quotation_approval(desk, stored.id)
    answer_approval(desk, asked.id, approve=True)  # nobody else works here
    with desk.storage.work() as work:
        content = msgspec.structs.replace(CONTENT, title="変更後")
        changed = work.quotations.save_draft(stored.id, stored.version, content, TOTALS)
        work.commit()
    assert code_of(issue_quotation, desk, stored.id, changed.version) == "not-approved"
    assert code_of(draft_to_approve, desk, asked) == "changed-since"
