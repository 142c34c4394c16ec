"""Points under side heads on pages: nothing on top of anything, heads again overleaf, two pages where the
summaries of the shipped services fit them.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.papers.issuer import Company, Settings
from app.papers.model import Images, Paper
from app.papers.quotation import IssueMark
from app.papers.side import SidePoint, SidePoints, SideSection
from app.papers.terms_summary import terms_summary
from app.usecases.paper_terms import quotation_case
from reports import draw
from tests.reports.reading import overlaps, pieces, texts
from tests.shipped import EXAMPLES, TODAY, catalogue, request

MARK = IssueMark("E-HM1-2611-0107", 1, TODAY)
COMPANY = Company(
    name="株式会社まどぐち通信サービス",
    postal_code="5419999",
    address="大阪市中央区北窓町2-5",
    building="窓口ビル4階",
    phone="06-0000-1234",
    registration="T9990001000123",
    complaints_desk="06-0000-1200（平日9:00〜17:00）",
)


def summary(service: str) -> Paper:
    content = request(service).content
    settings = Settings(company=COMPANY)
    entry = next(one for one in content.services if one.service == service)
    case = quotation_case(content, entry, "Q-HM1-2611-0318", catalogue(), settings, TODAY)
    return terms_summary(case, settings, MARK)


@pytest.mark.parametrize("service", EXAMPLES)
def test_a_summary_takes_two_pages_and_nothing_stands_on_anything(service: str) -> None:
    pdf = draw(summary(service), Images())
    found = pieces(pdf)
    assert len(texts(pdf)) == 2
    assert overlaps(found) == []


def test_more_points_than_pages_hold_go_on_under_their_head() -> None:
    paper = summary("osect")
    many = tuple(SidePoint(f"{number}番めの大切な点です。" * 3, "25条") for number in range(90))
    pages = texts(draw(replace(paper, sections=(SidePoints((SideSection("料金", many),)),)), Images()))
    assert len(pages) > 2
    assert "料金（つづき）" in pages[1]
    assert all("次のページにつづく" in page for page in pages[:-2])
    assert "89番めの大切な点です。" in "".join(pages)
