"""Which column of a ledger says what: guessed from the heads, corrected by whoever imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.folding import fold
from app.words import N_, _

Columns = Mapping[str, int]
"""Code of a field → place of its column, from 0."""


@dataclass(frozen=True)
class LedgerField:
    """Something a ledger may say. ``heads``: how such columns are called; ``needed``: no row without it."""

    code: str
    name: str
    heads: tuple[str, ...] = ()
    needed: bool = False
    group: str = "contract"  # customer contract fact

    @property
    def words(self) -> str:
        """Its name in the language in force."""
        return _(self.name)


FIELDS: Final = (
    LedgerField(
        "name",
        N_("顧客名"),
        ("お客様名", "お客さま名", "会社名", "契約者名", "契約者", "社名", "名称", "取引先", "customer"),
        needed=True,
        group="customer",
    ),
    LedgerField("kana", N_("フリガナ"), ("カナ", "ふりがな", "かな", "顧客名カナ", "kana"), group="customer"),
    LedgerField("kind", N_("顧客の種類"), ("区分", "法人個人", "法人区分", "種別"), group="customer"),
    LedgerField("postal_code", N_("郵便番号"), ("〒", "postal code", "zip"), group="customer"),
    LedgerField("prefecture", N_("都道府県"), ("県", "prefecture"), group="customer"),
    LedgerField("address", N_("住所"), ("所在地", "契約者住所", "address"), group="customer"),
    LedgerField("building", N_("建物名"), ("建物", "ビル名", "building"), group="customer"),
    LedgerField("department", N_("部署"), ("部署名", "department"), group="customer"),
    LedgerField("person", N_("ご担当者"), ("担当者", "担当者名", "ご担当者名", "contact"), group="customer"),
    LedgerField(
        "phone", N_("電話番号"), ("電話", "tel", "連絡先", "連絡先電話番号", "phone"), group="customer"
    ),
    LedgerField("email", N_("メールアドレス"), ("メール", "e-mail", "email", "mail"), group="customer"),
    LedgerField("ledger_number", N_("台帳の契約番号"), ("契約番号", "管理番号", "番号", "no", "id")),
    LedgerField(
        "service", N_("サービス"), ("サービス名", "商品", "商品名", "プラン", "service"), needed=True
    ),
    LedgerField(
        "quantity",
        N_("数量"),
        ("ID数", "ライセンス数", "端末数", "台数", "センサー数", "契約数", "quantity", "エンドポイント"),
    ),
    LedgerField("gateway", N_("ゲートウェイ"), ("gateway", "GW", "ゲートウェイの種類", "クライアント数")),
    LedgerField("yearly_fee", N_("年額（税抜）"), ("年額", "年間料金", "年額料金", "annual fee")),
    LedgerField("start", N_("開始日"), ("利用開始日", "サービス開始日", "契約開始日", "開通日", "start")),
    LedgerField("end", N_("解約日"), ("終了日", "契約終了日", "end")),
    LedgerField("line", N_("回線の種類"), ("回線種別", "回線", "line")),
    LedgerField("line_number", N_("回線番号"), ("お客様ID", "回線ID", "アクセスキー", "line number")),
    LedgerField("provider_number", N_("提供会社の契約番号"), ("申込番号", "提供元番号", "provider number")),
    LedgerField("site", N_("設置場所"), ("設置先", "設置先住所", "利用場所", "site")),
    LedgerField("billing", N_("請求方法"), ("支払方法", "お支払い方法", "billing")),
    LedgerField("remarks", N_("備考"), ("メモ", "note", "remarks")),
    LedgerField("event", N_("できごと"), ("履歴", "イベント", "事由", "異動区分", "event"), group="fact"),
    LedgerField("event_on", N_("できごとの日"), ("異動日", "変更日", "日付", "date"), group="fact"),
    LedgerField(
        "event_until", N_("できごとの終わり"), ("復旧", "再開日", "停止終了日", "until"), group="fact"
    ),
)

BY_CODE: Final = {field.code: field for field in FIELDS}


def guess_columns(heads: Sequence[str]) -> dict[str, int]:
    """The columns as their heads say: first those that are named exactly so, then those that contain it.
    Every column is used once.
    """
    folded = [fold(head) or head for head in heads]  # a sign such as 〒 has no sound to compare
    found: dict[str, int] = {}
    for exact in (True, False):
        for field in FIELDS:
            if field.code not in found:
                place = _place(field, folded, set(found.values()), exact=exact)
                if place is not None:
                    found[field.code] = place
    return found


def _place(field: LedgerField, folded: Sequence[str], taken: set[int], *, exact: bool) -> int | None:
    names = [fold(name) or name for name in (field.name, *field.heads)]
    for name in names:
        for place, head in enumerate(folded):
            if place in taken or not head:
                continue
            if head == name or (not exact and len(name) > 1 and name in head):
                return place
    return None


def missing(columns: Columns) -> tuple[LedgerField, ...]:
    """The fields no row can do without that have no column yet."""
    return tuple(field for field in FIELDS if field.needed and field.code not in columns)
