"""The verbs of the audit in words, what belongs together, and what a link tells before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.usecases.audit_entries import AuditEntry
from app.usecases.audit_labels import field_words, value_words
from app.words import N_, _

GROUPS: Final[Mapping[str, str]] = {
    "quotations": N_("見積"),
    "contracts": N_("契約"),
    "customers": N_("顧客"),
    "visits": N_("訪問"),
    "money": N_("請求・入金"),
    "papers": N_("書類"),
    "beside": N_("メモ・機器・添付"),
    "people": N_("担当者・鍵・画面"),
    "settings": N_("設定・料金"),
    "data": N_("データ"),
}
"""What verbs are grouped by, for filters."""

_VERBS: Final[Mapping[str, Mapping[str, str]]] = {
    "quotations": {
        "quotation-started": N_("見積を作成"),
        "draft-saved": N_("見積の下書きを保存"),
        "draft-deleted": N_("見積の下書きを削除"),
        "quotation-issued": N_("見積書を発行"),
        "state-changed": N_("見積の状態を変更"),
    },
    "contracts": {
        "contract-prepared": N_("契約を準備"),
        "contract-recorded": N_("契約に記録"),
        "terms-noticed": N_("規約改定を通知"),
    },
    "customers": {
        "customer-registered": N_("顧客を登録"),
        "customer-changed": N_("顧客の情報を変更"),
        "customer-notified": N_("顧客の届出を記録"),
        "customer-erased": N_("顧客の個人情報を消去"),
        "held-data-told": N_("保有個人データを開示"),
        "customers-merged": N_("顧客を統合"),
        "customers-merge-undone": N_("顧客の統合を取消"),
    },
    "visits": {
        "visit-received": N_("訪問を受付"),
        "visit-changed": N_("訪問の内容を変更"),
        "visit-booked": N_("訪問の日時を決定"),
        "visit-moved": N_("訪問の日時・担当を変更"),
        "visit-released": N_("訪問の日時を解除"),
        "visit-confirmed": N_("訪問を確定"),
        "visit-called-off": N_("訪問を中止"),
        "visit-priced": N_("訪問の料金を再計算"),
        "visit-begun": N_("現地の作業を開始"),
        "visit-agreed": N_("作業前確認の署名を受領"),
        "visit-reported": N_("作業の報告を確定"),
        "visit-signed": N_("作業完了の署名を受領"),
        "visit-finished": N_("訪問を完了"),
        "visits-out": N_("訪問を持ち出し"),
        "visits-back": N_("訪問を持ち帰り"),
        "visits-taken": N_("持ち出した訪問を取込"),
        "visits-exported": N_("訪問をカレンダーに書き出し"),
        "day-reassigned": N_("一日の訪問を振り替え"),
    },
    "money": {
        "month-run": N_("月の請求を計算"),
        "month-closed": N_("月を締め"),
        "month-dropped": N_("月の計算を破棄"),
        "payment-recorded": N_("入金を記録"),
        "payment-voided": N_("入金を取消"),
        "surcharge-claimed": N_("割増金を請求"),
        "claim-withdrawn": N_("請求の追加を取下げ"),
    },
    "papers": {
        "paper-issued": N_("書類を発行"),
        "visit-paper-issued": N_("訪問の書類を発行"),
        "paper-reprinted": N_("書類の控を印刷"),
        "paper-sent": N_("書類の送付を記録"),
        "paper-voided": N_("書類を取消"),
        "paper-erased": N_("書類の個人情報を消去"),
        "approval-asked": N_("書類の承認を依頼"),
        "approval-approved": N_("書類を承認"),
        "approval-refused": N_("書類の承認を差戻し"),
        "archive-verified": N_("書類を検証"),
        "contracts-exported": N_("契約の一覧を書き出し"),
        "bills-exported": N_("請求の一覧を書き出し"),
        "papers-exported": N_("書類を書き出し"),
    },
    "beside": {
        "note-added": N_("メモを追加"),
        "note-changed": N_("メモを変更"),
        "note-done": N_("メモの次にすることを完了"),
        "note-reopened": N_("メモの次にすることを未済に戻し"),
        "device-added": N_("機器を登録"),
        "device-changed": N_("機器の情報を変更"),
        "device-struck-out": N_("機器の登録を取消"),
        "device-put-back": N_("機器の登録を復元"),
        "file-attached": N_("ファイルを添付"),
        "file-removed": N_("添付を取外し"),
        "file-put-back": N_("添付を復元"),
    },
    "people": {
        "signed-in": N_("画面を使い始め"),
        "signed-out": N_("画面の使用を終了"),
        "sign-in-failed": N_("暗証番号の誤り"),
        "window-locked": N_("画面をロック"),
        "window-unlocked": N_("画面のロックを解除"),
        "unlock-failed": N_("ロック解除の失敗"),
        "role-changed": N_("役割を変更"),
        "pin-set": N_("暗証番号を設定"),
        "pin-removed": N_("暗証番号を解除"),
        "pin-reset": N_("暗証番号を決め直し"),
        "pin-reset-failed": N_("暗証番号の決め直しに失敗"),
        "key-changed": N_("データの鍵の守り方を変更"),
        "recovery-renewed": N_("復旧コードを更新"),
    },
    "settings": {
        "settings-changed": N_("設定を変更"),
        "image-changed": N_("ロゴ・印影を変更"),
        "technician-added": N_("技術者を登録"),
        "technician-changed": N_("技術者の情報を変更"),
        "technicians-ordered": N_("技術者の並びを変更"),
        "tariff-added": N_("料金表を追加"),
        "tariff-removed": N_("料金表を取外し"),
    },
    "data": {
        "ledger-imported": N_("契約台帳を取込"),
        "import-undone": N_("台帳の取込を取消"),
        "calendar-exported": N_("期限をカレンダーに書き出し"),
        "audit-exported": N_("操作の記録を書き出し"),
        "audit-verified": N_("操作の記録を検証"),
        "audit-payload-erased": N_("操作の記録の詳細を消去"),
        "backup-folder": N_("控えの保存先を変更"),
        "backup-restored": N_("控えから復元"),
        "journal-damaged": N_("書きかけの変更を破棄"),
        "customers-inserted": N_("顧客をまとめて登録"),
        "quotations-inserted": N_("見積をまとめて登録"),
        "contracts-inserted": N_("契約をまとめて登録"),
        "papers-inserted": N_("書類をまとめて登録"),
        "payments-inserted": N_("入金をまとめて登録"),
    },
}

_ALL: Final = {verb: (group, told) for group, verbs in _VERBS.items() for verb, told in verbs.items()}
_ADDS_A_ROW: Final = frozenset(
    {
        "customer-registered", "quotation-started", "quotation-issued", "contract-prepared",
        "contract-recorded", "terms-noticed", "payment-recorded", "paper-issued", "visit-paper-issued",
        "customers-inserted", "quotations-inserted", "contracts-inserted", "papers-inserted",
        "payments-inserted",
        *(verb for verb in _VERBS["visits"] if verb.startswith("visit-")),
    }
)  # fmt: skip
"""Verbs whose work is a row of its own among those that are counted one by one."""
_ONLY_TOLD: Final = frozenset(
    {
        "signed-in", "signed-out", "sign-in-failed", "window-locked", "window-unlocked", "unlock-failed",
        "pin-reset-failed", "archive-verified", "audit-verified", "paper-reprinted", "held-data-told",
        "backup-restored", "backup-folder",
    }
)  # fmt: skip
"""Verbs that leave the data as they were, or concern what no backup brings back."""
_UNTOLD: Final = frozenset({"fields", "changes"})
_PAIR: Final = ("before", "after")


@dataclass(frozen=True)
class AuditDetail:
    """One thing a link tells. ``before`` is None where it tells of no change, but of a fact."""

    name: str
    value: str
    before: str | None = None


def known_verbs() -> frozenset[str]:
    """All verbs that have words."""
    return frozenset(_ALL)


def verbs_of(group: str) -> tuple[str, ...]:
    """The verbs of a group."""
    return tuple(_VERBS[group])


def group_of(verb: str) -> str:
    """The group of a verb; "data" for one of a later version."""
    return _ALL[verb][0] if verb in _ALL else "data"


def verb_words(verb: str) -> str:
    """What was done, in words; the verb itself for one of a later version."""
    return _(_ALL[verb][1]) if verb in _ALL else verb


def changes(verb: str) -> bool:
    """Whether a verb tells of a change to data that is seen nowhere but here when rows are counted."""
    return (
        verb in _ALL and verb not in _ADDS_A_ROW and verb not in _ONLY_TOLD and not verb.endswith("-exported")
    )


def details_of(entry: AuditEntry) -> tuple[AuditDetail, ...]:
    """What a link tells: first what changed from what to what, then the rest."""
    detail = entry.detail
    found = []
    changes = detail.get("changes")
    if isinstance(changes, Mapping):
        for path, pair in changes.items():
            was, now = pair
            found.append(AuditDetail(field_words(path), _told(path, now), _told(path, was)))
    if set(_PAIR) <= set(detail):
        found.append(
            AuditDetail(_("変更"), _told("after", detail["after"]), _told("before", detail["before"]))
        )
    elif "fields" in detail and not changes:
        names = "、".join(field_words(str(one)) for one in detail["fields"])
        found.append(AuditDetail(_("変えた項目"), names or "—"))
    left_out = _UNTOLD | (set(_PAIR) if set(_PAIR) <= set(detail) else set())
    found += [
        AuditDetail(field_words(name), _told(name, value))
        for name, value in detail.items()
        if name not in left_out and value not in ("", None, [], {}, entry.subject)
    ]
    return tuple(found)


def summary_of(entry: AuditEntry) -> str:
    """The details in one line, as far as they say something to somebody who reads a list."""
    told = details_of(entry)
    parts = [
        f"{one.name}：{one.before}→{one.value}" if one.before is not None else f"{one.name}：{one.value}"
        for one in told
        if one.name not in _marks()
    ]
    return "　".join(parts)


def _marks() -> frozenset[str]:
    """Names of what only a machine compares."""
    return frozenset(field_words(name) for name in ("sha256", "digest", "version", "note", "attachment"))


def _told(name: str, value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return "、".join(value_words(name, one) for one in value) or "—"
    if isinstance(value, dict):
        parts = [f"{field_words(key)} {_told(key, one)}" for key, one in value.items() if key != "id" and one]
        return "、".join(parts) or "—"
    if isinstance(value, list):
        return " / ".join(_told(name, one) for one in value)
    return value_words(name, value)
