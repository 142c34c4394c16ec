"""The list below the search field of the top bar: hits in groups, walked with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.words import _
from ui import icons
from ui.frame.search_hits import Hit
from ui.qt import LEFT, Edit, Focus, ItemFlag, Role, Scroll, Shape
from ui.qt_style import State
from ui.theme import theme
from ui.widgets.hits import hit_in
from ui.widgets.paint import box, key_hint, key_width, width_of, words

Index = QModelIndex | QPersistentModelIndex
HIT_ROLE = Role.UserRole + 1


class HitsModel(QAbstractListModel):
    """Groups one after the other: a heading (a str), then its hits."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[Hit | str] = []

    def show_groups(self, groups: Sequence[tuple[str, Sequence[Hit]]]) -> None:
        """Other hits; empty groups are left out."""
        self.beginResetModel()
        self._rows = []
        for heading, hits in groups:
            if hits:
                self._rows.append(heading)
                self._rows.extend(hits)
        self.endResetModel()

    def row(self, place: int) -> Hit | str | None:
        """The hit or heading at a place."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def next_hit(self, place: int, step: int) -> int:
        """The nearest hit from a place in a direction, or −1."""
        place += step
        while 0 <= place < len(self._rows):
            if isinstance(self._rows[place], Hit):
                return place
            place += step
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> ItemFlag:
        if isinstance(self.row(index.row()), Hit):
            return ItemFlag.ItemIsEnabled | ItemFlag.ItemIsSelectable
        return ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == HIT_ROLE:
            return row
        if role in {Role.DisplayRole, Role.AccessibleTextRole}:
            return (
                row
                if isinstance(row, str)
                else " ".join(part for part in (row.title, row.reading, row.detail) if part)
            )
        return None


class _HitPainter(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        s = theme.size
        return QSize(0, s.popup_row if isinstance(index.data(HIT_ROLE), Hit) else s.control_small)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        s = theme.size
        row = index.data(HIT_ROLE)
        rect: QRect = option.rect
        if isinstance(row, str):
            words(painter, rect.adjusted(s.s, 0, -s.s, 0), row, "caption", "text3", LEFT)
            return
        if not isinstance(row, Hit):
            return
        if option.state & State.State_Selected:
            box(painter, rect, theme.colour("tint"))
        elif option.state & State.State_MouseOver:
            box(painter, rect, theme.colour("hover"))
        icons.draw(painter, row.icon, rect.left() + s.s, rect.center().y() - s.icon // 2 + 1, "text2", s.icon)
        x = rect.left() + 2 * s.s + s.icon
        right = rect.right() - s.s
        if row.right:
            width = key_width(row.right)
            frame = QRect(right - width, rect.center().y() - s.key_height // 2 + 1, width, s.key_height)
            key_hint(painter, frame, row.right, "text3", "frame")
            right -= width + s.s
        if row.detail:
            left = max(right - width_of(row.detail, "caption-bold"), x + (right - x) * 2 // 5)
            self._marked(painter, QRect(left, rect.top(), right - left, rect.height()), row.detail, "caption")
            right = left - s.m
        x += self._marked(painter, QRect(x, rect.top(), right - x, rect.height()), row.title, "body") + s.m
        if row.reading and right - x > theme.ems(4):
            self._marked(painter, QRect(x, rect.top(), right - x, rect.height()), row.reading, "caption")

    def _marked(self, painter: QPainter, rect: QRect, text: str, role: str) -> int:
        """The text with what was typed in bold; returns its width."""
        plain = "text" if role == "body" else "text2"
        place = hit_in(text, self.words)
        if place is None:
            return words(painter, rect, text, role, plain, LEFT)
        x = rect.left()
        for part, part_role, tone in (
            (text[: place[0]], role, plain),
            (text[place[0] : place[1]], f"{role}-bold", "accent"),
            (text[place[1] :], role, plain),
        ):
            room = QRect(x, rect.top(), max(0, rect.right() - x + 1), rect.height())
            x += words(painter, room, part, part_role, tone, LEFT)
        return x - rect.left()


class SearchPopup(QFrame):
    """Stands below the search field and takes no focus: the field goes on being typed into. `taken` carries
    a Hit.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popup")
        self.model = HitsModel(self)
        self._painter = _HitPainter(self)
        self._view = QListView()
        self._view.setObjectName("popup")
        self._view.setModel(self.model)
        self._view.setItemDelegate(self._painter)
        self._view.setFocusPolicy(Focus.NoFocus)
        self._view.setFrameShape(Shape.NoFrame)
        self._view.setMouseTracking(True)
        self._view.setEditTriggers(Edit.NoEditTriggers)
        self._view.setHorizontalScrollBarPolicy(Scroll.ScrollBarAlwaysOff)
        self._view.setAccessibleName(_("検索結果"))
        self._view.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._view)
        self.hide()

    def show_hits(self, typed: str, groups: Sequence[tuple[str, Sequence[Hit]]]) -> None:
        """Show what was found for the words; the first hit is chosen."""
        self._painter.words = typed
        if not any(hits for _heading, hits in groups):
            nothing = _("「{words}」は見つかりません。かな・漢字・電話番号・住所の一部でも探せます。")
            first_step = Hit("action", "new-customer", "user-plus", _("新しい顧客を登録する"))
            groups = [(nothing.format(words=typed), [first_step])]
        self.model.show_groups(groups)
        self._choose(self.model.next_hit(-1, 1))

    def place_below(self, field: QWidget) -> None:
        """Take the place below the field, as high as the hits need."""
        s = theme.size
        parent = self.parentWidget()
        assert parent is not None
        height = 4 * s.xs  # the frame and the list's own margins
        for place in range(self.model.rowCount()):
            height += s.popup_row if isinstance(self.model.row(place), Hit) else s.control_small
        where = field.mapTo(parent, field.rect().bottomLeft())
        room = parent.height() - where.y() - s.xl
        self.setGeometry(where.x(), where.y() + s.xs, field.width(), min(height, s.popup_max, room))
        self.show()
        self.raise_()

    def move_by(self, step: int) -> None:
        """Choose the next or previous hit."""
        place = self.model.next_hit(self._view.currentIndex().row(), step)
        if place >= 0:
            self._choose(place)

    def take(self) -> None:
        """Take the chosen hit."""
        row = self.model.row(self._view.currentIndex().row())
        if isinstance(row, Hit):
            self.hide()
            self.taken.emit(row)

    def current(self) -> Hit | None:
        """The chosen hit."""
        row = self.model.row(self._view.currentIndex().row())
        return row if isinstance(row, Hit) else None

    def _choose(self, place: int) -> None:
        if place >= 0:
            self._view.setCurrentIndex(self.model.index(place, 0))

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())
        self.take()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
