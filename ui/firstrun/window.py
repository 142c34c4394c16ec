"""はじめに: the page of the first run, with the letterhead drawn as one types. It can be skipped."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import EnvironmentProblem, Problem, UserError
from app.postal import Address, lookup, normalized
from app.words import _
from ui.firstrun.answers import Answers, all_problems, check, without_wrong
from ui.firstrun.side import Side
from ui.lock.strength import StrengthHint
from ui.qt import Focus
from ui.settings.data import key_cards
from ui.settings.image_field import ImageField
from ui.settings.letterhead import Letterhead, sample_number
from ui.tasks import Tasks
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.cards import Cards
from ui.widgets.entries import KanaField, TextField
from ui.widgets.field import Field
from ui.widgets.form import Section, form, shares
from ui.widgets.frame import Picture
from ui.widgets.layout import column, holding, on_surface, open_size, row, scrolling
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label

_PARTS = {
    "company": ("company.",),
    "desk": ("desk_",),
    "staff": ("staff.",),
    "key": ("passphrase", "again"),
}


def find_address(code: str) -> Address | None:
    """On a worker: the address of a postal code."""
    return lookup(code)


class FirstRunWindow(QWidget):
    """`answered` carries the Answers when everything is right, `skipped` those that are right of what was
    typed.

    `backup_wanted` asks to begin with a backup instead; `language_wanted` asks for the window in the
    other language. While the database is made, `set_busy(True)`.
    """

    answered = Signal(object)
    skipped = Signal(object)
    backup_wanted = Signal()
    language_wanted = Signal(object)

    def __init__(self, tasks: Tasks, today: date, *, keyring: bool, answers: Answers | None = None) -> None:
        super().__init__()
        on_surface(self, "panel")
        self.setWindowTitle(_("窓口：はじめに"))
        self._tasks = tasks
        self._today = today
        self._left: set[str] = set()
        self._filled = ""
        self._make_controls(keyring=keyring)
        self._make_fields()
        self._build()
        self._connect()
        self._show(answers or Answers(key_kind="keyring" if keyring else "passphrase"))
        s = theme.size
        self.setMinimumSize(s.window_least_width, s.window_least_height)
        open_size(self)
        self.fields["company.name"].control.setFocus()

    # --- building ---

    def _make_controls(self, *, keyring: bool) -> None:
        self.company = TextField(_("例：株式会社ことのは通信"))
        self.registration = TextField(_("例：T9990001000123"))
        self.postal = TextField(_("例：541-0053"), ems=9.5)
        self.address = TextField(_("郵便番号から入ります"))
        self.phone = TextField(_("例：06-0000-0100"))
        self.logo = ImageField(_("ロゴ"))
        self.seal = ImageField(_("社印"))
        self.desk = TextField(_("例：本町窓口"))
        self.code = TextField(_("例：HM1"))
        self.staff = TextField(_("例：田村 美咲"))
        self.kana = KanaField(_("例：タムラ ミサキ"))
        self.kana.follow(self.staff)
        self.keys = Cards(key_cards(keyring=keyring))
        self.passphrase = TextField(secret=True)
        self.again = TextField(secret=True)

    def _make_fields(self) -> None:
        self.fields = {
            "company.name": Field(_("会社名"), self.company),
            "company.registration": Field(_("登録番号"), self.registration, optional=_("（なくても可）")),
            "company.postal_code": Field(_("郵便番号"), self.postal),
            "company.address": Field(_("住所"), self.address),
            "company.phone": Field(_("電話番号"), self.phone),
            "logo": Field(_("ロゴ"), self.logo),
            "seal": Field(_("社印"), self.seal),
            "desk_name": Field(_("窓口名"), self.desk),
            "desk_code": Field(_("符号（英数字2〜4文字）"), self.code),
            "staff.0.name": Field(_("氏名"), self.staff),
            "staff.0.kana": Field(_("フリガナ"), self.kana),
            "passphrase": Field(_("パスフレーズ"), self.passphrase),
            "again": Field(_("もう一度"), self.again),
        }
        StrengthHint(self.fields["passphrase"], self.passphrase, self._own_words)

    def _own_words(self) -> tuple[str, ...]:
        return (self.company.text(), self.desk.text(), *self.staff.text().split())

    def _sections(self) -> QWidget:
        fields = self.fields
        self.number = Label("", "caption", "text2", wrap=True)
        self._secret = QWidget()
        secret = shares((fields["passphrase"], 1), (fields["again"], 1))
        secret.setContentsMargins(0, 0, 0, 0)
        self._secret.setLayout(secret)
        pictures = QWidget()
        pictures.setLayout(shares((fields["logo"], 1), (fields["seal"], 1)))
        return form(
            Section(
                _("会社"),
                shares((fields["company.name"], 1), (fields["company.registration"], 1)),
                shares((fields["company.postal_code"], 0), (fields["company.address"], 1)),
                shares((fields["company.phone"], 1), (pictures, 1)),
            ),
            Section(
                _("窓口"), shares((fields["desk_name"], 1), (fields["desk_code"], 1)), self.number, gap="s"
            ),
            Section(_("担当者"), shares((fields["staff.0.name"], 1), (fields["staff.0.kana"], 1))),
            Section(_("データの\n保護"), self.keys, self._secret),
        )

    def _build(self) -> None:
        s = theme.size
        self.side = Side()
        self.trouble = AdviceStrip(meaning="danger", icon="triangle-alert", closable=True)
        self.trouble.hide()
        content = QWidget()
        content.setLayout(column(self.trouble, self._sections(), None, pad=("xl", "s")))
        asked = QWidget()
        asked.setMaximumWidth(s.form_width + s.label_column + 2 * s.xl)
        middle = QVBoxLayout(asked)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        self._page = scrolling(content)
        self._page.setFocusPolicy(Focus.NoFocus)  # its fields are the stops of the Tab key
        middle.addWidget(self._page, 1)
        middle.addWidget(self._make_foot())
        self.letterhead = Letterhead(self._today)
        self.safety = Label("", "panel", "text2")
        self.letterhead.setMaximumHeight(theme.ems(36))
        self.preview = holding(
            column(
                Label(_("書類の見え方"), "caption", "text2"),
                self.letterhead,
                Label(
                    _("登録番号が空欄のときは、適格請求書を発行できません。見積書はそのまま使えます。"),
                    "panel", "text2", wrap=True,
                ),
                None,
                row(Picture("lock", size="icon_small"), self.safety, None),
                gap="m",
                pad=("xl", "xl"),
            ),
            "sunken",
        )  # fmt: skip
        self.preview.setFixedWidth(s.first_paper)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.side)
        whole.addStretch(1)
        whole.addWidget(asked, 1000)
        whole.addStretch(1)
        whole.addWidget(self.preview)

    def _make_foot(self) -> QFrame:
        s = theme.size
        self.skip = Button(_("あとで決める"), kind="quiet")
        self.skip.setToolTip(_("いま正しく入っているものだけを保存して始めます。残りは設定で入力できます。"))
        self.wrong = Picture("triangle-alert", "danger")
        self.wrong.hide()
        self.told = Label("", "body", "danger")
        self.start = Button(_("はじめる"), "", "filled", "Ctrl+Enter")
        box = self._foot_row = QHBoxLayout()
        box.setContentsMargins(s.xl - s.button_pad, 0, s.xl, 0)  # words and buttons in line with the form
        box.setSpacing(s.s)
        box.addWidget(self.skip)
        box.addStretch(1)
        for widget in (self.wrong, self.told, self.start):
            box.addWidget(widget)
        foot = holding(box, "panel", "top")
        foot.setFixedHeight(s.page_head + s.l)
        return foot

    def _connect(self) -> None:
        entries = (
            self.company, self.registration, self.postal, self.address, self.phone, self.desk, self.code,
            self.staff, self.kana, self.passphrase, self.again,
        )  # fmt: skip
        for entry in entries:
            entry.edited.connect(self._on_edited)
            entry.finished.connect(self._on_left)
        self.postal.edited.connect(self._on_postal)
        self.keys.chosen.connect(self._on_key)
        for name, picture in (("logo", self.logo), ("seal", self.seal)):
            picture.setObjectName(name)
            picture.chosen.connect(self._on_edited)
            picture.refused.connect(self._on_image_refused)
        self.start.clicked.connect(self._on_start)
        self.skip.clicked.connect(self._on_skip)
        self.side.from_backup.clicked.connect(self.backup_wanted)
        self.side.language_wanted.connect(self._on_language)
        self._page.verticalScrollBar().rangeChanged.connect(self._on_scrolling)

    # --- values ---

    def answers(self) -> Answers:
        """What stands on the page."""
        return Answers(
            company_name=self.company.text(),
            registration=self.registration.text(),
            postal_code=self.postal.text(),
            address=self.address.text(),
            phone=self.phone.text(),
            desk_name=self.desk.text(),
            desk_code=self.code.text(),
            staff_name=self.staff.text(),
            staff_kana=self.kana.text(),
            key_kind=self.keys.value(),
            passphrase=self.passphrase.edit.text(),
            passphrase_again=self.again.edit.text(),
            logo=self.logo.data,
            seal=self.seal.data,
        )

    def _show(self, answers: Answers) -> None:
        for entry, text in (
            (self.company, answers.company_name), (self.registration, answers.registration),
            (self.postal, answers.postal_code), (self.address, answers.address), (self.phone, answers.phone),
            (self.desk, answers.desk_name), (self.code, answers.desk_code), (self.staff, answers.staff_name),
            (self.kana, answers.staff_kana), (self.passphrase, answers.passphrase),
            (self.again, answers.passphrase_again),
        ):  # fmt: skip
            entry.set_text(text)
        self.logo.set_data(answers.logo)
        self.seal.set_data(answers.seal)
        self.keys.set_value(answers.key_kind)
        self._refresh()

    def _refresh(self) -> None:
        answers = self.answers()
        problems = all_problems(answers)
        self._show_errors(answers)
        self._show_steps(problems)
        safe = answers.key_kind != "none"
        self.safety.set_text(
            _("保存先のファイルはすべて暗号化されます")
            if safe
            else _("ファイルは暗号化されますが、鍵は保護されません")
        )
        self._secret.setVisible(answers.key_kind == "passphrase")
        sample = _("書類番号は {number} のようになります。発行を始めると変えられません。")
        self.number.set_text(sample.format(number=sample_number(answers.desk_code.upper(), self._today)))
        self.letterhead.show_settings(answers.settings(), answers.logo, answers.seal)

    def _show_errors(self, answers: Answers) -> None:
        """Only fields that somebody has left are told off."""
        told = {problem.field: problem.sentence() for problem in check(answers)}
        for name, field in self.fields.items():
            if name not in {"logo", "seal"}:
                field.set_error(told.get(name, "") if name in self._left else "")

    def _show_steps(self, problems: tuple[Problem, ...]) -> None:
        texts = {
            "company": _("書類に載る名前と住所"), "desk": _("書類番号につく符号"), "staff": _("書類を発行する人"),
            "key": _("鍵の置き場所"),
        }  # fmt: skip
        for part, step in self.side.steps.items():
            left = sum(problem.field.startswith(_PARTS[part]) for problem in problems)
            step.show_state(
                done=not left, text=_("あと{count}か所").format(count=left) if left else texts[part]
            )

    # --- what people do ---

    def _on_edited(self, _value: object = None) -> None:
        self.told.set_text("")
        self.wrong.hide()
        self._refresh()

    def _on_left(self) -> None:
        for name, field in self.fields.items():
            if field.control is self.sender() and getattr(field.control, "text", str)():
                self._left.add(name)
        self._refresh()

    def _on_key(self, _kind: str) -> None:
        self._refresh()
        if self.keys.value() == "passphrase":
            self.passphrase.setFocus()

    def _on_postal(self, text: str) -> None:
        digits = normalized(text)
        if digits:
            self._tasks.database.submit(find_address, digits, done=self._on_address, owner=self)

    def _on_address(self, found: Address | None) -> None:
        if found is not None and (not self.address.text() or self.address.text() == self._filled):
            self._filled = "".join(found)
            self.address.set_text(self._filled)
            self._refresh()

    def _on_image_refused(self, text: str) -> None:
        sender = self.sender()
        if sender is not None:
            self.fields[sender.objectName()].set_error(text)

    def _on_start(self) -> None:
        answers = self.answers()
        problems = all_problems(answers)
        if not problems:
            self.answered.emit(answers)
            return
        self._left.update(self.fields)
        self._refresh()
        told = {problem.field: problem.sentence() for problem in problems}
        for name, words in told.items():
            if name in self.fields:
                self.fields[name].set_error(words)
        first = next(name for name in self.fields if name in told)
        self.fields[first].control.setFocus()
        self._say(_("{label}を直してください").format(label=self.fields[first].label.words()))

    def _on_skip(self) -> None:
        """What is wrong is left out, except the passphrase: without one nothing could be opened again."""
        answers = self.answers()
        wrong = [problem for problem in check(answers) if problem.field in {"passphrase", "again"}]
        if wrong:
            self._left.update({"passphrase", "again"})
            self._refresh()
            self.passphrase.setFocus()
            self._say(_("パスフレーズだけは決めてください"))
            return
        self.skipped.emit(without_wrong(answers))

    def _on_scrolling(self, _least: int, most: int) -> None:
        """The foot ends where the fields end, beside a scroll bar too."""
        s = theme.size
        self._foot_row.setContentsMargins(s.xl - s.button_pad, 0, s.xl + (s.scroll if most else 0), 0)

    def _on_language(self) -> None:
        self.language_wanted.emit(self.answers())

    def _say(self, words: str) -> None:
        self.told.set_text(words)
        self.wrong.show()

    # --- from outside ---

    def set_busy(self, busy: bool) -> None:
        """The database is being made."""
        self.start.setEnabled(not busy)
        self.skip.setEnabled(not busy)
        self.side.from_backup.setEnabled(not busy)
        self.start.set_text(_("準備しています…") if busy else _("はじめる"))

    def show_refusal(self, error: UserError) -> None:
        """What storage refused, under its field or at the top."""
        self.set_busy(False)
        for problem in error.problems:
            if problem.field in self.fields:
                self.fields[problem.field].set_error(problem.sentence())
        self._say(error.problems[0].what)

    def show_environment(self, problem: EnvironmentProblem) -> None:
        """The machine would not."""
        self.set_busy(False)
        self.trouble.set_words(problem.what, " ".join(one for one in (problem.kept, problem.remedy) if one))
        self.trouble.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        s = theme.size
        self.preview.setVisible(self.width() >= s.first_side + s.form_width + s.first_paper - s.xl)
