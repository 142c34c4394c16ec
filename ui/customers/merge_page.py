"""Two customers side by side that are one: for each field the words that shall stand, then 統合."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.contract.corporate_number import written as number_words
from app.contract.customer import Merge
from app.contract.customer_notice import address_words, billing_words
from app.errors import UserError
from app.quote.stored import CustomerRow
from app.usecases.merge_customers import (
    FIELD_CHOICES,
    Half,
    Pair,
    Side,
    merged_details,
    merged_fields,
    side_of,
)
from app.words import _
from ui.customers.list_page import kind_words
from ui.customers.lookups import find_rows, read_merge_pair
from ui.customers.merge_row import MergeRow
from ui.lock.gate import Gate
from ui.operations.customers import merge_customers
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.layout import clear, column, holding, on_surface, row, scrolling
from ui.widgets.search_field import SearchField
from ui.widgets.strips import AdviceStrip, BusyBar, Toasts
from ui.widgets.text import ElidedLabel, Label


class MergePage(QWidget):
    """`left` goes back to a customer (id); `merged` carries the Merge."""

    left = Signal(str)
    merged = Signal(object)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session, self._toasts = session, toasts
        self._own = ""
        self.pair: Pair | None = None
        self.choices: dict[str, Side] = {}
        self.rows: dict[str, MergeRow] = {}
        self.candidates: list[Button] = []
        self._found: list[CustomerRow] = []
        s = theme.size
        self.back = IconButton("chevron-left", _("顧客に戻る"), key="Alt+Left")
        self.merge = Button(_("統合する"), "users", "filled", key="Ctrl+Enter")
        Gate(self.merge, session, "merge")
        self.turn = Button(_("残す顧客を入れ替える"), "arrow-right-left", "quiet")
        head_box = QHBoxLayout()
        head_box.setContentsMargins(s.s, 0, s.l, 0)
        head_box.setSpacing(s.s)
        head_box.addWidget(self.back)
        head_box.addWidget(ElidedLabel(_("顧客の統合"), "title"), 1)
        head_box.addLayout(row(self.turn, self.merge))
        head = holding(head_box, "panel", "bottom")
        head.setFixedHeight(s.page_head)
        self.busy = BusyBar()
        self.search = SearchField(_("統合する相手を、かな・漢字・電話・住所で探す"))
        self._hits = QVBoxLayout()
        self._hits.setSpacing(s.xs)
        self._seek = QWidget()
        self._seek.setLayout(column(Label(_("統合する相手"), "heading"), self.search, self._hits, gap="m"))
        self.wrong = AdviceStrip(meaning="danger", icon="triangle-alert")
        self.wrong.hide()
        self.effect = AdviceStrip(meaning="note", icon="info")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(s.m)
        self._grid.setVerticalSpacing(s.s)
        self._both = QWidget()
        self._both.setLayout(column(self.wrong, self.effect, self._grid, gap="l"))
        content = QWidget()
        body = QFrame()
        body.setMaximumWidth(theme.ems(70))
        body.setLayout(column(self._seek, self._both, None, gap="l"))
        line = QHBoxLayout(content)
        line.setContentsMargins(s.xl, s.l, s.xl, s.l)
        line.addWidget(body, 1000)
        line.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(self.busy)
        outer.addWidget(scrolling(content), 1)
        self._connect()

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.turn.clicked.connect(self._on_turn)
        self.merge.clicked.connect(self.store)
        self.search.searched.connect(self._on_searched)

    # --- choosing the other one -------------------------------------------------------------------

    def open_pair(self, own: str, other: str = "") -> None:
        """Two customers side by side; without another one it is looked for first."""
        self._own, self.pair = own, None
        self.wrong.hide()
        self._show_parts()
        if other:
            self._read(other)
        else:
            self._show_hits([])
            self.search.setFocus()

    def _show_parts(self) -> None:
        known = self.pair is not None
        self._seek.setVisible(not known)
        self._both.setVisible(known)
        self.merge.setEnabled(known)
        self.turn.setVisible(known)

    def _on_searched(self, words: str) -> None:
        if words.strip():
            self._session.hub.look(find_rows, words, done=self._show_hits, owner=self)
        else:
            self._show_hits([])

    def _show_hits(self, rows: list[CustomerRow]) -> None:
        clear(self._hits)
        self._found = [one for one in rows if one.id != self._own]
        self.candidates = []
        for one in self._found:
            words = _("・").join(part for part in (one.name, one.town, one.phone) if part)
            button = Button(words, "user", "quiet")
            button.clicked.connect(self._on_candidate)
            self.candidates.append(button)
            self._hits.addLayout(row(button, None))

    def _on_candidate(self) -> None:
        button = self.sender()
        if isinstance(button, Button) and button in self.candidates:
            self._read(self._found[self.candidates.index(button)].id)

    def _read(self, other: str) -> None:
        self.busy.start()
        self._session.hub.look(
            read_merge_pair, self._own, other, done=self._on_pair, ended=self.busy.stop, owner=self
        )

    # --- side by side ------------------------------------------------------------------------------

    def _on_pair(self, pair: Pair) -> None:
        self.pair, self.choices = pair, {}
        self._fill()
        self._show_parts()
        self.merge.setFocus()

    def _on_turn(self) -> None:
        if self.pair is not None:
            other: dict[Side, Side] = {"kept": "gone", "gone": "kept"}
            self.choices = {name: other[side] for name, side in self.choices.items()}
            self.pair = self.pair.turned()
            self._fill()

    def _fill(self) -> None:
        assert self.pair is not None
        clear(self._grid)
        self.rows = {}
        kept, gone = self.pair.kept, self.pair.gone
        for place, (half, words) in enumerate(((kept, _("残す顧客")), (gone, _("統合される顧客"))), 1):
            title = column(
                Label(words, "caption-bold", "accent" if place == 1 else "text2"),
                Label(half.customer.fields.name, "body-bold", wrap=True),
                Label(_belongings(half), "caption", "text2"),
                gap="xs",
            )
            self._grid.addLayout(title, 0, place)
        for line, (name, label, mine, others) in enumerate(self._values(kept, gone), 1):
            made = MergeRow(name, label, mine, others, self._side(name))
            made.chosen.connect(self._on_chosen)
            made.place_in(self._grid, line)
            self.rows[name] = made
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.effect.set_words(
            _moving(gone).format(
                quotations=gone.quotations,
                contracts=gone.contracts,
                name=kept.customer.fields.name,
                other=gone.customer.fields.name,
            ),
            _("連絡先・拠点・届出・メモ・添付は両方とも残ります。統合はあとで取り消せます。"),
        )

    def _values(self, kept: Half, gone: Half) -> Sequence[tuple[str, str, str, str]]:
        labels = {
            "kind": _("区分"), "name": _("お名前"), "postal_code": _("住所"), "department": _("ご担当者"),
            "phone": _("電話番号"), "email": _("メールアドレス"),
        }  # fmt: skip
        found = [(group[0], labels[group[0]], _words(kept, group[0]), _words(gone, group[0]))
                 for group in FIELD_CHOICES]  # fmt: skip
        for name, label in (("corporate_number", _("法人番号")), ("billing", _("請求・支払"))):
            found.append((name, label, _words(kept, name), _words(gone, name)))
        return [one for one in found if one[2] or one[3]]

    def _side(self, name: str) -> Side:
        assert self.pair is not None
        group = next((group for group in FIELD_CHOICES if group[0] == name), None)
        if group is not None:
            return side_of(self.pair, group, self.choices)
        if name in self.choices:
            return self.choices[name]
        return "kept" if _words(self.pair.kept, name) else "gone"

    def _on_chosen(self, name: str, side: Side) -> None:
        self.choices[name] = side

    # --- storing ------------------------------------------------------------------------------------

    def store(self) -> None:
        """Make the two one; what is refused is told above them."""
        if self.pair is None:
            return
        self.merge.setEnabled(False)
        self.wrong.hide()
        self._session.hub.run(
            merge_customers,
            self.pair,
            merged_fields(self.pair, self.choices),
            merged_details(self.pair, self.choices),
            done=self._on_merged,
            failed=self._on_refused,
            ended=self._on_ended,
            owner=self,
        )

    def _on_ended(self) -> None:
        self.merge.setEnabled(True)

    def _on_merged(self, merge: Merge) -> None:
        self.merged.emit(merge)

    def _on_refused(self, error: UserError) -> None:
        if error.code == "conflict" and self.pair is not None:
            title = _("別の画面で先に変更されたので、最新の内容を読み込みました")
            self.wrong.set_words(title, _("見比べて、もう一度統合してください。"))
            self._read(self._other())
        else:
            told = " ".join(problem.sentence() for problem in error.problems)
            self.wrong.set_words(_("統合できませんでした"), told)
        self.wrong.show()

    def _other(self) -> str:
        assert self.pair is not None
        ids = (self.pair.kept.customer.id, self.pair.gone.customer.id)
        return ids[1] if ids[0] == self._own else ids[0]

    def _on_back(self) -> None:
        self.left.emit(self._own)


def _moving(gone: Half) -> str:
    """What goes over, to be filled in."""
    if gone.quotations or gone.contracts:
        return _("見積{quotations}件と契約{contracts}件が「{name}」に移り、「{other}」は一覧から消えます")
    return _("「{other}」は「{name}」に統合され、一覧から消えます")


def _belongings(half: Half) -> str:
    return _("見積 {quotations}件・契約 {contracts}件").format(
        quotations=half.quotations, contracts=half.contracts
    )


def _words(half: Half, name: str) -> str:
    """What one of the two has of a group of fields."""
    fields, details = half.customer.fields, half.details
    known = {
        "kind": kind_words(fields.kind),
        "name": "\n".join(part for part in (fields.name, fields.kana) if part),
        "postal_code": address_words(fields),
        "department": " ".join(part for part in (fields.department, fields.person) if part),
        "phone": fields.phone,
        "email": fields.email,
        "corporate_number": number_words(details.corporate_number),
        "billing": billing_words(details.billing),
    }
    return known[name]
