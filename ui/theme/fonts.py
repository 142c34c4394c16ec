"""The fonts the program brings with it. Nothing is taken from the machine, so every screen looks the same
everywhere.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from app.errors import EnvironmentProblem
from app.words import _
from ui.theme.tokens import FAMILIES, LARGER_IN_ENGLISH, PAPER_TITLE_FAMILIES, TITLE_FAMILIES, TYPE

# Body text and figures first: the first page is drawn with them.
_NEEDED = ("BIZ UDPGothic",)
_FAMILIES_OF = {"title": TITLE_FAMILIES, "paper-title": PAPER_TITLE_FAMILIES}


def load_fonts(folder: Path) -> None:
    """Make the font files of `folder` known to Qt.

    Raises EnvironmentProblem `missing-font` when the text face is not among them: all Japanese would be
    boxes.
    """
    families: set[str] = set()
    for file in sorted(folder.rglob("*.ttf")):
        if "mincho" in file.name.lower() or "udgothic" in file.name.lower().replace("-", "").replace("_", ""):
            continue  # faces of the papers only
        number = QFontDatabase.addApplicationFont(str(file))
        if number >= 0:
            families.update(QFontDatabase.applicationFontFamilies(number))
    missing = [family for family in _NEEDED if family not in families]
    if missing:
        raise EnvironmentProblem(
            "missing-font",
            _("画面の書体「{name}」が見つかりません。").format(name=missing[0]),
            kept=_("保存したデータはそのまま残っています。"),
            remedy=_("プログラムをもう一度入れ直してください。"),
        )


def load_paper_title(folder: Path) -> None:
    """Make the face known that papers set their titles in. Without it the text face stands in."""
    for file in folder.rglob("*Mincho*.ttf"):
        QFontDatabase.addApplicationFont(str(file))


def make_font(role: str, percent: int, language: str = "ja") -> QFont:
    """The font of a role of `tokens.TYPE` at a text size in percent."""
    px, _line, bold = TYPE[role]
    if language == "en" and role in LARGER_IN_ENGLISH:
        px += 1
    font = QFont()
    font.setFamilies(list(_FAMILIES_OF.get(role, FAMILIES)))
    font.setPixelSize(max(1, px * percent // 100))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
