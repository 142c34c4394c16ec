"""A letter by e-mail with an issued paper, ready to be looked over and sent by the mail program: an RFC 5322
file that says it is not sent yet (``X-Unsent``). Nothing here reaches a network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.errors import Problem, UserError
from app.money import yen_words
from app.papers.archived import PaperRow
from app.papers.file_names import paper_file_name
from app.papers.issuer import Settings
from app.papers.kinds import title_of
from app.papers.parts import paper_date
from app.quote.stored import IssuedPaper
from app.usecases.desk import Desk
from app.words import _, speaking

if TYPE_CHECKING:
    from app.contract.customer import CustomerFields
    from app.usecases.ports import UnitOfWork

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_UNPRINTED: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class MailDraft:
    """What the letter says. ``to``: an e-mail address, "" where none is known that could be one."""

    to: str
    subject: str
    body: str
    at: datetime
    file_name: str
    pdf: bytes


def draft_mail(desk: Desk, paper_id: str) -> MailDraft:
    """The letter that goes with an issued paper, in Japanese, to the customer's own address.

    Raises UserError ``not-found``, ``voided`` (nothing that no longer counts is sent to a customer);
    EnvironmentProblem ``paper-damaged``.
    """
    with desk.storage.look() as work:
        row = work.papers.row(paper_id)
        if row.voided:
            raise UserError(_not_sent(row))
    with desk.storage.look() as work, speaking("ja"):
        paper = work.papers.get(paper_id)
        settings = work.settings.load()
        customer = _customer(work, row)
        title = row.title or title_of(paper.kind)
        subject = _("{title}（{number}）のご送付").format(title=title, number=paper.number)
        return MailDraft(
            to=_address(customer.email if customer is not None else ""),
            subject=_line(f"{subject} {settings.company.name}".strip()),
            body=_body(paper, title, settings, customer, _due(work, row)),
            at=desk.now(),
            file_name=paper_file_name(title, paper.number, paper.revision, paper.customer),
            pdf=paper.pdf,
        )


def _not_sent(row: PaperRow) -> Problem:
    return Problem(
        code="voided",
        what=_("{number}は取り消した書類です").format(number=row.number),
        remedy=_("あらためて発行した書類を送ってください。"),
    )


def mail_bytes(draft: MailDraft) -> bytes:
    """The letter as an .eml file. What was typed by people can't add a header line: it has no line ends."""
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    mail["Date"] = format_datetime(draft.at)
    if draft.to:
        mail["To"] = draft.to
    mail["Subject"] = _line(draft.subject)
    mail.set_content(draft.body, charset="utf-8", cte="base64")
    mail.add_attachment(
        draft.pdf, maintype="application", subtype="pdf", filename=_line(draft.file_name), cte="base64"
    )
    return mail.as_bytes()


def write_mail(desk: Desk, paper_id: str, target: Path) -> Path:
    """Write the letter of a paper to a file, whole or not at all. Raises as ``draft_mail``;
    EnvironmentProblem where it can't be written.
    """
    from app.places import write_atomically

    write_atomically(target, mail_bytes(draft_mail(desk, paper_id)))
    return target


def _customer(work: UnitOfWork, row: PaperRow) -> CustomerFields | None:
    if not row.customer_id:
        return None
    try:
        return work.customers.get(row.customer_id).fields
    except UserError:  # the customer is gone after the retention date: the paper still has a name
        return None


def _due(work: UnitOfWork, row: PaperRow) -> date | None:
    """The day a bill is to be paid by."""
    if row.subject_kind != "bill":
        return None
    try:
        return work.bills.bill(row.subject_id).due_on
    except UserError:
        return None


def _body(
    paper: IssuedPaper,
    title: str,
    settings: Settings,
    customer: CustomerFields | None,
    due: date | None,
) -> str:
    company, staff = settings.company, settings.staff_member()
    rows = [
        (_("書類"), title),
        (_("番号"), _("{number}（第{revision}版）").format(number=paper.number, revision=paper.revision)),
        (_("発行日"), paper_date(paper.issued_on, company)),
        (_("金額"), _("{amount}（税込）").format(amount=yen_words(paper.total)) if paper.total else ""),
        (_("お支払期日"), paper_date(due, company) if due is not None else ""),
    ]
    name = staff.name if staff is not None else ""
    sender = _("{company}の{name}").format(company=company.name, name=name) if name else company.name
    lines = [
        *_to_whom(paper, customer),
        "",
        _("いつもお世話になっております。{sender}でございます。").format(sender=_line(sender)),
        _("{title}をお送りします。添付のPDFをご確認ください。").format(title=title),
        "",
        *(f"{label}：{_line(value)}" for label, value in rows if value),
        "",
        _("ご不明な点がございましたら、下記までお問い合わせください。"),
        "",
        "--",
        *(
            _line(one)
            for one in (
                company.name,
                " ".join(part for part in (settings.desk_name, name) if part),
                " ".join(part for part in (company.address, company.building) if part),
                _("電話 {phone}").format(phone=company.phone) if company.phone else "",
            )
            if one
        ),
    ]
    return "\r\n".join(lines) + "\r\n"


def _to_whom(paper: IssuedPaper, customer: CustomerFields | None) -> list[str]:
    """The customer as letters begin: the organisation, then who reads it."""
    if customer is None:
        return [_line(paper.customer)]
    reader = " ".join(part for part in (_line(customer.department), _line(customer.person)) if part)
    if customer.person.strip():
        return [_line(paper.customer), _("{reader} 様").format(reader=reader)]
    honorific = _("様") if customer.kind == "sole-trader" else _("御中")
    return [f"{' '.join(part for part in (_line(paper.customer), reader) if part)} {honorific}"]


def _address(text: str) -> str:
    """An address a mail program takes as it stands, or ""."""
    stripped = text.strip()
    return stripped if _ADDRESS.fullmatch(stripped) else ""


def _line(text: str) -> str:
    """Words without line ends and other characters nobody sees."""
    return _UNPRINTED.sub(" ", text).strip()
