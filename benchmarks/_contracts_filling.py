"""A database with many contracts of five services and their histories, for measurements of storage.

Every figure follows from the place of a contract in the row, so that two runs measure the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from app.contract.customer import CustomerFields
from app.contract.facts import Changed, Ended, Outage, Restored, Started, Suspended, WorksFee
from app.contract.record import (
    Application,
    ContractContact,
    ContractContent,
    ContractSite,
    ContractState,
    DeadlineDay,
    Entry,
    Recorded,
    Standing,
)
from app.contract.steps import Accepted, Explained, Submitted
from db.bulk import insert_customers
from db.bulk_contracts import BulkContract, insert_contracts
from db.engine import SqlStorage, create_storage

MANY_ENTRIES: Final = 200
"""What the first contract has, for a page that opens a long life."""

_NAMES: Final = (
    ("堺", "サカイ"), ("酒井", "サカイ"), ("坂井", "サカイ"), ("髙橋", "タカハシ"), ("吉野", "ヨシノ"),
    ("浜田", "ハマダ"), ("渡辺", "ワタナベ"), ("斎藤", "サイトウ"), ("小林", "コバヤシ"), ("松本", "マツモト"),
    ("井上", "イノウエ"), ("木村", "キムラ"), ("清水", "シミズ"), ("山崎", "ヤマザキ"), ("森", "モリ"),
    ("池田", "イケダ"), ("橋本", "ハシモト"), ("阿部", "アベ"), ("石川", "イシカワ"), ("前田", "マエダ"),
    ("藤田", "フジタ"), ("岡田", "オカダ"), ("後藤", "ゴトウ"), ("長谷川", "ハセガワ"), ("村上", "ムラカミ"),
    ("近藤", "コンドウ"), ("石井", "イシイ"), ("坂本", "サカモト"), ("遠藤", "エンドウ"), ("青木", "アオキ"),
)  # fmt: skip
_TRADES: Final = (
    ("臨海倉庫", "リンカイソウコ"), ("歯科医院", "シカイイン"), ("会計事務所", "カイケイジムショ"), ("金属工業", "キンゾクコウギョウ"),
    ("珈琲", "コーヒー"), ("塗装", "トソウ"), ("保育園", "ホイクエン"), ("精密機械", "セイミツキカイ"), ("運輸", "ウンユ"),
    ("建材店", "ケンザイテン"), ("法律事務所", "ホウリツジムショ"), ("商工", "ショウコウ"), ("製菓", "セイカ"),
)  # fmt: skip
_TOWNS: Final = (
    ("大阪府", "堺市堺区"), ("大阪府", "東大阪市"), ("兵庫県", "神戸市中央区"), ("京都府", "京都市下京区"),
    ("東京都", "千代田区"), ("愛知県", "名古屋市中区"), ("福岡県", "福岡市博多区"),
)  # fmt: skip
_SERVICES: Final = (
    ("dokodemo", "id"), ("media", "terminal"), ("mimamori", "device"), ("mdr", "set"), ("osect", "sensor"),
)  # fmt: skip
_STATES: Final = (
    *(ContractState.ACTIVE,) * 14,
    ContractState.SUSPENDED,
    ContractState.ENDING,
    ContractState.PREPARING,
    ContractState.SUBMITTED,
    *(ContractState.ENDED,) * 2,
)
_FIRST_DAY: Final = date(2021, 1, 4)
_FIRST_MOMENT: Final = datetime(2021, 1, 4, tzinfo=UTC)


def make_storage(folder: Path, count: int) -> SqlStorage:
    """A new database with ``count`` contracts of two thirds as many customers."""
    storage = create_storage(folder, "none")
    ids = insert_customers(storage, map(_customer, range(max(1, count * 2 // 3))))
    insert_contracts(storage, (_contract(place, ids[place % len(ids)]) for place in range(count)))
    return storage


def _customer(place: int) -> CustomerFields:
    name, kana = _NAMES[place * 7 % len(_NAMES)]
    trade, trade_kana = _TRADES[place * 5 % len(_TRADES)]
    prefecture, town = _TOWNS[place % len(_TOWNS)]
    return CustomerFields(
        name=f"株式会社{name}{trade}",
        kana=kana + trade_kana,
        prefecture=prefecture,
        address=f"{town}本町{place % 9 + 1}-{place % 30 + 1}",
        person=f"{name} 恵子",
        phone=f"06-{place // 10_000:04}-{place % 10_000:04}",
    )


def _contract(place: int, customer_id: str) -> BulkContract:
    service, item = _SERVICES[place % len(_SERVICES)]
    state = _STATES[place // len(_SERVICES) % len(_STATES)]
    quantity = place % 40 + 1
    start = _FIRST_DAY + timedelta(days=place % 2000)
    moment = _FIRST_MOMENT + timedelta(days=place % 2000, seconds=place)
    entries = tuple(_entries(place, state, start, {item: quantity}))
    return BulkContract(
        customer_id=customer_id,
        number=f"C-HM1-{start:%y%m}-{place + 1:04}",
        content=_content(service, place, start, {item: quantity}),
        standing=_standing(state, item, quantity, start),
        staff=f"staff-{place % 6}",
        entries=tuple(
            Recorded(entry=entry, recorded_at=moment, staff="田村 美咲", seq=0) for entry in entries
        ),
        created_at=moment,
        updated_at=moment,
    )


def _content(service: str, place: int, start: date, items: dict[str, int]) -> ContractContent:
    return ContractContent(
        service=service,
        title="新規のお申込み",
        line_number=f"FL{place:08}",
        provider_number=f"N{place:09}",
        site=ContractSite(name="本社", address="", area="west"),
        contact=ContractContact(name="田中 一郎", phone=f"090-{place // 10_000:04}-{place % 10_000:04}"),
        application=Application(
            applied_on=start - timedelta(days=20),
            items=items,
            answers={"terms": True, "anti-social": True, "explained": True, "line": True},
        ),
    )


def _entries(place: int, state: ContractState, start: date, items: dict[str, int]) -> Iterator[Entry]:
    yield Explained(on=start - timedelta(days=20), by="田村 美咲")
    if state is ContractState.PREPARING:
        return
    yield Submitted(on=start - timedelta(days=15), receipt=place + 1)
    if state is ContractState.SUBMITTED:
        return
    yield Accepted(on=start - timedelta(days=5), effective=start, provider_number=f"N{place:09}")
    yield Started(on=start, items=items)
    if place % 3 == 0:
        yield Changed(on=start + timedelta(days=90), items={name: many + 1 for name, many in items.items()})
    if state is ContractState.SUSPENDED:
        yield Suspended(first=start + timedelta(days=200))
    if state in {ContractState.ENDED, ContractState.ENDING}:
        yield Ended(on=start + timedelta(days=800))
    if place == 0:
        yield WorksFee(amount=30_000)
        yield from _outages(start)


def _outages(start: date) -> Iterator[Entry]:
    noon = datetime(start.year, start.month, start.day, 12, tzinfo=UTC)
    for turn in range((MANY_ENTRIES - 6) // 2):
        known = noon + timedelta(days=turn)
        yield Outage(id=f"outage-{turn}", known_at=known, restored_at=None, cause="company")
        yield Restored(outage=f"outage-{turn}", at=known + timedelta(hours=1))


def _standing(state: ContractState, item: str, quantity: int, start: date) -> Standing:
    running = state in {ContractState.ACTIVE, ContractState.SUSPENDED, ContractState.ENDING}
    deadlines = (
        (
            DeadlineDay(code="minimum-term", on=start + timedelta(days=1825)),
            DeadlineDay(code="renewal-notice", on=start + timedelta(days=1765), since=start),
        )
        if running and quantity % 5
        else ()
    )
    return Standing(
        state=state,
        quantity=quantity,
        item=item,
        monthly_net=2_400 * quantity if running else 0,
        yearly_net=600_000 if item == "set" and running else 0,
        started_on=start if state not in {ContractState.PREPARING, ContractState.SUBMITTED} else None,
        ended_on=start + timedelta(days=800) if state is ContractState.ENDED else None,
        holds_line=state is not ContractState.ENDED,
        recheck_on=start + timedelta(days=1766) if running else None,
        deadlines=deadlines,
    )
