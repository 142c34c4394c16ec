"""The contracts an edition touches, as rows of a sheet, and what is said of them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app.days import date_words
from app.money import yen_words
from app.words import _, pgettext
from ui.contracts.words import state_words
from ui.moments import short_day
from ui.widgets.sheet import Line, SheetColumn, SheetRow, SheetSection

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from app.errors import Problem
    from app.usecases.find_terms_change import TermsChange, TouchedContract
    from ui.contracts.telling import Result


def terms_columns() -> tuple[SheetColumn, ...]:
    """The columns of the list."""
    return (
        SheetColumn(_("顧客"), share=6),
        SheetColumn(_("契約"), share=5),
        SheetColumn(pgettext("terms", "いま → 改定後"), share=6, right=True),
        SheetColumn(_("お知らせ"), 8),
    )


def terms_rows(found: Sequence[TouchedContract], refused: Mapping[str, Problem]) -> tuple[SheetSection, ...]:
    """A row a contract."""
    return (SheetSection("", tuple(_row(one, refused.get(one.contract_id)) for one in found)),)


def _row(one: TouchedContract, problem: Problem | None) -> SheetRow:
    _icon, state, _meaning = state_words(one.state)
    held = _("・").join(part for part in (one.quantity, state) if part)
    where = _("・").join(part for part in (one.town, one.phone) if part)
    return SheetRow(
        (
            (Line(one.customer), Line(where, "caption", "text2")),
            (Line(one.number), Line(held, "caption", "text2")),
            _price(one),
            (_told(one, problem),),
        ),
        one.contract_id,
        problem.what if problem is not None else "",
    )


def _price(one: TouchedContract) -> tuple[Line, ...]:
    if one.before is None or one.after is None:
        return (Line(_("金額は分かりません"), "caption", "text3"),)
    difference = one.after - one.before
    unit = _("年額") if one.yearly else _("月額")
    if not difference:
        same = _("{unit} {amount}").format(unit=unit, amount=yen_words(one.after))
        return (Line(same), Line(_("変わりません"), "caption", "text2"))
    sign = "+" if difference > 0 else "−"
    said = f"{yen_words(one.before)} → {yen_words(one.after)}"
    tone = "warn" if difference > 0 else "good"
    told = _("{unit} {difference}").format(unit=unit, difference=sign + yen_words(abs(difference)))
    return (Line(said), Line(told, "caption-bold", tone))


def _told(one: TouchedContract, problem: Problem | None) -> Line:
    if one.told is not None:
        return Line(short_day(one.told.notified), "caption", "good", "check")
    if problem is not None:
        return Line(problem.what, "caption", "danger", "circle-alert")
    return Line(_("まだ"), "caption", "text2", "mail")


def summary(found: Sequence[TouchedContract]) -> str:
    """``契約128件・上がる 120件・変わらない 8件・お知らせ済み 0件``."""
    known = [one.difference for one in found if one.difference is not None]
    parts = [_("契約{count}件").format(count=f"{len(found):,}")]
    for words, count in (
        (_("上がる"), sum(one > 0 for one in known)),
        (_("下がる"), sum(one < 0 for one in known)),
        (_("変わらない"), sum(one == 0 for one in known)),
        (_("お知らせ済み"), sum(one.told is not None for one in found)),
    ):
        if count:
            parts.append(f"{words} {count:,}")
    return _("・").join(parts)


def leaving_words(change: TermsChange, notified_words: str) -> tuple[str, str]:
    """Until when leaving is free, and on which clause that rests."""
    from app.tariff.clauses import clause_words

    last = date_words(change.start, weekday=False)
    if change.waived:
        span = _("{first}〜{last}の申し出").format(first=notified_words, last=last)
        clause = clause_words(change.waiver_clause)
        return _("解約金なしで解約できる期間があります"), _("{span}（{clause}）").format(
            span=span, clause=clause
        )
    if change.has_fee:
        return (
            _("この改定を理由とする解約も、解約金は免除されません"),
            _("{clause}（免除の定めはありません）").format(clause=clause_words(change.waiver_clause)),
        )
    return _("このサービスに解約金はありません"), ""


def telling_question(count: int, notified: date) -> str:
    """What will be recorded and where letters go."""
    return _(
        "{count}件の契約に、{day}にお知らせしたことを記録し、手紙のPDFを1件ずつ、"
        "選ぶフォルダーと契約の添付に保存します。\n"
        "手紙には顧客の名前と住所が入ります。途中で止めても、続きから始められます。"
    ).format(count=f"{count:,}", day=date_words(notified))


def told_words(result: Result, folder: Path) -> str:
    """How the telling ended."""
    said = _("{count}件に記録し、手紙を「{folder}」に保存しました").format(
        count=f"{len(result.told):,}", folder=folder.name
    )
    if result.refused:
        return _("{said}。記録できなかった契約が{count}件あります").format(
            said=said, count=len(result.refused)
        )
    return _("{said}。続きはもう一度始められます").format(said=said) if result.stopped else said
