"""Records as labels and values, field by field, so that nothing held is left out of what is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

import msgspec

from app.days import date_words
from app.words import N_, _

LABELS: Final[Mapping[str, str]] = {
    "kind": N_("区分"), "name": N_("名前"), "kana": N_("フリガナ"), "postal_code": N_("郵便番号"),
    "prefecture": N_("都道府県"), "address": N_("住所"), "building": N_("建物"), "department": N_("部署"),
    "person": N_("ご担当者"), "phone": N_("電話番号"), "email": N_("メール"), "note": N_("メモ"),
    "role": N_("役職"), "method": N_("支払方法"), "corporate_number": N_("法人番号"), "contacts": N_("連絡先"),
    "sites": N_("拠点"), "billing": N_("請求先"), "area": N_("エリア"), "service": N_("サービス"),
    "title": N_("件名"), "customer_kind": N_("区分"), "line": N_("回線の種類"), "line_number": N_("回線番号"),
    "line_holder": N_("回線の名義"), "provider_number": N_("提供会社の番号"), "site": N_("設置場所"),
    "contact": N_("連絡先"), "agreed": N_("合意した単価"), "item": N_("品目"), "unit_price": N_("単価"),
    "reason": N_("理由"), "approved_by": N_("承認者"), "application": N_("申込み"), "applied_on": N_("申込日"),
    "received_at": N_("受領日時"), "wished_start": N_("開始希望日"), "items": N_("数量"),
    "options": N_("オプション"), "answers": N_("確認への回答"), "promotion": N_("附則の無料期間"),
    "used_promotion_before": N_("無料期間の利用歴"), "remarks": N_("備考"), "quotation_number": N_("見積番号"),
    "billed_from": N_("当社の請求開始月"), "place": N_("場所"), "devices": N_("機器"),
    "with_line_order": N_("回線工事と同時"), "dispatches": N_("出張の回数"), "use_free": N_("無料訪問の利用"),
    "minutes": N_("作業の分"), "bring": N_("持ち物"), "wishes": N_("ご希望"), "spans": N_("日時"),
    "phone_on_day": N_("当日の電話番号"), "access": N_("入館・駐車"), "os": "OS", "count": N_("台数"),
    "menu": N_("作業"), "data_gb": N_("データ量（GB）"), "backup": N_("バックアップ"), "apps": N_("アプリの数"),
    "by_hand": N_("個別見積"), "net": N_("税抜の金額"), "why": N_("理由"), "on": N_("日付"), "first": N_("開始"),
    "last": N_("終了"), "model": N_("型番"), "serial": N_("製造番号"), "ownership": N_("所有"),
    "always_on": N_("常時通電"), "delivered_on": N_("納品日"), "returned_on": N_("返却日"),
    "lost": N_("紛失"), "passed_on": N_("引渡日"), "removed": N_("取外しの理由"),
}  # fmt: skip
"""What the fields of the records are called. A test sees that none of a customer's is missing."""

SILENT: Final = frozenset(
    {"id", "customer_id", "contract_id", "quotation_id", "technicians", "notices", "changes", "replaces"}
)
"""Fields that hold only references, or are told in a part of their own."""

_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODES: Final = frozenset({"kind", "event", "sha256", "staff", "voids"})

_VALUES: Final[Mapping[str, str]] = {
    "corporation": N_("法人"), "sole-trader": N_("個人・個人事業主"), "organisation": N_("団体"),
    "individual": N_("個人"), "west": N_("西日本"), "east": N_("東日本"), "invoice": N_("請求書"),
    "account-transfer": N_("口座振替"), "phone-bill": N_("電話料金と合算"), "flets": N_("フレッツ光"),
    "collab": N_("光コラボ"), "other": N_("その他"), "rental": N_("レンタル"), "purchased": N_("買取り"),
    "in-person": N_("対面"), "e-mail": N_("メール"), "phone": N_("電話"), "post": N_("郵送"),
    "counter": N_("窓口"), "screen": N_("画面"), "customer": N_("お客さま"), "desk": N_("当店"),
    "transfer": N_("振込"), "cash": N_("現金"), "offset": N_("相殺"), "gross-negligence": N_("重過失"),
    "gateway": N_("ゲートウェイ"), "endpoint": N_("エンドポイント"), "router": N_("ルーター"),
}  # fmt: skip


def told(record: msgspec.Struct, path: str = "") -> Iterator[tuple[str, str]]:
    """Label and value of everything in a record that is not empty; records within records by their path."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if name in SILENT or value in (None, "", (), {}) or value is False:
            continue
        label = _joined(path, _(LABELS[name]) if name in LABELS else name)
        yield from _one(label, value)


def _joined(path: str, label: str) -> str:
    return f"{path} {label}" if path else label


def _one(label: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, msgspec.Struct):
        yield from told(value, label)
    elif isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
        for number, one in enumerate(value, start=1):
            yield from told(one, f"{label}{number}")
    else:
        yield label, in_words(value)


def in_words(value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, datetime):
        return f"{date_words(value.date(), weekday=False)} {value:%H:%M}"
    if isinstance(value, date):
        return date_words(value, weekday=False)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Mapping) and all(isinstance(one, bool) for one in value.values()):
        yes = sum(value.values())
        return _("はい {yes}項目・いいえ {no}項目").format(yes=yes, no=len(value) - yes)
    if isinstance(value, Mapping):
        return _("、").join(f"{key}: {in_words(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return _("、").join(map(in_words, value))
    text = str(value)
    return _(_VALUES[text]) if text in _VALUES else text


def texts_of(record: Any) -> Iterator[str]:
    """The texts somebody typed that stand in a record of any depth; strokes of a signature are only named."""
    for name in record.__struct_fields__:
        if name not in SILENT and name not in _CODES and not name.endswith("_id"):
            yield from _texts(name, getattr(record, name))


def _texts(name: str, value: Any) -> Iterator[str]:
    if name == "strokes":
        if value:
            yield _("署名の筆跡（{count}画）").format(count=len(value))
    elif isinstance(value, msgspec.Struct):
        yield from texts_of(value)
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts("", one)
    elif isinstance(value, str | Mapping | date) and value and not _ID.fullmatch(str(value)):
        yield in_words(value)
