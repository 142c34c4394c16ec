"""What the bills of a month come to, in one row below their list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.money import yen_words
from app.words import _, pgettext
from ui.theme import theme
from ui.widgets.layout import column, holding
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.charge.stored import Run


_NARROW = 46  # characters: in a narrower bar only the net sum and the total stand


class SumsBar(QWidget):
    """Figures with their captions."""

    def __init__(self) -> None:
        super().__init__()
        s = theme.size
        self.figures: dict[str, Label] = {}
        self._folding: list[QWidget] = []
        line = QHBoxLayout()
        line.setContentsMargins(s.l, s.s, s.l, s.s)
        line.setSpacing(s.xl)
        captions = {
            "bills": pgettext("sum", "請求"),
            "refused": _("計算できない契約"),
            "net": _("税抜"),
            "tax": _("消費税"),
            "exempt": _("不課税"),
            "total": _("合計"),
        }
        for name, caption in captions.items():
            role = "heading" if name == "total" else "body-bold"
            self.figures[name] = Label("", role)
            if name == "net":
                line.addStretch(1)
            figure = holding(column(Label(caption, "caption", "text2"), self.figures[name]))
            line.addWidget(figure)
            if name in {"tax", "exempt"}:
                self._folding.append(figure)
        self.setLayout(column(holding(line, "panel", "strong-top")))
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for figure in self._folding:
            figure.setVisible(self.width() >= theme.ems(_NARROW))

    def show_run(self, run: Run | None) -> None:
        """The sums of a run; nothing without one."""
        self.setVisible(run is not None)
        if run is None:
            return
        self.figures["bills"].set_text(pgettext("column", "{count}件").format(count=f"{run.bills:,}"))
        self.figures["refused"].set_text(pgettext("column", "{count}件").format(count=f"{run.refused:,}"))
        self.figures["refused"].set_tone("danger" if run.refused else "text3")
        for name in ("net", "tax", "exempt", "total"):
            self.figures[name].set_text(yen_words(getattr(run, name)))
