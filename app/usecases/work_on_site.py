"""On site: begin, have the points before the work confirmed, report, have it signed, finish.

What is signed is frozen and hashed before; a signature stands only under what was shown. The fee of work
that was done is owed whether or not it succeeded (24条3項).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from app.errors import Problem, Problems, UserError
from app.usecases.claim_visit import claim_in
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.keep_visit import opened
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.usecases.visit_ground import Ground, figures_in, ground_for, other_price, price_in
from app.visit.found_work import PriceChange, as_done, check_ticks, content_hash, price_changes
from app.visit.order import (
    Begun,
    Device,
    Finished,
    Reported,
    Signed,
    StoredVisit,
    Tick,
    VisitContent,
)
from app.visit.pricing import PricedVisit
from app.visit.visit_life import Action, last_report, signed_before
from app.words import _

Strokes = tuple[tuple[tuple[int, int], ...], ...]

ERASING: Final = frozenset({"os-recovery", "data-migration", "os-update"})
"""Work after which what was on a device may be gone."""

SMALLEST_SIGNATURE: Final = 300
"""Hundredths of a millimetre: what is drawn within a box smaller than this is a slip, no signature."""


@dataclass(frozen=True)
class Draft:
    """A report before it is frozen: the price as agreed and as done, what differs, what would be frozen."""

    before: PricedVisit
    after: PricedVisit
    changes: tuple[PriceChange, ...]
    devices: tuple[Device, ...]
    sha256: str


def begin(desk: Desk, visit_id: str, version: int) -> StoredVisit:
    """The technician arrived and begins (作業中). ConflictError; UserError ``visit-state``."""
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        opened(work, visit_id, version, Action.BEGIN)
        staff = who(work.settings.load())
        changed = work.visits.change(visit_id, version, events=[Begun(at=desk.now(), staff=staff)])
        work.audit.record(staff, "visit-begun", visit_id, {"number": changed.number})
        work.commit()
    return changed


def points_before(content: VisitContent) -> tuple[str, ...]:
    """The points the customer confirms before the work, as codes: ``price`` (owed whatever the result,
    24条3項), ``confidential``; and where something may be erased ``backup`` and ``deletion``.
    """
    codes = {code for device in content.devices for code in device.menu}
    erased = ("backup", "deletion") if codes & ERASING else ()
    return (*erased, "confidential", "price")


def hash_before(visit: StoredVisit, net: int) -> str:
    """SHA-256 (hex) of what is signed before the work: number, devices, price, points."""
    points = " ".join(points_before(visit.content))
    return content_hash(visit.number, visit.content.devices, (), net, points)


def beyond_signature(visit: StoredVisit, devices: Sequence[Device]) -> bool:
    """Whether something would be erased that the signature before the work does not cover: work that was
    added since. The customer signs for it first.
    """
    signed = signed_before(visit.events)
    if signed is None or not signed.devices:
        return False
    known = {(device.id, code) for device in signed.devices for code in device.menu}
    wanted = {(device.id, code) for device in devices for code in device.menu if code in ERASING}
    return not wanted <= known


def sign_before(
    desk: Desk,
    visit_id: str,
    version: int,
    name: str,
    strokes: Strokes,
    agreed: Sequence[str],
    on_paper: str = "",
    shown_net: int | None = None,
) -> StoredVisit:
    """作業前確認: every point confirmed, and signed; ``on_paper``: why on paper instead of here;
    ``shown_net``: the price the customer saw, in yen without tax.

    Raises ConflictError; UserError with everything that is missing: ``not-agreed`` for each point,
    ``signature-empty``, ``bad-input`` without a name, ``price-changed`` where it costs something else than
    was shown; ``visit-state``.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        visit = opened(work, visit_id, version, Action.SIGN_BEFORE)
        problems = check_signature(name, strokes, on_paper)
        for point in points_before(visit.content):
            if point not in agreed:
                problems.add(
                    "not-agreed",
                    _("作業前の確認事項に、確認していないものがあります。"),
                    remedy=_("お客さまに読んでいただき、確認の印を付けてください。"),
                    clause=_("24条3項") if point == "price" else "",
                    field=f"agreed.{point}",
                )
        ground = ground_for(desk, work, visit)
        figures = figures_in(ground, visit.content)
        problems.extend(other_price(shown_net, figures.net))
        problems.raise_if_any()
        staff = who(ground.settings)
        event = Signed(
            at=desk.now(),
            staff=staff,
            what="before",
            name=name.strip(),
            strokes=strokes,
            sha256=hash_before(visit, figures.net),
            net=figures.net,
            agreed=points_before(visit.content),
            on_paper=on_paper.strip(),
            devices=visit.content.devices,
        )
        changed = work.visits.change(visit_id, version, events=[event], figures=figures)
        work.audit.record(staff, "visit-agreed", visit_id, {"sha256": event.sha256, "net": figures.net})
        work.commit()
    return changed


def draft_report(desk: Desk, visit_id: str, ticks: Sequence[Tick], notes: str = "") -> Draft:
    """What the report would say and cost; nothing is stored. Raises UserError as ``report`` does."""
    with desk.storage.look() as work:
        visit = work.visits.get(visit_id)
        return _draft(ground_for(desk, work, visit), visit, ticks, notes)


def report(desk: Desk, visit_id: str, version: int, ticks: Sequence[Tick], notes: str = "") -> StoredVisit:
    """Freeze what was done, with the price worked out of what was found. A later report takes the place of
    this one, and needs a signature of its own.

    Raises ConflictError; UserError with everything that is missing (``check_ticks``), ``nothing-done``,
    those of the price (a volume that can't be, more devices than the list holds), ``not-agreed`` without a
    signature before the work that covers it.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        visit = opened(work, visit_id, version, Action.REPORT)
        ground = ground_for(desk, work, visit)
        draft = _draft(ground, visit, ticks, notes)
        bill = draft.after.bill
        staff = who(ground.settings)
        event = Reported(
            at=desk.now(),
            staff=staff,
            devices=draft.devices,
            ticks=tuple(ticks),
            net=bill.net,
            tax=bill.tax,
            notes=notes.strip(),
            sha256=draft.sha256,
        )
        figures = msgspec.structs.replace(
            work.visits.figures(visit_id), net=draft.after.net, free_on=_free_on(draft.after)
        )
        changed = work.visits.change(visit_id, version, events=[event], figures=figures)
        work.audit.record(staff, "visit-reported", visit_id, {"sha256": event.sha256, "net": event.net})
        work.commit()
    return changed


def sign_report(
    desk: Desk,
    visit_id: str,
    version: int,
    name: str,
    strokes: Strokes,
    sha256: str,
    on_paper: str = "",
) -> StoredVisit:
    """The customer signs the report that was shown, named by its hash; ``on_paper`` as in ``sign_before``.

    Raises ConflictError; UserError ``signature-empty``, ``bad-input`` without a name, ``report-changed``
    where another report was frozen since, ``no-report``, ``visit-state``.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        visit = opened(work, visit_id, version, Action.SIGN_REPORT)
        frozen = last_report(visit.events)
        assert frozen is not None
        problems = check_signature(name, strokes, on_paper)
        if sha256 != frozen.sha256 or hash_of(visit.number, frozen) != sha256:
            problems.add(
                "report-changed",
                _("お見せした内容と、確定した内容が違います。"),
                why=_("確定のあとで内容が変わりました。"),
                remedy=_("いまの内容を見ていただいてから、署名をお願いしてください。"),
            )
        problems.raise_if_any()
        staff = who(work.settings.load())
        event = Signed(
            at=desk.now(),
            staff=staff,
            what="report",
            name=name.strip(),
            strokes=strokes,
            sha256=sha256,
            net=frozen.net,
            on_paper=on_paper.strip(),
        )
        changed = work.visits.change(visit_id, version, events=[event])
        work.audit.record(staff, "visit-signed", visit_id, {"sha256": sha256})
        work.commit()
    return changed


def finish(desk: Desk, visit_id: str, version: int) -> StoredVisit:
    """完了: what was signed goes onto the contract's next bill, once; a free visit counts for its contract
    year. Without a contract the amount stands on the visit.

    Raises ConflictError; UserError ``not-signed``, ``visit-state``; ``price-changed`` where tariffs, readings
    or the free visit changed since the report was signed.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        visit = opened(work, visit_id, version, Action.FINISH)
        changed = finish_in(desk, work, visit)
        work.commit()
    return changed


def finish_in(desk: Desk, work: UnitOfWork, visit: StoredVisit) -> StoredVisit:
    """As ``finish``, inside a transaction of the caller, who looked at the state and commits."""
    ground = ground_for(desk, work, visit)
    priced = signed_price(ground, visit)
    claim_id = claim_in(desk, work, ground, visit, lambda: signed_price(ground, visit).lines)
    staff = who(ground.settings)
    event = Finished(at=desk.now(), staff=staff, claim_id=claim_id, used_free=priced.used_free)
    figures = msgspec.structs.replace(work.visits.figures(visit.id), net=priced.net, free_on=_free_on(priced))
    changed = work.visits.change(visit.id, visit.version, events=[event], figures=figures)
    detail = {"number": visit.number, "net": priced.net, "claim": claim_id}
    work.audit.record(staff, "visit-finished", visit.id, detail)
    return changed


def signed_price(ground: Ground, visit: StoredVisit) -> PricedVisit:
    """The price of what was reported, line by line. UserError ``price-changed`` where it is another one than
    was signed.
    """
    frozen = last_report(visit.events)
    assert frozen is not None
    content = msgspec.structs.replace(visit.content, devices=frozen.devices)
    priced = price_in(ground, as_done(content, frozen.ticks))
    if priced.net != frozen.net:
        raise UserError(
            Problem(
                "price-changed",
                _("署名された金額と、いまの計算が違います。"),
                why=_("署名のあとで、料金表・規約の読み方・無償訪問の利用のどれかが変わりました。"),
                remedy=_("報告をもう一度確定して、署名をお願いしてください。"),
            )
        )
    return priced


def hash_of(number: str, frozen: Reported) -> str:
    """The hash of a frozen report, worked out again."""
    return content_hash(number, frozen.devices, frozen.ticks, frozen.net, frozen.notes)


def check_signature(name: str, strokes: Strokes, on_paper: str = "") -> Problems:
    """Whether there is a name, and a signature that is more than a slip of the pen, or a reason for paper."""
    problems = Problems()
    if not name.strip():
        problems.add(
            "bad-input",
            _("署名される方のお名前がありません。"),
            remedy=_("お名前を入力してください。"),
            field="name",
        )
    points = [point for stroke in strokes for point in stroke]
    wide = max((x for x, _y in points), default=0) - min((x for x, _y in points), default=0)
    high = max((y for _x, y in points), default=0) - min((y for _x, y in points), default=0)
    if not on_paper.strip() and max(wide, high) < SMALLEST_SIGNATURE:
        problems.add(
            "signature-empty",
            _("署名がありません。"),
            remedy=_("枠の中に、指・ペン・マウスで署名をお願いしてください。"),
            field="strokes",
        )
    return problems


def _draft(ground: Ground, visit: StoredVisit, ticks: Sequence[Tick], notes: str) -> Draft:
    content = visit.content
    problems = check_ticks(content.devices, ticks)
    done = as_done(content, ticks)
    if not problems and not done.devices:
        problems.add(
            "nothing-done",
            _("行った作業がありません。"),
            remedy=_("作業をしなかったときは、この訪問を中止してください。"),
            field="ticks",
        )
    if beyond_signature(visit, done.devices):
        problems.add(
            "not-agreed",
            _("署名のあとで、データが消えるおそれのある作業が加わりました。"),
            remedy=_("作業の前に「作業前確認」へ戻り、もう一度確認と署名をお願いしてください。"),
            field="devices",
        )
    problems.raise_if_any()
    before, after = price_in(ground, content), price_in(ground, done)
    devices = found_devices(content, ticks)
    sha256 = content_hash(visit.number, devices, tuple(ticks), after.bill.net, notes.strip())
    return Draft(before, after, price_changes(before, after), devices, sha256)


def found_devices(content: VisitContent, ticks: Sequence[Tick]) -> tuple[Device, ...]:
    """The devices with the volumes found; work that was not done stays named, its tick says so, and changes
    no volume.
    """
    found = {tick.device: tick.data_gb for tick in ticks if tick.data_gb and tick.result != "not-done"}
    return tuple(
        msgspec.structs.replace(one, data_gb=found.get(one.id, one.data_gb)) for one in content.devices
    )


def _free_on(priced: PricedVisit) -> date | None:
    return priced.request.on if priced.used_free else None
