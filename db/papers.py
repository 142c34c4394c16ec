"""The archive of issued papers: their exact bytes, never changed, and what happened to each afterwards."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from app.errors import EnvironmentProblem, Problem, UserError
from app.folding import fold_name
from app.papers.archived import (
    Approval,
    ApprovalState,
    ChainPlace,
    PaperAbout,
    PaperFault,
    PaperQuery,
    PaperRow,
    PaperSent,
    PaperSums,
    PaperVoid,
    SentHow,
    SubjectKind,
)
from app.papers.kinds import TITLES
from app.quote.stored import IssuedPaper, PaperHead
from app.words import _
from db import paper_chain, paper_lists, search
from db.audit import AuditTable
from db.base import Session, next_seq, not_found, refuse_endless
from db.ids import uuid7
from db.paper_tables import paper_approvals, paper_sends, paper_voids
from db.quotations import number_key
from db.tables import customers, paper_bytes, papers

_OVER: Final = ("refused", "used")


class PaperTable:
    """``app.usecases.ports.PaperArchive``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def add(
        self,
        kind: str,
        number: str,
        revision: int,
        customer: str,
        issued_on: date,
        total: int,
        pdf: bytes,
        about: PaperAbout = PaperAbout(),  # noqa: B008 - frozen
    ) -> IssuedPaper:
        """Archive a paper; the chain grows by one link. A second one of the same kind, number and revision is
        refused (a bug).
        """
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
        kana = ""
        if about.customer_id:
            named = sa.select(customers.c.kana).where(customers.c.id == about.customer_id)
            kana = self._connection.scalar(named) or ""
        told = msgspec.structs.replace(about, title=about.title or TITLES.get(kind, kind))
        row = self._linked(paper, told, fold_name(kana) or fold_name(customer))
        self._connection.execute(papers.insert(), row)
        self._connection.execute(paper_bytes.insert(), {"paper_id": paper.id, "pdf": pdf})
        entry = search.paper_entry(row["seq"], number, customer, kana)
        search.put(self._connection, search.PAPER_INDEX, entry, is_new=True)
        return paper

    def _linked(self, paper: IssuedPaper, about: PaperAbout, customer_key: str) -> dict[str, Any]:
        """A paper's row, the next link of the chain."""
        seq = next_seq(self._connection, "papers")
        before = self._connection.scalar(sa.select(papers.c.hash).where(papers.c.seq == seq - 1))
        row = msgspec.structs.asdict(paper) | msgspec.structs.asdict(about)
        del row["pdf"]
        row |= {"seq": seq, "created_at": self._session.now(), "number_key": number_key(paper.number)}
        row |= {"customer_key": customer_key, "salt": paper_chain.new_salt()}
        row["payload_hash"] = paper_chain.payload_hash(row)
        row["hash"] = paper_chain.link_hash(before or paper_chain.FIRST, row)
        return row

    def get(self, paper_id: str) -> IssuedPaper:
        """A paper as it was issued.

        Raises UserError ``not-found``, ``paper-erased`` when it went after its retention, and
        EnvironmentProblem ``paper-damaged`` when its bytes no longer have the SHA-256 they had.
        """
        names = [name for name in IssuedPaper.__struct_fields__ if name != "pdf"]
        row = self._connection.execute(
            sa.select(*(papers.c[name] for name in names), paper_bytes.c.pdf, papers.c.erased_at)
            .join_from(papers, paper_bytes, isouter=True)
            .where(papers.c.id == paper_id)
        ).first()
        if row is None:
            raise not_found()
        found = dict(row._mapping)
        number = f"{row.number}/{row.revision}"
        if found.pop("erased_at") is not None:
            raise _erased(number)
        if row.pdf is None or hashlib.sha256(row.pdf).hexdigest() != row.sha256:
            raise EnvironmentProblem(
                "paper-damaged",
                _("保管されている書類「{number}」が、発行したときの内容と一致しません。").format(
                    number=number
                ),
                kept=_("保管されている内容は変えていません。"),
                remedy=_("「backups」フォルダーにある控えから取り出してください。"),
            )
        return IssuedPaper(**found)

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

    # --- finding ------------------------------------------------------------------------------------------

    def about(self, subject_kind: SubjectKind, subject_id: str, kinds: Sequence[str] = ()) -> list[PaperRow]:
        """The papers made from something, the earliest first; of these kinds (none: all)."""
        return paper_lists.about(self._connection, subject_kind, subject_id, kinds)

    def seqs(self, query: PaperQuery, limit: int | None = None) -> array[int]:
        """The ``seq`` of every paper asked for, sorted; ``limit`` fetches the first ones only."""
        return paper_lists.list_seqs(self._connection, query, limit)

    def rows(self, seqs: Sequence[int]) -> list[PaperRow]:
        """The rows in the order asked."""
        return paper_lists.list_rows(self._connection, seqs)

    def row(self, paper_id: str) -> PaperRow:
        """One paper's row. UserError ``not-found``."""
        seq = self._connection.scalar(sa.select(papers.c.seq).where(papers.c.id == paper_id))
        if seq is None:
            raise not_found()
        return paper_lists.list_rows(self._connection, [seq])[0]

    def sums(self, seqs: Sequence[int], query: PaperQuery | None = None) -> PaperSums:
        """What these papers come to; faster when told what found them."""
        return paper_lists.sums(self._connection, seqs, query)

    # --- afterwards ---------------------------------------------------------------------------------------

    def send(self, paper_id: str, how: SentHow, to: str, staff: str, note: str = "") -> PaperSent:
        """Note how a paper went. UserError ``not-found``, ``paper-erased``."""
        self._refuse_erased(paper_id)
        sent = PaperSent(
            id=uuid7(), paper_id=paper_id, at=self._session.now(), how=how, to=to, staff=staff, note=note
        )
        self._connection.execute(paper_sends.insert(), msgspec.structs.asdict(sent))
        return sent

    def sends(self, paper_id: str) -> list[PaperSent]:
        """How a paper went, the earliest first."""
        rows = self._connection.execute(
            sa.select(paper_sends)
            .where(paper_sends.c.paper_id == paper_id)
            .order_by(paper_sends.c.at, paper_sends.c.id)
        )
        return [PaperSent(**row) for row in rows.mappings()]

    def void(self, paper_id: str, staff: str, why: str) -> PaperVoid:
        """Let a paper no longer count. UserError ``already-voided``, ``not-found``, ``paper-erased``."""
        self._refuse_erased(paper_id)
        if self.voided(paper_id) is not None:
            raise UserError(
                Problem(
                    "already-voided",
                    _("この書類は、すでに取り消されています。"),
                    remedy=_("一覧を更新してください。"),
                )
            )
        void = PaperVoid(paper_id=paper_id, at=self._session.now(), staff=staff, why=why)
        self._connection.execute(paper_voids.insert(), msgspec.structs.asdict(void))
        return void

    def voided(self, paper_id: str) -> PaperVoid | None:
        """Why a paper no longer counts; None when it does."""
        found = self._connection.execute(sa.select(paper_voids).where(paper_voids.c.paper_id == paper_id))
        row = found.mappings().first()
        return None if row is None else PaperVoid(**row)

    def erase(self, paper_id: str, who: str, reason: str) -> None:
        """Let what tells of the customer go, leaving the tombstone, and record it. UserError ``not-found``,
        ``paper-erased``. Whether its retention is over is for the caller to know.
        """
        row = self._refuse_erased(paper_id)
        self._connection.execute(
            papers.update()
            .where(papers.c.id == paper_id)
            .values(**paper_chain.erased_values(self._session.now()))
        )
        self._connection.execute(paper_bytes.delete().where(paper_bytes.c.paper_id == paper_id))
        of_paper = paper_sends.c.paper_id == paper_id
        self._connection.execute(paper_sends.update().where(of_paper).values(to="", note=""))
        if row["subject_id"]:
            asked = paper_approvals.c
            self._connection.execute(
                paper_approvals.update()
                .where(
                    asked.subject_id == row["subject_id"], asked.kind == row["kind"], asked.state.in_(_OVER)
                )
                .values(customer="", request="")
            )
        search.take(self._connection, search.PAPER_INDEX, row["seq"])
        AuditTable(self._session).record(
            who, paper_chain.ERASED, paper_id, {"number": row["number"], "reason": reason}
        )

    def _refuse_erased(self, paper_id: str) -> dict[str, Any]:
        found = self._connection.execute(sa.select(papers).where(papers.c.id == paper_id)).mappings().first()
        if found is None:
            raise not_found()
        if found["erased_at"] is not None:
            raise _erased(f"{found['number']}/{found['revision']}")
        return dict(found)

    # --- approval -----------------------------------------------------------------------------------------

    def ask(self, approval: Approval) -> Approval:
        """Keep an asking for approval; its id is given here."""
        kept = msgspec.structs.replace(approval, id=uuid7())
        self._connection.execute(paper_approvals.insert(), msgspec.structs.asdict(kept))
        return kept

    def answer(self, approval_id: str, state: ApprovalState, staff: str, why: str = "") -> Approval:
        """Answer an asking, or use its approval up (then who answered and when stay). UserError
        ``not-found``, ``already-answered``.
        """
        row = self._connection.execute(
            sa.select(paper_approvals).where(paper_approvals.c.id == approval_id)
        ).mappings()
        asked = row.first()
        if asked is None:
            raise not_found()
        if asked["state"] != ("approved" if state == "used" else "asked"):
            raise UserError(
                Problem(
                    "already-answered",
                    _("この承認の依頼には、すでに回答されています。"),
                    remedy=_("一覧を更新してください。"),
                )
            )
        values: dict[str, Any] = {"state": state}
        if state != "used":
            values |= {"answered_by": staff, "answered_at": self._session.now(), "why": why}
        self._connection.execute(
            paper_approvals.update().where(paper_approvals.c.id == approval_id).values(**values)
        )
        return Approval(**{**asked, **values})

    def approvals(
        self, subject_id: str = "", kind: str = "", states: Sequence[ApprovalState] = ()
    ) -> list[Approval]:
        """Askings for approval, the newest first."""
        asked = paper_approvals.c
        statement = sa.select(paper_approvals).order_by(asked.asked_at.desc(), asked.id.desc())
        if subject_id:
            statement = statement.where(asked.subject_id == subject_id)
        if kind:
            statement = statement.where(asked.kind == kind)
        if states:
            statement = statement.where(asked.state.in_(states))
        return [Approval(**row) for row in self._connection.execute(statement).mappings()]

    # --- proof --------------------------------------------------------------------------------------------

    def faults(self, told: paper_chain.Told | None = None) -> Iterator[PaperFault]:
        """What does not hold in the archive: bytes, facts, chain, gaps."""
        return paper_chain.faults(self._connection, told)

    def check_some(self, place: ChainPlace) -> tuple[ChainPlace, list[PaperFault]]:
        """Check the papers after a place: where that leads, and what does not hold of them."""
        return paper_chain.check_some(self._connection, place)

    def faults_of(self, paper_id: str) -> list[PaperFault]:
        """What does not hold of one paper."""
        return paper_chain.faults_of(self._connection, paper_id)

    def check(self) -> list[str]:
        """What does not hold in the archive, as sentences naming each paper."""
        return [fault.what for fault in self.faults()]


def _erased(number: str) -> UserError:
    return UserError(
        Problem(
            "paper-erased",
            _("書類「{number}」の内容は、保存期間が過ぎたため消去されています。").format(number=number),
        )
    )
