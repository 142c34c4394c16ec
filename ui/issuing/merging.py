"""Many papers as one file, for a printer or an archive box. On the paper worker only."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path


def merged(pdfs: Sequence[bytes]) -> bytes:
    """All pages of finished PDFs, one paper after the other. The papers themselves stay as they are."""
    import pypdfium2

    target = pypdfium2.PdfDocument.new()
    try:
        for pdf in pdfs:
            source = pypdfium2.PdfDocument(pdf)
            try:
                target.import_pages(source)
            finally:
                source.close()
        held = io.BytesIO()
        target.save(held)
        return held.getvalue()
    finally:
        target.close()


def write_merged(pdfs: Sequence[bytes], target: Path) -> Path:
    """Write them as one file. EnvironmentProblem where it can't be written."""
    from app.places import write_atomically

    write_atomically(target, merged(pdfs))
    return target
