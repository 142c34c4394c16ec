"""What the archive of issued papers keeps beside their bytes: what each is about, how it was sent, that it
was voided, and who agreed before it was issued.
"""

from datetime import date, datetime
from typing import Literal

import msgspec

SentHow = Literal["hand", "post", "e-mail", "fax", "file"]
SubjectKind = Literal["", "quotation", "contract", "bill", "run", "visit", "customer"]
ApprovalState = Literal["asked", "approved", "refused", "used"]


class PaperAbout(msgspec.Struct, frozen=True, kw_only=True):
    """What a paper is about. ``title``: its name in Japanese where that is not its kind's
    (ご請求内容のお知らせ); ``subject_id``: of the quotation, contract, bill, visit … it was made from.
    """

    title: str = ""
    customer_id: str = ""
    subject_kind: SubjectKind = ""
    subject_id: str = ""
    staff: str = ""


class PaperSent(msgspec.Struct, frozen=True, kw_only=True):
    """When, how and to whom a paper went."""

    id: str
    paper_id: str
    at: datetime
    how: SentHow
    to: str
    staff: str
    note: str = ""


class PaperVoid(msgspec.Struct, frozen=True, kw_only=True):
    """A paper that no longer counts, and why. Its bytes stay."""

    paper_id: str
    at: datetime
    staff: str
    why: str


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's asking that a paper may be issued, and the answer. ``digest`` (SHA-256, hex) covers what the
    paper says, so that another content needs another approval. ``asked``: nothing answered yet; ``used``:
    the paper was issued on it.
    """

    id: str
    kind: str
    title: str
    customer: str
    subject_kind: SubjectKind
    subject_id: str
    request: str  # the PaperRequest as JSON, "" for quotations
    digest: str
    total: int
    state: ApprovalState
    asked_by: str
    asked_at: datetime
    answered_by: str = ""
    answered_at: datetime | None = None
    why: str = ""


class PaperRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the archive's list. ``voided``: why it no longer counts; ``sent``: how it went last;
    ``erased``: its payload went after the retention date; ``sha256`` of its bytes and ``link``, its hash in
    the chain, in hex.
    """

    seq: int
    id: str
    kind: str
    title: str
    number: str
    revision: int
    customer_id: str
    customer: str
    issued_on: date
    issued_at: datetime
    total: int
    subject_kind: SubjectKind
    subject_id: str
    staff: str
    sent: str = ""
    voided: str = ""
    erased: bool = False
    sha256: str = ""
    link: str = ""


class PaperQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What the archive is searched by, all together: words (customer, number), one customer, kinds, days and
    amounts (both ends included; None = open).
    """

    words: str = ""
    customer_id: str = ""
    subject_kind: SubjectKind = ""
    subject_id: str = ""
    kinds: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    least: int | None = None
    most: int | None = None
    voided: bool | None = None  # None: both
    sort: str = "issued_on"  # issued_on number customer title total
    descending: bool = True


class PaperSums(msgspec.Struct, frozen=True, kw_only=True):
    """What papers of a list come to. ``total``: yen with tax, voided ones left out; ``voided``: how many."""

    count: int = 0
    total: int = 0
    voided: int = 0


class PaperFault(msgspec.Struct, frozen=True, kw_only=True):
    """What does not hold of one paper in the archive (``paper_id`` is "" where it is gone).

    ``code``: ``bytes-changed``, ``bytes-missing``, ``facts-changed``, ``chain-broken``, ``missing``,
    ``void-missing``, ``erased-unrecorded``, ``erased-partly``.
    """

    code: str
    what: str
    paper_id: str = ""
    number: str = ""
    revision: int = 0
    customer: str = ""


class ChainPlace(msgspec.Struct, frozen=True, kw_only=True):
    """How far the chain was checked: up to the paper of place ``seq`` with the hash ``link``, of ``last``."""

    seq: int = 0
    link: str = "0" * 64
    last: int = -1  # not known before anything was read

    @property
    def is_end(self) -> bool:
        """Whether everything was read."""
        return self.seq == self.last
