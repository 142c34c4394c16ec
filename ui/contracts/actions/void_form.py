"""取消し and 訂正: an entry is taken back, or put right; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal

from app.charge.entry_names import entry_words
from app.contract.facts import Ended, RenewalDeclined, Voided
from app.contract.life import entries_standing
from app.words import N_, _
from ui.contracts.actions.form import ActionForm
from ui.contracts.actions.shown import Note
from ui.quotes.form_rows import LinkButton

if TYPE_CHECKING:
    from app.contract.record import Entry, Recorded


class VoidForm(ActionForm):
    """Which entry, and why. ``correct_wanted`` carries an entry to be put right instead."""

    TITLE = N_("記録の取消し・訂正")
    BUTTON = N_("取り消す")
    UNDOABLE = False
    ALIASES: ClassVar[Mapping[str, str]] = {"voids": "entry", "id": "entry"}

    correct_wanted = Signal(object)

    def build(self) -> None:
        self._known = {one.entry.id: one for one in self._recorded()}
        options = [(key, entry_words(one.entry)) for key, one in self._known.items()]
        self.add(self.choice("entry", _("取り消す記録"), options, options[0][0] if options else None))
        self._detail = self.say("", "text2")
        self._correct = LinkButton(_("取り消さずに、正しい内容で記録し直す"), "pencil")
        self._correct.clicked.connect(self._on_correct)
        self.add(self._correct)
        self.add(self.text("why", _("取り消す理由"), hint=_("例：日付の打ち間違い")))

    def _recorded(self) -> list[Recorded]:
        """What stands, the newest first."""
        recorded = self.context.stored.entries
        held = {one.id for one in entries_standing(one.entry for one in recorded) if one.id}
        return [one for one in reversed(recorded) if one.entry.id in held]

    @property
    def chosen(self) -> Recorded | None:
        """The entry chosen."""
        return self._known.get(str(self.value_of("entry") or ""))

    def take_entry(self, entry_id: str) -> None:
        """Choose an entry."""
        self.choose("entry", entry_id)
        self.first = self.kept()
        self._on_changed()

    def refresh(self) -> None:
        from ui.contracts.actions.registry import action_of

        one = self.chosen
        text = ""
        if one is not None:
            at = one.recorded_at.astimezone(self.context.session.desk.now().tzinfo)
            names = {staff.id: staff.name for staff in self.context.session.settings.staff}
            text = _("{day} {time} {staff}が登録").format(
                day=self.day_words(at.date(), weekday=False),
                time=f"{at.hour}:{at.minute:02}",
                staff=names.get(one.staff, one.staff),
            )
            if one.note:
                text = _("{text}・{note}").format(text=text, note=one.note)
        self._detail.set_text(text)
        self._correct.setVisible(one is not None and action_of(one.entry) is not None)

    def _on_correct(self) -> None:
        if self.chosen is not None:
            self.correct_wanted.emit(self.chosen.entry)

    def entries(self) -> tuple[Entry, ...]:
        one = self.chosen
        return (Voided(voids=one.entry.id),) if one is not None else ()

    def write(self, entries: tuple[Entry, ...]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        from ui.operations.contracts import void_entry

        stored, one = self.context.stored, self.chosen
        assert one is not None
        return void_entry, (stored.id, stored.version, one.entry.id, self.text_of("why"))

    def obligations(self) -> tuple[Note, ...]:
        kept = Note("history", _("記録は消えません。取り消したことと理由が履歴に残ります。"))
        other = self._belonging()
        return (kept, Note("info", other, "warn")) if other else (kept,)

    def _belonging(self) -> str:
        """What else to take back: a declined renewal and the end it brought about are two records."""
        if self.chosen is None:
            return ""
        kinds = {type(one.entry) for one in self._known.values()}
        if isinstance(self.chosen.entry, RenewalDeclined) and Ended in kinds:
            return _("解約の記録は残ります。契約を続けるときは、解約の記録も取り消してください。")
        if isinstance(self.chosen.entry, Ended) and RenewalDeclined in kinds:
            return _("更新しない申し出の記録は残ります。更新するときは、その記録も取り消してください。")
        return ""

    def done_words(self) -> str:
        return _("記録を取り消しました。履歴には残っています")
