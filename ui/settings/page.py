"""設定: the sections, the saving of what changes in them, and beside the company what a paper looks like."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.papers.issuer import Settings
from app.usecases.desk import Desk
from app.usecases.permissions import Act
from app.words import _, pgettext
from ui import icons
from ui.operations.settings import save_image, save_settings
from ui.qt import LEFT, Focus, Key, Policy
from ui.session import Session
from ui.settings.letterhead import Letterhead
from ui.settings.section import SettingsSection
from ui.theme import theme
from ui.widgets.hovering import Hovering
from ui.widgets.layout import column, holding, on_surface, rule, scrolling
from ui.widgets.paint import box, words
from ui.widgets.strips import AdviceStrip, BusyBar, Toasts
from ui.widgets.text import Label

if TYPE_CHECKING:
    from ui.settings.audit import AuditSection
    from ui.settings.company import CompanySection
    from ui.settings.readings import ReadingsSection
    from ui.settings.technicians import TechniciansSection


_ACTS = {"technicians": Act.TECHNICIANS}
_OWN_RULES = frozenset({"staff", "data", "look", "readings", "backups", "examination", "audit"})


@dataclass(frozen=True)
class Part:
    """A section: its code, which is its module's name, its icon and word, and its class."""

    code: str
    icon: str
    word: str
    kind: str

    def make(self, session: Session) -> SettingsSection:
        """The section itself; its module loads with it."""
        made: SettingsSection = getattr(import_module(f"ui.settings.{self.code}"), self.kind)(session)
        return made


class Pictures(NamedTuple):
    """Logo and seal as stored."""

    logo: bytes | None = None
    seal: bytes | None = None


def read_images(desk: Desk) -> Pictures:
    """On the database worker: logo and seal; and what the letterhead is drawn from, loaded where it holds
    nobody up.
    """
    import_module("app.papers.parts")
    from app.usecases.price_quotation import load_images

    images = load_images(desk)
    return Pictures(images.logo, images.seal)


def _parts() -> list[Part]:
    return [
        Part("company", "building-2", _("会社"), "CompanySection"),
        Part("desk", "store", _("窓口"), "DeskSection"),
        Part("staff", "users", _("担当者"), "StaffSection"),
        Part("papers", "files", pgettext("place", "書類"), "PapersSection"),
        Part("services", "package", _("取扱サービス"), "ServicesSection"),
        Part("technicians", "wrench", pgettext("heading", "技術者"), "TechniciansSection"),
        Part("visit_times", "clock", _("訪問の時間"), "VisitTimesSection"),
        Part("closed_days", "calendar-x", pgettext("heading", "休業日"), "ClosedDaysSection"),
        Part("readings", "scale", _("解釈"), "ReadingsSection"),
        Part("look", "languages", _("表示と言語"), "LookSection"),
        Part("data", "database", _("データ"), "DataSection"),
        Part("backups", "hard-drive", _("控え"), "BackupsSection"),
        Part("examination", "clipboard-check", _("点検"), "ExaminationSection"),
        Part("audit", "history", _("操作の記録"), "AuditSection"),
    ]


class _PartButton(Hovering, QAbstractButton):
    """A line of the menu at the left."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self.part = part
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Focus.StrongFocus)
        self.setFixedHeight(theme.size.popup_row)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setAccessibleName(part.word)

    def keyPressEvent(self, event: object) -> None:
        key = getattr(event, "key", int)()
        if key in {Key.Key_Return, Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        here = self.isChecked()
        if here or self._hovered:
            box(painter, self.rect(), theme.colour("tint" if here else "hover"))
        if self.hasFocus():
            box(painter, self.rect(), None, theme.colour("accent"), width=s.focus)
        tone = "accent" if here else "text2"
        icons.draw(painter, self.part.icon, s.m, (self.height() - s.icon) // 2, tone, s.icon)
        room = self.rect().adjusted(s.m + s.icon + s.s, 0, -s.s, 0)
        words(painter, room, self.part.word, "body-bold" if here else "body", tone if here else "text", LEFT)


class SettingsPage(QWidget):
    """Sections are made when somebody first goes there. What changes is checked and stored at once.

    `tariffs_wanted` asks for the place 料金・規約, where readings are switched; `reassign_wanted` for the visits
    of a technician (id) on a day to go to somebody else.
    """

    tariffs_wanted = Signal(str)
    reassign_wanted = Signal(str, object)
    record_wanted = Signal(str, str)  # kind and id of what an entry of the audit is about

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self.session = session
        self._toasts = toasts
        self._saving = False
        self._again = False
        self._images = Pictures()
        self.sections: dict[str, SettingsSection] = {}
        self.parts = _parts()
        self._buttons = {part.code: _PartButton(part) for part in self.parts}
        self._areas: dict[str, QScrollArea] = {}
        self.stack = QStackedWidget()
        self.letterhead = Letterhead(session.today)
        self.state = Label("", "panel", "text2")
        self.busy = BusyBar()
        self.refused = AdviceStrip(icon="lock")
        self.refused.hide()
        self._build()
        for button in self._buttons.values():
            button.clicked.connect(self._on_part)
        session.settings_changed.connect(self._on_settings)
        session.hub.look(read_images, done=self._on_images, owner=self)
        QTimer.singleShot(0, self, self._begin)

    def _build(self) -> None:
        s = theme.size
        head_box = QHBoxLayout()
        head_box.setContentsMargins(s.l, 0, s.l, 0)
        head_box.setSpacing(s.m)
        head_box.addWidget(Label(_("設定"), "title"))
        head_box.addWidget(self.state)
        head_box.addStretch(1)
        head = holding(head_box, "panel", "bottom")
        head.setFixedHeight(s.page_head)
        menu = holding(column(*self._buttons.values(), None, pad="s"), "panel")
        menu.setFixedWidth(s.settings_menu)
        self.preview = self._make_preview()
        body = QHBoxLayout()
        body.setSpacing(0)
        for part in (menu, rule(down=True)):
            body.addWidget(part)
        body.addWidget(self.stack, 1)
        body.addWidget(self.preview)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(head)
        outer.addWidget(self.busy)
        outer.addWidget(self.refused)
        outer.addLayout(body, 1)

    def _make_preview(self) -> QFrame:
        s = theme.size
        preview = holding(
            column(Label(_("書類の見え方"), "caption", "text2"), self.letterhead, None, gap="s", pad="l"),
            "sunken",
            "left",
        )
        preview.setFixedWidth(s.side_panel)
        self.letterhead.setMaximumHeight(theme.ems(34))
        return preview

    # --- sections ---

    @property
    def here(self) -> str:
        """The code of the section shown."""
        return next(
            (code for code, button in self._buttons.items() if button.isChecked()), self.parts[0].code
        )

    def _begin(self) -> None:
        """The first section, a turn of events after the page itself, unless another was asked for."""
        if not self.sections:
            self.show_section(self.here)

    def arrive(self) -> None:
        """Somebody came here by the rail: the arrow keys walk the sections."""
        self._buttons[self.here].setFocus()

    def show_section(self, code: str) -> None:
        """Go to a section."""
        if code not in self._buttons:
            return
        if code not in self.sections:
            part = next(part for part in self.parts if part.code == code)
            section = part.make(self.session)
            section.show_settings(self.session.settings)
            section.edited.connect(self._on_edited)
            self.sections[code] = section
            self._areas[code] = scrolling(section)
            self._areas[code].setAccessibleName(part.word)
            self.stack.addWidget(self._areas[code])
            self._connect_section(code, section)
        self._permit(code)
        self.stack.setCurrentWidget(self._areas[code])
        if self.window().focusWidget() in self._buttons.values():  # also before the window is shown
            self._buttons[code].setFocus()  # one mark in the menu, not two
        self._buttons[code].setChecked(True)
        self._fold()

    def _permit(self, code: str) -> None:
        """Somebody who may not change a section reads it, and who may."""
        reason = "" if code in _OWN_RULES else self.session.refusal(_ACTS.get(code, Act.SETTINGS))
        self.refused.set_words(reason)
        self.refused.setVisible(bool(reason))
        self.sections[code].setEnabled(not reason)

    def _connect_section(self, code: str, section: SettingsSection) -> None:
        if code == "readings":
            cast("ReadingsSection", section).tariffs_wanted.connect(self.tariffs_wanted)
        elif code == "technicians":
            cast("TechniciansSection", section).reassign_wanted.connect(self.reassign_wanted)
        elif code == "audit":
            audit = cast("AuditSection", section)
            audit.record_wanted.connect(self.record_wanted)
            audit.told.connect(self._toasts.show_message)
        elif code == "company":
            company = cast("CompanySection", section)
            company.image_chosen.connect(self._on_image)
            company.typed.connect(self._draw_letterhead)
            self._show_images(company)

    def _on_part(self) -> None:
        self.show_section(self.here)

    def _fold(self) -> None:
        s = theme.size
        wide = self.width() >= s.settings_menu + s.form_width + s.side_panel
        self.preview.setVisible(wide and self.here in {"company", "desk", "staff"})

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    # --- saving ---

    def collected(self) -> Settings:
        """The settings as they stand on the screen."""
        settings = self.session.settings
        for section in self.sections.values():
            settings = section.collect(settings)
        return settings

    def _on_edited(self) -> None:
        if self.session.standing is None:
            return
        self._draw_letterhead()
        if self._saving:
            self._again = True
            return
        settings = self.collected()
        if settings == self.session.settings:
            self._clear_errors()
            return
        self._saving = True
        self.busy.start()
        self.session.hub.run(
            save_settings,
            settings,
            done=self._on_saved,
            failed=self._on_refused,
            ended=self._on_ended,
            owner=self,
        )

    def _on_ended(self) -> None:
        self._saving = False
        self.busy.stop()

    def _finished(self) -> None:
        if self._again:
            self._again = False
            self._on_edited()

    def _on_saved(self, settings: Settings) -> None:
        self.session.take_settings(settings)
        self._clear_errors()
        self.state.set_text(_("保存しました"))
        self.state.set_tone("text2")
        self._finished()

    def _on_refused(self, error: UserError) -> None:
        lefts = [section.show_refusal(error) for section in self.sections.values()]
        left = [one for one in lefts[0] if all(one in other for other in lefts)] if lefts else []
        told = _("{count}か所を直すと保存されます").format(count=len(error.problems))
        self.state.set_text(" ".join(left) if len(left) == len(error.problems) else told)
        self.state.set_tone("danger")
        if error.code == "conflict":
            self.session.read()
        self._finished()

    def _clear_errors(self) -> None:
        for section in self.sections.values():
            section.clear_errors()

    def _on_settings(self) -> None:
        if not self._saving and not self._unstored():
            for section in self.sections.values():
                section.show_settings(self.session.settings)
        if self.here in self.sections:
            self._permit(self.here)
        self._draw_letterhead()

    def _unstored(self) -> bool:
        return any(field.error for section in self.sections.values() for field in section.fields.values())

    def _on_image(self, name: str, data: bytes | None) -> None:
        self._images = self._images._replace(**{name: data})
        self.session.hub.run(save_image, name, data, done=self._on_saved, failed=self._on_refused, owner=self)

    def _on_images(self, images: Pictures) -> None:
        self._images = images
        company = self.sections.get("company")
        if company is not None:
            self._show_images(cast("CompanySection", company))
        self._draw_letterhead()

    def _show_images(self, company: CompanySection) -> None:
        company.logo.set_data(self._images.logo)
        company.seal.set_data(self._images.seal)
        company.show_doubts()

    def _draw_letterhead(self) -> None:
        settings = self.collected() if self.session.standing is not None else self.session.settings
        self.letterhead.show_settings(settings, self._images.logo, self._images.seal)

    def hideEvent(self, event: QHideEvent) -> None:
        focus = self.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()  # leaving a field stores it
        super().hideEvent(event)
