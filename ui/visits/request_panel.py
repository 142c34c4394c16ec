"""訪問の受付: a request taken while the customer is on the phone, with its price, its time and free slots."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut

from app.errors import ConflictError, Problem, UserError
from app.visit.order import Device, Span, VisitContent, VisitPlace
from app.words import _
from ui.operations.hub import Changed
from ui.qt import ShortcutScope
from ui.visits.request import (
    Known,
    first_content,
    read_known,
    read_visit,
    services_that_visit,
    work_out,
)
from ui.visits.request_form import RequestForm
from ui.visits.request_left import KeptRequest
from ui.visits.slots_part import begins_as
from ui.visits.words import menu_names
from ui.widgets.button import key_sequences

if TYPE_CHECKING:
    from app.visit.conflicts import Obstacle
    from app.visit.order import StoredVisit
    from app.visit.slots import Slot
    from ui.session import Session
    from ui.visits.week_facts import WeekFacts


class RequestPanel(RequestForm):
    """``slots_changed``: what is offered or chosen changed. ``kept`` carries the StoredVisit and whether it
    has a slot. ``new_customer`` asks for the form of a new customer.
    """

    slots_changed = Signal()
    kept = Signal(object, bool)
    new_customer = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._awaits_customer = False
        self._soon: Slot | None = None  # booked as soon as it is known to be as long as the work
        self.left = KeptRequest(session, self)
        self._connect()

    def _connect(self) -> None:
        self.whom.customer_chosen.connect(self._on_customer)
        self.whom.contract_chosen.connect(self._on_contract)
        self.whom.new_customer.connect(self._on_new_customer)
        self._session.hub.changed.connect(self._on_changed)
        self.place.changed.connect(self._on_place)
        self.devices.changed.connect(self._on_devices)
        self.devices.unreadable.connect(self._on_unreadable)
        self.more.changed.connect(self._on_more)
        self.more.unreadable.connect(self._on_unreadable)
        self.free.toggled.connect(self._on_free)
        self.slots.changed.connect(self._on_slots)
        self.keeping.stored.connect(self._on_stored)
        self.keeping.kept.connect(self._on_kept)
        self.keeping.refused.connect(self._on_refused)
        self.keeping.writing_changed.connect(self._show_foot)
        self.slots.ask_with(self.slots_asked)
        self.later.clicked.connect(self.receive_only)
        self.book.clicked.connect(self.submit)
        self.conflict.accepted.connect(self._on_read_again)
        self.returned.accepted.connect(self._on_from_start)
        for sequence in key_sequences("Ctrl+Enter"):
            shortcut = QShortcut(sequence, self)
            shortcut.setContext(ShortcutScope.WindowShortcut)
            shortcut.activated.connect(self.submit)

    # --- opening --------------------------------------------------------------------------------------

    def open_new(self, customer_id: str = "", contract_id: str = "") -> None:
        """An empty request, perhaps for a customer or one of the contracts."""
        self._clear()
        self.left.begin()
        self.title.set_text(_("訪問の受付"))
        self.show()
        self.whom.show_known(None, "")
        self._rest.hide()
        self._pinned.hide()
        self._show_foot()
        if customer_id:
            self._read(customer_id, contract_id)
        else:
            self.whom.search.take_focus()

    def come_back(self) -> bool:
        """Show again what was typed before the panel was closed; False when there is nothing."""
        if not self.unsaved:
            return False
        self.returned.setVisible(not self.isVisible())
        self.show()
        self.devices.add.setFocus()
        self.slots_changed.emit()
        return True

    def take_left(self, known: Known, content: VisitContent) -> None:
        """Show what was typed before the window ended."""
        self.known, self.typed = known, content
        self._show_all()

    def _on_from_start(self) -> None:
        self.left.done()
        self.open_new()

    def open_visit(self, visit_id: str) -> None:
        """A stored visit, to be changed."""
        self._session.hub.look(read_visit, visit_id, done=self._on_visit, owner=self)

    def _clear(self) -> None:
        self.known, self.stored, self.worked = None, None, None
        self.typed = self._first = VisitContent(service="")
        self._unreadable, self._tried, self._refusal = {}, False, ()
        self.devices.show_devices(())
        self._awaits_customer, self._soon = False, None
        self.conflict.hide()
        self.returned.hide()
        self.slots.forget(may_go_without=False)

    def _on_visit(self, found: tuple[StoredVisit, Known]) -> None:
        self._clear()
        self.slots.forget(may_go_without=True)
        self.stored, self.known = found
        self.typed = self._first = self.stored.content
        self.left.begin(self.stored.id)
        self.title.set_text(_("{number} の変更").format(number=self.stored.number))
        self.show()
        self._show_all()
        self.devices.add.setFocus()

    def _read(self, customer_id: str, contract_id: str = "") -> None:
        self._session.hub.look(read_known, customer_id, contract_id, done=self._on_known, owner=self)

    def _on_known(self, known: Known) -> None:
        before = self.known
        self.known = known
        services = services_that_visit(known.ground.catalogue, self._session.today)
        fresh = first_content(known, services)
        if before is None or not self.typed.devices:
            self.typed = self._first = replace(fresh, devices=self.typed.devices)
        else:  # what was typed stays; the place follows the customer
            same = before.ground.customer.id == known.ground.customer.id
            place = self.typed.place if same else fresh.place
            self.typed = replace(
                self.typed, service=fresh.service, contract_id=fresh.contract_id, place=place
            )
        self._show_all()
        if not self.typed.devices:
            self.devices.add.setFocus()

    def _on_customer(self, customer_id: str) -> None:
        self._read(customer_id)

    def _on_new_customer(self) -> None:
        self._awaits_customer = True
        self.new_customer.emit()

    def _on_changed(self, changed: Changed) -> None:
        """The customer somebody went to register is the one of this request."""
        if self._awaits_customer and not self.isHidden() and len(changed.customers) == 1:
            self._awaits_customer = False
            self.whom.search.clear()
            self._read(next(iter(changed.customers)))

    def _on_contract(self, contract_id: str, service: str) -> None:
        assert self.known is not None
        if contract_id:
            self._read(self.known.ground.customer.id, contract_id)
            return
        from dataclasses import replace as other

        self.known = Known(other(self.known.ground, contract=None, free_days=()), self.known.contracts)
        self.typed = replace(self.typed, service=service, contract_id="")
        self._show_all()

    # --- showing --------------------------------------------------------------------------------------

    def use_facts(self, facts: WeekFacts) -> None:
        """The week beside it: who the technicians are."""
        self.slots.use_facts(facts)

    def _show_all(self) -> None:
        assert self.known is not None
        ground = self.known.ground
        self._rest.show()
        self._pinned.show()
        self.whom.show_known(self.known, self.typed.service)
        from ui.quotes.tariff_forms import menu_of, visit_rules

        rules = visit_rules(ground.catalogue, self.typed.service, self._session.today)
        names = menu_names(ground.catalogue, self.typed.service, self._session.today)
        self.devices.use_menu(menu_of(rules) if rules is not None else (), names)
        self.devices.show_devices(self.typed.devices)
        self.more.show_content(self.typed, rules)
        self._work_out()
        self.place.show_place(self.typed.place, self.worked.area if self.worked else None)

    @property
    def day(self) -> date:
        """The day the visit is priced by: that of the slot, else today."""
        slot = self.slot
        if slot is not None:
            return slot.spans[0].on
        return min((span.on for span in self.typed.spans), default=self._session.today)

    def _work_out(self) -> None:
        """Price, time and problems as they are now."""
        self.left.note()
        if self.known is None:
            return
        people = self.more.people()
        self.worked = work_out(self.typed, self.known.ground, self.day, self._unreadable, people)
        self.place.place = self.typed.place
        self.place.show_area(self.worked.area)
        priced = self.worked.priced
        self.price.show_price(priced, self.worked.warnings)
        self.sum.show_price(priced)
        self.free.show_free(priced.entitlement if priced is not None else None, used=self.typed.use_free)
        self._show_problems()
        self._show_foot()
        self.slots.show_worked(self.worked, self.known, self.typed)
        self.slots.ask((self.typed, self.worked.area, people, self.worked.duration))

    # --- slots ----------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Whom the visit is for."""
        return self.known.ground.customer.fields.name if self.known is not None else ""

    def slots_asked(self) -> tuple[str, VisitContent, str, int] | None:
        """What slots are looked for: customer, content, id of the visit, how many go; None not yet."""
        worked = self.worked
        if self.known is None or worked is None or worked.area is None or worked.duration is None:
            return None
        visit_id = self.stored.id if self.stored is not None else ""
        return self.known.ground.customer.id, self.typed, visit_id, self.more.people()

    def _on_slots(self) -> None:
        self._work_out()
        self.slots_changed.emit()
        soon = self._soon
        if soon is None or self.slots.waits:
            return
        self._soon = None
        if self.slot is not None and begins_as(self.slot, soon):
            self.submit()
        else:
            self.errors.set_error(
                _("選んだ時刻には作業が収まらなくなりました。近い空きから選び直してください。")
            )

    def take_place(self, day: date, first: int, technician: str, facts: WeekFacts) -> tuple[Obstacle, ...]:
        """A place somebody pointed at in the grid becomes the first slot. Where it can't be taken it gives
        what stands against it, and nothing is chosen.
        """
        worked = self.worked
        if self.known is None or worked is None or worked.duration is None or worked.area is None:
            return ()
        from app.usecases.visit_ground import asked_in
        from app.visit.conflicts import obstacles, span_minutes

        length = span_minutes(worked.duration.total)
        span = Span(on=day, first=first, last=first + length)
        who = [one for one in facts.technicians if one.id == technician]
        people = ("",) * self.more.people()
        asked = asked_in(self.known.ground, self.typed, people, waits=not self.typed.spans)
        found = obstacles(asked, (span,), who, facts.calendar)
        if not found:
            self.slots.take_place(day, first, technician, worked.duration.total)
        return found

    # --- typing ---------------------------------------------------------------------------------------

    def _on_place(self, place: VisitPlace) -> None:
        self._refusal = ()
        self.typed = replace(self.typed, place=place)
        self._work_out()

    def _on_devices(self, devices: tuple[Device, ...]) -> None:
        self._refusal = ()
        self.typed = replace(self.typed, devices=devices)
        self._work_out()

    def _on_more(self, content: VisitContent) -> None:
        self._refusal = ()
        self.typed = replace(content, place=self.typed.place, devices=self.typed.devices)
        self._work_out()

    def _on_free(self, on: bool) -> None:
        if on != self.typed.use_free:
            self.typed = replace(self.typed, use_free=on)
            self._work_out()

    def _on_unreadable(self, path: str, problem: Problem | None) -> None:
        if problem is None:
            self._unreadable.pop(path, None)
        else:
            self._unreadable[path] = problem

    # --- keeping --------------------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not stored."""
        return self.known is not None and (self.typed != self._first or bool(self._unreadable))

    def _may_go_on(self) -> bool:
        """Whether nothing is wrong; else everything wrong is told and the first place opened."""
        self._tried = True
        if self.known is None or self.keeping.writing:
            return False
        self._work_out()
        assert self.worked is not None
        if not self.typed.devices:
            self.devices.add.setFocus()
            return False
        if not self.worked.problems:
            return True
        first = self.worked.problems[0].field.split(".")
        if first[0] == "devices" and len(first) > 1 and first[1].isdigit():
            self.devices.rows[int(first[1])].set_open(True)
        elif first[0] == "place":
            self.place.fold.set_open(True)
        self._show_problems()
        return False

    def submit(self) -> None:
        """Ctrl+Enter: receive and book, or keep what was changed."""
        self._refusal = ()
        if not self._may_go_on():
            return
        if self.slot is not None and self.slots.waits:  # they were found for what stood there before
            self._soon = self.slot
            self.slots.ask_now()
            return
        if self.stored is not None:
            self.keeping.change(self.stored, self.typed, self.slot)
        elif self.slot is not None:
            self._receive(self.slot)
        else:
            self.errors.set_error(_("日時が選ばれていません。空きを選ぶか、未割当で受け付けてください。"))

    def receive_only(self) -> None:
        """Keep the request without a slot."""
        if self._may_go_on():
            self._receive(None)

    def _receive(self, slot: Slot | None) -> None:
        assert self.known is not None
        self.keeping.receive(self.known.ground.customer.id, self.typed, self.more.how(), slot)

    def _on_stored(self, stored: StoredVisit) -> None:
        """Its content is kept; whatever becomes of its slot is a change of this visit."""
        self.stored = stored
        self.typed = self._first = stored.content

    def _on_kept(self, stored: StoredVisit) -> None:
        self.left.done()
        self._clear()
        self.hide()
        self.kept.emit(stored, bool(stored.content.spans))

    def _on_refused(self, error: UserError) -> None:
        """What was typed stays; a slot somebody else took is told and others are offered."""
        if isinstance(error, ConflictError):
            self.conflict.set_words(error.problems[0].what, error.problems[0].remedy, _("いまの内容を読む"))
            self.conflict.show()
            return
        self._refusal, self._tried = tuple(error.problems), True
        if self.stored is not None:
            self.title.set_text(_("{number} の日時").format(number=self.stored.number))
        slots = getattr(error, "slots", None)
        if slots is not None:
            self.slots.own = None
            self.slots.take(tuple(slots))
        else:
            self._work_out()
        self.slots.ask_again()

    def _on_read_again(self) -> None:
        if self.stored is not None:
            self.open_visit(self.stored.id)
