"""What a 解約精算書 tells besides the last month's bill: the other countings of 解約金, the minimum term, and
the points that were looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from app.charge.termination import Termination, ending
from app.charge.words import counted
from app.contract.cancellation_date import Notice, cancellation_date
from app.contract.deadlines import Question, deadlines
from app.contract.equipment import device_words, to_return
from app.contract.facts import Ended, Timeline
from app.days import DAY, nth_period, period, period_number
from app.errors import UserError
from app.money import yen_words
from app.papers.invoice_parts import BillFacts, Carried
from app.papers.parts import paper_date
from app.papers.settlement import Check, OtherCount
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import ByDay, Edition, PrepaidYear
from app.tariff.texts import choice_words, words
from app.usecases.paper_bill_ground import BillGround
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork


def counted_by(leaving: Termination | None) -> tuple[str, int | None]:
    """What 解約金 counts (42 ID) and its price, where it is one product."""
    if leaving is None or "quantity" not in leaving.reason.inputs:
        return "", None
    inputs = leaving.reason.inputs
    return counted(inputs["quantity"], inputs["unit"]), int(str(inputs["unit_price"]))


def other_counts(
    timeline: Timeline, catalogue: Catalogue, leaving: Termination | None, on: date
) -> tuple[OtherCount, ...]:
    """What 解約金 would be under each other reading that changes it."""
    found = []
    for used in leaving.reason.all_readings() if leaving is not None else ():
        reading = catalogue.reading(used.service, used.name, on)
        for choice in reading.choices:
            if choice.code == used.choice:
                continue
            other = ending(timeline, catalogue.with_choices({used.name: choice.code}))
            fee = other.fee if other is not None else 0
            if leaving is not None and fee != leaving.fee:
                said = choice_words(reading, choice.code)
                found.append(OtherCount(words(reading.topic), said, fee, reading.clause))
    return tuple(found)


def last_used_day(catalogue: Catalogue, service: str, on: date) -> date:
    """The last day of use, as the terms count the 解約日."""
    policy = stands_for(catalogue.service(service).editions, on).proration
    if isinstance(policy, ByDay) and policy.last_charged_day != "same-day":
        return on - DAY
    return on


def term_of(timeline: Timeline, catalogue: Catalogue, on: date) -> tuple[date | None, int]:
    """The last day of the minimum term that runs on a day, and its months; none where the terms have none."""
    start = timeline.started.on
    rule = stands_for(catalogue.service(timeline.service).editions, on).term
    if rule is None:
        return None, 0
    renews = rule.renewal != "open-ended"
    number = period_number(start, rule.months, max(on, start)) if renews else 1
    return period(start, rule.months * number).last, rule.months


# --- what was looked at --------------------------------------------------------------------------------


def checks_of(
    work: UnitOfWork, ground: BillGround, ended: Ended, leaving: Termination | None, facts: BillFacts
) -> tuple[Check, ...]:
    """Credits, what is let go, what was added on the way, the request, what was paid, devices to go back."""
    edition = stands_for(ground.catalogue.service(ground.contract.content.service).editions, ended.on)
    return (
        *_credits(facts, edition),
        *_waiver(edition, leaving),
        *_added(ground, edition, leaving),
        *_request(ground, edition, ended),
        *_kept(ground, edition, ended),
        *(_paid(facts.carried) if facts.issuing.invoices else ()),
        *_devices(work, ground, ended),
    )


def _credits(facts: BillFacts, edition: Edition) -> Iterator[Check]:
    for row in facts.rows:
        if row.line.item == "outage-credit" and edition.outage is not None and not row.line.month:
            text = _("{days}に使えなかった分として{amount}を差し引きました").format(
                days=row.when, amount=yen_words(-row.line.amount)
            )
            yield Check(_("使えなかった時間"), text, edition.outage.clause)


def _waiver(edition: Edition, leaving: Termination | None) -> Iterator[Check]:
    rule = edition.termination
    if leaving is None or rule is None or not leaving.reason.inputs.get("basis"):
        return
    if leaving.waived:
        text = _("規約に定める免除に当たるため、解約金はかかりません")
    elif not leaving.fee:
        text = _("最低契約期間が残っていないため、解約金はかかりません")
    elif rule.waived:
        text = _("規約の変更や提供会社の事情による解約には当たりません")
    else:
        return
    yield Check(_("解約金の免除"), text, rule.waiver_clause or rule.clause)


def _day(ground: BillGround, day: date) -> str:
    """A day as all of the paper has them."""
    return paper_date(day, ground.settings.company, weekday=False)


def _added(ground: BillGround, edition: Edition, leaving: Termination | None) -> Iterator[Check]:
    rule = edition.termination
    if rule is None or leaving is None or rule.policy != "reduced-units-remaining-months":
        return
    states = ground.contract.timeline.history.states
    grown = [
        later.on
        for earlier, later in itertools.pairwise(states)
        if sum(later.items.values()) > sum(earlier.items.values())
    ]
    if grown:
        days = _("・").join(_day(ground, day) for day in grown)
        text = _("{days}に増やした分も、最初の開始日から数えます").format(days=days)
        yield Check(_("途中で増やした数"), text, rule.clause)


def _request(ground: BillGround, edition: Edition, ended: Ended) -> Iterator[Check]:
    clause = edition.cancellation.clause if edition.cancellation is not None else ""
    on = _day(ground, ended.on)
    if ended.by == "company":
        yield Check(_("解約の理由"), _("提供会社による解約で、解約日は{on}です").format(on=on))
    elif ended.requested is not None:
        asked = _day(ground, ended.requested)
        text = _in_time(ground, ended, asked) or _("{asked}に受け付け、解約日は{on}です").format(
            asked=asked, on=on
        )
        yield Check(_("解約のお申し出"), text, clause)
    else:
        yield Check(_("解約日"), _("解約日は{on}です").format(on=on), clause)


def _in_time(ground: BillGround, ended: Ended, asked: str) -> str:
    """Whether the customer told early enough; "" where the terms ask for no period of notice."""
    service, wished = ground.contract.content.service, ended.wished or ended.on
    try:
        end = cancellation_date(Notice(service, wished, ended.requested, ended.confirmed), ground.catalogue)
    except UserError:
        return ""
    if not end.in_time and (end.last_notice is not None or ended.on < end.day):
        return _("{asked}に受け付けました（規約の定めより遅いお申し出です）").format(asked=asked)
    if end.last_notice is None:
        return ""
    last = _day(ground, end.last_notice.day)
    return _("{asked}に受け付けました（期限は{last}）").format(asked=asked, last=last)


def _kept(ground: BillGround, edition: Edition, ended: Ended) -> Iterator[Check]:
    """That a year paid ahead is not given back where the customer leaves in it."""
    start = ground.contract.timeline.started.on
    if not isinstance(edition.proration, PrepaidYear) or ended.by != "customer" or ended.on <= start:
        return
    year = nth_period(start, 12, period_number(start, 12, ended.on))
    if year.first < ended.on < year.last:
        settle = next((rule for rule in edition.deadlines if rule.code == "settle_by"), None)
        last = _day(ground, year.last)
        yield Check(
            _("前払いの年額"),
            _("{last}までの年額は、途中で解約されてもお返しできません").format(last=last),
            settle.clause if settle is not None else edition.proration.clause,
        )


def _paid(carried: Carried) -> Iterator[Check]:
    if carried.first:
        return
    if carried.over > 0:
        text = _("{amount}のご入金を確認できていません").format(amount=yen_words(carried.over))
    elif carried.over < 0:
        text = _("{amount}をお預かりしています。本書の精算額に充てます").format(
            amount=yen_words(-carried.over)
        )
    else:
        text = _("すべて入金済みです")
    yield Check(_("前回までのご請求"), text)


def _devices(work: UnitOfWork, ground: BillGround, ended: Ended) -> Iterator[Check]:
    code = ground.contract.content.service
    devices = [one for one in work.beside.equipment_of(ground.contract.id) if not one.fields.removed]
    if not devices:
        return
    started = ground.contract.timeline.started.on
    edition = stands_for(ground.catalogue.service(code).editions, started)
    rules = edition.life.equipment if edition.life is not None else ()
    dates = deadlines(Question(code, started, cancel=ended.on), ground.catalogue).dates
    for duty in to_return(devices, rules, ended.on, dates):
        fields = duty.equipment.fields
        device = "  ".join(part for part in (device_words(fields), fields.serial) if part)
        if duty.by is not None:
            text = _("{device}を{day}までにお返しください").format(device=device, day=_day(ground, duty.by))
        else:
            text = _("{device}をお返しください").format(device=device)
        yield Check(_("機器のご返却"), text, duty.clause)
