"""表示と言語: light or dark, Japanese or English, the size of text. Kept on this machine for this person."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from app.papers.issuer import Settings
from app.words import _
from ui.preferences import TEXT_SIZES
from ui.session import Session
from ui.settings.section import SettingsSection
from ui.theme import theme
from ui.widgets.choices import Segments
from ui.widgets.field import Field
from ui.widgets.form import Section, form


class LookSection(SettingsSection):
    """Takes effect at once; nothing of it stands in the database."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        preferences = session.preferences
        self.look = Segments(
            [("system", _("端末に合わせる")), ("light", _("明るい")), ("dark", _("暗い"))], preferences.look
        )
        self.language = Segments([("ja", "日本語"), ("en", "English")], preferences.language)
        self.text_size = Segments(
            [(size, _("{percent}％").format(percent=size)) for size in TEXT_SIZES], preferences.text_size
        )
        self.lay_out(
            form(
                Section(_("画面の色"), Field(_("明るさ"), self.look)),
                Section(
                    _("言語"),
                    Field(
                        _("画面のことば"),
                        self.language,
                        _("書類のことばは見積ごとに選びます。切り替えると画面を作り直します。"),
                    ),
                ),
                Section(_("文字"), Field(_("文字とボタンの大きさ"), self.text_size)),
            )
        )
        self.look.chosen.connect(self._on_look)
        self.language.chosen.connect(self._on_language)
        self.text_size.chosen.connect(self._on_text_size)
        theme.changed.connect(self._on_theme)

    def show_settings(self, settings: Settings) -> None:
        """Nothing of this section stands in the settings of the desk."""

    def collect(self, settings: Settings) -> Settings:
        return settings

    def _on_theme(self) -> None:
        self.look.set_value(theme.look)

    def _on_look(self, look: str) -> None:
        self.session.preferences.look = look
        self.session.preferences.save()
        theme.set_look(look)

    def _on_language(self, language: str) -> None:
        self.session.preferences.language = language
        self._make_anew()

    def _on_text_size(self, size: int) -> None:
        self.session.preferences.text_size = size
        self._make_anew()

    def _make_anew(self) -> None:
        self.session.preferences.save()
        # This page dies with the window that is made anew: let the click end first.
        QTimer.singleShot(0, self.session.look_changed.emit)
