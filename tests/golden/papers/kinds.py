"""One paper of every kind that is made from what a desk holds, as issued by a provider on 5 December 2026."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from app.contract.customer import CustomerFields
from app.contract.facts import Changed, Ended, Fact, Outage, Started
from app.contract.record import StoredContract
from app.days import Month
from app.papers.model import Paper
from app.papers.quotation import IssueMark
from app.papers.request import PaperRequest
from app.places import resources
from app.usecases import keep_application
from app.usecases.close_month import close_month
from app.usecases.compare_services import Buyer, candidate_for_devices
from app.usecases.desk import Desk
from app.usecases.find_terms_change import changes_of, terms_change
from app.usecases.keep_payments import record_payment
from app.usecases.keep_settings import save_image
from app.usecases.make_paper import making_of
from app.usecases.paper_comparison import comparison_options
from app.usecases.run_month import run_month
from app.usecases.tell_terms_change import letter_of
from tests.agreement.issuing import provider
from tests.app.usecases import contracts
from tests.billing_desk import Clock, billing_desk, register, write
from tests.desks import JAPAN

DAY: Final = date(2026, 12, 5)
KINDS: Final = ("A", "B", "C", "D", "E", "F", "H", "L", "N", "P", "S", "T", "V")
_ADDRESS: Final = {
    "postal_code": "650-0099",
    "prefecture": "兵庫県",
    "address": "神戸市中央区波止場西町3丁目1番12号",
    "building": "青葉野第二ビル5階",
    "department": "総務部 情報システム課",
}


@cache
def made() -> dict[str, Paper]:
    """The papers by their letter; the desk is made and closed here."""
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        clock.go(2026, 10, 3)
        desk = billing_desk(Path(folder) / "data", clock)
        with closing(desk.storage):
            return dict(_papers(desk, clock))


def _papers(desk: Desk, clock: Clock) -> Iterator[tuple[str, Paper]]:
    provider(desk)
    for name in ("seal", "logo"):
        save_image(desk, name, (resources("demo") / f"{name}.png").read_bytes())
    office = _registered(desk, "株式会社青葉野精密工業", "dokodemo-prime", {"id": 31})
    left = _registered(desk, "医療法人社団 髙﨑会", "dokodemo-prime", {"id": 42})
    gone = _registered(desk, "𠮷田商店", "mihariban", {"license": 31})
    other = _registered(desk, "株式会社波止場倉庫", "mihariban", {"license": 12})
    _close(desk, 9)
    write(desk, office, Changed(date(2026, 11, 16), {"id": 42}), _outage())
    write(desk, left, Ended(on=date(2026, 11, 20), requested=date(2026, 11, 5)))
    write(desk, gone, Ended(on=date(2026, 9, 2)))
    clock.go(2026, 11, 4)
    _close(desk, 10)
    _paid(desk, office, "2026-09")
    clock.go(DAY.year, DAY.month, DAY.day)
    _close(desk, 11)
    accept = {"accept": ["no-address"]}
    yield "B", _paper(desk, "B", _bill(desk, office, "2026-11"))
    yield "T", _paper(desk, "T", _bill(desk, office, "2026-11"))
    yield "H", _paper(desk, "H", _bill(desk, gone, "2026-10"), **accept)
    yield "S", _paper(desk, "S", left.id, **accept)
    yield "C", _paper(desk, "C", office.id)
    yield "E", _paper(desk, "E", office.id)
    yield "F", _paper(desk, "F", office.id, month="2026-11")
    yield "P", _paper(desk, "P", office.id)
    yield "A", _paper(desk, "A", _applied(desk))
    yield "D", _paper(desk, "D", office.id, **_DEPOSIT)
    yield "L", _paper(desk, "L", office.id, **_COVER)
    yield "V", _paper(desk, "V", office.customer_id, **_compared(desk))
    change = terms_change(desk.catalogue, "mihariban", changes_of(desk.catalogue, "mihariban")[-1])
    yield "N", letter_of(desk, change, other.id, DAY)[0]


def _registered(desk: Desk, name: str, service: str, items: dict[str, int]) -> StoredContract:
    facts: tuple[Fact, ...] = (Started(date(2026, 6, 10), items),)
    contract = register(desk, name, service, *facts)
    with desk.storage.work() as work:
        known = work.customers.get(contract.customer_id)
        fields: CustomerFields = msgspec.structs.replace(known.fields, **_ADDRESS)
        work.customers.save(known.id, known.version, fields)
        work.commit()
    return contract


def _outage() -> Outage:
    first, last = (datetime(2026, 11, day, 9, 0, tzinfo=JAPAN) for day in (24, 27))
    return Outage(known_at=first, restored_at=last, cause="company")


def _close(desk: Desk, month: int) -> None:
    run = run_month(desk, Month(2026, month))
    close_month(desk, run.id, run.version)


def _bill(desk: Desk, contract: StoredContract, month: str) -> str:
    with desk.storage.look() as work:
        bill = work.bills.bill_of(contract.id, month)
    assert bill is not None
    return bill.id


def _paid(desk: Desk, contract: StoredContract, month: str) -> None:
    with desk.storage.look() as work:
        bill = work.bills.bill_of(contract.id, month)
    assert bill is not None
    record_payment(desk, contract.id, date(2026, 10, 30), bill.total, "transfer", (bill.id,))


def _applied(desk: Desk) -> str:
    content = contracts.content(
        "media-light", {"endpoint": 8, "gateway-10": 1}, date(2026, 12, 20), "CAF0001"
    )
    return keep_application.start_application(desk, contracts.customer(desk), content).id


def _compared(desk: Desk) -> dict[str, Any]:
    start = date(2027, 1, 10)
    services = ("mihariban", "media-light", "dokodemo-prime")
    candidates = [candidate_for_devices(desk.catalogue, service, 20, start) for service in services]
    return comparison_options(candidates, start, 24, Buyer())


def _paper(desk: Desk, letter: str, subject: str, /, **options: Any) -> Paper:
    with desk.storage.look() as work:
        making = making_of(desk, work, PaperRequest(kind=letter, subject=subject, options=options))
        return making.make(IssueMark(making.number or f"{letter}-HM1-2612-0042", 1, DAY))


_DEPOSIT: Final[dict[str, Any]] = {
    "subject_kind": "contract",
    "purpose": "データ移行のため",
    "until": "2026-12-11",
    "condition": "外装に小さな傷が1か所あります",
    "handed_by": "髙橋 𠮷郎",
    "items": [
        {"name": "ノートパソコン（Latitude 5440）", "quantity": 2, "note": "電源アダプター付き"},
        {"name": "外付けSSD 1TB", "quantity": 1, "note": ""},
    ],
}
_COVER: Final[dict[str, Any]] = {
    "subject_kind": "contract",
    "to": "billing",
    "greeting": "season",
    "about": "ご契約書類の送付",
    "enclosed": [{"title": "契約内容確認書", "number": "C-HM1-2611-0001", "copies": 1}],
}
