"""The customer's own fields, typed into the quotation at once and stored in the register with a press of
Enter.
"""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contract.customer import CustomerFields
from app.contract.customer_doubts import customer_doubts
from app.words import _
from ui.quotes.problem_board import ProblemBoard
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.choices import Segments
from ui.widgets.entries import KanaField, TextField
from ui.widgets.field import Field
from ui.widgets.layout import row
from ui.widgets.text import Label

PREFECTURES = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
]


def kind_words() -> dict[str, str]:
    """The kinds of customer."""
    return {"corporation": _("法人"), "sole-trader": _("個人事業主"), "organisation": _("団体")}


def split_prefecture(address: str) -> tuple[str, str]:
    """The prefecture at the head of an address, and the rest."""
    found = next((one for one in PREFECTURES if address.startswith(one)), "")
    return found, address[len(found) :]


class CustomerForm(QWidget):
    """``changed`` carries the fields and the name of the one changed; ``stored`` asks to keep them in the
    register.

    The address is one field: the prefecture at its head is kept apart in the record.
    """

    changed = Signal(object, str)
    stored = Signal()
    dropped = Signal()

    def __init__(self, board: ProblemBoard) -> None:
        super().__init__()
        self._fields = CustomerFields()
        self._kind = Segments(list(kind_words().items()), "corporation")
        self._name = TextField(_("例：髙橋精工株式会社"))
        self._kana = KanaField(_("例：タカハシセイコウ"))
        self._kana.follow(self._name)
        self._postal = TextField(_("例：577-0054"), ems=9.5)
        self._address = TextField(_("郵便番号から入ります"))
        self._building = TextField()
        self._department = TextField()
        self._person = TextField()
        self._phone = TextField(_("例：06-0000-0148"))
        self._email = TextField()
        self.title = Label("", "body-bold")
        self.similar = Label("", "caption", "warn", wrap=True)
        self.similar.hide()
        self._drop = Button(_("やめる"), kind="quiet")
        self._store = Button(_("顧客として登録"), "user-plus")
        self._build(board)
        self._connect()

    def _build(self, board: ProblemBoard) -> None:
        self._inputs: dict[str, Field] = {
            "kind": Field(_("区分"), self._kind),
            "name": Field(_("お名前"), self._name),
            "kana": Field(_("フリガナ"), self._kana),
            "postal_code": Field(_("郵便番号"), self._postal),
            "phone": Field(_("電話番号"), self._phone),
            "address": Field(_("住所"), self._address),
            "building": Field(_("建物名・階"), self._building),
            "department": Field(_("部署"), self._department),
            "person": Field(_("ご担当者"), self._person),
            "email": Field(_("メールアドレス"), self._email),
        }
        fields = self._inputs
        for name, field in fields.items():
            board.add(f"customer.{name}", field)
        board.add("customer.prefecture", fields["address"])
        box = QVBoxLayout(self)
        s = theme.size
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(s.m)
        box.addWidget(self.title)
        box.addWidget(fields["kind"])
        box.addWidget(fields["name"])
        box.addWidget(self.similar)
        box.addWidget(fields["kana"])
        contact = row(fields["postal_code"], fields["phone"], gap="m")
        contact.setStretch(1, 1)
        box.addLayout(contact)
        box.addWidget(fields["address"])
        box.addWidget(fields["building"])
        box.addLayout(row(fields["department"], fields["person"], gap="m"))
        box.addWidget(fields["email"])
        box.addLayout(row(None, self._drop, self._store))

    def _connect(self) -> None:
        self._kind.chosen.connect(self._on_kind)
        for name, entry in self._texts().items():
            entry.edit.setProperty("customer_field", name)
            entry.edited.connect(self._on_text)
            entry.edit.returnPressed.connect(self.stored)
            entry.finished.connect(self._show_doubts)
        self._drop.clicked.connect(self.dropped)
        self._store.clicked.connect(self.stored)

    def _texts(self) -> dict[str, TextField]:
        return {
            "name": self._name,
            "kana": self._kana,
            "postal_code": self._postal,
            "address": self._address,
            "building": self._building,
            "department": self._department,
            "person": self._person,
            "phone": self._phone,
            "email": self._email,
        }

    def show_fields(self, fields: CustomerFields, *, known: bool) -> None:
        """Show what is typed. ``known``: the customer stands in the register already."""
        self._fields = fields
        self._kind.set_value(fields.kind)
        for name, entry in self._texts().items():
            wanted = fields.prefecture + fields.address if name == "address" else getattr(fields, name)
            if name != "postal_code" or _digits(entry.text()) != wanted:
                entry.set_text(wanted)
        self.title.set_text(_("顧客の情報") if known else _("新しい顧客"))
        self._store.set_text(_("顧客の情報を更新") if known else _("顧客として登録"))
        self._store.set_icon("check" if known else "user-plus")

    def _show_doubts(self) -> None:
        """What looks like a slip, once a field is left; nothing is refused for it."""
        doubts = customer_doubts(self._fields)
        for name in ("kana", "phone", "email"):
            self._inputs[name].set_doubt(doubts.get(name, ""))

    def set_errors(self, problems: object) -> None:
        """What the register refused, below the fields."""
        from ui.widgets.field import show_problems

        show_problems(self._inputs, problems)

    def start(self) -> None:
        """Begin with the name."""
        self._name.setFocus()

    def _on_kind(self, kind: str) -> None:
        self.changed.emit(replace(self._fields, kind=kind), "kind")

    def _on_text(self, text: str) -> None:
        entry = self.sender()
        name = next((known for known, one in self._texts().items() if one is entry), "")
        if name == "address":
            prefecture, rest = split_prefecture(text)
            self.changed.emit(replace(self._fields, prefecture=prefecture, address=rest), name)
        elif name == "postal_code":
            self._on_postal(text)
        elif name:
            self.changed.emit(replace(self._fields, **{name: text}), name)

    def _on_postal(self, text: str) -> None:
        from app.postal import lookup, normalized

        digits = normalized(text)
        changes = {"postal_code": digits or text.strip()}
        found = lookup(digits) if digits and digits != self._fields.postal_code else None
        if found is not None:
            town = found.city + found.town
            if not (self._fields.prefecture == found.prefecture and self._fields.address.startswith(town)):
                changes |= {"prefecture": found.prefecture, "address": town}
        self.changed.emit(replace(self._fields, **changes), "postal_code")


def _digits(text: str) -> str:
    from app.postal import normalized

    return normalized(text) or text.strip()
