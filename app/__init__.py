"""The business of Madoguchi: what the services cost and why. Knows no window, no SQL and no PDF library."""

from __future__ import annotations

__version__ = "0.1.0"
