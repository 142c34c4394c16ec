"""What holds for every test: nothing leaks between tests, and nothing goes wrong in silence.

- The Qt platform is offscreen; a test marked ``e2e`` starts programs without that setting.
- A log record of WARNING or above fails the test, unless ``@pytest.mark.allow_logs("pattern", …)`` expects it
  (without a pattern: any). Warnings of Qt fail it too (``qt_log_level_fail`` in pyproject.toml).
- The network is denied, the user's own folders and key ring are out of reach, the language is Japanese.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from app.charge import plan
from app.words import set_language

if TYPE_CHECKING:
    from sqlalchemy import Engine

# Before anything imports Qt or a key ring.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
for _name in ("QT_SCALE_FACTOR", "QT_FONT_DPI", "QT_STYLE_OVERRIDE", "MADOGUCHI_PASSPHRASE"):
    os.environ.pop(_name, None)

# The same examples, faults and order every time, so that no luck decides on a change: a failure is met again
# by running again. ``FRESH=1`` looks for new ones. No deadline, and no complaint of slow examples: a slow
# machine is not a defect. No database: processes would share it.
FRESH = bool(os.environ.get("FRESH"))
_ORDER = 20_261_120
settings.register_profile(
    "suite", deadline=None, database=None, print_blob=True, derandomize=not FRESH,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
settings.load_profile("suite")
if not FRESH:
    # Hypothesis also tries what it finds written in the modules imported so far, and they differ with the
    # order of the tests and with who else runs them.
    providers._get_local_constants = providers.Constants


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """The tests stand in the same random order every time, unless somebody names another or asks for new."""
    if not FRESH and config.getoption("randomly_seed", None) == "default":
        config.option.randomly_seed = _ORDER


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Where nothing is compiled yet, every second process begins at the other end: each finds half of the
    tests compiled by its neighbour.
    """
    gc.disable()  # what is imported now is there to stay
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    folder = Path(__file__).parent
    whole = [Path(argument).name for argument in session.config.args] == [folder.name]
    if int(worker) % 2 == 0 or not whole or sys.dont_write_bytecode:
        return
    for path in sorted(folder.rglob("test_*.py"), reverse=True):
        name = ".".join(path.relative_to(folder.parent).with_suffix("").parts)
        with suppress(Exception, pytest.skip.Exception):  # whatever is wrong with it is told by collecting it
            import_module(name)


def pytest_collection_finish() -> None:
    """Garbage is looked for among what tests make, in larger heaps than usual, and no more among the modules
    and the tests themselves: a fifth of what tests with a database took.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    gc.enable()


class NetworkDeniedError(RuntimeError):
    """A test tried to reach the network."""


class _NetworkGuard:
    """Python has no way to take an audit hook away again, so the one hook asks whether it is wanted."""

    def __init__(self) -> None:
        self.denies = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.denies:
            return
        internet = event == "socket.__new__" and arguments[1] in {socket.AF_INET, socket.AF_INET6}
        if internet or event in {"socket.getaddrinfo", "socket.gethostbyname"}:
            raise NetworkDeniedError(f"{event}: Madoguchi works without a network, and so do its tests")


def _installed_guard() -> _NetworkGuard:
    guard = _NetworkGuard()
    sys.addaudithook(guard)
    return guard


_guard = _installed_guard()


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Deny internet sockets while a test runs; local ones (X11) stay."""
    _guard.denies = True
    yield
    _guard.denies = False


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_unexpected_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logged a warning or worse without saying that it would."""
    listener = _Listener()
    root = logging.getLogger()
    level = root.level
    root.addHandler(listener)
    yield
    root.removeHandler(listener)
    for left in [one for one in root.handlers if isinstance(one, RotatingFileHandler)]:
        root.removeHandler(left)  # a window began its log in this test
        left.close()
    root.setLevel(level)
    unexpected = [text for text in map(_told, listener.records) if not _allowed(request, text)]
    if unexpected:
        pytest.fail("unexpected log records:\n" + "\n".join(unexpected), pytrace=False)


def _told(record: logging.LogRecord) -> str:
    return f"{record.levelname} {record.name}: {record.getMessage()}"


def _allowed(request: pytest.FixtureRequest, text: str) -> bool:
    markers = list(request.node.iter_markers("allow_logs"))
    return any(not marker.args or any(re.search(each, text) for each in marker.args) for marker in markers)


@pytest.fixture(autouse=True)
def japanese() -> None:
    """Every test starts in Japanese, whatever the one before chose."""
    set_language("ja")


@pytest.fixture(autouse=True)
def own_prices() -> None:
    """What one test had priced is not remembered for the next: each works its amounts out itself."""
    plan._PLANS.clear()


@pytest.fixture(scope="session", autouse=True)
def statements_in_common() -> Iterator[None]:
    """Statements become SQL once in a process instead of once for every database that a test makes: a
    quarter of what the tests of the use cases take.
    """
    from db import backups, engine, sqlite

    first: list[Engine] = []

    def make(path: Path, key: bytes, patience: float) -> Engine:
        made = sqlite.make_engine(path, key, patience)
        if first:  # what is kept is found by the dialect, too
            made.dialect, made._compiled_cache = first[0].dialect, first[0]._compiled_cache
        else:
            first.append(made)
        return made

    with pytest.MonkeyPatch.context() as patch:
        for module in (engine, backups):
            patch.setattr(module, "make_engine", make)
        yield


@pytest.fixture(scope="session", autouse=True)
def cheap_passphrases() -> Iterator[None]:
    """Passphrases cost people a fifth of a second each time, tests next to nothing; started programs pay."""
    from app.usecases import carry_box
    from db.keys import KeyStore

    class CheapHeader(carry_box.Header, frozen=True, kw_only=True):
        memory_kib: int = 64

    costs = KeyStore.__init__.__kwdefaults__
    recommended = 65_536  # RFC 9106, the second choice
    assert costs["memory_kib"] == carry_box.Header().memory_kib == recommended
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(costs, "memory_kib", 64)
        patch.setattr(carry_box, "Header", CheapHeader)
        yield


@pytest.fixture(scope="session", autouse=True)
def nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Point the system's folders for users at an empty one, so that no test finds or leaves real data."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        yield home


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder of this test alone, not made yet."""
    return tmp_path / "データ フォルダー"


@pytest.fixture(autouse=True)
def _own_platform(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs that an end-to-end test starts choose their platform themselves."""
    if request.node.get_closest_marker("e2e"):
        monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
