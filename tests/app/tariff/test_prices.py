"""Every printed price, tier, fee, term and hour of the five services, against the figures of their terms."""

from __future__ import annotations

from datetime import date

import pytest

from app.tariff.catalogue import Catalogue
from app.tariff.model import ByDay, Edition, PrepaidYear, WholeMonth

DAY = date(2026, 11, 20)
CODES = ("mihariban", "media-light", "osect", "dokodemo-prime", "mdr-ndr")


def edition(shipped: Catalogue, code: str) -> Edition:
    return shipped.priced_edition(code, DAY)


@pytest.mark.parametrize(
    ("service", "item", "price"),
    [
        ("mihariban", "license", 190),
        ("media-light", "base", 3_000),
        ("media-light", "endpoint", 600),
        ("media-light", "gateway-10", 9_000),
        ("media-light", "gateway-50", 11_000),
        ("media-light", "gateway-100", 19_000),
        ("media-light", "cloud-sandbox", None),
        ("osect", "sensor", 60_000),
        ("osect", "initial-fee", 250_000),
        ("mdr-ndr", "annual-fee", None),
    ],
)
def test_unit_price(shipped: Catalogue, service: str, item: str, price: int | None) -> None:
    found = edition(shipped, service).item(item)
    assert found is not None
    assert found.price == price
    assert not found.tiers


def test_items_are_complete(shipped: Catalogue) -> None:
    items = {code: [item.code for item in edition(shipped, code).items] for code in CODES}
    assert items == {
        "mihariban": ["license"],
        "media-light": ["base", "endpoint", "gateway-10", "gateway-50", "gateway-100", "cloud-sandbox"],
        "osect": ["sensor", "initial-fee"],
        "dokodemo-prime": ["id"],
        "mdr-ndr": ["annual-fee"],
    }


def test_prime_tiers(shipped: Catalogue) -> None:
    item = edition(shipped, "dokodemo-prime").item("id")
    assert item is not None
    assert [(tier.first, tier.last, tier.price) for tier in item.tiers] == [
        (5, 9, 3_000),
        (10, 19, 2_800),
        (20, 29, 2_600),
        (30, 39, 2_400),
        (40, 49, 2_200),
        (50, 99, 2_000),
        (100, 299, 1_800),
        (300, 9_999, 1_600),
    ]
    assert (item.minimum, item.maximum, item.range_clause) == (5, 9_999, "別紙4")


@pytest.mark.parametrize(
    ("service", "item", "least", "most"),
    [
        ("mihariban", "license", 1, 50),
        ("media-light", "endpoint", 0, None),
        ("osect", "sensor", 1, None),
        ("dokodemo-prime", "id", 5, 9_999),
    ],
)
def test_range(shipped: Catalogue, service: str, item: str, least: int, most: int | None) -> None:
    found = edition(shipped, service).item(item)
    assert found is not None
    assert (found.minimum, found.maximum) == (least, most)


def test_media_options(shipped: Catalogue) -> None:
    media = edition(shipped, "media-light")
    assert {option.code: option.default for option in media.options} == {
        "gateway_24h": True,
        "gateway_purchased": False,
        "endpoint_purchased": 0,
    }
    for capacity in (10, 50, 100):
        gateway = media.item(f"gateway-{capacity}")
        assert gateway is not None
        assert gateway.capacity == capacity
        assert [(price.option, price.effect, price.when, price.amount) for price in gateway.options] == [
            ("gateway_24h", "less", False, 3_000),
            ("gateway_purchased", "free", True, 0),
        ]
    endpoint, base = media.item("endpoint"), media.item("base")
    assert endpoint is not None
    assert base is not None
    assert [(price.option, price.effect) for price in endpoint.options] == [
        ("endpoint_purchased", "free-count")
    ]
    assert base.fixed_quantity == 1


def test_initial_fee_is_once_per_sensor(shipped: Catalogue) -> None:
    fee = edition(shipped, "osect").item("initial-fee")
    assert fee is not None
    assert (fee.charge, fee.per_item) == ("one-off", "sensor")


def test_ndr_is_quoted_by_the_year(shipped: Catalogue) -> None:
    fee = edition(shipped, "mdr-ndr").item("annual-fee")
    assert fee is not None
    assert (fee.charge, fee.quoted) == ("annual", True)


def test_months_begun(shipped: Catalogue) -> None:
    rules = {code: edition(shipped, code).proration for code in CODES}
    kinds = [type(rule) for rule in rules.values()]
    assert kinds == [ByDay, WholeMonth, ByDay, ByDay, PrepaidYear]
    last_days = {code: rule.last_charged_day for code, rule in rules.items() if isinstance(rule, ByDay)}
    assert last_days == {"mihariban": "day-before", "osect": "same-day", "dokodemo-prime": "day-before"}
    floors = {code: rule.floor for code, rule in rules.items() if isinstance(rule, ByDay)}
    assert floors == {"mihariban": "segment", "osect": "charged-days", "dokodemo-prime": "segment"}


@pytest.mark.parametrize(
    ("service", "months", "renewal", "notice"),
    [
        ("media-light", 12, "yearly-in-renewal-month", None),
        ("dokodemo-prime", 24, "open-ended", None),
        ("mdr-ndr", 12, "yearly-unless-noticed", 2),
    ],
)
def test_term(shipped: Catalogue, service: str, months: int, renewal: str, notice: int | None) -> None:
    term = edition(shipped, service).term
    assert term is not None
    assert (term.months, term.renewal, term.notice_months) == (months, renewal, notice)


def test_no_term_no_fee(shipped: Catalogue) -> None:
    for code in ("mihariban", "osect"):
        assert edition(shipped, code).term is None
        assert edition(shipped, code).termination is None
    assert edition(shipped, "mdr-ndr").termination is None


def test_termination_fee(shipped: Catalogue) -> None:
    media, prime = (edition(shipped, code).termination for code in ("media-light", "dokodemo-prime"))
    assert media is not None
    assert prime is not None
    assert (media.policy, media.waived) == ("base-remaining-year", ("service-end",))
    assert prime.policy == "reduced-units-remaining-months"
    assert prime.waived == ("terms-change", "service-end", "supplier-change")


@pytest.mark.parametrize(
    ("service", "statutory", "rate", "grace", "payment_day", "basis"),
    [
        ("mihariban", True, "", 15, False, "by-assignment"),
        ("media-light", False, "0.145", 15, False, "365"),
        ("osect", False, "0.145", 0, False, "365"),
        ("dokodemo-prime", True, "", 15, False, "365"),
        ("mdr-ndr", False, "0.146", 0, True, "365"),
    ],
)
def test_interest(
    shipped: Catalogue, service: str, statutory: bool, rate: str, grace: int, payment_day: bool, basis: str
) -> None:
    rule = edition(shipped, service).interest
    assert rule is not None
    assert (rule.statutory, rule.rate, rule.grace_days) == (statutory, rate, grace)
    assert (rule.payment_day_counts, rule.leap_basis) == (payment_day, basis)


def test_surcharge(shipped: Catalogue) -> None:
    found = {code: edition(shipped, code).surcharge for code in CODES}
    assert {code: rule and (rule.factor, rule.discretionary) for code, rule in found.items()} == {
        "mihariban": (2, False),
        "media-light": (2, False),
        "osect": (2, True),
        "dokodemo-prime": (2, True),
        "mdr-ndr": None,
    }


def test_outage_credit(shipped: Catalogue) -> None:
    found = {code: edition(shipped, code).outage for code in CODES}
    assert {code: rule and (rule.policy, rule.not_for, rule.refunds) for code, rule in found.items()} == {
        "mihariban": ("credit-line", ("third-party", "customer"), True),
        "media-light": ("credit-line", ("customer",), False),
        "osect": None,
        "dokodemo-prime": ("reduced-days", ("customer",), False),
        "mdr-ndr": None,
    }
    assert all(rule.hours == 24 for rule in found.values() if rule)


def test_fees(shipped: Catalogue) -> None:
    found = {code: [(fee.code, fee.amount, fee.per) for fee in edition(shipped, code).fees] for code in CODES}
    invoices = [
        ("invoice-issue-fee", 150, "bill"),
        ("invoice-collection-fee", 50, "invoice-payment"),
        ("qualified-invoice-fee", 400, "qualified-invoice"),
    ]
    assert found == {
        "mihariban": invoices,
        "media-light": [],
        "osect": [("works-fee", None, "works")],
        "dokodemo-prime": [*invoices, ("payment-certificate-fee", 400, "payment-certificate")],
        "mdr-ndr": [],
    }


@pytest.mark.parametrize("service", ["mihariban", "dokodemo-prime"])
def test_who_pays_for_invoices(shipped: Catalogue, service: str) -> None:
    issue, collection, qualified = edition(shipped, service).fees[:3]
    for fee in (issue, collection):
        assert (fee.lines, fee.not_first_months) == (("collab",), 2)
        assert fee.exempt == ("corporation", "combined")
    assert (qualified.lines, qualified.not_first_months, qualified.exempt) == ((), 0, ())
    assert qualified.plus_postage


def test_certificate_only_while_the_debt_is_the_providers(shipped: Catalogue) -> None:
    fees = {fee.code: fee.not_if_assigned for fee in edition(shipped, "dokodemo-prime").fees}
    assert [code for code, only in fees.items() if only] == ["payment-certificate-fee"]


@pytest.mark.parametrize(
    ("service", "policy", "business_days", "months"),
    [
        ("mihariban", "wished-day", None, None),
        ("media-light", "not-before-confirmation", None, None),
        ("osect", "wished-day", None, None),
        ("dokodemo-prime", "business-days-notice", 5, None),
        ("mdr-ndr", "months-notice", None, 2),
    ],
)
def test_cancellation(
    shipped: Catalogue, service: str, policy: str, business_days: int | None, months: int | None
) -> None:
    rule = edition(shipped, service).cancellation
    assert rule is not None
    assert (rule.policy, rule.business_days, rule.months) == (policy, business_days, months)


def test_deadlines(shipped: Catalogue) -> None:
    found = {
        code: {
            known.code: (known.months, known.business_days, known.days, known.to_month_end)
            for known in edition(shipped, code).deadlines
        }
        for code in CODES
    }
    assert found == {
        "mihariban": {"abolition_notice_by": (3, None, None, False)},
        "media-light": {},
        "osect": {},
        "dokodemo-prime": {
            "notice_by": (None, 5, None, False),
            "uninstall_by": (None, None, 0, False),
        },
        "mdr-ndr": {
            "notice_by": (2, None, None, False),
            "invoice_by": (0, None, None, True),
            "payment_due": (1, None, None, True),
            "settle_by": (1, None, None, True),
            "return_equipment_by": (1, None, None, False),
            "inspect_by": (None, None, 7, False),
            "change_notice_by": (1, None, None, False),
            "abolition_notice_by": (6, None, None, False),
        },
    }


def test_opening(shipped: Catalogue) -> None:
    rule = edition(shipped, "osect").opening
    assert rule is not None
    assert (rule.delivery_before, rule.install_before, rule.test_before) == (9, 4, 2)


def test_promotion(shipped: Catalogue) -> None:
    free = edition(shipped, "mihariban").promotion
    assert free is not None
    assert (free.applied_from, free.applied_until) == (date(2013, 8, 1), date(2019, 5, 30))
    assert (free.barred_from, free.barred_until) == (date(2019, 2, 1), date(2019, 5, 30))
    assert free.free_months == 1


def test_lines(shipped: Catalogue) -> None:
    everything = ("flets", "collab", "other")
    assert {code: shipped.service(code).lines for code in CODES} == {
        "mihariban": ("flets", "collab"),
        "media-light": everything,
        "osect": everything,
        "dokodemo-prime": everything,
        "mdr-ndr": everything,
    }
