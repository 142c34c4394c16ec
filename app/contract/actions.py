"""What staff can do with a contract, and what decides it besides the contract's state."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What staff can do with a contract. Each but EDIT and SURCHARGE records one entry."""

    EDIT = "edit"  # 申込内容の編集
    EXPLAIN = "explain"  # 重要事項の説明
    SUBMIT = "submit"  # 送付
    WITHDRAW = "withdraw"  # 取下げ（開始前の取りやめ）
    ACCEPT = "accept"  # 承諾
    REFUSE = "refuse"  # 不承諾
    REVOKE = "revoke"  # 承諾の取消し
    START = "start"  # 開始
    CHANGE = "change"  # 数量・オプションの変更
    SUSPEND = "suspend"  # 利用停止
    RESUME = "resume"  # 利用再開
    OUTAGE = "outage"  # 障害
    RESTORE = "restore"  # 復旧
    INTERRUPT = "interrupt"  # 提供中止
    TRANSFER = "transfer"  # 譲渡
    SUCCEED = "succeed"  # 承継
    NOTIFY = "notify"  # 届出事項の変更
    BILLING = "billing"  # 請求・支払方法
    WORKS_FEE = "works-fee"  # 工事費
    PROMOTE = "promote"  # 附則の無料期間
    TERMS_NOTICE = "terms-notice"  # 規約改定の通知
    DECLINE_RENEWAL = "decline-renewal"  # 更新しない申し出
    CANCEL = "cancel"  # 解約（お客さま）
    CANCEL_COMPANY = "cancel-company"  # 解除（提供会社）
    SURCHARGE = "surcharge"  # 割増金の請求
    VOID = "void"  # 訂正・取消し


class Circumstance(StrEnum):
    """What else holds of a contract and decides what may be done."""

    START_RECORDED = "start-recorded"
    SUSPENSION_OPEN = "suspension-open"
    OUTAGE_OPEN = "outage-open"
    END_RECORDED = "end-recorded"
    RENEWAL_DECLINED = "renewal-declined"
    WORKS_FEE_RECORDED = "works-fee-recorded"
    PROMOTED = "promoted"
    RECORDED = "recorded"  # something that can be voided
