"""A screen of one's own: an X server without a monitor, with a keyboard that has the kanji to be typed.

A real keyboard writes Japanese through an input method; here each character of ``ALPHABET`` simply has a
key. The keyboard is laid out before any window opens and never changes, so that no key can be read by
another layout.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

SIZE: Final = "1366x768x24"
ALPHABET: Final = (
    "髙﨑𠮷㈱山田花子株式会社窓口通信本町東京都千代区丸内大阪市中央北浜新桜井商店見積書変更中控えタカサキヨシ"
)
TOOLS: Final = ("Xvfb", "xdotool", "xkbcomp")

# Keys of the evdev table that no PC keyboard has: room for two characters each.
_FREE: Final = (*range(147, 191), *range(208, 256))
_SECONDS: Final = 120
_MOST_TRIES: Final = 5


def missing_tool() -> str:
    """What this machine lacks for a screen; "" when nothing."""
    return next((tool for tool in TOOLS if shutil.which(tool) is None), "")


@dataclass(frozen=True)
class Screen:
    """A running X server and its number."""

    display: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program that shall open its window here."""
        without = {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "XAUTHORITY"}
        return {name: value for name, value in os.environ.items() if name not in without} | {
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "XDG_SESSION_TYPE": "x11",
            "NO_AT_BRIDGE": "1",
        }

    def press(self, *keys: str) -> None:
        """Press and release keys as ``xdotool`` names them (``ctrl+n``, ``Return``), one after the other."""
        self._type("key", "--delay", "0", *keys)

    def draw(self, path: Sequence[tuple[int, int]]) -> None:
        """Draw a line through these pixels with the left button of the mouse."""
        first, *rest = [(str(x), str(y)) for x, y in path]
        words = ["mousemove", *first, "mousedown", "1"]
        for place in rest:
            words += ["mousemove", *place]
        self._type(*words, "mouseup", "1")

    def focus(self, window: int) -> None:
        """Give a window the keyboard, which no window manager does here.

        The keyboard is taken from everybody first: a window that missed its turn is told again. A window
        that is gone by now takes nothing; who wants one asks until it has the keyboard.
        """
        words = ["search", "--maxdepth", "0", "--limit", "1", "--name", "", "windowfocus"]
        words += ["windowfocus", str(window)]
        subprocess.run(
            ["xdotool", *words], env=self.environment, check=False, capture_output=True, timeout=_SECONDS
        )

    @cached_property
    def typist(self) -> subprocess.Popen[str]:
        """One ``xdotool`` for all keys: to start it takes longer than to press one."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            ["xdotool", "-"],
            env=self.environment,
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _type(self, *words: str) -> None:
        """Have it done, and hear that it is: the answer to the question behind it."""
        keys = self.typist
        assert keys.stdin is not None
        assert keys.stdout is not None
        keys.stdin.write(f"{' '.join(words)}\ngetdisplaygeometry\n")
        keys.stdin.flush()
        answer = keys.stdout.readline().split()
        if answer != SIZE.split("x")[:2]:
            raise AssertionError(f"xdotool could not {words}: {answer}")


def keys_for(text: str) -> list[str]:
    """The keys that type a text. ValueError for a character the keyboard has not got."""
    strange = {letter for letter in text if not letter.isascii() and letter not in ALPHABET}
    if strange:
        raise ValueError(f"no key for {strange}: add it to ALPHABET")
    return [f"U{ord(letter):04X}" for letter in text]


@contextmanager
def open_screen(folder: Path) -> Iterator[Screen]:
    """Start an X server on a number that is free, lay out its keyboard, and stop it in the end."""
    for _try in range(_MOST_TRIES):  # two that start at one moment may want the same number
        server, number = _start_server()
        if number:
            break
        server.wait(_SECONDS)
    else:
        raise RuntimeError("Xvfb did not start")
    try:
        screen = Screen(f":{number}")
        _lay_out_keyboard(screen, folder)
        try:
            yield screen
        finally:
            screen.typist.communicate()
    finally:
        server.terminate()
        server.wait(_SECONDS)


def _start_server() -> tuple[subprocess.Popen[bytes], str]:
    """The server and its number; "" when it is gone again."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset", "-r"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        return server, told.readline().strip()  # ends when the server is ready, or is gone


def _lay_out_keyboard(screen: Screen, folder: Path) -> None:
    letters = list(dict.fromkeys(ALPHABET))
    pairs = [letters[place : place + 2] for place in range(0, len(letters), 2)]
    keys = "\n".join(_key(number, pair) for number, pair in zip(_FREE, pairs, strict=False))
    if len(pairs) > len(_FREE):
        raise ValueError("ALPHABET is longer than a keyboard")
    layout = folder / "keyboard.xkb"
    layout.write_text(
        'xkb_keymap { xkb_keycodes { include "evdev+aliases(qwerty)" };'
        ' xkb_types { include "complete" }; xkb_compatibility { include "complete" };'
        f' xkb_symbols {{ include "pc+us" {keys} }}; }};',
        encoding="ascii",
    )
    subprocess.run(
        ["xkbcomp", "-w0", str(layout), screen.display], check=True, capture_output=True, timeout=_SECONDS
    )


def _key(number: int, letters: Sequence[str]) -> str:
    symbols = ", ".join(f"U{ord(letter):04X}" for letter in letters)
    return f"key <I{number}> {{ [ {symbols} ] }};"
