"""Rules for what stands of a contract's life: transfers, suspensions, devices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.tariff.findings import Finding, Rule
from app.tariff.life import EquipmentRule, Interruption, Succession, Suspension, Transfer
from app.tariff.model import Edition
from app.tariff.shape import shown
from app.words import _


def suspension(record: Suspension, _edition: Edition) -> Iterator[Finding]:
    """A longest time of at least a month."""
    if record.longest_months is not None and record.longest_months < 1:
        yield Finding("longest_months", shown(record.longest_months), _("1以上の整数"))


def interruption(record: Interruption, _edition: Edition) -> Iterator[Finding]:
    """A clause for the notice where, and only where, there is one."""
    yield from _clause_where(record.notice, "notice", record.notice_clause, "notice_clause")


def transfer(record: Transfer, _edition: Edition) -> Iterator[Finding]:
    """Conditions where the provider approves unless one speaks against it; a clause for the form."""
    if (record.policy == "approved-unless") != bool(record.conditions):
        found = shown(list(record.conditions)) if record.conditions else _("ありません")
        yield Finding("conditions", found, _('policyが"approved-unless"のときだけ、必ず書きます'))
    yield from _clause_where(record.joint_form, "joint_form", record.form_clause, "form_clause")


def succession(record: Succession, _edition: Edition) -> Iterator[Finding]:
    """A clause for the representative where one is to be named."""
    yield from _clause_where(
        record.representative, "representative", record.representative_clause, "representative_clause"
    )


def equipment(record: EquipmentRule, inside: Edition) -> Iterator[Finding]:
    """A day of return that the edition has, of a device that goes back."""
    if not record.return_code:
        return
    known = [rule.code for rule in inside.deadlines]
    if record.return_code not in known:
        yield Finding(
            "return_code",
            shown(record.return_code),
            _("deadlinesにあるcode（{names}）").format(names=_("、").join(known)),
            ("deadlines",),
        )
    if record.at_end != "return":
        yield Finding("return_code", shown(record.return_code), _('at_endが"return"の機器だけに書けます'))


def _clause_where(holds: bool, name: str, clause: str, key: str) -> Iterator[Finding]:
    if holds != bool(clause.strip()):
        found = shown(clause) if clause.strip() else _("ありません")
        yield Finding(key, found, _("{name}がtrueのときだけ、その根拠となる条項").format(name=name))


LIFE_RULES: Mapping[type, Rule] = {
    Suspension: suspension,
    Interruption: interruption,
    Transfer: transfer,
    Succession: succession,
    EquipmentRule: equipment,
}
