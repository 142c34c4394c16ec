"""What is said of a device: whose it is and why, when it goes back and why, what else has its number."""

from __future__ import annotations

from datetime import date

from app.contract.date_words import because
from app.contract.equipment import Holder, Owned, ReturnDuty, Stage, Why
from app.days import date_words
from app.tariff.clauses import clause_note
from app.tariff.life import EquipmentRule
from app.usecases.keep_equipment import SerialTwin
from app.words import _
from ui.moments import days_left_words

_OUT = frozenset({Stage.IN_USE, Stage.REPLACED, Stage.TO_RETURN})
_ICONS = {
    Stage.ORDERED: ("truck", "note"),
    Stage.IN_USE: ("circle-check", "good"),
    Stage.REPLACED: ("refresh-cw", "warn"),
    Stage.TO_RETURN: ("truck", "warn"),
    Stage.RETURNED: ("package", "neutral"),
    Stage.LOST: ("circle-x", "danger"),
    Stage.KEPT: ("circle-check", "neutral"),
}


def stage_chip(stage: Stage) -> tuple[str, str, str]:
    """Icon, words and meaning of where a device stands."""
    icon, meaning = _ICONS[stage]
    words = {
        Stage.ORDERED: _("未着"),
        Stage.IN_USE: _("使用中"),
        Stage.REPLACED: _("交換済み・返却待ち"),
        Stage.TO_RETURN: _("返却待ち"),
        Stage.RETURNED: _("返却済み"),
        Stage.LOST: _("紛失"),
        Stage.KEPT: _("お客さまに残る"),
    }[stage]
    return icon, words, meaning


def owner_words(owned: Owned) -> str:
    """`所有：提供会社（レンタル・別紙4※3）`."""
    holder = _("提供会社") if owned.holder is Holder.PROVIDER else _("お客さま")
    day = date_words(owned.since) if owned.since is not None else ""
    why = {
        Why.RENTED: _("レンタル"),
        Why.LENT: _("貸出し"),
        Why.BOUGHT: _("買取り"),
        Why.SELLER: _("指定販売元から購入・リース"),
        Why.OWN: _("もともとお客さまの機器"),
        Why.PAID: _("{day}に初期費用を完済").format(day=day),
        Why.UNPAID: _("初期費用の完済で、お客さまのものになります"),
        Why.ENDED: _("{day}の廃止・交換で移転").format(day=day),
        Why.NOT_ENDED: _("廃止または交換で、お客さまのものになります"),
    }[owned.why]
    inner = _("・").join(part for part in (why, clause_note(owned.clause)) if part)
    return _("所有：{holder}（{why}）").format(holder=holder, why=inner)


def risk_words(rule: EquipmentRule, stage: Stage) -> str:
    """Who bears the risk of a device that is out, where the terms say; "" else."""
    if not rule.risk_clause or stage not in _OUT:
        return ""
    return _("危険負担：届いたあとはお客さま（{clause}）").format(clause=clause_note(rule.risk_clause))


def duty_words(duty: ReturnDuty, today: date) -> str:
    """`2027年1月31日（日）までに返却（あと71日）。2026年12月31日から1か月（8条1項）`."""
    if duty.by is None:
        clause = _("（{clause}）").format(clause=clause_note(duty.clause)) if duty.clause else ""
        return _("返却が必要です。期限の日は規約にありません{clause}").format(clause=clause)
    words = _("{day}までに返却（{left}）").format(
        day=date_words(duty.by), left=days_left_words(duty.by, today)
    )
    return f"{words}・{because(duty.reason)}" if duty.reason is not None else words


def twin_words(twins: tuple[SerialTwin, ...]) -> str:
    """`同じ製造番号の機器があります：C-HM1-2611-0001 髙橋精工株式会社`; "" for none."""
    if not twins:
        return ""
    first = f"{twins[0].number} {twins[0].customer}"
    more = len(twins) - 1
    where = _("{first} ほか{count}件").format(first=first, count=more) if more else first
    return _("同じ製造番号の機器があります：{where}").format(where=where)
