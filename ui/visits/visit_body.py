"""The middle of a visit's page: what is done on which device, the price with its reasons, the history."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.money import yen_words
from app.visit.found_work import as_done
from app.visit.order import CalledOff, VisitContent, VisitState
from app.visit.pricing import PricedVisit
from app.visit.visit_life import last_report
from app.words import _
from ui.contracts.history_tab import EntryRow
from ui.quotes.price_words import price_line
from ui.theme import theme
from ui.visits.levels import level
from ui.visits.onsite.report_part import RESULTS, result_words
from ui.visits.visit_history import history_of
from ui.visits.visit_reading import VisitView
from ui.visits.words import with_clause
from ui.visits.work_words import device_words, work_icon, work_words
from ui.widgets.frame import Picture
from ui.widgets.layout import clear, column, row, rule
from ui.widgets.price_group import PriceGroup
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label


class VisitBody(QWidget):
    """Read only."""

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self._work = QVBoxLayout()
        self._work.setSpacing(0)
        self.price = PriceGroup(_("料金"))
        self.problem = AdviceStrip(meaning="danger", icon="circle-alert")
        self.remarks = AdviceStrip(meaning="note", icon="info")
        self._history = QVBoxLayout()
        self._history.setSpacing(0)
        self.rows: list[EntryRow] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, s.m, 0, s.l)
        box.setSpacing(s.s)
        box.addLayout(row(Label(_("作業"), "heading"), None, pad=("l", "")))
        box.addLayout(self._work)
        box.addWidget(rule())
        box.addWidget(self.price)
        box.addLayout(column(self.problem, self.remarks, gap="s", pad=("l", "")))
        box.addLayout(row(Label(_("履歴"), "heading"), None, pad=("l", "s")))
        box.addLayout(self._history)
        box.addStretch(1)

    def show_view(self, view: VisitView, staff: Mapping[str, str]) -> None:
        """Show a visit. ``staff``: names by id."""
        self._show_work(view)
        self._show_price(view)
        clear(self._history)
        self.rows = [EntryRow(told) for told in history_of(view, staff)]
        for one in self.rows:
            self._history.addWidget(one)

    def _show_work(self, view: VisitView) -> None:
        clear(self._work)
        report = last_report(view.stored.events)
        ticks = {(one.device, one.menu): one for one in report.ticks} if report else {}
        for device in report.devices if report else view.stored.content.devices:
            icon, name = device_words(device)
            lines = QVBoxLayout()
            lines.setSpacing(0)
            for menu, words in zip(device.menu, work_words(view, device), strict=True):
                line = row(level(work_icon(menu)), Label(words, "body", "text2", wrap=True), gap="s")
                line.setStretch(1, 1)
                tick = ticks.get((device.id, menu))
                if tick is not None:
                    mark, tone = RESULTS[tick.result]
                    line.addWidget(Picture(mark, tone, "icon_small"))
                    line.addWidget(Label(result_words(tick.result), "panel", tone))
                lines.addLayout(line)
            label = Label(name, "body-bold", wrap=True)
            line = row(level(icon, "text"), column(label, None), lines, gap="s", pad=("l", "s"))
            line.setStretch(1, 2)
            line.setStretch(2, 3)
            self._work.addLayout(line)
            self._work.addWidget(rule())

    def _show_price(self, view: VisitView) -> None:
        priced, problems = view.price(priced_content(view))
        off = next((one for one in view.stored.events if isinstance(one, CalledOff)), None)
        self.problem.setVisible(bool(problems))
        if problems:
            self.problem.set_words(problems[0].what, problems[0].remedy)
        self.price.setVisible(priced is not None and off is None)
        self.remarks.setVisible(off is not None)
        if off is not None:
            fee = (
                _("料金 {net}（税抜）").format(net=yen_words(off.net))
                if off.net
                else _("料金はいただきません")
            )
            self.remarks.set_words(_("この訪問は中止しました"), f"{off.why}　{fee}")
        elif priced is not None:
            bill = priced.bill
            caption = _("税抜 {net}・消費税 {tax}").format(net=yen_words(bill.net), tax=yen_words(bill.tax))
            self.price.set_head(
                _price_name(view), caption, _("{total}（税込）").format(total=yen_words(bill.total))
            )
            self.price.set_lines([price_line(line) for line in priced.lines])
            told = remarks_of(view, priced)
            self.remarks.setVisible(bool(told))
            if told:
                self.remarks.set_words(told[0], "\n".join(told[1:]))


def remarks_of(view: VisitView, priced: PricedVisit) -> list[str]:
    """What has to be known beside the price: remarks of the tariff, a free visit that was used before, a day
    whose holidays are not published yet, and where the amount goes without a contract.
    """
    from app.usecases.claim_visit import settling_words
    from app.usecases.visit_ground import free_visit_used
    from app.visit.desk_calendar import unsure_holidays

    told = [with_clause(one.text, one.clause) for one in priced.remarks]
    charged = free_visit_used(priced)
    if charged is not None:
        told += [with_clause(charged.what, charged.clause)]
        told += [f"{charged.why}{charged.remedy}"]
    told += [unsure_holidays(span.on) for span in view.stored.content.spans[:1]]
    if view.ground.contract is None and priced.net:
        told.append(settling_words(view.ground))
    return [one for one in told if one]


def _price_name(view: VisitView) -> str:
    return _("料金（作業の結果）") if last_report(view.stored.events) else _("料金")


def priced_content(view: VisitView) -> VisitContent:
    """The content a visit is priced by: as it was done once that was reported."""
    report = last_report(view.stored.events)
    content = view.stored.content
    if report is None or view.stored.state is VisitState.CANCELLED:
        return content
    return as_done(replace(content, devices=report.devices), report.ticks)
