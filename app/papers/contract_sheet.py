"""契約内容確認書: a contract as it stands, whatever state it is in: parties, days, prices, term, what leaving
costs, deadlines and devices. Adds nothing up: every figure comes from the lines and the fee of the contract.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.contract.life import OVER
from app.contract.life_table import STATE_WORDS
from app.contract.record import ContractState
from app.papers.contract_sheet_facts import ContractSheet
from app.papers.contract_sheet_parts import (
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
from app.papers.contract_sheet_rows import (
    dates_section,
    deadlines_section,
    devices_section,
    free_visits_section,
    leaving_section,
    readings_section,
)
from app.papers.issuer import Settings
from app.papers.model import (
    Facts,
    Halves,
    Headline,
    HeadlineFact,
    LabelValue,
    Paper,
    Point,
    Points,
    Section,
    Table,
)
from app.papers.parts import (
    addressee,
    addressee_line,
    issuer_block,
    paper_date,
    provider_number_label,
    run_on,
)
from app.papers.quotation import IssueMark
from app.tariff.clauses import clause_note
from app.tariff.texts import words
from app.words import _, language

_APPLYING: Final = frozenset({ContractState.PREPARING, ContractState.SUBMITTED})


def contract_sheet(sheet: ContractSheet, settings: Settings, mark: IssueMark | None) -> Paper:
    """The paper in the language in use. ``mark`` None: a draft, without seal."""
    company = settings.company
    revision = _("第{number}版").format(number=mark.revision) if mark else ""
    title = _("契約内容確認書")
    shown = paper_date(mark.on if mark else sheet.day, company)
    return Paper(
        kind="C",
        language=language(),
        title=title,
        number=mark.number if mark else "",
        revision=revision,
        head_rows=tuple(_head(sheet, revision, shown)),
        addressee=addressee(sheet.customer),
        issuer=issuer_block(settings, sheet.provided.providers, seal=mark is not None),
        opening=_opening(sheet.state),
        subject_rows=tuple(_subject(sheet)),
        headline=_headline(sheet, settings),
        sections=tuple(_sections(sheet, settings)),
        closing=_("以上"),
        footer="  ".join(part for part in (company.name, title, sheet.number, revision) if part),
        continued_title=_("（つづき）"),
        continuation="  ".join(
            part for part in (sheet.number, revision, addressee_line(sheet.customer), shown) if part
        ),
        continues=_("次のページにつづく"),
        draft=mark is None,
        draft_mark=_("下書き"),
        qr=f"{mark.number}/{mark.revision}" if mark else "",
        keywords=tuple(
            part
            for part in (sheet.number, sheet.content.provider_number, sheet.customer.name.strip())
            if part
        ),
    )


# --- the head ----------------------------------------------------------------------------------------------


def _head(sheet: ContractSheet, revision: str, shown: str) -> Iterator[LabelValue]:
    yield LabelValue(_("契約番号"), "  ".join(part for part in (sheet.number, revision) if part))
    yield LabelValue(_("発行日"), shown)
    provider_number = sheet.content.provider_number.strip()
    if provider_number:
        yield LabelValue(provider_number_label(arranged=sheet.provided.arranged), provider_number)


def _opening(state: ContractState) -> str:
    """What the paper tells of: a contract, or an application that has formed none yet, or never will."""
    if state in _APPLYING:
        return _("ご契約はまだ成立していません。お申込みの内容は下記のとおりです。")
    if state in OVER and state is not ContractState.ENDED:
        return _("このご契約は成立していません。お申込みの内容は下記のとおりでした。")
    return _("ご契約の内容は、下記のとおりです。")


def _subject(sheet: ContractSheet) -> Iterator[LabelValue]:
    yield LabelValue(_("サービス"), words(sheet.provided.service.name))
    if sheet.provided.arranged:
        yield LabelValue(
            _("提供会社"), _("{provider}（当社は取次店）").format(provider=sheet.provided.provider)
        )
    yield LabelValue(_("ご契約の状態"), _(STATE_WORDS[sheet.state]))
    yield from quantity_rows(sheet.ordered.quantity)


def _headline(sheet: ContractSheet, settings: Settings) -> Headline:
    """What comes again with tax; of a contract that is over, that it is."""
    if sheet.state in OVER or not sheet.ordered.regular:
        quantity = quantity_fact(sheet.ordered.quantity)
        if sheet.state not in OVER:
            return Headline(_("料金"), "", 0, quantity, _("提供会社の見積によります"))
        ended = next((one.on for one in sheet.dates if one.what == _("解約日")), None)
        told = (HeadlineFact(_("解約日"), inline_date(ended, settings)),) if ended is not None else ()
        return Headline(_("ご契約の状態"), "", 0, (*told, *quantity), _(STATE_WORDS[sheet.state]))
    facts = [*quantity_fact(sheet.ordered.quantity)]
    ends = next((one.on for one in sheet.dates if one.what in _term_names()), None)
    if ends is not None:
        facts.append(HeadlineFact(_("期間の満了"), inline_date(ends, settings)))
    return headline(sheet.ordered, facts)


def _term_names() -> tuple[str, ...]:
    return _("最低契約期間の満了"), _("契約期間の満了")


# --- the sections ------------------------------------------------------------------------------------------


def _sections(sheet: ContractSheet, settings: Settings) -> Iterator[Section]:
    yield line_table(sheet.ordered, _of_when(sheet.state))
    yield dates_section(sheet, settings)
    formed = sheet.state is ContractState.ENDED or sheet.state not in OVER
    whose = _("ご契約者") if formed and sheet.state not in _APPLYING else _("お申込者")
    yield Halves(
        contractor(sheet.customer, sheet.content, sheet.corporate_number, whose),
        used_where(sheet.content, sheet.customer),
    )
    yield from _paired(
        deadlines_section(sheet, settings),
        paid_how(sheet.content, sheet.customer) if formed else None,
        Facts(_("選択項目"), tuple(option_rows(sheet.provided.edition, dict(sheet.options)))),
        free_visits_section(sheet.free_visits, settings) if sheet.free_visits is not None else None,
    )
    if sheet.leaving is not None:
        yield leaving_section(sheet, sheet.leaving, settings)
    yield devices_section(sheet, settings)
    yield readings_section(sheet)
    yield Points(_("ご契約について"), tuple(_points(sheet, settings)))


def _paired(*sections: Table | Facts | None) -> Iterator[Section]:
    """Those that say something, two beside each other."""
    told = [one for one in sections if one is not None and one.rows]
    for place in range(0, len(told) - 1, 2):
        yield Halves(told[place], told[place + 1])
    if len(told) % 2:
        yield told[-1]


def _of_when(state: ContractState) -> str:
    """Of when the prices are, where they are no longer, or not yet, charged."""
    if state is ContractState.ENDED:
        return _("解約のときの内容")
    if state in OVER or state in _APPLYING:
        return _("お申込みの内容")
    return ""


def _points(sheet: ContractSheet, settings: Settings) -> Iterator[Point]:
    """How it came about, how to change it and how to leave, then what the tariff has papers say."""
    provided, life = sheet.provided, sheet.provided.edition.life
    told = set(_clauses_of_tables(sheet))
    for text, clause in _own_points(sheet, settings):
        told.add(clause)
        yield Point(text, clause_note(clause))
    for remark in sheet.remarks:
        if not any(clause.startswith(remark.clause) for clause in told):
            yield Point(words(remark.text), clause_note(remark.clause))
    if sheet.content.agreed:
        by_list = clause_note(provided.edition.agreed_clause)
        yield Point(_("別段の合意による単価は、料金表の単価より先に用います。"), by_list)
    if life is not None and life.notified_clause and sheet.state not in OVER:
        yield Point(
            _("名称・住所・連絡先などが変わったときは、すみやかにお知らせください。"),
            clause_note(life.notified_clause),
        )
    asking = (
        _("お問い合わせは、上に記載の窓口で承ります。")
        if sheet.state in OVER
        else _("お問い合わせと変更・解約のお申し出は、上に記載の窓口で承ります。")
    )
    yield Point(run_on(part for part in (asking, _provider_contact(sheet)) if part))
    yield Point(
        _("本書は{terms}によります。規約と異なる点があるときは、規約が優先します。").format(
            terms=terms_words(provided, settings)
        )
    )


def _clauses_of_tables(sheet: ContractSheet) -> Iterator[str]:
    """The clauses whose rules the tables have told already, of this very contract."""
    yield from (line.clause for line in sheet.ordered.regular)
    term = sheet.provided.edition.term
    if term is not None and sheet.leaving is not None:
        yield term.clause


def _own_points(sheet: ContractSheet, settings: Settings) -> Iterator[tuple[str, str]]:
    life, rule = sheet.provided.edition.life, sheet.provided.edition.cancellation
    if sheet.state not in OVER:
        yield formation_words(sheet.provided)[0], life.acceptance_clause if life is not None else ""
    if life is not None and sheet.state not in OVER:
        yield _("数量やオプションの変更は、ご希望の日の前に当社へお申し出ください。"), life.change_clause
    if rule is None or sheet.state in OVER or sheet.state is ContractState.ENDING:
        return
    if sheet.notice:
        said = _("解約は、ご希望の日の{notice}までにお申し出ください。").format(notice=sheet.notice)
    else:
        said = _("解約は、ご希望の日までにお申し出ください。")
    if not sheet.has_fee and not sheet.ordered.annual:
        said = run_on((said, _("解約金はかかりません。")))
    yield said, rule.clause


def _provider_contact(sheet: ContractSheet) -> str:
    contact = sheet.provided.role.contact.strip()
    if not (sheet.provided.arranged and contact):
        return ""
    return _("提供会社の窓口：{contact}").format(contact=contact)
