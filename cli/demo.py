"""``main.py demo``: a separate database with believable customers and quotations, to try the program on."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from app.contract.customer import Customer, CustomerFields
from app.errors import Problem, UserError
from app.papers.issuer import Bank, Company, ServiceRole, Settings, Staff
from app.places import resources
from app.quote.content import HandLine, QuotationContent, ServiceEntry, VisitEntry, WorkEntry
from app.quote.stored import QuotationState
from app.usecases.desk import Desk
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_customer import register_customer
from app.usecases.keep_quotation import set_state, start_quotation
from app.usecases.keep_settings import save_image, save_settings
from app.visit.days import refusal
from app.words import _
from cli.wiring import Wiring

SEED = 20261120
VISITS = 60
PAPERS = 80
MOST_BILLED = 1_000  # so many contracts come with their last months billed; for more it would take minutes


def add_parser(subparsers: Any, common: argparse.ArgumentParser) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "demo", parents=[common], help=_("試用のデータベースを、ありそうな内容で作ります。")
    )
    parser.add_argument("--quotations", type=_count, default=60, metavar="N", help=_("作る見積の数"))
    parser.add_argument("--contracts", type=_count, default=150, metavar="N", help=_("作る契約の数"))
    parser.add_argument(
        "--visits",
        type=_count,
        metavar="N",
        help=_("作る訪問の数（契約があるときは{count}）").format(count=VISITS),
    )
    parser.add_argument(
        "--papers",
        type=_count,
        metavar="N",
        help=_("発行する書類のおよその数（契約があるときは{count}）").format(count=PAPERS),
    )
    parser.set_defaults(run=run)


def _count(text: str) -> int:
    """A number from 0 on. Raises ValueError, which argparse tells."""
    count = int(text)
    if count < 0:
        raise ValueError(text)
    return count


def run(args: argparse.Namespace, wiring: Wiring) -> int:
    """Fill a new database in the data folder (``--data``, else ``demo`` in the usual one).

    Raises UserError ``database-exists`` where one is there already: nothing of it is touched.
    """
    vault = wiring.vault() if args.data else wiring.vault("demo")
    if vault.state() != "new":
        raise UserError(
            Problem(
                "database-exists",
                _("「{folder}」にはすでにデータがあります。").format(folder=vault.folder),
                remedy=_("--data で別のフォルダーを指定してください。"),
            )
        )
    passphrase = wiring.passphrase()
    desk = wiring.desk_of(vault.create("passphrase" if passphrase else "none", passphrase))
    customers = fill(desk, args.quotations)
    if args.contracts:
        fill_contracts(desk, wiring, customers, args.contracts)
        if args.contracts <= MOST_BILLED:
            close_months(desk)
    visits = args.visits if args.visits is not None else VISITS if args.contracts else 0
    if visits:
        fill_visits(desk, visits)
    papers = args.papers if args.papers is not None else min(PAPERS, args.contracts)
    if papers:
        fill_papers(desk, papers)
    desk.storage.close()
    sys.stdout.write(
        _("試用のデータベースを作りました。開くには： python main.py --data {folder}").format(
            folder=vault.folder
        )
        + "\n"
    )
    return 0


def fill(desk: Desk, count: int) -> list[Customer]:
    """Company, staff, customers and ``count`` quotations in all states, by the same use cases as the
    window. Returns the customers.
    """
    chance = random.Random(SEED)  # noqa: S311 - believable data, not secrets
    folder = resources() / "demo"
    save_settings(desk, demo_settings())
    for name in ("seal", "logo"):
        save_image(desk, name, (folder / f"{name}.png").read_bytes())
    customers = [register_customer(desk, fields) for fields in demo_customers(folder)]
    for number in range(count):
        content = _content(desk, chance.choice(customers), chance)
        stored = start_quotation(desk, content)
        if number % 4:
            issued = issue_quotation(desk, stored.id, stored.version).stored
            state = chance.choice((QuotationState.ISSUED, QuotationState.WON, QuotationState.LOST))
            if state is not QuotationState.ISSUED:
                set_state(desk, issued.id, issued.version, state)
    return customers


def fill_contracts(desk: Desk, wiring: Wiring, customers: Sequence[Customer], count: int) -> None:
    """``count`` contracts in all states and of all services, with the customers they need besides those
    there are.
    """
    from cli.demo_contracts import Inventing, contracts
    from cli.demo_people import MINORI, people

    wanted = max(0, count * 2 // 3 - len(customers))
    more = [MINORI, *people(wanted, SEED)]
    first, *ids = wiring.insert_customers(desk.storage, more)
    around = Inventing(
        catalogue=desk.catalogue,
        settings=desk.settings(),
        now=desk.now(),
        ids=[first, *(one.id for one in customers), *ids],
        people=[MINORI, *(one.fields for one in customers), *more[1:]],
        seed=SEED,
    )
    numbers: Counter[str] = Counter()
    wiring.insert_contracts(desk.storage, contracts(around, count, numbers))
    with desk.storage.work() as work:  # the next contract of this month has the number after these
        for _given in range(numbers[f"{around.today:%y%m}"]):
            work.numbers.next("C", around.settings.desk_code, around.today)
        work.commit()


def close_months(desk: Desk) -> None:
    """Bills of the last months, and their payments."""
    from cli import demo_months

    demo_months.close_months(desk, SEED)


def fill_visits(desk: Desk, count: int) -> None:
    """Technicians, and visits of the contracts there are."""
    from cli import demo_visits

    demo_visits.fill_visits(desk, count, SEED)


def fill_papers(desk: Desk, count: int) -> None:
    """Issued papers of every kind for what there is."""
    from cli import demo_papers

    demo_papers.fill_papers(desk, count, SEED)


def demo_settings() -> Settings:
    """The invented company of the demo."""
    return Settings(
        company=Company(
            name="株式会社まどぐち通信サービス",
            kana="カブシキガイシャマドグチツウシンサービス",
            postal_code="5419999",
            address="大阪市中央区北窓町2-5",
            building="窓口ビル4階",
            phone="06-0000-1234",
            registration="T9990001000123",
            complaints_desk="06-0000-1200（平日9:00〜17:00）",
            bank=Bank(
                name="まどか銀行",
                branch="本町支店",
                kind="ordinary",
                number="0123456",
                holder="カ）マドグチツウシンサービス",
            ),
        ),
        desk_name="本町窓口",
        desk_code="HM1",
        staff=(
            Staff(id="takase", name="高瀬 直人", kana="タカセ ナオト", department="営業第一課"),
            Staff(id="tamura", name="田村 美咲", kana="タムラ ミサキ", department="営業第一課"),
        ),
        current_staff="tamura",
        roles={  # one of each: what it provides, invoices in its own name, and only arranges
            "dokodemo-prime": ServiceRole(role="provider"),
            "osect": ServiceRole(role="provider"),
            "media-light": ServiceRole(mediator_rule=True, agent_code="M-0412"),
        },
    )


def demo_customers(folder: Path) -> Iterator[CustomerFields]:
    """The invented customers of the demo."""
    for entry in json.loads((folder / "customers.json").read_text("utf-8")):
        yield msgspec.convert(entry, CustomerFields)


def _content(desk: Desk, customer: Customer, chance: random.Random) -> QuotationContent:
    service = chance.choice(("mihariban", "media-light", "osect", "dokodemo-prime", "mdr-ndr"))
    start = desk.today() + timedelta(days=chance.randint(5, 60))
    items = {
        "mihariban": {"license": chance.randint(1, 50)},
        "media-light": {"endpoint": chance.randint(1, 40), f"gateway-{chance.choice((10, 50, 100))}": 1},
        "osect": {"sensor": chance.randint(1, 4)},
        "dokodemo-prime": {"id": chance.randint(5, 150)},
        "mdr-ndr": {"annual-fee": 100_000 * chance.randint(12, 60)},
    }[service]
    entry = ServiceEntry(
        service=service, start=start, line="other" if service == "mdr-ndr" else "flets", items=items
    )
    visits = _visits(desk, service, chance) if service in ("media-light", "dokodemo-prime") else ()
    lines = _travel() if chance.random() < 0.2 else ()
    return QuotationContent(
        customer_id=customer.id, customer=customer.fields, services=(entry,), visits=visits, hand_lines=lines
    )


def _visits(desk: Desk, service: str, chance: random.Random) -> tuple[VisitEntry, ...]:
    if chance.random() < 0.4:
        return ()
    day = desk.today() + timedelta(days=chance.randint(10, 60))
    while refusal(desk.catalogue, service, "west", day) or refusal(desk.catalogue, service, "east", day):
        day += timedelta(days=1)
    work = (
        WorkEntry(devices=chance.randint(1, 4), menu=("os-recovery",)),
        WorkEntry(
            devices=chance.randint(1, 12),
            menu=("data-migration",),
            migrate_gb=chance.choice(("4.7", "50", "500")),
            backup=True,
        ),
        WorkEntry(devices=1, menu=("printer-setup",)),
    )
    chosen = work[: chance.randint(1, 3)]
    return (VisitEntry(for_service=0, on=day, at=chance.choice(("10:00", "13:00")), work=chosen),)


def _travel() -> tuple[HandLine, ...]:
    return (
        HandLine(
            group="visit", name="交通費", unit_price=3_600, reason="往復2名分の実費", approved_by="森下 課長"
        ),
    )
