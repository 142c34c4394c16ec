"""Colours, sizes and type of the program. The only module that writes a colour or a pixel.

Every value is a device-independent pixel at a text size of 100 %; `Sizes` holds them already scaled. The
contrast of each
pair (text on the surfaces it may stand on) was measured when the values were chosen and is checked by a test.
"""

from __future__ import annotations

from typing import Final


class Colours:
    """One set of colours, as `#RRGGBB`. A name ending in `_tint` is the ground its namesake stands on.

    No dataclass: making one of so many fields costs more of the start than all the colours are worth.
    """

    window: str
    panel: str
    sunken: str
    hover: str
    line: str
    frame: str
    edge: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    on_accent: str
    tint: str
    tint2: str
    bar: str
    bar2: str
    good: str
    good_tint: str
    note: str
    note_tint: str
    warn: str
    warn_tint: str
    danger: str
    danger_tint: str
    hatch: str
    paper: str
    paper_frame: str
    paper_ink: str
    paper_accent: str
    paper_sub: str
    paper_line: str
    reason: str  # ground of a reason box, of totals and of a table's head
    chip: str  # ground of a chip without a meaning
    toast: str
    on_toast: str
    brand: str  # the first page's side: accent in both looks, white on it
    on_brand: str
    on_brand2: str

    def __init__(self, **values: str) -> None:
        if values.keys() != Colours.__annotations__.keys():
            raise TypeError(values.keys() ^ Colours.__annotations__.keys())
        self.__dict__.update(values)

    def values(self) -> dict[str, str]:
        """All colours by name."""
        return dict(self.__dict__)


LIGHT: Final = Colours(
    window="#F2F3F5", panel="#FFFFFF", sunken="#E9EBEF", hover="#F0F2F6",
    line="#DEE1E7", frame="#C4CAD3", edge="#7D8695",
    text="#1A2230", text2="#4B5565", text3="#606979",
    accent="#2F4C96", accent_hover="#263F80", on_accent="#FFFFFF",
    tint="#E7ECF8", tint2="#D5DEF3", bar="#A9B8DE", bar2="#D3D8E1",
    good="#1A6B49", good_tint="#E3F2EA", note="#0B6683", note_tint="#E0F1F5",
    warn="#855600", warn_tint="#FBF0D8", danger="#AE2A20", danger_tint="#FBE8E5",
    hatch="#D5D9E0", paper="#FFFFFF", paper_frame="#C9CED7", paper_ink="#1A1A1A", paper_accent="#1E4D6B",
    paper_sub="#5A5F63", paper_line="#D5D9E0",
    reason="#F2F3F5", chip="#E9EBEF", toast="#1A2230", on_toast="#FFFFFF",
    brand="#2F4C96", on_brand="#FFFFFF", on_brand2="#DCE4F7",
)  # fmt: skip

DARK: Final = Colours(
    window="#14171C", panel="#1B1F26", sunken="#101318", hover="#242A33",
    line="#2C323C", frame="#3F4754", edge="#79828F",
    text="#E4E8EE", text2="#AEB6C3", text3="#929BA9",
    accent="#93ABF2", accent_hover="#A9BDF6", on_accent="#0F1524",
    tint="#26304D", tint2="#33406A", bar="#4F64A6", bar2="#3A424F",
    good="#6CC79A", good_tint="#16332A", note="#66BBD4", note_tint="#122F39",
    warn="#E0B055", warn_tint="#362B14", danger="#F0897E", danger_tint="#3E1F1D",
    hatch="#2B313B", paper="#F7F7F5", paper_frame="#000000", paper_ink="#1A1A1A", paper_accent="#1E4D6B",
    paper_sub="#5A5F63", paper_line="#D5D9E0",
    reason="#101318", chip="#101318", toast="#E4E8EE", on_toast="#14171C",
    brand="#22366C", on_brand="#FFFFFF", on_brand2="#C9D4F0",
)  # fmt: skip


class Sizes:
    """Measures in device-independent pixels; `at()` gives them for a text size."""

    # space
    xs: int = 4
    s: int = 8
    m: int = 12
    l: int = 16  # noqa: E741  (the sizes are xs s m l xl everywhere)
    xl: int = 24
    field_gap: int = 18
    icon_gap: int = 6
    hairline: int = 1
    focus: int = 2
    # round corners
    radius: int = 6
    radius_chip: int = 11
    radius_filter: int = 14
    radius_tag: int = 4
    # frame of the window
    rail: int = 80
    place_width: int = 68
    place_height: int = 56
    place_step: int = 60
    rail_mark: int = 3
    top_bar: int = 52
    page_head: int = 48
    column_head: int = 36
    filter_bar: int = 52
    status: int = 28
    search_width: int = 480
    list_search_width: int = 320
    window_width: int = 1280
    window_height: int = 800
    window_least_width: int = 1024
    window_least_height: int = 640
    # controls
    control: int = 32
    control_small: int = 28
    touch: int = 40  # controls and rows on site, for fingers
    sign_width: int = 460
    sign_height: int = 150
    control_pad: int = 12
    field_pad: int = 10
    button_pad: int = 12
    key_pad: int = 5
    key_height: int = 18
    step_width: int = 30
    check: int = 16
    switch_width: int = 32
    switch_height: int = 18
    chip: int = 22
    chip_pad: int = 8
    filter_chip: int = 28
    icon: int = 16
    icon_large: int = 20
    icon_small: int = 14
    icon_empty: int = 40
    icon_brand: int = 32
    text_area: int = 72
    # lists
    table_head: int = 32
    row: int = 32
    row_two: int = 50
    price_line: int = 26
    price_head: int = 32
    indent: int = 32
    scroll: int = 12
    scroll_thumb: int = 8
    # side panel, popups
    side_panel: int = 384
    side_head: int = 40
    side_foot: int = 56
    popup_row: int = 36
    popup_max: int = 520
    form_width: int = 640
    label_column: int = 104
    settings_menu: int = 200
    dialog_width: int = 440
    toast_width: int = 344
    # a contract's life and its months
    life_height: int = 140
    life_height_low: int = 118  # where nothing is written below the months
    life_top: int = 64
    life_bar: int = 20
    life_mark: int = 5  # half of a mark's width
    month_bar_width: int = 52
    month_bar: int = 8
    facts_strip: int = 60
    # the week of the visits
    visit_lane: int = 32
    visit_block: int = 26
    visit_closed: int = 36
    visit_day: int = 72  # the day at the left, at least
    visit_hours: int = 28  # the hours above
    visit_bar: int = 3  # at the left of a block
    visit_edge: int = 6  # where a block is taken to be lengthened
    visit_way: int = 4  # half the height of a way between visits
    visit_price: int = 21
    # reason tree
    reason_pad_x: int = 8
    reason_pad_y: int = 12
    reason_row: int = 20
    reason_clause: int = 16
    reason_trunk: int = 8
    reason_arm: int = 9
    reason_words: int = 24
    # strips
    strip_bar: int = 3
    strip_pad_x: int = 10
    strip_pad_y: int = 8
    busy: int = 2
    # first page
    first_side: int = 304
    first_paper: int = 422
    step_mark: int = 28
    first_code: int = 40
    seal: int = 44
    # window widths below which columns fold
    fold_paper: int = 1280
    fold_side: int = 1100

    @classmethod
    def at(cls, percent: int) -> Sizes:
        """The measures at a text size of `percent` (100–200), in whole pixels, never 0."""
        made = cls()
        if percent != 100:
            made.__dict__.update(
                (name, max(1, (px * percent + 50) // 100)) for name, px in cls.names().items()
            )
        return made

    @classmethod
    def names(cls) -> dict[str, int]:
        """All measures at 100 % by name."""
        return {name: px for name, px in vars(cls).items() if isinstance(px, int)}


# Type: pixels, line height, bold.
TYPE: dict[str, tuple[int, int, bool]] = {
    "key": (11, 16, False),
    "caption": (12, 16, False),
    "caption-bold": (12, 16, True),
    "table": (13, 20, False),
    "panel": (13, 20, False),
    "panel-bold": (13, 20, True),
    "body": (14, 20, False),
    "body-bold": (14, 20, True),
    "heading": (14, 20, True),
    "title": (19, 28, True),
    "sum": (24, 28, True),
    "headline": (26, 36, True),
    "paper-title": (24, 36, False),  # the Mincho a paper's title is set in
}

# English captions are a pixel larger: BIZ descends 0.12 em, which is lost at 12 px.
LARGER_IN_ENGLISH = frozenset({"caption", "caption-bold"})

FAMILIES = ("Madoguchi Figures", "BIZ UDPGothic", "Noto Sans JP")
TITLE_FAMILIES = ("BIZ UDPGothic", "Noto Sans JP")
PAPER_TITLE_FAMILIES = ("BIZ UDMincho", *TITLE_FAMILIES)

# Thickness of an icon's line, by its size at 100 %.
ICON_LINE_SMALL = 1.3
ICON_LINE = 1.5
