"""Keep those who visit: names, areas, skills, working hours, leave."""

from __future__ import annotations

from collections import Counter
from typing import Final

import msgspec

from app.errors import Problems
from app.usecases.desk import Desk
from app.usecases.differences import differences
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.visit.conflicts import LABOUR_LAW, needed_break
from app.visit.order import Technician, TechnicianFields
from app.words import _

LONGEST_NAME: Final = 60
_DAY: Final = 24 * 60


def technicians_of(desk: Desk, *, active_only: bool = False) -> list[Technician]:
    """Those who visit, in the order of the list."""
    with desk.storage.look() as work:
        return work.technicians.all(active_only=active_only)


def add_technician(desk: Desk, fields: TechnicianFields) -> Technician:
    """Store a new one. Raises UserError with everything that is wrong."""
    check_technician(fields).raise_if_any()
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.TECHNICIANS)
        stored = work.technicians.add(_tidy(fields))
        work.audit.record(who(work.settings.load()), "technician-added", stored.id, {})
        work.commit()
    return stored


def change_technician(desk: Desk, technician_id: str, version: int, fields: TechnicianFields) -> Technician:
    """Store changed fields. What is booked stays; the grid shows what stands against it now.

    Raises ConflictError; UserError with everything that is wrong.
    """
    check_technician(fields).raise_if_any()
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.TECHNICIANS)
        before = work.technicians.get(technician_id)
        stored = work.technicians.save(technician_id, version, _tidy(fields))
        detail = {"version": stored.version, "changes": differences(before.fields, stored.fields)}
        work.audit.record(who(work.settings.load()), "technician-changed", technician_id, detail)
        work.commit()
    return stored


def check_technician(fields: TechnicianFields) -> Problems:
    """Everything that is wrong, fields as in the record: name, hours, breaks (労働基準法34条), leaves."""
    problems = Problems()
    if not fields.name.strip():
        problems.add("bad-input", _("名前がありません。"), remedy=_("名前を入力してください。"), field="name")
    for name in ("name", "kana", "phone", "partner"):
        if len(getattr(fields, name)) > LONGEST_NAME:
            problems.add(
                "bad-input",
                _("文字が長すぎます。"),
                remedy=_("{most}文字以内にしてください。").format(most=LONGEST_NAME),
                field=name,
            )
    _check_hours(fields, problems)
    for place, leave in enumerate(fields.leaves):
        first = leave.from_minute if leave.from_minute is not None else 0
        last = leave.to_minute if leave.to_minute is not None else _DAY
        if leave.last < leave.first or not 0 <= first < last <= _DAY:
            problems.add(
                "bad-input",
                _("不在の終わりが始まりより前です。"),
                remedy=_("日付と時刻を確かめてください。"),
                field=f"leaves.{place}",
            )
    return problems


def _check_hours(fields: TechnicianFields, problems: Problems) -> None:
    often = Counter(one.weekday for one in fields.hours)
    for place, one in enumerate(fields.hours):
        field = f"hours.{place}"
        length = one.last - one.first
        if not 0 <= one.weekday <= 6 or often[one.weekday] > 1:
            problems.add("bad-input", _("同じ曜日が2回あります。"), field=field)
        if not 0 <= one.first < one.last <= _DAY or not 0 <= one.break_minutes < length:
            problems.add(
                "bad-input",
                _("勤務時間が正しくありません。"),
                remedy=_("始業・終業の時刻と休憩を確かめてください。"),
                field=field,
            )
            continue
        needed = needed_break(length - one.break_minutes)
        if one.break_minutes < needed:
            problems.add(
                "break",
                _("休憩が足りません。この勤務時間には{minutes}分の休憩が必要です。").format(minutes=needed),
                remedy=_("休憩を{minutes}分以上にしてください。").format(minutes=needed),
                clause=_(LABOUR_LAW),
                field=f"{field}.break_minutes",
            )


def _tidy(fields: TechnicianFields) -> TechnicianFields:
    return msgspec.structs.replace(
        fields,
        name=fields.name.strip(),
        hours=tuple(sorted(fields.hours, key=lambda one: one.weekday)),
        leaves=tuple(sorted(fields.leaves, key=lambda one: (one.first, one.last))),
    )
