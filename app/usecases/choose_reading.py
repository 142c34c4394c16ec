"""Choose how an unclear passage of the terms is read at this desk, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from app.errors import UserError
from app.papers.issuer import Settings
from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from app.usecases.keep_settings import save_settings

STANDARD = ""


def choose_reading(desk: Desk, name: str, choice: str, reason: str) -> Settings:
    """Read the passage ``name`` as ``choice`` in every service that has it; STANDARD as each service's file
    says. A choice that is the file's own everywhere counts as STANDARD, which keeps no reason.

    Raises UserError ``bad-input`` for a reading or a choice nobody has, ConflictError.
    """
    settings = desk.settings()
    return save_settings(
        desk,
        msgspec.structs.replace(
            settings,
            readings=chosen(desk.catalogue, settings.readings, name, choice),
            reading_reasons=_reasons(desk.catalogue, settings, name, choice, reason),
        ),
    )


def chosen(catalogue: Catalogue, choices: Mapping[str, str], name: str, choice: str) -> dict[str, str]:
    """The choices of a desk after one more; nothing is stored."""
    others = {known: value for known, value in choices.items() if known != name}
    return others if _is_standard(catalogue, name, choice) else {**others, name: choice}


def _reasons(catalogue: Catalogue, settings: Settings, name: str, choice: str, reason: str) -> dict[str, str]:
    others = {known: value for known, value in settings.reading_reasons.items() if known != name}
    if _is_standard(catalogue, name, choice) or not reason.strip():
        return others
    return {**others, name: reason.strip()}


def _is_standard(catalogue: Catalogue, name: str, choice: str) -> bool:
    return choice == STANDARD or set(_declared(catalogue, name)) == {choice}


def _declared(catalogue: Catalogue, name: str) -> Iterator[str]:
    """The choices the files take; a service whose file is wrong has no say."""
    for code in catalogue.codes():
        try:
            service = catalogue.service(code)
        except UserError:
            continue
        for edition in service.editions:
            reading = edition.reading(name)
            if reading is not None:
                yield reading.choice
