"""What Ctrl+K finds: customers, contracts, visits and quotations from the database, settings and actions by
their words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from unicodedata import normalize

from app.contract.record import ContractQuery, ContractState
from app.quote.stored import QuotationQuery
from app.usecases.desk import Desk
from app.words import _, pgettext
from ui.theme import theme
from ui.widgets.hits import folded

if TYPE_CHECKING:
    from app.quote.stored import CustomerRow
    from app.usecases.ports import UnitOfWork

MOST_OF_A_KIND = 6


# What people may type for a section of the settings, in both languages whichever is in use.
_ALSO = {
    "company": "登録番号 インボイス 適格請求書 ロゴ 社印 印影 ハンコ 振込先 口座 銀行 住所 電話番号 会社名 和暦 支払条件 "
    "かいしゃ company logo seal bank account registration invoice address",
    "desk": "符号 書類番号 まどぐち 窓口名 desk code",
    "staff": "担当者 たんとう スタッフ 氏名 部署 在籍 staff",
    "papers": "しょるい 承認 保存 年数 papers approval retention",
    "services": "取次 提供 サービス services",
    "technicians": "ぎじゅつしゃ 訪問 担当 勤務時間 休み 不在 協力会社 technicians leave",
    "visit_times": "ほうもん 所要時間 作業時間 移動 visit minutes travel",
    "closed_days": "きゅうぎょうび 定休日 祝日 年末年始 closed days holidays",
    "look": "文字の大きさ 文字サイズ ダーク ライト テーマ 明るさ 画面の色 画面のことば 言語 英語 日本語 "
    "language english japanese dark light theme text size",
    "data": "鍵 パスフレーズ パスワード 暗号化 保存先 置き場所 フォルダー かぎ "
    "key passphrase password encryption folder",
    "backups": "バックアップ 復元 戻す ひかえ 控 USB 共有フォルダー 保存 もどす backup restore",
    "audit": "そうさ きろく 履歴 監査 証跡 ログ だれが いつ 変更前 audit log history trail",
    "examination": "てんけん 検査 診断 調べる 壊れた 不具合 確認 check doctor examine",
}


@dataclass(frozen=True)
class Hit:
    """Something found. `kind` says what `target` is: customer, contract, visit, quotation or paper (its id),
    settings (a section), action. Where there is little room the `reading` gives way, never the `detail`.
    """

    kind: str
    target: str
    icon: str
    title: str
    detail: str = ""
    right: str = ""
    reading: str = ""


@dataclass(frozen=True)
class Command:
    """Something that can be done or gone to, with other words people may type for it."""

    kind: str
    target: str
    icon: str
    title: str
    also: str = ""
    key: str = ""


def commands() -> tuple[Command, ...]:
    """All actions and sections of the settings, in the language in use."""
    settings = _("設定") + _("：")
    looks = (
        Command("action", "look-light", "sun", _("明るい画面にする"), "ライトにする light テーマ"),
        Command("action", "look-dark", "moon", _("暗い画面にする"), "ダークにする dark テーマ"),
    )
    return (
        Command("action", "new-quotation", "plus", _("新しい見積を作る"), "みつもり sinki new", "Ctrl+N"),
        Command("action", "new-customer", "user-plus", _("新しい顧客を登録する"), "こきゃく kokyaku new"),
        Command(
            "action",
            "new-contract",
            "file-check",
            _("新しい契約を申し込む"),
            "けいやく keiyaku new もうしこみ",
        ),
        Command(
            "action",
            "new-visit",
            "calendar-check",
            _("訪問を受け付ける"),
            "ほうもん houmon 受付 予約 visit",
            "Ctrl+Shift+V",
        ),
        Command(
            "action",
            "month",
            "receipt-japanese-yen",
            _("毎月の請求を計算する"),
            "せいきゅう seikyu 締め 料金計算 month charges",
        ),
        Command(
            "action", "deadlines", "calendar-clock", _("期限の一覧を開く"), "きげん kigen 満了 更新 deadlines"
        ),
        Command("action", "import", "upload", _("台帳を取り込む"), "とりこみ Excel CSV インポート import"),
        looks[0] if theme.dark else looks[1],
        *(
            Command("settings", code, icon, settings + word, _ALSO[code])
            for code, icon, word in (
                ("company", "building-2", _("会社")),
                ("desk", "store", _("窓口")),
                ("staff", "users", _("担当者")),
                ("papers", "files", pgettext("place", "書類")),
                ("services", "package", _("取扱サービス")),
                ("technicians", "wrench", _("技術者")),
                ("visit_times", "clock", _("訪問の時間")),
                ("closed_days", "calendar-x", _("休業日")),
                ("look", "languages", _("表示と言語")),
                ("data", "database", _("データ")),
                ("backups", "hard-drive", _("控え")),
                ("examination", "clipboard-check", _("点検")),
                ("audit", "history", _("操作の記録")),
            )
        ),
        Command("tariffs", "reading:", "scale", _("すべての解釈"), "かいしゃく 約款 よみかた"),
    )


def matching_commands(words: str) -> list[Hit]:
    """Commands that hold all the words."""
    wanted = [folded(word) for word in normalize("NFKC", words).split()]
    return [
        Hit(command.kind, command.target, command.icon, command.title, right=command.key)
        for command in commands()
        if all(word in folded(f"{command.title} {command.also}") for word in wanted)
    ]


def find_tariffs(desk: Desk, words: str) -> list[Hit]:
    """On the database worker: services and readings that hold the words."""
    from ui.tariffs.facts import known_tariffs

    facts = known_tariffs(desk)
    wanted = [folded(word) for word in normalize("NFKC", words).split()]
    services = [
        Hit("tariffs", one.code, "book-open", one.short, one.provider)
        for one in facts.services
        if all(word in folded(f"{one.short} {one.name} {one.provider} {one.code}") for word in wanted)
    ]
    readings = [
        Hit(
            "tariffs",
            f"reading:{one.name}",
            "scale",
            _("解釈：{topic}").format(topic=one.topic),
            one.services(),
        )
        for one in sorted(
            facts.readings, key=lambda one: not all(word in folded(one.topic) for word in wanted)
        )
        if one.fits(words)
    ]
    return (services + readings)[:MOST_OF_A_KIND]


@dataclass(frozen=True)
class Found:
    """What the database holds for the words: the best few of each kind."""

    customers: tuple[Hit, ...] = ()
    contracts: tuple[Hit, ...] = ()
    visits: tuple[Hit, ...] = ()
    quotations: tuple[Hit, ...] = ()
    papers: tuple[Hit, ...] = ()
    tariffs: tuple[Hit, ...] = ()


def find_hits(desk: Desk, words: str) -> Found:
    """On the database worker: customers, contracts, quotations, and services with their readings that hold
    the words.
    """
    with desk.storage.look() as work:
        found = (
            tuple(_customer(row) for row in work.customers.find(words, MOST_OF_A_KIND)),
            tuple(_contracts(desk, work, words)),
            tuple(_visits(work, words)),
            tuple(_quotations(work, words, desk.today())),
            tuple(_papers(work, words)),
        )
    return Found(*found, tuple(find_tariffs(desk, words)))


def _customer(row: CustomerRow) -> Hit:
    return Hit(
        "customer",
        row.id,
        "building-2" if row.kind == "corporation" else "user",
        row.name,
        "  ".join(part for part in (row.town, row.phone) if part),
        reading=row.kana,
    )


def _contracts(desk: Desk, work: UnitOfWork, words: str) -> Iterator[Hit]:
    from ui.contracts.words import service_name, state_words

    seqs = work.contracts.seqs(ContractQuery(words=words), MOST_OF_A_KIND)
    rows = {row.seq: row for row in work.contracts.rows(list(seqs))}
    for row in (rows[seq] for seq in seqs if seq in rows):
        parts = [row.number, service_name(desk.catalogue, row.service)]
        if row.state is not ContractState.ACTIVE:  # only what is unusual is said
            parts.insert(0, state_words(row.state)[1])
        yield Hit(
            "contract", row.id, "file-check", row.customer or row.number, "  ".join(parts), reading=row.kana
        )


def _visits(work: UnitOfWork, words: str) -> Iterator[Hit]:
    from app.visit.order import VisitQuery
    from ui.visits.words import span_words, state_words

    seqs = work.visits.seqs(VisitQuery(words=words), MOST_OF_A_KIND)
    rows = {row.seq: row for row in work.visits.rows(list(seqs))}
    for row in (rows[seq] for seq in seqs if seq in rows):
        when = span_words(row.spans[0]) if row.spans else _("日時未定")
        parts = (state_words(row.state)[1], row.number, when)
        yield Hit("visit", row.id, "calendar-check", row.customer, "  ".join(parts))


def _papers(work: UnitOfWork, words: str) -> Iterator[Hit]:
    """Papers are found by their numbers here; a customer's stand in the place of the papers."""
    from app.papers.archived import PaperQuery
    from app.papers.kinds import title_of

    if not any(letter.isdigit() for letter in words):
        return
    seqs = work.papers.seqs(PaperQuery(words=words), MOST_OF_A_KIND)
    for row in work.papers.rows(seqs):
        number = row.number if row.revision == 1 else f"{row.number}/{row.revision}"
        state = _("取消") if row.voided else ""
        detail = "  ".join(part for part in (state, title_of(row.kind), number) if part)
        yield Hit("paper", row.id, "archive", row.customer or number, detail)


def _quotations(work: UnitOfWork, words: str, today: date) -> Iterator[Hit]:
    seqs = work.quotations.seqs(QuotationQuery(words=words), today, MOST_OF_A_KIND)
    rows = {row.seq: row for row in work.quotations.rows(list(seqs), today)}
    for row in (rows[seq] for seq in seqs if seq in rows):
        parts = (part for part in (row.number, row.services) if part)
        yield Hit("quotation", row.id, "file-text", row.customer or _("（お客さま未定）"), "  ".join(parts))
