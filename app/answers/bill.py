"""``bill``: what a contract is charged for in each month."""

from __future__ import annotations

from app.answers.contract import read_contract
from app.answers.explain import bill_json, readings_json
from app.answers.fields import REFUSALS, Fields
from app.charge.engine import charge
from app.charge.lines import Line, make_bill
from app.days import Month


def answer(given: Fields) -> dict[str, object]:
    """``{"months": {"2026-05": {"lines", "net", "tax", "exempt", "total"}}}``.

    One month that cannot be charged refuses the whole question.
    """
    service = given.service()
    contract = given.inside("contract", needed=True)
    timeline = read_contract(service, contract)
    months = given.months("months")
    problems = given.asked.problems
    problems.raise_if_any(REFUSALS)
    charged: dict[Month, tuple[Line, ...]] = {}
    for month in months:
        with problems.collecting():
            charged[month] = charge(timeline, given.asked.catalogue, month)
    problems.raise_if_any(REFUSALS)
    used = (reading for lines in charged.values() for line in lines for reading in line.reason.all_readings())
    return {
        "months": {str(month): bill_json(make_bill(lines, month.last)) for month, lines in charged.items()},
        "readings": readings_json(used),
    }
