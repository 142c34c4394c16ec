"""What an open action would put on the life bar."""

from __future__ import annotations

from dataclasses import replace

from app.usecases.contract_view import LifePicture, Mark
from app.words import _


def planned_marks(now: LifePicture, after: LifePicture) -> tuple[Mark, ...]:
    """The marks that would come, each said to be a plan; with the quantity from then on where it changes."""
    known = {(mark.on, mark.kind, mark.words) for mark in now.marks}
    found = []
    for mark in after.marks:
        if (mark.on, mark.kind, mark.words) in known:
            continue
        words = _("{words}（案）").format(words=mark.words)
        begins = next((one for one in after.segments if one.first == mark.on), None)
        if begins is not None and mark.kind in {"changed", "started"}:
            words = _("{what}（案）{quantity}").format(
                what=_("開始") if mark.kind == "started" else _("数量変更"), quantity=begins.words
            )
        found.append(replace(mark, words=words, planned=True))
    return tuple(found)
