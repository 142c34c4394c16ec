"""Writes about whole days: a technician's day given to others, visits carried out and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import EnvironmentProblem
from app.places import write_atomically
from app.usecases.desk import Desk
from app.words import _
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.usecases.carry_visits import Arrivals
    from app.usecases.reassign_day import DayPlan
    from app.usecases.take_visits import Side, Taken


def reassign_day(desk: Desk, plan: DayPlan, why: str) -> Outcome[int]:
    """Move every visit of the plan, all or none. ConflictError where something changed meanwhile."""
    from app.usecases.reassign_day import apply

    moved = apply(desk, plan, why)
    return Outcome(len(moved), Changed(visits=frozenset(one.id for one in moved), settings=True))


def carry_out(
    desk: Desk, technicians: Sequence[str], first: date, last: date, passphrase: str, target: Path
) -> Outcome[Path]:
    """持出: write the visits of these technicians and days into one encrypted file."""
    from app.usecases.carry_visits import carried_out, pack_day

    data = pack_day(desk, technicians, first, last, passphrase)
    write_atomically(target, data)
    return Outcome(target, Changed(visits=frozenset(carried_out(desk))))


def carry_back(desk: Desk, passphrase: str, target: Path) -> Outcome[Path]:
    """持帰: write what was done with the visits that came from another desk into one encrypted file."""
    from app.usecases.carry_visits import pack_back

    write_atomically(target, pack_back(desk, passphrase))
    return Outcome(target, Changed())


def take_in(desk: Desk, arrivals: Arrivals, decisions: Mapping[str, Side]) -> Outcome[Taken]:
    """Store what a file brought, as it was decided."""
    from app.usecases.take_visits import take

    taken = take(desk, arrivals, decisions)
    ids = frozenset(one.id for one in (*taken.taken, *taken.stayed))
    return Outcome(taken, Changed(visits=ids, bills=True, settings=True))


def look_into(desk: Desk, source: Path, passphrase: str) -> Arrivals:
    """Open a file of carried visits; nothing is stored. EnvironmentProblem where it can't be read."""
    from app.usecases.carry_visits import unpack

    try:
        data = source.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            "file-unreadable",
            _("「{name}」を読み込めません。").format(name=source.name),
            remedy=_("ファイルがあるか、ほかのプログラムで開いていないかを確かめてください。"),
        ) from error
    return unpack(desk, data, passphrase)
