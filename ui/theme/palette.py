"""Qt palettes from the tokens, for what no style sheet reaches (native dialogs drawn by Qt, disabled text,
links).
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from ui.theme.tokens import Colours


def make_palette(c: Colours) -> QPalette:
    """A full palette; the disabled group is written out, since Qt would derive a grey of its own."""
    palette = QPalette()
    role = QPalette.ColorRole
    for place, value in (
        (role.Window, c.window), (role.WindowText, c.text), (role.Base, c.panel),
        (role.AlternateBase, c.window),
        (role.Text, c.text), (role.Button, c.panel), (role.ButtonText, c.text), (role.BrightText, c.danger),
        (role.Highlight, c.accent), (role.HighlightedText, c.on_accent), (role.Link, c.accent),
        (role.LinkVisited, c.accent), (role.PlaceholderText, c.text3), (role.ToolTipBase, c.toast),
        (role.ToolTipText, c.on_toast), (role.Light, c.panel), (role.Midlight, c.line), (role.Mid, c.frame),
        (role.Dark, c.edge), (role.Shadow, c.edge), (role.Accent, c.accent),
    ):  # fmt: skip
        palette.setColor(place, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, place, QColor(c.text3))
    palette.setColor(disabled, role.Highlight, QColor(c.frame))
    return palette
