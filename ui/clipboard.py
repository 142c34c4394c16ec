"""What is copied may hold personal data: the systems are asked to keep it out of their clipboard histories
and clouds. What differs between them is the names of formats; all are set everywhere.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

_WINDOWS: Final = 'application/x-qt-windows-mime;value="{name}"'
_NO: Final = QByteArray(b"\x00\x00\x00\x00")  # a DWORD
MARKS: Final = {
    _WINDOWS.format(name="ExcludeClipboardContentFromMonitorProcessing"): QByteArray(b"\x00"),
    _WINDOWS.format(name="CanIncludeInClipboardHistory"): _NO,
    _WINDOWS.format(name="CanUploadToCloudClipboard"): _NO,
    "application/x-nspasteboard-concealed-type": QByteArray(b"1"),
    "org.nspasteboard.ConcealedType": QByteArray(b"1"),
    "x-kde-passwordManagerHint": QByteArray(b"secret"),
}


def copy_data(data: QMimeData) -> None:
    """Put data on the clipboard, marked as not to be remembered."""
    for name, value in MARKS.items():
        data.setData(name, value)
    QGuiApplication.clipboard().setMimeData(data)


def copy_text(text: str) -> None:
    """Put a text on the clipboard, marked as not to be remembered."""
    data = QMimeData()
    data.setText(text)
    copy_data(data)
