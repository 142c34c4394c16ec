"""Icons and words of visits: states, work, devices, areas, times, why nobody comes on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

from app.days import holiday_words, weekday_words
from app.tariff.clauses import clause_note
from app.visit.conflicts import clock
from app.words import N_, _, pgettext

if TYPE_CHECKING:
    from app.errors import Problem
    from app.tariff.catalogue import Catalogue
    from app.visit.days import Refusal
    from app.visit.order import Area, Span, VisitState

WORK_ICONS: Final = {
    "os-recovery": "undo-2",
    "os-update": "refresh-cw",
    "internet-setup": "globe",
    "wifi-setup": "wifi",
    "app-setup": "layout-grid",
    "endpoint-reinstall": "grid-2x2-check",
    "printer-setup": "printer",
    "data-migration": "arrow-right-left",
    "gateway-setup": "router",
}

DEVICE_KINDS: Final = {
    "pc": ("monitor", N_("PC")),
    "phone": ("smartphone", N_("スマホ")),
    "tablet": ("tablet", N_("タブレット")),
    "printer": ("printer", N_("プリンター")),
    "wifi": ("wifi", N_("Wi-Fi機器")),
    "router": ("router", N_("ルーター")),
    "gateway": ("shield", N_("ゲートウェイ装置")),
    "other": ("package", N_("機器以外・その他")),
}

_SHORT: Final = {
    "internet-setup": N_("ネット接続"),
    "wifi-setup": N_("Wi-Fi設定"),
    "app-setup": N_("アプリ設定"),
    "endpoint-reinstall": N_("ツール再設定"),
    "gateway-setup": N_("ゲートウェイ設置"),
}

_STATES: Final = {
    "received": ("circle", N_("受付"), "neutral"),
    "arranged": ("circle-dot", N_("手配"), "note"),
    "confirmed": ("circle-check", N_("確定"), "accent"),
    "working": ("play", N_("作業中"), "warn"),
    "done": ("check", N_("完了"), "good"),
    "cancelled": ("circle-x", N_("中止"), "neutral"),
}

STATE_ORDER: Final = ("received", "arranged", "confirmed", "working", "done")


def state_words(state: VisitState | str) -> tuple[str, str, str]:
    """Icon, word and meaning of a state."""
    icon, word, meaning = _STATES[str(state)]
    return icon, _(word), meaning


def work_icons(codes: Iterable[str]) -> tuple[str, ...]:
    """The pictures of pieces of work, each once."""
    return tuple(dict.fromkeys(WORK_ICONS.get(code, "wrench") for code in codes))


def with_clause(text: str, clause: str) -> str:
    """A sentence with the clause it rests on behind it."""
    return _("{text}（{clause}）").format(text=text, clause=clause_note(clause)) if clause else text


def told(problem: Problem) -> str:
    """What is wrong, why, what to do, and by which clause."""
    return with_clause(problem.sentence(), problem.clause)


def short_work(code: str, name: str) -> str:
    """What work is called where there is little room."""
    return _(_SHORT[code]) if code in _SHORT else name


def short_town(town: str) -> str:
    """The ward alone where a town names one: 大阪市北区 is 北区."""
    _city, found, ward = town.partition("市")
    return ward if found and ward.endswith("区") else town


def device_kind(kind: str) -> tuple[str, str]:
    """Icon and word of a kind of device."""
    icon, word = DEVICE_KINDS.get(kind, DEVICE_KINDS["other"])
    return icon, _(word)


def area_words(area: str) -> str:
    """西日本, 東日本."""
    return {"west": _("西日本"), "east": _("東日本")}.get(area, _("エリア未定"))


def minutes_words(minutes: int) -> str:
    """``90分``, ``2時間``, ``3時間30分``, as the grid says it."""
    if minutes < 120 and minutes != 60:
        return _("{minutes}分").format(minutes=minutes)
    hours, rest = divmod(minutes, 60)
    if rest:
        return _("{hours}時間{minutes}分").format(hours=hours, minutes=rest)
    return _("{hours}時間").format(hours=hours)


def short_day(day: date) -> str:
    """``11/24 火``."""
    return _("{month}/{day} {weekday}").format(month=day.month, day=day.day, weekday=weekday_words(day))


def day_words(day: date) -> str:
    """``11月24日(火)``."""
    return _("{month}月{day}日（{weekday}）").format(month=day.month, day=day.day, weekday=weekday_words(day))


def span_words(span: Span) -> str:
    """``11月24日（火） 13:00〜16:30``."""
    return _("{day} {first}〜{last}").format(
        day=day_words(span.on), first=clock(span.first), last=clock(span.last)
    )


def closed_words(refusal: Refusal, day: date, area: Area) -> tuple[str, str]:
    """What is written on a closed day: its kind and, in bold, its reason (``休業日``, ``勤労感謝の日``)."""
    if refusal.kind == "year-end":
        return _("休業日"), pgettext("heading", "年末年始")
    if refusal.kind == "holiday":
        return _("休業日"), holiday_words(day) or _("祝日")
    if refusal.kind == "own":
        why = refusal.why.replace("(", "（").replace(")", "）").partition("（")[2]
        return _("当店の休業日"), why.rpartition("）")[0]
    weekday = _("{weekday}曜").format(weekday=weekday_words(day))
    if day.weekday() == 6:
        return _("休業日"), weekday
    return _("休業日"), _("{area}: {weekday}").format(area=area_words(area), weekday=weekday)


def menu_names(catalogue: Catalogue, service: str, day: date) -> dict[str, str]:
    """The names of the work of a service, by code; nothing where it knows no visits."""
    from app.errors import UserError
    from app.tariff.texts import words
    from app.visit.days import visit_rules

    try:
        return {item.code: words(item.name) for item in visit_rules(catalogue, service, day).menu}
    except UserError:
        return {}


def nobody() -> str:
    """The lane of visits nobody is assigned to."""
    return pgettext("visit", "未割当")
