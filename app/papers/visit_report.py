"""作業完了報告書: what came of each piece of work, what it costs, and the customer's signature under it.

No bill: the charge comes with the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from app.papers.model import (
    Column,
    Halves,
    Headline,
    HeadlineFact,
    LabelValue,
    Paper,
    Point,
    Points,
    Row,
    Section,
    Strong,
    Table,
)
from app.papers.parts import addressee, addressee_line, issuer_block, paper_date
from app.papers.quotation import IssueMark
from app.papers.visit_before import signature_box
from app.papers.visit_order import place_of
from app.papers.visit_words import (
    MIGRATION,
    VisitFacts,
    device_words,
    minutes_words,
    price_table,
    rows_words,
    volume,
    volume_words,
    work_words,
)
from app.tariff.clauses import clause_note
from app.visit.conflicts import clock
from app.visit.order import Begun, Device, Reported, Tick
from app.visit.visit_life import last_report, report_signature
from app.words import N_, _, language, pgettext

RESULTS: Final = {"done": N_("完了"), "partly": N_("一部"), "not-done": N_("未実施")}


def visit_report(facts: VisitFacts, mark: IssueMark | None) -> Paper:
    """The 作業完了報告書 in the language in use. ``facts.priced`` is the visit as it was done.

    Raises ValueError for a visit whose result was not frozen yet (``Reported``).
    """
    report = last_report(facts.visit.events)
    if report is None:
        raise ValueError("a visit that was not reported has no report")
    settings, visit = facts.settings, facts.visit
    company = settings.company
    number = mark.number if mark else ""
    revision = _("第{number}版").format(number=mark.revision) if mark and mark.revision > 1 else ""
    title = _("作業完了報告書")
    signed = report_signature(visit.events)
    day = paper_date(_begun(facts, report).date(), company)
    return Paper(
        kind="R",
        language=language(),
        title=title,
        number=number,
        revision=revision,
        head_rows=(
            LabelValue(_("報告番号"), f"{number}  {revision}".strip() if mark else _("発行時に付きます")),
            LabelValue(_("作業日"), day),
            LabelValue(_("指示番号"), visit.number),
        ),
        addressee=addressee(facts.customer),
        issuer=issuer_block(settings, facts.providers, seal=mark is not None),
        opening=_("下記の作業が終わりましたので、ご報告いたします。"),
        subject_rows=tuple(_subject(facts, report)),
        headline=_headline(facts, report),
        sections=tuple(_sections(facts, report)),
        closing="",
        footer="  ".join(part for part in (company.name, title, number) if part),
        continued_title=_("（つづき）"),
        continuation="  ".join(part for part in (number, addressee_line(facts.customer), day) if part),
        continues=_("次のページにつづく"),
        draft=mark is None,
        draft_mark=_("下書き"),
        qr=f"{mark.number}/{mark.revision}" if mark else "",
        foot=signature_box(_("作業の内容と結果を確認しました。"), signed, settings, _proof(report)),
        keywords=tuple(part for part in (number, visit.number, facts.customer.name) if part),
    )


def _proof(report: Reported) -> str:
    """The hash of what was frozen, before it was signed."""
    return _("確定した内容の照合値（SHA-256）  {hash}").format(hash=report.sha256) if report.sha256 else ""


def _begun(facts: VisitFacts, report: Reported) -> datetime:
    found = next((one.at for one in facts.visit.events if isinstance(one, Begun)), None)
    return found or report.at


def _subject(facts: VisitFacts, report: Reported) -> Iterator[LabelValue]:
    names = facts.names
    work = dict.fromkeys(code for device in report.devices for code in device.menu)
    said = _("・").join(names.get(code, code) for code in work)
    yield LabelValue(_("件名"), _("訪問サポート（{work}）").format(work=said))
    where, _address = place_of(facts)
    parts = dict.fromkeys(device.place.strip() for device in report.devices if device.place.strip())
    site = facts.visit.content.place.name.strip() or facts.customer.building.strip() or where
    floors = dict.fromkeys(part.split(" ")[0].split("　")[0] for part in parts)
    said_already = site.replace("・", " ").replace("、", " ").split()
    others = [floor for floor in floors if floor not in said_already]
    yield LabelValue(_("場所"), "  ".join(part for part in (site, _("・").join(others)) if part))
    if facts.people:
        yield LabelValue(_("作業した者"), _("、").join(facts.people))


def _headline(facts: VisitFacts, report: Reported) -> Headline:
    counts = {code: sum(tick.result == code for tick in report.ticks) for code in RESULTS}
    said = [
        _("{result} {count}件").format(result=_(word), count=counts[code])
        for code, word in RESULTS.items()
        if counts[code]
    ]
    signed = report_signature(facts.visit.events)
    begun, ended = _begun(facts, report), signed.at if signed else report.at
    return Headline(
        _("作業の結果"),
        _("{count}件のうち").format(count=len(report.ticks)),
        0,
        (
            HeadlineFact(_("到着"), clock(begun.hour * 60 + begun.minute)),
            HeadlineFact(pgettext("work", "終了"), clock(ended.hour * 60 + ended.minute)),
            HeadlineFact(_("料金（税込）"), facts.priced.bill.total),
        ),
        "  ".join(said),
    )


def _sections(facts: VisitFacts, report: Reported) -> Iterator[Section]:
    yield _results(facts, report)
    yield Halves(
        price_table(facts.priced, _("料金"), _("本書は請求書ではありません。")),
        Points(_("特記事項"), tuple(_points(facts, report))),
    )


def _results(facts: VisitFacts, report: Reported) -> Table:
    columns = (
        Column(_("No."), "left", 9.4),
        Column(_("機器"), "left", 41.0),
        Column(pgettext("visit", "作業"), "left", 37.0),
        Column(_("結果"), "left", 13.6),
        Column(_("時刻"), "left", 27.0),
        Column(_("記録"), "left", 42.0),
    )
    by_work = {(tick.device, tick.menu): tick for tick in report.ticks}
    planned = {device.id: device.data_gb for device in facts.visit.content.devices}
    rows = []
    for place, device in enumerate(report.devices, start=1):
        for number, code in enumerate(dict.fromkeys(device.menu)):
            own = ("", "") if number else (f"{place}", device_words(device))
            tick = by_work.get((device.id, code))
            rows.append(
                Row(
                    (*own, *_result(device, code, tick, facts.names, planned.get(device.id))),
                    joins=2 if number else 0,
                )
            )
    return Table("", columns, tuple(rows))


def _result(
    device: Device, code: str, tick: Tick | None, names: Mapping[str, str], planned: str | None
) -> tuple[str | Strong, ...]:
    found = tick.data_gb if tick else None
    work = work_words(device, code, names, found)
    if tick is None:
        return (work, "—", "", "")
    word = _(RESULTS[tick.result])
    when = minutes_words(tick.first, tick.last) if tick.first is not None and tick.last is not None else ""
    remarks = [tick.why.strip()]
    if code == MIGRATION and found and volume(found) != volume(planned):
        remarks.append(_("予定は{planned}").format(planned=volume_words(planned) or "—"))
    record = _("。").join(part for part in remarks if part)
    return (work, Strong(word) if tick.result != "done" else word, when, record)


def _points(facts: VisitFacts, report: Reported) -> Iterator[Point]:
    rules = facts.rules
    for line in report.notes.splitlines():
        if line.strip():
            yield Point(line.strip())
    left = [
        place
        for place, device in enumerate(report.devices, start=1)
        if any(tick.device == device.id and tick.result == "not-done" for tick in report.ticks)
    ]
    if left:
        yield Point(_("No.{rows}の行わなかった作業の料金は含みません。").format(rows=rows_words(left)))
    clause = clause_note(rules.success_clause)
    yield Point(
        _(
            "{clause}により、料金は作業の結果にかかわらずいただきます。次回のご請求とあわせてご請求します。"
        ).format(clause=clause)
    )
    if facts.priced.used_free and facts.priced.entitlement:
        yield Point(
            _("契約年度の無償訪問を使いました。残りは{left}回です。").format(
                left=facts.priced.entitlement.left
            ),
            clause_note(facts.priced.entitlement.clause),
        )
    yield Point(_("預かったID・パスワードは作業後に破棄しました。"), clause_note(rules.discard_clause))
