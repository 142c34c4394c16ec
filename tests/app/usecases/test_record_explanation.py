"""The explanation of the important points on a real desk: shown, signed, issued and recorded together."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pypdfium2
import pytest

from app.contract.steps import Explained
from app.errors import ConflictError, UserError
from app.papers.explanation import Explanation
from app.usecases.keep_application import start_application
from app.usecases.record_entry import void
from app.usecases.record_explanation import record_explanation, show_terms
from tests.app.usecases.contracts import content, customer
from tests.desks import new_desk

STROKES = (((0, 0), (900, 400), (1800, 0)),)
SIGNED = Explanation(
    on=date(2026, 11, 20), at=time(14, 5), by="田村 美咲", signer="実 太郎", strokes=STROKES,
    remark="解約金の表を見ながら説明",
)  # fmt: skip


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def codes(error: pytest.ExceptionInfo[UserError]) -> set[str]:
    return {one.code for one in error.value.problems}


def test_an_explanation_from_the_paper_to_the_signed_record(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    who = customer(desk)
    stored = start_application(desk, who, content("dokodemo-prime", {"id": 31}, date(2026, 12, 10)))
    shown = show_terms(desk, stored.id)
    assert shown.paper.draft
    assert shown.digest == show_terms(desk, stored.id).digest

    # What lacks is told, all at once; nothing is issued.
    with pytest.raises(UserError) as unsigned:
        record_explanation(
            desk, stored.id, stored.version, Explanation(on=SIGNED.on, by="", signer=""), shown.digest
        )
    assert codes(unsigned) == {"bad-input", "signature-empty"}
    with pytest.raises(UserError) as other:
        record_explanation(desk, stored.id, stored.version, SIGNED, "0" * 64)
    assert codes(other) == {"terms-changed"}
    with pytest.raises(ConflictError):
        record_explanation(desk, stored.id, stored.version + 1, SIGNED, shown.digest)
    with desk.storage.look() as work:
        assert work.papers.about("contract", stored.id, ("E",)) == []

    made = record_explanation(desk, stored.id, stored.version, SIGNED, shown.digest)
    step = made.contract.entries[-1].entry
    assert isinstance(step, Explained)
    assert (step.paper_id, step.paper_number) == (made.paper.id, f"{made.paper.number}/1")
    assert (step.signer, step.strokes, step.at, step.edition) == (
        "実 太郎", STROKES, time(14, 5), date(2026, 5, 11),
    )  # fmt: skip
    words = text_of(made.paper.pdf)
    assert "実 太郎 様" in words
    assert "14:05" in words
    assert made.paper.number in words

    # Told again on the phone: a further revision, without a signature, beside the first.
    phoned = Explanation(on=SIGNED.on, by="田村 美咲", signer="実 太郎", how="phone")
    again = record_explanation(desk, stored.id, made.contract.version, phoned, shown.digest)
    assert (again.paper.number, again.paper.revision) == (made.paper.number, 2)
    taken_back = void(desk, stored.id, again.contract.version, again.contract.entries[-1].entry.id, "誤り")
    assert taken_back.entries[-1].note == "誤り"
    with desk.storage.look() as work:
        kept = [work.papers.get(one.id) for one in work.papers.about("contract", stored.id, ("E",))]
    assert {one.revision for one in kept} == {1, 2}
    assert made.paper.pdf in {one.pdf for one in kept}
