"""What every page with a long list looks like: title and count, a search field, filters, the list, hints for
keys.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.words import _, pgettext
from ui.preferences import Preferences
from ui.qt import Policy
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.chips import FilterChip, KeyHint
from ui.widgets.frame import Picture
from ui.widgets.layout import holding, on_surface, row
from ui.widgets.rows_model import RowsModel
from ui.widgets.search_field import SearchField
from ui.widgets.strips import BusyBar, EmptyState
from ui.widgets.table import RowTable
from ui.widgets.text import Label


class NarrowingBar(QWidget):
    """Fields that narrow a list; the page hears of their changes itself."""

    @property
    def narrows(self) -> bool:
        """Whether anything stands in the fields."""
        raise NotImplementedError

    def clear(self) -> None:
        """Empty the fields."""
        raise NotImplementedError


class ListFrame(QWidget):
    """Ties a table to its search field. The page makes the query: `query_changed` says that it must.

    Three things may stand below the filters: the table, `nothing` (there is nothing yet, with the first
    step), and
    `unfound` (nothing fits the search or the filters). `marks`: its rows can be marked (a MarkedTable).
    """

    query_changed = Signal()

    def __init__(
        self,
        title: str,
        search: str,
        table: RowTable,
        make_nothing: Callable[[], EmptyState],
        *,
        marks: bool = False,
    ) -> None:
        super().__init__()
        on_surface(self, "panel")
        s = theme.size
        self.table = table
        self._make_nothing = make_nothing
        self._marks = marks
        self._nothing: EmptyState | None = None
        self.title = Label(title, "title")
        self.count = Label("", "panel", "text2")
        self.search = SearchField(search, "Ctrl+F")
        self.search.setFixedWidth(s.list_search_width)
        self.busy = BusyBar()
        self._actions = row(gap="s")
        self.filters = row(gap="s")
        self.order: FilterChip | None = None
        self._filters: list[FilterChip] = []
        self._bars: list[NarrowingBar] = []
        self._unfound: EmptyState | None = None
        self._body = QWidget()
        self._stack = QStackedLayout(self._body)
        self._stack.addWidget(table)
        self._filter_bar = self._make_filter_bar()
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_head())
        outer.addWidget(self.busy)
        outer.addWidget(self._filter_bar)
        outer.addWidget(self._body, 1)
        self._foot = self._make_foot()
        outer.addWidget(self._foot)
        self._connect(table.rows)

    def _make_head(self) -> QFrame:
        s = theme.size
        box = QHBoxLayout()
        box.setContentsMargins(s.l, 0, s.l, 0)
        box.setSpacing(s.m)
        for widget in (self.title, self.count, self.search):
            box.addWidget(widget)
        box.addStretch(1)
        self._head_order = row()
        box.addLayout(self._head_order)
        box.addLayout(self._actions)
        self._head = box
        head = holding(box, "panel", "bottom")
        head.setFixedHeight(s.page_head)
        return head

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_search()

    def _fit_search(self) -> None:
        """Words of the buttons go before room to type in."""
        most = theme.size.list_search_width
        room = self.width() - (self._head.sizeHint().width() - self.search.width())
        self.search.setFixedWidth(max(most // 2, min(most, room)))

    def _make_filter_bar(self) -> QFrame:
        s = theme.size
        box = QHBoxLayout()
        box.setContentsMargins(s.l, 0, s.l, 0)
        box.setSpacing(s.m)
        box.addWidget(Picture("list-filter"))
        box.addLayout(self.filters)
        box.addStretch(1)
        self._order_room = row()
        box.addLayout(self._order_room)
        bar = holding(box, "panel")
        bar.setFixedHeight(s.filter_bar)
        bar.hide()  # until there is something to filter by
        return bar

    def _make_foot(self) -> QFrame:
        s = theme.size
        box = QHBoxLayout()
        box.setContentsMargins(s.l, 0, s.l, 0)
        box.setSpacing(s.l)
        self.foot_words = Label("", "panel", "text2")
        self.foot_words.setSizePolicy(Policy.Ignored, Policy.Preferred)
        box.addWidget(self.foot_words, 1)
        self._foot_box = box
        keys = [
            ("↑↓", _("移動")),
            ("Enter", _("開く")),
            ("Shift+F10", _("できること")),
            ("Ctrl+F", _("探す")),
        ]
        if self._marks:
            keys[1:3] = [("Space", _("選択")), ("Enter", _("開く"))]
        self._hints = [KeyHint(key, words) for key, words in keys]
        for hint in self._hints:
            box.addWidget(hint)
        foot = holding(box, "panel", "strong-top")
        foot.setFixedHeight(s.side_head)
        return foot

    def _connect(self, model: RowsModel) -> None:
        self.search.searched.connect(self._on_searched)
        self.search.down.connect(self._on_down)
        self.search.entered.connect(self._on_entered)
        self.table.typed.connect(self._on_typed)
        self.table.left_up.connect(self.search.take_focus)
        model.found.connect(self._on_found)
        model.loading.connect(self._on_loading)

    @property
    def nothing(self) -> EmptyState:
        """What stands here when there is nothing yet, with the first step; made when first needed."""
        if self._nothing is None:
            self._nothing = self._make_nothing()
        return self._nothing

    @property
    def unfound(self) -> EmptyState:
        """What stands here when nothing fits the search or the filters; made when first needed."""
        if self._unfound is None:
            self._unfound = EmptyState(
                "search",
                _("条件に合うものがありません"),
                _("言葉を短くするか、絞り込みを外してください。かなでも漢字でも探せます。"),
                _("条件をすべて外す"),
                "x",
            )
            self._unfound.accepted.connect(self.clear)
        return self._unfound

    def add_filter(self, chip: FilterChip) -> None:
        """A filter chip at the end of the row."""
        self._filters.append(chip)
        self.filters.addWidget(chip)
        self._filter_bar.show()
        chip.chosen.connect(self._on_filter)

    def add_bar(self, bar: NarrowingBar) -> None:
        """Fields that narrow the list, in a row of their own below the filters."""
        self._bars.append(bar)
        self._outer.insertWidget(self._outer.indexOf(self._filter_bar) + 1, bar)

    def add_order(self, chip: FilterChip) -> None:
        """The chip that says and changes the order, at the right: of the filters (add those before), or of
        the
        head when there are none.
        """
        self.order = chip
        room = self._order_room if self._filters else self._head_order
        room.addWidget(Label(_("並び順"), "caption", "text2"))
        room.addWidget(chip)

    def add_to_foot(self, widget: QWidget) -> None:
        """Something at the left of the foot, as what the chosen rows come to."""
        self._foot_box.insertWidget(0, widget)

    def show_hints(self, shown: bool) -> None:
        """Let the hints for keys give way to what stands at the left of the foot."""
        for hint in self._hints:
            hint.setVisible(shown)

    def add_action(self, button: Button) -> None:
        """A button at the right of the head."""
        self._actions.addWidget(button)

    def words(self) -> str:
        """What is searched for."""
        return self.search.text()

    def narrowed(self) -> bool:
        """Whether a search or a filter leaves anything out."""
        narrow = any(chip.active for chip in self._filters) or any(bar.narrows for bar in self._bars)
        return bool(self.words()) or narrow

    def clear(self) -> None:
        """Find everything again."""
        for chip in self._filters:
            chip.set_values(())
        for bar in self._bars:
            bar.clear()
        self.search.clear()
        self.search.take_focus()

    def keep_widths(self, preferences: Preferences, name: str) -> None:
        """Remember the widths of the columns under a name."""
        self.table.keep_widths(preferences, name)

    def _on_filter(self) -> None:
        self.query_changed.emit()

    def _on_searched(self, text: str) -> None:
        self.table.show_words(text)
        self.query_changed.emit()

    def _on_down(self) -> None:
        self.table.setFocus()

    def _on_entered(self) -> None:
        record = self.table.current_record()
        if record is None and self.table.rows.rowCount():
            self.table.go_to(0)
            record = self.table.current_record()
        if record is not None:
            self.table.opened.emit(record)

    def _on_typed(self, text: str) -> None:
        self.search.take_focus()
        self.search.edit.insert(text)

    def _on_loading(self, loading: bool) -> None:
        if loading:
            self.busy.start()
        else:
            self.busy.stop()

    def _on_found(self, count: int) -> None:
        narrowed = self.narrowed()
        figure = f"{count:,}"
        self.search.set_count(_("{count}件").format(count=figure) if self.words() else "")
        empty = not count and not narrowed
        if not narrowed:
            self.count.set_text("" if empty else pgettext("column", "{count}件").format(count=figure))
            self._fit_search()
        shown = self.table if count else self.nothing if empty else self.unfound
        if self._stack.indexOf(shown) < 0:
            self._stack.addWidget(shown)
        self._stack.setCurrentWidget(shown)
        self._filter_bar.setVisible(bool(self._filters) and not empty)
        for bar in self._bars:
            bar.setVisible(not empty)
        self._foot.setVisible(not empty)
        self.search.setVisible(not empty)
        if count and self.table.currentIndex().row() < 0:
            self.table.go_to(0)
