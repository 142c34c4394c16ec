"""窓口: the desk's name, and its code that is part of every number."""

from __future__ import annotations

from msgspec.structs import replace

from app.papers.issuer import Settings
from app.words import _
from ui.session import Session
from ui.settings.letterhead import sample_number
from ui.settings.section import SettingsSection
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.form import Section, form, shares
from ui.widgets.strips import AdviceStrip


class DeskSection(SettingsSection):
    """The code can't be changed once a paper was issued; then the reason stands where one would try."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.name = TextField(_("例：本町窓口"))
        self.code = TextField(_("例：HM1"), ems=8)
        self.fields = {
            "desk_name": Field(_("窓口名"), self.name),
            "desk_code": Field(_("符号（英数字2〜4文字）"), self.code),
        }
        self.locked = AdviceStrip(
            _("符号はもう変えられません"),
            _(
                "この符号の番号が付いた書類を発行しました。変えると、同じ番号の書類が別の窓口からも出るおそれがあります。"
            ),
            icon="lock",
        )
        self.lay_out(
            form(
                Section(
                    _("窓口"),
                    shares((self.fields["desk_name"], 1), (self.fields["desk_code"], 1)),
                    self.locked,
                )
            )
        )
        self.name.finished.connect(self._on_edited)
        self.code.finished.connect(self._on_edited)
        self.code.edited.connect(self._on_code)

    def show_settings(self, settings: Settings) -> None:
        standing = self.session.standing
        locked = standing is not None and standing.any_issued and bool(settings.desk_code)
        self.name.set_text(settings.desk_name)
        self.code.set_text(settings.desk_code)
        self.code.edit.setReadOnly(locked)
        self.code.update()
        self.locked.setVisible(locked)
        self._say_sample(settings.desk_code)

    def collect(self, settings: Settings) -> Settings:
        return replace(settings, desk_name=self.name.text(), desk_code=self.code.text().upper())

    def _on_code(self, text: str) -> None:
        self._say_sample(text.strip().upper())

    def _say_sample(self, code: str) -> None:
        sample = _("書類番号は {number} のようになります。").format(
            number=sample_number(code, self.session.today)
        )
        fixed = "" if self.code.edit.isReadOnly() else _("発行を始めると変えられません。")
        self.fields["desk_code"].set_helper(sample + fixed)
