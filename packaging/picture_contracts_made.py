"""Contracts, notes and bills for the pictures of Home, of deadlines and of telling about changed terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.contract.beside import CallNote, EquipmentFields
from app.contract.customer import CustomerFields
from app.contract.facts import Ended, Started
from app.contract.record import (
    Application,
    ContractContent,
    ContractSite,
    Entry,
    StoredContract,
)
from app.contract.steps import Accepted, Explained, Submitted
from app.days import Month
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.run_month import run_month
from app.usecases.stand_contract import standing_of

_STAFF = "田村 美咲"
_PRIME, _MEDIA, _WATCH, _OSECT, _NDR = (
    "dokodemo-prime", "media-light", "mihariban", "osect", "mdr-ndr",
)  # fmt: skip
_ITEMS = {
    _PRIME: {"id": 20},
    _MEDIA: {"base": 1, "endpoint": 12, "gateway-10": 1},
    _WATCH: {"license": 15},
    _OSECT: {"sensor": 2},
    _NDR: {"annual-fee": 1_980_000},
}


def keep_contract(
    desk: Desk,
    name: str,
    service: str,
    entries: Sequence[Entry] = (),
    *,
    kana: str = "",
    phone: str = "06-0000-2100",
    items: dict[str, int] | None = None,
    wished: date | None = None,
    equipment: EquipmentFields | None = None,
) -> StoredContract:
    """A customer with a contract to which this happened."""
    fields = CustomerFields(
        name=name,
        kana=kana,
        phone=phone,
        postal_code="5410053",
        prefecture="大阪府",
        address="大阪市中央区本町2-4-8",
        person="",
    )
    quantities = items or _ITEMS[service]
    content = ContractContent(
        service=service,
        site=ContractSite(area="west"),
        application=Application(items=quantities, applied_on=desk.today(), wished_start=wished),
    )
    with desk.storage.work() as work:
        settings = work.settings.load()
        catalogue = desk.catalogue_for(settings)
        customer = work.customers.add(fields)
        number = work.numbers.next("C", settings.desk_code, desk.today())
        standing = standing_of(content, (), catalogue, desk.today())
        stored = work.contracts.add(number, customer.id, content, standing, _STAFF)
        devices = [work.beside.add_equipment(stored.id, equipment)] if equipment is not None else []
        if entries:
            standing = standing_of(content, entries, catalogue, desk.today(), devices)
            stored = work.contracts.change(stored.id, stored.version, standing, entries=entries, staff=_STAFF)
        work.commit()
    return stored


def _started(service: str, on: date, items: dict[str, int] | None = None) -> tuple[Entry, ...]:
    return (
        Explained(on=on, by="田村 美咲"),
        Submitted(on=on),
        Accepted(on=on, effective=on),
        Started(on=on, items=items or _ITEMS[service]),
    )


def fill_contracts(desk: Desk) -> dict[str, StoredContract]:
    """What Home shows in the pictures: something of everything."""
    made = {}
    running = (
        ("株式会社ナカバ工業", "ナカバコウギョウ", _NDR, date(2025, 1, 30)),
        ("有限会社梅田堂", "ウメダドウ", _MEDIA, date(2024, 12, 9)),
        ("みつば電設株式会社", "ミツバデンセツ", _NDR, date(2025, 2, 16)),
        ("藤井造園", "フジイゾウエン", _MEDIA, date(2025, 1, 15)),
        ("扇町印刷株式会社", "オウギマチインサツ", _MEDIA, date(2025, 1, 20)),
        ("日の出化成株式会社", "ヒノデカセイ", _NDR, date(2026, 11, 11)),
        ("関西物流センター", "カンサイブツリュウセンター", _NDR, date(2025, 4, 1)),
        ("やまと歯科クリニック", "ヤマトシカクリニック", _PRIME, date(2026, 5, 15)),
        ("株式会社ミドリ設備", "ミドリセツビ", _NDR, date(2024, 4, 15)),
        ("花園接骨院", "ハナゾノセッコツイン", _MEDIA, date(2025, 2, 10)),
        ("株式会社白鷺", "シラサギ", _PRIME, date(2026, 6, 1)),
        ("はやて急便株式会社", "ハヤテキュウビン", _WATCH, date(2026, 8, 3)),
        ("医療法人つばさ会", "ツバサカイ", _PRIME, date(2026, 5, 20)),
        ("さつき不動産株式会社", "サツキフドウサン", _PRIME, date(2026, 9, 1)),
    )
    for place, (name, kana, service, start) in enumerate(running):
        phone = f"06-0000-{2101 + place * 7}"
        items = {"id": 26 + place} if service == _PRIME else _ITEMS[service]
        entries = _started(service, start, items)
        made[name] = keep_contract(desk, name, service, entries, kana=kana, phone=phone, items=items)
    connector = EquipmentFields(kind="connector", model="connector", serial="NC-2203-0117")
    for name, kana, end in (
        ("大倉梱包株式会社", "オオクラコンポウ", date(2026, 11, 9)),
        ("株式会社まるよし", "マルヨシ", date(2026, 10, 12)),
    ):
        made[name] = keep_contract(
            desk, name, _NDR, (*_started(_NDR, date(2025, 3, 3)), Ended(on=end)),
            kana=kana, equipment=connector,
        )  # fmt: skip
    made["東洋包材株式会社"] = keep_contract(
        desk, "東洋包材株式会社", _OSECT,
        (
            Explained(on=date(2026, 11, 4), by="田村 美咲"),
            Submitted(on=date(2026, 11, 4)),
            Accepted(on=date(2026, 11, 12), effective=date(2026, 12, 21)),
        ),
        kana="トウヨウホウザイ", wished=date(2026, 12, 21),
    )  # fmt: skip
    made["木下アート印刷"] = keep_contract(desk, "木下アート印刷", _MEDIA, kana="キノシタアートインサツ")
    made["コトリ保育園"] = keep_contract(
        desk, "コトリ保育園", _WATCH,
        (Explained(on=date(2026, 11, 17), by="田村 美咲"), Submitted(on=date(2026, 11, 18))),
        kana="コトリホイクエン",
    )  # fmt: skip
    _notes(desk, made)
    _bills(desk)
    return made


def _notes(desk: Desk, made: dict[str, StoredContract]) -> None:
    with desk.storage.work() as work:
        for name, text, step, due in (
            ("株式会社ナカバ工業", "更新するか社内で相談中。", "更新の意向を電話で確認", date(2026, 11, 19)),
            ("有限会社梅田堂", "端末を2台増やしたい。", "増設の見積を持って訪問", date(2026, 11, 20)),
            ("大倉梱包株式会社", "返却キットがまだ届かない。", "返却キットの発送を確認", date(2026, 11, 24)),
        ):
            work.beside.add_note(
                CallNote(
                    id="", version=0, subject="contract", subject_id=made[name].id, at=desk.now(),
                    staff=_STAFF, text=text, next_step=step, owner=work.settings.load().current_staff,
                    due_on=due,
                )
            )  # fmt: skip
        work.commit()


def _bills(desk: Desk) -> None:
    """The charges of September, closed: nobody paid them."""
    run = run_month(desk, Month(2026, 9))
    close_month(desk, run.id, run.version)
