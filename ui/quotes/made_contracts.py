"""Contracts made of a quotation, and what is told of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.words import _
from ui.operations.contracts import contracts_of_quotation

if TYPE_CHECKING:
    from app.contract.record import StoredContract

_JUST_NOW = timedelta(minutes=1)

__all__ = ["contracts_of_quotation", "made_words"]


def made_words(made: Sequence[StoredContract], now: datetime) -> str:
    """``C-HM1-2611-0012の申込みを作成しました``; of several, how many; of one made before, that it is open."""
    if now - made[0].created_at > _JUST_NOW:
        return _("この見積から作成した{number}を開きました").format(number=made[0].number)
    if len(made) == 1:
        return _("受注として、{number}の申込みを作成しました").format(number=made[0].number)
    numbers = _("、").join(one.number for one in made[:3])
    return _("受注として、{count}件の申込みを作成しました（{numbers}）").format(
        count=len(made), numbers=numbers
    )
