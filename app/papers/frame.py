"""What surrounds the sections of every paper about one customer: number, day, addressee, our block, foot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.contract.customer import CustomerFields
from app.papers.issuer import Settings
from app.papers.model import (
    Headline,
    LabelValue,
    Paper,
    Section,
    SignatureBox,
    Stamps,
)
from app.papers.parts import addressee, addressee_line, issuer_block, paper_date
from app.papers.quotation import IssueMark
from app.words import _, language

NO_HEADLINE = Headline("", "", 0)


@dataclass(frozen=True)
class Frame:
    """Who writes to whom, and as what. ``today``: the day of a draft, which has no mark. ``head``: rows
    under number and day. ``providers``: those whose services we only arrange. ``sealed``: our seal goes on
    it once it is issued. ``dated``: what its day is called, "" for 発行日.
    """

    kind: str
    title: str
    customer: CustomerFields
    settings: Settings
    today: date
    mark: IssueMark | None
    providers: tuple[str, ...] = ()
    head: tuple[LabelValue, ...] = ()
    sealed: bool = True
    revisions: bool = True  # the revision stands beside the number
    keywords: tuple[str, ...] = ()
    dated: str = ""
    mailed: bool = True


def framed(
    frame: Frame,
    sections: tuple[Section, ...],
    *,
    opening: str = "",
    subject: tuple[LabelValue, ...] = (),
    headline: Headline = NO_HEADLINE,
    closing: str = "",
    foot: Stamps | SignatureBox | None = None,
) -> Paper:
    """The finished paper in the language in use. Without a mark it is a draft, without number and seal."""
    company, mark = frame.settings.company, frame.mark
    number = mark.number if mark else ""
    revision = ""
    if mark is not None and (frame.revisions or mark.revision > 1):
        revision = _("第{number}版").format(number=mark.revision)
    shown = paper_date(mark.on if mark else frame.today, company)
    numbered = "  ".join(part for part in (number, revision) if part)
    return Paper(
        kind=frame.kind,
        language=language(),
        title=frame.title,
        number=number,
        revision=revision,
        head_rows=(
            LabelValue(_("番号"), numbered or _("発行時に付きます")),
            LabelValue(frame.dated or _("発行日"), shown),
            *frame.head,
        ),
        addressee=addressee(frame.customer),
        issuer=issuer_block(frame.settings, frame.providers, seal=frame.sealed and mark is not None),
        opening=opening,
        subject_rows=subject,
        headline=headline,
        sections=sections,
        closing=closing,
        footer="  ".join(part for part in (company.name, frame.title, number, revision) if part),
        continued_title=_("（つづき）"),
        continuation="  ".join(
            part for part in (number, revision, addressee_line(frame.customer), shown) if part
        ),
        continues=_("次のページにつづく"),
        draft=mark is None,
        draft_mark=_("下書き"),
        qr=f"{mark.number}/{mark.revision}" if mark else "",
        mailed=frame.mailed,
        foot=foot,
        keywords=tuple(part for part in (number, *frame.keywords) if part),
    )
