"""申込内容の編集 in the side panel: the same form as the tab's, recorded as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from app.contract.record import ContractContent
from app.words import N_, _
from ui.contracts.actions.form import ActionForm
from ui.contracts.actions.raw import Raw
from ui.contracts.application.content_form import ContentForm

if TYPE_CHECKING:
    from app.contract.record import Entry


class EditForm(ActionForm):
    """While an application is prepared, what it holds may change freely."""

    TITLE = N_("申込内容の編集")
    BUTTON = N_("保存する")
    PREVIEWED = False
    UNDOABLE = False

    def build(self) -> None:
        self.inner = ContentForm(self.context.session, self.board)
        self.inner.show_content(self.context.stored.content, self.context.view.customer.fields)
        self.inner.changed.connect(self._on_changed)
        self.add(self.inner)

    def entries(self) -> tuple[Entry, ...]:
        return ()

    def kept(self) -> dict[str, Raw]:
        return {"content": msgspec.json.encode(self.inner.content).decode()}

    def put_back(self, kept: Mapping[str, Raw]) -> None:
        content = msgspec.json.decode(str(kept["content"]), type=ContractContent)
        self.inner.show_content(content, self.context.view.customer.fields)
        self._on_changed()

    def write(self, entries: tuple[Entry, ...]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        from ui.operations.contracts import save_application

        stored = self.context.stored
        return save_application, (stored.id, stored.version, self.inner.content)

    def summary(self) -> tuple[str, ...]:
        before, after = self.context.stored.content, self.inner.content
        changed = [name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)]
        return (_(self.TITLE), _("{count}か所の変更").format(count=len(changed)))

    def done_words(self) -> str:
        return _("申込内容を保存しました")

    def start(self) -> None:
        self.inner.start()
