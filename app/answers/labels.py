"""The members of answers in words (Japanese message ids, translated where they are shown)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.words import N_

ASK_LABELS: Final[Mapping[str, str]] = {
    "advice": N_("ご提案"),
    "application": N_("お申込みの可否"),
    "bill": N_("月ごとの請求"),
    "business-day": N_("営業日"),
    "cancellation-date": N_("解約日"),
    "deadlines": N_("期限"),
    "edition": N_("規約の版"),
    "late-interest": N_("延滞利息"),
    "opening-date": N_("開通日"),
    "slots": N_("訪問の近い空き"),
    "surcharge": N_("割増金"),
    "termination": N_("解約金"),
    "visit": N_("訪問サポートの料金"),
    "visit-days": N_("訪問できる日"),
}

LABELS: Final[Mapping[str, str]] = {
    "accepted": N_("お引受け"),
    "amount": N_("金額"),
    "applied": N_("今回使うか"),
    "capacity": N_("上限の台数"),
    "cheaper": N_("より安くなる数量"),
    "claim_by": N_("損害賠償の請求の期限"),
    "clauses": N_("お断りする条項"),
    "code": N_("コード"),
    "count": N_("数"),
    "date": N_("解約日"),
    "day": N_("日"),
    "days": N_("日数"),
    "delivery_due": N_("機器の配送の期限"),
    "discretionary": N_("提供会社の判断による"),
    "effective": N_("実施日"),
    "entitlement": N_("無償訪問"),
    "exempt": N_("不課税"),
    "fee": N_("解約金"),
    "first": N_("開始"),
    "free_value": N_("無償にした作業の定価（税抜）"),
    "from": N_("最初の日"),
    "grounds": N_("お断りする理由"),
    "hours": N_("時間"),
    "in_time": N_("期限に間に合う"),
    "install_due": N_("センサー設置の期限"),
    "invoice_by": N_("請求書の期限"),
    "items": N_("数量"),
    "kind": N_("種類"),
    "last": N_("終わり"),
    "last_notice": N_("希望日どおり解約できる申し出の期限"),
    "left": N_("残りの回数"),
    "liability": N_("提供会社の責任の限度"),
    "lines": N_("明細"),
    "minutes": N_("所要時間（分）"),
    "min_term_ends": N_("最低契約期間の満了日"),
    "monthly_net": N_("月額（税抜）"),
    "months": N_("月"),
    "months_left": N_("残月数"),
    "net": N_("税抜合計"),
    "notice_by": N_("申し出の期限"),
    "opening": N_("開通日"),
    "payment_due": N_("お支払いの期限"),
    "permitted": N_("訪問できるか"),
    "priced": N_("料金が分かるか"),
    "promotion": N_("無料期間"),
    "refused": N_("訪問できない日"),
    "remarks": N_("ご注意"),
    "renewal_month": N_("契約更新月"),
    "renewed_to": N_("更新後の満了日"),
    "return_equipment_by": N_("機器の返還の期限"),
    "saving": N_("差額（月額・税抜）"),
    "settle_by": N_("未払料金のお支払いの期限"),
    "slots": N_("近い空き"),
    "surcharge_net": N_("割増金（税抜）"),
    "surcharge_tax": N_("割増金の消費税"),
    "surcharge_total": N_("割増金（税込）"),
    "tax": N_("消費税"),
    "term_ends": N_("利用期間の満了日"),
    "test_due": N_("開通試験の期限"),
    "to": N_("最後の日"),
    "total": N_("合計"),
    "total_due": N_("お支払いの総額"),
    "uninstall_by": N_("アンインストールの期限"),
    "inspect_by": N_("検査の期限"),
    "change_notice_by": N_("規約変更の予告の期限"),
    "abolition_notice_by": N_("サービス廃止の予告の期限"),
    "used_on": N_("すでに使った日"),
    "waivable_clause": N_("ほかに請求がないときは請求しないことがあります"),
    "waived": N_("免除"),
    "why": N_("理由"),
    "year": N_("契約年度"),
}

# What a member is called where it is a list or an object, not a single value.
NESTED_LABELS: Final[Mapping[str, str]] = {"day": N_("訪問日"), "days": N_("訪問できる日")}

MONEY: Final = frozenset(
    {
        "amount",
        "exempt",
        "fee",
        "free_value",
        "monthly_net",
        "net",
        "saving",
        "surcharge_net",
        "surcharge_tax",
        "surcharge_total",
        "tax",
        "total",
        "total_due",
    }
)

# Said elsewhere in the tree, or only of use to programs.
UNTOLD: Final = frozenset(
    {
        "readings", "reasons", "clause", "edition", "words", "holidays_vouched_until", "undated",
        "promotion_clause", "rate", "first_day", "last_day", "rate_expected", "tax_kind",
    }
)  # fmt: skip

# Said only where there is something to say.
QUIET: Final = frozenset(
    {
        "discretionary", "waivable_clause", "entitlement", "remarks", "exempt", "free_value", "promotion",
        "clauses", "grounds",
    }
)  # fmt: skip
