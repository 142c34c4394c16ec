"""Which stored quotations would change with other tariffs or another reading, and by how much.

Drafts, and issued quotations that are still valid. Nothing is written: an issued quotation stays as it is,
and says what has changed when it is opened.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import UserError
from app.quote.plain import readings_of
from app.quote.priced import PricedQuotation
from app.quote.pricing import price_quotation
from app.quote.stored import QuotationQuery, QuotationRow, QuotationState
from app.usecases.desk import Desk
from app.words import _

if TYPE_CHECKING:
    from app.tariff.catalogue import Catalogue

_LIVE = (QuotationState.DRAFT, QuotationState.ISSUED)


@dataclass(frozen=True)
class Touched:
    """A quotation that uses what changes: its totals with tax over the term, now and afterwards (yen).

    ``after`` None: it could no longer be priced, for the reason in ``problem``.
    """

    row: QuotationRow
    before: int
    after: int | None
    problem: str = ""

    @property
    def changes(self) -> bool:
        """Whether its total would be another one."""
        return self.after != self.before


def live_quotations(desk: Desk, services: Iterable[str]) -> array[int]:
    """The ``seq`` of all drafts and valid issued quotations about one of the services, the newest first."""
    found: dict[int, None] = {}
    with desk.storage.look() as work:
        for service in services:
            query = QuotationQuery(states=_LIVE, service=service)
            found.update(dict.fromkeys(work.quotations.seqs(query, desk.today())))
    return array("q", found)


def find_touched(
    desk: Desk,
    seqs: Sequence[int],
    after: Catalogue,
    choices: Mapping[str, str] | None = None,
    reading: str = "",
) -> list[Touched]:
    """Of some quotations those that change. ``after``: the catalogue to come; ``choices``: the readings to
    come (those in force stay when None); ``reading``: look only for quotations that rest on this one,
    whether their total changes or not.
    """
    with desk.storage.look() as work:
        settings = work.settings.load()
        rows = work.quotations.rows(seqs, desk.today())
        contents = [work.quotations.get(row.id).content for row in rows]
    now = desk.catalogue_for(settings)
    then = after.with_choices(_known(after, settings.readings if choices is None else choices))
    found = []
    for row, content in zip(rows, contents, strict=True):
        days = settings.company.validity_days
        old = price_quotation(content, now, desk.today(), days)
        new = price_quotation(content, then, desk.today(), days)
        if _uses(old, new, reading) if reading else _differs(old, new):
            found.append(_touched(row, old, new))
    return found


def _known(catalogue: Catalogue, choices: Mapping[str, str]) -> dict[str, str]:
    """The choices the catalogue has; those of a service that goes are no longer asked for."""
    kept = {}
    for name, choice in choices.items():
        try:
            catalogue.with_choices({name: choice})
        except UserError as error:
            if error.code == "bad-input":
                continue
        kept[name] = choice
    return kept


def _uses(old: PricedQuotation, new: PricedQuotation, reading: str) -> bool:
    names = {key.partition(":")[2] for priced in (old, new) for key in readings_of(priced)}
    return reading in names


def _differs(old: PricedQuotation, new: PricedQuotation) -> bool:
    return _basis(old) != _basis(new)


def _basis(priced: PricedQuotation) -> tuple[object, ...]:
    return (
        [(service.service, service.edition) for service in priced.services],
        priced.total_bill.total,
        [problem.what for problem in priced.problems],
    )


def _touched(row: QuotationRow, old: PricedQuotation, new: PricedQuotation) -> Touched:
    known = {problem.what for problem in old.problems}
    worse = next((problem for problem in new.problems if problem.what not in known), None)
    if worse is not None:
        return Touched(row, old.total_bill.total, None, worse.what)
    return Touched(row, old.total_bill.total, new.total_bill.total)


def touched_words(found: Sequence[Touched]) -> str:
    """``下書き3件・発行済み1件、うち合計が変わるもの2件``."""
    if not found:
        return _("該当する見積はありません")
    drafts = sum(one.row.state is QuotationState.DRAFT for one in found)
    changed = sum(one.changes for one in found)
    parts = []
    if drafts:
        parts.append(_("下書き{count}件").format(count=drafts))
    if len(found) - drafts:
        parts.append(_("発行済み{count}件").format(count=len(found) - drafts))
    return _("{found}、うち合計が変わるもの{changed}件").format(found=_("・").join(parts), changed=changed)
