"""The window to explain and sign in, and what the contract's page says without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from app.contract.record import Application, StoredContract
from app.contract.steps import Explained, Submitted
from app.usecases.desk import Desk
from app.usecases.record_entry import record
from tests.ui.contracts.actions.conftest import MINORI, PRIME, applied
from tests.ui.contracts.actions.typing_into import last
from ui.contracts.context import PageContext
from ui.contracts.explanation.dialog import WITHOUT_PAPER, ExplanationDialog
from ui.contracts.explanation.draft import KeptExplanations
from ui.contracts.explanation.notice import ExplanationNotice, notice_words

Settle = Callable[[], None]
Context = Callable[[StoredContract], PageContext]

WANTED = replace(PRIME, application=Application(items={"id": 31}, wished_start=date(2026, 12, 10)))
STROKES = (((0, 0), (900, 400), (1800, 0), (1800, 900)),)


def test_the_paper_is_signed_issued_and_recorded(
    context_of: Context, desk: Desk, settle: Settle, stage: Callable[[QWidget], QWidget]
) -> None:
    stored = applied(desk, WANTED, replace(MINORI, person="大野 まり"))
    context = context_of(stored)
    dialog = ExplanationDialog(context)
    stage(dialog)
    settle()
    form = dialog.form
    assert (form.by.text(), form.signature.name.text()) == ("田村 美咲", "大野 まり")
    assert dialog.paper.pdf is not None
    assert dialog.paper.place.words().endswith("/ 2")

    dialog.record()  # nobody signed: told where it lacks, nothing recorded
    settle()
    assert "署名がありません" in form.signature.wrong.words()
    assert len(context.stored.entries) == 0

    form.remark.set_text("解約金の表で説明")
    form._on_changed()
    form.signature.pad.set_strokes(STROKES)
    form.signature.pad.signed.emit()
    dialog.reject()  # what was typed outlives the window
    kept = KeptExplanations.of(context.session).draft(stored.id)
    assert kept is not None
    dialog = ExplanationDialog(context)
    stage(dialog)
    settle()
    assert dialog.form.remark.text() == "解約金の表で説明"
    dialog.record()
    settle()
    step = last(desk, stored)
    assert isinstance(step, Explained)
    assert (step.signer, step.strokes, step.how) == ("大野 まり", STROKES, "in-person")
    assert step.paper_number.startswith("E-")
    assert KeptExplanations.of(context.session).draft(stored.id) is None


def test_by_phone_the_name_is_enough_and_a_paper_can_be_done_without(
    context_of: Context, desk: Desk, settle: Settle, stage: Callable[[QWidget], QWidget]
) -> None:
    context = context_of(applied(desk, WANTED))
    dialog = ExplanationDialog(context)
    stage(dialog)
    settle()
    dialog.form.how.set_value("phone")
    dialog.form._on_how("phone")
    assert not dialog.form.signature.isVisible()
    assert dialog.form.told() is None
    assert "説明を受けた方" in dialog.form.listener_field.error
    dialog.form.listener.set_text("大野 まり")
    dialog.form._on_listener("大野 まり")
    told = dialog.form.told()
    assert told is not None
    assert (told.signer, told.strokes) == ("大野 まり", ())
    asked: list[int] = []
    dialog.finished.connect(asked.append)
    dialog.without.click()
    assert asked == [WITHOUT_PAPER]


def test_the_page_says_what_is_missing_until_it_is_recorded(
    context_of: Context, desk: Desk, stage: Callable[[QWidget], QWidget]
) -> None:
    stored = applied(desk, WANTED)
    stored = record(desk, stored.id, stored.version, (Submitted(on=date(2026, 11, 19)),))
    notice = ExplanationNotice()
    stage(notice)
    notice.show_view(context_of(stored).view)
    assert notice.isVisible()
    assert "説明がまだ" in notice.title.words()
    assert notice.button.words()
    told = Explained(on=date(2026, 11, 20), by="田村", edition=date(2025, 10, 1))
    older = record(desk, stored.id, stored.version, (told,))
    words = notice_words(context_of(older).view)
    assert words is not None
    assert "前の版" in words[0]
    now = record(desk, older.id, older.version, (replace(told, edition=date(2026, 5, 11)),))
    assert notice_words(context_of(now).view) is None
