"""The scoped enums of Qt under short names, in one place, so that a page reads like prose.

Only aliases stand here: nothing may be computed, and nothing outside PySide6 may be imported.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy

Align = Qt.AlignmentFlag
Aspect = Qt.AspectRatioMode
Case = Qt.CaseSensitivity
Connection = Qt.ConnectionType
Context = Qt.ContextMenuPolicy
Cursor = Qt.CursorShape
Elide = Qt.TextElideMode
Focus = Qt.FocusPolicy
FocusReason = Qt.FocusReason
ItemFlag = Qt.ItemFlag
Input = Qt.InputMethodHint
Key = Qt.Key
Mod = Qt.KeyboardModifier
Mouse = Qt.MouseButton
Orient = Qt.Orientation
PenStyle = Qt.PenStyle
Role = Qt.ItemDataRole
Scroll = Qt.ScrollBarPolicy
ShortcutScope = Qt.ShortcutContext
Text = Qt.TextFlag
TextInteraction = Qt.TextInteractionFlag
Transform = Qt.TransformationMode
Widget = Qt.WidgetAttribute
Window = Qt.WindowType

Edit = QAbstractItemView.EditTrigger
Event = QEvent.Type
Hint = QPainter.RenderHint
Policy = QSizePolicy.Policy
Resize = QHeaderView.ResizeMode
Select = QItemSelectionModel.SelectionFlag
SelectBy = QAbstractItemView.SelectionBehavior
SelectMode = QAbstractItemView.SelectionMode
Shape = QFrame.Shape
Weight = QFont.Weight

LEFT = Align.AlignLeft | Align.AlignVCenter
RIGHT = Align.AlignRight | Align.AlignVCenter
CENTRE = Align.AlignCenter
TOP_LEFT = Align.AlignLeft | Align.AlignTop
