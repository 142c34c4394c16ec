"""作業前確認書: what will be done on which device, what is lost by it, what it costs whatever comes of it, and
what the customer confirms, signed before anything is begun.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from app.charge.words_basic import period_words
from app.days import days_words
from app.money import figure
from app.papers.issuer import Settings
from app.papers.model import (
    Checks,
    Column,
    Facts,
    Halves,
    Headline,
    HeadlineFact,
    LabelValue,
    Paper,
    Point,
    Points,
    Row,
    Section,
    SignatureBox,
    Strong,
    Table,
    Tick,
)
from app.papers.parts import addressee, addressee_line, issuer_block, paper_date
from app.papers.quotation import IssueMark
from app.papers.visit_order import place_of
from app.papers.visit_words import (
    MIGRATION,
    RECOVERY,
    VisitFacts,
    device_words,
    price_table,
    rows_words,
    span_words,
    work_words,
)
from app.tariff.clauses import clause_note
from app.visit.conflicts import clock
from app.visit.order import Signed
from app.visit.visit_life import signed_before
from app.words import _, language

CONFIRMED: Final = ("backup", "deletion", "confidential", "price")
"""Codes of what is confirmed one by one (``Signed.agreed``); the paper's other points are only told."""

LOSING: Final = frozenset({RECOVERY, MIGRATION, "os-update"})
"""Work after which what was on a device may be gone."""

_FEW: Final = 4  # pieces of work beside which everything stands on one page


def before_points(facts: VisitFacts) -> tuple[tuple[str, Point], ...]:
    """What the customer is told before the work, each with its clause and its code; those of ``CONFIRMED``
    are confirmed one by one.
    """
    return tuple((code, Point(text, clause_note(clause))) for code, text, clause in _points(facts) if text)


def before_work(facts: VisitFacts, mark: IssueMark | None) -> Paper:
    """The 作業前確認書 in the language in use: to be signed, or with the signature where it was given."""
    settings, visit = facts.settings, facts.visit
    number = mark.number if mark else visit.number
    title = _("作業前確認書")
    signed = signed_before(visit.events)
    return Paper(
        kind="K",
        language=language(),
        title=title,
        number=number,
        revision="",
        head_rows=(
            LabelValue(_("訪問番号"), number),
            LabelValue(_("作業日"), paper_date(facts.day, settings.company)),
            LabelValue(_("もとの見積"), facts.quotation)
            if facts.quotation
            else LabelValue(_("ご契約"), facts.contract or "—"),
        ),
        addressee=addressee(facts.customer),
        issuer=issuer_block(settings, facts.providers, seal=False),
        opening=_("作業の前に、次のことをご確認ください。"),
        subject_rows=_subject(facts),
        headline=price_headline(facts),
        sections=tuple(_sections(facts, signed)),
        closing="",
        footer="  ".join(part for part in (settings.company.name, title, number) if part),
        continued_title=_("（つづき）"),
        continuation="  ".join(
            part
            for part in (number, addressee_line(facts.customer), paper_date(facts.day, settings.company))
            if part
        ),
        continues=_("次のページにつづく"),
        draft=mark is None,
        draft_mark=_("下書き"),
        qr=f"{mark.number}/{mark.revision}" if mark else "",
        mailed=False,
        foot=signature_box(_("作業の内容と料金、上の事項を確認しました。"), signed, settings),
        keywords=tuple(part for part in (number, facts.customer.name) if part),
    )


def price_headline(facts: VisitFacts) -> Headline:
    """What the visit costs with tax, large."""
    bill = facts.priced.bill
    told = [HeadlineFact(_("税抜"), bill.net + bill.exempt), HeadlineFact(_("消費税"), bill.tax)]
    if facts.priced.free_value:
        told.append(HeadlineFact(_("無償訪問の定価"), facts.priced.free_value))
    return Headline(_("作業の料金"), _("税込"), bill.total, tuple(told))


def signature_box(words: str, signed: Signed | None, settings: Settings, proof: str = "") -> SignatureBox:
    """Where the customer signs, with the signature where it was given."""
    label = _("お客さまご署名")
    if signed is None:
        return SignatureBox(words, label, "", _("　　年　　月　　日　　：　　"), proof=proof)
    name = signed.name.strip()
    if signed.on_paper:
        label = _("お客さまご署名  用紙にいただきました（{why}）").format(why=signed.on_paper)
    shown = _("{name} 様").format(name=name) if name and not name.endswith("様") else name
    return SignatureBox(words, label, shown, time_words(signed.at, settings), signed.strokes, proof)


def time_words(at: datetime, settings: Settings) -> str:
    """``2026年12月11日（金） 16:21``."""
    return f"{paper_date(at.date(), settings.company)} {clock(at.hour * 60 + at.minute)}"


def _subject(facts: VisitFacts) -> tuple[LabelValue, ...]:
    name, address = place_of(facts)
    own = not facts.visit.content.place.address.strip()
    rows = (
        LabelValue(_("日時"), span_words(facts.visit.content.spans)),
        LabelValue(_("場所"), name if own else "  ".join(address)),
        LabelValue(_("伺う者"), _("、").join(facts.people)),
    )
    return tuple(row for row in rows if row.value)


def _sections(facts: VisitFacts, signed: Signed | None) -> Iterator[Section]:
    yield _work(facts)
    told = before_points(facts)
    agreed = signed.agreed if signed else ()
    confirmed = tuple(
        Point(point.text, point.clause, Tick(code in agreed)) for code, point in told if code in CONFIRMED
    )
    points = Points(_("ご確認いただくこと"), confirmed, _("確認のうえ□に印") if signed is None else "")
    price = price_table(facts.priced, _("料金"))
    others = Points(_("ご案内"), tuple(point for code, point in told if code not in CONFIRMED))
    if sum(len(set(device.menu)) for device in facts.visit.content.devices) <= _FEW:
        yield Halves(price, points)
        yield Halves(others, Checks("", ()))  # beside the signature: all on one page
    else:
        yield Halves(price, _premises(facts))
        yield points
        yield others


def _premises(facts: VisitFacts) -> Facts:
    edition = facts.priced.edition
    started = (
        _("{date}実施").format(date=paper_date(edition, facts.settings.company, weekday=False))
        if edition
        else _("現行の規約")
    )
    rows = [LabelValue(_("料金の版"), started), LabelValue(_("ご請求"), _("次回のご請求とあわせて1回"))]
    entitlement = facts.priced.entitlement
    if entitlement is not None and entitlement.capacity:
        used = _("使う（定価{value}円分）").format(value=figure(facts.priced.free_value))
        rows.append(LabelValue(_("無償訪問"), used if entitlement.applied else _("使わない")))
    rows += [LabelValue(_("提供会社"), provider) for provider in facts.providers]
    return Facts(_("料金の前提"), tuple(rows))


def _work(facts: VisitFacts) -> Table:
    names = facts.names
    columns = (
        Column(_("No."), "left", 9.4),
        Column(_("機器"), "left", 50.0),
        Column(_("作業"), "left", 50.0),
        Column(_("データ"), "left", 36.0),
        Column(_("バックアップ"), "left", 24.6),
    )
    rows = []
    for place, device in enumerate(facts.visit.content.devices, start=1):
        for number, code in enumerate(dict.fromkeys(device.menu)):
            data: str | Strong = ""
            if code == RECOVERY:
                data = Strong(_("すべて消えます"))
            elif code == MIGRATION:
                data = _("新しい機器へ移します")
            matters = bool(LOSING & set(device.menu)) and not number
            backup = (_("あり") if device.backup else _("なし")) if matters else ""
            own = (f"{place}", device_words(device)) if not number else ("", "")
            rows.append(Row((*own, work_words(device, code, names), data, backup), joins=2 if number else 0))
    return Table(_("行う作業"), columns, tuple(rows))


# --- what is confirmed -------------------------------------------------------------------------------------


def _rows_with(
    facts: VisitFacts, menus: Sequence[str], *, without_backup: bool = False, other_than: str = ""
) -> str:
    found = [
        place
        for place, device in enumerate(facts.visit.content.devices, start=1)
        if set(menus) & set(device.menu)
        and not (without_backup and device.backup)
        and other_than not in device.menu
    ]
    return _("No.{rows}").format(rows=rows_words(found)) if found else ""


def _points(facts: VisitFacts) -> Iterator[tuple[str, str, str]]:
    """Code, text and clause of each point, those that are confirmed first."""
    rules = facts.rules
    if _rows_with(facts, tuple(LOSING)):
        yield "backup", _backup(facts), rules.backup_clause
        clauses = {item.code: item.clause for item in rules.menu}
        yield "deletion", _deletion(facts), clauses.get(RECOVERY, "")
    yield (
        "confidential",
        _("機密の情報は、作業の前にお客さまが保護するか、消去してください。"),
        rules.secret_clause,
    )
    yield (
        "price",
        _("料金は作業の結果にかかわらずいただきます。完了しなかった作業も同じです。"),
        rules.success_clause,
    )
    yield (
        "change",
        _("台数や容量が予定とちがうと料金も変わります。そのときは、先に新しい料金をお示しします。"),
        rules.migration.clause if rules.migration else rules.clause,
    )
    yield "free", _free(facts), facts.priced.entitlement.clause if facts.priced.entitlement else ""
    yield "billing", _("料金は、次回のご請求とあわせて1回ご請求します。"), rules.billing_clause
    yield (
        "passwords",
        _("作業のためにお預かりしたIDとパスワードは、終わりしだい破棄します。"),
        rules.discard_clause,
    )


def _backup(facts: VisitFacts) -> str:
    text = _("大切なデータは、作業の前にお客さまが複製をお取りください。")
    bare = _rows_with(facts, tuple(LOSING), without_backup=True)
    if bare:
        text += _("{rows}はバックアップがないと伺っています。").format(rows=bare)
    return text


def _deletion(facts: VisitFacts) -> str:
    recovered = _rows_with(facts, (RECOVERY,))
    others = _rows_with(facts, tuple(LOSING - {RECOVERY}), other_than=RECOVERY)
    said = []
    if recovered:
        said.append(
            _("{rows}はOSリカバリで購入時の状態に戻り、保存したデータとアプリはすべて消えます。").format(
                rows=recovered
            )
        )
    if others:
        said.append(_("{rows}の作業でも、データが失われることがあります。").format(rows=others))
    return "".join(said)


def _free(facts: VisitFacts) -> str:
    entitlement = facts.priced.entitlement
    if entitlement is None or not entitlement.capacity:
        return ""
    if entitlement.applied:
        return _(
            "{period}の無償訪問を今回使います（定価{value}円分、{count}台まで）。残りは{left}回です。"
        ).format(
            period=period_words(entitlement.year.first, entitlement.year.last),
            value=figure(facts.priced.free_value),
            count=entitlement.capacity,
            left=entitlement.left,
        )
    if entitlement.used_on:
        day = entitlement.used_on[-1]
        return _("{period}の無償訪問は{day}に使われているため、今回は有償です。").format(
            period=period_words(entitlement.year.first, entitlement.year.last), day=days_words(day, day)
        )
    return _("今回は無償訪問を使いません。")
