"""発行: freeze a quotation as a numbered revision with its paper. All of it happens, or none of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.errors import Problem, UserError
from app.papers.archived import PaperAbout
from app.papers.issuer import Settings
from app.papers.model import Images, Paper
from app.papers.quotation import IssueMark
from app.quote.plain import as_plain, editions_of, readings_of
from app.quote.priced import PricedQuotation
from app.quote.stored import IssuedPaper, Revision, StoredQuotation
from app.usecases.desk import Desk
from app.usecases.desk_code import check_desk_code
from app.usecases.keep_quotation import who
from app.usecases.paper_approval import approve_use, needs_approval
from app.usecases.permissions import Act, require
from app.usecases.price_quotation import build_paper, price_content, price_for_paper, totals_of
from app.words import _, language, speaking

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

KIND = "Q"
_ANY_DAY: Final = date(2000, 1, 1)


@dataclass(frozen=True)
class Issued:
    """What was issued: the stored quotation, its frozen revision, the paper and the priced object it came
    from.
    """

    stored: StoredQuotation
    revision: Revision
    paper: IssuedPaper
    priced: PricedQuotation


def issue_quotation(desk: Desk, quotation_id: str, version: int) -> Issued:
    """Price once more as of today, number, draw, archive and freeze, in one transaction.

    Raises UserError with everything that keeps it from being issued (fields as in the content),
    ConflictError when
    another window changed it, EnvironmentProblem when it could not be written; then nothing was issued.
    """
    with desk.storage.work() as work:
        settings = work.settings.load()
        check_settings(settings)
        stored = work.quotations.get(quotation_id)
        if stored.revision and not stored.dirty and _counts(work, stored):
            raise UserError(
                Problem(
                    "nothing-changed",
                    _("前の版から変わったところがありません。"),
                    remedy=_("内容を変えてから発行してください。"),
                )
            )
        issued_on = stored.content.issued_on or desk.today()
        content = msgspec.structs.replace(stored.content, issued_on=issued_on)
        priced = price_content(desk, content, settings)
        if priced.problems:
            raise UserError(*priced.problems)
        if content.language != language():
            priced = price_for_paper(desk, content, settings)
        # Frozen as of the version this window saw: a newer one makes the repository tell the conflict.
        stored = msgspec.structs.replace(stored, version=version)
        issued = _freeze(desk, work, stored, priced, settings)
        work.commit()
    return issued


def _counts(work: UnitOfWork, stored: StoredQuotation) -> bool:
    """Whether the paper of the last revision still counts; one that was voided may go out anew."""
    papers = work.papers.with_numbers((KIND,), (stored.number,)) if stored.number else []
    last = max(papers, key=lambda one: one.revision, default=None)
    return last is not None and work.papers.voided(last.id) is None


def _frozen(priced: PricedQuotation) -> dict[str, Any]:
    with speaking(priced.content.language):
        return as_plain(priced)


def check_settings(settings: Settings) -> None:
    """See that papers can be numbered and say who issues them. Raises UserError."""
    check_desk_code(settings)
    if not settings.company.name.strip():
        raise UserError(
            Problem(
                "no-company",
                _("会社名が登録されていないため、発行できません。"),
                remedy=_("設定の「会社」で会社名を登録してください。"),
                field="settings.company.name",
            )
        )


def quotation_draft(desk: Desk, priced: PricedQuotation, settings: Settings) -> Paper:
    """What somebody agrees to before a quotation is issued: all it says but the day until which it holds,
    which follows from the day of issue.
    """
    return build_paper(desk, msgspec.structs.replace(priced, valid_until=_ANY_DAY), settings)


def _freeze(
    desk: Desk, work: UnitOfWork, stored: StoredQuotation, priced: PricedQuotation, settings: Settings
) -> Issued:
    require(work, settings, Act.SELL)
    today = priced.content.issued_on or desk.today()
    if needs_approval(settings, KIND):
        approve_use(work, settings, KIND, stored.id, quotation_draft(desk, priced, settings))
    number = stored.number or work.numbers.next(KIND, settings.desk_code, today)
    mark = IssueMark(number, stored.revision + 1, today)
    images = Images(seal=work.settings.image("seal"), logo=work.settings.image("logo"))
    pdf = desk.draw(build_paper(desk, priced, settings, mark), images)
    customer = priced.content.customer.name.strip()
    about = PaperAbout(
        customer_id=stored.content.customer_id or "",
        subject_kind="quotation",
        subject_id=stored.id,
        staff=who(settings),
    )
    total = priced.total_bill.total
    paper = work.papers.add(KIND, number, mark.revision, customer, today, total, pdf, about)
    revision = Revision(
        quotation_id=stored.id,
        number=number,
        revision=mark.revision,
        content=priced.content,
        issued_on=today,
        issued_at=desk.now(),
        valid_until=priced.valid_until,
        staff=who(settings),
        editions=editions_of(priced),
        readings=readings_of(priced),
        frozen=_frozen(priced),
        paper_id=paper.id,
    )
    changed = work.quotations.issue(stored.id, stored.version, revision, totals_of(desk, priced, settings))
    work.audit.record(
        who(settings), "quotation-issued", stored.id,
        {"number": number, "revision": mark.revision, "sha256": paper.sha256, "total": paper.total},
    )  # fmt: skip
    return Issued(changed, revision, paper, priced)
