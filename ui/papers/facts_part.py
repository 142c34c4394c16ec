"""What is known of an issued paper: whose it is, who issued it, whether it is what it was, how long it
stays.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.days import date_words
from app.money import yen_words
from app.papers.kinds import title_of
from app.usecases.search_papers import PaperFacts
from app.words import _
from ui.papers.list_columns import customer_words, number_words
from ui.theme import theme
from ui.widgets.layout import clear, column, row, rule
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label

_HASH_PIECE = 22


class FactsPart(QWidget):
    """Rows of a word and what stands for it; above them a strip where something is wrong with the paper."""

    def __init__(self) -> None:
        super().__init__()
        self.strip = AdviceStrip()
        self._rows = column(gap="s")
        self.setLayout(column(self.strip, self._rows, gap="m"))
        self.strip.hide()

    def show_facts(self, facts: PaperFacts) -> None:
        """Show a paper's facts."""
        self._show_strip(facts)
        clear(self._rows)
        paper = facts.row
        for head, text in (
            (_("書類"), title_of(paper.kind)),
            (_("番号"), number_words(paper)),
            (_("宛名"), customer_words(paper)),
            (_("金額（税込）"), yen_words(paper.total) if paper.total else "—"),
            (_("発行日"), date_words(paper.issued_on)),
            (_("発行した人"), paper.staff or "—"),
            (_("記録した日時"), _moment(facts)),
        ):
            self._rows.addWidget(_row(head, text))
        self._rows.addWidget(rule())
        self._rows.addWidget(Label(_("真正性"), "heading"))
        self._rows.addWidget(_row(_("検証"), _proof(facts), "danger" if facts.faults else "good"))
        if paper.sha256:
            self._rows.addWidget(_row("SHA-256", _in_pieces(paper.sha256)))
        self._rows.addWidget(_row(_("チェーン"), _in_pieces(paper.link)))
        self._rows.addWidget(rule())
        self._rows.addWidget(Label(_("保存期間"), "heading"))
        self._rows.addWidget(Label(facts.retention.words(), "panel", wrap=True))

    def _show_strip(self, facts: PaperFacts) -> None:
        void = facts.void
        self.strip.setVisible(bool(facts.faults) or void is not None or facts.row.erased)
        if facts.faults:
            self.strip.set_meaning("danger", "triangle-alert")
            remedy = _("データを変えずに、「backups」フォルダーの控えと比べてください。")
            self.strip.set_words(" ".join(one.what for one in facts.faults), remedy)
        elif facts.row.erased:
            self.strip.set_meaning("note", "trash-2")
            self.strip.set_words(_("保存期間が過ぎたため、内容は消去されています。"))
        elif void is not None:
            self.strip.set_meaning("warn", "circle-x")
            when = date_words(void.at.date(), weekday=False)
            self.strip.set_words(
                _("{when}に{staff}が取り消しました。").format(when=when, staff=void.staff or _("担当者")),
                _("理由：{why}").format(why=void.why),
            )


def _moment(facts: PaperFacts) -> str:
    at = facts.row.issued_at
    return f"{date_words(at.date(), weekday=False)} {at:%H:%M:%S}"


def _proof(facts: PaperFacts) -> str:
    if facts.faults:
        return _("一致しません")
    if facts.row.erased:
        return _("記録のつながりは、発行したときのままです")
    return _("内容も記録のつながりも、発行したときのままです")


def _in_pieces(sha256: str) -> str:
    """A hash in lines somebody can compare."""
    return "\n".join(sha256[at : at + _HASH_PIECE] for at in range(0, len(sha256), _HASH_PIECE))


def _row(head: str, text: str, tone: str = "") -> QWidget:
    name = Label(head, "caption", "text2")
    name.setFixedWidth(theme.ems(6))
    box = row(name, Label(text, "panel", tone, wrap=True).selectable(), gap="s")
    box.setStretch(1, 1)
    holder = QWidget()
    holder.setLayout(box)
    return holder
