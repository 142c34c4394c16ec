"""The enums of QStyle, apart from `ui.qt`: Qt takes eight milliseconds to make them, and the first picture
needs none.
"""

from __future__ import annotations

from PySide6.QtWidgets import QStyle

State = QStyle.StateFlag
