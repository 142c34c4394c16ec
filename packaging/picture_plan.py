"""What a scene is, and how a function becomes one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from picture_stage import Stage

Play = Callable[[Stage], None]


@dataclass(frozen=True)
class Scene:
    """``place``: the page of the rail it shows, "" for windows without one. ``play`` drives a stage.

    ``manual``: the manual shows it, in Japanese and light, at the smaller size.
    """

    name: str
    place: str
    play: Play
    manual: bool = False


SCENES: Final[dict[str, Scene]] = {}


def scene(place: str, *, manual: bool = False) -> Callable[[Play], Play]:
    """Makes a function a scene of its name (``quotes_list`` is ``quotes-list``)."""

    def add(play: Play) -> Play:
        name = play.__name__.replace("_", "-")
        if name in SCENES:
            raise ValueError(f"two scenes are called {name}")
        SCENES[name] = Scene(name, place, play, manual)
        return play

    return add
