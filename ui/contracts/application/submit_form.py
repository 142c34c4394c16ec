"""送付: an application passed on to the provider, with what it lacks and who came before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from app.contract.steps import Submitted
from app.tariff.clauses import clause_note
from app.words import N_, _
from ui.contracts.actions.shown import Note
from ui.contracts.application.step_forms import StepForm
from ui.widgets.dates import DateField
from ui.widgets.strips import AdviceStrip

if TYPE_CHECKING:
    from app.contract.record import ContractRow, Entry
    from app.errors import Problem

_MOST_NAMED = 3  # applications that came before, named one by one


class SubmitForm(StepForm):
    """送付: in the order of receipt; what the application lacks stands above."""

    TITLE = N_("提供会社へ送付")
    BUTTON = N_("送付を登録")
    PREVIEWED = False
    ALIASES: ClassVar[Mapping[str, str]] = {"application": "open"}

    def build(self) -> None:
        self._open = self._open_points()
        if self._open:
            strip = AdviceStrip(
                _("済んでいないことがあります"),
                self._open_words(),
                meaning="warn",
                icon="triangle-alert",
            )
            self.add(strip)
            self.add(self.switch("open", _("足りないまま送付する"), False))
        self.add(self.day("on", _("送付した日"), self.today))
        self.add(
            self.segments(
                "how",
                _("方法"),
                [("form", _("Web")), ("e-mail", _("メール")), ("post", _("郵送")), ("phone", _("電話"))],
                "form",
            )
        )
        self._ahead = AdviceStrip(meaning="warn", icon="list")
        self._ahead.hide()
        self.add(self._ahead)
        life = self.life
        if life is not None and life.receipt_order_clause:
            from app.usecases.keep_application import ahead_in_line

            hub = self.context.session.hub
            hub.look(ahead_in_line, self.context.stored, done=self._on_ahead, owner=self)

    def _on_ahead(self, rows: list[ContractRow]) -> None:
        """Applications that came before this one wait still: the terms want them passed on first."""
        life = self.life
        if not rows or life is None or self.correcting is not None:
            return
        named = [
            _("{number}（{customer}）").format(number=one.number, customer=one.customer)
            for one in rows[:_MOST_NAMED]
        ]
        if len(rows) > _MOST_NAMED:
            named.append(_("ほか{count}件").format(count=f"{len(rows) - _MOST_NAMED:,}"))
        self._ahead.set_words(
            _("先に受け付けた申込みがあります"),
            _("{names}がまだ送付されていません。受け付けた順に送付してください（{clause}）").format(
                names=_("、").join(named), clause=clause_note(life.receipt_order_clause)
            ),
        )
        self._ahead.show()

    def _open_words(self) -> str:
        """A line for each; what to do about several of them is said once."""
        told = (" ".join(filter(None, (one.what, one.why))) for one in self._open)
        lines = [_("・{what}").format(what=what) for what in told]
        return "\n".join((*lines, *dict.fromkeys(one.remedy for one in self._open if one.remedy)))

    def _open_points(self) -> tuple[Problem, ...]:
        """What the application lacks, and what it may be refused for."""
        from app.usecases.keep_application import open_points

        stored, view = self.context.stored, self.context.view
        entries = tuple(one.entry for one in stored.entries)
        return tuple(open_points(stored.content, view.customer.fields, view.catalogue, self.today, entries))

    def entries(self) -> tuple[Entry, ...]:
        on = self.day_of("on")
        if self._open and self.correcting is None and not self.value_of("open"):
            self.wrong(
                "open",
                _("申込みの確認が終わっていません。"),
                _("「申込」で済ませるか、足りないまま送付してください。"),
            )
        if on is None:
            return ()
        return (Submitted(on=on, how=self.value_of("how"), receipt=self._receipt),)  # type: ignore[arg-type]

    @property
    def _receipt(self) -> int:
        """The place in the order of receipt: kept where the day is put right, else given when recorded."""
        return self.correcting.receipt if isinstance(self.correcting, Submitted) else 0

    def write(self, entries: tuple[Entry, ...]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        from functools import partial

        from ui.operations.contracts import submit_application

        if self.correcting is not None:
            return super().write(entries)
        stored = self.context.stored
        operation = partial(submit_application, anyway=bool(self._open))
        on, how = self.control("on", DateField).day(), self.value_of("how")
        return operation, (stored.id, stored.version, on, how)

    def obligations(self) -> tuple[Note, ...]:
        found = [Note("info", _("送付したあとは、申込内容を直せません。"))]
        life = self.life
        if life is not None and life.receipt_order_clause:
            words = _("受け付けた順に承諾されます。受付番号は登録のときに付きます（{clause}）")
            found.append(Note("list", words.format(clause=clause_note(life.receipt_order_clause))))
        return tuple(found)

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Submitted):
            self.control("on", DateField).set_day(entry.on)
            self.choose("how", entry.how)
