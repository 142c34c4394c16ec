"""A strip on the contract's page: the important points were not explained, or of an older edition."""

from __future__ import annotations

from app.contract.actions import Action
from app.contract.explained import ExplanationStanding, explanation_standing
from app.contract.record import ContractState
from app.contract.steps import Accepted, Submitted
from app.days import date_words
from app.usecases.contract_view import ContractView
from app.words import _
from ui.widgets.strips import AdviceStrip

_ON_ITS_WAY = {ContractState.PREPARING, ContractState.SUBMITTED, ContractState.ACCEPTED}
_LIVES = {*_ON_ITS_WAY, ContractState.ACTIVE, ContractState.SUSPENDED, ContractState.ENDING}


class ExplanationNotice(AdviceStrip):
    """Shown only where something is to be said. ``accepted`` asks to explain now."""

    def __init__(self) -> None:
        super().__init__(meaning="warn", icon="clipboard-check")
        self.hide()

    def show_view(self, view: ContractView) -> None:
        """How the explanation of a contract stands."""
        words = notice_words(view)
        self.setVisible(bool(words))
        if words:
            can = view.actions.get(Action.EXPLAIN) is None
            self.set_words(*words, _("説明を記録") if can else "")


def standing_of(view: ContractView) -> ExplanationStanding:
    """How the explanation of a contract stands."""
    content = view.stored.content
    return explanation_standing(
        tuple(one.entry for one in view.stored.entries),
        view.catalogue.service(content.service).editions,
        content.application.wished_start,
        view.today,
    )


def notice_words(view: ContractView) -> tuple[str, str] | None:
    """What is to be said, and what to do; None where all is well or nothing can be done any more. What ran
    before this program did (no step of the application is recorded) is left alone.
    """
    state, found = view.standing.state, standing_of(view)
    applied = any(isinstance(one.entry, Submitted | Accepted) for one in view.stored.entries)
    if found.missing and (state in _ON_ITS_WAY or (applied and state in _LIVES)):
        return (
            _("重要事項の説明がまだです"),
            _("重要事項説明書をお客さまに説明し、署名をいただいてください。"),
        )
    if found.outdated and state in _LIVES and found.told is not None and found.starts_under is not None:
        return (
            _("重要事項の説明は、開始のときより前の版のものです"),
            _(
                "{told}実施の版を説明しています。開始のときは{now}実施の版です。もう一度ご説明ください。"
            ).format(
                told=date_words(found.told, weekday=False),
                now=date_words(found.starts_under, weekday=False),
            ),
        )
    return None
