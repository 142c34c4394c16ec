"""Rows of a ledger, understood: customers and contracts with what happened to them, or what is wrong where.

Rows with the same number are one contract: the first begins it, each further one is something that happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

import msgspec

from app.contract.customer import CustomerFields, charged_as
from app.contract.customer import CustomerKind as KindOfCustomer
from app.contract.facts import Billing, Changed, Ended, Fact, LineKind, Outage, Started, Suspended
from app.contract.record import (
    Application,
    BillingAddress,
    BillingMethod,
    ContractContact,
    ContractContent,
    ContractSite,
)
from app.date_reading import read_date
from app.days import DAY
from app.errors import Problems
from app.folding import fold
from app.quote.area import area_of
from app.quote.content import Site
from app.quote.validate import check_customer_fields
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition, Service
from app.usecases.ledger_columns import BY_CODE, Columns
from app.usecases.ledger_file import Ledger, LedgerRow
from app.words import _

MAIN_ITEMS: Final = ("id", "license", "sensor", "endpoint", "annual-fee")
"""The item a plain quantity counts, whichever of them the service has."""

_KINDS: Final[dict[str, KindOfCustomer]] = {
    **dict.fromkeys(("法人", "会社", "corporation"), "corporation"),
    **dict.fromkeys(("個人", "個人事業主", "soletrader"), "sole-trader"),
    **dict.fromkeys(("団体", "組合", "organisation"), "organisation"),
}
_LINES: Final[dict[str, LineKind]] = {
    **dict.fromkeys(("フレッツ", "フレッツ光", "フレッツ契約", "flets"), "flets"),
    **dict.fromkeys(("光コラボ", "コラボ", "光コラボレーション", "collab"), "collab"),
    **dict.fromkeys(("他社", "他社回線", "その他", "other"), "other"),
}
_BILLING: Final[dict[str, BillingMethod]] = {
    **dict.fromkeys(("請求書", "振込", "銀行振込", "invoice"), "invoice"),
    **dict.fromkeys(("口座振替", "引落", "口座引落", "accounttransfer"), "account-transfer"),
    **dict.fromkeys(("電話料金合算", "合算", "電話料金", "phonebill"), "phone-bill"),
}
_EVENTS: Final = {
    **dict.fromkeys(("変更", "数量変更", "増減", "増設", "減設", "追加", "減少", "change"), "change"),
    **dict.fromkeys(("停止", "利用停止", "休止", "suspension"), "suspend"),
    **dict.fromkeys(("障害", "故障", "outage"), "outage"),
    **dict.fromkeys(("解約", "終了", "end"), "end"),
}
_NO: Final = frozenset({"", "0", "なし", "無", "-", "—", "×"})


@dataclass(frozen=True)
class RowProblem:
    """What is wrong in a row (numbered as in the file): the field, what stands there, what to do."""

    row: int
    field: str
    found: str
    what: str
    remedy: str = ""
    clause: str = ""

    @property
    def name(self) -> str:
        """The name of the field in the language in force; "" where the row as a whole is meant."""
        known = BY_CODE.get(self.field)
        return known.words if known else ""


@dataclass(frozen=True)
class LedgerContract:
    """A contract as the ledger has it. ``rows``: where it stands in the file."""

    rows: tuple[int, ...]
    customer: CustomerFields
    content: ContractContent
    facts: tuple[Fact, ...]


@dataclass
class _Reading:
    """What is being read: the file's columns, the services, today, and the problems so far."""

    columns: Columns
    catalogue: Catalogue
    today: date
    names: Mapping[str, str]
    problems: list[RowProblem] = field(default_factory=list)

    def cell(self, row: LedgerRow, code: str) -> str:
        place = self.columns.get(code)
        return "" if place is None else row.cells[place].strip()

    def refuse(self, row: LedgerRow, code: str, what: str, remedy: str = "", clause: str = "") -> None:
        self.problems.append(RowProblem(row.number, code, self.cell(row, code), what, remedy, clause))

    def day(self, row: LedgerRow, code: str) -> date | None:
        """A day, None where nothing stands; a problem where it is none."""
        text = self.cell(row, code)
        if text in _NO:
            return None
        day = read_date(text.partition(" ")[0].partition("T")[0], self.today)
        if day is None:
            self.refuse(row, code, _("日付として読めません。"), _("例：2026/11/20"))
        return day

    def moment(self, row: LedgerRow, code: str) -> datetime | None:
        """A moment; a day without a time is its beginning."""
        day = self.day(row, code)
        if day is None:
            return None
        clock = self.cell(row, code).replace("T", " ").partition(" ")[2]
        try:
            return datetime.combine(day, time.fromisoformat(clock) if clock else time())
        except ValueError:
            self.refuse(row, code, _("時刻として読めません。"), _("例：2026/10/08 14:30"))
            return None

    def whole(self, row: LedgerRow, code: str) -> int | None:
        """A whole number, None where nothing stands; a problem where it is none."""
        text = fold(self.cell(row, code)).rstrip("円台件")
        for unit in ("ライセンス", "センサー", "端末", "id"):
            text = text.removesuffix(fold(unit))
        if text in _NO:
            return 0 if text == "0" else None
        if not (text.isascii() and text.isdigit() and len(text) <= 12):
            self.refuse(row, code, _("0以上の整数ではありません。"))
            return None
        return int(text)

    def one_of(self, row: LedgerRow, code: str, known: Mapping[str, str], default: str) -> str:
        """A word of a few; ``default`` where nothing stands."""
        text = self.cell(row, code)
        if not text:
            return default
        found = next((value for word, value in known.items() if fold(word) == fold(text)), None)
        if found is None:
            first = {value: word for word, value in reversed(list(known.items()))}
            self.refuse(
                row,
                code,
                _("この言葉は使えません。"),
                _("次のどれかにしてください：{names}").format(names="、".join(first.values())),
            )
        return found or default


def understand(
    ledger: Ledger, columns: Columns, catalogue: Catalogue, today: date
) -> tuple[list[LedgerContract], list[RowProblem]]:
    """Every contract of the ledger and everything that is wrong with its rows, all at once."""
    reading = _Reading(columns, catalogue, today, service_names(catalogue))
    contracts = [_contract(reading, rows) for rows in _grouped(reading, ledger.rows)]
    return [one for one in contracts if one is not None], sorted(
        reading.problems, key=lambda problem: problem.row
    )


def service_names(catalogue: Catalogue) -> dict[str, str]:
    """Folded names of the services, long, short and codes, to their codes."""
    found: dict[str, str] = {}
    for service in catalogue.services():
        for text in (service.code, service.name.ja, service.name.en, service.short.ja, service.short.en):
            found.setdefault(fold(text), service.code)
    return found


def _grouped(reading: _Reading, rows: Iterable[LedgerRow]) -> list[list[LedgerRow]]:
    """The rows of each contract, in the order in which the contracts first stand in the file."""
    by_number: dict[str, list[LedgerRow]] = {}
    groups: list[list[LedgerRow]] = []
    for row in rows:
        number = fold(reading.cell(row, "ledger_number"))
        if number and number in by_number:
            by_number[number].append(row)
            continue
        group = [row]
        groups.append(group)
        if number:
            by_number[number] = group
    return groups


def _contract(reading: _Reading, rows: list[LedgerRow]) -> LedgerContract | None:
    first = rows[0]
    before = len(reading.problems)
    customer = _customer(reading, first)
    content = _content(reading, first, customer)
    facts: list[Fact] = []
    if content is not None:
        facts += _begun_and_ended(reading, first, content)
        for row in rows[1:]:
            fact = _happened(reading, row, content)
            if fact is not None:
                facts.append(fact)
    if content is None or len(reading.problems) > before:
        return None
    return LedgerContract(tuple(row.number for row in rows), customer, content, tuple(facts))


# --- the first row: whose, what, since when ----------------------------------------------------------------


def _customer(reading: _Reading, row: LedgerRow) -> CustomerFields:
    texts = {
        name: reading.cell(row, name)
        for name in ("name", "kana", "prefecture", "address", "building", "department", "person")
    }
    customer = CustomerFields(
        kind=_kind(reading, row),
        postal_code=reading.cell(row, "postal_code").replace("-", "").replace("〒", "").strip(),
        phone=reading.cell(row, "phone"),
        email=reading.cell(row, "email"),
        **texts,
    )
    problems = Problems()
    check_customer_fields(customer, "", problems)
    for problem in problems:
        reading.refuse(row, problem.field, problem.what, problem.remedy)
    return customer


def _kind(reading: _Reading, row: LedgerRow) -> KindOfCustomer:
    found = reading.one_of(row, "kind", _KINDS, "corporation")
    kind: KindOfCustomer = msgspec.convert(found, KindOfCustomer)
    return kind


def _content(reading: _Reading, row: LedgerRow, customer: CustomerFields) -> ContractContent | None:
    service = _service(reading, row)
    if service is None:
        shorts = "、".join(one.short.ja for one in reading.catalogue.services())
        reading.refuse(
            row,
            "service",
            _("このサービスは登録されていません。"),
            _("次のどれかにしてください：{names}").format(names=shorts),
        )
        return None
    number = reading.cell(row, "ledger_number")
    address = reading.cell(row, "site")
    area = area_of(Site(address=address), customer) or "west"
    return ContractContent(
        service=service,
        title=_("台帳 {number}").format(number=number) if number else "",
        customer_kind=charged_as(customer.kind),
        line=msgspec.convert(reading.one_of(row, "line", _LINES, "flets"), LineKind),
        line_number=reading.cell(row, "line_number"),
        provider_number=reading.cell(row, "provider_number"),
        site=ContractSite(address=address, area="east" if area == "east" else "west"),
        contact=ContractContact(name=customer.person, phone=customer.phone, email=customer.email),
        billing=BillingAddress(
            method=msgspec.convert(reading.one_of(row, "billing", _BILLING, ""), BillingMethod)
        ),
        application=Application(items=_items(reading, row, service)),
        remarks=reading.cell(row, "remarks"),
    )


def _service(reading: _Reading, row: LedgerRow) -> str | None:
    """The service a cell names in full, or the only one whose name holds all the words written."""
    text = reading.cell(row, "service")
    if fold(text) in reading.names:
        return reading.names[fold(text)]
    words = [fold(word) for word in text.split() if fold(word)]
    found = {code for name, code in reading.names.items() if all(word in name for word in words)}
    return found.pop() if words and len(found) == 1 else None


def _items(reading: _Reading, row: LedgerRow, service: str) -> dict[str, int]:
    """The quantities of a row: the main item's, the gateway's, and the yearly fee."""
    before = len(reading.problems)
    codes = {item.code for item in _newest_priced(reading.catalogue.service(service)).items}
    items: dict[str, int] = {}
    quantity = reading.whole(row, "quantity")
    main = next((code for code in MAIN_ITEMS if code in codes and code != "annual-fee"), None)
    if main is not None and quantity is not None:
        items[main] = quantity
    if "annual-fee" in codes:
        fee = reading.whole(row, "yearly_fee")
        if fee is None:
            reading.refuse(row, "yearly_fee", _("年額（税抜）がありません。"))
        else:
            items["annual-fee"] = fee
    gateway = _gateway(reading, row, codes)
    if gateway:
        items[gateway] = 1
    if not items and len(reading.problems) == before:
        reading.refuse(row, "quantity", _("数量がありません。"))
    return items


def _newest_priced(service: Service) -> Edition:
    return next((one for one in reversed(service.editions) if one.priced), service.editions[-1])


def _gateway(reading: _Reading, row: LedgerRow, codes: set[str]) -> str:
    digits = "".join(mark for mark in fold(reading.cell(row, "gateway")) if mark.isdigit())
    if not digits or digits == "0":
        return ""
    code = f"gateway-{digits}"
    if code not in codes:
        reading.refuse(row, "gateway", _("このゲートウェイはありません。"), _("10、50、100のどれかです。"))
        return ""
    return code


def _begun_and_ended(reading: _Reading, row: LedgerRow, content: ContractContent) -> list[Fact]:
    start, end = reading.day(row, "start"), reading.day(row, "end")
    facts: list[Fact] = []
    if start is not None:
        facts.append(Started(on=start, items=content.application.items))
        if content.billing.method:
            facts.append(Billing(method=content.billing.method))
    if end is not None:
        if start is None:
            reading.refuse(row, "start", _("解約日がありますが、開始日がありません。"))
        facts.append(Ended(on=end))
    return facts


# --- further rows: what happened ---------------------------------------------------------------------------


def _happened(reading: _Reading, row: LedgerRow, content: ContractContent) -> Fact | None:
    if not reading.cell(row, "event"):
        reading.refuse(
            row,
            "ledger_number",
            _("同じ番号の契約がもうあります。"),
            _("できごとの行なら「できごと」の列に、変更・停止・障害・解約のどれかを書いてください。"),
        )
        return None
    event = reading.one_of(row, "event", _EVENTS, "")
    return _MAKERS[event](reading, row, content) if event else None


def _needed_day(reading: _Reading, row: LedgerRow) -> date | None:
    before = len(reading.problems)
    day = reading.day(row, "event_on")
    if day is None and len(reading.problems) == before:
        reading.refuse(row, "event_on", _("できごとの日がありません。"))
    return day


def _changed(reading: _Reading, row: LedgerRow, content: ContractContent) -> Fact | None:
    on = _needed_day(reading, row)
    items = _items(reading, row, content.service)
    return Changed(on=on, items=items) if on else None


def _suspended(reading: _Reading, row: LedgerRow, content: ContractContent) -> Fact | None:
    first, resumed = _needed_day(reading, row), reading.day(row, "event_until")
    return Suspended(first=first, last=resumed - DAY if resumed else None) if first else None


def _outage(reading: _Reading, row: LedgerRow, content: ContractContent) -> Fact | None:
    if _needed_day(reading, row) is None:
        return None
    known, restored = reading.moment(row, "event_on"), reading.moment(row, "event_until")
    return Outage(known_at=known, restored_at=restored, cause="company") if known else None


def _ended(reading: _Reading, row: LedgerRow, content: ContractContent) -> Fact | None:
    on = _needed_day(reading, row)
    return Ended(on=on) if on else None


_MAKERS: Final[Mapping[str, Callable[[_Reading, LedgerRow, ContractContent], Fact | None]]] = {
    "change": _changed,
    "suspend": _suspended,
    "outage": _outage,
    "end": _ended,
}
