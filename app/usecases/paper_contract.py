"""契約内容確認書: a contract of any state, told as it stands on the day the paper is issued."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from app.contract.contract_deadlines import contract_deadlines
from app.contract.equipment import OWNERSHIPS, Stage, device_words, replacements, rule_of, stage_of
from app.contract.facts import Ended, Quantities, Started, Timeline
from app.contract.history import customer_on
from app.contract.life import state_on
from app.contract.ordered import MOST_YEN
from app.papers.archived import PaperAbout
from app.papers.contract_sheet import contract_sheet
from app.papers.contract_sheet_facts import ContractSheet, Device, FreeVisits, ReadingRow
from app.papers.model import Paper
from app.papers.options import Options
from app.papers.quotation import IssueMark
from app.papers.request import PaperRequest
from app.tariff.model import Edition, Remark
from app.tariff.texts import choice_words, words
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.open_contract import timeline_of
from app.usecases.paper_contract_dates import dates_told
from app.usecases.paper_contract_ground import ContractGround, contract_ground
from app.usecases.paper_contract_leaving import leaving_told
from app.usecases.paper_makers import Making
from app.visit.entitlement import free_work
from app.visit.from_order import contract_of
from app.visit.work import VisitRequest
from app.words import N_, _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

KIND: Final = "C"
NONE: Final = -1  # no amount was said
_RULES: Final = ("proration", "term", "termination", "cancellation")
"""The rules of an edition whose readings the paper tells: charges, term and leaving."""

STAGES: Final = {
    Stage.ORDERED: N_("これからお届け"),
    Stage.IN_USE: N_("お使い中"),
    Stage.REPLACED: N_("交換済み・要返却"),
    Stage.TO_RETURN: N_("要返却"),
    Stage.RETURNED: N_("返却済み"),
    Stage.LOST: N_("紛失"),
    Stage.KEPT: N_("お客さまのもの"),
}


def make_contract(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """The paper goes under the contract's own number, a further revision when something changed. Option
    ``provider_fee``: what the provider itself counted as 解約金, in yen; it goes before our own counting.

    Raises UserError ``not-found``; ``bad-input`` for options.
    """
    options = Options(request.options)
    by_provider = options.number("provider_fee", _("提供会社の計算による解約金"), 0, MOST_YEN, NONE)
    options.finish()
    ground = contract_ground(desk, work, request.subject)
    asked = request.on or desk.today()

    def make(mark: IssueMark | None) -> Paper:
        sheet = _as_of(ground, asked, mark)
        if sheet.leaving is not None and by_provider != NONE:
            sheet = replace(sheet, leaving=replace(sheet.leaving, by_provider=by_provider))
        return contract_sheet(sheet, ground.settings, mark)

    over = ground.over(asked)
    return Making(
        make=make,
        about=PaperAbout(
            customer_id=ground.stored.customer_id,
            subject_kind="contract",
            subject_id=ground.stored.id,
            staff=who(ground.settings),
        ),
        customer=ground.customer.name.strip(),
        total=0 if over else ground.ordered(asked).total,
        number=ground.stored.number,
    )


def _as_of(ground: ContractGround, asked: date, mark: IssueMark | None) -> ContractSheet:
    """The sheet of the day asked for; that of an earlier issue where nothing but the day differs, so that
    asking again gives the paper of then.
    """
    now = sheet_on(ground, asked)
    if mark is None or mark.on == asked:
        return now
    then = sheet_on(ground, mark.on)
    return then if then.tells_the_same(now) else now


def sheet_on(ground: ContractGround, day: date) -> ContractSheet:
    """Everything the paper tells of a contract on a day."""
    stored, catalogue = ground.stored, ground.catalogue
    provided = ground.provided(day)
    timeline = timeline_of(stored)
    has = ground.has(day)
    over = ground.over(day)
    return ContractSheet(
        day=day,
        number=stored.number,
        state=state_on(ground.entries, day),
        content=stored.content,
        customer=ground.customer,
        corporate_number=ground.details.corporate_number,
        provided=provided,
        ordered=ground.ordered(day, has),
        dates=dates_told(ground, timeline, day),
        options=tuple(sorted(has.options.items())),
        notice=_notice(provided.edition),
        has_fee=provided.edition.termination is not None,
        leaving=leaving_told(timeline, catalogue, day) if timeline is not None else None,
        deadlines=contract_deadlines(stored.content, ground.entries, catalogue, day, ground.equipment),
        devices=tuple(_devices(ground, provided.edition, day)),
        free_visits=_free_visits(ground, timeline, day),
        readings=() if over else tuple(_readings(ground, provided.edition, day)),
        remarks=() if over else tuple(_remarks(ground, provided.edition, has.items, day)),
    )


def _notice(edition: Edition) -> str:
    """How early one has to ask for the end: ``5営業日前``; "" without such a rule."""
    rule = edition.cancellation
    if rule is not None and rule.policy == "business-days-notice" and rule.business_days:
        return _("{days}営業日前").format(days=rule.business_days)
    if rule is not None and rule.policy == "months-notice" and rule.months:
        return _("{months}か月前").format(months=rule.months)
    return ""


def _devices(ground: ContractGround, edition: Edition, day: date) -> Iterator[Device]:
    rules = edition.life.equipment if edition.life is not None else ()
    replaced = replacements(ground.equipment)
    ended = min((one.on for one in ground.entries if type(one) is Ended), default=None)
    due = contract_deadlines(ground.stored.content, ground.entries, ground.catalogue, day, ground.equipment)
    by = next((one.on for one in due if one.code == "return_equipment_by"), None)
    for one in ground.equipment:
        stage = stage_of(one, rule_of(rules, one.fields.kind), day, ended, replaced)
        to_return = stage in (Stage.TO_RETURN, Stage.REPLACED)
        yield Device(
            name=device_words(one.fields),
            serial=one.fields.serial,
            whose=_(OWNERSHIPS[one.fields.ownership]),
            delivered_on=one.fields.delivered_on,
            stage=_(STAGES[stage]),
            by=by if to_return else None,
        )


def _free_visits(ground: ContractGround, timeline: Timeline | None, day: date) -> FreeVisits | None:
    if timeline is None:
        return None
    service = timeline.service
    edition = ground.provided(day).edition
    if edition.visit is None:
        return None
    contract = contract_of(timeline, ground.catalogue, day, ground.free_days)
    asked = VisitRequest(service, day, (), contract, use_free=False)
    free = free_work(
        asked, edition.visit, lambda name: ground.catalogue.choice(service, name, day) if name else ""
    ).entitlement
    if free is None or not free.capacity:
        return None
    return FreeVisits(
        free.year.first, free.year.last, free.per_year, free.left, free.capacity, free.used_on, free.clause
    )


def _readings(ground: ContractGround, edition: Edition, day: date) -> Iterator[ReadingRow]:
    """Every reading that decides what is charged, the term or leaving, with the choice in force."""
    names: dict[str, None] = {}
    for rule_name in _RULES:
        rule = getattr(edition, rule_name)
        if rule is not None:
            fields = msgspec.structs.asdict(rule)
            names |= {value: None for key, value in fields.items() if key.endswith("reading") and value}
    service = ground.stored.content.service
    start = next((one.on for one in ground.entries if type(one) is Started), day)
    for name in names:
        reading = edition.reading(name)
        if reading is not None:
            choice = ground.catalogue.choice(service, name, max(start, day))
            yield ReadingRow(words(reading.topic), choice_words(reading, choice), reading.clause)


def _remarks(ground: ContractGround, edition: Edition, items: Quantities, day: date) -> Iterator[Remark]:
    """What the tariff has papers say of such a contract."""
    content = ground.stored.content
    ordered = [item for item in edition.items if items.get(item.code)]
    holding = {""}
    if any(item.capacity is not None for item in ordered):
        holding.add("gateway")
    if any(item.code == "endpoint" for item in ordered):
        holding.add("endpoint")
    kind = customer_on(ground.entries, content.customer_kind, day)
    if kind != "corporation" and content.line == "collab":
        holding.add("individual-collab")
    return (one for one in edition.remarks if one.quotation and one.when in holding)
