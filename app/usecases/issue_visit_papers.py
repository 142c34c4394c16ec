"""The papers of visits: numbered, drawn, archived as they were handed out, and printed again.

The work order (``W``) and the paper before the work (``K``) carry the visit's own number, each printing
that says something new a further revision. The report (``R``) carries the same figures under its own
letter, so that order and report are found by one another. The list of a day is drawn only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Final

import msgspec

from app.charge.lines import Line, Reason
from app.errors import Problem, UserError
from app.papers.archived import PaperAbout
from app.papers.model import Images, Paper
from app.papers.quotation import IssueMark
from app.papers.visit_before import before_work
from app.papers.visit_day import DayVisit, run_sheet
from app.papers.visit_order import work_order
from app.papers.visit_report import visit_report
from app.papers.visit_words import VisitFacts
from app.quote.stored import IssuedPaper, PaperHead
from app.tariff.texts import words
from app.usecases.desk import Desk
from app.usecases.issue_quotation import check_settings
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.usecases.visit_ground import Ground, ground_for, price_in
from app.visit.found_work import as_done
from app.visit.order import Reported, StoredVisit, VisitState
from app.visit.pricing import PricedVisit
from app.visit.visit_life import last_report, signed_before
from app.words import _, speaking

ORDER, BEFORE, REPORT = "W", "K", "R"
KINDS: Final = (ORDER, BEFORE, REPORT)

Make = Callable[[VisitFacts, IssueMark | None], Paper]

_MAKERS: Final[dict[str, Make]] = {ORDER: work_order, BEFORE: before_work, REPORT: visit_report}


@dataclass(frozen=True)
class DaySheet:
    """The list of a day as a file; ``technicians`` is how many have visits on it."""

    on: date
    pdf: bytes
    technicians: int


@dataclass(frozen=True)
class ShownPaper:
    """A paper of a visit as it stands. ``pdf``: as it was issued where the visit still says the same, else
    the draft; ``issued``: the last one that counts; ``same``: it is that one.
    """

    pdf: bytes
    issued: IssuedPaper | None = None
    same: bool = False


def issue_order(desk: Desk, visit_id: str, language: str = "ja") -> IssuedPaper:
    """Issue the 訪問作業指示書 as the visit stands. Where nothing changed since, the paper of then comes
    back.

    Raises UserError: ``visit-not-placed`` without a time, ``visit-over`` after it was called off, those of
    the price and of the settings (``no-company``, ``no-desk-code``).
    """
    return _issue(desk, visit_id, ORDER, language)


def issue_before(desk: Desk, visit_id: str, language: str = "ja") -> IssuedPaper:
    """Issue the 作業前確認書: to be signed, or with the signature that was given. Raises as ``issue_order``."""
    return _issue(desk, visit_id, BEFORE, language)


def issue_report(desk: Desk, visit_id: str, language: str = "ja") -> IssuedPaper:
    """Issue the 作業完了報告書 of what was frozen, with the signature where it was given.

    Raises UserError ``no-report`` before the result was frozen, and those of the settings.
    """
    return _issue(desk, visit_id, REPORT, language)


def preview_paper(desk: Desk, visit_id: str, kind: str, language: str = "ja") -> Paper:
    """A paper of a visit as a draft, without number of its own, seal or archive. Raises as issuing does."""
    with desk.storage.look() as work, speaking(language):
        visit = work.visits.get(visit_id)
        _check_visit(visit, kind)
        ground = ground_for(desk, work, visit)
        return _MAKERS[kind](_before_the_work(facts_in(work, visit, ground), ground, kind), None)


def show_paper(desk: Desk, visit_id: str, kind: str, language: str = "ja") -> ShownPaper:
    """A paper of a visit as it stands now, with our logo; nothing is written. Raises as issuing does, but for
    the settings.
    """
    with desk.storage.look() as work, speaking(language):
        visit = work.visits.get(visit_id)
        heads = [one for one in _heads(work, visit) if one.kind == kind]
        counts = heads and work.papers.voided(heads[-1].id) is None
        last = work.papers.get(heads[-1].id) if counts else None
        try:
            _check_visit(visit, kind)
            ground = ground_for(desk, work, visit)
            facts = _before_the_work(facts_in(work, visit, ground), ground, kind)
        except UserError:
            if last is None:
                raise
            return ShownPaper(last.pdf, last, same=True)  # nothing else can be made of it any more
        images = Images(seal=work.settings.image("seal"), logo=work.settings.image("logo"))
        if last is not None:
            mark = IssueMark(last.number, last.revision, last.issued_on)
            if desk.draw(_MAKERS[kind](facts, mark), images) == last.pdf:
                return ShownPaper(last.pdf, last, same=True)
        return ShownPaper(desk.draw(_MAKERS[kind](facts, None), images), last)


def papers_of(desk: Desk, visit_id: str) -> list[PaperHead]:
    """The papers issued for a visit, the earliest first."""
    with desk.storage.look() as work:
        return _heads(work, work.visits.get(visit_id))


def reprint(desk: Desk, paper_id: str) -> IssuedPaper:
    """A paper as it was issued, byte for byte; that it was taken out again is recorded.

    Raises UserError ``not-found``, EnvironmentProblem ``paper-damaged``.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        paper = work.papers.get(paper_id)
        detail = {"number": paper.number, "kind": paper.kind, "revision": paper.revision}
        work.audit.record(who(work.settings.load()), "paper-reprinted", paper.id, detail)
        work.commit()
    return paper


def draw_day(desk: Desk, day: date, technician_ids: Sequence[str] = (), language: str = "ja") -> DaySheet:
    """The 当日予定表 of a day: a page for each technician who has visits (all where none is named).

    Visits that were called off are left out. Raises UserError ``no-company``.
    """
    with desk.storage.look() as work:
        settings = work.settings.load()
        check_settings(settings)
        chosen = [one for one in work.technicians.all() if not technician_ids or one.id in technician_ids]
        rows = work.visits.rows_between(day, day)
        wanted = {one.id for one in chosen}
        visits = [
            DayVisit(work.visits.get(row.id), work.customers.get(row.customer_id).fields)
            for row in rows
            if wanted & set(row.technicians)
        ]
        everybody = work.technicians.all()
        images = Images(logo=work.settings.image("logo"))
    catalogue = desk.catalogue_for(settings)
    with speaking(language):
        paper = run_sheet(day, chosen, visits, settings, catalogue, everybody)
    busy = {one for visit in visits for one in visit.visit.content.technicians} & wanted
    return DaySheet(day, desk.draw(paper, images), len(busy))


def facts_in(work: UnitOfWork, visit: StoredVisit, ground: Ground) -> VisitFacts:
    """Everything the papers of a stored visit say; priced as planned, as done where it was reported."""
    content = visit.content
    report = last_report(visit.events)
    return VisitFacts(
        visit=_by_the_wall(visit, ground.now),
        customer=ground.customer.fields,
        priced=_done(ground, visit, report) if report else price_in(ground, content),
        settings=ground.settings,
        catalogue=ground.catalogue,
        technicians={one.id: one.fields for one in work.technicians.all()},
        contract=_contract_words(ground, visit),
        quotation="" if ground.carried else _quotation_words(work, content.quotation_id),
    )


def _by_the_wall(visit: StoredVisit, now: datetime) -> StoredVisit:
    """The visit with its times as the clock on the wall shows them; storage keeps them in UTC."""
    events = tuple(msgspec.structs.replace(one, at=one.at.astimezone(now.tzinfo)) for one in visit.events)
    return msgspec.structs.replace(visit, events=events)


def _issue(desk: Desk, visit_id: str, kind: str, language: str) -> IssuedPaper:
    with desk.storage.work() as work, speaking(language):
        require(work, work.settings.load(), Act.BOOK)
        visit = work.visits.get(visit_id)
        _check_visit(visit, kind)
        ground = ground_for(desk, work, visit)
        check_settings(ground.settings)
        facts = _before_the_work(facts_in(work, visit, ground), ground, kind)
        images = Images(seal=work.settings.image("seal"), logo=work.settings.image("logo"))
        number = number_of(visit, kind)
        issued = [head for head in _heads(work, visit) if head.kind == kind]
        if issued and work.papers.voided(issued[-1].id) is None:
            last = work.papers.get(issued[-1].id)
            mark = IssueMark(number, last.revision, last.issued_on)
            if desk.draw(_MAKERS[kind](facts, mark), images) == last.pdf:
                return last
        mark = IssueMark(number, len(issued) + 1, desk.today())
        pdf = desk.draw(_MAKERS[kind](facts, mark), images)
        customer = ground.customer.fields.name.strip()
        total = facts.priced.bill.total
        about = PaperAbout(
            customer_id=visit.customer_id,
            subject_kind="visit",
            subject_id=visit.id,
            staff=who(ground.settings),
        )
        paper = work.papers.add(kind, number, mark.revision, customer, mark.on, total, pdf, about)
        detail = {"number": number, "kind": kind, "revision": mark.revision, "sha256": paper.sha256}
        work.audit.record(who(ground.settings), "visit-paper-issued", visit.id, detail)
        work.commit()
    return paper


def number_of(visit: StoredVisit, kind: str) -> str:
    """The number of a visit's paper: the visit's own, for the report under its letter."""
    return f"{REPORT}{visit.number[1:]}" if kind == REPORT else visit.number


def _heads(work: UnitOfWork, visit: StoredVisit) -> list[PaperHead]:
    return work.papers.with_numbers(KINDS, sorted({number_of(visit, kind) for kind in KINDS}))


def _check_visit(visit: StoredVisit, kind: str) -> None:
    if kind == REPORT:
        if last_report(visit.events) is None:
            raise UserError(
                Problem(
                    "no-report",
                    _("作業の結果がまだ確定していないため、報告書を作れません。"),
                    remedy=_("結果を入力して、内容を確定してください。"),
                )
            )
        return
    if visit.state is VisitState.CANCELLED:
        raise UserError(
            Problem(
                "visit-over",
                _("中止した訪問の書類は作れません。"),
                remedy=_("前に発行した書類は、訪問の「書類」から開けます。"),
            )
        )
    if not visit.content.spans:
        raise UserError(
            Problem(
                "visit-not-placed",
                _("日時がまだ決まっていないため、書類を作れません。"),
                remedy=_("空いている日時を選んでから発行してください。"),
                field="spans",
            )
        )


def _before_the_work(facts: VisitFacts, ground: Ground, kind: str) -> VisitFacts:
    """What is done before the work is priced as planned, even when it was reported since. Under a signature
    stand the work and the price that were signed.
    """
    visit = facts.visit
    signed = signed_before(visit.events) if kind == BEFORE else None
    if signed is not None and signed.devices:
        content = msgspec.structs.replace(visit.content, devices=signed.devices)
        priced = _frozen(price_in(ground, content), signed.net)
        return replace(facts, visit=msgspec.structs.replace(visit, content=content), priced=priced)
    if kind == REPORT or last_report(visit.events) is None:
        return facts
    return replace(facts, priced=price_in(ground, visit.content))


def _done(ground: Ground, visit: StoredVisit, report: Reported) -> PricedVisit:
    """The price of what was done, as it was signed."""
    content = msgspec.structs.replace(visit.content, devices=report.devices)
    return _frozen(price_in(ground, as_done(content, report.ticks)), report.net)


def _frozen(priced: PricedVisit, net: int) -> PricedVisit:
    """A price line by line. Where tariffs, readings or the free visit changed since it was signed, the signed
    sum (yen without tax) in one line: a paper says what was signed.
    """
    if priced.net == net:
        return priced
    reason = Reason("frozen", {}, Fraction(net), net)
    line = Line(priced.request.service, "visit", _("訪問サポート"), net, reason, 1, _("式"), net)
    return replace(priced, lines=(line,), free_value=0, entitlement=None)


def _contract_words(ground: Ground, visit: StoredVisit) -> str:
    short = words(ground.catalogue.service(visit.content.service).short)
    if ground.contract is not None:
        return f"{short}  {ground.contract.number}"
    if ground.carried is not None and ground.carried.contract_number:
        return f"{short}  {ground.carried.contract_number}"
    return short


def _quotation_words(work: UnitOfWork, quotation_id: str) -> str:
    if not quotation_id:
        return ""
    stored = work.quotations.get(quotation_id)
    if not stored.number:
        return ""
    return f"{stored.number}  " + _("第{number}版").format(number=stored.revision)
