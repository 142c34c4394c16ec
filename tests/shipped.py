"""What ships with the program, for tests: tariffs and example requests."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from app.quote.content import QuotationContent
from app.quote.priced import PricedQuotation
from app.quote.pricing import price_quotation
from app.tariff.catalogue import Catalogue
from app.usecases.quote_request import QuoteRequest, read_request

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 20)
EXAMPLES = ("mihariban", "media-light", "osect", "dokodemo-prime", "mdr-ndr")


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The shipped tariffs with their own readings."""
    return Catalogue((ROOT / "resources" / "tariffs",))


def request(name: str) -> QuoteRequest:
    """An example request of the documentation."""
    text = (ROOT / "docs" / "examples" / f"{name}.json").read_text("utf-8")
    return read_request(json.loads(text, parse_float=Decimal), TODAY)


def priced(content: QuotationContent, choices: dict[str, str] | None = None) -> PricedQuotation:
    """The content priced on the day the tests live in."""
    return price_quotation(content, catalogue().with_choices(choices or {}), TODAY)
