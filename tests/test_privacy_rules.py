"""No network, no file left about, nothing personal in log or report: of the source, and of real processes."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.contract.customer import CustomerFields
from app.errors import Problem, UserError
from app.logs import start_log, stop_log, write_bug_report
from app.usecases.keep_customer import get_customer, register_customer
from tests.desks import new_desk

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("app", "db", "reports", "ui", "cli")
NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "xmlrpc", "QtNetwork",
}  # fmt: skip
HARMLESS = "urllib.parse."
LEFT_ABOUT = {"tempfile", "QTemporaryFile", "QTemporaryDir"}
OURS = "ui/clipboard.py"


IMPORT = re.compile(r"^\s*(?:from (\S+) import (.+)|import (.+))$", re.MULTILINE)


def modules() -> Iterator[tuple[str, str]]:
    paths = [ROOT / "main.py", *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))]
    for path in paths:
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def wrong_in(text: str, names: set[str]) -> set[str]:
    """What a module imports of these, anywhere in it, in one line (no such name needs several)."""
    found = set()
    for source, taken, plain in IMPORT.findall(text):
        every = {name.strip().split(" ")[0] for name in (taken or plain).split(",")}
        full = {f"{source}.{name}" for name in every} if source else every
        found |= {one for one in full if names & set(one.split(".")) and not one.startswith(HARMLESS)}
    return found


def test_no_module_reaches_for_the_network_or_leaves_files_about() -> None:
    found = {name: wrong_in(text, NETWORK | LEFT_ABOUT) for name, text in modules()}
    assert len(found) > 300
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    bad = "import os, urllib.request\n  from PySide6 import QtNetwork\nfrom urllib.parse import quote"
    assert wrong_in(bad, NETWORK) == {"urllib.request", "PySide6.QtNetwork"}


def test_what_is_copied_is_copied_in_one_place() -> None:
    assert [name for name, text in modules() if "clipboard()" in text] == [OURS]


PROCESS = """
import json, os, sys
tripped = []

def hook(event, arguments):
    if event == "socket.__new__" and int(arguments[1]) in (2, 10, 23, 30) or event in (
        "socket.getaddrinfo", "socket.gethostbyname",
        "socket.gethostbyaddr", "socket.connect", "urllib.Request"
    ):
        tripped.append(event)
        raise RuntimeError("network: " + event)

sys.addaudithook(hook)
import main
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

folder, request, out = sys.argv[1:]
assert main.main(["quote", request, "--pdf", out]) == 0
assert main.main(["backup", "--data", folder]) == 0
assert main.main(["doctor", "--data", folder]) in (0, 1)

class Watch(QObject):
    def eventFilter(self, watched, event):
        paints = event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow)
        if paints and not self.property("seen"):
            self.setProperty("seen", True)
            QTimer.singleShot(700, QApplication.closeAllWindows)
        return False

begin = QApplication.exec
def watched(*_any):
    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    return begin()
QApplication.exec = watched
status = main.main(["--data", folder])
sys.stderr.flush()
print(json.dumps([status, tripped]))
sys.stdout.flush()
os._exit(0)
"""


def test_a_quotation_a_backup_a_check_and_the_window_need_no_network(data: Path, tmp_path: Path) -> None:
    desk = new_desk(data)
    desk.storage.close()
    request, out = ROOT / "docs" / "examples" / "dokodemo-prime.json", tmp_path / "見積.pdf"
    done = subprocess.run(
        [sys.executable, "-c", PROCESS, str(data), str(request), str(out)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=600,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == [0, []], done.stderr
    assert out.read_bytes().startswith(b"%PDF")
    assert list((data / "backups").glob("*.db"))


SECRETS = ("髙橋", "0743", "三条町", "hanako")


def broken(fields: CustomerFields) -> None:
    """A bug while a customer is open: its data stand in locals, in the message and in what it came from."""
    try:
        raise UserError(Problem("bad-name", f"{fields.name}は使えません", why=fields.address, field="name"))
    except UserError as error:
        raise KeyError(fields.name, fields.phone, {"mail": fields.email}) from error


@pytest.mark.allow_logs
def test_a_bug_while_a_customer_is_open_tells_nothing_of_it(data: Path, tmp_path: Path) -> None:
    desk = new_desk(data)
    customer = register_customer(
        desk,
        CustomerFields(
            name="髙橋 花子", phone="0743-00-0149", address="奈良市三条町9", email="hanako@example.jp"
        ),
    )
    fields = get_customer(desk, customer.id).fields
    handler = start_log(tmp_path)
    try:
        broken(fields)
    except KeyError as error:
        error.add_note(f"while showing {fields.name}")
        logging.getLogger("app.privacy").error(
            "of %s at %s %r", fields.name, fields.address, fields, exc_info=error
        )
        logging.getLogger("sqlalchemy").error("INSERT %s", fields.name)
        report = write_bug_report(tmp_path, error)
    stop_log(handler)
    told = report.read_text(encoding="utf-8") + (tmp_path / "madoguchi.log").read_text(encoding="utf-8")
    assert [word for word in SECRETS if word in told] == []
    assert "KeyError" in told
    assert "bad-name" in told
    assert "in broken" in told
    desk.storage.close()
