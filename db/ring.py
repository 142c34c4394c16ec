"""The system's key ring (Windows Credential Manager, macOS Keychain, Secret Service), where there is one."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, NoReturn

from app.errors import EnvironmentProblem
from app.places import APPLICATION
from app.words import _
from db.ids import uuid7

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_log: Final = logging.getLogger(__name__)


def usable() -> bool:
    """Whether a secret put into the ring can be read back."""
    try:
        _forget(keep("probe"))
    except EnvironmentProblem:
        return False
    return True


def keep(secret: str) -> str:
    """Put a secret into the ring under a new name, which is returned.

    Raises EnvironmentProblem ``keyring-unavailable``.
    """
    backend = _backend()
    name = uuid7()
    try:
        backend.set_password(APPLICATION, name, secret)
        kept = backend.get_password(APPLICATION, name) == secret
    except Exception as error:  # backends raise whatever their system does
        _unavailable(error)
    if not kept:
        _unavailable(None)
    return name


def fetch(name: str) -> str:
    """The secret of that name. EnvironmentProblem: ``keyring-unavailable``, ``key-not-in-keyring``."""
    backend = _backend()
    try:
        secret = backend.get_password(APPLICATION, name)
    except Exception as error:
        _unavailable(error)
    if secret is None:
        raise EnvironmentProblem(
            "key-not-in-keyring",
            _("この端末の資格情報ストアに、データベースの鍵がありません。"),
            kept=_("データベースはそのまま残っています。"),
            remedy=_("データを作った端末と利用者で開いてください。"),
        )
    return secret


def forget(name: str | None) -> None:
    """Take a secret out of the ring, if there is one of that name. What fails is only logged."""
    if name is None:
        return
    try:
        _forget(name)
    except EnvironmentProblem as error:
        _log.warning("could not remove an old key from the key ring", exc_info=error)


def _forget(name: str) -> None:
    try:
        _backend().delete_password(APPLICATION, name)
    except EnvironmentProblem:
        raise
    except Exception as error:
        _unavailable(error)


def _backend() -> KeyringBackend:
    import keyring
    from keyring.backends import fail, null

    try:
        backend = keyring.get_keyring()
    except Exception as error:
        _unavailable(error)
    if isinstance(backend, fail.Keyring | null.Keyring):
        _unavailable(None)
    return backend


def _unavailable(cause: Exception | None) -> NoReturn:
    raise EnvironmentProblem(
        "keyring-unavailable",
        _("この端末の資格情報ストアを使えません。"),
        kept=_("データは変えていません。"),
        remedy=_("パスフレーズで保護するか、資格情報ストアを使えるようにしてください。"),
    ) from cause
