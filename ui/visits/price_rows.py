"""The price of a request as rows that can be walked, and the slots that are offered, each painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.money import yen_words
from app.tariff.clauses import clause_note
from app.visit.conflicts import clock
from app.words import _
from ui import icons
from ui.qt import LEFT, RIGHT, Focus, Key, Policy
from ui.theme import theme
from ui.visits.grid_words import who_words
from ui.visits.week_paint import numbered
from ui.visits.words import day_words, short_day
from ui.widgets.paint import box, width_of, words

if TYPE_CHECKING:
    from app.visit.pricing import PricedVisit
    from app.visit.slots import Slot
    from ui.visits.week_facts import WeekFacts
    from ui.widgets.price_group import PriceLine


class PriceRows(QWidget):
    """↑ ↓ walk, Enter or a click asks for the reason of a line: ``reason_wanted`` carries its number."""

    reason_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[PriceLine, ...] = ()
        self._at = 0
        self.setFocusPolicy(Focus.TabFocus)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setAccessibleName(_("料金の内訳"))
        self.setFixedHeight(0)

    def show_lines(self, lines: Sequence[PriceLine]) -> None:
        """Other lines."""
        self.lines = tuple(lines)
        self._at = min(self._at, max(0, len(lines) - 1))
        self.setFixedHeight(len(lines) * theme.size.visit_price)
        self._speak()
        self.update()

    def _speak(self) -> None:
        if self.lines:
            line = self.lines[self._at]
            self.setAccessibleDescription(f"{line.name} {line.calculation} {line.amount}")

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(20), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Key.Key_Up, Key.Key_Down} and self.lines:
            at = self._at + (1 if key == Key.Key_Down else -1)
            self._at = min(max(at, 0), len(self.lines) - 1)
            self._speak()
            self.update()
        elif key in {Key.Key_Return, Key.Key_Enter} and self.lines and not event.modifiers():
            self.reason_wanted.emit(self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y()) // theme.size.visit_price
        if 0 <= at < len(self.lines):
            self._at = at
            self.update()
            self.reason_wanted.emit(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        amount = theme.ems(5.4, "panel")
        for number, line in enumerate(self.lines):
            area = QRect(0, number * s.visit_price, self.width(), s.visit_price)
            free = line.tone == "good"
            tone = "good" if free else "text"
            used = words(painter, area, line.amount, "panel", tone, RIGHT)
            if free:
                x = area.right() - used - s.icon_small - s.xs
                icons.draw(
                    painter, "check", x, area.center().y() - s.icon_small // 2 + 1, "good", s.icon_small
                )
            middle = area.adjusted(0, 0, -amount - s.s, 0)
            sum_ = words(painter, middle, line.calculation, "panel", "text2", RIGHT)
            room = middle.adjusted(0, 0, -sum_ - s.s, 0)
            detail = f"{line.name}（{line.detail}）" if line.detail else line.name
            name = detail if width_of(detail, "panel") <= room.width() else line.name
            words(painter, room, name, "panel", "text", LEFT)
            if self.hasFocus() and number == self._at:
                box(painter, area, None, theme.colour("accent"), width=s.focus, radius=s.radius_tag)


class SumBox(QWidget):
    """What the free visit leaves free, and what is charged with tax."""

    def __init__(self) -> None:
        super().__init__()
        self._priced: PricedVisit | None = None
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setFixedHeight(theme.line("caption") + theme.line("sum") + 2 * theme.size.s)

    def show_price(self, priced: PricedVisit | None) -> None:
        """Another price; None while there is none."""
        self._priced = priced
        self.setVisible(priced is not None)
        if priced is not None:
            told = _("ご請求 {total}（税抜 {net}、消費税 {tax}）").format(
                total=yen_words(priced.bill.total), net=yen_words(priced.net), tax=yen_words(priced.bill.tax)
            )
            self.setAccessibleName(told)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(20), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        priced = self._priced
        if priced is None:
            return
        s = theme.size
        painter = QPainter(self)
        box(painter, self.rect(), theme.colour("reason"))
        inner = self.rect().adjusted(s.m, s.s, -s.m, -s.s)
        bill = priced.bill
        upper = QRect(inner.left(), inner.top(), inner.width(), theme.line("caption"))
        lower = QRect(inner.left(), upper.bottom() + 1, inner.width(), theme.line("sum"))
        entitlement = priced.entitlement
        if entitlement is not None and entitlement.applied:
            text = _("無料の分 {value}・{count}台まで").format(
                value=yen_words(priced.free_value), count=entitlement.capacity
            )
            clause = words(painter, upper, clause_note(entitlement.clause), "caption", "text2", RIGHT)
            words(painter, upper.adjusted(0, 0, -clause - s.s, 0), text, "caption", "text2", LEFT)
        used = words(painter, lower, yen_words(bill.total), "sum", "text", RIGHT)
        name = words(painter, lower, _("ご請求"), "body-bold", "text", LEFT)
        room = lower.adjusted(name + s.s, 1, -used - s.s, 0)
        net, tax = yen_words(bill.net), yen_words(bill.tax)
        told = _("{net} ＋ 消費税 {tax}").format(net=net, tax=tax)
        if width_of(told, "panel") > room.width():  # figures are told in full, never cut
            if entitlement is None or not entitlement.applied:
                room = upper
            else:
                told = _("うち税 {tax}").format(tax=tax)
        words(painter, room, told, "panel", "text2", LEFT)


class SlotRows(QWidget):
    """The offered slots. 1, 2, 3, ↑ ↓ or a click choose; ``chosen`` carries the number, 0 the first; ← → ask
    for the free start before or after it (``other_wanted``: -1, 1). Where there is little room the chosen
    one stands alone, the others as their numbers, until the focus comes.
    """

    chosen = Signal(int)
    other_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.slots: tuple[Slot, ...] = ()
        self.at = -1
        self._facts: WeekFacts | None = None
        self._tight = self._walked = False
        self.setFocusPolicy(Focus.StrongFocus)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setAccessibleName(_("近い空き"))
        self.setFixedHeight(0)

    def show_slots(self, slots: Sequence[Slot], at: int, facts: WeekFacts | None) -> None:
        """Other slots, with the one that is chosen (−1: none)."""
        self.slots, self.at, self._facts = tuple(slots), at, facts
        self._fit()
        self._speak()

    def set_tight(self, tight: bool) -> None:
        """Whether there is little room."""
        if tight != self._tight:
            self._tight = tight
            self._fit()

    @property
    def folded(self) -> bool:
        """Whether only the chosen slot has a line."""
        return self._tight and not self._walked and 0 <= self.at < len(self.slots)

    def _fit(self) -> None:
        s = theme.size
        lines = 1 if self.folded else len(self.slots)
        self.setFixedHeight(max(0, lines * (s.control_small + s.xs) - s.xs))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._walked = event.reason() != Qt.FocusReason.MouseFocusReason
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._walked = False
        self._fit()

    def _who(self, slot: Slot) -> str:
        return who_words(slot.technicians, self._facts) if self._facts is not None else ""

    def _speak(self) -> None:
        if 0 <= self.at < len(self.slots):
            slot = self.slots[self.at]
            self.setAccessibleDescription(f"{self.at + 1} {self._when(slot)} {self._who(slot)}")

    @staticmethod
    def _when(slot: Slot, day: Callable[[date], str] = day_words) -> str:
        first, last = slot.spans[0], slot.spans[-1]
        end = clock(last.last)
        return _("{first}〜{last}").format(
            first=f"{day(first.on)} {clock(first.first)}",
            last=end if first.on == last.on else f"{day(last.on)} {end}",
        )

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(20), self.height())

    def _rect(self, number: int) -> QRect:
        """Where a slot is painted and clicked."""
        s = theme.size
        high = s.control_small
        if not self.folded:
            return QRect(0, number * (high + s.xs), self.width(), high)
        others = [one for one in range(len(self.slots)) if one != self.at]
        wide = s.check + s.s
        left = self.width() - len(others) * wide
        if number == self.at:
            return QRect(0, 0, left - s.xs if others else left, high)
        return QRect(left + others.index(number) * wide, 0, wide, high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        number = key - Key.Key_1
        if key in {Key.Key_Up, Key.Key_Down} and self.slots:
            at = self.at + (1 if key == Key.Key_Down else -1)
            self.chosen.emit(min(max(at, 0), len(self.slots) - 1))
        elif key in {Key.Key_Left, Key.Key_Right} and self.slots:
            self.other_wanted.emit(1 if key == Key.Key_Right else -1)
        elif 0 <= number < len(self.slots):
            self.chosen.emit(number)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        hit = next((one for one in range(len(self.slots)) if self._rect(one).contains(at)), None)
        if hit is None:
            return
        if self.folded and hit == self.at:
            self._walked = True
            self._fit()
        else:
            self.chosen.emit(hit)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        for number, slot in enumerate(self.slots):
            rect, here = self._rect(number), number == self.at
            if self.folded and not here:
                circle = QRect(0, 0, s.check + 2, s.check + 2)
                circle.moveCenter(rect.center())
                numbered(painter, circle, number + 1, "accent")
                continue
            line = theme.colour("accent" if here else "frame")
            box(painter, rect, theme.colour("tint" if here else "panel"), line, width=2 if here else 1)
            circle = QRect(rect.left() + s.s, rect.center().y() - s.check // 2, s.check + 2, s.check + 2)
            if here:
                painter.save()
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
                painter.drawEllipse(circle)
                painter.restore()
                words(painter, circle, str(number + 1), "key", "on_accent", Qt.AlignmentFlag.AlignCenter)
            else:
                numbered(painter, circle, number + 1, "accent")
            room = rect.adjusted(s.s + s.check + s.s + 2, 0, -s.s, 0)
            who = self._who(slot)
            used = min(width_of(who, "panel"), room.width() // 2)
            words(
                painter,
                QRect(room.right() - used, room.top(), used, room.height()),
                who,
                "panel",
                "text2",
                RIGHT,
            )
            role = "body-bold" if here else "body"
            room = room.adjusted(0, 0, -used - s.s, 0)
            when = self._when(slot)
            if width_of(when, role) > room.width():
                when = self._when(slot, short_day)
            words(painter, room, when, role, "text", LEFT)
        if self.hasFocus():
            box(painter, self.rect(), None, theme.colour("accent"), width=1, radius=s.radius)
