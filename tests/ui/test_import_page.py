"""台帳の取込み in its page, on a real desk: tried, brought in, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.usecases.keep_customer import find_customers
from ui.confirm_dialog import ConfirmDialog
from ui.imports.page import ImportPage
from ui.main_window import MainWindow
from ui.session import Session
from ui.widgets.strips import Toasts

HEADS = "管理番号,お客様名,TEL,サービス名,数,利用開始日"
SOUND = "1,藤井造園,06-1111-2222,見張り番,5,2024/10/1"
WRONG = "2,コトリ保育園,06-3333-4444,見張り番,60,2024/10/1"


@pytest.fixture
def page(session: Session, qtbot: QtBot, settle: Callable[[], None]) -> ImportPage:
    window = MainWindow(session)
    qtbot.addWidget(window)
    made = ImportPage(session, Toasts(window))
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.arrive()
    settle()
    return made


def _open(page: ImportPage, path: Path, *rows: str) -> None:
    path.write_text("\n".join((HEADS, *rows)), encoding="utf-8")
    page.open_file(path)


def test_columns_are_matched_tried_and_brought_in(
    page: ImportPage, session: Session, tmp_path: Path, settle: Callable[[], None]
) -> None:
    _open(page, tmp_path / "台帳.csv", SOUND)
    settle()
    settle()
    # 数 says too little: which column holds the quantity is chosen by hand.
    assert not page.import_button.isEnabled()
    page.columns.choices["quantity"].set_value(4)
    page.columns.changed.emit()
    settle()
    assert page.import_button.isEnabled()
    assert "顧客 1件・契約 1件・できごと 1件" in page.verdict.title.words()
    page.import_button.click()
    settle()
    settle()
    assert [row.name for row in find_customers(session.desk, "藤井")] == ["藤井造園"]
    assert "台帳.csv" in page.earlier.as_text()


def test_mistakes_are_told_by_row_and_the_choice_of_columns_stays(
    page: ImportPage, session: Session, tmp_path: Path, settle: Callable[[], None]
) -> None:
    path = tmp_path / "台帳.csv"
    _open(page, path, SOUND, WRONG)
    settle()
    settle()
    page.columns.choices["quantity"].set_value(4)
    page.columns.changed.emit()
    settle()
    assert not page.import_button.isEnabled()
    assert "3\t" in page.problems.as_text()  # the row as the file counts
    _open(page, path, SOUND)  # mended and tried again
    settle()
    settle()
    assert page.import_button.isEnabled()
    page.left.leave()  # the window is gone: the choice is offered with the same headings
    page.ledger = None
    page.open_file(path)
    settle()
    settle()
    assert not page.import_button.isEnabled()
    assert page.left.strip.isVisible()
    page.left.strip.button.click()
    settle()
    assert page.import_button.isEnabled()


def test_an_import_is_taken_back_after_a_question(
    page: ImportPage,
    session: Session,
    tmp_path: Path,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _open(page, tmp_path / "台帳.csv", SOUND)
    settle()
    settle()
    page.columns.choices["quantity"].set_value(4)
    page.columns.changed.emit()
    settle()
    page.import_button.click()
    settle()
    settle()
    asked: list[str] = []

    def answer(_parent: object, title: str, text: str, *_rest: object, **_more: object) -> bool:
        asked.append(text)
        return True

    monkeypatch.setattr(ConfirmDialog, "ask", answer)
    from app.usecases.import_ledger import imports

    page.earlier.opened.emit(imports(session.desk)[0])
    settle()
    settle()
    assert "顧客 1件・契約 1件" in asked[0]
    assert find_customers(session.desk, "藤井") == []
    assert "取消し済み" in page.earlier.as_text()


def test_a_file_that_is_no_table_is_refused_in_words(
    page: ImportPage, tmp_path: Path, settle: Callable[[], None]
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04")
    page.open_file(path)
    settle()
    assert "壊れているか" in page.verdict.title.words()
    assert not page.import_button.isVisible()
