"""What the terms say of a contract's life besides its charges: what may happen to it, on which conditions.

Facts to hold actions against and to show; nothing here computes.
"""

from __future__ import annotations

from typing import Literal

from app.tariff.base import Record, Text

Lines = tuple[Literal["flets", "collab", "other"], ...]


class LifeGround(Record, frozen=True, kw_only=True):
    """A ground on which the provider may suspend the service or end the contract. ``notice`` False: it need
    not tell the customer before. A ``code`` that is a reason of ``Ended`` decides it (``service-end``).
    """

    code: str
    name: Text
    notice: bool = True
    clause: str


class Suspension(Record, frozen=True, kw_only=True):
    """利用停止: on which grounds, how long at most (``longest_months``, None: as the provider says), whether it
    lasts until arrears are paid, and whether it is announced (``notice_clause`` empty: the terms ask for no
    notice).
    """

    grounds: tuple[LifeGround, ...]
    longest_months: int | None = None
    until_paid: bool = False
    notice_clause: str = ""
    clause: str


class Interruption(Record, frozen=True, kw_only=True):
    """提供中止 for works or an emergency. ``notice``: it is announced unless urgent."""

    notice: bool = True
    notice_clause: str = ""
    clause: str


class TransferCondition(Record, frozen=True, kw_only=True):
    """Something that must hold (``holds`` True) or must not hold (False) for a transfer to be approved.

    ``lines``: only on these lines; empty = on any.
    """

    code: str
    name: Text
    holds: bool
    lines: Lines = ()
    clause: str


class Transfer(Record, frozen=True, kw_only=True):
    """譲渡. ``policy``: ``approved-unless`` the provider approves unless a condition speaks against it,
    ``with-approval`` it is free to approve or not, ``with-consent`` only with the written consent of the
    other party. ``joint_form``: asked for in writing by both parties, on ``form_clause``, where the line is
    one of ``form_lines`` (empty = on any); ``proof_instead``: papers that prove the transfer do as well.
    """

    policy: Literal["approved-unless", "with-approval", "with-consent"]
    conditions: tuple[TransferCondition, ...] = ()
    joint_form: bool = False
    form_clause: str = ""
    form_lines: Lines = ()
    proof_instead: bool = False
    note: Text | None = None
    clause: str


class Succession(Record, frozen=True, kw_only=True):
    """承継 by inheritance or merger: whether documents are to be filed, and several successors name one
    representative.
    """

    documents: bool = True
    representative: bool = True
    representative_clause: str = ""
    note: Text | None = None
    clause: str


class CompanyEnd(Record, frozen=True, kw_only=True):
    """解除 by the provider: its grounds, and on which clause it tells the customer before."""

    grounds: tuple[LifeGround, ...]
    notice_clause: str = ""
    clause: str


class Consent(Record, frozen=True, kw_only=True):
    """Something the customer agrees to or warrants when applying. ``kind``: other ``terms``, use of ``data``,
    no ties to ``anti-social`` forces. ``deemed``: the application itself counts as agreement.
    """

    code: str
    name: Text
    kind: Literal["terms", "data", "anti-social", "other"] = "terms"
    deemed: bool = False
    clause: str


class EquipmentRule(Record, frozen=True, kw_only=True):
    """A kind of device of the service: to whom it may belong, and what becomes of it at the end.

    ``at_end``: ``return`` to the provider, ``keep``, or ``dispose`` by the customer; rented ones only where
    ``ownership`` knows others too. ``return_code``: the code of the deadline among the edition's that sets
    the last day. ``passes``: when it becomes the customer's. ``risk_clause``: from arrival the customer
    bears the risk, whoever owns it ("": the terms don't say).
    """

    kind: Literal["gateway", "sensor", "dongle", "sim", "connector", "other"]
    name: Text
    ownership: tuple[
        Literal["rental", "purchased", "designated-seller", "passes-on-payment", "customer"], ...
    ]
    at_end: Literal["return", "keep", "dispose"]
    return_code: str = ""
    passes: Literal["", "on-initial-fee", "at-end"] = ""
    loss: Text | None = None
    risk_clause: str = ""
    clause: str


class LifeRules(Record, frozen=True, kw_only=True):
    """The clauses a contract's life rests on; an empty one: the terms say nothing.

    ``acceptance_clause``: what forms the contract. ``revocable_clause``: an acceptance can be taken back.
    ``one_per_line_clause``: one contract per internet line. ``receipt_order_clause``: applications are
    accepted in the order they came. ``terms_change_clause``: who disagrees with changed terms may leave.
    ``before_start_clause``: what is due when the customer leaves before the start.
    """

    acceptance_clause: str
    start_clause: str
    change_clause: str
    application_clause: str
    revocable_clause: str = ""
    one_per_line_clause: str = ""
    receipt_order_clause: str = ""
    notified_clause: str = ""
    terms_change_clause: str = ""
    before_start_clause: str = ""
    suspension: Suspension
    interruption: Interruption
    transfer: Transfer
    succession: Succession | None = None
    company_end: CompanyEnd
    consents: tuple[Consent, ...] = ()
    equipment: tuple[EquipmentRule, ...] = ()
