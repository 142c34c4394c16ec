"""日時を外す: the visit waits again for a slot."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.words import _
from ui.operations.visits import place_visit
from ui.session import Session
from ui.visits.visit_history import slot_words
from ui.visits.visit_panels import Acting
from ui.visits.visit_reading import VisitView
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.text import Label


class ReleasePanel(Acting):
    """Lets the slot go; it stays in the history with the reason."""

    def __init__(self, session: Session, view: VisitView) -> None:
        super().__init__(session, view, _("日時を外す"), "undo-2", _("日時を外す"), "filled")
        content = view.stored.content
        self.why = TextField(_("例：お客さまの都合で日を改める"))
        self.body.addWidget(
            Label(
                _("この日時を空けて、訪問を「日時未定」に戻します。元の日時は履歴に残ります。"),
                "body",
                wrap=True,
            )
        )
        self.body.addWidget(
            Label(slot_words(view, content.spans, content.technicians), "body-bold", wrap=True)
        )
        self.body.addWidget(Field(_("理由"), self.why))
        self.body.addWidget(self.problem)
        self.body.addStretch(1)
        self.follow()

    def typed_into(self) -> dict[str, QWidget]:
        return {"why": self.why}

    @property
    def typed(self) -> bool:
        """Whether something was typed that is not recorded."""
        return bool(self.why.text())

    def start(self) -> None:
        """The focus where one types."""
        self.why.setFocus()

    def record(self) -> None:
        visit = self._view.stored
        self.accept.setEnabled(False)
        self._session.hub.run(
            place_visit, visit.id, visit.version, (), (), None, self.why.text(),
            done=self._on_done, failed=self._on_refused, ended=self._on_ended, owner=self,
        )  # fmt: skip
