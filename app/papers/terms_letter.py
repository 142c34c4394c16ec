"""規約改定のお知らせ: what changes, from when, what the customer pays then, and until when leaving is free.

In our own plain words; the terms' own sentences stand in the terms. Adds nothing up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.contract.customer import CustomerFields
from app.days import DAY
from app.money import yen_words
from app.papers.issuer import Settings
from app.papers.model import (
    Column,
    Facts,
    Headline,
    HeadlineFact,
    LabelValue,
    Paper,
    Point,
    Points,
    Row,
    Section,
    Table,
)
from app.papers.parts import addressee, addressee_line, issuer_block, paper_date
from app.tariff.clauses import clause_note
from app.tariff.diff_words import ChangeSection
from app.words import _, language, pgettext

_STEP: Final = " ＞ "  # between the steps to a value, as the differences of tariffs are told on screens


@dataclass(frozen=True)
class Letter:
    """What a letter tells. ``before`` and ``after``: net yen a month (``yearly``: a year) as things stand,
    None where no price is known. ``waived``: leaving because of this change costs no 解約金 when it is asked
    for from ``notified`` to ``effective``; ``has_fee``: the terms know a 解約金 at all.
    """

    customer: CustomerFields
    service: str
    provider: str
    contract_number: str
    quantity: str
    notified: date
    effective: date
    before: int | None
    after: int | None
    yearly: bool
    changes: tuple[ChangeSection, ...]
    terms: str
    terms_clause: str
    has_fee: bool
    waived: bool
    waiver_clause: str
    notice: str  # how early one has to ask: 5営業日前
    prepaid: bool  # a year is paid ahead
    prepaid_clause: str
    cancellation_clause: str

    @property
    def differs(self) -> bool:
        """Whether the customer pays another amount."""
        return self.before is not None and self.after is not None and self.before != self.after


def terms_letter(letter: Letter, settings: Settings, number: str) -> Paper:
    """The letter in the language in use. Without a number it is a draft, without seal."""
    company = settings.company
    title = _("規約改定のお知らせ")
    shown = paper_date(letter.notified, company)
    return Paper(
        kind="N",
        language=language(),
        title=title,
        number=number,
        revision="",
        head_rows=(
            LabelValue(_("番号"), number or _("発行時に付きます")),
            LabelValue(_("お知らせした日"), shown),
            LabelValue(_("改定の実施日"), paper_date(letter.effective, company)),
        ),
        addressee=addressee(letter.customer),
        issuer=issuer_block(settings, (letter.provider,) if letter.provider else (), seal=bool(number)),
        opening=_("ご利用中のサービスの規約が、次のとおり変わります。"),
        subject_rows=tuple(_subject(letter)),
        headline=_headline(letter, settings),
        sections=tuple(_sections(letter, settings)),
        closing=_("以上"),
        footer="  ".join(part for part in (company.name, title, number) if part),
        continued_title=_("（つづき）"),
        continuation="  ".join(part for part in (number, addressee_line(letter.customer), shown) if part),
        continues=_("次のページにつづく"),
        draft=not number,
        draft_mark=_("下書き"),
        qr=f"{number}/1" if number else "",
        keywords=tuple(part for part in (number, letter.contract_number, letter.service) if part),
    )


def _subject(letter: Letter) -> Iterator[LabelValue]:
    yield LabelValue(_("サービス"), letter.service)
    held = "  ".join(part for part in (letter.contract_number, letter.quantity) if part)
    yield LabelValue(_("ご契約"), held)


def _headline(letter: Letter, settings: Settings) -> Headline:
    """The amount from the day on, beside what it is now. Without a known price, and where it stays the same,
    there is none.
    """
    if not letter.differs:
        return Headline("", "", 0)
    assert letter.before is not None
    assert letter.after is not None
    label = _("改定後の年額（税抜）") if letter.yearly else _("改定後の月額（税抜）")
    start = paper_date(letter.effective, settings.company, weekday=False)
    return Headline(
        label,
        _("{day}から").format(day=start),
        letter.after,
        (
            HeadlineFact(
                _("いまの年額（税抜）") if letter.yearly else _("いまの月額（税抜）"), letter.before
            ),
            HeadlineFact(_("差額"), letter.after - letter.before),
        ),
    )


def _sections(letter: Letter, settings: Settings) -> Iterator[Section]:
    yield _facts(letter, settings)
    yield from _changes(letter.changes)
    yield Points(_("ご確認ください"), tuple(_points(letter, settings)))


def _facts(letter: Letter, settings: Settings) -> Facts:
    company = settings.company
    rows = [
        LabelValue(pgettext("terms", "改定する規約"), letter.terms),
        LabelValue(_("実施日"), paper_date(letter.effective, company)),
        LabelValue(_("料金"), _price_words(letter)),
    ]
    if letter.waived:
        rows.append(
            LabelValue(
                _("解約金がかからない期間"),
                _("{first} から {last} までのお申し出").format(
                    first=paper_date(letter.notified, company), last=paper_date(letter.effective, company)
                ),
            )
        )
    return Facts(_("改定の内容"), tuple(row for row in rows if row.value))


def _price_words(letter: Letter) -> str:
    if letter.after is None or letter.before is None:
        return ""
    unit = _("年額") if letter.yearly else _("月額")
    if not letter.differs:
        return _("変わりません（{unit} {amount}・税抜）").format(unit=unit, amount=yen_words(letter.after))
    return _("{unit} {before} → {after}（税抜）").format(
        unit=unit, before=yen_words(letter.before), after=yen_words(letter.after)
    )


def _changes(sections: Sequence[ChangeSection]) -> Iterator[Table]:
    columns = (
        Column(_("変わるところ"), "left", 0.34),
        Column(pgettext("terms", "いま"), "left", 0.26),
        Column(pgettext("terms", "改定後"), "left", 0.26),
        Column(_("条項"), "left", 0.14, small=True),
    )
    for section in sections:
        rows = tuple(
            Row(
                (
                    row.place.replace(_STEP, _("・")),
                    row.before or "—",
                    row.after or "—",
                    clause_note(row.clause),
                )
            )
            for row in section.rows
        )
        if rows:
            yield Table(section.heading, columns, rows)


def _points(letter: Letter, settings: Settings) -> Iterator[Point]:
    company = settings.company
    before = paper_date(letter.effective - DAY, company, weekday=False)
    yield Point(
        _("{day}までは、いまの規約と料金のままです。お手続きは必要ありません。").format(day=before),
        clause_note(letter.terms_clause),
    )
    if not letter.changes:
        yield Point(_("変わる内容は、提供会社が公表する規約でご確認ください。"))
    last = paper_date(letter.effective, company)
    if letter.waived:
        yield Point(
            _(
                "改定に同意いただけないときは、{first}から{last}までに解約をお申し出ください。"
                "この期間のお申し出による解約に、解約金はかかりません。"
            ).format(first=paper_date(letter.notified, company), last=last),
            clause_note(letter.waiver_clause),
        )
    elif letter.has_fee:
        yield Point(
            _(
                "この改定を理由とする解約にも、規約の解約金がかかることがあります。"
                "金額はお問い合わせください。"
            ),
            clause_note(letter.waiver_clause),
        )
    else:
        yield Point(_("このサービスに解約金はありません。"), clause_note(letter.cancellation_clause))
    if letter.prepaid:
        yield Point(
            _("期間の途中で解約されても、お支払い済みの年額はお返しできません。"),
            clause_note(letter.prepaid_clause),
        )
    if letter.notice:
        yield Point(
            _("解約のお申し出は、解約を希望される日の{notice}までにお願いします。").format(
                notice=letter.notice
            ),
            clause_note(letter.cancellation_clause),
        )
    yield Point(_("ご不明な点は、上に記載の窓口までお問い合わせください。"))
