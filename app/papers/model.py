"""A finished paper before any page exists: words, rows and amounts in the order they are read.

``reports/`` draws these records and computes nothing; tests read them without a page. Amounts are yen as
``int`` (drawn digit by digit
with ``1,234`` and U+2212) or ready words (``—``). Texts are finished in the paper's language.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from app.papers.product import Product
from app.papers.side import ExplanationRecord, FactStrip, SidePoints

Amount = int | str


class Strong(Struct, frozen=True):
    """Words of a cell in bold: the one exception of a table."""

    text: str


class Tick(Struct, frozen=True):
    """A square to be ticked by hand; drawn with its tick where ``checked``."""

    checked: bool = False


class Stack(Struct, frozen=True):
    """A cell of several lines: the first as usual, those below it small."""

    text: str
    under: tuple[str, ...] = ()


Cell = Amount | Strong | Tick | Stack


class LabelValue(Struct, frozen=True):
    """A label with its value, such as 発行日 / 2026年11月20日（金）."""

    label: str
    value: str


class Addressee(Struct, frozen=True):
    """Whom the paper is for. ``department`` and ``person`` may be empty; ``honorific`` is 御中 or 様 (only
    one of them).
    """

    postal: str  # 〒650-0099, or ""
    address: tuple[str, ...]  # one or two lines
    name: str
    department: str = ""
    person: str = ""
    honorific: str = ""

    @property
    def last_line(self) -> str:
        """Department and person as they stand before the honorific ("" when the honorific follows the
        name).
        """
        return " ".join(part for part in (self.department, self.person) if part)


class IssuerBlock(Struct, frozen=True):
    """Our own company as it stands on the paper. ``seal`` and ``logo`` say whether they are to be drawn."""

    name: str
    lines: tuple[str, ...]
    seal: bool = False
    logo: bool = False


class HeadlineFact(Struct, frozen=True):
    """A figure beside the headline: 月額（税抜） 74,400円."""

    label: str
    amount: Amount


class Headline(Struct, frozen=True):
    """The one great sum, or ``words`` in its place, with up to three facts beside it. Without a label there
    is none yet, and the paper leaves it out.
    """

    label: str
    sub: str
    amount: int
    facts: tuple[HeadlineFact, ...] = ()
    words: str = ""


class Carry(Struct, frozen=True):
    """Words of the rows in which a table hands its running sum from page to page: 次ページへ繰越 at the foot,
    前ページより繰越 at the head. The sums stand in its rows (``running``); ``carrying`` gives both.
    """

    over: str
    brought: str


class LineRow(Struct, frozen=True):
    """A row of the line table. ``reason`` is the small line under the name. ``running``: the sum down to and
    with this row, shown where a page ends after it (None: nothing is carried there).
    """

    name: str
    reason: str
    clause: str
    quantity: Amount
    unit: str
    unit_price: Amount
    amount: Amount
    bold: bool = False
    running: int | None = None


class LineGroup(Struct, frozen=True):
    """Rows under one head; ``subtotal`` None where the rows don't add up or stand alone. ``running``: the
    sum carried over where a page ends after the subtotal.
    """

    title: str
    remark: str
    rows: tuple[LineRow, ...]
    subtotal_label: str = ""
    subtotal: int | None = None
    running: int | None = None


class LineTable(Struct, frozen=True):
    """品目 · 根拠 · 数量 · 単位 · 単価 · 金額, in groups. ``heads`` are the six column heads."""

    heads: tuple[str, str, str, str, str, str]
    groups: tuple[LineGroup, ...]
    carry: Carry | None = None


class Column(Struct, frozen=True):
    """A column of a table: head words, which side its cells keep to, and its share of the width."""

    head: str
    align: Literal["left", "right", "center"]
    share: float
    small: bool = False  # clauses: 7 pt sub


class Row(Struct, frozen=True):
    """Cells of a table. Ints are yen. ``joins``: the row goes on with the thing of the row before it, so that
    the rule between the two begins at that column only (0: a rule as usual). ``group``: the row heads those
    after it; it has a title and, if any, a remark for the right edge. ``running``: the sum of the last column
    down to and with this row, shown where a page ends after it. ``depth``: how many steps its first cell
    stands in, below the row it explains.
    """

    cells: tuple[Cell, ...]
    total: bool = False  # bold; keeps two rows before it; its words reach left over empty cells
    joins: int = 0
    group: bool = False
    running: int | None = None
    depth: int = 0


class Table(Struct, frozen=True):
    """A section with a heading and a table. ``note``: small words under it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    remark: str = ""
    head: bool = True
    note: str = ""
    carry: Carry | None = None


class Facts(Struct, frozen=True):
    """A section of labels and values between hairlines."""

    title: str
    rows: tuple[LabelValue, ...]


class Point(Struct, frozen=True):
    """A numbered point with the clause it rests on; with a square to be ticked where ``box`` is one."""

    text: str
    clause: str = ""
    box: Tick | None = None


class Points(Struct, frozen=True):
    """A section of numbered points."""

    title: str
    points: tuple[Point, ...]
    remark: str = ""


class CheckGroup(Struct, frozen=True):
    """What is to be ticked at one time: 到着後 with its items."""

    label: str
    items: tuple[str, ...]


class Checks(Struct, frozen=True):
    """A section of squares to be ticked by hand."""

    title: str
    groups: tuple[CheckGroup, ...]


class Halves(Struct, frozen=True):
    """Two sections side by side."""

    left: Table | Facts | Points
    right: Table | Facts | Points | Checks


class Stretch(Struct, frozen=True):
    """What happens from one minute of the day to another. ``words``: the fullest that fits is drawn."""

    first: int
    last: int
    words: tuple[str, ...]
    tone: Literal["strong", "plain", "gap"] = "plain"


class Lane(Struct, frozen=True):
    """The day of one technician."""

    name: str
    stretches: tuple[Stretch, ...]


class DayBar(Struct, frozen=True):
    """A day as a bar for each technician; ``hours``: the marks above, minutes since midnight and words."""

    title: str
    hours: tuple[tuple[int, str], ...]
    lanes: tuple[Lane, ...]
    remark: str = ""


class PageHead(Struct, frozen=True):
    """Opens a page of its own for somebody: the name in bold, facts beside and under it."""

    name: str
    beside: str = ""
    rows: tuple[LabelValue, ...] = ()


class Prose(Struct, frozen=True):
    """Paragraphs of a letter. ``last`` stands at the right edge below them (敬具)."""

    paragraphs: tuple[str, ...]
    last: str = ""


Section = (
    LineTable | Table | Facts | Halves | Points | DayBar | PageHead | FactStrip | SidePoints | Prose | Product
)


class Place(Struct, frozen=True):
    """Where a visit goes, in the addressee's position of papers that stay with us."""

    label: str
    name: str
    address: tuple[str, ...]
    rows: tuple[LabelValue, ...]


class Stamps(Struct, frozen=True):
    """Boxes for the seals of those who saw the paper, at the foot of its last page."""

    labels: tuple[str, ...]


class SignatureBox(Struct, frozen=True):
    """Where the customer signs, at the foot of the last page. ``strokes``: lines of points in hundredths of
    a millimetre (none: to be signed by hand); ``name`` and ``when`` stand under the line; ``proof`` is small,
    at the paper's foot.
    """

    words: str
    label: str
    name: str = ""
    when: str = ""
    strokes: tuple[tuple[tuple[int, int], ...], ...] = ()
    proof: str = ""


class Paper(Struct, frozen=True):
    """One document of the family, finished to the last word.

    ``kind`` is the letter of its number (Q quotation …); ``number`` is "" until it is issued; ``draft``
    papers carry ``draft_mark``
    (下書き) and no seal; ``qr`` is exactly what the QR holds ("" = none).
    """

    kind: str
    language: Literal["ja", "en"]
    title: str
    number: str
    revision: str
    head_rows: tuple[LabelValue, ...]
    addressee: Addressee
    issuer: IssuerBlock
    opening: str
    subject_rows: tuple[LabelValue, ...]
    headline: Headline
    sections: tuple[Section, ...]
    closing: str
    footer: str  # company, title, number
    continued_title: str  # （つづき）
    continuation: str  # number, revision, addressee, date on pages after the first
    continues: str  # 次のページにつづく
    draft: bool = False
    draft_mark: str = ""
    qr: str = ""
    mailed: bool = True  # fold ticks
    place: Place | None = None  # in the addressee's position, instead of addressee, opening and subject
    plain_head: bool = False  # pages begin with a title line only: lists of a day
    foot: Stamps | SignatureBox | ExplanationRecord | None = None
    keywords: tuple[str, ...] = ()


class Images(Struct, frozen=True):
    """Pictures a paper may need, as the bytes of PNG or JPEG files."""

    seal: bytes | None = None
    logo: bytes | None = None
