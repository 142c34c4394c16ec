"""From a priced quotation to the picture of its page, on the paper worker; the newest request wins."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.papers.issuer import Settings
from app.papers.model import Images
from app.quote.priced import PricedQuotation
from app.usecases.desk import Desk
from ui.quotes.sheets import Sheet, draw_sheet
from ui.tasks import Tasks

_KEY = "preview"
# The new price is painted first; a page begun at once would fight with it for the interpreter.
_AFTER_PRICE_MS = 15


class Preview(QObject):
    """Draws the draft of what is priced, or shows an issued paper. ``drawn`` carries a Sheet."""

    drawn = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._settings = Settings()
        self._images = Images()
        self._priced: PricedQuotation | None = None
        self._issued: bytes | None = None
        self._pdf: bytes | None = None
        self._page = 0
        self._scale = 1.0
        self._paused = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_PRICE_MS)
        self._soon.timeout.connect(self._draw)

    @property
    def pdf(self) -> bytes | None:
        """The paper as last drawn."""
        return self._issued if self._issued is not None else self._pdf

    @property
    def waiting(self) -> bool:
        """Whether a change is about to be drawn."""
        return self._soon.isActive()

    @property
    def page(self) -> int:
        """The page shown, 0 = first."""
        return self._page

    def use(self, settings: Settings, images: Images) -> None:
        """Our own side of the paper."""
        self._settings, self._images = settings, images
        self._draw()

    def show_priced(self, priced: PricedQuotation) -> None:
        """Draw the draft of another state of the quotation."""
        self._priced = priced
        if self._issued is None and not self._soon.isActive():
            self._soon.start()

    def show_issued(self, pdf: bytes | None) -> None:
        """Show the exact bytes of an issued paper; None goes back to the draft."""
        if pdf is self._issued:
            return
        self._issued = pdf
        self._page = 0
        if pdf is None:
            self._soon.start()
        else:
            self._draw()

    @property
    def shows_issued(self) -> bool:
        """Whether an issued paper stands there instead of the draft."""
        return self._issued is not None

    def set_scale(self, scale: float) -> None:
        """Pixels per point of the picture."""
        if abs(scale - self._scale) > 0.001:
            self._scale = scale
            self._redraw()

    def turn(self, page: int) -> None:
        """Show another page."""
        if page != self._page and page >= 0:
            self._page = page
            self._redraw()

    def pause(self, paused: bool) -> None:
        """Draw nothing while nobody sees it; drawn again afterwards."""
        if paused != self._paused:
            self._paused = paused
            if not paused:
                self._draw()

    def _draw(self) -> None:
        if self._paused:
            return
        if self._issued is not None:
            self._redraw()
        elif self._priced is not None:
            self._tasks.paper.submit(
                _KEY,
                _draft_sheet,
                self._desk,
                self._priced,
                self._settings,
                self._images,
                self._page,
                self._scale,
                done=self._on_drawn,
                owner=self,
            )

    def _redraw(self) -> None:
        """The same paper at another scale or page."""
        pdf = self.pdf
        if pdf is None or self._paused:
            self._draw() if self._issued is None else None
            return
        self._tasks.paper.submit(
            "page", draw_sheet, pdf, self._page, self._scale, done=self._on_drawn, owner=self
        )

    def _on_drawn(self, sheet: Sheet) -> None:
        if self._issued is None:
            self._pdf = sheet.pdf
        elif sheet.pdf is not self._issued:
            return  # a draft that was still being drawn
        self._page = sheet.page
        self.drawn.emit(sheet)


def _draft_sheet(
    desk: Desk, priced: PricedQuotation, settings: Settings, images: Images, page: int, scale: float
) -> Sheet:
    from app.usecases.price_quotation import draw_preview

    return draw_sheet(draw_preview(desk, priced.content, settings, images), page, scale)
