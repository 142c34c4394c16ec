"""Unsaved typing: what stands in a form outlives the window, and is offered where the form is opened again.

A form says in ``give`` what stands in it, as plain values by name, and takes such values in ``take``; what it
does not know of them it passes over. ``Unsaved`` does the rest: it keeps them a moment after a key, drops
them when they were saved or thrown away, and shows ``strip`` where something was left.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.words import _, language
from ui.contracts.actions.raw import put_raw, raw_of
from ui.typist import Typist
from ui.widgets.button import Button
from ui.widgets.strips import AdviceStrip

if TYPE_CHECKING:
    from datetime import datetime

    from app.usecases.keep_typed import TypedLeft, TypedPlace
    from ui.session import Session

WAIT_MS = 400
_log = logging.getLogger(__name__)

Values = Mapping[str, Any]


class UnsavedStrip(AdviceStrip):
    """「前回の入力が残っています（11月20日 14:32）」 with 戻す (``accepted``) and 捨てる (``thrown``)."""

    thrown = Signal()

    def __init__(self) -> None:
        super().__init__(button=_("戻す"), meaning="note", icon="history")
        self.throw = Button(_("捨てる"), kind="quiet", small=True)
        self.throw.clicked.connect(self.thrown)
        box = self.layout()
        assert isinstance(box, QBoxLayout)
        box.insertWidget(box.indexOf(self.close_button), self.throw)
        self.hide()

    def tell(self, at: datetime) -> None:
        """Something of this moment is left."""
        self.set_words(_("前回の入力が残っています（{moment}）").format(moment=_moment(at)), "", _("戻す"))


class Unsaved(QObject):
    """``Unsaved(session, "note", give, take, self)``; put ``strip`` into the form, then ``open`` with what it
    is about, ``note`` after every key, ``done`` when it was saved or given up, ``leave`` when it goes from
    the screen unsaved. ``version`` grows when the meaning of a form's values changes: older ones are not
    offered then. ``found`` comes when something is offered, ``put_back`` after it was taken.
    """

    found = Signal()
    put_back = Signal()

    def __init__(
        self,
        session: Session,
        place: str,
        give: Callable[[], Values],
        take: Callable[[Values], None],
        parent: QObject,
        version: int = 1,
    ) -> None:
        super().__init__(parent)
        self._give, self._take = give, take
        self._place, self._version = place, version
        self._typist = Typist.of(session)
        self._now = session.desk.now
        self._where: TypedPlace | None = None
        self._base = self._kept = ""
        self._stands = False  # whether a row stands in the database
        self._left: list[TypedLeft] = []
        self.strip = UnsavedStrip()
        self.strip.accepted.connect(self.restore)
        self.strip.thrown.connect(self.throw_away)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.flush)
        self._typist.flush_wanted.connect(self.flush)

    # --- what the form says -----------------------------------------------------------------------

    def open(self, subject: str, base: Values | None = None, *, place: str = "") -> None:
        """The form shows what is stored (or ``base`` is that), and is about ``subject``."""
        from app.usecases.keep_typed import TypedPlace

        self.leave()
        if place:
            self._place = place
        self._where = TypedPlace(self._place, subject, self._typist.begin(self))
        self._base = self._kept = _text(base if base is not None else self._give())
        self._stands = False
        self._typist.look(self._place, subject, self._on_left, self)

    @property
    def subject(self) -> str | None:
        """What the form on the screen is about; None while it is not."""
        return self._where.subject if self._where is not None else None

    def rebase(self, base: Values | None = None) -> None:
        """What stands in the form now (or ``base``) is what is stored."""
        self._base = _text(base if base is not None else self._give())
        self.note()

    def note(self, *_what: object) -> None:
        """Something was typed. Typing on does not put it off: at most ``WAIT_MS`` can be lost."""
        if self._where is not None and not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Keep now what is not kept yet."""
        self._timer.stop()
        if self._where is None:
            return
        values = self._give()
        text = _text(values)
        if text == self._base:
            self._drop_own()
        elif text != self._kept:
            self._kept, self._stands = text, True
            self._typist.keep(self._where, self._version, json.loads(text))

    def done(self) -> None:
        """What was typed is saved, or was given up."""
        self._timer.stop()
        self._drop_own()
        self._end()

    def leave(self) -> None:
        """The form goes from the screen; what stands in it is kept."""
        if self._where is not None:
            if self._timer.isActive():
                self.flush()
            self._end()

    # --- what was left ----------------------------------------------------------------------------

    def restore(self) -> None:
        """戻す: what was left stands in the form again."""
        if not self._left:
            return
        left = self._left.pop(0)
        try:
            self._take(left.values)
        except (ValueError, LookupError, TypeError, AttributeError):
            _log.info("typing of another shape: %s", left.where.place)
        else:
            self.flush()
            self.put_back.emit()
        self._typist.drop(left.where)
        self._show_left()

    def throw_away(self) -> None:
        """捨てる: it is not wanted any more."""
        if self._left:
            self._typist.drop(self._left.pop(0).where)
            self._show_left()

    def _on_left(self, left: list[TypedLeft]) -> None:
        where = self._where
        if where is None:
            return
        gone = []
        for one in left:
            if (one.where.place, one.where.subject) != (where.place, where.subject):
                return  # another form was opened meanwhile
            text = _text(one.values)
            if text == _text(self._give()):  # it stands there already
                self.flush()
                gone.append(one.where)
            elif text == self._base:
                gone.append(one.where)
        self._typist.drop(*gone)
        self._left = [one for one in left if one.where not in gone and one.version == self._version]
        self._show_left()

    def _show_left(self) -> None:
        if self._left:
            at = self._left[0].at
            self.strip.tell(at.astimezone(self._now().tzinfo))
            self.found.emit()
        self.strip.setVisible(bool(self._left))

    def _drop_own(self) -> None:
        if self._where is not None and self._stands:
            self._typist.drop(self._where)
        self._kept, self._stands = self._base, False

    def _end(self) -> None:
        if self._where is not None:
            self._typist.end(self._where.window)
        self._where = None
        self._left = []
        self.strip.hide()


def control_values(controls: Mapping[str, QWidget]) -> dict[str, Any]:
    """What stands in controls, as typed, by name."""
    return {name: raw_of(control) for name, control in controls.items()}


def put_controls(controls: Mapping[str, QWidget], values: Values) -> None:
    """Put back what stood in controls; not an edit."""
    for name, raw in values.items():
        if name in controls:
            put_raw(controls[name], raw)


def _text(values: Values) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _moment(at: datetime) -> str:
    time = f"{at.hour}:{at.minute:02}"
    if language() == "ja":
        return f"{at.month}月{at.day}日 {time}"
    return f"{at.year}-{at.month:02}-{at.day:02} {time}"
