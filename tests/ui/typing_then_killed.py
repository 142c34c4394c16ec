"""A window of its own process, in which somebody types a new customer until the process is killed.

``python -m tests.ui.typing_then_killed FOLDER``: says ``kept`` when what was typed is on the disk.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.places import resources
from tests.desks import reopened
from ui.customers.form_page import CustomerPage
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import Tasks
from ui.theme import theme
from ui.widgets.strips import Toasts


def main(folder: Path) -> None:
    """Type, and wait for the end."""
    app = QApplication(["madoguchi", "-platform", "offscreen"])
    theme.install(app, resources(), look="light")
    desk, tasks = reopened(folder), Tasks()
    session = Session(desk, tasks, Preferences(folder / "preferences"))
    window = QWidget()
    page = CustomerPage(session, Toasts(window))
    page.open_new()
    page.show()
    QTest.keyClicks(page.name.edit, "Aozora")
    QTest.keyClicks(page.phone.edit, "03-0000-1111")

    def tell() -> None:
        with desk.storage.look() as work:
            kept = work.typed.of("customer", "")
        if "03-0000-1111" in str(kept) and not tasks.busy:
            os.write(1, b"kept\n")

    timer = QTimer(interval=50)
    timer.timeout.connect(tell)
    timer.start()
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
