"""Words and icons of a contract's states, and names of services, as the list and the page say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.words import _, pgettext

if TYPE_CHECKING:
    from app.contract.record import ContractState
    from app.tariff.catalogue import Catalogue


def states_in_words() -> dict[str, tuple[str, str, str]]:
    """Icon, word and meaning of each state, by its value. The usual one stands without a ground."""
    return {
        "preparing": ("pencil", _("申込準備"), "quiet"),
        "submitted": ("send", _("審査中"), "note"),
        "refused": ("circle-x", _("不承諾"), "neutral"),
        "withdrawn": ("undo-2", _("取下げ"), "neutral"),
        "accepted": ("clipboard-check", _("開始待ち"), "note"),
        "revoked": ("circle-x", _("承諾取消"), "neutral"),
        "active": ("check", _("利用中"), "plain"),
        "suspended": ("pause", pgettext("state", "利用停止"), "warn"),
        "ending": ("log-out", _("解約予定"), "warn"),
        "ended": ("square", _("解約済み"), "neutral"),
    }


def state_words(state: ContractState) -> tuple[str, str, str]:
    """Icon, word and meaning of a state."""
    return states_in_words()[state.value]


def service_name(catalogue: Catalogue, code: str) -> str:
    """The short name of a service; its code where no tariff knows it any more."""
    from app.errors import UserError
    from app.tariff.catalogue import words

    try:
        return words(catalogue.service(code).short)
    except UserError:
        return code


def unit_words(catalogue: Catalogue, service: str, item: str) -> str:
    """The unit of an item, as the newest edition that has it says; "" where none does."""
    from app.errors import UserError
    from app.tariff.catalogue import words

    try:
        editions = catalogue.service(service).editions
    except UserError:
        return ""
    found = next((one for edition in reversed(editions) if (one := edition.item(item))), None)
    return words(found.unit) if found is not None else ""


def next_words(catalogue: Catalogue, service: str, code: str) -> str:
    """What a deadline of a service is called."""
    from app.contract.deadline_words import deadline_words
    from app.errors import UserError

    try:
        return deadline_words(code, catalogue.service(service))
    except UserError:
        return deadline_words(code)
