"""Take requests for visits and keep what is arranged: receive, change, take over from a quotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import msgspec

from app.errors import ConflictError, Problem, Problems, UserError
from app.quote.content import QuotationContent, VisitEntry, WorkEntry
from app.usecases.desk import Desk
from app.usecases.differences import differences
from app.usecases.issue_quotation import check_settings
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.usecases.visit_ground import Ground, figures_in, ground_in, refuse_other_contract
from app.visit.order import (
    Booked,
    Device,
    Event,
    PriceByHand,
    Received,
    StoredVisit,
    VisitContent,
    VisitFigures,
    VisitPlace,
    VisitState,
)
from app.visit.visit_life import Action, permitted
from app.words import _

How = Literal["phone", "counter", "e-mail", "quotation"]

LONGEST_LINE: Final = 200
LONGEST_TEXT: Final = 2_000
MOST_MINUTES: Final = 7 * 480


def receive(desk: Desk, customer_id: str, content: VisitContent, how: How = "phone") -> StoredVisit:
    """Take a request (受付): a visit with its number and price, without a slot yet.

    Raises UserError with everything that is wrong, fields as in the content: ``bad-input``,
    ``individual-quote``, ``area-unknown``, ``no-rule``, ``unknown-customer``, ``no-desk-code``.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        stored = receive_in(desk, work, customer_id, content, how)
        work.commit()
    return stored


def receive_in(
    desk: Desk, work: UnitOfWork, customer_id: str, content: VisitContent, how: How
) -> StoredVisit:
    """As ``receive``, inside a transaction of the caller, who commits."""
    settings = work.settings.load()
    check_settings(settings)
    content = tidy(msgspec.structs.replace(content, spans=(), technicians=()))
    ground = ground_in(desk, work, customer_id, content.contract_id)
    refuse_other_contract(ground)
    figures = checked(ground, content, sold=how == "quotation")
    number = work.numbers.next("W", settings.desk_code, desk.today())
    event = Received(at=desk.now(), staff=who(settings), how=how)
    stored = work.visits.add(number, customer_id, content, figures, [event], who(settings))
    detail = {"number": number, "how": how, "net": figures.net}
    work.audit.record(who(settings), "visit-received", stored.id, detail)
    return stored


def edit(desk: Desk, visit_id: str, version: int, content: VisitContent) -> StoredVisit:
    """Store another content, with price, minutes and free visit worked out anew. Its slot stays; where price
    or time changed after the customer confirmed, the visit has to be confirmed again.

    Raises ConflictError; UserError as ``receive``, and ``visit-state`` for a visit that is over.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        visit = opened(work, visit_id, version, Action.EDIT)
        held = visit.content
        content = tidy(
            msgspec.structs.replace(content, spans=held.spans, technicians=held.technicians), held.devices
        )
        ground = ground_in(desk, work, visit.customer_id, content.contract_id, visit.id)
        if content.contract_id != held.contract_id:
            refuse_other_contract(ground)
        figures, before = checked(ground, content), work.visits.figures(visit_id)
        staff = who(ground.settings)
        events = _ask_again(desk, visit, before, figures, staff)
        changed = work.visits.change(visit_id, version, content=content, events=events, figures=figures)
        detail = {"version": changed.version, "net": figures.net, "fields": _changed(held, content)}
        detail["changes"] = differences(held, content)
        work.audit.record(staff, "visit-changed", visit_id, detail)
        work.commit()
    return changed


def _ask_again(
    desk: Desk, visit: StoredVisit, before: VisitFigures, now: VisitFigures, staff: str
) -> list[Event]:
    """A confirmed visit whose price or time differs goes back to 手配: its slot is noted anew."""
    if visit.state is not VisitState.CONFIRMED or (before.net, before.minutes) == (now.net, now.minutes):
        return []
    content = visit.content
    return [
        Booked(
            at=desk.now(),
            staff=staff,
            spans=content.spans,
            technicians=content.technicians,
            before=content.spans,
            technicians_before=content.technicians,
            why=_("内容と料金の変更"),
        )
    ]


def open_visit(desk: Desk, visit_id: str) -> StoredVisit:
    """A visit with all that happened. UserError ``not-found``."""
    with desk.storage.look() as work:
        return work.visits.get(visit_id)


def opened(work: UnitOfWork, visit_id: str, version: int, action: Action) -> StoredVisit:
    """A visit somebody wants to act on. ConflictError; UserError ``visit-state`` and those of the order on
    site (``not-agreed``, ``no-report``, ``not-signed``).
    """
    visit = work.visits.get(visit_id)
    if visit.version != version:
        raise conflict()
    refused = permitted(action, visit.events)
    if refused is not None:
        raise UserError(Problem(refused.code, refused.what, remedy=refused.remedy))
    return visit


def conflict() -> ConflictError:
    """Another window was first."""
    return ConflictError(
        Problem(
            "conflict",
            _("別の画面で、先にこの訪問が変更されています。"),
            why=_("上書きはしていません。"),
            remedy=_("いまの内容を確かめて、もう一度操作してください。"),
        )
    )


def checked(ground: Ground, content: VisitContent, *, sold: bool = False) -> VisitFigures:
    """Price, minutes, area and free visit. ``sold``: its prices stand on a quotation that was issued.

    Raises UserError with everything that is wrong.
    """
    problems = check_content(content)
    if not sold:
        _check_hand_prices(content, problems)
    figures = None
    with problems.collecting():
        figures = figures_in(ground, content)
    problems.raise_if_any()
    assert figures is not None
    return figures


def check_content(content: VisitContent) -> Problems:
    """What is wrong with the content apart from its price."""
    problems = Problems()
    place = content.place
    for name, text, most in (
        *((f"place.{name}", getattr(place, name), LONGEST_LINE) for name in place.__struct_fields__),
        *_words_of_devices(content.devices),
        ("bring", content.bring, LONGEST_TEXT),
        ("wishes", content.wishes, LONGEST_TEXT),
        ("remarks", content.remarks, LONGEST_TEXT),
    ):
        if len(text) > most:
            problems.add(
                "bad-input",
                _("文字が長すぎます（{length}文字）。").format(length=f"{len(text):,}"),
                remedy=_("{most}文字以内にしてください。").format(most=f"{most:,}"),
                field=name,
            )
    if content.minutes is not None and not 0 < content.minutes <= MOST_MINUTES:
        problems.add(
            "out-of-range",
            _("作業時間「{minutes}分」は使えません。").format(minutes=content.minutes),
            remedy=_("1〜{most}分で入力してください。").format(most=f"{MOST_MINUTES:,}"),
            field="minutes",
        )
    return problems


def _check_hand_prices(content: VisitContent, problems: Problems) -> None:
    """A price by hand is no less than nothing, and says why."""
    for place, device in enumerate(content.devices):
        hand = device.by_hand
        if hand is not None and (hand.unit_price < 0 or not hand.reason.strip()):
            problems.add(
                "bad-input",
                _("個別見積の単価か理由が正しくありません。"),
                remedy=_("0円以上の単価と、その理由を入力してください。理由は書類に載ります。"),
                field=f"devices.{place}.by_hand",
            )


def _words_of_devices(devices: Sequence[Device]) -> Iterator[tuple[str, str, int]]:
    """Each text of a device: its field, what it says, how long it may be."""
    for place, device in enumerate(devices):
        for name in ("name", "place", "os", "note"):
            yield f"devices.{place}.{name}", getattr(device, name), LONGEST_LINE
        if device.by_hand is not None:
            yield f"devices.{place}.by_hand", device.by_hand.reason, LONGEST_LINE


def tidy(content: VisitContent, before: Sequence[Device] = ()) -> VisitContent:
    """The content with an id for each device, each its own; those it had before are never given again."""
    taken = {device.id for device in (*before, *content.devices)}
    seen: set[str] = set()
    devices = []
    for device in content.devices:
        if not device.id or device.id in seen:
            name = next(f"d{n}" for n in range(1, len(taken) + 2) if f"d{n}" not in taken)
            taken.add(name)
            device = msgspec.structs.replace(device, id=name)
        seen.add(device.id)
        devices.append(device)
    return msgspec.structs.replace(content, devices=tuple(devices))


def _changed(before: VisitContent, now: VisitContent) -> list[str]:
    return [name for name in before.__struct_fields__ if getattr(before, name) != getattr(now, name)]


# --- work that waits on a quotation ------------------------------------------------------------------------


def receive_from_quotation(desk: Desk, contract_id: str) -> list[StoredVisit]:
    """The visits that were sold with a contract (the newest issued revision of its quotation), received; the
    call notes that said they wait are done. Asked again, it gives those that are there.

    Raises UserError ``no-visits`` where there are none, and as ``receive``.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        contract = work.contracts.get(contract_id)
        quotation_id = contract.content.quotation_id
        stored = [work.visits.get(row.id) for row in work.visits.of_contract(contract_id)]
        there = [one for one in stored if quotation_id and one.content.quotation_id == quotation_id]
        if there:
            return there
        entries, content = _quoted(work, contract_id, quotation_id)
        made = []
        for entry in entries:
            wanted = content_of(entry, contract.content.service, contract_id, quotation_id, content)
            made.append(receive_in(desk, work, contract.customer_id, wanted, "quotation"))
        for note in work.beside.notes_of("contract", contract_id):
            if note.next_step == _("訪問作業の手配") and note.done_at is None:
                work.beside.save_note(msgspec.structs.replace(note, done_at=desk.now()))
        work.commit()
    return made


def _quoted(
    work: UnitOfWork, contract_id: str, quotation_id: str
) -> tuple[list[VisitEntry], QuotationContent]:
    """The visits of a quotation that belong to a contract: those of its service entry; those of none go with
    the first contract.
    """
    revisions = work.quotations.revisions(quotation_id) if quotation_id else []
    if revisions:
        content = max(revisions, key=lambda one: one.revision).content
        ids = [row.id for row in sorted(work.contracts.of_quotation(quotation_id), key=lambda row: row.seq)]
        entries = [one for one in content.visits if ids[_place(one, len(ids))] == contract_id]
        if entries:
            return entries, content
    raise UserError(
        Problem(
            "no-visits",
            _("この契約の見積に、訪問作業はありません。"),
            remedy=_("「訪問を受け付ける」から、作業を入力してください。"),
        )
    )


def _place(entry: VisitEntry, contracts: int) -> int:
    place = entry.for_service
    return place if place is not None and place < contracts else 0


def content_of(
    entry: VisitEntry, service: str, contract_id: str, quotation_id: str, quotation: QuotationContent
) -> VisitContent:
    """What a visit takes over of its entry on a quotation."""
    site, customer = entry.site, quotation.customer
    return VisitContent(
        service=entry.service or service,
        contract_id=contract_id,
        quotation_id=quotation_id,
        place=VisitPlace(
            name=site.name,
            postal_code=site.postal_code or customer.postal_code,
            address=site.address or f"{customer.prefecture}{customer.address}{customer.building}",
            person=customer.person,
            phone=customer.phone,
            area=site.area,
        ),
        devices=tuple(_device(one, place) for place, one in enumerate(entry.work, 1)),
        with_line_order=entry.with_line_order,
        dispatches=entry.dispatches,
        use_free=entry.use_free,
        wishes=_wish(entry),
    )


def _device(one: WorkEntry, place: int) -> Device:
    hand = one.by_hand
    return Device(
        id=f"d{place}",
        name=one.label,
        count=one.devices,
        menu=one.menu,
        data_gb=one.migrate_gb,
        backup=one.backup,
        apps=one.apps,
        by_hand=PriceByHand(unit_price=hand.unit_price, reason=hand.reason, approved_by=hand.approved_by)
        if hand
        else None,
    )


def _wish(entry: VisitEntry) -> str:
    if entry.on is None:
        return ""
    return _("ご希望：{day} {time}").format(day=entry.on.isoformat(), time=entry.at).strip()
