"""承認: somebody asks that a paper may be issued, somebody else agrees or refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from app.errors import Problem, UserError
from app.papers.archived import Approval, ApprovalState
from app.papers.issuer import Settings
from app.papers.kinds import TITLES
from app.papers.model import Paper
from app.papers.request import PaperRequest
from app.usecases.audit_entries import AuditQuery
from app.usecases.desk import Desk
from app.usecases.issue_quotation import KIND, quotation_draft
from app.usecases.keep_quotation import who
from app.usecases.make_paper import making_of
from app.usecases.paper_approval import digest_of
from app.usecases.permissions import Act, require, who_may
from app.usecases.price_quotation import build_paper, price_for_paper
from app.words import _, speaking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.usecases.ports import UnitOfWork
    from app.usecases.staff_account import Account


_ASKED: Final = "approval-asked"


def ask_approval(desk: Desk, request: PaperRequest) -> Approval:
    """Ask that a paper may be issued as it stands now. The same asking, still open, is not made twice.

    Raises UserError with everything that keeps the paper from being made.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.SELL)
        settings = work.settings.load()
        with speaking(request.language):
            making = making_of(desk, work, request)
            draft = making.make(None)
        about = making.about
        approval = Approval(
            id="",
            kind=request.kind,
            title=about.title or TITLES[request.kind],
            customer=making.customer,
            subject_kind=about.subject_kind,
            subject_id=about.subject_id,
            request=msgspec.json.encode(request).decode("utf-8"),
            digest=digest_of(draft),
            total=making.total,
            state="asked",
            asked_by=who(settings),
            asked_at=desk.now(),
        )
        return _ask(work, settings, approval)


def ask_quotation_approval(desk: Desk, quotation_id: str) -> Approval:
    """Ask that a quotation may be issued as its draft stands now. Raises UserError as issuing it does."""
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.SELL)
        settings = work.settings.load()
        stored = work.quotations.get(quotation_id)
        priced = price_for_paper(desk, stored.content, settings)
        if priced.problems:
            raise UserError(*priced.problems)
        approval = Approval(
            id="",
            kind=KIND,
            title=TITLES[KIND],
            customer=stored.content.customer.name.strip(),
            subject_kind="quotation",
            subject_id=quotation_id,
            request="",
            digest=digest_of(quotation_draft(desk, priced, settings)),
            total=priced.total_bill.total,
            state="asked",
            asked_by=who(settings),
            asked_at=desk.now(),
        )
        return _ask(work, settings, approval)


def _ask(work: UnitOfWork, settings: Settings, approval: Approval) -> Approval:
    for one in work.papers.approvals(approval.subject_id, approval.kind, ("asked", "approved")):
        if one.digest == approval.digest:
            return one
    kept = work.papers.ask(approval)
    detail = {"kind": kept.kind, "digest": kept.digest, "staff": settings.current_staff}
    work.audit.record(who(settings), _ASKED, kept.id, detail)
    work.commit()
    return kept


def waiting_approvals(desk: Desk) -> list[Approval]:
    """What waits for an answer, the newest first."""
    with desk.storage.look() as work:
        settings = work.settings.load()
        return [_named_now(work, settings, one) for one in work.papers.approvals(states=("asked",))]


def answered_approvals(desk: Desk, limit: int = 50) -> list[Approval]:
    """What was answered, the newest asking first."""
    with desk.storage.look() as work:
        return work.papers.approvals(states=("approved", "refused", "used"))[:limit]


def draft_to_approve(desk: Desk, approval: Approval) -> Paper:
    """The very paper somebody is asked to agree to, as it stands now.

    Raises UserError ``changed-since`` where it says something else by now, and what keeps it from being made.
    """
    with desk.storage.look() as work:
        shown, judged = _draft(desk, work, work.settings.load(), approval)
    if digest_of(judged) != approval.digest:
        raise UserError(
            Problem(
                "changed-since",
                _("承認を依頼したあとで、内容が変わっています。"),
                remedy=_("いまの内容で、もう一度承認を依頼してもらってください。"),
            )
        )
    return shown


def _draft(desk: Desk, work: UnitOfWork, settings: Settings, approval: Approval) -> tuple[Paper, Paper]:
    """The draft as it is shown, and as it is judged."""
    if not approval.request:
        stored = work.quotations.get(approval.subject_id)
        priced = price_for_paper(desk, stored.content, settings)
        return build_paper(desk, priced, settings), quotation_draft(desk, priced, settings)
    request = msgspec.json.decode(approval.request, type=PaperRequest)
    with speaking(request.language):
        draft = making_of(desk, work, request).make(None)
    return draft, draft


def answer_approval(desk: Desk, approval_id: str, *, approve: bool, why: str = "") -> Approval:
    """Agree, or refuse with a reason. Who asked can't agree, unless nobody else may.

    Raises UserError ``own-approval``, ``no-reason``, ``already-answered``, ``not-found``, and what
    ``permissions`` refuses.
    """
    why = why.strip()
    with desk.storage.work() as work:
        settings = work.settings.load()
        require(work, settings, Act.APPROVE)
        asked = next((one for one in work.papers.approvals() if one.id == approval_id), None)
        if asked is not None:
            asked = _named_now(work, settings, asked)
        if approve and asked is not None and not may_approve(settings, work.accounts.all(), asked):
            raise UserError(
                Problem(
                    "own-approval",
                    _("自分の依頼は、自分では承認できません。"),
                    why=_("承認は、依頼した人とは別の担当者がします。"),
                    remedy=_("別の担当者に切り替えてください。"),
                )
            )
        if not approve and not why:
            raise UserError(
                Problem(
                    "no-reason",
                    _("差し戻す理由が入力されていません。"),
                    remedy=_("直すところを入力してください。"),
                    field="why",
                )
            )
        state: ApprovalState = "approved" if approve else "refused"
        answered = work.papers.answer(approval_id, state, who(settings), why)
        work.audit.record(who(settings), f"approval-{state}", approval_id, {"why": why})
        work.commit()
    return answered


def _named_now(work: UnitOfWork, settings: Settings, asked: Approval) -> Approval:
    """The asking under the name that who asked goes by today: a new name makes nobody somebody else."""
    entry = next(iter(work.audit.entries(AuditQuery(subject=asked.id, verbs=(_ASKED,)), limit=1)), None)
    staff_id = entry.detail.get("staff") if entry is not None else None
    member = next((one for one in settings.staff if staff_id and one.id == staff_id), None)
    return asked if member is None else msgspec.structs.replace(asked, asked_by=member.name)


def may_approve(settings: Settings, accounts: Mapping[str, Account], asked: Approval) -> bool:
    """Whether the one at the desk may agree: somebody else than who asked, or who asked where nobody else
    could answer.
    """
    others = [name for name in who_may(accounts, settings, Act.APPROVE) if name != asked.asked_by]
    return not others or who(settings) not in ("", asked.asked_by)
