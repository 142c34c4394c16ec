"""申込内容確認書（取次用）: what the customer applied for, checked point by point, for the provider whose own
form makes the application; 申込書 where we are the provider ourselves. Adds nothing up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.contract.checklist import CheckItem
from app.contract.customer import CustomerFields
from app.contract.record import ContractContent
from app.contract.steps import Explained, Submitted
from app.papers.contract_sheet_parts import (
    Ordered,
    Provided,
    contractor,
    formation_words,
    headline,
    inline_date,
    line_table,
    option_rows,
    paid_how,
    quantity_fact,
    quantity_rows,
    terms_words,
    used_where,
)
from app.papers.explanation import how_words
from app.papers.issuer import Settings
from app.papers.model import (
    Column,
    Facts,
    Halves,
    Headline,
    HeadlineFact,
    LabelValue,
    Paper,
    Place,
    Point,
    Points,
    Row,
    Section,
    SignatureBox,
    Strong,
    Table,
    Tick,
)
from app.papers.parts import addressee, addressee_line, issuer_block, paper_date, postal_words
from app.papers.quotation import IssueMark
from app.papers.signature import Signature, signing_box
from app.tariff.clauses import clause_note
from app.tariff.texts import words
from app.words import N_, _, language

SUBMITTED_BY: Final = {
    "form": N_("申込フォーム"),
    "e-mail": N_("メール"),
    "post": N_("郵送"),
    "phone": N_("電話"),
}


@dataclass(frozen=True)
class ApplicationSheet:
    """What the paper tells. ``checks``: the check list with its answers; ``explained`` and ``submitted``: the
    steps recorded, None where they are still to come; ``received_at`` by the clock on the wall.
    """

    contract_number: str
    content: ContractContent
    customer: CustomerFields
    corporate_number: str
    provided: Provided
    ordered: Ordered
    checks: tuple[CheckItem, ...]
    today: date
    received_at: datetime | None = None
    explained: Explained | None = None
    submitted: Submitted | None = None
    signature: Signature | None = None


def application_title(provided: Provided) -> str:
    """What the paper is called: an application only where it comes to us."""
    return _("申込内容確認書（取次用）") if provided.arranged else _("申込書")


def application_sheet(sheet: ApplicationSheet, settings: Settings, mark: IssueMark | None) -> Paper:
    """The paper in the language in use. ``mark`` None: a draft."""
    company = settings.company
    number = mark.number if mark else ""
    revision = _("第{number}版").format(number=mark.revision) if mark else ""
    title = application_title(sheet.provided)
    shown = paper_date(mark.on if mark else sheet.today, company)
    arranged = sheet.provided.arranged
    return Paper(
        kind="A",
        language=language(),
        title=title,
        number=number,
        revision=revision,
        head_rows=tuple(_head(sheet, settings, number, revision, shown)),
        addressee=addressee(sheet.customer),
        issuer=issuer_block(settings, sheet.provided.providers, seal=False),
        opening=_("お申込みの内容は下記のとおりです。ご確認のうえ、ご署名をお願いします。")
        if arranged
        else "",
        subject_rows=tuple(_subject(sheet, settings)),
        headline=_headline(sheet, settings),
        sections=tuple(_sections(sheet, settings)),
        closing="",
        footer="  ".join(part for part in (company.name, title, number, revision) if part),
        continued_title=_("（つづき）"),
        continuation="  ".join(
            part for part in (number, revision, addressee_line(sheet.customer), shown) if part
        ),
        continues=_("次のページにつづく"),
        draft=mark is None,
        draft_mark=_("下書き"),
        qr=f"{mark.number}/{mark.revision}" if mark else "",
        mailed=arranged,
        place=None if arranged else _applicant(sheet, settings),
        foot=_signature(sheet, settings),
        keywords=tuple(part for part in (number, sheet.contract_number, sheet.customer.name.strip()) if part),
    )


# --- the head ----------------------------------------------------------------------------------------------


def _head(
    sheet: ApplicationSheet, settings: Settings, number: str, revision: str, shown: str
) -> Iterator[LabelValue]:
    yield LabelValue(_("書面番号"), f"{number}  {revision}" if number else _("発行時に付きます"))
    yield LabelValue(_("発行日"), shown)
    applied = sheet.content.application.applied_on
    if applied is not None:
        yield LabelValue(_("申込日"), paper_date(applied, settings.company))


def _subject(sheet: ApplicationSheet, settings: Settings) -> Iterator[LabelValue]:
    provided = sheet.provided
    yield LabelValue(_("サービス"), words(provided.service.name))
    if provided.arranged:
        code = provided.role.agent_code.strip()
        arranged = _("{provider}（当社は取次店）").format(provider=provided.provider)
        if code:
            arranged = _("{provider}（取次店コード {code}）").format(provider=provided.provider, code=code)
        yield LabelValue(_("提供会社"), arranged)
    yield LabelValue(_("契約の控番号") if provided.arranged else _("契約番号"), sheet.contract_number)
    yield from quantity_rows(sheet.ordered.quantity)


def _applicant(sheet: ApplicationSheet, settings: Settings) -> Place:
    """Who applies, at the addressee's position: the application comes to us."""
    customer = sheet.customer
    person = "  ".join(part for part in (customer.department.strip(), customer.person.strip()) if part)
    address = (
        " ".join((postal_words(customer.postal_code), customer.prefecture + customer.address)).strip(),
        customer.building.strip(),
    )
    rows = [LabelValue(_("ご担当"), person), *_subject(sheet, settings)]
    return Place(
        _("お申込者"),
        customer.name.strip(),
        tuple(line for line in address if line),
        tuple(row for row in rows if row.value),
    )


def _headline(sheet: ApplicationSheet, settings: Settings) -> Headline:
    wished = sheet.content.application.wished_start
    facts = [*quantity_fact(sheet.ordered.quantity)]
    if wished is not None:
        facts.append(HeadlineFact(_("ご利用開始の希望日"), inline_date(wished, settings)))
    return headline(sheet.ordered, facts)


# --- the sections ------------------------------------------------------------------------------------------


def _sections(sheet: ApplicationSheet, settings: Settings) -> Iterator[Section]:
    yield line_table(sheet.ordered)
    title = _("お申込者")
    yield Halves(
        contractor(sheet.customer, sheet.content, sheet.corporate_number, title),
        used_where(sheet.content, sheet.customer),
    )
    yield Halves(_conditions(sheet, settings), paid_how(sheet.content, sheet.customer))
    yield _way(sheet, settings)
    required = _checked(_("ご記載の内容"), sheet.checks, ("required", "eligibility"))
    consents = _checked(_("ご同意いただくこと"), sheet.checks, ("consent",))
    if consents.rows:
        yield Halves(required, consents)
    else:
        yield required
    yield _grounds(sheet)
    beside = Facts("", ())  # the signature stands there
    yield Halves(Points(_("お申込みについて"), tuple(_points(sheet, settings))), beside)


def _conditions(sheet: ApplicationSheet, settings: Settings) -> Facts:
    applied = sheet.content.application
    rows = [
        LabelValue(
            _("開始の希望日"),
            paper_date(applied.wished_start, settings.company) if applied.wished_start else _("未定"),
        ),
        *option_rows(sheet.provided.edition, applied.options),
        LabelValue(_("もとの見積"), sheet.content.quotation_number),
        LabelValue(_("無料期間（附則）"), _("申し込む") if applied.promotion else ""),
        LabelValue(_("備考"), " ".join(applied.remarks.split())),
    ]
    return Facts(_("お申込みの条件"), tuple(row for row in rows if row.value))


def _way(sheet: ApplicationSheet, settings: Settings) -> Table:
    """Receipt, explanation and passing on, each with who did it and the clause that asks for it."""
    life = sheet.provided.edition.life
    order_clause = life.receipt_order_clause if life is not None else ""
    columns = (
        Column(_("手続き"), "left", 0.20),
        Column(_("日時"), "left", 0.26),
        Column(_("内容"), "left", 0.38),
        Column(_("条"), "right", 0.16, small=True),
    )
    rows = [
        Row(
            (
                _("受付"),
                _moment(sheet.received_at, settings) or "—",
                _("受け付けた順に承諾されます") if order_clause else "—",
                clause_note(order_clause),
            )
        ),
        Row((_("重要事項の説明"), *_explained(sheet, settings), "")),
        Row(
            (
                _("提供会社への送付") if sheet.provided.arranged else _("審査へ"),
                *_passed_on(sheet, settings),
                "",
            )
        ),
    ]
    return Table(_("受付から送付まで"), columns, tuple(rows))


def _moment(at: datetime | None, settings: Settings) -> str:
    return f"{inline_date(at.date(), settings)} {at:%H:%M}" if at is not None else ""


def _explained(sheet: ApplicationSheet, settings: Settings) -> tuple[str | Strong, str]:
    told = sheet.explained
    if told is None:
        return Strong(_("まだ記録がありません")), "—"
    day = inline_date(told.on, settings)
    when = f"{day} {told.at:%H:%M}" if told.at is not None else day
    parts = [
        how_words(told.how),
        _("説明者 {name}").format(name=told.by) if told.by else "",
        told.paper_number,
    ]
    return when, "  ".join(part for part in parts if part)


def _passed_on(sheet: ApplicationSheet, settings: Settings) -> tuple[str, str]:
    sent = sheet.submitted
    if sent is None:
        return _("これから"), "—"
    parts = [_(SUBMITTED_BY[sent.how])]
    if sent.receipt:
        parts.append(_("受付順 第{number}号").format(number=sent.receipt))
    return inline_date(sent.on, settings), "  ".join(parts)


def _checked(title: str, checks: tuple[CheckItem, ...], kinds: tuple[str, ...]) -> Table:
    columns = (
        Column("", "left", 0.08),
        Column(_("確認したこと"), "left", 0.68),
        Column(_("条"), "right", 0.24, small=True),
    )
    rows = tuple(
        Row((Tick(one.seen_to), Strong(one.name) if one.refuses else one.name, clause_note(one.clause)))
        for one in checks
        if one.kind in kinds and one.code != "explained"
    )
    return Table(title, columns, rows)


def _grounds(sheet: ApplicationSheet) -> Table:
    columns = (
        Column(_("事由"), "left", 0.60),
        Column(_("確認"), "left", 0.22),
        Column(_("条"), "right", 0.18, small=True),
    )
    rows = tuple(
        Row((one.name, _ground_words(one, sheet.provided), clause_note(one.clause)))
        for one in sheet.checks
        if one.kind == "ground"
    )
    remark = _("当てはまると、お申込みをお受けできないことがあります")
    return Table(_("承諾の条件"), columns, rows, remark)


def _ground_words(one: CheckItem, provided: Provided) -> str | Strong:
    if one.refuses:
        return Strong(_("当てはまる"))
    if one.seen_to:
        return _("当てはまらない")
    return _("提供会社が確認") if provided.arranged else _("当社が確認")


def _points(sheet: ApplicationSheet, settings: Settings) -> Iterator[Point]:
    provided = sheet.provided
    life = provided.edition.life
    if provided.arranged:
        yield Point(
            _(
                "本書は、お申込みの内容を当社が{provider}へ取り次ぐための確認書で、提供会社の申込書ではありません。"
                "お申込みの手続きは、{provider}所定の方法によります。"
            ).format(provider=provided.provider),
            clause_note(life.application_clause) if life is not None else "",
        )
    yield Point(*formation_words(provided))
    if life is not None and life.receipt_order_clause:
        yield Point(_("承諾は、お申込みを受け付けた順に行われます。"), clause_note(life.receipt_order_clause))
    if life is not None and life.revocable_clause:
        yield Point(
            _("承諾のあとでも、承諾の条件に反することが分かったときは、承諾が取り消されることがあります。"),
            clause_note(life.revocable_clause),
        )
    if life is not None and life.notified_clause:
        yield Point(
            _("名称・住所・連絡先などが変わったときは、すみやかにお知らせください。"),
            clause_note(life.notified_clause),
        )
    yield Point(_("料金と条件は、{terms}によります。").format(terms=terms_words(provided, settings)))
    if not sheet.ordered.regular:
        yield Point(_("料金は、提供会社の見積によります。"))


def _signature(sheet: ApplicationSheet, settings: Settings) -> SignatureBox:
    said = (
        _("上記の内容を確認し、提供会社への取次ぎを依頼します。")
        if sheet.provided.arranged
        else _("上記のとおり申し込みます。")
    )
    return signing_box(said, sheet.signature, settings)
