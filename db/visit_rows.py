"""A visit as rows: what grid and lists show, its events, its slots, its search entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from app.folding import fold, fold_name_parts, phone_digits
from app.visit.order import (
    Event,
    Happened,
    Span,
    StoredVisit,
    VisitContent,
    VisitFigures,
    VisitRow,
    VisitState,
)
from app.visit.visit_life import state_of
from db import search
from db.base import refuse_endless
from db.contract_rows import CUSTOMER
from db.ids import uuid7
from db.payloads import pack, plain, unpack
from db.tables import customers
from db.towns import town_of
from db.visit_tables import visit_contents, visit_events, visits

VISIT_INDEX: Final = sa.table(
    "visit_index", *map(sa.column, ("rowid", "number", "customer", "title", "place"))
)

ROW: Final = sa.select(*(visits.c[name] for name in VisitRow.__struct_fields__))

_lists: Final = msgspec.json.Decoder(tuple[str, ...])
_spans: Final = msgspec.json.Decoder(tuple[Span, ...])


def columns_of(
    content: VisitContent, figures: VisitFigures, events: Sequence[Event], customer: Mapping[Any, Any]
) -> dict[str, Any]:
    """The list columns of a visit, without its number, staff and versions."""
    return {
        **columns_of_customer(content, customer),
        **columns_of_content(content),
        **columns_of_figures(figures),
        "state": state_of(events).value,
    }


def columns_of_customer(content: VisitContent, customer: Mapping[Any, Any]) -> dict[str, Any]:
    """What a row repeats of the customer; town and phone are those of the place where it has its own."""
    return {
        "customer_id": customer["id"],
        "customer": customer["name"],
        "kana": customer["kana"],
        "customer_key": customer["kana_key"],
        "town": town_of("", content.place.address) or customer["town"],
        "phone": content.place.phone or customer["phone"],
    }


def columns_of_content(content: VisitContent) -> dict[str, Any]:
    """The list columns that what was arranged makes."""
    codes = dict.fromkeys(code for device in content.devices for code in device.menu)
    return {
        "contract_id": content.contract_id or None,
        "service": content.service,
        "work": plain(list(codes)),
        "devices": sum(device.count for device in content.devices),
        "technicians": plain(content.technicians),
        "spans": plain(content.spans),
        "first_on": min((span.on for span in content.spans), default=None),
    }


def columns_of_figures(figures: VisitFigures) -> dict[str, Any]:
    """The list columns that were worked out."""
    refuse_endless("visit", figures.net, figures.minutes)
    return {
        "area": figures.area,
        "minutes": figures.minutes,
        "net": figures.net,
        "free_on": figures.free_on,
    }


def event_rows(visit_id: str, events: Sequence[Event], first_seq: int) -> list[dict[str, Any]]:
    """Rows of events that have their ids."""
    return [
        {
            "id": one.id,
            "seq": seq,
            "visit_id": visit_id,
            "kind": one.__struct_config__.tag,
            "at": one.at,
            "payload": pack(Happened(event=one)),
        }
        for seq, one in enumerate(events, first_seq)
    ]


def named(event: Event) -> Event:
    """An event that has an id."""
    return event if event.id else msgspec.structs.replace(event, id=uuid7())


def slot_rows(visit_id: str, content: VisitContent) -> Iterator[dict[str, Any]]:
    """One row for each technician and span; in the lane of nobody while none is assigned."""
    for technician_id in dict.fromkeys(content.technicians) or ("",):
        for span in content.spans:
            yield {
                "visit_id": visit_id,
                "technician_id": technician_id,
                "day": span.on,
                "first": span.first,
                "last": span.last,
            }


def events_of(connection: sa.Connection, visit_id: str) -> tuple[Event, ...]:
    """What happened to a visit, in the order of recording; moments are local."""
    payloads = connection.scalars(
        sa.select(visit_events.c.payload)
        .where(visit_events.c.visit_id == visit_id)
        .order_by(visit_events.c.seq)
    )
    found = (unpack(Happened, text).event for text in payloads)
    return tuple(msgspec.structs.replace(one, at=one.at.astimezone()) for one in found)


def stored(row: Mapping[Any, Any], content: VisitContent, events: tuple[Event, ...]) -> StoredVisit:
    """A visit out of its rows."""
    return StoredVisit(
        id=row["id"],
        seq=row["seq"],
        version=row["version"],
        number=row["number"],
        customer_id=row["customer_id"],
        content=content,
        events=events,
        state=VisitState(row["state"]),
        staff=row["staff"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


def row_of(columns: Mapping[Any, Any]) -> VisitRow:
    """A row of grid and list out of its columns."""
    return VisitRow(
        **{
            **columns,
            "state": VisitState(columns["state"]),
            "contract_id": columns["contract_id"] or "",
            "work": _lists.decode(columns["work"]),
            "technicians": _lists.decode(columns["technicians"]),
            "spans": _spans.decode(columns["spans"]),
        }
    )


def search_again(
    connection: sa.Connection, content: VisitContent, columns: Mapping[Any, Any], *, is_new: bool = False
) -> None:
    """Bring the search entry up to date: number, customer, place and phones."""
    place = content.place
    entry = {
        "rowid": columns["seq"],
        "number": search.pairs(fold(columns["number"])),
        "customer": search.pairs(*fold_name_parts(columns["customer"]), *fold_name_parts(columns["kana"])),
        "title": search.pairs(fold(place.name), *fold_name_parts(place.person)),
        "place": search.pairs(
            fold(columns["town"]),
            fold(place.address),
            phone_digits(columns["phone"]),
            phone_digits(place.phone),
            phone_digits(place.phone_on_day),
        ),
    }
    search.put(connection, VISIT_INDEX, entry, is_new=is_new)


def rename(connection: sa.Connection, customer_id: str) -> None:
    """Let the rows of visits say what their customer is called now."""
    rows = connection.execute(
        sa.select(visits, visit_contents.c.content)
        .join_from(visits, visit_contents)
        .where(visits.c.customer_id == customer_id)
    )
    found = rows.mappings().all()
    if not found:
        return
    customer = connection.execute(CUSTOMER.where(customers.c.id == customer_id)).mappings().one()
    for row in found:
        content = unpack(VisitContent, row["content"])
        columns = columns_of_customer(content, customer)
        if any(columns[name] != row[name] for name in columns):
            connection.execute(visits.update().where(visits.c.id == row["id"]).values(columns))
            search_again(connection, content, {**row, **columns})
