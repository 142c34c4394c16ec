"""What is typed and ticked on site, before it is recorded. It outlives the page, for this sitting."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction
from typing import Literal

from msgspec.structs import replace
from PySide6.QtCore import QObject

from app.errors import UserError
from app.usecases.work_on_site import beyond_signature
from app.visit.found_work import as_done
from app.visit.order import Begun, Device, DeviceKind, StoredVisit, Tick, VisitContent, VisitState
from app.visit.pricing import PricedVisit
from app.visit.visit_life import last_report, report_signature, signed_before
from app.visit.volume import read_volume, volume_text
from app.words import _
from ui.session import Session
from ui.visits.onsite.strokes import Strokes, is_signed
from ui.visits.states_strip import StripStep

Result = Literal["done", "partly", "not-done"]


class Step(IntEnum):
    """The steps on site, in their order."""

    ARRIVE = 0  # 到着
    BEFORE = 1  # 作業前確認
    WORK = 2  # 作業
    REPORT = 3  # 報告・署名
    DONE = 4  # 完了


@dataclass
class Signing:
    """A signature being given: on the screen, or on paper with the reason."""

    name: str = ""
    strokes: Strokes = ()
    on_paper: bool = False
    why: str = ""

    @property
    def given(self) -> bool:
        """Whether name and signature (or the reason for paper) are there."""
        return bool(self.name.strip()) and (
            bool(self.why.strip()) if self.on_paper else is_signed(self.strokes)
        )


@dataclass
class OnSiteDraft:
    """One visit on site. ``volumes`` are as typed, by device; ``agreed_net``: the changed price the customer
    agreed to; ``ordered``: the content as it was agreed before the work.
    """

    ordered: VisitContent | None = None
    base: tuple[Device, ...] = ()  # the devices as they were stored when the draft last met them
    devices: tuple[Device, ...] = ()
    ticks: dict[tuple[str, str], Tick] = field(default_factory=dict)
    begun: dict[tuple[str, str], int | None] = field(default_factory=dict)  # begun, and no result yet
    volumes: dict[str, str] = field(default_factory=dict)
    points: set[str] = field(default_factory=set)
    before: Signing = field(default_factory=Signing)
    after: Signing = field(default_factory=Signing)
    notes: str = ""
    agreed_net: int | None = None
    step: Step = Step.ARRIVE

    # --- work ---------------------------------------------------------------------------------------

    def tick(self, device: str, menu: str) -> Tick | None:
        """What was ticked of a piece of work."""
        return self.ticks.get((device, menu))

    def set_result(self, device: str, menu: str, result: Result) -> None:
        """完了, 一部 or 未実施."""
        held = self.ticks.get((device, menu)) or self._begun_tick(device, menu)
        self.ticks[device, menu] = replace(held, result=result)

    def _begun_tick(self, device: str, menu: str) -> Tick:
        return Tick(device=device, menu=menu, result="done", first=self.begun.get((device, menu)))

    def set_why(self, device: str, menu: str, why: str) -> None:
        """Why it was not finished; kept also when the result changes, so that nothing typed is lost."""
        held = self.ticks.get((device, menu))
        if held is not None:
            self.ticks[device, menu] = replace(held, why=why)

    def set_time(self, device: str, menu: str, which: Literal["first", "last"], minute: int | None) -> None:
        """When it began or ended. An end without a result says it is done."""
        held = self.ticks.get((device, menu))
        if held is None and which == "first":
            self.begun[device, menu] = minute
            return
        held = held or self._begun_tick(device, menu)
        self.ticks[device, menu] = (
            replace(held, first=minute) if which == "first" else replace(held, last=minute)
        )

    def device(self, device_id: str) -> Device:
        """A device by its id."""
        return next(one for one in self.devices if one.id == device_id)

    def change_device(self, device: Device) -> None:
        """Another state of a device."""
        self.devices = tuple(device if one.id == device.id else one for one in self.devices)

    def add_device(self, kind: DeviceKind, name: str, menu: str) -> Device:
        """A device that was not on the order."""
        taken = {one.id for one in self.devices}
        new = next(f"s{n}" for n in range(1, len(taken) + 2) if f"s{n}" not in taken)
        added = Device(id=new, kind=kind, name=name.strip(), menu=(menu,))
        self.devices += (added,)
        return added

    def add_work(self, device_id: str, menu: str) -> None:
        """Something more to do on a device."""
        device = self.device(device_id)
        if menu not in device.menu:
            self.change_device(replace(device, menu=(*device.menu, menu)))

    def drop_work(self, device_id: str, menu: str) -> None:
        """Take back work that was added on site; a device without work goes too."""
        device = self.device(device_id)
        left = tuple(one for one in device.menu if one != menu)
        self.ticks.pop((device_id, menu), None)
        if left:
            self.change_device(replace(device, menu=left))
        else:
            self.devices = tuple(one for one in self.devices if one.id != device_id)

    def follow(self, stored: tuple[Device, ...]) -> None:
        """Take over what the desk changed meanwhile; what was changed on site stays."""
        was = {one.id: one for one in self.base}
        mine = {one.id: one for one in self.devices}
        followed = [
            _merged(one, was.get(one.id), mine.get(one.id))
            for one in stored
            if one.id not in was or one.id in mine  # else it was taken away on site
        ]
        there = {one.id for one in stored}
        added = [one for one in self.devices if one.id not in was and one.id not in there]
        self.devices, self.base = (*followed, *added), stored

    # --- what was signed ----------------------------------------------------------------------------

    def agreed(self, visit: StoredVisit) -> bool:
        """Whether the customer signed before the work, and for everything that erases something."""
        return signed_before(visit.events) is not None and not beyond_signature(visit, self.devices)

    def sign_again(self, visit: StoredVisit) -> None:
        """The signature that was given covers not all of the work: it is asked for anew, and what it is
        for.
        """
        signed = signed_before(visit.events)
        if signed is None or self.agreed(visit):
            return
        if (self.before.strokes, self.before.why) == (signed.strokes, signed.on_paper):
            self.before = Signing(signed.name)
            self.points = set()

    def reported(self, before: StoredVisit, now: StoredVisit) -> None:
        """A report was frozen: what was drawn under another one does not stand under this."""
        was, report = last_report(before.events), last_report(now.events)
        if was is not None and report is not None and was.sha256 != report.sha256:
            self.after = Signing(self.after.name)

    @staticmethod
    def fixed(visit: StoredVisit, priced: PricedVisit | None) -> bool:
        """Whether the report is signed and costs what was signed: then nothing changes any more. Where
        tariffs or the free visit changed since, it is reported and signed anew.
        """
        report = last_report(visit.events)
        if report is None or report_signature(visit.events) is None:
            return False
        return priced is None or priced.net == report.net

    # --- what it comes to ---------------------------------------------------------------------------

    def volume(self, device: Device) -> tuple[Fraction | None, UserError | None]:
        """The volume found on a device, as typed; None while nothing was typed."""
        text = self.volumes.get(device.id, "").strip()
        if not text:
            return None, None
        try:
            return read_volume(text), None
        except UserError as error:
            return None, error

    def found(self, content: VisitContent) -> VisitContent:
        """The content as it was found: devices added and dropped, backup asked for."""
        return replace(content, devices=self.devices)

    def all_ticks(self) -> tuple[Tick, ...]:
        """The ticks of the work that stands, in its order, with the volumes found."""
        found = []
        for device in self.devices:
            volume, _wrong = self.volume(device)
            for menu in dict.fromkeys(device.menu):
                held = self.ticks.get((device.id, menu))
                if held is None:
                    continue
                text = volume_text(volume) if volume is not None and menu == "data-migration" else None
                why = held.why.strip() if held.result != "done" else ""
                found.append(replace(held, why=why, data_gb=text))
        return tuple(found)

    def done(self, content: VisitContent) -> VisitContent:
        """The content as far as it was done, which is what is charged."""
        return as_done(replace(self.found(content), devices=self._with_volumes()), self.all_ticks())

    def _with_volumes(self) -> tuple[Device, ...]:
        """Devices as priced while no result was ticked: a volume that was found counts at once."""
        made = []
        for device in self.devices:
            volume, _wrong = self.volume(device)
            made.append(replace(device, data_gb=volume_text(volume)) if volume is not None else device)
        return tuple(made)


def _merged(stored: Device, was: Device | None, mine: Device | None) -> Device:
    """A device as the desk has it now, with the work added or taken back and the backup asked for on site."""
    if was is None or mine is None:
        return stored
    added = [menu for menu in mine.menu if menu not in was.menu and menu not in stored.menu]
    backup = mine.backup if mine.backup != was.backup else stored.backup
    kept = [menu for menu in stored.menu if menu not in was.menu or menu in mine.menu]
    return replace(stored, menu=(*kept, *added), backup=backup)


def draft_of(visit: StoredVisit) -> OnSiteDraft:
    """Where a visit stands on site, from what is recorded."""
    report = last_report(visit.events)
    draft = OnSiteDraft(
        ordered=visit.content,
        base=visit.content.devices,
        devices=report.devices if report else visit.content.devices,
        step=step_of(visit),
    )
    if report is not None:
        draft.ticks = {(tick.device, tick.menu): tick for tick in report.ticks}
        draft.volumes = {tick.device: f"{tick.data_gb}GB" for tick in report.ticks if tick.data_gb}
        draft.notes, draft.agreed_net = report.notes, report.net
    agreed = signed_before(visit.events)
    if agreed is not None:
        draft.points = set(agreed.agreed)
        draft.before = Signing(agreed.name, agreed.strokes, bool(agreed.on_paper), agreed.on_paper)
        draft.after.name = agreed.name
    else:
        draft.before.name = visit.content.place.person
    signed = report_signature(visit.events)
    if signed is not None:
        draft.after = Signing(signed.name, signed.strokes, bool(signed.on_paper), signed.on_paper)
    return draft


def step_of(visit: StoredVisit) -> Step:
    """The step that comes next."""
    if visit.state is VisitState.DONE:
        return Step.DONE
    if not any(isinstance(one, Begun) for one in visit.events):
        return Step.ARRIVE
    if signed_before(visit.events) is None:
        return Step.BEFORE
    return Step.WORK if last_report(visit.events) is None else Step.REPORT


def sign_again_words() -> tuple[str, str]:
    """What to say when work that erases something was added: it is signed for before it is done."""
    return (
        _("データが消えるおそれのある作業が加わりました。"),
        _("作業の前に「前へ」で作業前確認に戻り、もう一度確認と署名をお願いしてください。"),
    )


def next_words(step: Step, *, signed: bool) -> str:
    """What the button says that leads on."""
    return {
        Step.ARRIVE: _("到着・作業を開始"),
        Step.BEFORE: _("確認を終えて作業へ"),
        Step.WORK: _("報告の内容を確定する"),
        Step.REPORT: _("完了にする") if signed else _("署名を受けて完了する"),
        Step.DONE: _("訪問のページへ"),
    }[step]


def strip_of(here: Step) -> tuple[StripStep, ...]:
    """The steps as the strip shows them."""
    names = (_("到着"), _("作業前確認"), _("作業"), _("報告・署名"), _("完了"))
    last = here is Step.DONE
    return tuple(
        StripStep(name, "", "done" if place < here or last else "now" if place == here else "ahead")
        for place, name in enumerate(names)
    )


class KeptDrafts(QObject):
    """The drafts of this sitting, by visit, found by ``of``."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._kept: dict[str, OnSiteDraft] = {}

    @classmethod
    def of(cls, session: Session) -> KeptDrafts:
        """The one of a sitting."""
        found = next((one for one in session.children() if isinstance(one, cls)), None)
        return found if found is not None else cls(session)

    def draft(self, visit: StoredVisit) -> OnSiteDraft:
        """What was typed of a visit, or what is recorded. Steps recorded meanwhile are gone past."""
        held = self._kept.get(visit.id)
        if held is None:
            held = self._kept[visit.id] = draft_of(visit)
        held.follow(visit.content.devices)
        held.step = max(held.step, step_of(visit))
        return held

    def forget(self, visit_id: str) -> None:
        """It was recorded to its end, or given up."""
        self._kept.pop(visit_id, None)
