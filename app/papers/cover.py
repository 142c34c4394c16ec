"""送付状: a letter in which papers are sent, laid out so that its address shows in an envelope's window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from app.contract.customer import CustomerFields
from app.papers.frame import Frame, framed
from app.papers.issuer import Settings
from app.papers.model import Column, LabelValue, Paper, Prose, Row, Section, Table
from app.papers.quotation import IssueMark
from app.words import N_, _

Greeting = Literal["season", "plain"]

SEASONS: Final = (
    N_("厳寒の候"), N_("余寒の候"), N_("早春の候"), N_("陽春の候"), N_("新緑の候"), N_("初夏の候"),
    N_("盛夏の候"), N_("残暑の候"), N_("初秋の候"), N_("秋冷の候"), N_("晩秋の候"), N_("師走の候"),
)  # fmt: skip
"""時候の挨拶 of each month, January first."""


@dataclass(frozen=True)
class Enclosed:
    """A paper that goes with the letter."""

    title: str
    number: str = ""
    copies: int = 1


@dataclass(frozen=True)
class Cover:
    """What the letter says. ``to`` is addressed (the customer with the address the papers go to); ``about``
    what it is about; ``message`` stands before the list, "" for the usual sentence; ``remarks`` after it.
    """

    to: CustomerFields
    enclosed: tuple[Enclosed, ...]
    day: date
    greeting: Greeting = "season"
    about: str = ""
    message: str = ""
    remarks: str = ""


def cover_letter(cover: Cover, settings: Settings, mark: IssueMark | None) -> Paper:
    """The letter in the language in use, never with a seal. ``mark`` None: a draft."""
    frame = Frame(
        kind="L",
        title=_("送付状"),
        customer=cover.to,
        settings=settings,
        today=cover.day,
        mark=mark,
        sealed=False,
        revisions=False,
        keywords=(cover.to.name.strip(),),
        dated=_("日付"),
    )
    return framed(
        frame,
        tuple(_sections(cover, mark.on if mark else cover.day)),
        subject=(LabelValue(_("件名"), cover.about),) if cover.about else (),
        closing=_("以上"),
    )


def _sections(cover: Cover, day: date) -> Iterator[Section]:
    yield Prose(tuple(_paragraphs(cover, day)), _("敬具") if cover.greeting == "season" else "")
    yield _list(cover)
    if cover.remarks:
        yield Prose((cover.remarks,))


def _paragraphs(cover: Cover, day: date) -> Iterator[str]:
    if cover.greeting == "season":
        yield _greeting(cover.to, day)
        said = cover.message or _("下記の書類をお送りしますので、ご査収くださいますようお願い申し上げます。")
        yield _("さて、{message}").format(message=said)
        return
    yield _("いつもお世話になっております。")
    yield cover.message or _("下記の書類をお送りします。ご確認くださいますようお願いします。")


def _greeting(to: CustomerFields, day: date) -> str:
    """拝啓 with the season, and good wishes as they are said to a company, an organisation or a person."""
    season = _(SEASONS[day.month - 1])
    if to.kind == "sole-trader":
        wish = _("拝啓　{season}、ますますご清祥のこととお慶び申し上げます。")
    elif to.kind == "organisation":
        wish = _("拝啓　{season}、貴会ますますご発展のこととお慶び申し上げます。")
    else:
        wish = _("拝啓　{season}、貴社ますますご清栄のこととお慶び申し上げます。")
    return wish.format(season=season) + _("平素は格別のお引き立てを賜り、厚く御礼申し上げます。")


def _list(cover: Cover) -> Table:
    columns = (
        Column(_("番"), "left", 0.06),
        Column(_("書類"), "left", 0.48),
        Column(_("番号"), "left", 0.34),
        Column(_("部数"), "right", 0.12),
    )
    rows = [
        Row((f"{place}", one.title, one.number or "—", _("{count}部").format(count=one.copies)))
        for place, one in enumerate(cover.enclosed, start=1)
    ]
    return Table(_("お送りする書類"), columns, tuple(rows))
