"""Visits of everything that may come together, to make papers of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import msgspec

from app.papers.visit_words import VisitFacts
from app.visit.order import Device, Span, TechnicianFields, VisitContent, VisitPlace
from app.visit.work import VisitContract
from tests.visit_samples import CUSTOMER, DAY, TECHNICIANS, facts

_MENU = (
    "os-recovery", "os-update", "internet-setup", "wifi-setup", "app-setup", "endpoint-reinstall",
    "printer-setup", "data-migration",
)  # fmt: skip
_SIGNS = "情報システム部㈱髙﨑𠮷野ABC-123 第二営業所予備ノート型パソコン受付カウンター"


def any_visit(seed: int) -> VisitFacts:
    """A visit of everything that may come together; the same for the same seed."""
    luck = Random(seed)

    def text(most: int) -> str:
        return "".join(luck.choice(_SIGNS) for _one in range(luck.randint(0, most)))

    rows = []
    for place in range(luck.choice([1, 2, 3, 5, 8, 13, 20])):
        menu = tuple(luck.sample(_MENU, luck.randint(1, 4)))
        moved = "data-migration" in menu
        rows.append(
            Device(
                id=f"d{place}",
                kind=luck.choice(["pc", "phone", "tablet", "printer", "wifi", "router", "gateway", "other"]),
                name=text(40),
                place=text(20),
                note=text(20),
                menu=menu,
                count=1 if moved else luck.choice([1, 1, 4]),
                data_gb=luck.choice(["4.7", "50", "0.5", "3999.25"]) if moved else None,
                backup=luck.random() < 0.5,
                apps=luck.randint(1, 9),
            )
        )
    spans = tuple(
        Span(
            on=DAY + timedelta(days=number),
            first=luck.choice([540, 600, 780]),
            last=luck.choice([840, 900, 1020]),
        )
        for number in range(luck.choice([1, 1, 2, 3]))
    )
    of = VisitContent(
        service=luck.choice(["media-light", "dokodemo-prime"]),
        devices=tuple(rows),
        technicians=tuple(luck.sample(["t1", "t2", "t3", "t4"], luck.randint(0, 4))),
        spans=spans,
        bring=text(60),
        wishes=text(120),
        remarks=text(200),
        place=VisitPlace(
            name=text(20), address=f"兵庫県{text(60)}", person=text(30), phone="078-000-0000", access=text(80)
        ),
    )
    customer = msgspec.structs.replace(CUSTOMER, name=f"㈱{text(38)}", building=text(30), person=text(20))
    contract = VisitContract(start=date(2026, 5, 20), gateways={10: 1}, endpoint=luck.random() < 0.5)
    people = {
        **TECHNICIANS,
        "t3": TechnicianFields(name="𠮷田 健太郎左衛門之介"),
        "t4": TechnicianFields(name="髙﨑"),
    }
    return replace(facts(of, customer=customer, contract=contract), technicians=people)
