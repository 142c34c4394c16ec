"""The archive of issued papers: their exact bytes, never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Final

import sqlalchemy as sa

from app.errors import EnvironmentProblem
from app.quote.stored import IssuedPaper, PaperHead
from app.words import _
from db.base import Session, next_seq, not_found, refuse_endless
from db.ids import uuid7
from db.tables import paper_bytes, papers


class PaperTable:
    """``app.usecases.ports.PaperArchive``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def add(
        self, kind: str, number: str, revision: int, customer: str, issued_on: date, total: int, pdf: bytes
    ) -> IssuedPaper:
        """Archive a paper. A second one of the same kind, number and revision is refused (a bug)."""
        refuse_endless("total", total)
        paper = IssuedPaper(
            id=uuid7(),
            kind=kind,
            number=number,
            revision=revision,
            customer=customer,
            issued_on=issued_on,
            total=total,
            sha256=hashlib.sha256(pdf).hexdigest(),
            pdf=pdf,
        )
        self._connection.execute(
            papers.insert(),
            {
                "id": paper.id,
                "seq": next_seq(self._connection, "papers"),
                "created_at": self._session.now(),
                "kind": kind,
                "number": number,
                "revision": revision,
                "customer": customer,
                "issued_on": issued_on,
                "total": total,
                "sha256": paper.sha256,
            },
        )
        self._connection.execute(paper_bytes.insert(), {"paper_id": paper.id, "pdf": pdf})
        return paper

    def get(self, paper_id: str) -> IssuedPaper:
        """A paper as it was issued.

        Raises UserError ``not-found``, and EnvironmentProblem ``paper-damaged`` when its bytes no longer
        have the SHA-256 they had.
        """
        names = [name for name in IssuedPaper.__struct_fields__ if name != "pdf"]
        row = self._connection.execute(
            sa.select(*(papers.c[name] for name in names), paper_bytes.c.pdf)
            .join_from(papers, paper_bytes)
            .where(papers.c.id == paper_id)
        ).first()
        if row is None:
            raise not_found()
        paper = IssuedPaper(**row._mapping)
        if hashlib.sha256(paper.pdf).hexdigest() != paper.sha256:
            raise EnvironmentProblem(
                "paper-damaged",
                _("保管されている書類「{number}」が、発行したときの内容と一致しません。").format(
                    number=f"{paper.number}/{paper.revision}"
                ),
                kept=_("保管されている内容は変えていません。"),
                remedy=_("「backups」フォルダーにある控えから取り出してください。"),
            )
        return paper

    def with_numbers(self, kinds: Sequence[str], numbers: Sequence[str]) -> list[PaperHead]:
        """The papers of some kinds issued under some numbers, in every revision, the earliest first."""
        names = [name for name in PaperHead.__struct_fields__ if name != "issued_at"]
        rows = self._connection.execute(
            sa.select(*(papers.c[name] for name in names), papers.c.created_at.label("issued_at"))
            .where(papers.c.kind.in_(list(kinds)), papers.c.number.in_(list(numbers)))
            .order_by(papers.c.seq)
        )
        return [PaperHead(**row._mapping) for row in rows]

    def any_issued(self) -> bool:
        """Whether any paper was ever issued."""
        return self._connection.scalar(sa.select(papers.c.seq).limit(1)) is not None
