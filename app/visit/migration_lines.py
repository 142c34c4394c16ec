"""Data migration of a visit: which PCs cost what, the readings that rests on, and what has no price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from app.charge.words import band_words
from app.errors import Problem
from app.money import figure, yen_words
from app.tariff.model import Edition, MenuItem, Migration
from app.tariff.texts import words
from app.visit.entitlement import FreeWork
from app.visit.lines import Count
from app.visit.migration import Choices, Job, Run, column_price, overfull, price_jobs, reading_names
from app.visit.work import HandPrice, Work
from app.words import _


@dataclass(frozen=True)
class Moved:
    """PCs with one volume and one unit price (yen), inside the free visit or not.

    ``run`` None: priced by hand.
    """

    volume: Fraction
    unit_price: int
    free: bool
    readings: tuple[str, ...]
    run: Run | None = None
    by_hand: HandPrice | None = None


def too_many(table: Migration, work: Sequence[Work], code: str, choices: Choices) -> Iterator[Problem]:
    """``individual-quote`` for each class with more PCs than the table holds, with its last band's price."""
    places, jobs = _listed(work, code)
    first, last = table.bands[-1]
    for found in overfull(table, jobs, choices):
        yield Problem(
            "individual-quote",
            _("データ移行（{column}）が{devices}台です。料金表は{last}台までです。").format(
                column=_column_words(table, found.column), devices=figure(found.devices), last=last
            ),
            why=_("参考：{first}〜{last}台の料金で計算すると{amount}です（見積額ではありません）。").format(
                first=first, last=last, amount=yen_words(found.estimate)
            ),
            remedy=_("提供会社の個別見積を取り、単価・理由・承認者を入力してください。"),
            clause=table.clause,
            field=f"work.{places[found.jobs[0]]}.devices",
        )


def moved(
    table: Migration,
    work: Sequence[Work],
    code: str,
    choices: Choices,
    edition: Edition,
    free: FreeWork,
) -> dict[Moved, int]:
    """How many PCs there are of each price, in the order of the work.

    Expects that ``too_many`` found nothing. The free PCs of a work are its first ones; the rest keep the band
    of the whole job.
    """
    found: dict[Moved, int] = {}
    places, jobs = _listed(work, code)
    priced = price_jobs(table, jobs, choices)
    used = _readings_used(table, jobs, choices, edition, priced)
    for place, one in enumerate(work):
        if code not in one.menu:
            continue
        assert one.migrate_gb is not None
        left = free.devices.get((place, code), 0)
        of_cap = free.readings.get((place, code), ())
        if one.by_hand is not None:
            base = Moved(one.migrate_gb, one.by_hand.unit_price, False, of_cap, by_hand=one.by_hand)
            _add(found, base, one.devices, left)
            continue
        job = places.index(place)
        for run in priced[job]:
            alike = Moved(
                one.migrate_gb, run.unit_price, False, (*used[job], *of_cap), run=replace(run, devices=0)
            )
            left = _add(found, alike, run.devices, left)
    return found


def count_of(item: MenuItem, table: Migration, group: Moved, devices: int) -> Count:
    """The line of a group, without regard to whether it is free."""
    inputs: dict[str, object] = {"volume_gb": group.volume}
    if group.by_hand is not None:
        inputs |= {"why": group.by_hand.reason, "approved_by": group.by_hand.approved_by}
        detail = _("{volume}　個別見積").format(volume=gb_words(group.volume))
        return Count(item, devices, group.unit_price, "by-hand", inputs, group.readings, detail)
    run = group.run
    assert run is not None
    inputs |= {
        "column": _column_words(table, run.column),
        "band": run.band,
        "blocks": run.blocks,
        "block_price": run.block_price,
        "capped": run.capped,
        "steps": run.steps,
        "step_price": table.step_price,
    }
    return Count(
        item, devices, group.unit_price, "migration-band", inputs, group.readings, _detail(table, group)
    )


def inverted(table: Migration, groups: Mapping[Moved, int]) -> Iterator[tuple[Run, int]]:
    """Runs for which the next larger column prints a lower price, with that price (taken as it stands)."""
    for group in groups:
        if group.run is None or group.run.column >= len(table.classes) - 1 or group.run.blocks:
            continue
        larger = column_price(table, group.run.column + 1, group.run.band)
        if larger < group.unit_price:
            yield group.run, larger


def gb_words(volume: Fraction) -> str:
    """``4.7GB``, ``50GB``, ``4,500GB``."""
    whole = volume.denominator == 1
    return _("{size}GB").format(size=figure(volume.numerator) if whole else f"{float(volume):,.10g}")


def _add(found: dict[Moved, int], group: Moved, devices: int, free: int) -> int:
    """Note ``devices`` PCs of a group, the first ``free`` of them free; how many free ones are left over."""
    inside = min(devices, free)
    for one, count in ((replace(group, free=True), inside), (group, devices - inside)):
        if count:
            found[one] = found.get(one, 0) + count
    return free - inside


def _listed(work: Sequence[Work], code: str) -> tuple[list[int], list[Job]]:
    """The work that the table prices: its places and its jobs."""
    places = [place for place, one in enumerate(work) if code in one.menu and one.by_hand is None]
    return places, [Job(work[place].devices, work[place].migrate_gb or Fraction(0)) for place in places]


def _readings_used(
    table: Migration,
    jobs: Sequence[Job],
    choices: Choices,
    edition: Edition,
    priced: Sequence[tuple[Run, ...]],
) -> list[tuple[str, ...]]:
    """For each job the readings whose other choices would price it otherwise, or not at all."""
    used: list[tuple[str, ...]] = [() for _job in jobs]
    for place, name in reading_names(table).items():
        reading = edition.reading(name)
        for choice in reading.choices if reading else ():
            if choice.code == getattr(choices, place):
                continue
            other = replace(choices, **{place: choice.code})
            unpriced = {job for found in overfull(table, jobs, other) for job in found.jobs}
            others = price_jobs(table, jobs, other) if not unpriced else None
            for job, runs in enumerate(priced):
                differs = job in unpriced or (others is not None and _prices(others[job]) != _prices(runs))
                if differs and name not in used[job]:
                    used[job] = (*used[job], name)
    return used


def _prices(runs: Sequence[Run]) -> list[tuple[int, int]]:
    """(PCs, unit price) with neighbours of the same price together, whatever band they are in."""
    found: list[tuple[int, int]] = []
    for run in runs:
        if found and found[-1][1] == run.unit_price:
            found[-1] = (found[-1][0] + run.devices, run.unit_price)
        else:
            found.append((run.devices, run.unit_price))
    return found


def _column_words(table: Migration, column: int) -> str:
    if column < len(table.classes):
        return words(table.classes[column].name)
    return _("{size}を超える容量").format(size=gb_words(Fraction(table.step_from_gb)))


def _detail(table: Migration, group: Moved) -> str:
    """``120GB（50GB×3）、16〜20台``."""
    run = group.run
    assert run is not None
    if run.blocks and not run.capped:
        size = gb_words(Fraction(table.classes[run.block_column].up_to_gb))
        basis = f"{size}×{run.blocks}"
    elif run.steps:
        basis = _("{column}＋追加1TB×{steps}").format(column=words(table.classes[-1].name), steps=run.steps)
    else:
        basis = words(table.classes[min(run.column, len(table.classes) - 1)].name)
    volume, band = gb_words(group.volume), band_words(*run.band)
    if not run.blocks and run.column < len(table.classes) and _is_bound(table, run.column, group.volume):
        return _("{volume}、{band}").format(volume=volume, band=band)
    return _("{volume}（{basis}）、{band}").format(volume=volume, basis=basis, band=band)


def _is_bound(table: Migration, column: int, volume: Fraction) -> bool:
    return Fraction(table.classes[column].up_to_gb) == volume
