"""What the fields and values in the details of the audit are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.money import yen_words
from app.papers.kinds import TITLES, title_of
from app.words import N_, _

_NAMES: Final[Mapping[str, str]] = {
    "number": N_("番号"), "kind": N_("種類"), "revision": N_("版"), "total": N_("合計"), "net": N_("税抜の金額"),
    "amount": N_("金額"), "on": N_("日付"), "method": N_("方法"), "receipt": N_("入金の記録"), "why": N_("理由"),
    "reason": N_("理由"), "how": N_("方法"), "to": N_("宛先"), "month": N_("月"), "closed": N_("締めた月"),
    "bills": N_("請求の件数"), "refused": N_("計算できなかった件数"), "count": N_("件数"), "state": N_("状態"),
    "service": N_("サービス"), "entries": N_("記録"), "copied_from": N_("写し元"), "letter": N_("通知の番号"),
    "edition": N_("版の適用日"), "notified": N_("通知日"), "failures": N_("続けて間違えた回数"),
    "staff": N_("担当者"), "instead_of": N_("直前の担当者"), "folder": N_("フォルダー"), "file": N_("ファイル"),
    "backup": N_("控え"), "kept": N_("元のデータの保管先"), "papers": N_("書類の件数"), "faults": N_("一致しないもの"),
    "first": N_("初め"), "last": N_("終わり"), "visits": N_("訪問の件数"), "deadlines": N_("期限の件数"),
    "numbers": N_("番号"), "taken": N_("取り込んだ訪問"), "kept-here": N_("こちらを残した訪問"),
    "spans": N_("日時"), "day": N_("日付"), "moved": N_("移した件数"), "open": N_("残った件数"),
    "by": N_("申し出"), "claim": N_("次の請求に加える記録"), "evaded": N_("免れた額（税抜）"),
    "due": N_("請求する額"), "what": N_("届出の項目"), "gone": N_("統合で消えた顧客"), "merge": N_("統合の記録"),
    "device": N_("機器の記録"), "note": N_("メモの記録"), "attachment": N_("添付の記録"), "sha256": N_("照合用の値"),
    "digest": N_("照合用の値"), "version": N_("版数"), "present": N_("画像あり"), "copy": N_("控"),
    "sealed": N_("パスフレーズ付き"),
    "own": N_("本人による変更"), "editions": N_("版"), "readings": N_("解釈"), "order": N_("並び"),
    "before": N_("変更前"), "links": N_("記録の件数"), "behind": N_("失われた変更の件数"),
    "company": N_("会社"), "name": N_("名前"), "kana": N_("フリガナ"), "registration": N_("登録番号"),
    "postal_code": N_("郵便番号"), "prefecture": N_("都道府県"), "address": N_("住所"), "building": N_("建物"),
    "phone": N_("電話番号"), "fax": N_("FAX"), "email": N_("メール"), "department": N_("部署"), "person": N_("ご担当者"),
    "corporate_number": N_("法人番号"), "contacts": N_("ほかの連絡先"), "sites": N_("拠点"), "billing": N_("請求・支払"),
    "bank": N_("振込先"), "branch": N_("支店"), "account": N_("口座番号"), "holder": N_("口座名義"),
    "due_months": N_("支払期限の月"), "validity_days": N_("見積の有効日数"), "era": N_("暦"),
    "fiscal_year_end_month": N_("決算月"), "payment_terms": N_("支払条件"), "complaints_desk": N_("苦情の窓口"),
    "desk_name": N_("窓口の名前"), "desk_code": N_("窓口の符号"), "current_staff": N_("今の担当者"),
    "active": N_("在籍"), "reading_reasons": N_("解釈を選んだ理由"), "services": N_("取扱サービス"), "role": N_("立場"),
    "has_logo": N_("ロゴ"), "has_seal": N_("印影"), "approve": N_("承認が要る書類"), "retention_years": N_("保存年数"),
    "lock_minutes": N_("ロックまでの分"), "closed_days": N_("休業日"), "minutes": N_("作業の分"), "title": N_("肩書"),
    "items": N_("数量"), "prices": N_("合意した単価"), "agreed": N_("合意した単価"), "discount": N_("値引き"),
    "options": N_("オプション"), "line_number": N_("回線番号"), "provider_number": N_("提供会社の番号"),
    "application": N_("申込み"), "contact": N_("連絡先"), "site": N_("設置場所"), "hours": N_("勤務時間"),
    "leaves": N_("休み"), "skills": N_("できる作業"), "areas": N_("エリア"), "partner": N_("協力会社"),
    "id": "ID",
}  # fmt: skip
_YEN: Final = frozenset({"total", "net", "amount", "evaded", "due"})
_VALUES: Final[Mapping[str, str]] = {
    "manager": N_("管理者"), "clerk": N_("担当者"), "technician": N_("技術者"), "none": N_("なし"),
    "keyring": N_("この端末の鍵束"), "passphrase": N_("パスフレーズ"), "recovery": N_("復旧コード"),
    "idle": N_("操作がなかったため"), "asked": N_("操作による"), "transfer": N_("振込"), "cash": N_("現金"),
    "account-transfer": N_("口座振替"), "phone-bill": N_("電話料金と合算"), "offset": N_("相殺"), "post": N_("郵送"),
    "hand": N_("手渡し"), "e-mail": N_("メール"), "fax": N_("FAX"), "start": N_("開始時"), "in-person": N_("対面"),
    "draft": N_("下書き"), "issued": N_("発行済み"), "won": N_("成約"), "lost": N_("失注"), "withdrawn": N_("取下げ"),
    "customer": N_("お客さま"), "desk": N_("当店"), "weather": N_("天候"), "screen": N_("画面"),
}  # fmt: skip


def field_words(path: str) -> str:
    """A field by its path (``company.phone``): its parts in words, what has none as it is."""
    return "・".join(_(_NAMES[part]) if part in _NAMES else part for part in path.split("."))


def value_words(name: str, value: object) -> str:
    """A value as people read it: yen, kinds of papers, codes that have words; all else as it is."""
    last = name.rpartition(".")[2]
    if isinstance(value, int) and not isinstance(value, bool):
        return yen_words(value) if last in _YEN else f"{value:,}"
    text = str(value)
    if last in {"kind", "approve"} and text in TITLES:
        return title_of(text)
    return _(_VALUES[text]) if text in _VALUES else text
