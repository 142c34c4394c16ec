"""Identifiers of rows."""

from __future__ import annotations

from app.ids import uuid7

__all__ = ["uuid7"]
