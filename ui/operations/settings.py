"""Writes about the settings of the desk."""

from __future__ import annotations

from app.papers.issuer import Settings
from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

_SETTINGS = Changed(settings=True)


def save_settings(desk: Desk, settings: Settings) -> Outcome[Settings]:
    """Store all settings."""
    from app.usecases.keep_settings import save_settings as save

    return Outcome(save(desk, settings), _SETTINGS)


def save_image(desk: Desk, name: str, data: bytes | None) -> Outcome[Settings]:
    """Store or remove the `seal` or `logo` image."""
    from app.usecases.keep_settings import save_image as save

    return Outcome(save(desk, name, data), _SETTINGS)
