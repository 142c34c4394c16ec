"""Lines in the groups that screen and paper show: 初期費用, 月額, 初月, 年額, 訪問サポート."""

from __future__ import annotations

from collections.abc import Iterator

from app.charge.engine import month_title
from app.charge.lines import Line
from app.days import Month, date_words
from app.quote.content import HandGroup, QuotationContent
from app.quote.priced import Group, ServicePrice, VisitPrice
from app.words import _


def make_groups(
    services: tuple[ServicePrice, ...],
    visits: tuple[VisitPrice, ...],
    by_hand: dict[HandGroup, list[Line]],
    content: QuotationContent,
) -> tuple[Group, ...]:
    """All groups in the order they are read: per service, then visits, then what was priced by hand."""
    groups: list[Group] = []
    several = len(services) > 1
    for price in services:
        groups += _service_groups(price, several)
    groups += _hand(by_hand, "one-off", _("その他の初期費用"))
    groups += _hand(by_hand, "monthly", _("その他の月額"))
    groups += [_visit_group(visit, len(visits), content) for visit in visits]
    groups += _hand(by_hand, "visit", _("訪問に伴う費用"))
    return tuple(groups)


def _titled(title: str, price: ServicePrice, several: bool) -> str:
    return _("{title}  {service}").format(title=title, service=price.short) if several else title


def _service_groups(price: ServicePrice, several: bool) -> Iterator[Group]:
    place = price.index
    if price.one_off or price.billing == "monthly":
        yield _one_off_group(price, several)
    if price.billing == "annual":
        yield Group(
            "annual", _titled(_("年額"), price, several), _("1年分を前払い"), price.monthly, service=place
        )
        return
    yield Group("monthly", _titled(_("月額"), price, several), _("毎月の料金"), price.monthly, service=place)
    if [line.amount for line in price.first_month] != [line.amount for line in price.monthly]:
        yield Group(
            "first-month",
            _titled(_("初月"), price, several),
            _first_remark(price),
            price.first_month,
            service=place,
        )


def _one_off_group(price: ServicePrice, several: bool) -> Group:
    return Group(
        "one-off",
        _titled(_("初期費用"), price, several),
        _("1回かぎりの料金") if price.one_off else "",
        price.one_off,
        service=price.index,
        note="" if price.one_off else _("契約料・工事費はありません"),
    )


def _first_remark(price: ServicePrice) -> str:
    shown = month_title(Month.of(price.start))
    by_days = any(line.reason.rule == "days-of-month" for line in price.first_month)
    return _("{month}・日割").format(month=shown) if by_days else shown


def _visit_group(visit: VisitPrice, count: int, content: QuotationContent) -> Group:
    title = _("訪問サポート")
    if count > 1:
        title = _("訪問サポート {number}回目").format(number=visit.index + 1)
    if visit.site:
        title = f"{title}  {visit.site}"
    when = date_words(visit.on) if visit.on else _("訪問日は未定")
    at = content.visits[visit.index].at
    remark = _("{when} {at}から").format(when=when, at=at) if visit.on and at else when
    return Group("visit", title, remark, visit.lines, visit=visit.index)


def visit_count(count: int) -> str:
    """``訪問2回``."""
    return _("訪問1回") if count == 1 else _("訪問{count}回").format(count=count)


def _hand(by_hand: dict[HandGroup, list[Line]], key: HandGroup, title: str) -> Iterator[Group]:
    if by_hand[key]:
        yield Group(key, title, _("個別見積"), tuple(by_hand[key]))
