"""Finished papers in, PDF bytes out. Computes nothing: every sum and every word stands in the paper
already.

What others may call: ``draw``, ``stamp_copy`` and ``check_image``. Importing this room costs nothing; the
engine, the fonts and the picture library are loaded by the first call that needs them. Nothing of the PDF
engine is seen outside.

The floors, from the ground: ``pdf`` (file), ``fonts``, ``embedding``, ``characters``, ``linebreak`` →
``sheet`` (drawing in millimetres) → ``figures``, ``marks``, ``images`` → ``page``, ``tables`` (pages and
breaks) → ``cells``, ``letterhead``, ``issuerblock``, ``headline``, ``linetable``, ``celltable``,
``sections`` and the sections of single kinds of paper → ``quotation_pdf``. ``copies`` marks finished
files. ``style`` holds every measure papers share.
"""

from __future__ import annotations

from pathlib import Path

from app.papers.model import Images, Paper


def draw(paper: Paper, images: Images, fonts: Path | None = None, copy: bool = False) -> bytes:
    """A finished paper as the bytes of a PDF file; the same paper always gives the same bytes. ``fonts``: the
    folder of the font files, the program's own unless given; ``copy``: marked 控 on every page.

    Raises UserError (``image-unreadable``, ``image-too-large``) for a seal or logo that can't be drawn,
    EnvironmentProblem (``font-missing``, ``font-damaged``) when the installation is damaged.
    """
    from reports.quotation_pdf import draw as draw_paper

    pdf = draw_paper(paper, images, fonts)
    return stamp_copy(pdf) if copy else pdf


def stamp_copy(pdf: bytes, words: str = "") -> bytes:
    """A finished file with ``words`` (控 unless given) framed at the top right of every page; the given bytes
    stand unchanged at its beginning, so that the original can be had back from any copy.

    Raises EnvironmentProblem (``paper-unreadable``) for a file this program did not write.
    """
    from reports.copies import stamp_copy as stamp

    return stamp(pdf, words)


def check_image(data: bytes, field: str) -> None:
    """See that a seal or logo can be drawn before it is kept. Raises UserError as ``draw`` does, about
    ``field``.
    """
    from reports.images import picture

    picture(data, field)
