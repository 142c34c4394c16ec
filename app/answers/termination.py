"""``termination``: what ending or reducing a contract costs."""

from __future__ import annotations

from app.answers.contract import read_contract
from app.answers.explain import line_json, readings_json, reason_json
from app.answers.fields import REFUSALS, Fields
from app.charge.termination import ending
from app.charge.words import sentence
from app.words import _


def answer(given: Fields) -> dict[str, object]:
    """``{"fee", "months_left", "waived"}``; the end is meant where there are both an end and changes."""
    service = given.service()
    contract = given.inside("contract", needed=True)
    timeline = read_contract(service, contract)
    problems = given.asked.problems
    if not problems and timeline.ended is None and len(timeline.history.states) == 1:
        contract.refuse(
            "cancel",
            _("解約も数量の変更もありません。"),
            remedy=_("cancelかchangesを書いてください。"),
        )
    problems.raise_if_any(REFUSALS)
    found = ending(timeline, given.asked.catalogue)
    if found is None:
        return {"fee": 0, "months_left": 0, "waived": False, "why": _("解約金の定めはありません。")}
    answered: dict[str, object] = {
        "fee": found.fee,
        "months_left": found.months_left,
        "waived": found.waived,
        "why": sentence(found.reason),
        "reason": reason_json(found.reason),
        "readings": readings_json(found.reason.all_readings()),
    }
    if found.line is not None:
        answered["line"] = line_json(found.line)
    return answered
