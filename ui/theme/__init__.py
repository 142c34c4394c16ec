"""How the program looks. One object, `theme`; every page and widget asks it and names no colour and no pixel
itself.

theme.install(app, resources, look="system", percent=100)   once, before the first widget
theme.set_look("dark")          "light" | "dark" | "system", at once everywhere
theme.colour("accent")          QColor of a name in tokens.Colours
theme.size.control              pixels of a name in tokens.Sizes, at the chosen text size
theme.font("heading")           QFont of a role in tokens.TYPE
theme.line("body")              line height of that role
theme.ems(12)                   the width of 12 full-width characters of body text
theme.changed                   emitted after a change of colours (text size and language rebuild the window
instead)
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme.fonts import load_fonts, load_paper_title, make_font
from ui.theme.palette import make_palette
from ui.theme.stylesheet import style_sheet
from ui.theme.tokens import DARK, LIGHT, TYPE, Colours, Sizes

if TYPE_CHECKING:  # only a second look needs it
    from ui.theme.stale import Stale

LOOKS = ("system", "light", "dark")


@lru_cache(maxsize=256)
def _qcolor(value: str) -> QColor:
    return QColor(value)


class Theme(QObject):
    """The look in force. Light, dark, or following the system; a text size; the fonts."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.colours: Colours = LIGHT
        self.size = Sizes()
        self.percent = 100
        self.look = "system"
        self.icon_folder = Path()
        self._app: QApplication | None = None
        self._fonts: dict[str, QFont] = {}
        self._language = "ja"
        self._translator: QTranslator | None = None
        self._frozen: list[QWidget] = []  # windows between two sheets
        self._stale: Stale | None = None  # what nobody sees, while it waits for its new clothes
        self._paper_title = False  # its face loads when it is first asked for

    def install(
        self,
        app: QApplication,
        resources: Path,
        *,
        look: str = "system",
        percent: int = 100,
        language: str = "ja",
    ) -> None:
        """Dress the application: locale, Qt's own words, fonts, colours. Before the first widget.

        The application is to be made with `-style Fusion`: asking Qt for a style later takes it ten
        milliseconds.

        Raises EnvironmentProblem `missing-font` when the fonts are not in `resources`.
        """
        self._app = app
        self.icon_folder = resources / "icons"
        self.set_language(language)
        load_fonts(resources / "fonts")
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self.percent = 0  # so that the first look is always applied
        self.set_look(look, percent)

    def set_language(self, language: str) -> None:
        """Qt's own words and the locale of calendars; widgets that already stand keep theirs."""
        self._language = language
        self._fonts.clear()
        territory = QLocale.Country.Japan if language == "ja" else QLocale.Country.UnitedKingdom
        spoken = QLocale.Language.Japanese if language == "ja" else QLocale.Language.English
        QLocale.setDefault(QLocale(spoken, territory))
        if self._app is None:
            return
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
        if language == "ja":
            translator = QTranslator(self)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if translator.load("qtbase_ja", folder):
                self._app.installTranslator(translator)
                self._translator = translator

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in force now."""
        return self.colours is DARK

    def set_look(self, look: str, percent: int | None = None) -> None:
        """Change the colours (and the text size) everywhere at once."""
        if look not in LOOKS:
            raise ValueError(look)
        self.look = look
        colours = DARK if look == "dark" or (look == "system" and self._system_is_dark()) else LIGHT
        percent = self.percent if percent is None else min(200, max(100, percent))
        if colours is self.colours and percent == self.percent:
            return
        self.colours = colours
        resized = percent != self.percent
        if resized:
            self.percent = percent
            self.size = Sizes.at(percent)
            self._fonts.clear()
        if self._app is not None:
            if resized:
                self._app.setFont(self.font("body"))
            self._app.setPalette(make_palette(colours))
            self._undress(self._app, at_once=resized)
        self.changed.emit()

    def _undress(self, app: QApplication, *, at_once: bool) -> None:
        """Replacing a sheet costs Qt eight times what it costs to take one away and to put another on.

        Where many pages stand each takes a moment, so each has a turn of events of its own; what shows is
        frozen in between, and what does not show is left out and follows in slices. ``at_once``: another
        window is about to be made in the new sizes.
        """
        windows = app.topLevelWidgets()
        if not windows and not app.styleSheet():  # the program starts
            app.setStyleSheet(style_sheet(self.colours, self.size, self.percent))
            return
        if self._frozen and not at_once:
            return  # the sheet that is still to come is of these colours
        shown = [window for window in windows if window.isVisible() and window.updatesEnabled()]
        if at_once or not shown:
            app.setStyleSheet("")
            self._dress()
            return
        self._frozen = shown
        for window in shown:
            window.setUpdatesEnabled(False)
        if self._stale is None:
            from ui.theme.stale import Stale

            self._stale = Stale(self)
        self._stale.leave_out(app)
        QTimer.singleShot(0, self, self._take_away)

    def _take_away(self) -> None:
        if self._app is not None and self._frozen:
            self._app.setStyleSheet("")
            QTimer.singleShot(0, self, self._dress_frozen)

    def _dress_frozen(self) -> None:
        if self._frozen:
            self._dress()

    def _dress(self) -> None:
        if self._app is not None:
            self._app.setStyleSheet(style_sheet(self.colours, self.size, self.percent))
        if self._stale is not None:
            self._stale.begin()
        for window in self._frozen:
            if shiboken6.isValid(window):
                window.setUpdatesEnabled(True)
        self._frozen.clear()

    def _system_is_dark(self) -> bool:
        return self._app is not None and self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _on_system_changed(self) -> None:
        if self.look == "system":
            self.set_look("system")

    def colour(self, name: str) -> QColor:
        """The colour of a token."""
        return _qcolor(getattr(self.colours, name))

    def font(self, role: str) -> QFont:
        """The font of a role; shared, so do not change it."""
        font = self._fonts.get(role)
        if font is None:
            if role == "paper-title" and not self._paper_title:
                self._paper_title = True
                load_paper_title(self.icon_folder.parent / "fonts")
            font = self._fonts[role] = make_font(role, self.percent or 100, self._language)
        return font

    def line(self, role: str) -> int:
        """Line height of a role in pixels (BIZ's own is 1 em, too tight to read)."""
        return TYPE[role][1] * (self.percent or 100) // 100

    def ems(self, count: float, role: str = "body") -> int:
        """Width in pixels of `count` full-width characters."""
        return round(count * TYPE[role][0] * (self.percent or 100) / 100)


theme = Theme()

__all__ = ["DARK", "LIGHT", "LOOKS", "Colours", "Sizes", "Theme", "theme"]
