"""Dialogs as high as their words need at their width; Qt would ask how high they are when they are narrow."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QLayout


def fit(dialog: QDialog) -> None:
    """Give a dialog of a fixed width the height its layout needs, now and when its labels have settled."""
    _fit(dialog)
    QTimer.singleShot(0, dialog, partial(_fit, dialog))


def _fit(dialog: QDialog) -> None:
    box = dialog.layout()
    if box is not None:
        box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        box.activate()
        dialog.resize(dialog.width(), box.totalHeightForWidth(dialog.width()))
