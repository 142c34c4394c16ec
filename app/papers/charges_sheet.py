"""料金計算書: what a contract is charged for one month, and how each amount comes about, step by step.

Adds nothing up: lines and sums are those of the bill, or of the month as it is worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from app.charge.lines import Reason, UsedReading
from app.charge.words import counted, formula, tree
from app.charge.words_basic import ReasonRow
from app.contract.customer import CustomerFields
from app.days import Month
from app.money import figure, percent_words, yen_words
from app.papers.carrying import carrying_rows
from app.papers.frame import Frame, framed
from app.papers.issuer import Settings
from app.papers.model import (
    Column,
    Headline,
    HeadlineFact,
    LabelValue,
    Paper,
    Point,
    Points,
    Row,
    Section,
    Strong,
    Table,
)
from app.papers.parts import in_era, paper_date, paper_month, provider_number_label
from app.papers.quotation import IssueMark
from app.tariff.clauses import clause_note
from app.tariff.model import Edition
from app.tariff.texts import choice_words
from app.tariff.texts import words as say
from app.words import _, pgettext


@dataclass(frozen=True)
class ChargedLine:
    """A line of the month in yen without tax. ``reason`` None: nothing works it out again, and ``why`` says
    what the bill said.
    """

    name: str
    amount: int
    outside_tax: bool
    detail: str
    quantity: int | None
    unit: str
    unit_price: int | None
    clause: str
    reason: Reason | None
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class MonthCharges:
    """A month of a contract as it is charged. Yen. ``standing``: what these figures are (締め済み, 見込み …);
    ``edition``: the rules in force in the month; ``provider``: "" where we provide the service ourselves.
    """

    customer: CustomerFields
    service: str
    provider: str
    contract_number: str
    provider_number: str
    what: str
    month: Month
    lines: tuple[ChargedLine, ...]
    net: int
    tax: int
    exempt: int
    rate: Fraction
    standing: str
    final: bool
    edition: Edition
    today: date
    invoices: bool = True  # we ask for the money, not the provider

    @property
    def total(self) -> int:
        """With tax and with what stands outside it."""
        return self.net + self.tax + self.exempt


def charges_sheet(charges: MonthCharges, settings: Settings, mark: IssueMark | None) -> Paper:
    """The paper in the language in use; ``mark`` None gives a draft."""
    month = paper_month(charges.month, settings.company)
    frame = Frame(
        kind="F",
        title=_("料金計算書"),
        customer=charges.customer,
        settings=settings,
        today=charges.today,
        mark=mark,
        providers=(charges.provider,) if charges.provider else (),
        head=(LabelValue(_("対象月"), _("{month}分").format(month=month)),),
        keywords=(charges.contract_number, charges.service),
    )
    return framed(
        frame,
        tuple(_sections(charges, settings)),
        opening=_("{month}分の料金を、次のとおり計算しました。").format(month=month),
        subject=tuple(_subject(charges)),
        headline=_headline(charges, settings),
        closing=_("以上"),
    )


def _subject(charges: MonthCharges) -> Iterator[LabelValue]:
    yield LabelValue(_("サービス"), charges.service)
    held = "  ".join(part for part in (charges.contract_number, charges.what) if part)
    yield LabelValue(_("ご契約"), held)
    if charges.provider_number:
        yield LabelValue(provider_number_label(arranged=bool(charges.provider)), charges.provider_number)


def _headline(charges: MonthCharges, settings: Settings) -> Headline:
    facts = [HeadlineFact(_("税抜合計"), charges.net), HeadlineFact(_("消費税"), charges.tax)]
    if charges.exempt:
        facts.append(HeadlineFact(_("不課税"), charges.exempt))
    label = _("{month}分の料金").format(month=paper_month(charges.month, settings.company))
    return Headline(label, pgettext("caption", "税込"), charges.total, tuple(facts))


def _sections(charges: MonthCharges, settings: Settings) -> Iterator[Section]:
    yield _lines(charges, settings)
    yield _taxes(charges)
    yield _readings(charges)
    yield Points(_("ご確認ください"), tuple(_points(charges, settings)))
    yield _reasons(charges, settings)


def _lines(charges: MonthCharges, settings: Settings) -> Table:
    outside = any(line.outside_tax for line in charges.lines)
    wider = 0.02 if outside else 0.0
    columns = (
        Column(_("品目"), "left", 0.27),
        Column(_("計算"), "left", 0.33 - wider),
        Column(_("条項"), "left", 0.18, small=True),
        Column(_("税率"), "left", 0.08),
        Column(_("金額（消費税を除く）") if outside else _("金額（税抜）"), "right", 0.14 + wider),
    )
    taxed = percent_words(charges.rate)
    rows = [
        Row(
            (
                in_era(line.name, settings.company),
                _calculation(line),
                clause_note(line.clause),
                _("不課税") if line.outside_tax else taxed,
                line.amount,
            )
        )
        for line in charges.lines
    ]
    if len(rows) > 1:
        rows.append(Row(("", "", "", _("合計"), charges.net + charges.exempt), total=True))
    return carrying_rows(Table(_("料金の内訳"), columns, tuple(rows)))


def _calculation(line: ChargedLine) -> str:
    """``31 ID × 2,400円 × 21日 ÷ 31日``; what the bill said where nothing works it out again."""
    if line.reason is not None:
        return formula(line.reason)
    if line.quantity is None or line.unit_price is None or line.quantity * line.unit_price != line.amount:
        return line.detail
    return f"{counted(line.quantity, line.unit)} × {yen_words(line.unit_price)}"


def _taxes(charges: MonthCharges) -> Table:
    columns = (
        Column(_("区分"), "left", 0.36),
        Column(_("税抜の合計"), "right", 0.22),
        Column(_("消費税額"), "right", 0.20),
        Column(_("合計"), "right", 0.22),
    )
    words = _("{rate}対象").format(rate=percent_words(charges.rate))
    rows = [Row((words, charges.net, charges.tax, charges.net + charges.tax))]
    if any(line.outside_tax for line in charges.lines):
        rows.append(Row((_("不課税"), charges.exempt, "—", charges.exempt)))
        rows.append(Row((_("合計"), charges.net + charges.exempt, charges.tax, charges.total), total=True))
    return Table(_("消費税の内訳"), columns, tuple(rows))


def _used(charges: MonthCharges) -> Iterator[UsedReading]:
    for line in charges.lines:
        if line.reason is not None:
            yield from line.reason.all_readings()


def _readings(charges: MonthCharges) -> Table:
    columns = (
        Column(_("対象"), "left", 0.255),
        Column(_("採用した読み方"), "left", 0.575),
        Column(_("条"), "right", 0.17, small=True),
    )
    rows = []
    for used in dict.fromkeys(_used(charges)):
        reading = charges.edition.reading(used.name)
        if reading is not None:
            rows.append(
                Row((say(reading.topic), choice_words(reading, used.choice), clause_note(reading.clause)))
            )
    return Table(_("計算に用いた読み方"), columns, tuple(rows), _("規約の文言だけでは一つに決まらない点"))


def _reasons(charges: MonthCharges, settings: Settings) -> Table:
    """Every amount with the steps it comes from; a step below another stands in."""
    columns = (
        Column(_("計算"), "left", 0.45),
        Column(_("結果"), "right", 0.17),
        Column(_("根拠"), "right", 0.38, small=True),
    )
    rows: list[Row] = []
    for place, line in enumerate(charges.lines, start=1):
        rows.append(
            Row((Strong(f"{place}  {in_era(line.name, settings.company)}"), Strong(figure(line.amount)), ""))
        )
        rows += [_reason_row(one, settings) for one in _steps(line)]
    return Table(_("計算の根拠"), columns, tuple(rows), _("金額ごとに、計算の順に記載しています"))


def _steps(line: ChargedLine) -> Sequence[ReasonRow]:
    if line.reason is not None:
        edition = _("料金の版")  # told once, among the remarks
        whole, *steps = tree(line.reason, clause_note)
        said_again = f"{line.name}  {whole.words}"  # a step that is the whole
        same = next((one for one in steps if one.words == said_again and one.value == whole.value), None)
        if same is not None:
            whole = replace(whole, clause=whole.clause or same.clause)
        return [whole, *(one for one in steps if one is not same and one.words != edition)]
    return [
        ReasonRow(0, words, "", clause_note(line.clause) if not place else "")
        for place, words in enumerate(line.why or (_calculation(line),))
    ]


def _reason_row(row: ReasonRow, settings: Settings) -> Row:
    value = row.value.removesuffix("円").replace("¥", "")  # cells hold bare figures
    told = in_era(row.words, settings.company)
    return Row((told, value, row.clause or row.ground), depth=row.depth + 1)


def _points(charges: MonthCharges, settings: Settings) -> Iterator[Point]:
    if charges.invoices:
        yield Point(_("本書は請求書ではありません。お支払いは請求書によりお願いします。"))
    else:
        yield Point(
            _("本書は請求書ではありません。ご請求は{provider}が行います。").format(provider=charges.provider)
        )
    yield Point(charges.standing)
    if charges.edition.start is not None:
        day = paper_date(charges.edition.start, settings.company, weekday=False)
        yield Point(_("料金は、{day}実施の規約と料金表によります。").format(day=day))
    yield Point(
        _("消費税は、税率ごとの合計に対して一度だけ計算し、1円未満を切り捨てています。"), _("消令70条の10")
    )
