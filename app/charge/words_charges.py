"""Words for what befalls a contract: outages, fees, works, free periods, ends and reductions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from app.charge.lines import Reason
from app.charge.words_basic import ReasonRow, number, product, spans_words
from app.money import yen_words
from app.words import _


def _credit(reason: Reason) -> str:
    inputs = reason.inputs
    return _("−（{full}円 × {days}日 ÷ {month}日）").format(
        full=number(inputs["full"]), days=inputs["days"], month=inputs["days_of_month"]
    )


def _remainder(reason: Reason) -> str:
    """What is charged for the days left, less what the days without the outage would cost."""
    inputs = reason.inputs
    return _("{full}円 × {left}日 ÷ {month}日 − {charged}円").format(
        full=number(inputs["full"]),
        left=inputs["left"],
        month=inputs["days_of_month"],
        charged=number(inputs["charged"]),
    )


def _outage_step(reason: Reason) -> ReasonRow:
    words = _("利用できなかった期間（24時間ごとに1日）  {days}").format(days=spans_words(reason.inputs))
    return ReasonRow(1, words, _("{count}日").format(count=reason.inputs["days"]), reason.clause)


def _sum(reason: Reason) -> str:
    return " + ".join(yen_words(part.amount) for part in reason.parts)


def _works(reason: Reason) -> str:
    inputs = reason.inputs
    full = _("{full}円").format(full=number(inputs["full"]))
    if inputs["done"] == 1:
        return full
    return _("{full} × {done}").format(full=full, done=inputs["done"])


def _works_step(reason: Reason) -> ReasonRow:
    if reason.inputs["done"] == 1:
        return ReasonRow(1, _("工事費の全額"), "", reason.clause)
    return ReasonRow(1, _("解約までに着手した工事の割合"), str(reason.inputs["done"]), reason.clause)


def _free_period(reason: Reason) -> str:
    return _("無料期間 {days}日").format(days=reason.inputs["days"])


def _free_step(reason: Reason) -> ReasonRow:
    return ReasonRow(1, _("無料期間  {days}").format(days=spans_words(reason.inputs)), "", reason.clause)


def _each(reason: Reason) -> str:
    """Floored for each unit before it is multiplied."""
    inputs = reason.inputs
    return _("{quantity} × （{price}円 × {days}日 ÷ {month}日 → {each}円）").format(
        quantity=number(inputs["quantity"]),
        price=number(inputs["unit_price"]),
        days=inputs["days"],
        month=inputs["days_of_month"],
        each=number(inputs["each"]),
    )


def _nothing(_reason: Reason) -> str:
    return _("料金なし")


def _termination(reason: Reason) -> str:
    inputs = reason.inputs
    left = inputs["months_left"]
    if "quantity" in inputs:
        full = _("{per_month} × 残り{left}か月").format(per_month=product(inputs), left=left)
    else:
        full = _("{basis}円 × 残り{left}か月").format(basis=number(inputs["basis"]), left=left)
    return _("{full} → 免除").format(full=full) if "waived" in inputs else full


_WAIVED: Final[Mapping[str, Callable[[], str]]] = {
    "terms-change": lambda: _("規約の変更に同意しない解約（通知から実施日までに申出）のため免除"),
    "service-end": lambda: _("提供会社によるサービス終了のため免除"),
    "supplier-change": lambda: _("契約者の責めによらない提供条件の変更のため免除"),
}


def _termination_step(reason: Reason) -> ReasonRow:
    waived = _WAIVED.get(str(reason.inputs.get("waived")))
    if waived is not None:
        return ReasonRow(1, waived(), "", reason.clause)
    words = _("最低契約期間{term}か月のうち、契約から{number}か月目").format(
        term=reason.inputs["term"], number=reason.inputs["month_number"]
    )
    value = _("残り{left}か月").format(left=reason.inputs["months_left"])
    return ReasonRow(1, words, value, reason.clause)


CHARGE_FORMULAS: Final[Mapping[str, Callable[[Reason], str]]] = {
    "base-remaining-year": _termination,
    "days-of-month-each": _each,
    "fee": lambda reason: product(reason.inputs),
    "free-period": _free_period,
    "nothing": _nothing,
    "outage-credit": _credit,
    "outage-remainder": _remainder,
    "reduced-units-remaining-months": _termination,
    "sum": _sum,
    "works-share": _works,
}

CHARGE_STEPS: Final[Mapping[str, Callable[[Reason], ReasonRow]]] = {
    "base-remaining-year": _termination_step,
    "free-period": _free_step,
    "outage-credit": _outage_step,
    "outage-remainder": _outage_step,
    "reduced-units-remaining-months": _termination_step,
    "works-share": _works_step,
}
