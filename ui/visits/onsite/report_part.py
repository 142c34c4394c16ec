"""4 報告・署名: the report as it was frozen, shown to the customer, and the sheet to sign."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.days import date_words
from app.visit.conflicts import clock
from app.visit.order import Device, Reported, Tick
from app.visit.visit_life import last_report
from app.words import _
from ui.theme import theme
from ui.visits.onsite.draft import OnSiteDraft
from ui.visits.onsite.signature_box import SignatureBox
from ui.visits.visit_reading import VisitView
from ui.visits.work_words import device_words, names_of
from ui.widgets.layout import row
from ui.widgets.sheet import Line, Sheet, SheetColumn, SheetRow, SheetSection
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label

RESULTS = {
    "done": ("check", "good"),
    "partly": ("circle-dot", "warn"),
    "not-done": ("circle-minus", "danger"),
}
_SHORT_HASH = 16


def result_words(result: str) -> str:
    """完了, 一部, 未実施."""
    return {"done": _("完了"), "partly": _("一部"), "not-done": _("未実施")}[result]


class ReportPart(QWidget):
    """Shows a frozen report; ``changed``: the signature changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self.title = Label(_("作業の結果をお客さまに見ていただき、署名をお願いします"), "title")
        self.sums = Label("", "body-bold")
        self.sheet = Sheet(
            [
                SheetColumn(_("機器"), share=3), SheetColumn(_("作業"), share=4), SheetColumn(_("結果"), ems=6),
                SheetColumn(_("時刻"), ems=8.5), SheetColumn(_("記録"), share=3),
            ],
            name=_("作業の結果"),
        )  # fmt: skip
        self.notes = Label("", "body", wrap=True)
        self.owed = AdviceStrip(
            _("料金は、作業の結果にかかわらずいただきます"),
            _("24条3項。行わなかった作業の料金はいただきません。"),
            icon="scale",
        )
        self.signature = SignatureBox(_("お客さまの署名（作業完了報告書）"))
        self.frozen = Label("", "caption", "text3").selectable()
        box = QVBoxLayout(self)
        box.setContentsMargins(s.l, s.l, s.l, s.l)
        box.setSpacing(s.m)
        box.addWidget(self.title)
        box.addLayout(row(self.sums, None))
        box.addWidget(self.sheet)
        box.addWidget(self.notes)
        box.addWidget(self.signature)
        box.addWidget(self.owed)
        box.addWidget(self.frozen)
        box.addStretch(1)
        self.signature.changed.connect(self.changed)

    def show_view(self, view: VisitView, draft: OnSiteDraft, *, signed: bool) -> None:
        """Show the report of a visit as it stands frozen."""
        report = last_report(view.stored.events)
        if report is None:
            return
        names = names_of(view)
        devices = {one.id: one for one in report.devices}
        rows, before = [], ""
        for tick in report.ticks:
            if tick.device in devices:
                rows.append(_row(tick, devices[tick.device], names, first=tick.device != before))
                before = tick.device
        self.sheet.set_sections([SheetSection("", tuple(rows))])
        self.sums.set_text(sums_words(report))
        self.notes.set_text(_("特記事項：{notes}").format(notes=report.notes))
        self.notes.setVisible(bool(report.notes))
        at = report.at.astimezone(view.ground.now.tzinfo)
        self.frozen.set_text(
            _("内容を確定しました　{day} {time}　照合値 {hash}").format(
                day=date_words(at.date()), time=f"{at:%H:%M}", hash=report.sha256[:_SHORT_HASH]
            )
        )
        self.signature.show_signing(draft.after, frozen=signed)

    def check(self) -> bool:
        """Say what lacks; True where nothing does."""
        return self.signature.check()


def sums_words(report: Reported) -> str:
    """``完了 10件・一部 1件``."""
    counts = [(one, sum(tick.result == one for tick in report.ticks)) for one in RESULTS]
    return _("・").join(
        _("{result} {count}件").format(result=result_words(one), count=count)
        for one, count in counts
        if count
    )


def _row(tick: Tick, device: Device, names: dict[str, str], *, first: bool) -> SheetRow:
    """A line of the report; the device stands before its first work only."""
    work = names.get(tick.menu, tick.menu)
    if tick.menu == "data-migration" and (tick.data_gb or device.data_gb):
        work = _("{work} {volume}GB").format(work=work, volume=tick.data_gb or device.data_gb)
    icon, tone = RESULTS[tick.result]
    times = _("〜").join(clock(one) if one is not None else "" for one in (tick.first, tick.last))
    return SheetRow(
        (
            (Line(device_words(device)[1] if first else ""),),
            (Line(work),),
            (Line(result_words(tick.result), tone=tone, icon=icon),),
            (Line(times if tick.first is not None or tick.last is not None else ""),),
            (Line(tick.why, tone="text2"),) if tick.why else (),
        )
    )
