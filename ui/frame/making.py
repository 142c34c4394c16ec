"""Makes the pages of the places, and leads what they ask for to the window. Each loads when it is first
needed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def make_home(window: MainWindow) -> QWidget:
    """ホーム."""
    from ui.home.leading import lead
    from ui.home.page import HomePage

    page = HomePage(window.session, window.toasts)
    lead(page, window)
    return page


def make_quotes(window: MainWindow) -> QWidget:
    """見積."""
    from ui.quotes.place import QuotationsPlace

    place = QuotationsPlace(window.session, window.toasts)
    place.contract_chosen.connect(window.open_contract)
    return place


def make_contracts(window: MainWindow) -> QWidget:
    """契約."""
    from ui.contracts.place import ContractsPlace

    place = ContractsPlace(window.session, window.toasts)
    place.customer_chosen.connect(window.open_customer)
    place.quotation_chosen.connect(window.open_quotation)
    place.quotations_wanted.connect(window.open_quotations)
    place.tariffs_wanted.connect(window.open_tariffs)
    place.visit_chosen.connect(window.open_visit)
    place.visit_wanted.connect(window.new_visit)
    return place


def make_visits(window: MainWindow) -> QWidget:
    """訪問."""
    from ui.visits.place import VisitsPlace

    place = VisitsPlace(window.session, window.toasts)
    place.customer_chosen.connect(window.open_customer)
    place.contract_chosen.connect(window.open_contract)
    place.quotation_chosen.connect(window.open_quotation)
    place.customer_wanted.connect(window.new_customer)
    place.settings_wanted.connect(window.open_settings)
    return place


def make_customers(window: MainWindow) -> QWidget:
    """顧客."""
    from ui.customers.place import CustomersPlace

    place = CustomersPlace(window.session, window.toasts)
    place.quotation_wanted.connect(window.new_quotation)
    place.quotation_chosen.connect(window.open_quotation)
    place.contract_wanted.connect(window.new_contract)
    place.contract_chosen.connect(window.open_contract)
    place.visit_wanted.connect(window.new_visit)
    place.visit_chosen.connect(window.open_visit)
    return place


def make_papers(window: MainWindow) -> QWidget:
    """書類."""
    from ui.papers.place import PapersPlace

    place = PapersPlace(window.session, window.toasts)
    place.contract_chosen.connect(window.open_contract)
    place.quotation_chosen.connect(window.open_quotation)
    place.visit_chosen.connect(window.open_visit)
    place.customer_chosen.connect(window.open_customer)
    return place


def make_tariffs(window: MainWindow) -> QWidget:
    """料金・規約."""
    from ui.tariffs.place import TariffsPlace

    place = TariffsPlace(window.session, window.toasts)
    place.quotation_wanted.connect(window.open_quotation)
    place.contract_wanted.connect(window.open_contract)
    return place


def make_settings(window: MainWindow) -> QWidget:
    """設定."""
    from ui.settings.page import SettingsPage

    page = SettingsPage(window.session, window.toasts)
    page.tariffs_wanted.connect(window.open_tariffs)
    page.reassign_wanted.connect(window.reassign_visits)
    page.record_wanted.connect(partial(open_record, window))
    return page


def open_record(window: MainWindow, kind: str, record_id: str) -> None:
    """What an entry of the audit is about."""
    opens: dict[str, Callable[[str], None]] = {
        "contract": window.open_contract,
        "customer": window.open_customer,
        "quotation": window.open_quotation,
        "visit": window.open_visit,
        "paper": window.open_paper,
    }
    opens[kind](record_id)
