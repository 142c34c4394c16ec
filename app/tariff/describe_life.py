"""A contract's life in words: acceptance, suspension, transfer, succession, the provider's ending of it,
consents and devices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from app.tariff.clauses import clause_note
from app.tariff.described import Row
from app.tariff.diff_words import code_words, value_words
from app.tariff.life import EquipmentRule, LifeGround, LifeRules, TransferCondition
from app.tariff.model import Edition
from app.tariff.texts import words
from app.words import N_, _


def _life(edition: Edition) -> Iterator[Row]:
    life = edition.life
    assert life is not None
    yield from _clauses(life)
    yield from _stops(life)
    yield from _hands(life)
    yield Row(_("提供会社による解除"), _notice(life.company_end.notice_clause), life.company_end.clause)
    yield from _grounds(life.company_end.grounds)
    yield from _consents(life)
    for one in life.equipment:
        yield Row(words(one.name), _device(one), one.clause)


def _clauses(life: LifeRules) -> Iterator[Row]:
    known = (
        (_("申込み"), _("所定の方法で申し込みます"), life.application_clause),
        (_("契約の成立"), _("提供会社の承諾によって成立します"), life.acceptance_clause),
        (_("承諾の順序"), _("受け付けた順に承諾します"), life.receipt_order_clause),
        (
            _("承諾の取消し"),
            _("お断りする場合に当たると分かったときは、取り消されます"),
            life.revocable_clause,
        ),
        (_("1回線1契約"), _("1つの回線に1つの契約です"), life.one_per_line_clause),
        (_("利用開始"), _("提供を開始した日から始まります"), life.start_clause),
        (_("開始前の解約"), _("それまでの費用のお支払いが必要です"), life.before_start_clause),
        (_("契約内容の変更"), _("申込みに準じて取り扱います"), life.change_clause),
        (_("届出事項の変更"), _("氏名・住所などが変わったときは届け出ます"), life.notified_clause),
        (_("規約の変更"), _("同意しないときは解約できます"), life.terms_change_clause),
    )
    for label, said, clause in known:
        if clause:
            yield Row(label, said, clause)


def _stops(life: LifeRules) -> Iterator[Row]:
    rule = life.suspension
    lines = [_notice(rule.notice_clause)]
    if rule.longest_months is not None:
        lines.insert(0, _("{months}か月以内").format(months=rule.longest_months))
    if rule.until_paid:
        lines.insert(1, _("お支払いがないときは、支払われるまで"))
    yield Row(_("利用停止"), "\n".join(lines), rule.clause)
    yield from _grounds(rule.grounds)
    said = (
        _("緊急のときを除き、事前に知らせます") if life.interruption.notice else _("予告の定めはありません")
    )
    yield Row(_("提供中止"), said, life.interruption.clause)


def _notice(clause: str) -> str:
    return _("事前に通知します") if clause else _("事前の通知の定めはありません")


def _grounds(grounds: Iterable[LifeGround]) -> Iterator[Row]:
    for one in grounds:
        said = words(one.name)
        yield Row("", said if one.notice else _("{words}（通知なし）").format(words=said), one.clause)


_POLICIES: Final[Mapping[str, str]] = {
    "approved-unless": N_("次のとおりであれば、提供会社が承認します"),
    "with-approval": N_("提供会社の承認が必要です"),
    "with-consent": N_("相手方の書面による事前の承諾が必要です"),
}


def _hands(life: LifeRules) -> Iterator[Row]:
    transfer = life.transfer
    lines = [_(_POLICIES[transfer.policy])]
    if transfer.joint_form:
        form = _("当事者が連署した書面で請求します")
        if transfer.form_lines:
            kinds = value_words("lines", transfer.form_lines)
            form = _("{words}（{lines}のとき）").format(words=form, lines=kinds)
        lines.append(form)
    if transfer.proof_instead:
        lines.append(_("連署に代えて、譲渡を証明する書類を添えることができます"))
    if transfer.note is not None:
        lines.append(words(transfer.note))
    yield Row(_("譲渡"), "\n".join(lines), transfer.clause)
    for one in transfer.conditions:
        yield Row("", _condition(one), one.clause)
    if life.succession is not None:
        asked = [_("証明する書類を届け出ます")] if life.succession.documents else []
        if life.succession.representative:
            asked.append(_("2人以上のときは代表者を1人決めて届け出ます"))
        if life.succession.note is not None:
            asked.append(words(life.succession.note))
        yield Row(_("承継"), "\n".join(asked), life.succession.clause)


def _condition(one: TransferCondition) -> str:
    said = _("必要：{words}") if one.holds else _("該当しないこと：{words}")
    told = said.format(words=words(one.name))
    lines = value_words("lines", one.lines) if one.lines else ""
    return _("{words}（{lines}のとき）").format(words=told, lines=lines) if lines else told


def _consents(life: LifeRules) -> Iterator[Row]:
    for place, one in enumerate(life.consents):
        said = words(one.name)
        if one.deemed:
            said = _("{words}（申込みにより同意とみなします）").format(words=said)
        yield Row(_("同意いただく事項") if place == 0 else "", said, one.clause)


def _device(one: EquipmentRule) -> str:
    lines = [
        _("、").join(code_words("ownership", kind) for kind in one.ownership),
        code_words("at_end", one.at_end),
    ]
    if one.passes:
        lines.append(code_words("passes", one.passes))
    if one.loss is not None:
        lines.append(words(one.loss))
    if one.risk_clause:
        lines.append(
            _("届いたあとの危険はお客さまの負担（{clause}）").format(clause=clause_note(one.risk_clause))
        )
    return "\n".join(lines)


TELLERS: Final[Mapping[str, Callable[[Edition], Iterator[Row]]]] = {"life": _life}
