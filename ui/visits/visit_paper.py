"""A visit's paper, as the very PDF, with print, save and copy as elsewhere."""

from __future__ import annotations

from ui.issuing.pane import FinishedPane


class VisitPaper(FinishedPane):
    """The pane beside a visit."""
