"""Plays the scenes in every look and size and writes what is seen; draws the pages of the examples."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

import pypdfium2
from picture_desk import DeskMaker, example_papers, key_ring
from picture_scenes import SCENES, Scene
from picture_stage import Look, Stage, dress
from picture_visit_papers import MANUAL_PAGES, visit_papers
from pictures import LOOKS, MANUAL, MANUAL_OUT, MOST_BYTES, PAGES_DPI, SIZES
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from app.words import set_language

_NEAR = 5  # of 255 in each of red, green and blue


def play(maker: DeskMaker, scene: Scene, look: Look, size: QSize) -> QImage:
    """The picture of a scene."""
    stage = Stage(maker, look, size)
    try:
        scene.play(stage)
        return stage.picture()
    finally:
        stage.close()


class Shots:
    """One run of the command."""

    def __init__(self, args: argparse.Namespace, folder: Path) -> None:
        self._args = args
        self._folder = folder
        self._failed = 0
        self._made = 0

    def run(self) -> int:
        """Everything asked for; 1 when something could not be made."""
        unknown = sorted(set(self._args.scenes) - set(SCENES))
        if unknown:
            print(f"no such scene: {', '.join(unknown)}; there are {', '.join(SCENES)}", file=sys.stderr)
            return 2
        app = QApplication.instance() or QApplication(["pictures"])
        assert isinstance(app, QApplication)
        dress(app)
        started = perf_counter()
        with key_ring():
            maker = DeskMaker(self._folder / "data", self._args.quotations)
            if not self._args.pages:
                self._scenes(maker)
            if self._args.manual and not self._args.scenes:
                self._manual_pages()
            if self._args.pages:
                self._pages(maker)
        seconds = perf_counter() - started
        print(f"{self._made} pictures in {seconds:.0f} s, {self._failed} failed", flush=True)
        return 1 if self._failed else 0

    # --- scenes -----------------------------------------------------------------------------------

    def _scenes(self, maker: DeskMaker) -> None:
        for look, (colours, language) in LOOKS.items():
            for size, (width, height) in SIZES.items():
                if not self._wanted(look, size):
                    continue
                for scene in self._chosen():
                    self._scene(maker, scene, look, size, Look(colours, language), QSize(width, height))
                print(f"{look} {size}", flush=True)

    def _wanted(self, look: str, size: str) -> bool:
        if self._args.manual:
            return (size, look) == MANUAL
        return look in (self._args.look or LOOKS) and size in (self._args.size or SIZES)

    def _chosen(self) -> list[Scene]:
        named = [SCENES[name] for name in self._args.scenes] or list(SCENES.values())
        return [scene for scene in named if scene.manual or not self._args.manual]

    def _scene(self, maker: DeskMaker, scene: Scene, look: str, size: str, seen: Look, pixels: QSize) -> None:
        try:
            image = play(maker, scene, seen, pixels)
        except Exception as error:  # one scene that fails must not keep the others from being made
            self._failed += 1
            print(
                f"{scene.name} ({look}, {size}): {type(error).__name__}: {error}", file=sys.stderr, flush=True
            )
            return
        self._write(self._args.out / f"{look}-{size}" / f"{scene.name}.png", png(image))
        if scene.manual and (size, look) == MANUAL:
            self._write_manual(scene.name, small_png(image))

    def _write_manual(self, name: str, data: bytes) -> None:
        if len(data) > MOST_BYTES:
            self._failed += 1
            print(f"{name} has {len(data)} bytes, too many for the manual", file=sys.stderr)
        self._write(MANUAL_OUT / f"{name}.png", data)

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self._made += 1

    # --- pages ------------------------------------------------------------------------------------

    def _pages(self, maker: DeskMaker) -> None:
        set_language("ja")
        desk = maker.opened(maker.copy())
        for old in (self._args.out / "pages").glob("*.png"):  # a paper may have lost a page
            old.unlink()
        for name, pdf in {**example_papers(desk), **visit_papers()}.items():
            for number, page in enumerate(page_images(pdf), start=1):
                self._write(self._args.out / "pages" / f"{name}-{number}.png", page)
        desk.storage.close()

    def _manual_pages(self) -> None:
        made = visit_papers()
        for name, number in MANUAL_PAGES.items():
            self._write_manual(name, small_png(page_pictures(made[name])[number - 1]))


def page_images(pdf: bytes) -> list[bytes]:
    """The pages of a PDF as PNG."""
    return [png(page) for page in page_pictures(pdf)]


def page_pictures(pdf: bytes) -> list[QImage]:
    """The pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        bitmap = page.render(scale=PAGES_DPI / 72)
        image = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_BGR888
        )
        pages.append(image.copy())
    document.close()
    return pages


def png(image: QImage) -> bytes:
    """The picture, nothing lost."""
    return _bytes(image.convertToFormat(QImage.Format.Format_RGB888))


def small_png(image: QImage) -> bytes:
    """The picture with at most 256 colours, which is a third of the bytes and looks the same."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    table = palette(Counter(memoryview(plain.constBits()).cast("I")))
    return _bytes(plain.convertToFormat(QImage.Format.Format_Indexed8, table))


def palette(counted: Mapping[int, int], most: int = 256) -> list[int]:
    """The most used colours, without those that nobody could tell from one already taken."""
    taken: list[int] = []
    ordered = sorted(counted, key=lambda colour: (-counted[colour], colour))
    for nearest in (_NEAR, 0):
        for colour in ordered:
            if len(taken) == most:
                return taken
            if colour not in taken and all(_distance(colour, one) > nearest for one in taken):
                taken.append(colour)
    return taken


def _distance(one: int, other: int) -> int:
    return max(abs((one >> shift & 255) - (other >> shift & 255)) for shift in (0, 8, 16))


def _bytes(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    writer.setQuality(0)  # as small as it goes; a PNG loses nothing
    writer.write(image)
    return bytes(buffer.data().data())
