"""The style sheet, made from the tokens: what Qt's own widgets look like. Own-painted widgets ask the theme
instead.
"""

from __future__ import annotations

from string import Template

from ui.theme.tokens import TYPE, Colours, Sizes

_SHEET = Template(
    """
QAbstractItemView, QPushButton, QCheckBox, QRadioButton, QTabBar, QToolButton { outline: none; }
QMainWindow, QDialog, QWidget[surface="window"] { background: $window; }
QWidget[surface="panel"] { background: $panel; }
QWidget[surface="sunken"] { background: $sunken; }
QWidget[surface="reason"] { background: $reason; border-radius: ${radius}px; }
QWidget[surface="brand"] { background: $brand; }
QWidget[edge="top"] { border-top: 1px solid $line; }
QWidget[edge="bottom"] { border-bottom: 1px solid $line; }
QWidget[edge="left"] { border-left: 1px solid $line; }
QWidget[edge="right"] { border-right: 1px solid $line; }
QWidget[edge="strong-top"] { border-top: 1px solid $frame; }
QWidget[edge="box"] { border: 1px solid $frame; border-radius: ${radius}px; }
QFrame[rule="across"] { background: $line; border: none; min-height: 1px; max-height: 1px; }
QFrame[rule="down"] { background: $line; border: none; min-width: 1px; max-width: 1px; }

QLabel { background: transparent; }
QLabel[tone="text2"] { color: $text2; }
QLabel[tone="text3"] { color: $text3; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="note"] { color: $note; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="brand"] { color: $on_brand; }
QLabel[tone="brand2"] { color: $on_brand2; }
QLabel[tone="toast"] { color: $on_toast; }
QLabel:disabled { color: $text3; }

QLineEdit { background: $panel; color: $text; border: 1px solid $frame; border-bottom-color: $edge;
  border-radius: ${radius}px; padding: 0 ${pad_field}px; min-height: ${control_in}px; max-height:
  ${control_in}px;
  selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $text3; }
QLineEdit:focus { border: 2px solid $accent; padding: 0 ${pad_field_focus}px;
  min-height: ${control_in_focus}px; max-height: ${control_in_focus}px; }
QLineEdit[echoMode="2"] { lineedit-password-character: 8226; }
QLineEdit:disabled, QLineEdit:read-only { color: $text2; background: $window; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus, QLineEdit[bare="true"]:disabled { background:
transparent;
  border: none; border-radius: 0; padding: 0; min-height: 0; max-height: 16777215px; }
QPlainTextEdit { background: $panel; border: 1px solid $frame; border-bottom-color: $edge; border-radius:
${radius}px;
  padding: ${xs}px; selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit:focus { border: 2px solid $accent; padding: ${xs_less}px; }

QPushButton { background: $panel; border: 1px solid $frame; border-radius: ${radius}px; padding: 0 ${m}px;
  min-height: ${control_in}px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border: 2px solid $accent; padding: 0 ${m_less}px; min-height: ${control_in_focus}px; }
QPushButton[painted="true"], QPushButton[painted="true"]:focus { min-height: 0; border: none; padding: 0; }
QPushButton:disabled { color: $text3; background: $window; }
QPushButton:default { background: $accent; color: $on_accent; font-weight: bold; border-color: $accent; }

QCheckBox, QRadioButton { spacing: ${s}px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $text3; }

QToolTip { background: $toast; color: $on_toast; border: none; padding: ${xs}px ${s}px; font-size:
${px_caption}px; }
QMenu { background: $panel; border: 1px solid $frame; border-radius: ${radius}px; padding: ${xs}px; }
QMenu::item { padding: ${menu_pad}px ${xl}px ${menu_pad}px ${m}px; border-radius: ${radius_tag}px; min-width:
${menu_least}px; }
QMenu::item:selected { background: $tint; color: $text; }
QMenu::item:disabled { color: $text3; }
QMenu::icon { padding-left: ${s}px; }
QMenu#boxes::item { padding-left: ${menu_box}px; }
QMenu#boxes::indicator { width: 0; height: 0; image: none; }
QMenu::separator { height: 1px; background: $line; margin: ${xs}px ${s}px; }

QAbstractItemView { background: $panel; border: none; selection-background-color: $tint; selection-color:
$text;
  alternate-background-color: $panel; gridline-color: $line; }
QTableView { border: none; }
QHeaderView { background: $window; border: none; }
QHeaderView::section { background: $window; color: $text2; border: none; border-bottom: 1px solid $frame;
  padding: 0 ${s}px; font-size: ${px_caption}px; min-height: ${head_in}px; }
QHeaderView::section:hover { background: $hover; }
QTableCornerButton::section { background: $window; border: none; border-bottom: 1px solid $frame; }
QListView#popup { background: $panel; border: none; padding: ${xs}px; }
QFrame#popup { background: $panel; border: 1px solid $frame; border-radius: ${radius}px; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $frame; padding: ${xs}px; }
QComboBox QAbstractItemView::item { min-height: ${control_small}px; padding: 0 ${s}px; border-radius:
${radius_tag}px; }
QComboBox QAbstractItemView::item:selected { background: $tint; color: $text; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[surface=""] { background: transparent; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: ${scroll}px; margin: 0; }
QScrollBar:horizontal { height: ${scroll}px; margin: 0; }
QScrollBar::handle { background: $edge; border: ${scroll_gap}px solid $scroll_ground; border-radius:
${scroll_round}px; }
QScrollBar::handle:hover { background: $text2; }
QScrollBar::handle:vertical { min-height: ${scroll_least}px; }
QScrollBar::handle:horizontal { min-width: ${scroll_least}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }

QCalendarWidget QWidget { alternate-background-color: $window; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $panel; border-bottom: 1px solid $line; }
QCalendarWidget QToolButton { color: $text; background: transparent; border: none; border-radius:
${radius_tag}px;
  padding: ${xs}px ${s}px; font-weight: bold; }
QCalendarWidget QToolButton:hover { background: $hover; }
QCalendarWidget QToolButton:focus { background: $tint; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QSpinBox { background: $panel; border: 1px solid $accent; border-radius: ${radius_tag}px;
padding: 0 ${xs}px; }
QCalendarWidget QAbstractItemView { background: $panel; selection-background-color: $accent;
  selection-color: $on_accent; }
QCalendarWidget QAbstractItemView:disabled { color: $text3; }

QMessageBox QLabel { min-width: ${toast_width}px; }
QProgressBar { background: $sunken; border: none; border-radius: 2px; max-height: ${xs}px; min-height:
${xs}px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
"""
)


def style_sheet(colours: Colours, size: Sizes, percent: int) -> str:
    """The whole style sheet for one set of colours and one text size."""
    values: dict[str, object] = dict(colours.values())
    values.update((name, getattr(size, name)) for name in size.names())
    values.update(
        px_caption=TYPE["caption"][0] * percent // 100,
        pad_field=size.field_pad,
        pad_field_focus=size.field_pad - 1,
        m_less=size.m - 1,
        xs_less=size.xs - 1,
        control_in=size.control - 2,
        control_in_focus=size.control - 4,
        head_in=size.table_head - 1,
        menu_pad=size.icon_gap,
        menu_least=size.dialog_width // 3,
        menu_box=size.m + size.check + size.s,
        scroll_gap=(size.scroll - size.scroll_thumb) // 2,
        scroll_round=size.scroll // 2,
        scroll_least=size.indent,
        scroll_ground=colours.panel,
    )
    return _SHEET.substitute(values)
