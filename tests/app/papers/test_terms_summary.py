"""The 重要事項説明書 as content: what holds for this case is said, with figures of the tariff and of the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any

import msgspec
import pytest

from app.charge.engine import charge
from app.charge.termination import termination
from app.contract.facts import Ended, Started, Timeline, Voided
from app.days import Month
from app.errors import UserError
from app.papers.explanation import Explanation
from app.papers.issuer import Company, ServiceRole, Settings
from app.papers.model import Paper
from app.papers.quotation import IssueMark
from app.papers.side import (
    ExplanationRecord,
    FactStrip,
    OwnCase,
    SidePoint,
    SidePoints,
    SideSection,
    SideTable,
    SideTables,
)
from app.papers.terms_facts import TermsCase, TermsFacts
from app.papers.terms_summary import terms_summary
from app.usecases.paper_terms import quotation_case
from app.words import speaking
from tests.shipped import EXAMPLES, TODAY, catalogue, request

MARK = IssueMark("E-HM1-2611-0107", 1, TODAY)
SETTINGS = Settings(company=Company(name="株式会社まどぐち通信サービス"), has_seal=True)


def case_of(service: str, settings: Settings = SETTINGS, **changes: Any) -> TermsCase:
    """A service of the examples, to be explained."""
    content = request(service).content
    entry = next(one for one in content.services if one.service == service)
    entry = msgspec.structs.replace(entry, **changes)
    return quotation_case(content, entry, "Q-HM1-2611-0318", catalogue(), settings, TODAY)


def side(paper: Paper) -> tuple[SideSection, ...]:
    (found,) = (section for section in paper.sections if isinstance(section, SidePoints))
    return found.sections


def parts(paper: Paper) -> Iterator[object]:
    for section in side(paper):
        yield from section.parts


def texts(paper: Paper) -> str:
    return "\n".join(part.text for part in parts(paper) if isinstance(part, SidePoint))


def own_cases(paper: Paper) -> dict[str, OwnCase]:
    return {part.title: part for part in parts(paper) if isinstance(part, OwnCase)}


@pytest.mark.parametrize("service", EXAMPLES)
def test_each_service_says_its_points_with_their_articles(service: str) -> None:
    for language in ("ja", "en"):
        with speaking(language):
            paper = terms_summary(case_of(service), SETTINGS, MARK)
        assert paper.kind == "E"
        assert paper.qr == "E-HM1-2611-0107/1"
        assert isinstance(paper.sections[0], FactStrip)
        points = [part for part in parts(paper) if isinstance(part, SidePoint)]
        assert len(points) > 20
        assert all(one.clause and "{" not in one.text for one in points)
        assert isinstance(paper.foot, ExplanationRecord)
    with_drafts = terms_summary(case_of(service), SETTINGS, None)
    assert with_drafts.draft
    assert not with_drafts.issuer.seal


def test_who_provides_is_said_and_calls_the_company_by_its_part() -> None:
    arranged = texts(terms_summary(case_of("mihariban"), SETTINGS, MARK))
    own = msgspec.structs.replace(SETTINGS, roles={"mihariban": ServiceRole(role="provider")})
    provided = texts(terms_summary(case_of("mihariban", own), own, MARK))
    assert "提供するのはNTT西日本株式会社です" in arranged
    assert "提供会社の責任" in arranged
    assert "NTT西日本" not in provided
    assert "提供会社" not in provided
    assert "当社の責任" in provided


def test_the_providers_desk_is_named_where_we_arrange() -> None:
    contact = "本サービス取扱所 0120-000-000"
    for role, rows in (("agent", 2), ("provider", 1)):
        roles = {"mihariban": ServiceRole(role=role, contact=contact)}  # type: ignore[arg-type]
        settings = msgspec.structs.replace(SETTINGS, roles=roles)
        paper = terms_summary(case_of("mihariban", settings), settings, MARK)
        assert len(paper.subject_rows) == rows
        assert (contact in [row.value for row in paper.subject_rows]) is (role == "agent")


def test_points_hold_only_on_their_conditions() -> None:
    trader = case_of("mihariban", line="collab")
    said = {
        name: texts(terms_summary(one, SETTINGS, MARK))
        for name, one in (
            ("collab", replace(trader, customer_kind="individual", line="collab")),
            ("flets", replace(trader, customer_kind="individual", line="flets")),
            ("company", replace(trader, customer_kind="corporation", line="collab")),
        )
    }
    assert "150円" in said["collab"]
    assert "150円" not in said["flets"]
    assert "この回線ではかかりません" in said["flets"]
    assert "法人のお客さまには" in said["company"]
    undated = replace(trader, timeline=None)
    paper = terms_summary(undated, SETTINGS, MARK)
    assert not own_cases(paper)
    strip = paper.sections[0]
    assert isinstance(strip, FactStrip)
    assert "承諾のときに決まります" in [fact.value for fact in strip.facts]


def test_the_first_month_is_the_charge_itself_and_other_readings_are_told() -> None:
    case = case_of("mihariban")
    assert case.timeline is not None
    (own,) = own_cases(terms_summary(case, SETTINGS, MARK)).values()
    start = case.timeline.started.on
    lines = charge(case.timeline, catalogue(), Month.of(start))
    assert own.table.rows[0].cells[-1] == sum(line.amount for line in lines)
    assert own.table.rows[1].cells[-1] == case.monthly
    other = catalogue().with_choices({"mihariban-proration": "touched-month"})
    whole = sum(line.amount for line in charge(case.timeline, other, Month.of(start)))
    assert f"{whole:,}円" in own.table.note
    assert "※1" in texts(terms_summary(case, SETTINGS, MARK))
    assert side(terms_summary(case, SETTINGS, MARK))[-1].title == "規約の読み方"


def test_leaving_is_worked_out_until_it_costs_nothing_under_both_countings() -> None:
    case = case_of("dokodemo-prime")
    assert case.timeline is not None
    own = next(
        one for title, one in own_cases(terms_summary(case, SETTINGS, MARK)).items() if "解約" in title
    )
    *fees, reduced = (row.cells[-1] for row in own.table.rows)
    assert fees == sorted((fee for fee in fees if isinstance(fee, int)), reverse=True)
    assert fees[-1] == 0
    begun = Month.of(case.timeline.started.on)
    expected = termination(case.timeline, catalogue(), begun.plus(6).first)
    assert expected is not None
    assert fees[0] == expected.fee
    assert reduced == (31 - 25) * 2_400 * expected.months_left
    assert "25 ID" in str(own.table.rows[-1].cells[0])
    later = catalogue().with_choices({"prime-months-left": "calendar-months"})
    other = termination(case.timeline, later, begun.plus(6).first)
    assert other is not None
    assert f"{other.fee:,}" in own.table.note
    assert "提供会社の計算が優先します" in own.table.note


def test_an_end_that_was_taken_back_leaves_no_trace() -> None:
    case = case_of("mihariban")
    assert case.timeline is not None
    facts = (*case.timeline.facts, Ended(on=date(2027, 3, 1), id="end"), Voided(voids="end"))
    back = replace(case, timeline=replace(case.timeline, facts=facts))
    assert own_cases(terms_summary(back, SETTINGS, MARK)) == own_cases(terms_summary(case, SETTINGS, MARK))


def test_an_ended_contract_is_explained_as_if_it_went_on() -> None:
    case = case_of("mihariban")
    assert case.timeline is not None
    ended = replace(case.timeline, facts=(*case.timeline.facts, Ended(on=date(2027, 3, 1))))
    assert own_cases(terms_summary(replace(case, timeline=ended), SETTINGS, MARK)) == own_cases(
        terms_summary(case, SETTINGS, MARK)
    )


def test_a_prepaid_year_names_its_days_and_the_other_reading() -> None:
    case = replace(
        case_of("mdr-ndr"), timeline=Timeline("mdr-ndr", (Started(date(2025, 5, 20), {"annual-fee": 1}),))
    )
    (own,) = own_cases(terms_summary(case, SETTINGS, MARK)).values()
    words = " ".join(str(cell) for row in own.table.rows for cell in row.cells)
    assert "2026年5月20日〜2027年5月19日" in words  # the year that runs on the day of the paper
    assert "2027年3月19日" in words
    assert "2027年3月18日" in own.table.note


def test_openings_are_counted_back_in_business_days() -> None:
    own = next(
        one
        for title, one in own_cases(terms_summary(case_of("osect"), SETTINGS, MARK)).items()
        if "開通" in title
    )
    assert [row.cells[-1] for row in own.table.rows] == [
        "2026年12月23日（水）", "2027年1月5日（火）", "2027年1月7日（木）", "2027年1月12日（火）",
    ]  # fmt: skip


def test_the_price_that_holds_is_marked_and_visits_have_their_tables() -> None:
    found = list(parts(terms_summary(case_of("dokodemo-prime"), SETTINGS, MARK)))
    tiers = next(part for part in found if isinstance(part, SideTable))
    assert tiers.marked is not None
    assert tiers.columns[tiers.marked].head == "30〜39"
    assert any(isinstance(part, SideTables) for part in found)


def test_words_written_for_older_terms_say_so() -> None:
    case = case_of("dokodemo-prime")
    newer = msgspec.structs.replace(case.edition, start=date(2026, 12, 1))
    assert "2026年5月11日実施の規約" not in texts(terms_summary(case, SETTINGS, MARK))
    assert "2026年5月11日実施の規約" in texts(terms_summary(replace(case, edition=newer), SETTINGS, MARK))


def test_statutory_interest_is_expected_only_where_nobody_fixed_it() -> None:
    case = case_of("mihariban")
    assert TermsFacts(case).value("interest") == "法定利率（年3％。2029年4月1日からは見込み）"
    assert TermsFacts(replace(case, on=date(2029, 4, 1))).value("interest") == "法定利率（年3％の見込み）"
    with pytest.raises(UserError) as caught:
        TermsFacts(case).value("price:nothing")
    assert caught.value.problems[0].code == "terms-file"


def test_the_record_of_the_explanation_stands_at_the_foot() -> None:
    blank = terms_summary(case_of("osect"), SETTINGS, MARK).foot
    told = Explanation(
        on=TODAY,
        at=time(14, 32),
        by="高瀬 直人",
        signer="三浦 千里",
        how="phone",
        strokes=(((0, 0), (9, 9)),),
    )
    signed = terms_summary(replace(case_of("osect"), explanation=told), SETTINGS, MARK).foot
    assert isinstance(blank, ExplanationRecord)
    assert isinstance(signed, ExplanationRecord)
    assert not any(checked for _label, options in blank.choices for _words, checked in options)
    assert [words for words, checked in signed.choices[0][1] if checked] == ["電話"]
    assert signed.signature.strokes == told.strokes
    assert signed.rows[0].value == "高瀬 直人"
