"""Somebody at the keyboard of a window: presses keys, reads what stands there, waits for what is meant."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

from tests.e2e import clock
from tests.e2e.screen import Screen, keys_for

_EAR: Final = Path(__file__).with_name("ear.py")
_PATIENCE: Final = 120.0  # a slow machine is not a defect
_AGAIN: Final = 0.01
_MOST_STEPS: Final = 60
_HAND: Final = ((1, 6), (2, 2), (3, 6), (4, 3), (5, 6), (6, 2), (7, 5))  # eighths of a sheet
_LEAST_SHEET: Final = 60  # pixels: less of it is not enough to sign on

Sight = dict[str, Any]


class Hands:
    """One running window of the program, and somebody who types into it."""

    def __init__(self, screen: Screen, data: Path, *arguments: str) -> None:
        self._screen = screen
        self._pressed = 0
        self.process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", str(_EAR), "--data", str(data), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=screen.environment | clock.told(),
        )

    # --- seeing ---

    def look(self, asked: str = "everything") -> Sight:
        """What stands there now, told by the window's own thread: ``keys`` that arrived, those and where the
        ``focus`` is, or everything.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{asked}\n".encode())
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"the program has ended: {self.process.wait()}")
        sight: Sight = json.loads(line)
        return sight

    def wait(self, what: str, met: Callable[[Sight], object], asked: str = "everything") -> Sight:
        """Look until something is met."""
        end = monotonic() + _PATIENCE
        while True:
            sight = self.look(asked)
            if met(sight):
                return sight
            if monotonic() > end:
                raise AssertionError(f"waited for {what}; what stands there: {_short(self.look())}")
            sleep(_AGAIN)

    def wait_for_words(self, *parts: str) -> Sight:
        """Look until these words can be read, each somewhere."""
        return self.wait(
            " and ".join(parts),
            lambda sight: all(any(part in text for text in sight["words"]) for part in parts),
        )

    def wait_for_focus(self, name: str) -> Sight:
        """Look until the keyboard is in the control of that name."""
        return self.wait(
            f"the focus in {name!r}", lambda sight: (sight["focus"] or {}).get("name") == name, "focus"
        )

    def wait_for_window(self, kind: str = "MainWindow") -> Sight:
        """Wait until a window of that class is on the screen, and give it the keyboard."""
        return self.wait(f"an active {kind}", lambda sight: self._give_keyboard(sight, kind))

    def _give_keyboard(self, sight: Sight, kind: str) -> bool:
        """Whether the window has the keyboard. Asked again until it has: X forgets it with a window that
        goes.
        """
        found = _window(sight, kind)
        if found is not None and not found["active"]:
            self._screen.focus(found["id"])
        return found is not None and bool(found["active"])

    # --- typing ---

    def press(self, *keys: str) -> None:
        """Press keys and wait until the window has taken them."""
        self._screen.press(*keys)
        self._pressed += len(keys)
        self.wait(f"{keys} to arrive", lambda sight: sight["keys"] >= self._pressed, "keys")

    def pressed(self, *keys: str) -> Sight:
        """Press keys, and what stands there then."""
        self.press(*keys)
        return self.look()

    def type(self, text: str) -> None:
        """Type a text where the keyboard is."""
        self.press(*keys_for(text))

    def go_to(self, name: str, *, back: bool = False) -> Sight:
        """Press Tab until the keyboard is in the control of that name."""
        sight = self.look("focus")
        for _step in range(_MOST_STEPS):
            if sight["focus"] and sight["focus"]["name"] == name:
                return sight
            self.press("shift+Tab" if back else "Tab")
            sight = self.look("focus")
        raise AssertionError(f"Tab never comes to {name!r}; it is at {sight['focus']}")

    def fill(self, name: str, text: str) -> None:
        """Go to a field and type into it."""
        self.go_to(name)
        self.type(text)

    def choose(self, item: str) -> Sight:
        """In a menu or a list that has dropped down: go to an item by the arrow keys and take it."""
        sight = self.wait(
            f"a menu with {item!r}", lambda sight: item in (sight["menu"] or {}).get("items", ())
        )
        for _step in range(len(sight["menu"]["items"])):
            if sight["menu"]["current"] == item:
                self.press("Return")
                return self.wait("the menu to go", lambda sight: sight["menu"] is None)
            sight = self.pressed("Down")
        raise AssertionError(f"{item!r} can't be reached: {sight['menu']}")

    # --- the hand ---

    def sign(self) -> Sight:
        """Draw a name on the sheet with the mouse, as a hand does: down, along, up."""
        sight = self.wait("a sheet in sight", lambda sight: any(map(_is_in_sight, sight["sheets"])))
        sheet = next(one for one in sight["sheets"] if _is_in_sight(one))
        across, down = sheet["width"] // 8, sheet["height"] // 8
        path = [(sheet["x"] + x * across, sheet["y"] + y * down) for x, y in _HAND]
        self._screen.draw(path)
        return self.wait("the signature", lambda sight: _is_signed(sight["sheets"]))

    # --- ending ---

    def close(self) -> None:
        """Close the window, as the cross in its corner does, and wait for the program to end."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"close\n")
        self.process.stdin.flush()
        status = self.process.wait(_PATIENCE)
        if status:
            raise AssertionError(f"the program ended with {status}")

    def kill(self) -> None:
        """As if the power went: no chance to save anything."""
        self.process.kill()
        self.process.wait(_PATIENCE)

    def end(self) -> None:
        """Take the process away if it still runs."""
        if self.process.poll() is None:
            self.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()


@contextmanager
def window(screen: Screen, data: Path, *arguments: str) -> Iterator[Hands]:
    """A window on a data folder, gone afterwards whatever happens."""
    hands = Hands(screen, data, *arguments)
    try:
        yield hands
    finally:
        hands.end()


def _window(sight: Sight, kind: str) -> dict[str, Any] | None:
    return next((one for one in sight["windows"] if one["kind"] == kind and one["painted"]), None)


def _short(sight: Sight) -> str:
    return json.dumps({**sight, "words": sight["words"][:80]}, ensure_ascii=False, indent=1)


def _is_in_sight(sheet: dict[str, Any]) -> bool:
    return min(sheet["width"], sheet["height"]) >= _LEAST_SHEET


def _is_signed(sheets: list[dict[str, Any]]) -> bool:
    return any("署名あり" in one["name"] for one in sheets)
