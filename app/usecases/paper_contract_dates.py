"""The days of a contract's life as its paper tells them: application, formation, start, term, end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from app.contract.facts import (
    Ended,
    RenewalDeclined,
    Started,
    Succeeded,
    Suspended,
    TermsNoticed,
    Timeline,
    Transferred,
)
from app.contract.history import State
from app.contract.record import Entry
from app.contract.steps import Accepted, Refused, Revoked, Submitted, Withdrawn
from app.days import Month
from app.money import yen_words
from app.papers.contract_sheet_facts import Dated
from app.papers.contract_sheet_parts import inline_date, inline_month
from app.papers.issuer import Settings
from app.tariff.model import Edition
from app.tariff.texts import words
from app.usecases.contract_view import LifePicture
from app.usecases.life_picture import life_picture
from app.usecases.month_rows import state_words
from app.usecases.paper_contract_ground import ContractGround
from app.words import _

MOST_CHANGES: Final = 6  # the last ones; the page of the contract shows them all


def dates_told(ground: ContractGround, timeline: Timeline | None, day: date) -> tuple[Dated, ...]:
    """The days in the order of life."""
    edition = ground.provided(day).edition
    life = edition.life
    found = [*_application(ground, edition)]
    started = next((one for one in ground.entries if type(one) is Started), None)
    if started is not None:
        found.append(
            Dated(_("サービスの開始"), started.on, "", life.start_clause if life is not None else "")
        )
    elif ground.stored.content.application.wished_start is not None:
        found.append(Dated(_("開始の希望日"), ground.stored.content.application.wished_start))
    if timeline is not None:
        picture = life_picture(ground.stored.content, ground.entries, timeline, ground.catalogue, day)
        found += _befell(ground, timeline, edition)
        found += _term(picture, edition, ground.entries, ground.settings)
    found += _end(ground.entries, edition, ground.settings)
    return tuple(found)


def _application(ground: ContractGround, edition: Edition) -> Iterator[Dated]:
    applied, life = ground.stored.content.application, edition.life
    if applied.applied_on is not None:
        yield Dated(
            _("お申込み"), applied.applied_on, "", life.application_clause if life is not None else ""
        )
    for one in ground.entries:
        if type(one) is Submitted and ground.provided(one.on).arranged:
            receipt = _("受付順 第{number}号").format(number=one.receipt) if one.receipt else ""
            yield Dated(_("提供会社への送付"), one.on, receipt)
        elif type(one) is Accepted and life is not None:
            yield from _accepted(one, life.acceptance_clause, life.start_clause)
        elif type(one) is Refused:
            yield _refused(one, edition)
        elif type(one) is Withdrawn:
            yield Dated(_("お取下げ"), one.on, one.words)
        elif type(one) is Revoked:
            yield Dated(
                _("承諾の取消し"), one.on, one.words, life.revocable_clause if life is not None else ""
            )


def _refused(one: Refused, edition: Edition) -> Dated:
    """Why the provider refused: in its words, else by the conditions of the terms."""
    grounds = [condition for condition in edition.conditions if condition.code in one.grounds]
    said = one.words or _("、").join(words(condition.name) for condition in grounds)
    return Dated(_("不承諾"), one.on, said, ", ".join(dict.fromkeys(each.clause for each in grounds)))


def _accepted(one: Accepted, clause: str, start_clause: str) -> Iterator[Dated]:
    """The notice forms the contract; where the start rests on its clause too, the day stated in it puts the
    contract into effect.
    """
    how = {"e-mail": _("メール"), "paper": _("書面")}[one.how]
    yield Dated(_("承諾の通知の発行"), one.on, _("ご契約の成立（{how}）").format(how=how), clause)
    if clause in start_clause.split(", "):
        yield Dated(_("通知に記された日"), one.effective, _("ご契約の効力の発生"), clause)
    elif one.effective != one.on:
        yield Dated(_("通知に記された日"), one.effective)


def _term(
    picture: LifePicture, edition: Edition, entries: Sequence[Entry], settings: Settings
) -> Iterator[Dated]:
    term = edition.term
    if term is None:
        clause = edition.cancellation.clause if edition.cancellation is not None else ""
        yield Dated(_("契約期間"), None, _("最低契約期間の定めはありません"), clause)
        return
    length = (
        _("{years}年間（{months}か月）").format(years=term.months // 12, months=term.months)
        if term.months % 12 == 0
        else _("{months}か月間").format(months=term.months)
    )
    yearly = term.renewal == "yearly-unless-noticed"
    name = _("契約期間の満了") if yearly else _("最低契約期間の満了")
    yield Dated(name, picture.term_end, length, term.clause)
    declined = next((one for one in entries if type(one) is RenewalDeclined), None)
    if declined is not None:
        yield Dated(_("更新しないお申し出"), declined.on, _("満了の日で終わります"), term.clause)
    elif picture.end is None:
        yield Dated(_("満了のあと"), None, _renewal(picture, edition, settings), term.clause)


def _renewal(picture: LifePicture, edition: Edition, settings: Settings) -> str:
    assert edition.term is not None
    if edition.term.renewal == "open-ended":
        return _("期間の定めなく続きます")
    if edition.term.renewal == "yearly-unless-noticed":
        if picture.renewal is None:
            return _("お申し出がなければ1年更新")
        by = inline_date(picture.renewal.first, settings)
        return _("1年更新（しないときは{by}までにお申し出）").format(by=by)
    if picture.renewal is None:
        return _("1年ごとに更新")
    month = inline_month(Month.of(picture.renewal.first), settings)
    return _("1年ごとに更新（契約更新月 {month}）").format(month=month)


def _befell(ground: ContractGround, timeline: Timeline, edition: Edition) -> Iterator[Dated]:
    """Changes of quantity, hand-overs, suspensions and notices of changed terms, by their day."""
    life, settings = edition.life, ground.settings
    change = life.change_clause if life is not None else ""
    found = [
        (state.on, Dated(_("ご契約の変更"), state.on, _had(edition, state), change))
        for state in timeline.history.states[1:]
    ]
    for one in ground.entries:
        if isinstance(one, Transferred | Succeeded) and life is not None:
            passed = type(one) is Transferred
            rule = life.transfer if passed else life.succession
            clause = rule.clause if rule is not None else ""
            what = _("譲渡") if passed else _("承継")
            found.append((one.on, Dated(what, one.on, _("{name} 様へ").format(name=one.to), clause)))
        elif type(one) is Suspended:
            until = inline_date(one.last, settings) if one.last is not None else ""
            said = _("{until}まで").format(until=until) if until else ""
            clause = life.suspension.clause if life is not None else ""
            found.append((one.first, Dated(_("利用停止"), one.first, said, clause)))
        elif type(one) is TermsNoticed:
            said = _("{day}実施").format(day=inline_date(one.effective, settings))
            found.append((one.notified, Dated(_("規約改定のお知らせ"), one.notified, said)))
    found.sort(key=lambda one: one[0])
    yield from (one for _on, one in found[-MOST_CHANGES:])


def _had(edition: Edition, state: State) -> str:
    """``31 ID``; of a fee of the provider's estimate the amount itself."""
    quoted = [state.items[item.code] for item in edition.items if item.quoted and state.items.get(item.code)]
    said = state_words(edition, state)
    return _("{what} {amount}（税抜）").format(what=said, amount=yen_words(sum(quoted))) if quoted else said


def _end(entries: Sequence[Entry], edition: Edition, settings: Settings) -> Iterator[Dated]:
    ended = min((one for one in entries if type(one) is Ended), key=lambda one: one.on, default=None)
    if ended is None:
        return
    life, rule = edition.life, edition.cancellation
    if ended.by == "company":
        clause = life.company_end.clause if life is not None else ""
        yield Dated(_("解約日"), ended.on, _("提供会社による解除"), clause)
        return
    told = _("お申し出 {day}").format(day=inline_date(ended.requested, settings)) if ended.requested else ""
    yield Dated(_("解約日"), ended.on, told, rule.clause if rule is not None else "")
