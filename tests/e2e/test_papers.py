"""A bill by the keyboard in the real window: issued, found, saved, voided, issued anew; locked in between."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest

from app.charge.stored import StoredBill
from app.contract.customer import CustomerFields
from app.contract.facts import Started
from app.contract.record import BillingAddress, ContractContent, ContractQuery
from app.days import Month
from app.papers.archived import PaperQuery, PaperRow
from app.quote.stored import IssuedPaper
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.keep_accounts import set_pin
from app.usecases.keep_settings import save_settings
from app.usecases.run_month import run_month
from app.usecases.stand_contract import standing_of
from db.vault import FolderVault
from reports import draw
from tests.desks import provide, settings
from tests.e2e.clock import TODAY, now
from tests.e2e.hands import Hands, window
from tests.e2e.screen import Screen
from tests.shipped import catalogue

pytestmark = pytest.mark.e2e

CUSTOMER = "㈱髙﨑𠮷商店"
PIN = "4071"
WHY = "山田 花子"
BILLED = Month.of(TODAY.replace(day=1) - timedelta(days=1))


@dataclass(frozen=True)
class Kept:
    """What the desk has afterwards: the bill, and its papers in the order they were issued."""

    bill: StoredBill
    rows: list[PaperRow]
    papers: list[IssuedPaper]


def test_a_bill_is_issued_saved_voided_and_issued_anew(screen: Screen, data: Path, tmp_path: Path) -> None:
    closed_month(data)
    target = tmp_path / "saved.pdf"
    with window(screen, data) as hands:
        sign_in(hands)
        go_to_month(hands)
        issue(hands)
        open_in_archive(hands)
        save(hands, target)
        void(hands)
        hands.press("ctrl+l")
        sign_in(hands)
        hands.wait_for_words(f"理由：{WHY}")  # the page that was left
        hands.press("ctrl+3")
        issue(hands)
        hands.close()
    kept = read(data)
    first, second = kept.papers
    assert [row.voided for row in kept.rows] == [WHY, ""]
    assert first.number != second.number
    assert first.total == second.total == kept.bill.total
    assert target.read_bytes() == first.pdf
    text = text_of(target)
    amounts = (
        kept.bill.total,
        kept.bill.net,
        kept.bill.tax,
        *(one.amount for one in kept.bill.content.lines),
    )
    for words in (CUSTOMER, first.number, *(f"{yen:,}" for yen in amounts)):
        assert words in text, words


def closed_month(data: Path) -> None:
    """A desk that provides its service, with the month before closed and a PIN."""
    desk = Desk(FolderVault(data).create("none"), catalogue(), draw, now)
    save_settings(desk, settings())
    provide(desk)
    content = ContractContent(service="dokodemo-prime", billing=BillingAddress(method="invoice"))
    facts = (Started(BILLED.first - timedelta(days=3), {"id": 15}, {}),)
    with desk.storage.work() as work:
        fields = CustomerFields(name=CUSTOMER, kana="", prefecture="大阪府", address="大阪市北区梅田1-1")
        customer = work.customers.add(fields)
        standing = standing_of(content, facts, desk.catalogue, desk.today())
        number = work.numbers.next("C", "HM1", desk.today())
        made = work.contracts.add(number, customer.id, content, standing, "田村 美咲")
        work.contracts.change(made.id, made.version, standing, entries=facts, staff="田村 美咲")
        work.commit()
    run = run_month(desk, BILLED)
    close_month(desk, run.id, run.version)
    set_pin(desk, "tamura", PIN, PIN)
    desk.storage.close()


def sign_in(hands: Hands) -> None:
    """Nothing is to be seen before the PIN."""
    hands.wait_for_window()
    sight = hands.wait_for_words("暗証番号")
    assert not any(CUSTOMER in text for text in sight["words"])
    hands.wait_for_focus("暗証番号")
    hands.type(PIN)
    hands.press("Return")
    hands.wait("the lock to go", lambda sight: not any("暗証番号" in text for text in sight["words"]))


def go_to_month(hands: Hands) -> None:
    """毎月の請求, the month that is closed."""
    hands.press("ctrl+3")
    hands.go_to("毎月の請求")
    hands.press("Return")
    months = hands.wait("the months", lambda sight: any("分　" in text for text in sight["words"]))
    shown = next(text for text in months["words"] if "分　" in text)
    hands.go_to(shown)
    hands.press("space")
    hands.choose(f"{BILLED.year}年{BILLED.month}月分　締め済み")


def issue(hands: Hands) -> None:
    """The bill of the first row, from its menu."""
    hands.wait_for_words("請求書を発行")
    hands.go_to("請求の一覧")
    hands.wait("its row", lambda sight: CUSTOMER in (sight["focus"] or {}).get("text", ""))
    hands.press("shift+F10")
    hands.choose("請求書…")
    hands.wait_for_window("IssueDialog")
    hands.wait_for_words("（下書き）")
    hands.press("ctrl+Return")
    hands.wait_for_words("発行し、書類に保管しました。")
    hands.press("Escape")
    hands.wait_for_window()


def open_in_archive(hands: Hands) -> None:
    """書類: the newest stands first."""
    hands.press("ctrl+6")
    hands.wait("its row", lambda sight: CUSTOMER in (sight["focus"] or {}).get("text", ""))
    hands.press("Return")
    hands.wait_for_words("内容も記録のつながりも、発行したときのままです")


def save(hands: Hands, target: Path) -> None:
    """The issued bytes, by the dialog of the toolkit."""
    hands.go_to("保存")
    hands.press("Return")
    hands.wait_for_window("QFileDialog")
    hands.press("ctrl+a")
    hands.type(str(target))
    while any(one["kind"] == "QFileDialog" for one in hands.pressed("Return")["windows"]):
        pass  # the list of suggestions takes a Return for itself when it has come up meanwhile
    hands.wait_for_words(f"「{target.name}」を保存しました")
    hands.wait_for_window()


def void(hands: Hands) -> None:
    """取消, with its reason."""
    hands.go_to("そのほかの操作")
    hands.press("Return")
    hands.choose("この書類を取り消す")
    hands.wait_for_window("ReasonDialog")
    hands.type(WHY)
    hands.press("ctrl+Return")
    hands.wait_for_words("書類を取り消しました", f"理由：{WHY}")
    hands.wait_for_window()


def read(data: Path) -> Kept:
    """What there is, and that all of it hangs together."""
    desk = Desk(FolderVault(data).open(), catalogue(), draw, now)
    with desk.storage.look() as work:
        (row,) = work.contracts.rows(work.contracts.seqs(ContractQuery()))
        bill = work.bills.bill_of(row.id, str(BILLED))
        rows = work.papers.rows(list(work.papers.seqs(PaperQuery(kinds=("B",)))))
        rows.sort(key=lambda one: one.number)
        papers = [work.papers.get(one.id) for one in rows]
        assert work.audit.check() == []
    assert desk.storage.check() == []  # type: ignore[attr-defined]
    desk.storage.close()
    assert bill is not None
    return Kept(bill, rows, papers)


def text_of(path: Path) -> str:
    """The text of a PDF as a program reads it, without spaces."""
    reader: Any = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    text = "\n".join(page.extract_text() for page in reader.pages)
    return "".join(unicodedata.normalize("NFC", text).split())
