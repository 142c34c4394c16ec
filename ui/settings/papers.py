"""書類: which papers somebody else has to agree to before they are issued, and how long papers are kept."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace
from PySide6.QtWidgets import QGridLayout, QWidget

from app.papers.issuer import PaperSettings, Settings
from app.papers.kinds import TITLES, title_of
from app.words import _
from ui.session import Session
from ui.settings.section import SettingsSection
from ui.theme import theme
from ui.widgets.choices import Check, Segments
from ui.widgets.field import Field
from ui.widgets.form import Section, form
from ui.widgets.text import Label

_ABREAST: Final = 3
# Papers that wait for nobody: those of a visit go out at the door, a letter is told to all at once.
_NEVER: Final = frozenset("WKRN")


class PapersSection(SettingsSection):
    """Every change is stored at once."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.approve = {kind: Check(title_of(kind)) for kind in TITLES if kind not in _NEVER}
        self.years = Segments([(7, _("7年")), (10, _("10年"))], 7)
        kinds = QWidget()
        grid = QGridLayout(kinds)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.size.xl)
        grid.setVerticalSpacing(theme.size.s)
        for place, check in enumerate(self.approve.values()):
            grid.addWidget(check, place // _ABREAST, place % _ABREAST)
        grid.setColumnStretch(_ABREAST, 1)
        self.fields = {
            "papers.approve": Field(_("承認のうえ発行する書類"), kinds),
            "papers.retention_years": Field(
                _("保存する年数"),
                self.years,
                _(
                    "課税期間の末日の翌日から2か月を過ぎた日から数えます。年度末は「会社」の決算月によります。"
                ),
            ),
        }
        self.alone = Label(
            _("依頼した人とは別の人が承認します。ほかに承認できる人がいないときは、自分で承認できます。"),
            "caption",
            "text3",
            wrap=True,
        )
        where = Label(_("日付の西暦・和暦、ロゴ、社印は「会社」で設定します。"), "panel", "text2", wrap=True)
        self.lay_out(
            form(
                Section(_("承認"), self.fields["papers.approve"], self.alone),
                Section(_("保存期間"), self.fields["papers.retention_years"]),
                Section(_("見え方"), where),
            )
        )
        for check in self.approve.values():
            check.clicked.connect(self._on_edited)
        self.years.chosen.connect(self._on_edited)

    def show_settings(self, settings: Settings) -> None:
        for kind, check in self.approve.items():
            check.setChecked(kind in settings.papers.approve)
        self.years.set_value(settings.papers.retention_years)

    def collect(self, settings: Settings) -> Settings:
        chosen = tuple(kind for kind, check in self.approve.items() if check.isChecked())
        kept = tuple(kind for kind in settings.papers.approve if kind not in self.approve)
        papers = PaperSettings(approve=chosen + kept, retention_years=self.years.value())
        return replace(settings, papers=papers)
