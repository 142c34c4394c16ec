"""Price what was typed, with the desk's settings; build and draw its paper."""

from __future__ import annotations

from app.papers.issuer import Settings
from app.papers.model import Images, Paper
from app.papers.quotation import IssueMark, quotation_paper
from app.quote.content import QuotationContent
from app.quote.priced import PricedQuotation
from app.quote.pricing import price_quotation
from app.quote.stored import Totals
from app.usecases.desk import Desk
from app.words import _


def price_content(desk: Desk, content: QuotationContent, settings: Settings) -> PricedQuotation:
    """The finished quotation of what was typed, today, with the owner's readings."""
    return price_quotation(
        content, desk.catalogue_for(settings), desk.today(), settings.company.validity_days
    )


def build_paper(
    desk: Desk, priced: PricedQuotation, settings: Settings, mark: IssueMark | None = None
) -> Paper:
    """The 見積書 of a priced quotation; without ``mark`` a draft."""
    return quotation_paper(priced, settings, desk.catalogue, mark)


def draw_preview(desk: Desk, priced: PricedQuotation, settings: Settings, images: Images) -> bytes:
    """The draft page as a PDF, as the window shows it. Touches no storage: safe off the database thread."""
    return desk.draw(build_paper(desk, priced, settings), images)


def load_images(desk: Desk) -> Images:
    """Seal and logo as stored."""
    with desk.storage.look() as work:
        return Images(seal=work.settings.image("seal"), logo=work.settings.image("logo"))


def totals_of(priced: PricedQuotation) -> Totals:
    """The figures the list of quotations shows."""
    return Totals(
        monthly_net=priced.monthly_bill.net if priced.monthly_bill else 0,
        total=priced.total_bill.total,
        services=_("・").join(service.short for service in priced.services),
        title=priced.title,
    )
