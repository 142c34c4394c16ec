"""重要事項説明書 made on a real desk: of contracts and quotations, two pages each, once as long as they say the
same.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.errors import UserError
from app.papers.request import PaperRequest
from app.papers.side import OwnCase, SidePoints
from app.places import resources
from app.quote.content import QuotationContent, ServiceEntry
from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from app.usecases.keep_application import start_application
from app.usecases.keep_quotation import start_quotation
from app.usecases.make_paper import issue_paper, preview_paper
from app.usecases.paper_terms import quotation_case
from tests.app.usecases.contracts import LIVES, begun, content, customer
from tests.desks import new_desk, settings
from tests.shipped import TODAY, request
from tests.tariff_files import written


def asked(subject: str, **options: object) -> PaperRequest:
    return PaperRequest(kind="E", subject=subject, options=dict(options))


def refused(desk: Desk, wanted: PaperRequest) -> str:
    with pytest.raises(UserError) as caught:
        preview_paper(desk, wanted)
    return caught.value.problems[0].code


def test_contracts_of_every_service_are_explained_on_two_pages(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    owner = customer(desk)
    for life in LIVES:
        made = start_application(desk, owner, content(life.service, life.items, date(2026, 12, 10)))
        issued = issue_paper(desk, asked(made.id))
        assert issued.number.startswith("E-HM1-2611-")
        assert b"/Count 2/" in issued.pdf, life.service
        assert issue_paper(desk, asked(made.id)).id == issued.id
    with desk.storage.look() as work:
        row = work.papers.about("contract", made.id, ("E",))
    assert [one.revision for one in row] == [1]
    told = {"on": "2026-11-20", "by": "田村 美咲", "signer": "実 太郎", "how": "online"}
    explained = issue_paper(desk, asked(made.id, explained=told))
    assert explained.revision == 2
    assert refused(desk, asked(made.id, explained={"on": "never"})) == "bad-input"

    quoted = request("osect").content
    both = msgspec.structs.replace(
        quoted, services=(*quoted.services, *request("mihariban").content.services)
    )
    stored = start_quotation(desk, both)
    one, other = (issue_paper(desk, asked(stored.id, service=code)) for code in ("osect", "mihariban"))
    assert one.number != other.number
    assert issue_paper(desk, asked(stored.id, service="osect")).id == one.id  # it says nothing new
    again = issue_paper(desk, asked(stored.id, service="osect", explained=told))
    assert (again.number, again.revision) == (one.number, 2)
    with desk.storage.look() as work:
        titles = {row.title for row in work.papers.about("quotation", stored.id, ("E",))}
    assert titles == {"重要事項説明書（OsecT）", "重要事項説明書（見張り番）"}
    assert refused(desk, asked(stored.id, service="mdr-ndr")) == "bad-input"
    assert refused(desk, asked("nothing")) == "not-found"

    running = begun(desk, "mihariban", {"license": 10}, date(2026, 10, 5), owner=owner)
    paper, _images = preview_paper(desk, asked(running.id))
    points = next(section for section in paper.sections if isinstance(section, SidePoints))
    own = next(part for side in points.sections for part in side.parts if isinstance(part, OwnCase))
    assert own.table.rows[0].cells[-1] == 10 * 190 * 27 // 31

    early = start_application(desk, owner, content("mihariban", {"license": 1}, date(2023, 11, 10)))
    older = msgspec.structs.replace(asked(early.id), on=date(2023, 11, 1))
    assert refused(desk, older) == "terms-not-described"
    desk.storage.close()


def test_a_service_nobody_described_is_refused(tmp_path: Path) -> None:
    text = resources("tariffs", "mihariban.toml").read_text("utf-8")
    written(tmp_path, text.replace('code = "mihariban"', 'code = "own"', 1))
    entry = ServiceEntry(service="own", start=TODAY, items={"license": 1})
    known = Catalogue((resources("tariffs"), tmp_path))
    with pytest.raises(UserError) as caught:
        quotation_case(QuotationContent(services=(entry,)), entry, "", known, settings(), TODAY)
    assert caught.value.problems[0].code == "terms-not-described"
    assert "見張り番" in caught.value.problems[0].what
