"""The real program on a real screen, worked by the keyboard alone."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path
from typing import Any

import pypdf
import pytest

from app.contract.customer import CustomerFields
from app.quote.content import QuotationContent, ServiceEntry
from app.quote.stored import QuotationQuery, StoredQuotation
from app.usecases.desk import Desk
from app.usecases.keep_quotation import open_quotation, start_quotation
from db.vault import FolderVault
from reports import draw
from tests.desks import NOW, new_desk, reopened
from tests.e2e.hands import Hands, window
from tests.e2e.screen import Screen
from tests.shipped import catalogue

pytestmark = pytest.mark.e2e

CUSTOMER = "㈱髙﨑𠮷商店"
SERVICE = "セキュリティおまかせプラン どこでもプライム"
PASSPHRASE = "correct horse battery"
# 15 IDs at 2,800 (別紙4: 10 to 19 IDs) for 24 months; the visit (別紙5): 7,500 + 1,500 + 2 × 17,100; tax 10 %.
MONTHLY = 15 * 2_800
VISIT = 7_500 + 1_500 + 2 * 17_100
TOTAL = (24 * MONTHLY + VISIT) * 110 // 100


def test_from_an_empty_folder_to_a_pdf_by_keyboard_alone(screen: Screen, data: Path, tmp_path: Path) -> None:
    target = tmp_path / "saved.pdf"

    with window(screen, data) as hands:
        set_up(hands)
        new_customer(hands)
        what_is_quoted(hands)
        issue(hands)
        save_pdf(hands, target)
        hands.close()

    desk = Desk(FolderVault(data).open(PASSPHRASE), catalogue(), draw, lambda: NOW)
    (stored,) = quotations(desk)
    (revision,) = open_quotation(desk, stored.id).revisions
    with desk.storage.look() as work:
        paper = work.papers.get(revision.paper_id)
        customer = work.customers.get(stored.content.customer_id or "")
    assert customer.fields.name == stored.content.customer.name == CUSTOMER
    assert paper.total == TOTAL
    assert target.read_bytes() == paper.pdf
    text = text_of(target)
    for words in (
        CUSTOMER,
        revision.number,
        f"{TOTAL:,}",
        f"{MONTHLY:,}",
        f"{VISIT:,}",
        "窓口通信㈱",
        "山田花子",
    ):
        assert words in text, words
    assert revision.number.startswith("Q-HM1-")
    assert desk.storage.check() == []  # type: ignore[attr-defined]
    desk.storage.close()


def set_up(hands: Hands) -> None:
    """The first run: company, desk, member of staff, passphrase."""
    hands.wait_for_window("FirstRunWindow")
    hands.fill("会社名", "窓口通信㈱")
    hands.fill("符号（英数字2〜4文字）", "hm1")
    hands.fill("氏名", "山田 花子")
    hands.fill("パスフレーズ", PASSPHRASE)
    hands.fill("もう一度", PASSPHRASE)
    hands.press("ctrl+Return")
    hands.wait_for_window("RecoveryDialog")
    hands.go_to("紙に控えて、端末とは別の場所に保管しました")
    hands.press("space")
    hands.go_to("完了")
    hands.press("space")
    hands.wait_for_window()


def new_customer(hands: Hands) -> None:
    """A new quotation for a customer nobody knows yet, registered on the spot."""
    hands.press("ctrl+n")
    hands.wait_for_focus("顧客")
    hands.type(CUSTOMER)
    hands.wait_for_words(f"「{CUSTOMER}」を新しい顧客として登録")
    hands.press("Return")
    hands.wait_for_focus("お名前")
    hands.fill("電話番号", "06-0000-0148")
    hands.press("Return")
    hands.wait("the list of services", lambda sight: (sight["focus"] or {}).get("kind") == "ServiceChoice")


def what_is_quoted(hands: Hands) -> None:
    """A service, how many, from when; a visit with work on a day."""
    hands.press("Down")
    hands.choose(SERVICE)
    hands.wait_for_focus("数量")
    hands.type("15")
    hands.fill("利用開始日", "2026-12-01")
    hands.press("alt+a")
    hands.choose("OSリカバリ")
    hands.wait_for_focus("台数")
    hands.type("2")
    hands.fill("希望日", "2026-12-10")
    hands.press("Tab")
    hands.wait_for_words(f"{TOTAL:,}円", "必要な項目はすべて入力済み")


def issue(hands: Hands) -> None:
    """発行."""
    hands.press("ctrl+Return")
    hands.wait_for_words("を発行しました")


def save_pdf(hands: Hands, target: Path) -> None:
    """The issued paper, by the dialog of the toolkit."""
    hands.press("ctrl+shift+s")
    hands.wait_for_window("QFileDialog")
    hands.press("ctrl+a")
    hands.type(str(target))
    while any(one["kind"] == "QFileDialog" for one in hands.pressed("Return")["windows"]):
        pass  # the list of suggestions takes a Return for itself when it has come up meanwhile
    hands.wait_for_words(f"「{target.name}」を保存しました")


def test_what_was_typed_is_there_after_the_power_went(screen: Screen, data: Path) -> None:
    desk_with_key(data)
    with window(screen, data) as hands:
        hands.wait_for_window()
        hands.press("ctrl+n")
        hands.wait_for_focus("顧客")
        hands.type(CUSTOMER)
        hands.wait_for_words("を新しい顧客として登録")
        hands.press("Return")
        hands.wait_for_focus("お名前")
        hands.fill("電話番号", "06-0000-0148")
        hands.wait_for_words("自動保存")
        hands.go_to("住所")
        hands.type("大阪市")
        hands.kill()

    with window(screen, data) as hands:
        hands.wait_for_window()
        open_first_quotation(hands)
        hands.wait_for_words(CUSTOMER, "06-0000-0148")

    desk = reopened(data)
    (stored,) = quotations(desk)
    assert stored.content.customer.name == CUSTOMER
    assert stored.content.customer.phone == "06-0000-0148"
    assert "大阪市".startswith(stored.content.customer.address)
    assert desk.storage.check() == []  # type: ignore[attr-defined]
    desk.storage.close()


def test_two_windows_change_the_same_quotation(screen: Screen, data: Path) -> None:
    desk = new_desk(data)
    content = QuotationContent(
        customer=CustomerFields(name=CUSTOMER),
        services=(ServiceEntry(service="dokodemo-prime", items={"id": 10}),),
    )
    original = start_quotation(desk, content)
    desk.storage.close()

    with window(screen, data) as first, window(screen, data) as second:
        for hands in (first, second):
            hands.wait_for_window()
            open_first_quotation(hands)
        first.wait_for_window()
        first.fill("件名", "窓口")
        first.wait_for_words("自動保存")
        first.wait("the save", lambda _sight: stored_title(data, original.id) == "窓口")
        second.wait_for_window()
        second.fill("件名", "本町")
        sight = second.wait_for_words("この見積は別の画面で変更されました", "どちらかを選んでください")
        assert "本町" in sight["words"]
        second.go_to("この内容を複製として残す", back=True)
        second.press("Return")
        second.wait("the copy", lambda _sight: len(titles(data)) == 2)

    assert sorted(titles(data)) == ["本町", "窓口"]
    assert stored_title(data, original.id) == "窓口"


def test_a_passphrase_wrong_and_right(screen: Screen, data: Path) -> None:
    FolderVault(data).create("passphrase", PASSPHRASE).close()

    with window(screen, data) as hands:
        hands.wait_for_window("UnlockDialog")
        hands.type("something else")
        hands.press("Return")
        hands.wait_for_words("パスフレーズが違います")
        hands.press("ctrl+a")
        hands.type(PASSPHRASE)
        hands.press("Return")
        hands.wait_for_window()
        hands.wait_for_words("パスフレーズで保護")


def open_first_quotation(hands: Hands) -> None:
    """Go from Home to the quotations and open the first of the list."""
    hands.press("ctrl+2")
    hands.wait("its row", lambda sight: CUSTOMER in (sight["focus"] or {}).get("text", ""))
    hands.press("Return")
    hands.wait_for_words("内容")


def desk_with_key(data: Path) -> None:
    """A desk that may issue, whose key is not protected."""
    new_desk(data).storage.close()


def quotations(desk: Desk) -> list[StoredQuotation]:
    """All quotations of a desk."""
    with desk.storage.look() as work:
        rows = work.quotations.rows(list(work.quotations.seqs(QuotationQuery(), desk.today())), desk.today())
        return [work.quotations.get(row.id) for row in rows]


def titles(data: Path) -> list[str]:
    """The titles of all quotations in a folder that windows have open."""
    desk = reopened(data)
    found = [stored.content.title for stored in quotations(desk)]
    desk.storage.close()
    return found


def stored_title(data: Path, quotation_id: str) -> str:
    """The title of one quotation in a folder that windows have open."""
    desk = reopened(data)
    title = open_quotation(desk, quotation_id).stored.content.title
    desk.storage.close()
    return title


def text_of(path: Path) -> str:
    """The text of a PDF as a program reads it, without spaces."""
    reader: Any = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    text = "\n".join(page.extract_text() for page in reader.pages)
    return "".join(unicodedata.normalize("NFC", text).split())
