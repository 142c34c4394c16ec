"""What the machine itself must have before Python packages help: shared libraries and test tools on Linux.

Windows and macOS bring all of it. On Debian and its relatives what is missing is installed where that is
allowed (root, or sudo that asks no password); elsewhere the one command to run is told.

Standard library only.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from typing import Final

# Library -> Debian package. Newer releases rename some (libglib2.0-0t64) and still provide the old names.
OFFSCREEN: Final = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
WINDOW: Final = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TOOLS: Final = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
}


class NotReadyError(Exception):
    """The machine lacks something that only its owner can give it; the text says what to do."""


def missing_packages(
    kind: str,
    *,
    has_library: Callable[[str], bool] | None = None,
    has_tool: Callable[[str], bool] | None = None,
) -> list[str]:
    """The Debian packages this machine lacks for ``kind``: "commands" (no window), "run" or "test"."""
    has_library = has_library or _loads
    has_tool = has_tool or (lambda tool: shutil.which(tool) is not None)
    missing = []
    if not _can_make_environments():
        missing.append(f"python3.{sys.version_info[1]}-venv")
    if kind in {"run", "test"}:
        libraries = OFFSCREEN | WINDOW
        missing += [package for library, package in libraries.items() if not has_library(library)]
    if kind == "test":
        missing += [package for tool, package in TOOLS.items() if not has_tool(tool)]
    return list(dict.fromkeys(missing))


def prepare(kind: str) -> None:
    """Install what this machine lacks for ``kind``. Raises NotReadyError where that is not allowed."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages(kind)
    if not missing:
        return
    install = _installer()
    if install is None:
        raise NotReadyError(advice(missing))
    print(f"Installing system packages: {' '.join(missing)}", flush=True)
    # Lists may be absent (a container) or old; a failing source must not stop what the others can give.
    subprocess.run([*install, "update", "-qq"], check=False, stdout=subprocess.DEVNULL)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = [*install, "install", "-y", "-qq", "--no-install-recommends", *missing]
    done = subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
    importlib.invalidate_caches()
    if done.returncode != 0 and missing_packages(kind):
        raise NotReadyError(advice(missing_packages(kind)))


def advice(missing: Iterable[str]) -> str:
    """What to do by hand, in one command where the machine is a Debian."""
    packages = shlex.join(missing)
    if shutil.which("apt-get"):
        return f"Some system packages are missing. Please run:\n\n    sudo apt-get install {packages}\n"
    return (
        "Some system libraries are missing. Please install them with this system's package manager; on Debian"
        f" they are called:\n\n    {packages}\n"
    )


def _installer() -> list[str] | None:
    """The command that may install packages without asking anybody, or None."""
    apt = shutil.which("apt-get")
    if apt is None:
        return None
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return [apt]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0:
        return [sudo, "-n", apt]
    return None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _can_make_environments() -> bool:
    """Debian splits ensurepip from Python; without it a fresh environment has no pip."""
    return importlib.util.find_spec("ensurepip") is not None and importlib.util.find_spec("venv") is not None
