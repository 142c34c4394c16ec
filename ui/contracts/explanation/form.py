"""Who explained, when, how and to whom; and the sheet to sign."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import Problem
from app.papers.explanation import HOW_WORDS, Explanation, how_words
from app.words import _
from ui.contracts.actions.raw import raw_of
from ui.contracts.actions.time_field import TimeField
from ui.contracts.explanation.draft import ExplanationDraft
from ui.theme import theme
from ui.unsaved import Values, put_controls
from ui.visits.onsite.left import signing_of
from ui.visits.onsite.signature_box import SignatureBox
from ui.widgets.choices import Segments
from ui.widgets.dates import DateField
from ui.widgets.entries import TextArea, TextField
from ui.widgets.field import Field
from ui.widgets.layout import row
from ui.widgets.text import Label

_LEAST_PAD = 24  # characters; on site there is more room


class ExplanationForm(QWidget):
    """Shows and changes an ``ExplanationDraft``. ``changed``: somebody typed, chose or drew."""

    changed = Signal()

    def __init__(self, draft: ExplanationDraft, today: date) -> None:
        super().__init__()
        self.draft = draft
        self._today = today
        s = theme.size
        self.on = DateField(today, draft.on)
        self.at = TimeField(draft.at)
        self.by = TextField(_("例：田村 美咲"))
        self.by.set_text(draft.by)
        self.how = Segments([(how, how_words(how)) for how in HOW_WORDS], draft.how)
        self.listener = TextField(_("説明を受けた方のお名前"))
        self.signature = SignatureBox(_("お客さまのご署名"))
        self.signature.pad.setMinimumWidth(theme.ems(_LEAST_PAD))
        self.signature.hint.set_text(
            _("指・ペン・マウスで署名していただきます。できないときは「紙に署名していただく」を選びます。")
        )
        self.remark = TextArea(_("例：解約金の計算について質問があり、表で説明"))
        self.remark.set_text(draft.remark)
        self.on_field = Field(_("説明した日"), self.on)
        self.at_field = Field(_("時刻"), self.at)
        self.by_field = Field(_("説明した人"), self.by)
        self.listener_field = Field(_("説明を受けた方"), self.listener)
        box = QVBoxLayout(self)
        box.setContentsMargins(s.l, s.m, s.l, s.l)
        box.setSpacing(s.m)
        box.addWidget(Label(_("説明の記録"), "heading"))
        days = row(self.on_field, self.at_field, gap="m")
        days.setStretch(0, 1)
        box.addLayout(days)
        box.addWidget(self.by_field)
        box.addWidget(Field(_("方法"), self.how))
        box.addWidget(self.listener_field)
        box.addWidget(self.signature)
        box.addWidget(Field(_("備考"), self.remark, optional=_("（なくても可）")))
        box.addStretch(1)
        self.signature.show_signing(draft.signing)
        self.listener.set_text(draft.signing.name)
        self._fit()
        for edited in (self.on.day_changed, self.at.edited, self.by.edited, self.remark.edited):
            edited.connect(self._on_changed)
        self.how.chosen.connect(self._on_how)
        self.listener.edited.connect(self._on_listener)
        self.signature.changed.connect(self._on_changed)

    def values(self) -> dict[str, Any]:
        """What was typed and signed, as plain values."""
        typed = {name: raw_of(control) for name, control in self._typed_into().items()}
        return {**typed, "how": self.draft.how, "signing": msgspec.to_builtins(self.draft.signing)}

    def put_values(self, values: Values) -> None:
        """Put back what was typed and signed once."""
        signing = signing_of(values["signing"])
        how = values["how"] if values["how"] in HOW_WORDS else self.draft.how
        put_controls(self._typed_into(), values)
        self.draft.signing = signing
        self.how.set_value(how)
        self._on_how(how)

    def _typed_into(self) -> dict[str, QWidget]:
        return {"on": self.on, "at": self.at, "by": self.by, "remark": self.remark}

    def start(self) -> None:
        """Put the focus where typing begins."""
        (self.signature.name if self.signs else self.listener).setFocus()

    @property
    def signs(self) -> bool:
        """Whether the customer is there to sign."""
        return self.draft.how == "in-person"

    def _fit(self) -> None:
        self.signature.setVisible(self.signs)
        self.listener_field.setVisible(not self.signs)

    def _on_how(self, how: object) -> None:
        self.draft.how = how  # type: ignore[assignment]
        self.signature.show_signing(self.draft.signing)
        self.listener.set_text(self.draft.signing.name)
        self._fit()
        self._on_changed()

    def _on_listener(self, text: str) -> None:
        self.draft.signing.name = text.strip()
        self._on_changed()

    def _on_changed(self, _value: object = None) -> None:
        draft = self.draft
        draft.on, draft.at, draft.by = self.on.day(), self.at.time(), self.by.text()
        draft.remark = self.remark.text()
        for field in (self.on_field, self.at_field, self.by_field, self.listener_field):
            field.set_error("")
        self.changed.emit()

    # --- what it comes to -------------------------------------------------------------------------

    def told(self) -> Explanation | None:
        """What is to be recorded; None where something lacks, which is then told at its field."""
        draft = self.draft
        if draft.on is None:
            self.on_field.set_error(_("説明した日を入力してください。"))
        elif draft.on > self._today:
            self.on_field.set_error(_("まだ来ていない日です。説明した日を入力してください。"))
        if not self.at.readable:
            self.at_field.set_error(_("例：14:30"))
        if not draft.by.strip():
            self.by_field.set_error(_("説明した人を入力してください。"))
        signed = self.signature.check() if self.signs else bool(draft.signing.name.strip())
        if not self.signs and not signed:
            self.listener_field.set_error(_("説明を受けた方のお名前を入力してください。"))
        wrong = next((one for one in self._before if one.error), None)
        if wrong is not None:
            wrong.control.setFocus()
        if wrong is not None or not signed or draft.on is None:
            return None
        signing = draft.signing
        return Explanation(
            on=draft.on,
            at=draft.at,
            by=draft.by.strip(),
            how=draft.how,
            signer=signing.name.strip(),
            strokes=signing.strokes if self.signs and not signing.on_paper else (),
            on_paper=signing.why.strip() if self.signs and signing.on_paper else "",
            remark=draft.remark.strip(),
        )

    @property
    def _before(self) -> tuple[Field, ...]:
        return (self.on_field, self.at_field, self.by_field, self.listener_field)

    def show_problems(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Tell problems at their fields; those that have none come back."""
        fields = {"by": self.by_field, "name": self.listener_field, "on": self.on_field}
        left = []
        for problem in problems:
            place = fields.get(problem.field)
            if problem.field == "strokes" or (problem.field == "name" and self.signs):
                self.signature.tell(f"{problem.what}{problem.remedy}")
            elif place is not None:
                place.set_error(f"{problem.what}{problem.remedy}")
            else:
                left.append(problem)
        return tuple(left)
