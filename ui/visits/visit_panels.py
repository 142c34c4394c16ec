"""Beside a visit's page: why an action is refused, confirming, calling off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.money import yen_words
from app.tariff.clauses import clause_note
from app.usecases.call_off import By, CallOffFee, call_off_fee
from app.visit.order import StoredVisit
from app.visit.visit_life import Refusal
from app.words import _
from ui.operations.hub import Outcome
from ui.operations.visits import call_off_visit, confirm_visit
from ui.session import Session
from ui.theme import theme
from ui.unsaved import Unsaved, Values, control_values, put_controls
from ui.visits.visit_history import by_words, slot_words
from ui.visits.visit_reading import VisitView, read_visit
from ui.visits.words import with_clause
from ui.widgets.button import Button
from ui.widgets.cards import Card, Cards
from ui.widgets.entries import TextArea, TextField
from ui.widgets.field import Field
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label


class RefusedAction(SidePanel):
    """Why an action can't be done now, and what to do instead."""

    def __init__(self, title: str, refusal: Refusal) -> None:
        super().__init__(title, "circle-minus")
        self.strip = AdviceStrip(refusal.what, refusal.remedy, meaning="warn", icon="triangle-alert")
        self.body.addWidget(self.strip)
        self.body.addStretch(1)


class Acting(SidePanel):
    """A panel that writes. ``recorded`` after it did."""

    recorded = Signal()

    def __init__(
        self, session: Session, view: VisitView, title: str, icon: str, accept: str, kind: str
    ) -> None:
        super().__init__(title, icon)
        self._session, self._view = session, view
        self.problem = AdviceStrip(meaning="danger", icon="circle-alert")
        self.problem.hide()
        self.left = Unsaved(session, f"visit.{icon}", self._values, self._put_left, self)
        self.body.addWidget(self.left.strip)
        self.accept = Button(accept, kind=kind, key="Ctrl+Enter")
        self.add_to_foot(self.accept)
        self.closed.connect(self.left.done)
        self.accept.clicked.connect(self.record)

    def start(self) -> None:
        """The focus where one types."""
        self.accept.setFocus()

    def typed_into(self) -> dict[str, QWidget]:
        """What one types into, by name."""
        return {}

    def follow(self) -> None:
        """Keep what is typed from now on."""
        for control in self.typed_into().values():
            assert isinstance(control, TextField | TextArea)
            control.edited.connect(self.left.note)
        self.left.open(self._view.stored.id)

    def _values(self) -> Values:
        return control_values(self.typed_into())

    def _put_left(self, values: Values) -> None:
        put_controls(self.typed_into(), values)

    def record(self) -> None:
        """Write it."""
        raise NotImplementedError

    def _run(self, operation: Callable[..., Outcome[Any]], *arguments: object) -> None:
        visit = self._view.stored
        self.accept.setEnabled(False)
        self._session.hub.run(
            operation, visit.id, visit.version, *arguments,
            done=self._on_done, failed=self._on_refused, ended=self._on_ended, owner=self,
        )  # fmt: skip

    def _on_done(self, _stored: StoredVisit) -> None:
        self.left.done()
        self.recorded.emit()

    def _on_ended(self) -> None:
        self.accept.setEnabled(True)

    def _on_refused(self, error: UserError) -> None:
        first = error.problems[0]
        more = [one.what for one in error.problems[1:]]
        told = (first.why, first.remedy, *more)
        self.problem.set_words(first.what, with_clause(" ".join(one for one in told if one), first.clause))
        self.problem.show()


class ConfirmPanel(Acting):
    """確定: the customer agreed to day and price."""

    def __init__(self, session: Session, view: VisitView) -> None:
        super().__init__(session, view, _("訪問を確定する"), "circle-check", _("確定する"), "filled")
        content = view.stored.content
        self._shown_net: int | None = None
        self.total = Label("", "title")
        self._show_price(view)
        self.by = TextField(_("例：総務部 三浦 様"))
        self.by.set_text(content.place.person)
        self.body.addWidget(Label(_("お客さまに日時と料金を確認してください。"), "body", wrap=True))
        self.body.addWidget(
            Label(slot_words(view, content.spans, content.technicians), "body-bold", wrap=True)
        )
        self.body.addWidget(self.total)
        self.body.addWidget(Field(_("確認した方"), self.by))
        self.body.addWidget(self.problem)
        self.body.addStretch(1)
        self.follow()

    def typed_into(self) -> dict[str, QWidget]:
        return {"by": self.by}

    def start(self) -> None:
        """The focus where one types."""
        self.by.setFocus()

    def record(self) -> None:
        self._run(confirm_visit, self.by.text(), self._shown_net)

    def _show_price(self, view: VisitView) -> None:
        priced, problems = view.price(view.stored.content)
        self._shown_net = priced.net if priced is not None else None
        total = yen_words(priced.bill.total) if priced is not None else problems[0].what
        self.total.set_text(_("{total}（税込）").format(total=total))

    def _on_refused(self, error: UserError) -> None:
        super()._on_refused(error)
        if error.code == "price-changed":  # what it costs now is there to be told
            self._session.hub.look(read_visit, self._view.stored.id, done=self._show_price, owner=self)


class CallOffPanel(Acting):
    """中止: by whom and why, what it costs by which reading, and that the free visit comes back."""

    def __init__(self, session: Session, view: VisitView) -> None:
        super().__init__(session, view, _("訪問を中止する"), "circle-x", _("中止を記録する"), "danger")
        explained = {
            "customer": _("お客さまから中止のお申し出がありました。"),
            "desk": _("料金はいただきません。"),
            "weather": _("料金はいただきません。"),
        }
        self.by = Cards([Card(by_words(one), explained[one], one) for one in explained], "customer")
        self.why = TextArea(_("例：機器が直ったため不要とのご連絡"))
        self.why.setFixedHeight(theme.size.text_area)
        self.why_field = Field(_("理由"), self.why, _("履歴に残ります。"))
        self.fee = AdviceStrip(meaning="note", icon="scale")
        self.free = AdviceStrip(_("無償訪問の権利は戻ります"), meaning="good", icon="check")
        self.free.hide()
        self.body.addWidget(self.by)
        self.body.addWidget(self.why_field)
        self.body.addWidget(self.fee)
        self.body.addWidget(self.free)
        self.body.addWidget(self.problem)
        self.body.addStretch(1)
        self.by.chosen.connect(self._ask)
        self.why.edited.connect(self._on_typed)
        self.fee.hide()
        self._ask(self.by.value())
        self.follow()

    def typed_into(self) -> dict[str, QWidget]:
        return {"why": self.why}

    @property
    def typed(self) -> bool:
        """Whether something was typed that is not recorded."""
        return bool(self.why.text())

    def start(self) -> None:
        """The focus where one types."""
        self.why.setFocus()

    def _ask(self, by: By) -> None:
        self._session.hub.look(
            call_off_fee, self._view.stored.id, by, done=self._on_fee, failed=self._on_refused, owner=self
        )

    def _on_fee(self, fee: CallOffFee) -> None:
        self.fee.set_words(*fee_words(self._view, fee))
        self.fee.show()
        self.free.setVisible(fee.frees)

    def _on_typed(self, _text: str) -> None:
        self.why_field.set_error("")

    def record(self) -> None:
        if not self.why.text():
            self.why_field.set_error(_("中止の理由を入力してください。"))
            self.why.setFocus()
            return
        self._run(call_off_visit, self.by.value(), self.why.text())


def fee_words(view: VisitView, fee: CallOffFee) -> tuple[str, str]:
    """What calling off costs, and the reading it rests on by its name."""
    head = (
        _("料金はかかりません")
        if not fee.net
        else _("{net}（税抜）がかかります").format(net=yen_words(fee.net))
    )
    parts = [_("{name} {amount}").format(name=line.name, amount=yen_words(line.amount)) for line in fee.lines]
    if fee.reading is not None:
        parts.append(reading_words(view, fee))
    if fee.clause:
        told = (
            _("うかがった後の中止です。この契約年度の無償訪問を使ったことになります（{clause}）。")
            if fee.uses_free
            else _("うかがった後の中止です。派遣と診断の料金は、作業の成否を問わずかかります（{clause}）。")
        )
        parts.append(told.format(clause=clause_note(fee.clause)))
    if fee.net and fee.billed:
        parts.append(_("契約{number}の次回の請求に載ります。").format(number=view.contract_number))
    return head, "\n".join(parts)


def reading_words(view: VisitView, fee: CallOffFee) -> str:
    """``規約の読み方「…」：…``, with the reading's own sentence."""
    from app.tariff.texts import words

    assert fee.reading is not None
    used, on = fee.reading, day_of(view)
    reading = view.ground.catalogue.reading(used.service, used.name, on)
    choice = next((words(one.name) for one in reading.choices if one.code == used.choice), used.choice)
    return _("規約の読み方「{topic}」：{choice}（{clause}）").format(
        topic=words(reading.topic), choice=choice, clause=clause_note(reading.clause)
    )


def day_of(view: VisitView) -> date:
    """The day a visit is priced by."""
    return min((span.on for span in view.stored.content.spans), default=view.ground.now.date())
