"""Carried visits in words: how strong a passphrase is, what a field of a visit is called, what it holds."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from app.usecases.carry_box import SHORTEST_PASSPHRASE
from app.usecases.carry_visits import Arrival
from app.visit.order import Device, Span, VisitPlace
from app.words import _
from ui.visits.words import device_kind, span_words

_GOOD, _KINDS = 16, 3


def strength_words(passphrase: str) -> tuple[str, str]:
    """How strong a passphrase is and the tone to say it in."""
    length = len(unicodedata.normalize("NFKC", passphrase))
    if length < SHORTEST_PASSPHRASE:
        return _("あと{count}文字以上必要です").format(count=SHORTEST_PASSPHRASE - length), "danger"
    kinds = len({_kind(one) for one in passphrase})
    if len(set(passphrase)) <= length // 3:
        return _("弱い：同じ文字のくり返しを避けてください"), "warn"
    if length >= _GOOD or kinds >= _KINDS:
        return _("十分な強さです"), "good"
    return _("ふつう：単語を3つ以上つなげると強くなります"), "warn"


def _kind(character: str) -> str:
    return "digit" if character.isdigit() else "letter" if character.isalpha() else "sign"


def field_words(name: str) -> str:
    """What a field of a visit's content is called."""
    return {
        "service": _("サービス"), "contract_id": _("契約"), "quotation_id": _("見積"), "place": _("訪問先"),
        "devices": _("機器と作業"), "with_line_order": _("回線と同時の申込み"), "dispatches": _("派遣の回数"),
        "use_free": _("無償訪問を使う"), "minutes": _("所要時間"), "technicians": _("担当"), "spans": _("日時"),
        "bring": _("持ち物"), "wishes": _("ご希望"), "remarks": _("備考"),
    }[name]  # fmt: skip


def value_words(value: object, names: dict[str, str]) -> str:
    """What a field holds. ``names``: technicians by id."""
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, VisitPlace):
        return " ".join(
            one for one in (value.name, value.address, value.person, value.phone, value.access) if one
        )
    if isinstance(value, tuple):
        return _sequence_words(value, names)
    if value is None or value == "":
        return _("（なし）")
    return str(value)


def _sequence_words(value: Sequence[object], names: dict[str, str]) -> str:
    parts = []
    for one in value:
        if isinstance(one, Span):
            parts.append(span_words(one))
        elif isinstance(one, Device):
            volume = f" {one.data_gb}GB" if one.data_gb else ""
            parts.append(f"{one.name or device_kind(one.kind)[1]}{volume}（{len(one.menu)}）")
        else:
            parts.append(names.get(str(one), str(one)))
    return _("、").join(parts) or _("（なし）")


def kind_words(arrival: Arrival) -> tuple[str, str, str]:
    """Icon, tone and words of what happens to a visit of a file."""
    return {
        "new": ("plus", "good", _("新しく取り込みます")),
        "merge": ("check", "good", _("現場の記録を取り込みます")),
        "nothing": ("minus", "text2", _("変わりはありません")),
        "conflict": ("triangle-alert", "warn", _("両方で変わっています")),
        "foreign": ("circle-x", "danger", _("この窓口の訪問ではありません")),
    }[arrival.kind]
