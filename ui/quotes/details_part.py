"""What stands on the paper besides prices: 件名, 有効期限, 備考, and the language it speaks."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.quote.content import QuotationContent
from app.quote.priced import PricedQuotation
from app.words import _
from ui.quotes.context import EditorContext
from ui.quotes.reading_fields import day_problem, show_day
from ui.theme import theme
from ui.widgets.choices import Segments
from ui.widgets.dates import DateField
from ui.widgets.entries import TextArea, TextField
from ui.widgets.field import Field


class DetailsPart(QWidget):
    """Title, validity, remarks and language. Empty fields say what the paper takes instead."""

    def __init__(self, context: EditorContext) -> None:
        super().__init__()
        self._context = context
        self._title = TextField()
        self._title_field = Field(_("件名"), self._title)
        self._valid = DateField(context.today, wareki=context.wareki)
        self._valid_field = Field(_("有効期限"), self._valid)
        self._remarks = TextArea(_("お客さまへの一言など。料金表による備考は自動で入ります。"))
        self._remarks_field = Field(_("備考"), self._remarks)
        self._language = Segments([("ja", "日本語"), ("en", "English")], "ja")
        self._language_field = Field(_("書類のことば"), self._language)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.m)
        for name, field in (
            ("title", self._title_field),
            ("valid_until", self._valid_field),
            ("remarks", self._remarks_field),
            ("language", self._language_field),
        ):
            context.board.add(name, field)
            box.addWidget(field)
        self._title.edited.connect(self._on_title)
        self._valid.day_changed.connect(self._on_valid)
        self._valid.edit.textEdited.connect(self._on_valid_typed)
        self._remarks.edited.connect(self._on_remarks)
        self._language.chosen.connect(self._on_language)

    def show_content(self, content: QuotationContent, priced: PricedQuotation) -> None:
        """Show what is typed, and what stands there when nothing is."""
        self._title.set_text(content.title)
        self._title.edit.setPlaceholderText(priced.title)
        show_day(self._valid, content.valid_until)
        self._valid.edit.setPlaceholderText(self._context.day_words(priced.valid_until))
        if self._remarks.toPlainText() != content.remarks:
            self._remarks.set_text(content.remarks)
        self._language.set_value(content.language)

    def _on_title(self, text: str) -> None:
        draft = self._context.draft
        draft.put(replace(draft.content, title=text), "title")

    def _on_valid(self, day: date | None) -> None:
        draft = self._context.draft
        draft.put(replace(draft.content, valid_until=day), "valid_until")

    def _on_valid_typed(self, _text: str) -> None:
        self._context.board.set_unreadable("valid_until", day_problem(self._valid, "valid_until"))

    def _on_remarks(self, text: str) -> None:
        draft = self._context.draft
        draft.put(replace(draft.content, remarks=text), "remarks")

    def _on_language(self, language: str) -> None:
        draft = self._context.draft
        draft.put(replace(draft.content, language=language), "language")
