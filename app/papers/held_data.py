"""保有個人データの開示: everything held about one customer, for the customer to read. It has no number and is
not archived: a copy of everything would be one more thing to keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from app.contract.customer import CustomerFields
from app.days import date_words
from app.papers.frame import Frame, framed
from app.papers.issuer import Settings
from app.papers.model import Column, Facts, LabelValue, Paper, Point, Points, Row, Section, Table
from app.papers.parts import paper_date
from app.words import _

KIND = "Z"


@dataclass(frozen=True)
class HeldPart:
    """One thing that is held: facts with labels, then perhaps a table. ``shares``: widths of its columns."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    heads: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    rows: tuple[tuple[str | int, ...], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class HeldData:
    """``counts``: how much of each there is, as label and words; ``until``: the last day anything of it has
    to be kept, None where nothing has to; ``mentions``: lines of the audit that speak of the customer.
    """

    customer: CustomerFields
    day: date
    counts: tuple[tuple[str, str], ...]
    parts: tuple[HeldPart, ...]
    until: date | None
    mentions: int


def held_data_paper(held: HeldData, settings: Settings) -> Paper:
    """The paper in the language in use."""
    frame = Frame(
        kind=KIND,
        title=_("保有個人データの一覧"),
        customer=held.customer,
        settings=settings,
        today=held.day,
        mark=None,
        sealed=False,
    )
    paper = framed(
        frame,
        tuple(_sections(held)),
        opening=_(
            "ご請求により、当社がこの窓口のシステムに保有している、お客さまに関する内容のすべてを"
            "次のとおりお知らせします。"
        ),
        closing=_("以上"),
    )
    shown = paper_date(held.day, settings.company)
    return replace(
        paper, draft=False, draft_mark="", head_rows=(LabelValue(_("作成日"), shown),), keywords=()
    )


def _sections(held: HeldData) -> Iterator[Section]:
    yield Facts(_("保有しているもの"), tuple(LabelValue(*one) for one in held.counts))
    yield Points(_("取扱いについて"), tuple(Point(text) for text in _about(held)))
    for part in held.parts:
        if part.facts:
            yield Facts(part.title, tuple(LabelValue(*one) for one in part.facts))
        if part.rows:
            columns = tuple(
                Column(head, "right" if _is_number(part, place) else "left", share)
                for place, (head, share) in enumerate(zip(part.heads, part.shares, strict=True))
            )
            title = "" if part.facts else part.title
            yield Table(title, columns, tuple(Row(cells) for cells in part.rows), note=part.note)


def _is_number(part: HeldPart, place: int) -> bool:
    return any(isinstance(row[place], int) for row in part.rows)


def _about(held: HeldData) -> Iterator[str]:
    yield _(
        "利用目的: 見積・契約・請求・訪問の受付と実施、これらに関するご連絡、法令に基づく書類の保存のためです。"
    )
    if held.until is None:
        yield _("保存期間: 法令により保存する書類と取引の記録はありません。")
    else:
        yield _(
            "保存期間: 書類と取引の記録を、法令に基づいて{until}まで保存します。"
            "その後は、お客さまのお申し出により、お名前・ご連絡先・内容を消去できます。"
        ).format(until=date_words(held.until, weekday=False))
    yield _("操作の記録: お客さまに関する操作の記録が{count}件あります（いつ、だれが、何をしたか）。").format(
        count=f"{held.mentions:,}"
    )
    yield _(
        "添付ファイル、発行済み書類の写し、署名の筆跡は、お申し出により別にお渡しします。"
        "内容に誤りがあるときは、訂正をお申し出ください。"
    )
