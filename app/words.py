"""The words people read, in Japanese and English.

A message id *is* the Japanese text, so Japanese needs no catalogue and can never be missing; English comes
from ``resources/translations/en.mo``, which is read when English is first chosen. A text without an English
entry stays Japanese (``packaging/dev.py words --check`` keeps that from happening).

Call ``_`` when the words are made, never while a module is imported: the language can change while the
program runs. A constant that holds words is marked with ``N_`` and goes through ``_`` where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from gettext import NullTranslations

Language = Literal["ja", "en"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

_current: Language = "ja"
_aside: ContextVar[Language | None] = ContextVar("language", default=None)
_catalogues: dict[Language, NullTranslations] = {}


def set_language(name: str) -> None:
    """Choose the language of everything said from now on.

    Raises ValueError for a language the program does not speak. When English was never compiled
    (a source tree without set-up) the words stay Japanese.
    """
    global _current  # noqa: PLW0603 - one language for the whole program, as the user chose it
    _current = _known(name)


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Speak another language inside the block, in this thread alone: papers have a language of their own.

    Raises ValueError for a language the program does not speak.
    """
    token = _aside.set(_known(name))
    try:
        yield
    finally:
        _aside.reset(token)


def _known(name: str) -> Language:
    if name not in LANGUAGES:
        raise ValueError(f"no such language: {name!r}")
    if name != "ja" and name not in _catalogues:
        _catalogues[name] = _load(name)
    return name


def language() -> Language:
    """The language in use."""
    return _aside.get() or _current


def _(text: str) -> str:
    """Say a Japanese text in the language in use."""
    spoken = _aside.get() or _current
    if spoken == "ja" or not text:  # the empty id holds the catalogue's head, not words
        return text
    return _catalogues[spoken].gettext(text)


def pgettext(context: str, text: str) -> str:
    """Like ``_``, for a Japanese word that needs different English words in different places.

    ``context`` is never shown; it is an English word for the place, such as ``"button"``.
    """
    spoken = _aside.get() or _current
    if spoken == "ja":
        return text
    return _catalogues[spoken].pgettext(context, text)


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools know
    """Mark a text for translation and return it unchanged."""
    return text


def _load(name: Language) -> NullTranslations:
    """The compiled catalogue of a language; an empty one (which says the Japanese) when there is none."""
    from gettext import GNUTranslations, NullTranslations

    from app.places import resources

    try:
        with resources("translations", f"{name}.mo").open("rb") as file:
            return GNUTranslations(file)
    except FileNotFoundError:
        return NullTranslations()
