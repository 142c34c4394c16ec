"""A desk whose papers are compared, and papers as drafts that are on their pages what they say."""

from __future__ import annotations

from typing import Any

import msgspec

from app.papers.issuer import Bank, ServiceRole
from app.papers.model import Paper
from app.papers.request import PaperRequest
from app.usecases.desk import Desk
from app.usecases.keep_settings import save_settings
from app.usecases.make_paper import preview_paper
from tests.agreement.printed import agrees
from tests.shipped import catalogue


def provider(desk: Desk) -> None:
    """Let the company be the provider of all services, with a bank account."""
    kept = desk.settings()
    bank = Bank(
        name="まどか銀行", branch="本町支店", kind="ordinary", number="0123456", holder="カ）マドグチ"
    )
    address = "大阪府大阪市中央区北窓町2-5"
    company = msgspec.structs.replace(kept.company, bank=bank, address=address, postal_code="541-9999")
    roles = {one.code: ServiceRole(role="provider") for one in catalogue().services()}
    save_settings(desk, msgspec.structs.replace(kept, company=company, roles=roles))


def previewed(desk: Desk, kind: str, subject: str, /, **options: Any) -> Paper:
    """A paper as a draft, which is on its page what it says."""
    paper, images = preview_paper(desk, PaperRequest(kind=kind, subject=subject, options=options))
    agrees(paper, desk.draw(paper, images))
    return paper
