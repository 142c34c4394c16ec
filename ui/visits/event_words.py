"""What happened to a visit, in two or three words."""

from __future__ import annotations

from app.visit.order import Begun, Booked, CalledOff, Confirmed, Event, Finished, Received, Reported, Signed
from app.words import _


def event_words(event: Event) -> str:
    """``日時の変更``, ``作業開始`` …"""
    if isinstance(event, Signed):
        return _("作業前の署名") if event.what == "before" else _("完了の署名")
    if isinstance(event, Booked):
        return _("日時の変更") if event.before else _("手配")
    plain: dict[type[Event], str] = {
        Received: _("受付"),
        Confirmed: _("確定"),
        Begun: _("作業開始"),
        Reported: _("結果の確定"),
        Finished: _("完了"),
        CalledOff: _("中止"),
    }
    return plain[type(event)]
