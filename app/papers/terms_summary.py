"""重要事項説明書: the points of a service that hold for one contract or quotation, as a finished paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.papers.explanation import HowTold, how_words, signed_box, when_words
from app.papers.issuer import Settings
from app.papers.kinds import title_of
from app.papers.model import Headline, HeadlineFact, LabelValue, Paper
from app.papers.parts import addressee, addressee_line, issuer_block
from app.papers.quotation import IssueMark
from app.papers.side import (
    ExplanationRecord,
    FactStrip,
    SidePart,
    SidePoint,
    SidePoints,
    SideSection,
)
from app.papers.terms_facts import TermsCase, TermsFacts
from app.papers.terms_own import reading_words, worked_out
from app.papers.terms_points import NEGATION, TermsPoint
from app.papers.terms_tables import price_table, visit_tables
from app.tariff.clauses import clause_note
from app.tariff.model import Edition
from app.tariff.texts import words
from app.words import _, language, pgettext

KIND: Final = "E"


def terms_summary(case: TermsCase, settings: Settings, mark: IssueMark | None) -> Paper:
    """The summary in the language in use. ``mark`` None: a draft, without number and seal.

    Raises UserError ``terms-file`` where a point asks for something the tariff does not know.
    """
    company = settings.company
    number = mark.number if mark else ""
    revision = _("第{number}版").format(number=mark.revision) if mark else ""
    title = title_of(KIND)
    shown = case.day_words(mark.on if mark else case.on)
    return Paper(
        kind=KIND,
        language=language(),
        title=title,
        number=number,
        revision=revision,
        head_rows=(
            LabelValue(_("書面番号"), f"{number}  {revision}" if mark else _("発行時に付きます")),
            LabelValue(_("発行日"), shown),
            LabelValue(
                _("もとの見積") if case.subject == "quotation" else _("ご契約番号"),
                case.source or _("発行前の見積"),
            ),
        ),
        addressee=addressee(case.customer),
        issuer=issuer_block(
            settings, (words(case.service.provider),) if case.agent else (), seal=mark is not None
        ),
        opening=_("お申し込みの前に、とくに大切な点をご説明します。右端は規約の条番号です。"),
        subject_rows=_subject(case),
        headline=Headline("", "", 0),
        sections=(_strip(case), SidePoints(_sections(case))),
        closing="",
        footer="  ".join(part for part in (company.name, title, number, revision) if part),
        continued_title=_("（つづき）"),
        continuation="  ".join(
            part for part in (number, revision, addressee_line(case.customer), shown) if part
        ),
        continues=_("次のページにつづく"),
        draft=mark is None,
        draft_mark=_("下書き"),
        qr=f"{mark.number}/{mark.revision}" if mark else "",
        foot=_record(case, settings),
        keywords=tuple(part for part in (number, words(case.service.name), case.source) if part),
    )


def _subject(case: TermsCase) -> tuple[LabelValue, ...]:
    """Which terms are meant, and the provider's own desk where we only arrange."""
    terms = case.service.source.partition("（")[0].strip()
    edition = TermsFacts(case).edition()
    rows = [LabelValue(_("規約"), _("{terms}（{edition}）").format(terms=terms, edition=edition))]
    if case.agent and case.role.contact.strip():
        rows.append(LabelValue(_("提供会社の窓口"), case.role.contact.strip()))
    return tuple(rows)


def _strip(case: TermsCase) -> FactStrip:
    facts = [LabelValue(_("サービス"), words(case.service.short))]
    if case.quantity:
        facts.append(LabelValue(_("数量"), case.quantity))
    start = case.start
    begins = case.day_words(start) if start is not None else _("承諾のときに決まります")
    facts.append(LabelValue(_("ご利用開始日"), begins))
    facts.append(LabelValue(_("最低契約期間"), _term(case)))
    return FactStrip(tuple(facts), _figure(case))


def _term(case: TermsCase) -> str:
    term = case.edition.term
    if term is None:
        return _("ありません")
    ends = case.term_end
    if ends is None:
        return _("{months}か月").format(months=term.months)
    return _("{day}まで").format(day=case.day_words(ends))


def _figure(case: TermsCase) -> HeadlineFact:
    if case.yearly:
        return HeadlineFact(_("年額（税抜）"), case.yearly)
    if case.monthly is None:
        return HeadlineFact(_("月額（税抜）"), "—")
    return HeadlineFact(_("月額（税抜）"), case.monthly)


# --- the points ---------------------------------------------------------------------------------------------


def _sections(case: TermsCase) -> tuple[SideSection, ...]:
    facts = TermsFacts(case)
    marks: dict[str, int] = {}
    found = []
    for section in case.terms.section:
        points = [point for point in section.point if holds(case, point)]
        parts = tuple(part for point in points for part in _parts(case, facts, point, marks))
        if parts:
            found.append(SideSection(words(section.title), parts))
    return (*found, *_readings(case, marks), *_older_words(case))


def holds(case: TermsCase, point: TermsPoint) -> bool:
    """Whether all conditions of a point hold for this contract or quotation."""
    return all(
        condition(case, name.removeprefix(NEGATION)) is not name.startswith(NEGATION) for name in point.when
    )


def condition(case: TermsCase, name: str) -> bool:
    """Whether one condition holds."""
    kind, colon, code = name.partition(":")
    if colon:
        return _named_condition(case, kind, code)
    ends = case.term_end
    return {
        "quotation": case.subject == "quotation",
        "contract": case.subject == "contract",
        "agent": case.agent,
        "provider": not case.agent,
        "corporation": case.customer_kind == "corporation",
        "individual": case.customer_kind == "individual",
        "flets": case.line == "flets",
        "collab": case.line == "collab",
        "other-line": case.line == "other",
        "dated": case.start is not None,
        "term-running": case.edition.term is not None and (ends is None or case.on <= ends),
        "rents-gateway": _rents(case, case.edition),
        "visits": case.edition.visit is not None,
    }[name]


def _named_condition(case: TermsCase, kind: str, code: str) -> bool:
    if kind == "with":
        return case.items.get(code, 0) > 0
    if kind == "option":
        option = case.edition.option(code)
        return bool(case.options.get(code, option.default if option is not None else False))
    name, _equals, choice = code.partition("=")
    return case.catalogue.choice(case.service.code, name, case.priced_on) == choice


def _rents(case: TermsCase, edition: Edition) -> bool:
    """Whether a gateway is there that no option makes the customer's own."""
    gateways = [
        item for item in edition.items if item.capacity is not None and case.items.get(item.code, 0) > 0
    ]
    return any(
        not any(
            one.effect == "free" and bool(case.options.get(one.option, False)) is one.when
            for one in item.options
        )
        for item in gateways
    )


def _parts(
    case: TermsCase, facts: TermsFacts, point: TermsPoint, marks: dict[str, int]
) -> Iterator[SidePart]:
    text = facts.fill(words(point.text))
    if point.own_case not in {"", "text"}:
        worked = worked_out(case, point.own_case, text)
        if worked is not None:
            yield worked
        return
    mark = ""
    if point.reading and case.edition.reading(point.reading) is not None:
        mark = f" ※{marks.setdefault(point.reading, len(marks) + 1)}"
    yield SidePoint(f"{text}{mark}", clause_note(point.clause), own=point.own_case == "text")
    below = _table(case, point)
    if below is not None:
        yield below


def _table(case: TermsCase, point: TermsPoint) -> SidePart | None:
    if point.table == "prices":
        return price_table(case)
    return visit_tables(case) if point.table == "visit-prices" else None


def _readings(case: TermsCase, marks: dict[str, int]) -> Iterator[SideSection]:
    """What ※1, ※2 … stand for: passages that can be read in more than one way."""
    said = [(number, reading_words(case, name)) for name, number in marks.items()]
    parts = tuple(
        SidePoint(f"※{number} {found[0]}", clause_note(found[1])) for number, found in said if found
    )
    if parts:
        yield SideSection(_("規約の読み方"), parts)


def _older_words(case: TermsCase) -> Iterator[SideSection]:
    """Where the contract rests on terms that came after those the words were written for."""
    written, stands = case.terms.edition, case.edition.start
    if written is None or stands is None or stands <= written:
        return
    said = _("この説明の文は{day}実施の規約によります。その後に変わった点は、規約でご確認ください。").format(
        day=case.day_words(written, weekday=False)
    )
    yield SideSection(_("ご注意"), (SidePoint(said, clause_note(case.edition.clause)),))


# --- the record of the explanation --------------------------------------------------------------------------


def _record(case: TermsCase, settings: Settings) -> ExplanationRecord:
    told = case.explanation
    blank = ""
    rows = [
        LabelValue(_("説明者"), told.by if told else blank),
        LabelValue(
            _("日時"), when_words(told, settings) if told else _("　　　　年　　月　　日　　時　　分")
        ),
        LabelValue(_("説明を受けた方"), told.signer if told else blank),
    ]
    if told and told.remark:
        rows.append(LabelValue(_("備考"), told.remark))
    usual: tuple[HowTold, ...] = ("in-person", "phone", "online")
    ways = usual if told is None or told.how in usual else (*usual[:2], told.how)
    shown = tuple((how_words(way), told is not None and told.how == way) for way in ways)
    choices = [(_("方法"), shown)]
    if told is None:
        given = (_("手渡し"), _("郵送"), pgettext("sent", "電子メール"))
        choices.append((_("書面の交付"), tuple((one, False) for one in given)))
    return ExplanationRecord(_("説明の記録"), tuple(rows), tuple(choices), signed_box(told, settings))
