"""持出・持帰: visits go to a laptop in one encrypted file, and what came back is looked at and decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.visit.order import Technician
from app.words import _
from ui.operations.hub import Outcome
from ui.operations.visit_days import carry_back, carry_out
from ui.session import Session
from ui.theme import theme
from ui.visits.carry_words import strength_words
from ui.visits.reassign_dialog import read_technicians
from ui.widgets.button import Button
from ui.widgets.choices import Check, Segments
from ui.widgets.dates import DateField
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.layout import row
from ui.widgets.strips import AdviceStrip, BusyBar
from ui.widgets.text import Label

_ABREAST = 4  # technicians side by side


class CarryDialog(QDialog):
    """Makes a file: 持出 from this desk, or 持帰 of what came from another one. ``written`` carries its path."""

    written = Signal(object)

    def __init__(self, parent: QWidget, session: Session, day: date | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(_("訪問の持出・持帰"))
        self.setMinimumWidth(theme.ems(42))
        today = day or session.today
        self.way = Segments([("out", _("持出（現場の端末へ）")), ("back", _("持帰（窓口へ）"))], "out")
        self.people: dict[str, Check] = {}
        self._people = QGridLayout()
        self._people.setHorizontalSpacing(theme.size.m)
        self._people.setVerticalSpacing(theme.size.s)
        self._people.setColumnStretch(_ABREAST, 1)
        self._people_part = QWidget()
        self.first = DateField(session.today, today)
        self.last = DateField(session.today, today)
        self.passphrase = TextField(_("8文字以上"), secret=True)
        self.again = TextField(_("もう一度"), secret=True)
        self.pass_field = Field(_("パスフレーズ"), self.passphrase)
        self.again_field = Field(_("パスフレーズ（確認）"), self.again)
        self.strength = Label("", "caption", "text3")
        self.about = Label("", "panel", "text2", wrap=True)
        self.problem = AdviceStrip(meaning="danger", icon="circle-alert")
        self.busy = BusyBar()
        self.cancel = Button(_("やめる"))
        self.save = Button(_("ファイルに保存"), "save", "filled", key="Ctrl+Enter")
        self._build()
        self.way.chosen.connect(self._on_way)
        self.passphrase.edited.connect(self._on_typed)
        self.again.edited.connect(self._on_typed)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.ask_where)
        session.hub.look(read_technicians, done=self._on_technicians, owner=self)
        self._on_way("out")
        self._on_typed("")

    def _build(self) -> None:
        s = theme.size
        out = QVBoxLayout(self._people_part)
        out.setContentsMargins(0, 0, 0, 0)
        out.setSpacing(s.s)
        out.addWidget(Label(_("技術者"), "caption", "text2"))
        out.addLayout(self._people)
        days = row(Field(_("最初の日"), self.first), Field(_("最後の日"), self.last), gap="m")
        out.addLayout(days)
        words = row(self.pass_field, self.again_field, gap="m")
        box = QVBoxLayout(self)
        box.setContentsMargins(s.xl, s.xl, s.xl, s.l)
        box.setSpacing(s.m)
        for widget in (self.way, self.about, self._people_part):
            box.addWidget(widget)
        box.addLayout(words)
        for widget in (self.strength, self.problem, self.busy):
            box.addWidget(widget)
        box.addSpacing(s.s)
        box.addLayout(row(None, self.cancel, self.save))
        self.problem.hide()

    def _on_technicians(self, people: list[Technician]) -> None:
        for place, one in enumerate(people):
            check = Check(one.fields.name, checked=len(people) == 1)
            self._people.addWidget(check, place // _ABREAST, place % _ABREAST)
            self.people[one.id] = check

    def _on_way(self, way: str) -> None:
        self._people_part.setVisible(way == "out")
        out = _("選んだ技術者と日の訪問、必要なお客さまの情報を、暗号化した1つのファイルにまとめます。")
        back = _("この端末に持ち出した訪問の、現場の記録と署名を1つのファイルにまとめます。")
        self.about.set_text(out if way == "out" else back)
        self.problem.hide()
        self.adjustSize()

    def _on_typed(self, _text: str) -> None:
        words, tone = strength_words(self.passphrase.edit.text())
        self.strength.set_text(words)
        self.strength.set_tone(tone)
        self.again_field.set_error("")
        self.pass_field.set_error("")

    @property
    def chosen(self) -> list[str]:
        """The technicians ticked."""
        return [one for one, check in self.people.items() if check.isChecked()]

    def check(self) -> bool:
        """Say what lacks; True where nothing does."""
        self.problem.hide()
        words, tone = strength_words(self.passphrase.edit.text())
        first, last = self.first.day(), self.last.day()
        if self.way.value() == "out" and not self.chosen:
            self._tell(_("技術者が選ばれていません。"), _("持ち出す技術者を選んでください。"))
        elif self.way.value() == "out" and (first is None or last is None or last < first):
            self._tell(_("日が正しくありません。"), _("最初の日から最後の日までを選んでください。"))
        elif tone == "danger":
            self.pass_field.set_error(words)
            self.passphrase.setFocus()
        elif self.passphrase.edit.text() != self.again.edit.text():
            self.again_field.set_error(_("パスフレーズが一致しません。もう一度入力してください。"))
            self.again.setFocus()
        else:
            return True
        return False

    def ask_where(self) -> None:
        """The system's dialog, then the file."""
        if not self.check():
            return
        name = _("訪問{way}_{day}.madovisit").format(
            way=_("持出") if self.way.value() == "out" else _("持帰"),
            day=self._session.today.strftime("%Y%m%d"),
        )
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("保存先"), str(Path.home() / name), _("訪問のファイル（*.madovisit）")
        )
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, target: Path) -> None:
        """Write the file off the GUI thread."""
        self.busy.start()
        self.save.setEnabled(False)
        phrase = self.passphrase.edit.text()
        first, last = self.first.day(), self.last.day()
        operation: Callable[..., Outcome[Path]] = partial(carry_back, passphrase=phrase, target=target)
        if self.way.value() == "out" and first is not None and last is not None:
            operation = partial(
                carry_out, technicians=self.chosen, first=first, last=last, passphrase=phrase, target=target
            )
        self._session.hub.run(
            operation, done=self._on_written, failed=self._on_refused, ended=self._on_ended, owner=self
        )

    def _on_written(self, target: Path) -> None:
        self.written.emit(target)
        self.accept()

    def _on_ended(self) -> None:
        self.busy.stop()
        self.save.setEnabled(True)

    def _on_refused(self, error: UserError) -> None:
        first = error.problems[0]
        self._tell(first.what, " ".join(one for one in (first.why, first.remedy) if one))

    def _tell(self, what: str, detail: str) -> None:
        self.problem.set_words(what, detail)
        self.problem.show()
