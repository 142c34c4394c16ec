"""100,000 contracts × one month of charges with structured reasons, one process, one core, from memory.

The floor is a hand-written loop with Decimal that does only the arithmetic (proration, tiers, tax) on figures
laid out for it. The contracts are a mixture of all five services: most run the whole month, some start, end,
change or fail within it.

    python -m benchmarks.charges [how many contracts]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from random import Random
from time import process_time

from app.charge.engine import charge
from app.charge.lines import make_bill
from app.contract.facts import Billing, Changed, Ended, Fact, Outage, Started, Timeline
from app.days import Month
from app.tariff.catalogue import Catalogue

ROOT = Path(__file__).resolve().parent.parent
BUDGET = 60_000  # contracts a second
MONTH = Month(2026, 11)
DAYS = 30

Items = dict[str, int]
MAKERS: dict[str, Callable[[Random], Items]] = {
    "mihariban": lambda luck: {"license": luck.randint(1, 50)},
    "media-light": lambda luck: {"endpoint": luck.randint(1, 100), "gateway-50": luck.randint(0, 1)},
    "osect": lambda luck: {"sensor": luck.randint(1, 8)},
    "dokodemo-prime": lambda luck: {"id": luck.randint(5, 400)},
    "mdr-ndr": lambda luck: {"annual-fee": luck.randint(100, 900) * 10_000},
}


def contract(service: str, luck: Random) -> Timeline:
    """One contract: in ten, seven run through, one starts, one ends, one changes within the month."""
    items = MAKERS[service](luck)
    fate = luck.random()
    start = date(2026, 6, 1) + timedelta(days=luck.randrange(150))
    within = date(2026, 11, 1) + timedelta(days=luck.randrange(DAYS))
    facts: list[Fact] = [Started(within if fate < 0.1 else start, items)]
    if 0.1 <= fate < 0.2:
        facts.append(Ended(within))
    elif 0.2 <= fate < 0.3 and service != "mdr-ndr":
        facts.append(Changed(within, MAKERS[service](luck)))
    elif fate > 0.97:
        known = datetime(2026, 11, luck.randint(1, 25), luck.randrange(24))  # noqa: DTZ001 - the wall clock
        facts.append(Outage(known, known + timedelta(hours=luck.randint(1, 90)), "company"))
    private = luck.random() < 0.1
    if private:
        facts.append(Billing("invoice"))
    kind, line = ("individual", "collab") if private else ("corporation", "flets")
    return Timeline(service, tuple(facts), kind, line)  # type: ignore[arg-type]


def contracts(count: int) -> list[Timeline]:
    """The mixture, the same every time."""
    luck = Random(3)  # noqa: S311 - no secret
    services = list(MAKERS)
    return [contract(services[place % len(services)], luck) for place in range(count)]


# --- the floor ------------------------------------------------------------------------------------

TIERS = (
    (9, Decimal(3000)),
    (19, Decimal(2800)),
    (29, Decimal(2600)),
    (39, Decimal(2400)),
    (49, Decimal(2200)),
    (99, Decimal(2000)),
    (299, Decimal(1800)),
    (9999, Decimal(1600)),
)
PRICES = {
    "mihariban": Decimal(190),
    "osect": Decimal(60000),
    "media-light": Decimal(600),
    "mdr-ndr": Decimal(1),
}


def laid_out(timelines: list[Timeline]) -> list[tuple[Decimal | None, int, int]]:
    """Unit price (None: by tier), quantity, days charged."""
    found = []
    for one in timelines:
        assert isinstance(one.facts[0], Started)
        started = one.facts[0]
        quantity = max(started.items.values())
        days = DAYS - started.on.day + 1 if started.on.month == MONTH.month else DAYS
        found.append((PRICES.get(one.service), quantity, days))
    return found


def by_hand(figures: list[tuple[Decimal | None, int, int]]) -> Decimal:
    """Only the arithmetic: price of the tier × quantity × days ÷ days of the month, floored; tax, floored."""
    total = Decimal(0)
    one, rate, month = Decimal(1), Decimal("0.1"), Decimal(DAYS)
    for price, quantity, days in figures:
        if price is None:
            for most, of_tier in TIERS:
                if quantity <= most:
                    price = of_tier
                    break
            assert price is not None
        net = price * quantity
        if days != DAYS:
            net = (net * days / month).quantize(one, ROUND_FLOOR)
        total += net + (net * rate).quantize(one, ROUND_FLOOR)
    return total


# --- measuring ------------------------------------------------------------------------------------


def rate(label: str, count: int, work: Callable[[], object], budget: int = 0) -> float:
    """Contracts a second of processor time, the best of three runs."""
    best = min(_seconds(work) for _run in range(3))
    limit = f"  (budget {budget:,})" if budget else ""
    print(f"{label:<66} {count / best:>10,.0f} contracts/s{limit}")
    return count / best


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    kept = work()
    took = process_time() - start
    del kept
    return took


def main(count: int) -> int:
    """Measure and print; 1 when the budget is missed."""
    catalogue = Catalogue((ROOT / "resources" / "tariffs",))
    timelines = contracts(count)
    figures = laid_out(timelines)

    def fresh() -> list[Timeline]:
        return [Timeline(one.service, one.facts, one.customer, one.line) for one in timelines]

    def cold() -> object:
        return [charge(one, catalogue, MONTH) for one in new.pop()]

    rate("floor: a Decimal loop, the arithmetic alone", count, lambda: by_hand(figures))
    new = [fresh() for _run in range(3)]
    cold_rate = rate("charges with reasons, every timeline read for the first time", count, cold, BUDGET)
    rate(
        "charges with reasons, timelines seen before",
        count,
        lambda: [charge(one, catalogue, MONTH) for one in timelines],
    )
    rate(
        "the same with sums and tax",
        count,
        lambda: [make_bill(charge(one, catalogue, MONTH), MONTH.last) for one in timelines],
    )
    return int(cold_rate < BUDGET)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
