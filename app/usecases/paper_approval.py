"""Whether somebody else has to agree before a paper is issued, and the agreement used up by issuing it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from app.errors import Problem, UserError
from app.papers.issuer import Settings
from app.papers.kinds import title_of
from app.papers.model import Paper
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork


def digest_of(paper: Paper) -> str:
    """A SHA-256 (hex) over what a paper says, without number, day and marks of its issue."""
    said = (paper.kind, paper.language, paper.addressee, paper.subject_rows, paper.headline, paper.sections)
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def needs_approval(settings: Settings, kind: str) -> bool:
    """Whether somebody else has to agree before a paper of this kind is issued."""
    return kind in settings.papers.approve


def approve_use(work: UnitOfWork, settings: Settings, kind: str, subject_id: str, draft: Paper) -> None:
    """Use up the approval of exactly this content, where one is needed. Raises UserError ``not-approved``."""
    if not needs_approval(settings, kind):
        return
    digest = digest_of(draft)
    for one in work.papers.approvals(subject_id=subject_id, kind=kind):
        if one.state == "approved" and one.digest == digest:
            work.papers.answer(one.id, "used", one.answered_by, one.why)
            return
    raise UserError(
        Problem(
            "not-approved",
            _("この{title}は、発行の前に承認が必要です。").format(title=title_of(kind)),
            why=_("設定の「書類」で、承認のうえ発行する書類に選ばれています。"),
            remedy=_("「承認を依頼」を押してください。内容を変えたあとは、もう一度承認が必要です。"),
        )
    )
