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
from app.words import _, language, speaking


def price_content(desk: Desk, content: QuotationContent, settings: Settings) -> PricedQuotation:
    """The finished quotation of what was typed, today, with the owner's readings."""
    return price_quotation(
        content, desk.catalogue_for(settings), desk.today(), settings.company.validity_days
    )


def price_for_paper(desk: Desk, content: QuotationContent, settings: Settings) -> PricedQuotation:
    """The same in the paper's own language, as it is drawn, frozen and listed."""
    with speaking(content.language):
        return price_content(desk, content, settings)


def build_paper(
    desk: Desk, priced: PricedQuotation, settings: Settings, mark: IssueMark | None = None
) -> Paper:
    """The 見積書 in its own language of a quotation priced for paper; without ``mark`` a draft."""
    with speaking(priced.content.language):
        return quotation_paper(priced, settings, desk.catalogue, mark)


def draw_preview(desk: Desk, content: QuotationContent, settings: Settings, images: Images) -> bytes:
    """The draft page as a PDF, as the window shows it. Touches no storage: safe off the database thread."""
    return desk.draw(build_paper(desk, price_for_paper(desk, content, settings), settings), images)


def load_images(desk: Desk) -> Images:
    """Seal and logo as stored."""
    with desk.storage.look() as work:
        return Images(seal=work.settings.image("seal"), logo=work.settings.image("logo"))


def totals_of(desk: Desk, priced: PricedQuotation, settings: Settings) -> Totals:
    """The figures and words the list of quotations shows, in the paper's language."""
    if priced.content.language != language():
        priced = price_for_paper(desk, priced.content, settings)
    with speaking(priced.content.language):
        services = _("・").join(service.short for service in priced.services)
    return Totals(
        monthly_net=priced.monthly_bill.net if priced.monthly_bill else 0,
        yearly_net=sum(one.monthly_net for one in priced.services if one.billing == "annual"),
        total=priced.total_bill.total,
        open_items=len(priced.problems),
        services=services,
        title=priced.title,
    )
