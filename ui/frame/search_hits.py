"""What Ctrl+K finds: customers and quotations from the database, settings and actions by their words."""

from __future__ import annotations

from dataclasses import dataclass

from app.quote.stored import QuotationQuery
from app.usecases.desk import Desk
from app.words import _
from ui.widgets.hits import folded

MOST_OF_A_KIND = 6


@dataclass(frozen=True)
class Hit:
    """Something found. `kind` says what `target` is: customer or quotation (its id), settings (a section),
    action. Where there is little room the `reading` gives way, never the `detail`.
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
    return (
        Command("action", "new-quotation", "plus", _("新しい見積を作る"), "みつもり sinki new", "Ctrl+N"),
        Command("action", "new-customer", "user-plus", _("新しい顧客を登録する"), "こきゃく kokyaku new"),
        Command("action", "look-light", "sun", _("明るい画面にする"), "ライト light テーマ"),
        Command("action", "look-dark", "moon", _("暗い画面にする"), "ダーク dark テーマ"),
        Command("settings", "company", "building-2", settings + _("会社"), "登録番号 ロゴ 社印 口座"),
        Command("settings", "desk", "store", settings + _("窓口"), "符号 まどぐち"),
        Command("settings", "staff", "users", settings + _("担当者"), "たんとう スタッフ"),
        Command("settings", "services", "package", settings + _("取扱サービス"), "取次 提供"),
        Command("tariffs", "reading:", "scale", _("すべての解釈"), "かいしゃく 約款 よみかた"),
        Command("settings", "look", "languages", settings + _("表示と言語"), "文字の大きさ english"),
        Command("settings", "data", "database", settings + _("データ"), "鍵 パスフレーズ 保存先"),
    )


def matching_commands(words: str) -> list[Hit]:
    """Commands that hold all the words."""
    wanted = [folded(word) for word in words.split()]
    return [
        Hit(command.kind, command.target, command.icon, command.title, right=command.key)
        for command in commands()
        if all(word in folded(f"{command.title} {command.also}") for word in wanted)
    ]


def find_tariffs(desk: Desk, words: str) -> list[Hit]:
    """On the database worker: services and readings that hold the words."""
    from ui.tariffs.facts import known_tariffs

    facts = known_tariffs(desk)
    wanted = [folded(word) for word in words.split()]
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


def find_hits(desk: Desk, words: str) -> tuple[list[Hit], list[Hit], list[Hit]]:
    """On the database worker: customers, quotations, and services with their readings that hold the words."""
    with desk.storage.look() as work:
        customers = [
            Hit(
                "customer",
                row.id,
                "building-2" if row.kind == "corporation" else "user",
                row.name,
                "  ".join(part for part in (row.town, row.phone) if part),
                reading=row.kana,
            )
            for row in work.customers.find(words, MOST_OF_A_KIND)
        ]
        today = desk.today()
        seqs = work.quotations.seqs(QuotationQuery(words=words), today)[:MOST_OF_A_KIND]
        rows = {row.seq: row for row in work.quotations.rows(list(seqs), today)}
    quotations = [
        Hit(
            "quotation",
            rows[seq].id,
            "file-text",
            rows[seq].customer or _("（お客さま未定）"),
            "  ".join(part for part in (rows[seq].number, rows[seq].services) if part),
        )
        for seq in seqs
        if seq in rows
    ]
    return customers, quotations, find_tariffs(desk, words)
