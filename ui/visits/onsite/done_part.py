"""5 完了: what goes on the next bill, and the report to hand over."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.days import date_words
from app.errors import UserError
from app.money import yen_words
from app.visit.order import Finished
from app.visit.visit_life import last_report, report_signature
from app.words import _
from ui.session import Session
from ui.theme import theme
from ui.visits.onsite.report_part import sums_words
from ui.visits.papers import PaperKind, ReadPaper, issue_paper
from ui.visits.visit_paper import VisitPaper
from ui.visits.visit_reading import VisitView
from ui.visits.words import told
from ui.widgets.layout import holding
from ui.widgets.strips import AdviceStrip, Toasts
from ui.widgets.text import Label


class DonePart(QWidget):
    """Says how the visit ended and shows its report, a moment later."""

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        s = theme.size
        self._session = session
        self._shown: tuple[str, int] = ("", 0)
        self.head = AdviceStrip(meaning="good", icon="circle-check")
        self.result = Label("", "body-bold", wrap=True)
        self.signed = Label("", "body", "text2", wrap=True)
        self.bill = AdviceStrip(meaning="note", icon="receipt-japanese-yen")
        self.wrong = Label("", "panel", "danger", wrap=True)
        self.wrong.hide()
        self.paper = VisitPaper(session, toasts)
        left = QVBoxLayout()
        left.setContentsMargins(s.l, s.l, s.l, s.l)
        left.setSpacing(s.m)
        for widget in (self.head, self.result, self.signed, self.bill, self.wrong):
            left.addWidget(widget)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setContentsMargins(s.hairline, 0, 0, 0)
        right.addWidget(self.paper)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(left, 2)
        box.addWidget(holding(right, "panel", "left"), 3)

    def show_view(self, view: VisitView) -> None:
        """Show a finished visit."""
        visit = view.stored
        report, signature = last_report(visit.events), report_signature(visit.events)
        ended = next((one for one in visit.events if isinstance(one, Finished)), None)
        if report is None or signature is None or ended is None:
            return
        self.head.set_words(_("作業が完了しました"), _("報告書の控えを、お客さまにお渡しください。"))
        self.result.set_text(sums_words(report))
        at = signature.at.astimezone(view.ground.now.tzinfo)
        how = _("紙に署名（{why}）").format(why=signature.on_paper) if signature.on_paper else _("画面に署名")
        self.signed.set_text(
            _("{name} 様　{day} {time}　{how}").format(
                name=signature.name,
                day=date_words(at.date()),
                time=f"{at:%H:%M}",
                how=how,
            )
        )
        self.bill.set_words(*bill_words(view, report.net, report.tax, ended))
        if self._shown != (visit.id, visit.version):
            self._shown = (visit.id, visit.version)
            self._session.hub.run(
                issue_paper,
                visit.id,
                PaperKind.REPORT,
                done=self._on_paper,
                failed=self._on_refused,
                owner=self,
            )

    def _on_paper(self, paper: ReadPaper) -> None:
        self.wrong.hide()
        self.paper.show_paper(f"{paper.name} {paper.issued}", paper.file_name, paper.pdf)

    def _on_refused(self, error: UserError) -> None:
        self.wrong.set_text(" ".join(told(one) for one in error.problems))
        self.wrong.show()


def bill_words(view: VisitView, net: int, tax: int, ended: Finished) -> tuple[str, str]:
    """Where the amount goes: onto the contract's next bill, or nowhere by itself."""
    total = yen_words(net + tax)
    free = _("無償訪問を1回使いました。") if ended.used_free else ""
    if not net:
        return _("ご請求はありません"), free
    if ended.claim_id:
        words = _("契約{number}の次回の請求に載ります。").format(number=view.contract_number)
        return _("{total}（税込）を次回に請求します").format(total=total), words + free
    if view.carried is not None and view.carried.way == "here":
        words = _("この訪問は持ち出したものです。窓口に持ち帰ると、契約{number}の次回の請求に載ります。")
        return _("{total}（税込）").format(total=total), words.format(number=view.contract_number) + free
    return (
        _("{total}（税込）をご請求ください").format(total=total),
        _("契約のない訪問のため、毎月の請求には載りません。"),
    )
