"""送付: how and when an issued paper went to the customer."""

from __future__ import annotations

from typing import get_args

from app.errors import Problem, UserError
from app.papers.archived import PaperSent, SentHow
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.words import N_, _

HOW_WORDS = {
    "hand": N_("手渡し"),
    "post": N_("郵送"),
    "e-mail": N_("電子メール"),
    "fax": N_("FAX"),
    "file": N_("ファイルでお渡し"),
}


def how_words(how: str) -> str:
    """A way of sending in the language in use; "" for none."""
    return _(HOW_WORDS[how]) if how in HOW_WORDS else ""


def send_paper(desk: Desk, paper_id: str, how: SentHow, to: str = "", note: str = "") -> PaperSent:
    """Record that a paper went; each time it went is a record of its own.

    Raises UserError ``bad-input`` for an unknown way, ``paper-voided``, ``not-found``.
    """
    if how not in get_args(SentHow):
        raise UserError(Problem("bad-input", _("送付の方法を選んでください。"), field="how"))
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        settings = work.settings.load()
        if work.papers.voided(paper_id) is not None:
            raise UserError(
                Problem(
                    "paper-voided",
                    _("取り消した書類は、送付を記録できません。"),
                    remedy=_("発行し直した書類を選んでください。"),
                )
            )
        sent = work.papers.send(paper_id, how, to.strip(), who(settings), note.strip())
        work.audit.record(who(settings), "paper-sent", paper_id, {"how": how, "to": sent.to})
        work.commit()
    return sent
