"""What the sheet of a contract says, without a page or a database: its figures are those of the screen."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import msgspec
import pytest

from app.charge.lines import make_bill
from app.charge.termination import termination
from app.contract.customer import CustomerDetails, CustomerFields
from app.contract.facts import AgreedUnitPrice, Changed, Ended, Started
from app.contract.record import ContractContent, ContractState, Entry, Recorded, StoredContract
from app.contract.steps import Accepted, Submitted
from app.papers.contract_sheet import contract_sheet
from app.papers.issuer import Company, ServiceRole, Settings
from app.papers.model import Facts, Halves, Headline, LineTable, Paper, Points, Row, Stack, Strong, Table
from app.papers.quotation import IssueMark
from app.usecases.open_contract import figures_of, timeline_of
from app.usecases.paper_contract import _as_of, sheet_on
from app.usecases.paper_contract_ground import ContractGround
from app.usecases.stand_contract import standing_of
from tests.app.usecases.contracts import LIVES, Life, content
from tests.shipped import catalogue

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=9)))
SETTINGS = Settings(company=Company(name="株式会社まどぐち通信サービス"), desk_code="HM1")
CUSTOMER = CustomerFields(name="株式会社みのり食品", prefecture="大阪府", address="大阪市中央区本町1-1")
BY_SERVICE = {life.service: life for life in LIVES}


def ground(
    life: Life, *more: Entry, made: ContractContent | None = None, begun: bool = True
) -> ContractGround:
    steps: tuple[Entry, ...] = (
        Submitted(on=life.start, receipt=3),
        Accepted(on=life.start, effective=life.start + timedelta(days=2)),
        Started(on=life.start, items=life.items),
    )
    entries = (*(steps if begun else ()), *more)
    made = made or content(life.service, life.items, life.start, "CAF0001")
    stored = StoredContract(
        id="c", seq=1, version=1, number="C-HM1-2605-0007", customer_id="k", content=made,
        entries=tuple(Recorded(entry=one, recorded_at=AT, staff="", seq=1) for one in entries),
        state=ContractState.ACTIVE, staff="", created_at=AT, updated_at=AT,
    )  # fmt: skip
    return ContractGround(
        stored=stored, customer=CUSTOMER, details=CustomerDetails(), settings=SETTINGS,
        catalogue=catalogue(), entries=entries,
    )  # fmt: skip


def paper_of(one: ContractGround, day: date = TODAY) -> Paper:
    mark = IssueMark(one.stored.number, 1, day)
    return contract_sheet(sheet_on(one, day), one.settings, mark)


def rows(paper: Paper, title: str) -> dict[str, Row]:
    """The rows of a table by the words of their first cell."""
    for section in paper.sections:
        for part in (section.left, section.right) if isinstance(section, Halves) else (section,):
            if isinstance(part, Table) and part.title == title:
                return {one.cells[0].text if isinstance(one.cells[0], Stack) else str(one.cells[0]): one
                        for one in part.rows}  # fmt: skip
    return {}


def everything(paper: Paper) -> str:
    return msgspec.json.encode(paper).decode()


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.service)
def test_the_figures_are_those_of_the_screen(life: Life) -> None:
    one = ground(life, Changed(on=life.change_on, items=life.change))
    entries = one.entries
    standing = standing_of(one.stored.content, entries, one.catalogue, TODAY)
    shown = figures_of(one.stored.content, entries, one.catalogue, TODAY, standing, "")
    paper = paper_of(one)
    assert paper.headline.facts[0].amount == shown.amount
    (table,) = (section for section in paper.sections if isinstance(section, LineTable))
    regular = table.groups[0]
    assert sum(row.amount for row in regular.rows if isinstance(row.amount, int)) == shown.amount
    ordered = sheet_on(one, TODAY).ordered
    assert paper.headline.amount == make_bill(ordered.regular, TODAY).total == ordered.total


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.service)
def test_the_notice_forms_the_contract_and_its_day_puts_it_into_effect_where_the_terms_say_so(
    life: Life,
) -> None:
    dates = rows(paper_of(ground(life)), "ご契約の日と期間")
    issued, stated = dates["承諾の通知の発行"], dates["通知に記された日"]
    assert str(issued.cells[2]).startswith("ご契約の成立")
    in_effect = life.service in ("media-light", "dokodemo-prime")
    assert (stated.cells[2] == "ご契約の効力の発生") is in_effect
    assert (stated.cells[3] == "8条1項") is in_effect


@pytest.mark.parametrize("service", ["dokodemo-prime", "media-light"])
def test_what_leaving_costs_by_each_counting(service: str) -> None:
    one = ground(BY_SERVICE[service])
    told = sheet_on(one, TODAY).leaving
    timeline = timeline_of(one.stored)
    assert told is not None
    assert timeline is not None
    found = termination(timeline, one.catalogue, told.ends_on)
    assert found is not None
    table = rows(paper_of(one), "解約金")
    first, *others = table.values()
    assert first.cells[-1] == told.amount == found.fee > 0
    amounts = {row.cells[-1] for row in others}
    assert found.fee not in amounts
    if service == "dokodemo-prime":
        assert found.fee + 28 * 2_600 in amounts  # the other counting: one month more
        assert told.ends_on == date(2026, 11, 30)  # five business days, a holiday between
    else:
        assert found.fee == 3_000 * found.months_left
        assert sheet_on(one, TODAY).ordered.monthly
        month = sum(line.amount for line in sheet_on(one, TODAY).ordered.monthly)
        assert month * found.months_left in amounts  # the other reading: all monthly charges


def test_what_the_provider_counted_goes_first() -> None:
    sheet = sheet_on(ground(BY_SERVICE["dokodemo-prime"]), TODAY)
    assert sheet.leaving is not None
    sheet = replace(sheet, leaving=replace(sheet.leaving, by_provider=1_000_000))
    paper = contract_sheet(sheet, SETTINGS, None)
    (table,) = (one for one in paper.sections if isinstance(one, Table) and one.title == "解約金")
    assert table.rows[0].cells[-1] == Strong("1,000,000")
    assert table.rows[1].cells[-1] == sheet.leaving.amount


def test_what_is_charged_once_is_told_while_it_is_to_come() -> None:
    life = BY_SERVICE["osect"]
    assert "初期費用" not in everything(paper_of(ground(life)))
    assert "初期費用" in everything(paper_of(ground(life, begun=False)))


def test_services_without_a_fee_say_nothing_of_one() -> None:
    assert "解約金はかかりません" in everything(paper_of(ground(BY_SERVICE["mihariban"])))
    yearly = everything(paper_of(ground(BY_SERVICE["mdr-ndr"])))
    assert "解約金はかかりません" not in yearly  # what was paid ahead is not given back
    assert "2027年3月19日" in yearly  # the last day for the notice of non-renewal


def test_asking_again_says_the_same_until_something_changed() -> None:
    life = BY_SERVICE["dokodemo-prime"]
    one, then, later = ground(life), date(2026, 11, 9), date(2026, 11, 12)
    mark = IssueMark(one.stored.number, 1, then)
    assert _as_of(one, later, mark) == sheet_on(one, then)
    changed = ground(life, Changed(on=date(2026, 11, 10), items={"id": 31}))
    assert _as_of(changed, later, mark) == sheet_on(changed, later)
    told_late = date(2026, 11, 25)  # the end comes in December: it costs a month less
    assert _as_of(one, told_late, mark) == sheet_on(one, told_late)


def test_a_contract_that_is_over_and_one_that_is_none_yet() -> None:
    life = BY_SERVICE["dokodemo-prime"]
    ended = ground(life, Ended(on=date(2026, 11, 1), requested=date(2026, 10, 1)))
    paper = paper_of(ended)
    assert (paper.headline.words, paper.headline.facts[0].amount) == ("解約済み", "2026年11月1日")
    assert rows(paper, "解約金")["このご契約の解約金"].cells[-1] == 28 * 2_600 * 17
    assert not rows(paper, "計算に用いた読み方")
    applied = paper_of(ground(life, begun=False))
    assert applied.opening.startswith("ご契約はまだ成立していません。")
    assert not rows(applied, "解約金")


def test_agreed_prices_and_what_has_none() -> None:
    life = BY_SERVICE["mihariban"]
    made = content(life.service, life.items, life.start)
    agreed = AgreedUnitPrice("license", 150, "10年のお取引", "森下 課長")
    paper = paper_of(ground(life, made=msgspec.structs.replace(made, agreed=(agreed,))))
    assert paper.headline.facts[0].amount == 15 * 150
    assert "10年のお取引（定価190円）" in everything(paper)
    too_many = paper_of(ground(life, made=content(life.service, {"license": 99}, life.start), begun=False))
    assert too_many.headline == Headline("料金", "", 0, too_many.headline.facts, "提供会社の見積によります")


def test_years_of_one_kind_and_whose_service_it_is() -> None:
    one = ground(BY_SERVICE["media-light"], Changed(on=date(2026, 9, 14), items={"endpoint": 6}))
    era = replace(
        one,
        settings=msgspec.structs.replace(
            SETTINGS, company=msgspec.structs.replace(SETTINGS.company, era="wareki")
        ),
    )
    assert not re.search(r"20\d\d年", everything(paper_of(era)))
    paper = paper_of(one)
    assert "当社は取次店" in everything(paper)
    own = replace(
        one, settings=msgspec.structs.replace(SETTINGS, roles={"media-light": ServiceRole(role="provider")})
    )
    said = everything(paper_of(own))
    assert "取次" not in said
    assert "当社が承諾の通知を発行したとき" in said
    points = [section for section in paper.sections if isinstance(section, Points)]
    assert all(point.text for section in points for point in section.points)
    assert any(isinstance(part, Facts) for section in paper.sections if isinstance(section, Halves)
               for part in (section.left, section.right))  # fmt: skip


def test_long_quantities_stand_under_the_service() -> None:
    short = paper_of(ground(BY_SERVICE["dokodemo-prime"]))
    assert "28 ID" in [fact.amount for fact in short.headline.facts]
    long = paper_of(ground(BY_SERVICE["media-light"]))
    assert [row.value for row in long.subject_rows if row.label == "数量"] == ["8端末・ゲートウェイ1台"]
    assert "数量" not in [fact.label for fact in long.headline.facts]
