"""適格返還請求書: what a bill gives back of what was billed before, with the months it is for.

Where a bill gives back less than it charges, its 請求書 takes it off and stands for this paper too.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.papers.bill import lines_table, subject_rows
from app.papers.frame import Frame, framed
from app.papers.invoice_notes import edition_point, notes, role_point, tax_point
from app.papers.invoice_parts import BillFacts, Issuing, month_from, own_settings, tax_table
from app.papers.issuer import Settings
from app.papers.model import Facts, Halves, Headline, HeadlineFact, LabelValue, Paper, Point, Section
from app.papers.parts import paper_date, paper_month
from app.papers.quotation import IssueMark
from app.words import _, pgettext


def return_title(issuing: Issuing, *, registered: bool) -> str:
    """適格返還請求書, or what the paper is called of an agent, and of a company without 登録番号."""
    return _("適格返還請求書") if issuing.invoices and registered else _("ご返金内容のお知らせ")


def return_invoice(facts: BillFacts, settings: Settings, mark: IssueMark | None) -> Paper:
    """The paper in the language in use; ``mark`` None gives a draft."""
    shown = own_settings(settings, facts.issuing)
    month = _("{month}分").format(month=paper_month(facts.month, settings.company, short=True))
    frame = Frame(
        kind="H",
        title=return_title(facts.issuing, registered=facts.registered),
        customer=facts.to,
        settings=shown,
        today=facts.today,
        mark=mark,
        providers=facts.arranged,
        head=(LabelValue(_("返還した月"), month),),
        revisions=False,
        keywords=(facts.contract_number, facts.service),
    )
    given = -facts.bill.total
    label = _("ご返還金額") if given > 0 else _("差引額")
    facts_beside = (HeadlineFact(_("お戻しの方法"), _("次の請求への充当")),) if given > 0 else ()
    return framed(
        frame,
        tuple(_sections(facts, shown)),
        opening=_("これまでのご請求について、下記のとおりお戻しします。"),
        subject=tuple(subject_rows(facts)),
        headline=Headline(label, pgettext("caption", "税込"), abs(given), facts_beside),
    )


def _sections(facts: BillFacts, settings: Settings) -> Iterator[Section]:
    yield lines_table(facts, settings)
    taxes = tax_table((facts.bill,), facts.rate, outside=facts.outside)
    yield Halves(taxes, _returned(facts, settings))
    yield notes(_points(facts, settings))


def _returned(facts: BillFacts, settings: Settings) -> Facts:
    """When it was given back, and of which months: what the law wants said beside the amounts."""
    months = dict.fromkeys(row.line.month for row in facts.rows if row.line.month)
    words = _("・").join(paper_month(month_from(one), settings.company, short=True) for one in months)
    of = _("{months}分").format(months=words or paper_month(facts.month, settings.company, short=True))
    return Facts(
        _("返還の内容"),
        (
            LabelValue(_("もとのお取引"), of),
            LabelValue(_("返還日"), paper_date(facts.closed_on or facts.month.last, settings.company)),
        ),
    )


def _points(facts: BillFacts, settings: Settings) -> Iterator[Point]:
    yield Point(
        _(
            "お戻しする額は、次の請求に充てます。お振込みでのご返金をご希望のときは、担当までお申し付けください。"
        )
    )
    yield from role_point(facts)
    yield from edition_point(facts.editions, settings)
    yield tax_point()
