"""Rules of an edition in words: charges within a month, term, termination, credits, interest, fees,
deadlines, what an application needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from app.days import date_words
from app.money import percent_words, yen_words
from app.tariff.described import Row, readings_in
from app.tariff.diff_words import code_words, value_words
from app.tariff.model import ByDay, Deadline, Edition, Fee, WholeMonth
from app.tariff.texts import words
from app.words import _, pgettext


def _and(*parts: str) -> str:
    """Sentences one below the other, without the empty ones."""
    return "\n".join(part for part in parts if part)


def _proration(edition: Edition) -> Iterator[Row]:
    rule = edition.proration
    assert rule is not None
    label = _("月の途中の開始・解約")
    if isinstance(rule, ByDay):
        said = _("暦日で日割りにします。最後に料金がかかるのは{day}です").format(
            day=code_words("last_charged_day", rule.last_charged_day)
        )
        yield Row(label, said, rule.clause, readings_in(rule))
        if rule.change_clause or rule.change_day_reading:
            yield Row(
                _("月の途中の数量の変更"),
                _("変更の前と後をそれぞれ日割りにします"),
                rule.change_clause or rule.clause,
                (rule.change_day_reading,) if rule.change_day_reading else (),
            )
        floor = _("1円未満を{unit}に切り捨てます").format(unit=code_words("floor", rule.floor))
        yield Row(_("端数"), floor, rule.floor_clause, (rule.floor_reading,) if rule.floor_reading else ())
    elif isinstance(rule, WholeMonth):
        said = _("開始の月は1か月分、解約の月はかかりません。日割りはしません")
        yield Row(label, said, rule.clause, readings_in(rule))
        yield Row(_("端数"), _("1円未満を切り捨てます"), rule.floor_clause)
    else:
        said = _("1年分を前払いします。開始の月と、更新の月に請求します")
        yield Row(label, said, rule.clause, readings_in(rule))
        yield Row(_("端数"), _("1円未満を切り捨てます"), rule.floor_clause)


def _term(edition: Edition) -> Iterator[Row]:
    term = edition.term
    assert term is not None
    notice = ""
    if term.notice_months is not None:
        notice = _("更新しない申し出は、満了の{months}か月前まで").format(months=term.notice_months)
    said = _and(
        _("最低{months}か月").format(months=term.months),
        _("満了後：{renewal}").format(renewal=code_words("renewal", term.renewal)),
        notice,
    )
    yield Row(_("契約期間"), said, term.clause, readings_in(term))


def _termination(edition: Edition) -> Iterator[Row]:
    fee = edition.termination
    assert fee is not None
    if fee.policy == "base-remaining-year":
        said = _("契約年度の途中で終わるとき、残りの月数分の料金")
    else:
        said = _("期間の途中で数量を減らすか解約するとき、減る数量 × 単価 × 残りの月数")
    yield Row(_("解約金"), said, fee.clause, readings_in(fee))
    if fee.waived:
        cases = _("、").join(code_words("waived", one) for one in fee.waived)
        yield Row(_("解約金がかからない場合"), cases, fee.waiver_clause)


def _outage(edition: Edition) -> Iterator[Row]:
    rule = edition.outage
    assert rule is not None
    credit = (
        _("24時間ごとの日数分を料金から差し引きます")
        if rule.policy == "credit-line"
        else _("24時間ごとの日数を除いた日数で計算します")
    )
    hours = _("全く利用できない状態が、知ったときから{hours}時間以上続いたとき").format(hours=rule.hours)
    gross = (
        _("故意・重大な過失のときは、時間の下限なし")
        if rule.threshold_unless_gross and "gross-negligence" not in rule.not_for
        else ""
    )
    causes = _("、").join(code_words("not_for", one) for one in rule.not_for)
    without = _("減額しない原因：{causes}").format(causes=causes) if causes else ""
    paid = _("支払済みの料金は返します") if rule.refunds else _("支払済みの料金は返しません")
    yield Row(
        _("利用できなかったときの減額"),
        _and(hours, credit, gross, without, paid),
        rule.clause,
        readings_in(rule),
    )


def _interest(edition: Edition) -> Iterator[Row]:
    rule = edition.interest
    assert rule is not None
    rate = (
        _("法定利率による")
        if rule.statutory
        else _("年{rate}").format(rate=percent_words(Fraction(rule.rate)))
    )
    grace = (
        _("支払期日から{days}日以内の支払いにはかかりません").format(days=rule.grace_days)
        if rule.grace_days
        else ""
    )
    until = _("支払った日も数えます") if rule.payment_day_counts else _("支払った日の前日まで数えます")
    leap = "" if rule.leap_basis == "365" else code_words("leap_basis", rule.leap_basis)
    said = _and(rate, grace, until, leap, _discretion(on=rule.discretionary))
    yield Row(_("延滞利息・遅延損害金"), said, rule.clause, readings_in(rule))
    if rule.waivable_clause:
        yield Row("", _("ほかに請求がないときは請求しないことがあります"), rule.waivable_clause)


def _discretion(*, on: bool) -> str:
    return _("請求するかは提供会社の判断によります") if on else ""


def _surcharge(edition: Edition) -> Iterator[Row]:
    rule = edition.surcharge
    assert rule is not None
    said = _("免れた額の{factor}倍（消費税相当額を加算）").format(factor=rule.factor)
    yield Row(_("割増金"), _and(said, _discretion(on=rule.discretionary)), rule.clause)


def _cancellation(edition: Edition) -> Iterator[Row]:
    rule = edition.cancellation
    assert rule is not None
    said = {
        "wished-day": _("お客さまの希望日に終わります"),
        "not-before-confirmation": _("希望日に終わります。ただし申し出を確認した日より前にはなりません"),
        "business-days-notice": _("希望日の{count}営業日前までに申し出ます").format(
            count=rule.business_days or 0
        ),
        "months-notice": _("希望日の{count}か月前までに申し出ます").format(count=rule.months or 0),
    }[rule.policy]
    lines = [said] if rule.note is None else [said, words(rule.note)]
    yield Row(_("解約の申し出"), "\n".join(lines), rule.clause, readings_in(rule))


# --- fees --------------------------------------------------------------------------------------------------


def _fees(edition: Edition) -> Iterator[Row]:
    for fee in edition.fees:
        yield Row(words(fee.name), _fee(fee), fee.clause)


def _fee(fee: Fee) -> str:
    if fee.amount is None:
        price = _("金額の記載なし（実費）")
    else:
        price = _("1{unit}につき{amount}").format(unit=words(fee.unit), amount=yen_words(fee.amount))
        if fee.plus_postage:
            price = _("{price}と郵送料等の実費").format(price=price)
    first = (
        _("利用開始の月から{months}か月間はかかりません").format(months=fee.not_first_months)
        if fee.not_first_months
        else ""
    )
    lines = _("、").join(code_words("lines", one) for one in fee.lines)
    exempt = _("、").join(code_words("exempt", one) for one in fee.exempt)
    return _and(
        price,
        _("対象の回線：{lines}").format(lines=lines) if lines else "",
        first,
        _("かからない場合：{cases}").format(cases=exempt) if exempt else "",
        _("債権を譲渡したときはかかりません") if fee.not_if_assigned else "",
    )


# --- deadlines, liability ----------------------------------------------------------------------------------


def _deadlines(edition: Edition) -> Iterator[Row]:
    for one in edition.deadlines:
        yield Row(words(one.name), _deadline(one), one.clause, readings_in(one))


def _deadline(one: Deadline) -> str:
    if one.business_days is not None:
        length = _("{count}営業日").format(count=one.business_days)
    elif one.months is not None and one.to_month_end:
        length = (
            _("{count}か月後の月末まで").format(count=one.months) if one.months else _("その月の末日まで")
        )
    elif one.months is not None:
        length = pgettext("period", "{count}か月").format(count=one.months)
    elif one.days:
        length = pgettext("period", "{count}日").format(count=one.days)
    else:
        length = _("その日まで")
    return _("{counted}：{length}").format(counted=code_words("counted", one.counted), length=length)


def _liability(edition: Edition) -> Iterator[Row]:
    for place, one in enumerate(edition.liability):
        label = _("責任の限度") if place == 0 else ""
        yield Row(label, words(one.text), one.clause)
        if one.claim_months is not None:
            said = _("請求できるのは{months}か月以内").format(months=one.claim_months)
            yield Row("", said, one.claim_clause or one.clause)


def _opening(edition: Edition) -> Iterator[Row]:
    rule = edition.opening
    assert rule is not None
    before = _("開通希望日の{count}営業日前まで")
    yield Row(_("機器の配送"), before.format(count=rule.delivery_before), rule.delivery_clause)
    yield Row(_("センサーの設置"), before.format(count=rule.install_before), rule.install_clause)
    yield Row(_("開通試験"), before.format(count=rule.test_before), rule.clause)
    yield Row(_("配送や試験が遅れたとき"), _("開通日を遅らせます"), rule.delay_clause, readings_in(rule))


# --- applications ------------------------------------------------------------------------------------------


def _required(edition: Edition) -> Iterator[Row]:
    for visit, label in ((False, _("申込みに必要な事項")), (True, _("訪問の申込みに必要な事項"))):
        by_clause: dict[str, list[str]] = {}
        for one in edition.required:
            if one.for_visit is visit:
                by_clause.setdefault(one.clause, []).append(words(one.name))
        for place, (clause, names) in enumerate(by_clause.items()):
            yield Row(label if place == 0 else "", _("、").join(names), clause)


def _conditions(edition: Edition) -> Iterator[Row]:
    for place, one in enumerate(edition.conditions):
        lines = value_words("lines", one.lines) if one.lines else ""
        said = words(one.name)
        if lines:
            said = _("{words}（{lines}のとき）").format(words=said, lines=lines)
        if one.note is not None:
            said = f"{said}\n{words(one.note)}"
        yield Row(_("お断りする場合") if place == 0 else "", said, one.clause)


def _promotion(edition: Edition) -> Iterator[Row]:
    rule = edition.promotion
    assert rule is not None
    said = _("{days}のお申込みは、{months}か月間無料").format(
        days=_span(rule.applied_from, rule.applied_until), months=rule.free_months
    )
    barred = ""
    if rule.barred_from is not None and rule.barred_until is not None:
        barred = _("{days}のお申込みで、前に使った方は対象外").format(
            days=_span(rule.barred_from, rule.barred_until)
        )
    yield Row(_("無料期間"), _and(said, barred), rule.clause, readings_in(rule))


def _span(first: date, last: date) -> str:
    """Both days with their year: such periods are long past when somebody reads of them."""
    return _("{first}〜{last}").format(
        first=date_words(first, weekday=False), last=date_words(last, weekday=False)
    )


TELLERS: Final[Mapping[str, Callable[[Edition], Iterator[Row]]]] = {
    "proration": _proration,
    "term": _term,
    "termination": _termination,
    "outage": _outage,
    "interest": _interest,
    "surcharge": _surcharge,
    "cancellation": _cancellation,
    "fees": _fees,
    "deadlines": _deadlines,
    "liability": _liability,
    "opening": _opening,
    "required": _required,
    "conditions": _conditions,
    "promotion": _promotion,
}
