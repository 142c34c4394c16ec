"""個人情報の消去: what goes, what stays, from when it may; the last question before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.days import date_words
from app.words import _
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Check
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import on_surface, row
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.usecases.erase_customer import ErasurePlan


class EraseDialog(QDialog):
    """Use `ask`. Where something forbids it, it only tells what and from when it may be done."""

    def __init__(self, parent: QWidget, plan: ErasurePlan) -> None:
        super().__init__(parent)
        s = theme.size
        self._plan = plan
        self.setWindowTitle(_("個人情報の消去"))
        on_surface(self, "panel")
        self.setFixedWidth(theme.ems(42))
        self.reason = TextField(_("例: 本人の求め"))
        self.reason_field = Field(_("消去する理由"), self.reason)
        self.understood = Check(_("元に戻せないことを理解しました"))
        self.erase_button = Button(_("消去する"), kind="danger")
        self.cancel_button = Button(_("やめる") if not plan.problems else _("閉じる"))
        self.strips: list[AdviceStrip] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        heading = (
            _("「{name}」の個人情報を消去しますか")
            if not plan.problems
            else _("「{name}」はまだ消去できません")
        )
        box.addWidget(Label(heading.format(name=plan.name), "heading", wrap=True))
        if plan.problems:
            self._say_problems(box)
        else:
            self._say_consequences(box)
        box.addSpacing(s.s)
        buttons = [self.cancel_button] if plan.problems else [self.cancel_button, self.erase_button]
        box.addLayout(row(None, *buttons))
        self.cancel_button.clicked.connect(self.reject)
        self.erase_button.clicked.connect(self.accept)
        self.understood.toggled.connect(self._on_typed)
        self.reason.edited.connect(self._on_typed)
        self._on_typed()
        self.setFixedHeight(box.totalHeightForWidth(self.width()))
        self.cancel_button.setFocus()

    def _say_problems(self, box: QVBoxLayout) -> None:
        for problem in self._plan.problems:
            strip = AdviceStrip(meaning="warn", icon="triangle-alert")
            strip.set_words(problem.what, " ".join(part for part in (problem.why, problem.remedy) if part))
            self.strips.append(strip)
            box.addWidget(strip)

    def _say_consequences(self, box: QVBoxLayout) -> None:
        plan = self._plan
        goes = "\n".join(_("・{what}: {count}件").format(what=what, count=f"{n:,}") for what, n in plan.goes)
        stays = "\n".join(
            _("・{what}: {count}件").format(what=what, count=f"{n:,}") for what, n in plan.stays
        )
        box.addWidget(Label(_("消えるもの"), "panel-bold"))
        box.addWidget(Label(goes, "panel", "text2", wrap=True))
        box.addWidget(Label(_("残るもの"), "panel-bold"))
        always = _("・番号・日付・金額と、改ざんがないことを確かめる記録（名前のない形で残ります）")
        box.addWidget(Label("\n".join(part for part in (stays, always) if part), "panel", "text2", wrap=True))
        if plan.until is not None:
            kept = _("法令による保存期間は{day}に終わりました。").format(
                day=date_words(plan.until, weekday=False)
            )
            box.addWidget(Label(kept, "panel", "text2", wrap=True))
        strip = AdviceStrip(meaning="warn", icon="triangle-alert")
        strip.set_words(
            _("消去すると、元に戻せません"),
            _(
                "これまでの控え（バックアップ）には、順に置き換わるまで（最長12か月）内容が残ります。"
                "書き出したファイルや印刷した書類は、別に処分してください。"
            ),
        )
        self.strips.append(strip)
        box.addWidget(strip)
        box.addWidget(self.reason_field)
        box.addWidget(self.understood)

    def _on_typed(self) -> None:
        ready = bool(self.reason.text().strip()) and self.understood.isChecked()
        self.erase_button.setEnabled(ready and not self._plan.problems)

    @classmethod
    def ask(cls, parent: QWidget, plan: ErasurePlan) -> str:
        """Open, wait, clean up. The reason, "" where nothing is to be erased."""
        dialog = cls(parent, plan)
        try:
            accepted = dialog.exec() == QDialog.DialogCode.Accepted
            return dialog.reason.text().strip() if accepted else ""
        finally:
            dialog.deleteLater()
