"""The very PDF beside the form: drawn, turned, enlarged, saved, copied."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.contract.customer import Customer
from app.papers.file_names import safe_part
from tests.ui.quotes.conftest import Bench
from tests.ui.quotes.contents import prime
from ui.issuing.printing import print_pages
from ui.qt import Key
from ui.quotes.file_names import paper_file_name
from ui.quotes.paper_view import PaperView
from ui.quotes.sheets import draw_sheet


@pytest.fixture
def drawn(bench: Bench, takahashi: Customer) -> Bench:
    """A quotation of two pages."""
    editor = bench.open_new()
    editor.draft.put(prime(takahashi))
    bench.settle()
    return bench


def text_of(pdf: bytes | None) -> str:
    assert pdf is not None
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_page_follows_what_is_typed(drawn: Bench) -> None:
    before = drawn.editor.paper.preview.pdf
    draft = drawn.editor.draft
    draft.put(replace(draft.content, title="ご提案の件名"), "title")
    drawn.settle()

    assert "ご提案の件名" in text_of(drawn.editor.paper.preview.pdf)
    assert "ご提案の件名" not in text_of(before)
    assert "発行時に付きます" in text_of(before)


def test_the_paper_speaks_the_language_chosen_for_it(drawn: Bench) -> None:
    drawn.seen("English")[0].setFocus()
    drawn.key(Key.Key_Space)
    assert drawn.editor.draft.content.language == "en"
    assert "発行時に付きます" not in text_of(drawn.editor.paper.preview.pdf)
    assert drawn.editor.prices.foot.total.endswith("円"), "the window goes on in its own language"


def test_pages_are_turned_and_stop_at_the_ends(drawn: Bench, qtbot: QtBot) -> None:
    pane = drawn.editor.paper
    pages = len(PdfReader(io.BytesIO(pane.preview.pdf or b"")).pages)
    assert pages > 1
    pane.view.setFocus()
    for _turn in range(pages + 2):
        qtbot.keyClick(pane.view, Qt.Key.Key_PageDown)
        drawn.settle()
    assert pane.preview.page == pages - 1
    qtbot.keyClick(pane.view, Qt.Key.Key_PageUp)
    drawn.settle()
    assert pane.preview.page == pages - 2


def test_a_click_goes_to_real_size_and_back(drawn: Bench, qtbot: QtBot) -> None:
    view = drawn.editor.paper.view
    fitting = view.percent
    assert view.fits
    qtbot.mouseClick(view.widget(), Qt.MouseButton.LeftButton)
    assert view.percent == 100
    drawn.settle()
    qtbot.mouseClick(view.widget(), Qt.MouseButton.LeftButton)
    assert view.percent == fitting


def test_the_picture_is_as_sharp_as_the_screen(drawn: Bench) -> None:
    pane = drawn.editor.paper
    pane.view.set_zoom(1.0)
    drawn.settle()
    sheet = draw_sheet(pane.preview.pdf or b"", 0, pane.view.pixels_per_point())

    assert abs(sheet.width - 595 * 96 / 72) <= 2
    image = sheet.image()
    shades = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, 400, 3)}
    assert len(shades) > 10, "there is something to read"


def test_f6_puts_the_paper_away_and_draws_it_again(drawn: Bench, qtbot: QtBot) -> None:
    editor = drawn.editor
    qtbot.keyClick(drawn.focused(), Qt.Key.Key_F6)
    assert not editor.paper.isVisible()
    editor.draft.put(replace(editor.draft.content, title="隠れている間"), "title")
    drawn.settle()
    assert "隠れている間" not in text_of(editor.paper.preview.pdf)
    qtbot.keyClick(drawn.focused(), Qt.Key.Key_F6)
    drawn.settle()
    assert editor.paper.isVisible()
    assert "隠れている間" in text_of(editor.paper.preview.pdf)


def test_saving_writes_these_very_bytes(
    drawn: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "見積書.pdf"
    offered: list[str] = []

    def chosen(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(Path(name).name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)  # the system's own window
    drawn.use("PDFを保存")
    drawn.settle()

    assert target.read_bytes() == drawn.editor.paper.preview.pdf
    assert offered == ["見積書（下書き）_髙橋精工株式会社.pdf"]
    assert "見積書.pdf" in drawn.toasts.words()


def test_copying_gives_picture_and_words(drawn: Bench) -> None:
    drawn.use("ページを画像と文字でコピー")
    drawn.settle()

    clipboard = QApplication.clipboard()
    assert not clipboard.image().isNull()
    assert "髙橋精工株式会社" in clipboard.text()


def test_printing_sends_the_pages_asked_for(drawn: Bench, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)

    printer.setFromTo(1, 2)
    assert print_pages(drawn.editor.paper.preview.pdf or b"", printer) == 2
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 2


def test_file_names_carry_nothing_a_file_system_refuses(takahashi: Customer) -> None:
    content = replace(prime(takahashi), customer=replace(takahashi.fields, name='a/b\\c:d*"?<>|\x07 商店.'))

    assert paper_file_name(content, None) == "見積書（下書き）_abcd 商店.pdf"
    assert safe_part("CON.\u202egpj. ") == "CON.gpj"


def test_the_view_has_a_name(drawn: Bench) -> None:
    assert isinstance(drawn.seen("書類の表示")[0], PaperView)
