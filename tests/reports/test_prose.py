"""Paragraphs of a letter: read back from the page, over as many pages as they take."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from msgspec.structs import replace
from pypdf import PdfReader

from app.contract.customer import CustomerFields
from app.papers.cover import Cover, Enclosed, cover_letter
from app.papers.issuer import Company, Settings
from app.papers.model import Images, Prose
from reports import draw


def test_paragraphs_go_on_over_pages() -> None:
    cover = Cover(CustomerFields(name="株式会社みのり食品"), (Enclosed("請求書"),), date(2026, 11, 20))
    paper = cover_letter(cover, Settings(company=Company(name="株式会社まどぐち")), None)
    many = tuple(f"{number}番目の段落です。" + "よろしくお願いします。" * 12 for number in range(1, 21))
    pages = PdfReader(BytesIO(draw(replace(paper, sections=(Prose(many, "敬具"),)), Images()))).pages
    text = [page.extract_text().replace("\n", "") for page in pages]
    assert len(text) == 2
    whole = "".join(text)
    assert all(f"{number}番目の段落です。" in whole for number in range(1, 21))
    assert "敬具" in text[1]
