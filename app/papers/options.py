"""Reads what only one kind of paper asks for (``PaperRequest.options``), every problem told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from app.errors import Problems
from app.words import _

LONGEST: Final = 200  # characters of a line


class Options:
    """The options of a request, read one by one. What is wrong is collected in ``problems`` with its field
    (``options.items.0.name``) and read as if it were not there; ``finish`` raises UserError with all of it.
    """

    def __init__(
        self, given: Mapping[str, Any], problems: Problems | None = None, place: str = "options"
    ) -> None:
        self._given = given
        self._read: set[str] = set()
        self._place = place
        self.problems = Problems() if problems is None else problems

    def has(self, name: str) -> bool:
        """Whether something was said."""
        return self._given.get(name) not in (None, "", [])

    def raw(self, name: str) -> Any:
        """What was said, unread; None where nothing was."""
        self._read.add(name)
        return self._given.get(name)

    def wrong(self, name: str, what: str, remedy: str = "") -> None:
        """Something is wrong with an option."""
        self.problems.add("bad-input", what, remedy=remedy, field=f"{self._place}.{name}")

    def text(self, name: str, label: str, longest: int = LONGEST, *, needed: bool = False) -> str:
        """A line of text, its blanks tidied; "" where nothing was said."""
        value = self.raw(name)
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.wrong(name, _("「{name}」は文字で入力してください。").format(name=label))
            return ""
        text = " ".join(value.split())
        if needed and not text:
            self.wrong(name, _("「{name}」がありません。").format(name=label), _("入力してください。"))
        if len(text) > longest:
            self.wrong(
                name,
                _("「{name}」が長すぎます（{count}文字）。").format(name=label, count=len(text)),
                _("{longest}文字までにしてください。").format(longest=longest),
            )
            return ""
        return text

    def day(self, name: str, label: str) -> date | None:
        """A day, as such or as ``2026-11-30``; None where nothing was said."""
        value = self.raw(name)
        if isinstance(value, str) and value.strip():
            try:
                return date.fromisoformat(value.strip())
            except ValueError:
                pass
        elif value is None or value == "" or type(value) is date:
            return value or None
        self.wrong(name, _("「{name}」は日付として使えません。").format(name=label))
        return None

    def number(self, name: str, label: str, least: int, most: int, usual: int) -> int:
        """A whole number within bounds; ``usual`` where nothing was said."""
        value = self.raw(name)
        if value is None:
            return usual
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.wrong(
                name,
                _("「{name}」は{least}から{most}までの整数で入力してください。").format(
                    name=label, least=least, most=most
                ),
            )
            return usual
        return value

    def flag(self, name: str, label: str, *, usual: bool) -> bool:
        """Yes or no; ``usual`` where nothing was said."""
        value = self.raw(name)
        if value is not None and not isinstance(value, bool):
            self.wrong(name, _("「{name}」は「はい」か「いいえ」でお答えください。").format(name=label))
        return value if isinstance(value, bool) else usual

    def one_of(self, name: str, label: str, allowed: Sequence[str]) -> str:
        """One of the values allowed, the first where nothing was said."""
        value = self.raw(name)
        if value is None or value == "":
            return allowed[0]
        if value not in allowed:
            self.wrong(
                name,
                _("「{name}」に「{value}」は使えません。").format(name=label, value=value),
                _("次の中からお選びください：{names}").format(names=_("、").join(allowed)),
            )
            return allowed[0]
        return str(value)

    def rows(self, name: str, label: str, most: int, *, needed: bool = False) -> list[Options]:
        """A list of things, each to be read like this."""
        value = self.raw(name)
        if value is None:
            value = []
        if not isinstance(value, list | tuple) or not all(isinstance(one, Mapping) for one in value):
            self.wrong(name, _("「{name}」の形が正しくありません。").format(name=label))
            return []
        if needed and not value:
            self.wrong(name, _("「{name}」がありません。").format(name=label), _("1つ以上入力してください。"))
        if len(value) > most:
            self.wrong(name, _("「{name}」は{most}件までです。").format(name=label, most=most))
            return []
        return [
            Options(one, self.problems, f"{self._place}.{name}.{place}") for place, one in enumerate(value)
        ]

    def nothing_else(self) -> None:
        """Everything that was said has been read; what nobody asked for is a problem."""
        for name in self._given:
            if name not in self._read:
                self.wrong(name, _("「{name}」はこの書類の項目ではありません。").format(name=name))

    def finish(self) -> None:
        """Raise UserError with everything found, if anything was."""
        self.nothing_else()
        self.problems.raise_if_any()
