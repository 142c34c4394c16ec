"""What happened to a visit, in words: the newest first, moves with before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.money import yen_words
from app.visit.order import (
    Begun,
    Booked,
    CalledOff,
    Confirmed,
    Event,
    Finished,
    Received,
    Reported,
    Signed,
    Span,
)
from app.words import _
from ui.contracts.history_words import EntryWords
from ui.visits.onsite.report_part import sums_words
from ui.visits.states_strip import moment_words
from ui.visits.visit_reading import VisitView
from ui.visits.words import nobody, span_words


def history_of(view: VisitView, staff: Mapping[str, str]) -> tuple[EntryWords, ...]:
    """The events of a visit, the newest first. ``staff``: names by id."""
    return tuple(_told(event, view, staff) for event in reversed(view.stored.events))


def _told(event: Event, view: VisitView, staff: Mapping[str, str]) -> EntryWords:
    icon, tone, what, detail = _words(event, view)
    return EntryWords(
        entry_id=event.id,
        day=moment_words(event, view.ground.now),
        icon=icon,
        tone=tone,
        what=what,
        detail=detail,
        who=staff.get(event.staff, event.staff),
        voided="",
        voidable=False,
    )


def by_words(by: str) -> str:
    """Who called a visit off."""
    return {"customer": _("お客さまの都合"), "desk": _("当店の都合"), "weather": _("天候・災害")}[by]


def slot_words(view: VisitView, spans: Sequence[Span], technicians: Sequence[str]) -> str:
    """``11月24日（火） 13:00〜16:30　大西 真央``; 日時未定 without a slot."""
    if not spans:
        return _("日時未定")
    when = _("、").join(span_words(span) for span in spans)
    return f"{when}　{view.names(technicians) or nobody()}"


def _words(event: Event, view: VisitView) -> tuple[str, str, str, str]:
    """Icon, tone, what happened, its details."""
    if isinstance(event, Booked):
        return _booked(event, view)
    if isinstance(event, Signed):
        return _signed(event)
    if isinstance(event, Received):
        how = {"phone": _("電話"), "counter": _("窓口"), "e-mail": _("メール"), "quotation": _("見積から")}
        return "circle", "text2", _("受け付けました（{how}）").format(how=how[event.how]), ""
    if isinstance(event, Confirmed):
        detail = _("・").join(_confirmed(event))
        return "circle-check", "accent", _("お客さまが日時と料金を確認し、確定しました"), detail
    if isinstance(event, Begun):
        return "play", "warn", _("到着し、作業を始めました"), ""
    if isinstance(event, Reported):
        detail = _("{sums}　{net}（税抜）").format(sums=sums_words(event), net=yen_words(event.net))
        return "clipboard-check", "text2", _("作業の結果を確定しました"), detail
    if isinstance(event, Finished):
        return "check", "good", _("作業を完了しました"), _finished(event)
    assert isinstance(event, CalledOff)
    fee = _("料金 {net}（税抜）").format(net=yen_words(event.net)) if event.net else _("料金はいただきません")
    return (
        "circle-x",
        "danger",
        _("中止しました（{by}）").format(by=by_words(event.by)),
        f"{event.why}　{fee}",
    )


def _booked(event: Booked, view: VisitView) -> tuple[str, str, str, str]:
    now = slot_words(view, event.spans, event.technicians)
    why = _("理由：{why}").format(why=event.why) if event.why else ""
    if not event.before:
        return "calendar-check", "note", _("日時と担当を決めました"), f"{now}　{why}".strip()
    before = slot_words(view, event.before, event.technicians_before)
    what = _("日時・担当を変えました") if event.spans else _("日時を外しました")
    return "calendar-clock", "note", what, "\n".join(one for one in (f"{before} → {now}", why) if one)


def _signed(event: Signed) -> tuple[str, str, str, str]:
    what = _("作業前の確認に署名") if event.what == "before" else _("作業完了報告書に署名")
    paper = _("紙に署名：{why}").format(why=event.on_paper) if event.on_paper else ""
    detail = _("{name} 様　{net}（税抜）　{paper}").format(
        name=event.name, net=yen_words(event.net), paper=paper
    )
    return "signature", "accent", what, detail.strip()


def _confirmed(event: Confirmed) -> Iterator[str]:
    if event.by:
        yield _("{name} 様").format(name=event.by)
    yield _("{net}（税抜）").format(net=yen_words(event.net))


def _finished(event: Finished) -> str:
    parts = [_("次回の請求に載ります")] if event.claim_id else []
    parts += [_("無償訪問を1回使いました")] if event.used_free else []
    return _("・").join(parts)
