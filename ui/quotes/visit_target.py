"""Whose price list a visit follows: a service of this quotation, or a contract the customer has already."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.quote.content import QuotationContent, VisitEntry
from app.tariff.catalogue import words as say
from app.words import _
from ui.quotes.context import EditorContext
from ui.quotes.tariff_forms import visit_rules
from ui.widgets.choices import Choice

Target = tuple[str, int | None]  # service code, place of the service entry (None: an existing contract)


def targets(context: EditorContext, content: QuotationContent) -> list[tuple[Target, str]]:
    """What a visit of this quotation may belong to, in words; services that know no visits are left out."""
    found: list[tuple[Target, str]] = []
    several = len(content.services) > 1
    for place, entry in enumerate(content.services):
        if visit_rules(context.catalogue, entry.service, entry.start or context.today) is None:
            continue
        name = say(context.catalogue.service(entry.service).short)
        text = _("この見積の{name}（サービス {number}）") if several else _("この見積の{name}")
        found.append(((entry.service, place), text.format(name=name, number=place + 1)))
    found.extend(
        ((service.code, None), _("契約中の{name}").format(name=say(service.short)))
        for service in context.catalogue.services()
        if visit_rules(context.catalogue, service.code, context.today) is not None
    )
    return found


def target_of(visit: VisitEntry, content: QuotationContent) -> Target:
    """What a visit belongs to now."""
    place = visit.for_service
    if place is not None and 0 <= place < len(content.services):
        return visit.service or content.services[place].service, place
    return visit.service, None


class VisitTarget(Choice):
    """The list of targets; ``picked`` carries one."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[tuple[Target, str]] = []
        self.chosen.connect(self._on_chosen)

    def show_target(self, options: list[tuple[Target, str]], target: Target) -> None:
        """Show the choices and the one in force."""
        if options != self._shown:
            self._shown = options
            self.set_options([(place, text) for place, (_target, text) in enumerate(options)])
        now = next((place for place, (known, _text) in enumerate(options) if known == target), -1)
        if self.currentIndex() != now:
            self.setCurrentIndex(now)

    def _on_chosen(self, place: int) -> None:
        self.picked.emit(self._shown[place][0])
