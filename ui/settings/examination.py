"""点検: a look through data and program, part by part; what was found, and what to do."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.papers.issuer import Settings
from app.usecases.findings import Finding
from app.words import _
from ui.backup_words import at_words
from ui.checkup import Checked
from ui.clipboard import copy_text
from ui.months.run_bar import ProgressLine
from ui.session import Session
from ui.settings.section import SettingsSection
from ui.widgets.button import Button
from ui.widgets.form import Section, form
from ui.widgets.layout import row
from ui.widgets.sheet import Line, Sheet, SheetColumn, SheetRow, SheetSection
from ui.widgets.strips import AdviceStrip
from ui.widgets.text import Label

_ICONS = {"good": "circle-check", "note": "info", "bad": "circle-alert"}
_TONES = {"good": "good", "note": "note", "bad": "danger"}
_MOST_DETAILS = 8


class ExaminationSection(SettingsSection):
    """Follows the checkup of the session: it goes on, and its result stays, when one goes elsewhere."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.start = Button(_("点検する"), "clipboard-check", "filled")
        self.stop = Button(_("止める"), "pause", small=True)
        self.line, self.doing = ProgressLine(), Label("", "panel", "text2")
        self._bar = QWidget()
        self._bar.setLayout(row(self.line, self.doing, self.stop, gap="m"))
        self.strip = AdviceStrip()
        self.found = Sheet(
            (SheetColumn(ems=4), SheetColumn(ems=11), SheetColumn()), name=_("点検の結果"), pad="s"
        )
        self.copy = Button(_("結果をコピー"), "copy", small=True)
        about = Label(
            _(
                "データベース、操作の記録、発行した書類、添付ファイル、締めた月、料金表、書類の文字、祝日、空き容量、控え、"
                "鍵、時計を調べます。何も変えません。点検のあいだも作業を続けられます。"
            ),
            "panel",
            "text2",
            wrap=True,
        )
        self._result = Section(_("結果"), self.strip, self.found, row(self.copy, None))
        self.lay_out(form(Section(_("点検"), about, self._bar, row(self.start, None)), self._result))
        self.start.clicked.connect(self._on_start)
        self.stop.clicked.connect(self._on_stop)
        self.copy.clicked.connect(self._on_copy)
        session.checkup.stepped.connect(self.refresh)
        self.refresh()

    def show_settings(self, settings: Settings) -> None:
        """Nothing of the settings stands here."""

    def collect(self, settings: Settings) -> Settings:
        return settings

    def refresh(self) -> None:
        """How far it has come, and what was found."""
        checkup = self.session.checkup
        self._bar.setVisible(checkup.running)
        self.start.setEnabled(not checkup.running)
        self.stop.setEnabled(not checkup.stopping)
        if checkup.running:
            self._show_part(checkup.part)
        last = checkup.last
        self._result.setVisible(last is not None)
        if last is not None:
            self.start.set_text(_("もう一度点検する"))
            self._show(last)

    def _show_part(self, code: str) -> None:
        from app.usecases.examine import PARTS, part_words

        if self.session.checkup.stopping:
            self.doing.set_text(_("止めています"))
        elif code in PARTS:
            self.line.set_percent(100 * PARTS.index(code) // len(PARTS))
            self.doing.set_text(_("{part}を調べています").format(part=part_words(code)))
        else:
            self.line.set_percent(0)
            self.doing.set_text(
                _("控えを取り終わるのを待っています") if self.session.keeper.making else _("始めています")
            )

    def _show(self, checked: Checked) -> None:
        at = at_words(checked.at, self.session.desk.now())
        self.copy.setVisible(bool(checked.findings))
        self.found.setVisible(bool(checked.findings))
        self.found.set_sections(
            [SheetSection("", tuple(_row_of(one) for one in _worst_first(checked.findings)))]
        )
        if checked.problem is not None:
            problem = checked.problem
            self._say(
                "danger", "triangle-alert", problem.what,
                " ".join(one for one in (problem.kept, problem.remedy) if one),
            )  # fmt: skip
            return
        bad = sum(one.level == "bad" for one in checked.findings)
        notes = sum(one.level == "note" for one in checked.findings)
        when = (
            _("{moment}に点検しました。").format(moment=at)
            if checked.whole
            else _("{moment}に、途中で止めました。").format(moment=at)
        )
        if bad:
            self._say("danger", "triangle-alert", _("異常が{count}つあります").format(count=bad), when)
        elif notes:
            self._say(
                "note", "info", _("異常はありません。注意が{count}つあります").format(count=notes), when
            )
        else:
            self._say("good", "circle-check", _("異常はありません"), when)

    def _say(self, meaning: str, icon: str, title: str, detail: str) -> None:
        self.strip.set_meaning(meaning, icon)
        self.strip.set_words(title, detail)

    # --- doing ---

    def _on_start(self) -> None:
        self.session.checkup.start()

    def _on_stop(self) -> None:
        self.session.checkup.stop()

    def _on_copy(self) -> None:
        last = self.session.checkup.last
        if last is not None:
            lines = [f"{self.strip.title.words()} {self.strip.detail.words()}"]
            lines += [_as_text(one) for one in _worst_first(last.findings)]
            copy_text("\n".join(lines))
            self.copy.set_text(_("コピーしました"))


def _worst_first(findings: tuple[Finding, ...]) -> list[Finding]:
    order = {"bad": 0, "note": 1, "good": 2}
    return sorted(findings, key=lambda one: order[one.level])


def _level_words(finding: Finding) -> str:
    return {"good": _("良い"), "note": _("注意"), "bad": _("異常")}[finding.level]


def _row_of(finding: Finding) -> SheetRow:
    tone = _TONES[finding.level]
    lines = [Line(finding.words)]
    lines += [Line(one, "caption", "text2") for one in finding.details[:_MOST_DETAILS]]
    if len(finding.details) > _MOST_DETAILS:
        rest = len(finding.details) - _MOST_DETAILS
        lines.append(Line(_("ほか{count}件").format(count=rest), "caption", "text2"))
    if finding.remedy:
        lines.append(Line(finding.remedy, "panel", tone, "arrow-right"))
    level = Line(_level_words(finding), "panel", tone, _ICONS[finding.level])
    return SheetRow(((level,), (Line(finding.title, "panel-bold"),), tuple(lines)))


def _as_text(finding: Finding) -> str:
    details = "".join(f"\n    {one}" for one in finding.details)
    remedy = f"\n    → {finding.remedy}" if finding.remedy else ""
    return f"［{_level_words(finding)}］{finding.title}：{finding.words}{details}{remedy}"
