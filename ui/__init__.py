"""The window: PySide6. Knows `app`, never `db` or `reports`; what it needs of them is handed to it by
main.py.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def _spare_sources() -> None:
    """Keep PySide from reading the source of every module that is imported from now on.

    It looks there for users of ``from __feature__ import …``. We are none, and without that the program
    starts
    20 ms sooner and holds 15 MB less. The name is private: where it is gone, nothing is lost.
    """
    try:
        import_module("PySide6.QtCore")
        feature: Any = import_module("shibokensupport.feature")
    except ImportError:
        return
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _module: False


_spare_sources()
