"""A list of any length: all ids in order, and only those rows that somebody looks at.

Ids are the local `seq` numbers in an array("q") (a million take 8 MB); rows are fetched in blocks of 200 by
the database
worker and kept while they are near. What is being fetched shows as empty cells and fills in a moment.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Signal

from app.usecases.desk import Desk
from ui.operations.hub import Hub
from ui.qt import LEFT, RIGHT, Orient, Role
from ui.tasks import Task

BLOCK = 200
_KEPT_ROWS = 10_000
ROW_ROLE = Role.UserRole + 1  # the whole record
CELL_ROLE = Role.UserRole + 2  # the Cell to paint

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell. `before` and `after` stand softly on the line, `second` on a line below.

    A text that is too long for its line takes both lines when there is no `second`.

    `chip` is (icon, word, meaning). `raw` is the value behind the words (an int, a date).
    """

    text: str = ""
    before: str = ""
    after: str = ""
    second: str = ""
    tone: str = "text"
    second_tone: str = "text3"
    bold: bool = False
    chip: tuple[str, str, str] | None = None
    raw: Any = None

    def as_text(self) -> str:
        """All its words in one line, for screen readers and copying."""
        word = self.chip[1] if self.chip else ""
        return " ".join(part for part in (self.before, self.text, word, self.after, self.second) if part)


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in full-width characters, and how a record becomes a cell.

    `sort` is the name the query knows ("" = can't be sorted by); `fold` hides it in a narrower list
    (characters). `narrow` makes the cell in a list narrower than `narrow_below`: it may say what folded.
    """

    head: str
    ems: float
    cell: Callable[[Any], Cell]
    sort: str = ""
    right: bool = False
    stretch: bool = False
    fold: float = 0
    narrow: Callable[[Any], Cell] | None = None
    narrow_below: float = 0


class RowsModel(QAbstractTableModel):
    """Columns over rows that come from the database in blocks.

    `read_ids(desk, query)` gives all ids in order, `read_rows(desk, query, ids)` the records of some (any
    order, each
    with `.seq` and `.id`). Both run on the database worker. `read_first(desk, query, count)`, where given,
    gives the first ids with their records: they stand there while the order of all others is worked out.
    """

    found = Signal(int)  # how many, after a search
    loading = Signal(bool)

    def __init__(
        self,
        hub: Hub,
        columns: Sequence[Column],
        read_ids: Callable[[Desk, Any], array[int]],
        read_rows: Callable[[Desk, Any, list[int]], list[Any]],
        parent: QObject | None = None,
        *,
        read_first: Callable[[Desk, Any, int], tuple[array[int], list[Any]]] | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.query: Any = None
        self._hub = hub
        self._read_ids = read_ids
        self._read_rows = read_rows
        self._read_first = read_first
        self._ids: array[int] = array("q")
        self._rows: OrderedDict[int, Any] = OrderedDict()
        self._asked: dict[int, Task] = {}
        self._search: Task | None = None
        self._sought: Any = None
        self._ems = 0.0

    def set_width(self, ems: float) -> None:
        """How many characters wide the list is: some cells say more when others have folded away."""
        self._ems = ems

    # --- finding ---

    def find(self, query: Any) -> None:
        """Show what the query finds. A newer one replaces one that is under way."""
        if self._search is not None and not self._search.finished:
            self._search.cancel()
        else:
            self.loading.emit(True)
        self._sought = query
        if self._read_first is None:
            self._find_all(self._on_found)
            return
        self._search = self._hub.look(
            self._read_first, query, BLOCK, done=self._on_first, ended=self._on_ended, owner=self
        )

    def _find_all(self, done: Callable[[array[int]], None]) -> None:
        self._search = self._hub.look(
            self._read_ids, self._sought, done=done, ended=self._on_ended, owner=self
        )

    def _on_first(self, first: tuple[array[int], list[Any]]) -> None:
        ids, records = first
        self._rows.update((record.seq, record) for record in records)
        if len(ids) < BLOCK:
            self._on_found(ids)
            return
        self._show(ids)
        self.loading.emit(True)
        self._find_all(self._on_others)

    def _on_others(self, ids: array[int]) -> None:
        """All of them: those that stand there already stay, with what somebody chose meanwhile."""
        count = len(self._ids)
        if ids[:count] != self._ids:
            self._on_found(ids)
            return
        if len(ids) > count:
            self.beginInsertRows(QModelIndex(), count, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()
        self.found.emit(len(ids))

    def again(self, changed: frozenset[str] = frozenset(), *, everything: bool = False) -> None:
        """Search again; records whose ids are in `changed` are read anew, or `everything` is."""
        if everything:
            self._rows.clear()
        for seq in [seq for seq, row in self._rows.items() if row.id in changed]:
            del self._rows[seq]
        if self._sought is not None:
            self.find(self._sought)

    def _on_ended(self) -> None:
        self.loading.emit(False)

    def _on_found(self, ids: array[int]) -> None:
        self._show(ids)
        self.found.emit(len(ids))

    def _show(self, ids: array[int]) -> None:
        for task in self._asked.values():
            task.cancel()
        self._asked.clear()
        self.beginResetModel()
        self.query = self._sought
        self._ids = ids
        self.endResetModel()

    # --- rows ---

    def seq_at(self, row: int) -> int:
        """The id of a row."""
        return self._ids[row]

    def all_seqs(self) -> array[int]:
        """The ids of all rows in order; not to be changed."""
        return self._ids

    def row_of(self, seq: int) -> int:
        """Where an id stands now, or −1."""
        try:
            return self._ids.index(seq)
        except ValueError:
            return -1

    def record(self, row: int) -> Any:
        """The record of a row, or None while it is being fetched."""
        if not 0 <= row < len(self._ids):
            return None
        found = self._rows.get(self._ids[row])
        if found is None:
            self._fetch(row // BLOCK)
        return found

    def _fetch(self, block: int) -> None:
        if block in self._asked:
            return
        wanted = [seq for seq in self._ids[block * BLOCK : (block + 1) * BLOCK] if seq not in self._rows]
        fetched = _Block(self, block)
        self._asked[block] = self._hub.look(
            self._read_rows, self.query, wanted, done=fetched.deliver, owner=self
        )

    def take_block(self, block: int, rows: list[Any]) -> None:
        """Rows of a block have come."""
        self._asked.pop(block, None)
        for row in rows:
            self._rows[row.seq] = row
            self._rows.move_to_end(row.seq)
        while len(self._rows) > _KEPT_ROWS:
            self._rows.popitem(last=False)
        first = block * BLOCK
        last = min(len(self._ids), first + BLOCK) - 1
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    # --- what Qt asks ---

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Orient, role: int = Role.DisplayRole) -> Any:
        if orientation != Orient.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            return column.head
        if role == Role.TextAlignmentRole:
            return RIGHT if column.right else LEFT
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or role not in _ANSWERED:
            return None
        if role == Role.TextAlignmentRole:
            return RIGHT if self.columns[index.column()].right else LEFT
        record = self.record(index.row())
        if record is None or role == ROW_ROLE:
            return record
        column = self.columns[index.column()]
        narrow = column.narrow if self._ems < column.narrow_below else None
        cell = (narrow or column.cell)(record)
        if role == CELL_ROLE:
            return cell
        return cell.raw if role == Role.UserRole else cell.as_text()


_ANSWERED = frozenset(
    int(role)
    for role in (
        Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole, Role.TextAlignmentRole, Role.UserRole,
        ROW_ROLE, CELL_ROLE,
    )
)  # fmt: skip


class _Block:
    """Remembers which block was asked for."""

    def __init__(self, model: RowsModel, block: int) -> None:
        self._model = model
        self._block = block

    def deliver(self, rows: list[Any]) -> None:
        self._model.take_block(self._block, rows)
