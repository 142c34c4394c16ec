"""データ移行: what moving a PC's data costs, by volume class and by the number of PCs (別紙6).

Volumes are exact gigabytes. Every unclear passage of the table is a reading; all of its choices are
worked out here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from app.tariff.model import Migration

# The choices that differ from the plain reading of the table.
COLUMN, MARGINAL, ALL_PCS, COMPLETED = "column", "marginal", "all-pcs", "completed"
BLOCKS, TB_1024, BATCHES = "blocks", "1024", "batches"


@dataclass(frozen=True)
class Choices:
    """The choice in force for each reading of the table, by its place in the record.

    ``""``: the plain reading.
    """

    block: str = ""  # above 50 GB: blocks of 50 GB, or ``column``
    tier: str = ""  # one band for all PCs of a class; ``marginal``; ``all-pcs``
    step: str = ""  # a started TB counts; ``completed``
    between: str = ""  # the next larger column; ``blocks`` of the smaller
    tb: str = ""  # 1,000 GB; ``1024``
    over: str = ""  # no price above the last band; ``batches``


@dataclass(frozen=True)
class Job:
    """So many PCs with the same volume (GB each), in the order of the work."""

    devices: int
    volume: Fraction


@dataclass(frozen=True)
class Run:
    """``devices`` PCs of a job at one unit price (yen), with how it came about.

    ``column`` is the place of the volume class (one beyond the last: above the table); ``band`` the PCs
    of the band taken; ``blocks`` × ``block_price`` where the volume was counted in blocks; ``steps``
    those above the last class.
    """

    devices: int
    unit_price: int
    column: int
    band: tuple[int, int]
    blocks: int = 0
    block_column: int = -1
    block_price: int = 0
    capped: bool = False
    steps: int = 0


@dataclass(frozen=True)
class Overfull:
    """A volume class with more PCs than the table has prices for."""

    column: int
    devices: int
    jobs: tuple[int, ...]
    runs: tuple[Run, ...]

    @property
    def estimate(self) -> int:
        """Its price at the last band, in yen."""
        return sum(run.devices * run.unit_price for run in self.runs)


Runs = tuple[tuple[Run, ...], ...]


def choices_of(table: Migration, choice: Callable[[str], str]) -> Choices:
    """The choices in force. ``choice`` tells the one of a reading by its name."""

    def of(name: str) -> str:
        return choice(name) if name else ""

    return Choices(
        of(table.reading_block),
        of(table.reading_tier),
        of(table.reading_step),
        of(table.reading_class),
        of(table.reading_tb),
        of(table.reading_over),
    )


def reading_names(table: Migration) -> Mapping[str, str]:
    """Which field of ``Choices`` each reading of the table decides."""
    names = {
        "block": table.reading_block,
        "tier": table.reading_tier,
        "step": table.reading_step,
        "between": table.reading_class,
        "tb": table.reading_tb,
        "over": table.reading_over,
    }
    return {place: name for place, name in names.items() if name}


def price_jobs(table: Migration, jobs: Sequence[Job], choices: Choices) -> Runs:
    """The unit prices of each job's PCs, in order. Expects that ``overfull`` found nothing."""
    columns = [column_of(table, job.volume, choices) for job in jobs]
    priced = []
    for place, job in enumerate(jobs):
        before, population = _population(jobs, columns, place, choices)
        bands = _bands(table, before, job.devices, population, choices)
        priced.append(
            tuple(_run(table, job.volume, columns[place], band, devices, choices) for band, devices in bands)
        )
    return tuple(priced)


def overfull(table: Migration, jobs: Sequence[Job], choices: Choices) -> tuple[Overfull, ...]:
    """The volume classes that hold more PCs than the table has prices for (individual-quote)."""
    if choices.over == BATCHES:
        return ()
    most = table.bands[-1][1]
    columns = [column_of(table, job.volume, choices) for job in jobs]
    groups = [
        tuple(place for place in range(len(jobs)) if columns[place] == column) for column in _unique(columns)
    ]
    if choices.tier == ALL_PCS:
        groups = [tuple(range(len(jobs)))]
    found = []
    for places in groups:
        devices = sum(jobs[place].devices for place in places)
        if devices > most:
            runs = tuple(
                _run(table, jobs[place].volume, columns[place], table.bands[-1], jobs[place].devices, choices)
                for place in places
            )
            found.append(Overfull(columns[places[0]], devices, places, runs))
    return tuple(found)


def column_of(table: Migration, volume: Fraction, choices: Choices) -> int:
    """The place of the volume class: the first column that is large enough; one beyond the last for more."""
    return bisect_left(_bounds(table, choices.tb), volume)


def _unique(columns: Sequence[int]) -> Iterator[int]:
    yield from dict.fromkeys(columns)


# --- which band --------------------------------------------------------------------------------------------


def _population(jobs: Sequence[Job], columns: Sequence[int], place: int, choices: Choices) -> tuple[int, int]:
    """How many PCs that count for a job's band come before it, and how many there are in all."""
    same = [choices.tier == ALL_PCS or column == columns[place] for column in columns]
    before = sum(job.devices for job, counts in zip(jobs[:place], same, strict=False) if counts)
    return before, sum(job.devices for job, counts in zip(jobs, same, strict=True) if counts)


def _bands(
    table: Migration, before: int, devices: int, population: int, choices: Choices
) -> list[tuple[tuple[int, int], int]]:
    """(band, PCs) for PCs number ``before + 1`` … of a population, neighbours of the same band together."""
    most = table.bands[-1][1]
    found: list[tuple[tuple[int, int], int]] = []
    number, last = before + 1, before + devices
    while number <= last:
        batch = (number - 1) // most
        size = min(most, population - batch * most)
        batch_last = min(last, batch * most + size)
        position = number - batch * most
        band = _band(table, position if choices.tier == MARGINAL else size)
        until = min(batch_last, batch * most + band[1]) if choices.tier == MARGINAL else batch_last
        count = until - number + 1
        if found and found[-1][0] == band:
            found[-1] = (band, found[-1][1] + count)
        else:
            found.append((band, count))
        number = until + 1
    return found


def _band(table: Migration, count: int) -> tuple[int, int]:
    for band in table.bands:
        if count <= band[1]:
            return band
    raise LookupError(f"no band for {count}")


# --- the price of one PC -----------------------------------------------------------------------------------


def _run(
    table: Migration, volume: Fraction, column: int, band: tuple[int, int], devices: int, choices: Choices
) -> Run:
    """The unit price of PCs with ``volume`` in ``band``."""
    if column == len(table.classes):
        steps = _steps(table, volume, choices)
        price = column_price(table, column - 1, band) + steps * table.step_price
        return Run(devices, price, column, band, steps=steps)
    price = column_price(table, column, band)
    small, large = _block_columns(table)
    if small is not None and column == small + 1 and choices.between == BLOCKS:
        blocks = _blocks(table, volume, small, choices)
        block_price = column_price(table, small, band)
        return Run(devices, blocks * block_price, column, band, blocks, small, block_price)
    if large is not None and column > large and choices.block != COLUMN:
        blocks = _blocks(table, volume, large, choices)
        block_price = column_price(table, large, band)
        capped = blocks * block_price > price
        return Run(
            devices, min(blocks * block_price, price), column, band, blocks, large, block_price, capped
        )
    return Run(devices, price, column, band)


def column_price(table: Migration, column: int, band: tuple[int, int]) -> int:
    """The printed price (yen per PC) of a column for a band; one price in a column holds for all bands."""
    prices = table.classes[column].prices
    return prices[0] if len(prices) == 1 else prices[table.bands.index(band)]


def _blocks(table: Migration, volume: Fraction, column: int, choices: Choices) -> int:
    return ceil(volume / _bounds(table, choices.tb)[column])


def _steps(table: Migration, volume: Fraction, choices: Choices) -> int:
    step = Fraction(table.step_gb) * _tb_factor(choices.tb)
    over = (volume - Fraction(table.step_from_gb) * _tb_factor(choices.tb)) / step
    return floor(over) if choices.step == COMPLETED else ceil(over)


@lru_cache(maxsize=64)
def _bounds(table: Migration, tb: str) -> tuple[Fraction, ...]:
    """The upper ends of the columns in GB. Columns printed in TB follow the reading of a TB."""
    step = Fraction(table.step_gb)
    exact = (Fraction(one.up_to_gb) for one in table.classes)
    return tuple(bound * _tb_factor(tb) if bound >= step else bound for bound in exact)


@lru_cache(maxsize=64)
def _block_columns(table: Migration) -> tuple[int | None, int | None]:
    """The columns that readings count in blocks: the smaller one, and the large one (50GB毎)."""
    small = next((place for place, one in enumerate(table.classes) if one.small_block), None)
    return small, next((place for place, one in enumerate(table.classes) if one.block), None)


def _tb_factor(tb: str) -> Fraction:
    return Fraction(1024, 1000) if tb == TB_1024 else Fraction(1)
