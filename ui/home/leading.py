"""Where the links of Home lead in the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.home.page import HomePage
    from ui.main_window import MainWindow


def lead(page: HomePage, window: MainWindow) -> None:
    """Let every link of Home go to its place."""
    page.quotation_chosen.connect(window.open_quotation)
    page.contract_chosen.connect(window.open_contract)
    page.customer_chosen.connect(window.open_customer)
    page.quotations_wanted.connect(window.open_quotations)
    page.new_quotation_wanted.connect(window.new_quotation)
    page.applications_wanted.connect(window.open_applications)
    page.deadlines_wanted.connect(window.open_deadlines)
    page.tariffs_wanted.connect(window.open_tariffs)
    page.month_wanted.connect(window.open_month)
    page.terms_wanted.connect(window.open_terms_change)
    page.backup_wanted.connect(partial(window.open_settings, "backups"))
    page.visit_chosen.connect(window.open_visit)
    page.visits_wanted.connect(window.open_visits)
    page.visit_order_wanted.connect(window.open_visit_order)
