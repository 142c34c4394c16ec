"""Which form belongs to which action, and which action records which entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.contract.actions import Action
from app.contract.facts import Voided
from ui.contracts.actions.cancel_forms import CancelForm, CompanyEndForm
from ui.contracts.actions.handover_forms import SucceedForm, TransferForm
from ui.contracts.actions.money_forms import BillingForm, SurchargeForm, WorksFeeForm
from ui.contracts.actions.notice_forms import DeclineForm, NotifyForm, PromoteForm, TermsNoticeForm
from ui.contracts.actions.outage_forms import InterruptForm, OutageForm, RestoreForm
from ui.contracts.actions.pause_forms import ResumeForm, SuspendForm
from ui.contracts.actions.quantity_form import QuantityForm
from ui.contracts.actions.void_form import VoidForm
from ui.contracts.application.start_form import StartForm
from ui.contracts.application.step_forms import (
    AcceptForm,
    ExplainForm,
    RefuseForm,
    RevokeForm,
    WithdrawForm,
)
from ui.contracts.application.submit_form import SubmitForm

if TYPE_CHECKING:
    from app.contract.record import Entry
    from ui.contracts.actions.form import ActionForm

# All but EDIT: what is applied for has a tab of its own.
FORMS: Final[dict[Action, type[ActionForm]]] = {
    Action.EXPLAIN: ExplainForm,
    Action.SUBMIT: SubmitForm,
    Action.WITHDRAW: WithdrawForm,
    Action.ACCEPT: AcceptForm,
    Action.REFUSE: RefuseForm,
    Action.REVOKE: RevokeForm,
    Action.START: StartForm,
    Action.CHANGE: QuantityForm,
    Action.SUSPEND: SuspendForm,
    Action.RESUME: ResumeForm,
    Action.OUTAGE: OutageForm,
    Action.RESTORE: RestoreForm,
    Action.INTERRUPT: InterruptForm,
    Action.TRANSFER: TransferForm,
    Action.SUCCEED: SucceedForm,
    Action.NOTIFY: NotifyForm,
    Action.BILLING: BillingForm,
    Action.WORKS_FEE: WorksFeeForm,
    Action.PROMOTE: PromoteForm,
    Action.TERMS_NOTICE: TermsNoticeForm,
    Action.DECLINE_RENEWAL: DeclineForm,
    Action.CANCEL: CancelForm,
    Action.CANCEL_COMPANY: CompanyEndForm,
    Action.SURCHARGE: SurchargeForm,
    Action.VOID: VoidForm,
}


def action_of(entry: Entry) -> Action | None:
    """The action that records entries of this kind; None for a voiding one."""
    from app.usecases.check_entries import action_of as recorded_by

    return None if isinstance(entry, Voided) else recorded_by(entry)
