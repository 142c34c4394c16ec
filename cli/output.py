"""Standard output: a full disk behind it is told, and nothing more is written for a reader who has gone."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from app.errors import EnvironmentProblem
from app.words import _


def output_problem(error: OSError) -> EnvironmentProblem:
    """Why standard output could not be written, in words."""
    reason = error.strerror or type(error).__name__
    return EnvironmentProblem(
        "unwritable",
        _("標準出力に書き込めません：{reason}").format(reason=reason),
        remedy=_("出力先の空き容量をご確認ください。"),
    )


def stop_writing() -> None:
    """Turn standard output away from what takes no more, so that nothing is flushed into it at the end."""
    with suppress(OSError, ValueError):  # an output that is no file has nothing to turn away
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
