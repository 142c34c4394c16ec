"""Paints the week: days, lanes, closed time, ways and breaks, blocks, offered slots, what is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.days import holiday_words
from app.visit.conflicts import clock
from app.words import _, pgettext
from ui import icons
from ui.qt import LEFT, Hint
from ui.theme import theme
from ui.visits.week_layout import Day, Lane, WeekLayout
from ui.visits.words import minutes_words, short_day, short_town, state_words, work_icons
from ui.widgets.paint import box, fill, width_of, words

if TYPE_CHECKING:
    from app.visit.order import VisitRow
    from app.visit.slots import Slot
    from ui.visits.moving import Moving
    from ui.visits.week_facts import Block

_HATCH_STEP, _HATCH_LINE = 8, 2.4
_SATURDAY, _SUNDAY = 5, 6
_MOST_ICONS = 3


def hatch(painter: QPainter, rect: QRect) -> None:
    """Closed time."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    fill(painter, rect, theme.colour("window"))
    painter.setRenderHint(Hint.Antialiasing)
    painter.setPen(QPen(theme.colour("hatch"), _HATCH_LINE))
    high = rect.height()
    start = rect.left() - rect.left() % _HATCH_STEP - high
    step = range(start, rect.right() + _HATCH_STEP, _HATCH_STEP + 2)
    painter.drawLines([QLineF(x, rect.bottom() + 1, x + high, rect.top()) for x in step])
    painter.restore()


class WeekPainter:
    """Draws what lies in ``clip``."""

    def __init__(self, painter: QPainter, layout: WeekLayout, clip: QRect) -> None:
        self.painter, self.layout, self.clip = painter, layout, clip

    # --- ground ---------------------------------------------------------------------------------------

    def ground(self, today: object) -> None:
        """Days, lanes, hatches, ways and breaks."""
        layout = self.layout
        fill(self.painter, self.clip, theme.colour("panel"))
        if layout.waiting and layout.waiting[0].rect.top() < self.clip.bottom():
            self._shelf()
        for day in layout.days:
            if day.top > self.clip.bottom() or day.top + day.height < self.clip.top():
                continue
            self._day_name(day, today=day.day == today)
            if not day.lanes:
                self._closed(day)
                continue
            for lane in day.lanes:
                if lane.top <= self.clip.bottom() and lane.bottom >= self.clip.top():
                    self._lane(lane, day)
            self._frame(day)

    def _shelf(self) -> None:
        s = theme.size
        first = self.layout.waiting[0].rect
        area = QRect(s.l, first.top(), self.layout.names - s.l - s.xs, first.height())
        words(self.painter, area, _("日時未定"), "body-bold", "text", LEFT)
        count = pgettext("column", "{count}件").format(count=len(self.layout.waiting))
        area = area.adjusted(width_of(_("日時未定"), "body-bold") + s.s, 0, 0, 0)
        words(self.painter, area, count, "panel", "text2", LEFT)

    def _day_name(self, day: Day, *, today: bool) -> None:
        s = theme.size
        off = holiday_words(day.day) is not None or day.day.weekday() == _SUNDAY
        tone = "danger" if off else "note" if day.day.weekday() == _SATURDAY else "text"
        height = min(day.height, max(s.visit_lane, day.lanes[0].height) if day.lanes else s.visit_closed)
        area = QRect(s.l, day.top, self.layout.names, height)
        text = short_day(day.day)
        if today:
            side = QRect(s.xs, day.top + s.s, s.visit_bar, height - 2 * s.s)
            fill(self.painter, side, theme.colour("accent"))
        fitting = [one for one in ("body", "panel") if width_of(text, one) <= s.visit_day]
        role = fitting[0] if fitting else "caption"
        words(self.painter, area, text, f"{role}-bold" if today else role, tone, LEFT)
        if day.note and day.height >= 2 * s.visit_lane:
            below = QRect(s.l, day.top + height - s.s, self.layout.day_width, theme.line("caption"))
            words(self.painter, below, day.note, "caption", "text2", LEFT)

    def _closed(self, day: Day) -> None:
        layout = self.layout
        rect = QRect(layout.left, day.top, layout.width, day.height)
        hatch(self.painter, rect)
        self._outline(rect)
        assert day.closed is not None
        self._label(rect, *day.closed)

    def _label(self, rect: QRect, kind: str, why: str) -> None:
        """Why time is closed, on a ground of its own."""
        s = theme.size
        room = rect.width() - 2 * s.s
        first = width_of(kind, "panel") if kind else 0
        second = width_of(why, "panel-bold")
        gap = s.s if kind and why else 0
        wide = first + gap + second + 2 * s.s
        if wide > room and kind:
            kind, first, gap = "", 0, 0
            wide = second + 2 * s.s
        high = min(theme.size.chip, rect.height() - s.xs)
        area = QRect(rect.left() + s.s, rect.center().y() - high // 2, min(wide, room), high)
        if area.width() < theme.ems(2):
            return
        box(self.painter, area, theme.colour("panel"), theme.colour("line"), radius=s.radius_tag)
        inner = area.adjusted(s.s, 0, -s.s, 0)
        if kind:
            words(self.painter, inner, kind, "panel", "text2", LEFT)
        words(self.painter, inner.adjusted(first + gap, 0, 0, 0), why, "panel-bold", "text", LEFT)

    def _outline(self, rect: QRect) -> None:
        self.painter.setPen(QPen(theme.colour("line"), 1))
        self.painter.setBrush(QColor(0, 0, 0, 0))
        self.painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _frame(self, day: Day) -> None:
        layout = self.layout
        self._outline(QRect(layout.left, day.top, layout.width, day.height))

    def _lane(self, lane: Lane, day: Day) -> None:
        s, layout = theme.size, self.layout
        room = layout.names - s.l - layout.day_width - s.s
        area = QRect(s.l + layout.day_width, lane.top, room, lane.height)
        tone = "text2" if lane.technician else "warn"
        words(self.painter, area, lane.name, "key" if lane.folded else "panel", tone, LEFT)
        rect = QRect(layout.left, lane.top, layout.width, lane.height)
        self.painter.setPen(QPen(theme.colour("line"), 1))
        for hour in range(layout.first + 60, layout.last, 60):
            x = layout.x_of(hour)
            self.painter.drawLine(x, rect.top(), x, rect.bottom())
        self.painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        if day.closed is not None:
            hatch(self.painter, rect)
            if not lane.blocks:
                self._label(rect, *day.closed)
        for first, last, why in lane.away:
            x = layout.x_of(first)
            gone = QRect(x, lane.top + 1, layout.x_of(last) - x, lane.height - 2)
            hatch(self.painter, gone)
            if why and not lane.folded:
                self._label(gone, "", why)
        if not lane.folded:
            self._between(lane)

    def _between(self, lane: Lane) -> None:
        """The ways are thin lines with a point at their end, the break is a quiet field with its word."""
        s, layout, settings = theme.size, self.layout, self.layout.facts.settings
        middle = lane.top + lane.height // 2
        rest = layout.rest(lane, settings)
        if rest is not None:
            rect = layout.rect_in(lane, *rest).adjusted(2, s.xs, -2, -s.xs)
            box(self.painter, rect, theme.colour("sunken"), radius=s.radius_tag)
            if width_of(_("休憩"), "key") < rect.width():
                words(self.painter, rect, _("休憩"), "key", "text3", Qt.AlignmentFlag.AlignCenter)
        for first, last in layout.travel(lane, settings):
            x, end = layout.x_of(first) + 2, layout.x_of(last) - 2
            if end - x < s.xs:
                continue
            self.painter.setPen(QPen(theme.colour("bar"), s.focus))
            self.painter.drawLine(x, middle, end, middle)
            for edge in (x, end):
                self.painter.drawLine(edge, middle - s.visit_way, edge, middle + s.visit_way)

    # --- blocks ---------------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Block], *, current: object, held: object, focused: bool) -> None:
        """Blocks that lie in the clip; the current one has a ring, the one on its way is only a shade."""
        for block in blocks:
            rect = self.layout.rect_of(block)
            if not rect.intersects(self.clip):
                continue
            if block.key == held:
                box(self.painter, rect, None, theme.colour("frame"))
                continue
            self.block(rect, block.row, mates=block.mates)
            if block.key == current:
                ring = rect.adjusted(-2, -2, 2, 2)
                tone = "accent" if focused else "edge"
                box(self.painter, ring, None, theme.colour(tone), width=theme.size.focus)

    def links(self, blocks: Sequence[Block]) -> None:
        """A line that joins the blocks of a visit several technicians make."""
        together: dict[tuple[str, int], list[QRect]] = {}
        for block in blocks:
            if block.mates:
                rect = self.layout.rect_of(block)
                together.setdefault((block.row.id, block.number), []).append(rect)
        self.painter.setPen(QPen(theme.colour("accent"), theme.size.focus))
        for rects in together.values():
            rects.sort(key=QRect.top)
            x = rects[0].left() + 1
            self.painter.drawLine(x, rects[0].bottom(), x, rects[-1].top())

    def waiting(self, *, current: object, held: object, focused: bool) -> None:
        """The visits without a slot."""
        for one in self.layout.waiting:
            if not one.rect.intersects(self.clip) or held == (one.row.id, 0, ""):
                continue
            self.block(one.rect, one.row)
            if current == (one.row.id, -1, ""):
                tone = "accent" if focused else "edge"
                ring = one.rect.adjusted(-2, -2, 2, 2)
                box(self.painter, ring, None, theme.colour(tone), width=theme.size.focus)

    def block(self, rect: QRect, row: VisitRow, *, mates: int = 0, floating: bool = False) -> None:
        """A visit: bar, state, what is done, customer, town, how long."""
        s = theme.size
        painter = self.painter
        icon, _word, meaning = state_words(row.state)
        over = row.state == "done"
        line = theme.colour("accent") if floating else None
        box(painter, rect, theme.colour("window" if over else "tint"), line, radius=s.radius_tag)
        painter.save()
        painter.setClipRect(
            QRectF(rect.left(), rect.top(), s.visit_bar, rect.height()), Qt.ClipOperation.IntersectClip
        )
        box(painter, rect, theme.colour("edge" if over else "accent"), radius=s.radius_tag)
        painter.restore()
        if rect.height() < theme.line("caption"):
            return
        tone = {"neutral": "text3", "note": "note", "warn": "warn", "good": "good"}.get(meaning, "accent")
        room = rect.adjusted(s.visit_bar + s.xs + 1, 0, -s.xs, 0)
        room = self._icon(room, icon, tone)
        self._block_words(room, row, mates)

    def _icon(self, room: QRect, name: str, tone: str) -> QRect:
        side = theme.size.icon_small
        if room.width() < side:
            return room
        icons.draw(self.painter, name, room.left(), room.center().y() - side // 2 + 1, tone, side)
        return room.adjusted(side + theme.size.xs, 0, 0, 0)

    def _block_words(self, room: QRect, row: VisitRow, mates: int) -> None:
        """The name first; then the pictures, the town and the time as far as there is room."""
        s = theme.size
        parts = [minutes_words(row.minutes)]
        if mates:
            parts.insert(0, _("＋{count}人").format(count=mates))
        if row.town:
            parts.insert(0, short_town(row.town))
        name = width_of(row.customer, "panel")
        pictures = work_icons(row.work)[:_MOST_ICONS]
        wide = len(pictures) * (s.icon_small + s.xs)
        if name + wide <= room.width():
            for picture in pictures:
                room = self._icon(room, picture, "accent")
        used = words(self.painter, room, row.customer, "panel", "text", LEFT)
        room = room.adjusted(used + s.icon_gap, 0, 0, 0)
        for cut in range(len(parts)):
            text = "  ".join(parts[cut:])
            if width_of(text, "caption") <= room.width():
                words(self.painter, room.adjusted(0, 1, 0, 0), text, "caption", "text2", LEFT)
                break

    # --- in front -------------------------------------------------------------------------------------

    def slots(self, slots: Sequence[Slot], chosen: int, name: str) -> None:
        """The slots that are offered, each with its number; the chosen one is filled."""
        for number, slot in enumerate(slots):
            for technician in slot.technicians or ("",):
                for span in slot.spans:
                    lane = self.layout.lane_of(span.on, technician)
                    if lane is not None:
                        rect = self.layout.rect_in(lane, span.first, span.last)
                        self._slot(rect, number, name, span.last - span.first, chosen=number == chosen)

    def _slot(self, rect: QRect, number: int, name: str, minutes: int, *, chosen: bool) -> None:
        s, painter = theme.size, self.painter
        if not rect.intersects(self.clip):
            return
        if chosen:
            box(painter, rect, theme.colour("accent"), radius=s.radius_tag)
        else:
            painter.save()
            painter.setRenderHint(Hint.Antialiasing)
            pen = QPen(theme.colour("accent"), 1.5, Qt.PenStyle.DashLine)
            pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.setBrush(theme.colour("panel"))
            painter.drawRoundedRect(
                QRectF(rect).adjusted(0.75, 0.75, -0.75, -0.75), s.radius_tag, s.radius_tag
            )
            painter.restore()
        tone = "on_accent" if chosen else "accent"
        circle = QRect(rect.left() + s.icon_gap, rect.center().y() - s.check // 2 + 1, s.check, s.check)
        numbered(painter, circle, number + 1, tone)
        room = rect.adjusted(s.icon_gap + s.check + s.icon_gap, 0, -s.xs, 0)
        text = (name or _("新しい訪問")) if chosen else _("空き")
        text = f"{text} {minutes_words(minutes)}"
        words(painter, room, text, "panel-bold" if chosen else "panel", tone, LEFT)

    def moving(self, moving: Moving, reason: str) -> QRect:
        """The block on its way: the visit itself where it may stand, else what is wrong. Where it stands."""
        rect = self.moving_rect(self.layout, moving)
        if not rect.isEmpty() and reason:
            self._impossible(rect, reason)
        elif not rect.isEmpty():
            self.block(rect, moving.row, floating=True)
            label = _("{first}〜{last}").format(first=clock(moving.span.first), last=clock(moving.span.last))
            wide = width_of(label, "caption-bold") + 2 * theme.size.xs
            tag = QRect(rect.right() - wide - 2, rect.top() + 2, wide, rect.height() - 4)
            if wide < rect.width():
                box(self.painter, tag, theme.colour("accent"), radius=theme.size.radius_tag)
                words(self.painter, tag, label, "caption-bold", "on_accent", Qt.AlignmentFlag.AlignCenter)
        return rect

    @staticmethod
    def moving_rect(layout: WeekLayout, moving: Moving) -> QRect:
        """Where a block on its way stands."""
        lane = layout.lane_of(moving.span.on, moving.technician)
        return layout.rect_in(lane, moving.span.first, moving.span.last) if lane is not None else QRect()

    def _impossible(self, rect: QRect, reason: str) -> None:
        """The reason stands on the block; where it is too short, or lies over the edge, on a larger one."""
        s, layout = theme.size, self.layout
        wide = width_of(reason, "caption") + 3 * s.icon_gap + s.icon_small
        last = layout.left + layout.width
        left, right = max(rect.left(), layout.left), min(rect.right() + 1, last)
        if right - left < wide:
            right = min(last, left + wide)
            left = max(layout.left, right - wide)
        area = QRect(left, rect.top(), right - left, rect.height())
        box(self.painter, area, theme.colour("danger_tint"), theme.colour("danger"), radius=s.radius_tag)
        room = self._icon(area.adjusted(s.icon_gap, 0, -s.xs, 0), "x", "danger")
        words(self.painter, room, reason, "caption", "danger", LEFT)


def numbered(painter: QPainter, circle: QRect, number: int, tone: str) -> None:
    """A number in a circle."""
    painter.save()
    painter.setRenderHint(Hint.Antialiasing)
    painter.setPen(QPen(theme.colour(tone), 1.2))
    painter.setBrush(QColor(0, 0, 0, 0))
    painter.drawEllipse(QRectF(circle).adjusted(0.6, 0.6, -0.6, -0.6))
    painter.restore()
    words(painter, circle, str(number), "key", tone, Qt.AlignmentFlag.AlignCenter)


def hours_head(painter: QPainter, layout: WeekLayout, height: int) -> None:
    """The hours above the grid."""
    hour = layout.x_of(layout.first + 60) - layout.left
    short = width_of(clock(layout.last), "panel") + theme.size.s > hour
    for minute in range(layout.first, layout.last + 1, 60):
        text = str(minute // 60) if short else clock(minute)
        wide = width_of(text, "panel") + 2
        x = min(layout.x_of(minute) - wide // 2, layout.left + layout.width + theme.size.l + 2 - wide)
        words(painter, QRect(x, 0, wide, height), text, "panel", "text2", LEFT, elide=False)
