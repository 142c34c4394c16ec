"""Leaving a place, or the window: what was typed there and is not stored is asked about first."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from app.words import _

if TYPE_CHECKING:
    from ui.contracts.place import ContractsPlace
    from ui.customers.place import CustomersPlace
    from ui.main_window import MainWindow
    from ui.papers.place import PapersPlace
    from ui.quotes.place import QuotationsPlace
    from ui.tariffs.place import TariffsPlace
    from ui.visits.place import VisitsPlace


def come_by_rail(window: MainWindow, code: str) -> None:
    """Go to a place; from the place itself its rail entry, or key, leads back to its first page."""
    if code != window.here or window.stack.currentWidget() is not window.page(code):
        window.go(code)
        return
    window.go(code)  # marks it in the rail, and gives the keys where nothing leads back
    backs = {
        "quotes": _back_to_quotations,
        "contracts": _back_to_contracts,
        "visits": _back_to_visits,
        "customers": _back_to_customers,
        "papers": _back_to_papers,
        "tariffs": _back_to_tariffs,
    }
    if code in backs:
        backs[code](window)


def _back_to_quotations(window: MainWindow) -> None:
    place = cast("QuotationsPlace", window.page("quotes"))
    if place.currentWidget() is not place.list:
        place.show_list()  # what was typed is stored


def _back_to_papers(window: MainWindow) -> None:
    place = cast("PapersPlace", window.page("papers"))
    if place.currentWidget() is not place.list:
        place.show_list()


def _back_to_contracts(window: MainWindow) -> None:
    place = cast("ContractsPlace", window.page("contracts"))
    if place.currentWidget() is place.list:
        return
    if place.unsaved:
        if not _may_drop(window, _("登録していない契約の入力があります")):
            return
        if place.contract is not None:
            place.contract.close_panel()
    window.toasts.close()
    place.show_list()


def _back_to_visits(window: MainWindow) -> None:
    place = cast("VisitsPlace", window.page("visits"))
    if place.currentWidget() is place.week:
        return
    visit = place.visit  # what was typed beside the week stays there
    if visit is not None and place.currentWidget() is visit and visit.unsaved:
        if not _may_drop(window, _("保存していない訪問の入力があります")):
            return
        visit.close_panel()
    window.toasts.close()
    place.show_week()


def _back_to_customers(window: MainWindow) -> None:
    place = cast("CustomersPlace", window.page("customers"))
    if place.form is not None and place.currentWidget() is place.form:
        place.form.leave()  # asks on its own page
    elif place.currentWidget() is not place.list:
        place.show_list()


def _back_to_tariffs(window: MainWindow) -> None:
    place = cast("TariffsPlace", window.page("tariffs"))
    if place.currentWidget() is place.page:
        return
    if place.adding is not None and place.currentWidget() is place.adding:
        place.adding.touched.stop()
    place.show_page()


def _may_drop(window: MainWindow, title: str) -> bool:
    """Ask whether what was typed at a place may be dropped on the way back."""
    from ui.confirm_dialog import ConfirmDialog

    return ConfirmDialog.ask(
        window,
        title,
        _("このまま戻ると、入力した変更は失われます。"),
        _("捨てて戻る"),
        danger=True,
        refuse=_("編集に戻る"),
    )


# --- closing the window ----------------------------------------------------------------------------------


def may_close(window: MainWindow) -> bool:
    """Whether nothing typed would be lost, or somebody said it may be; quotations are stored."""
    made = window.pages_made
    if "quotes" in made:
        cast("QuotationsPlace", made["quotes"]).leave()
    if "customers" in made and cast("CustomersPlace", made["customers"]).unsaved:
        return _may_lose(window, "customers", _("保存していない顧客の変更があります"))
    if "contracts" in made and cast("ContractsPlace", made["contracts"]).unsaved:
        return _may_lose(window, "contracts", _("登録していない契約の入力があります"))
    if "visits" in made and cast("VisitsPlace", made["visits"]).unsaved:
        return _may_lose(window, "visits", _("保存していない訪問の入力があります"))
    return True


def _may_lose(window: MainWindow, place: str, title: str) -> bool:
    """Ask whether what was typed at a place may be lost."""
    from ui.confirm_dialog import ConfirmDialog

    window.go(place)
    return ConfirmDialog.ask(
        window,
        title,
        _("このまま閉じると、入力した変更は失われます。"),
        _("変更を捨てて閉じる"),
        danger=True,
        refuse=_("編集に戻る"),
    )
