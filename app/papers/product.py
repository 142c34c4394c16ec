"""A calculation told as a figure: the months of a term as boxes, and a product with what each factor is."""

from __future__ import annotations

from msgspec import Struct


class Factor(Struct, frozen=True):
    """A factor or the result, with what it is under it; the result is ``strong``."""

    text: str
    under: str = ""
    strong: bool = False


class TermStrip(Struct, frozen=True):
    """``count`` months of a term as boxes, of which ``marked`` (from 1) is the month of leaving. ``first``
    and ``last`` stand above the ends, ``mark`` above the marked box, ``left`` under those after it.
    """

    count: int
    marked: int
    first: str
    last: str
    mark: str
    left: str


class Product(Struct, frozen=True):
    """A section: the strip (None where the months of the term say nothing), then the factors with the
    ``signs`` between them (× … =). ``note``: small words under it.
    """

    title: str
    factors: tuple[Factor, ...]
    signs: tuple[str, ...]
    strip: TermStrip | None = None
    remark: str = ""
    note: str = ""
