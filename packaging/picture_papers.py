"""Scenes of the place 書類: the list, one paper, the verification, what waits for approval."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import msgspec
from picture_plan import scene
from picture_stage import Stage
from PySide6.QtCore import Qt

from app.papers.archived import PaperAbout, SubjectKind
from app.papers.issuer import Staff
from app.usecases.approve_paper import ask_quotation_approval
from app.usecases.desk import Desk
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_settings import save_settings
from app.usecases.send_paper import send_paper
from app.usecases.void_paper import void_paper

Key = Qt.Key
_NAMES: Final = (
    ("株式会社みのり食品", 148_500), ("酒井歯科医院", 4_620), ("堺臨海倉庫株式会社", 2_640_000), ("さかい珈琲株式会社", 2_310),
    ("有限会社坂井塗装", 1_980), ("株式会社堺精密機械", 75_130), ("坂井運輸株式会社", 110_000), ("境町保育園", 3_960),
    ("酒井金属工業株式会社", 3_960_000), ("坂井会計事務所", 3_300),
)  # fmt: skip
_KINDS: Final[tuple[tuple[str, SubjectKind], ...]] = (
    ("B", "bill"),
    ("B", "bill"),
    ("T", "bill"),
    ("E", "contract"),
    ("B", "bill"),
    ("F", "contract"),
)


def fill_archive(desk: Desk, quotation_id: str) -> str:
    """Papers of two months, one voided, some sent; and an issued quotation, whose paper's id it returns."""
    with desk.storage.look() as work:
        stored = work.quotations.get(quotation_id)
    paper = issue_quotation(desk, stored.id, stored.version).paper
    ids, serials = [], dict[str, int]()
    with desk.storage.work() as work:
        for place in range(36):
            kind, subject = _KINDS[place % len(_KINDS)]
            day = date(2026, 9, 30) + timedelta(days=place + place // 3)
            name, total = _NAMES[place % len(_NAMES)]
            head = f"{kind}-HM1-{day:%y%m}"
            serials[head] = serials.get(head, 0) + 1
            about = PaperAbout(subject_kind=subject, subject_id=f"{place}", staff="田村 美咲")
            shown = 0 if kind == "E" else total + place * 110
            number = f"{head}-{serials[head]:04d}"
            ids.append(work.papers.add(kind, number, 1, name, day, shown, paper.pdf, about).id)
        work.commit()
    for place, how in ((0, "post"), (3, "hand"), (20, "e-mail"), (27, "post"), (30, "hand"), (33, "e-mail")):
        send_paper(desk, ids[place], how)  # type: ignore[arg-type]
    void_paper(desk, ids[31], "数量の誤り。B-HM1-2611-0014で発行し直し")
    return paper.id


def _opened(stage: Stage) -> tuple[Any, str]:
    stage.maker.filled  # noqa: B018 - the names are known once the data are made
    window = stage.open("papers")
    assert stage.session is not None
    paper_id = fill_archive(stage.session.desk, stage.maker.ids["takahashi"])
    place = window.page("papers")
    place.list.model.again(everything=True)  # type: ignore[attr-defined]
    stage.settle()
    return place, paper_id


@scene("papers", manual=True)
def papers_list(stage: Stage) -> None:
    """As the place opens, the newest first."""
    _opened(stage)


@scene("papers", manual=True)
def papers_found(stage: Stage) -> None:
    """By name, days and amounts together."""
    place, _paper = _opened(stage)
    place.list.frame.search.take_focus()
    stage.type("酒井")
    place.list.range.set_days(date(2026, 10, 1), date(2026, 11, 20))
    place.list.range.least.set_value(3_000)
    place.list.range.most.set_value(10_000)
    place.list.search()
    stage.settle()


@scene("papers")
def papers_empty(stage: Stage) -> None:
    """Nothing was issued yet."""
    stage.open("papers", empty=True)


@scene("papers", manual=True)
def paper_opened(stage: Stage) -> None:
    """One paper with all that is known of it."""
    place, paper_id = _opened(stage)
    assert stage.session is not None
    send_paper(stage.session.desk, paper_id, "e-mail", "info@example.jp")
    place.open_paper(paper_id)
    stage.settle()


@scene("papers")
def paper_voided(stage: Stage) -> None:
    """One that no longer counts."""
    place, paper_id = _opened(stage)
    assert stage.session is not None
    void_paper(stage.session.desk, paper_id, "宛名の誤り。正しい宛名で発行し直すため")
    place.open_paper(paper_id)
    stage.settle()


@scene("papers", manual=True)
def papers_verified(stage: Stage) -> None:
    """Everything is as it was."""
    place, _paper = _opened(stage)
    place.open_verify()
    place.verify.start()
    stage.until(lambda: not place.verify.running)


@scene("papers")
def papers_wrong(stage: Stage) -> None:
    """Somebody changed two papers behind the program's back."""
    place, paper_id = _opened(stage)
    assert stage.session is not None
    with stage.session.desk.storage.work() as work:
        connection = work.session.connection  # type: ignore[attr-defined]
        for name in ("papers_no_update", "paper_bytes_no_update"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE paper_bytes SET pdf = x'25' WHERE paper_id = ?", (paper_id,))
        connection.exec_driver_sql("UPDATE papers SET total = 1 WHERE number = 'B-HM1-2610-0003'")
        work.commit()
    place.open_verify()
    place.verify.start()
    stage.until(lambda: not place.verify.running)


@scene("papers", manual=True)
def papers_approvals(stage: Stage) -> None:
    """Somebody else's quotation waits."""
    stage.maker.filled  # noqa: B018 - as above
    window = stage.open("papers")
    assert stage.session is not None
    desk = stage.session.desk
    ask_quotation_approval(desk, stage.maker.ids["takahashi"])
    settings = desk.settings()
    staff = (*settings.staff, Staff(id="bessho", name="別所 太郎"))
    save_settings(desk, msgspec.structs.replace(settings, staff=staff, current_staff="bessho"))
    stage.session.read()
    stage.settle()
    window.page("papers").open_approvals()  # type: ignore[attr-defined]
    stage.settle()


@scene("papers")
def papers_export(stage: Stage) -> None:
    """Which days, and where to."""
    from ui.papers.export_dialog import ExportDialog

    place, _paper = _opened(stage)
    dialog = ExportDialog(place, place.list._session, place.list.query())
    dialog.folder.set_text("D:/監査/書類_20251101_20261120")
    dialog.first.set_day(date(2025, 11, 1))
    dialog.sealing.seal.setChecked(True)
    dialog.open()
    stage.settle()
