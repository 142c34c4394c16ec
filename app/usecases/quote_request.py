"""The request file of ``quote``: a quotation's content as JSON, with or without a letterhead of its own."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from app.errors import Problem, Problems, UserError
from app.papers.issuer import Company, ServiceRole, Settings, Staff
from app.quote.content import Content, QuotationContent
from app.tariff.records import read_record
from app.words import _

STAFF_ID = "request"


class Issuer(Content, frozen=True, kw_only=True):
    """Whose paper it is, when nothing stored says so."""

    company: Company = Company()
    desk_name: str = ""
    department: str = ""
    staff: str = ""
    roles: dict[str, ServiceRole] = msgspec.field(default_factory=dict)
    readings: dict[str, str] = msgspec.field(default_factory=dict)


class QuoteRequest(msgspec.Struct, frozen=True):
    """A request that was read: what to quote, and for whom it speaks."""

    content: QuotationContent
    issuer: Issuer | None

    def settings(self) -> Settings:
        """Settings for a paper that nothing is stored for."""
        issuer = self.issuer or Issuer()
        staff = (Staff(id=STAFF_ID, name=issuer.staff, department=issuer.department),) if issuer.staff else ()
        return Settings(
            company=issuer.company,
            desk_name=issuer.desk_name,
            staff=staff,
            current_staff=STAFF_ID,
            roles=issuer.roles,
            readings=issuer.readings,
        )


def read_request(document: object, today: date) -> QuoteRequest:
    """The request in a JSON document (decimals as Decimal, exact as written).

    Raises UserError ``bad-input`` with every wrong key and value, each with its path.
    """
    if not isinstance(document, dict):
        raise UserError(
            Problem(
                "bad-input",
                _("依頼ファイルはJSONのオブジェクト（{ }）である必要があります。"),
                remedy=_("docs/examples の例をご覧ください。"),
            )
        )
    rest = _with_volumes_as_text(document)
    raw_issuer = rest.pop("issuer", None)
    problems = Problems()
    issuer = content = None
    with problems.collecting(under="issuer"):
        issuer = read_record(raw_issuer, Issuer, today) if raw_issuer is not None else None
    with problems.collecting():
        content = read_record(rest, QuotationContent, today)
    problems.raise_if_any()
    assert content is not None
    return QuoteRequest(content, issuer)


def _with_volumes_as_text(document: dict[str, Any]) -> dict[str, Any]:
    """The document with ``migrate_gb`` as text, however it was written (50, 4.7, "4.7")."""
    rest = dict(document)
    visits = rest.get("visits")
    if isinstance(visits, list):
        rest["visits"] = [_visit(visit) if isinstance(visit, dict) else visit for visit in visits]
    return rest


def _visit(visit: dict[str, Any]) -> dict[str, Any]:
    work = visit.get("work")
    if not isinstance(work, list):
        return visit
    return {**visit, "work": [_one_work(one) if isinstance(one, dict) else one for one in work]}


def _one_work(work: dict[str, Any]) -> dict[str, Any]:
    volume = work.get("migrate_gb")
    if isinstance(volume, int | Decimal) and not isinstance(volume, bool):
        return {**work, "migrate_gb": str(volume)}
    return work
