"""The code of the desk, without which nothing can be numbered."""

from __future__ import annotations

from app.errors import Problem, UserError
from app.papers.issuer import Settings
from app.words import _


def check_desk_code(settings: Settings) -> None:
    """See that documents, contracts and months can be numbered. Raises UserError ``no-desk-code``."""
    if not settings.desk_code:
        raise UserError(
            Problem(
                "no-desk-code",
                _("窓口の符号が決まっていないため、番号を付けられません。"),
                remedy=_("設定の「窓口」で符号（英数字2〜4文字）を決めてください。"),
                field="settings.desk_code",
            )
        )
