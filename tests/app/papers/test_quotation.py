"""What the 見積書 says, read without a page: every figure comes from the priced quotation, every word fits
the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest

from app.contract.customer import CustomerFields
from app.papers.issuer import Company, ServiceRole, Settings
from app.papers.model import Facts, Halves, LineTable, Paper, Points, Table
from app.papers.parts import addressee
from app.papers.quotation import IssueMark, quotation_paper
from app.quote.content import AgreedPrice, HandLine, QuotationContent, ServiceEntry
from app.words import set_language
from tests.shipped import EXAMPLES, TODAY, catalogue, priced, request

MARK = IssueMark("Q-HM1-2611-0318", 2, TODAY)
COMPANY = Company(
    name="株式会社まどぐち通信サービス", registration="T9990001000123", complaints_desk="06-0000-1200"
)
SETTINGS = Settings(company=COMPANY, has_seal=True, has_logo=True)


def paper_of(
    content: QuotationContent, mark: IssueMark | None = MARK, settings: Settings = SETTINGS
) -> Paper:
    return quotation_paper(priced(content), settings, catalogue(), mark)


def table(paper: Paper) -> LineTable:
    (found,) = (section for section in paper.sections if isinstance(section, LineTable))
    return found


def points(paper: Paper) -> Points:
    (found,) = (section for section in paper.sections if isinstance(section, Points))
    return found


def titles(paper: Paper) -> list[str]:
    found: list[str] = []
    for section in paper.sections:
        if isinstance(section, Table | Points | Facts):
            found.append(section.title)
        elif isinstance(section, Halves):
            found += [section.left.title, section.right.title]
    return found


def whole_text(paper: Paper) -> Iterator[str]:
    for point in points(paper).points:
        yield point.text
    for group in table(paper).groups:
        yield group.title
        for row in group.rows:
            yield from (row.name, row.reason)


@pytest.mark.parametrize("name", EXAMPLES)
def test_amounts_are_those_of_the_priced_quotation(name: str) -> None:
    result = priced(request(name).content)
    paper = paper_of(request(name).content)
    shown = [row.amount for group in table(paper).groups for row in group.rows]
    assert shown == [line.amount for group in result.groups for line in group.lines]
    assert paper.headline.amount == result.total_bill.total
    (payments,) = (
        section for section in paper.sections if isinstance(section, Table) and len(section.columns) == 5
    )
    assert [row.cells[-1] for row in payments.rows] == [
        *(row.total for row in result.payments),
        result.total_bill.total,
    ]


@pytest.mark.parametrize("name", EXAMPLES)
def test_empty_groups_are_dropped_and_every_row_has_words(name: str) -> None:
    paper = paper_of(request(name).content)
    assert all(group.rows for group in table(paper).groups)
    assert all(text for text in (row.name for group in table(paper).groups for row in group.rows))
    assert titles(paper)[-1] == "ご確認いただきたいこと"


def test_an_issued_paper_has_number_revision_seal_and_qr() -> None:
    paper = paper_of(request("dokodemo-prime").content)
    assert (paper.qr, paper.issuer.seal, paper.draft) == ("Q-HM1-2611-0318/2", True, False)
    assert paper.head_rows[0].value == "Q-HM1-2611-0318  第2版"


def test_a_draft_has_none_of_them() -> None:
    paper = paper_of(request("dokodemo-prime").content, mark=None)
    assert (paper.qr, paper.issuer.seal, paper.draft, paper.number) == ("", False, True, "")


@pytest.mark.parametrize(
    ("customer", "honorific", "last_line"),
    [
        (CustomerFields(name="株式会社あおば"), "御中", ""),
        (CustomerFields(name="株式会社あおば", department="総務部"), "御中", "総務部"),
        (
            CustomerFields(name="株式会社あおば", department="総務部", person="髙橋 恵子"),
            "様",
            "総務部 髙橋 恵子",
        ),
        (CustomerFields(name="髙﨑税理士事務所", kind="sole-trader"), "様", ""),
        (CustomerFields(name="青葉学園", kind="organisation"), "御中", ""),
    ],
)
def test_the_honorific_fits_who_is_addressed(
    customer: CustomerFields, honorific: str, last_line: str
) -> None:
    block = addressee(customer)
    assert (block.honorific, block.last_line) == (honorific, last_line)


def test_an_agent_says_who_provides_and_a_provider_does_not() -> None:
    content = request("dokodemo-prime").content
    agent = "".join(paper_of(content).issuer.lines) + "".join(whole_text(paper_of(content)))
    own = msgspec.structs.replace(SETTINGS, roles={"dokodemo-prime": ServiceRole(role="provider")})
    provider = "".join(paper_of(content, settings=own).issuer.lines) + "".join(
        whole_text(paper_of(content, settings=own))
    )
    assert "取次店" in agent
    assert "取次店" not in provider


def test_leaving_early_names_both_readings_of_the_fee() -> None:
    text = "".join(point.text for point in points(paper_of(request("dokodemo-prime").content)).points)
    assert "818,400円" in text
    assert "892,800円" in text


def test_readings_used_are_listed_once_with_their_clause() -> None:
    paper = paper_of(request("dokodemo-prime").content)
    (readings,) = (section for section in paper.sections if isinstance(section, Table) and section.remark)
    topics = [row.cells[0] for row in readings.rows]
    assert len(topics) == len(set(topics)) > 0
    assert all(row.cells[2] for row in readings.rows)


def test_prices_by_hand_and_agreed_prices_are_marked_with_their_reason() -> None:
    entry = ServiceEntry(
        service="dokodemo-prime",
        start=date(2027, 1, 1),
        items={"id": 31},
        agreed_prices=(AgreedPrice(item="id", unit_price=2000, reason="3年更改", approved_by="部長"),),
    )
    line = HandLine(name="交通費", unit_price=3600, reason="往復実費", approved_by="課長")
    content = QuotationContent(
        customer=CustomerFields(name="株式会社あおば"), services=(entry,), hand_lines=(line,)
    )
    text = "".join(whole_text(paper_of(content)))
    assert "別段の合意：3年更改" in text
    assert "個別見積：往復実費" in text


def test_the_companys_choice_of_era_reaches_every_date() -> None:
    wareki = msgspec.structs.replace(SETTINGS, company=msgspec.structs.replace(COMPANY, era="wareki"))
    paper = paper_of(request("dokodemo-prime").content, settings=wareki)
    dates = [row.value for row in (*paper.head_rows[1:], *paper.subject_rows[1:])]
    assert all(value.startswith("令和") for value in dates)


def test_english_papers_hold_no_japanese_of_ours() -> None:
    set_language("en")
    paper = paper_of(
        QuotationContent(
            language="en",
            customer=CustomerFields(name="Aoba Ltd."),
            services=(ServiceEntry(service="osect", start=date(2027, 1, 12), items={"sensor": 3}),),
        )
    )
    ours = [paper.title, paper.opening, *titles(paper), *table(paper).heads, *whole_text(paper)]
    assert not [text for text in ours if any("぀" <= one <= "ヿ" for one in text)]


def test_remarks_of_the_desk_come_last_each_line_a_point() -> None:
    content = msgspec.structs.replace(request("osect").content, remarks="一つ目\n\n二つ目 ")
    assert [point.text for point in points(paper_of(content)).points][-2:] == ["一つ目", "二つ目"]
