"""Services are data: fields come from the price list, for the shipped services and for one nobody has seen
before.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLineEdit

from app.contract.customer import Customer
from app.places import resources
from app.quote.content import AgreedPrice, HandLine, QuotationContent, ServiceEntry
from app.tariff.catalogue import words
from tests.ui.quotes.conftest import NOW, Bench
from tests.ui.quotes.contents import prime
from ui.qt import Key
from ui.quotes.item_rows import countable
from ui.quotes.service_card import ServiceCard
from ui.quotes.tariff_forms import form_edition
from ui.widgets.choices import Choice, Switch


@pytest.mark.parametrize("code", ["mihariban", "osect", "dokodemo-prime", "mdr-ndr", "media-light"])
def test_every_service_brings_its_own_fields(bench: Bench, takahashi: Customer, code: str) -> None:
    editor = bench.open_new(takahashi.id)
    editor.content.add_service(code)
    bench.settle()
    edition = form_edition(bench.session.catalogue, code, NOW.date())
    assert edition is not None
    items = countable(edition)
    names = ["数量"] if len(items) == 1 and not items[0].quoted else [words(item.name) for item in items]
    names += [words(option.name) for option in edition.options]

    assert names
    assert [name for name in names if not bench.seen(name)] == []


def test_fifty_lines_never_hold_up_the_keyboard(
    bench: Bench, takahashi: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are made in slices: the first show makes a few, the rest follow by themselves, and all can be
    used.
    """
    lines = tuple(
        HandLine(name=f"機器{number}", unit_price=100, reason="理由", approved_by="店長")
        for number in range(12)
    )
    editor = bench.open_new()
    monkeypatch.setattr("ui.quotes.slices.SLICE_SECONDS", 0)  # a fast machine makes all of them in one
    editor.draft.put(replace(prime(takahashi), hand_lines=lines))
    assert len(bench.seen("品目")) < 12
    bench.settle()

    assert len(bench.seen("品目")) == 12
    last = bench.seen("品目")[-1]
    last.setFocus()
    bench.type("!")
    bench.settle()
    assert editor.draft.content.hand_lines[-1].name == "!機器11"


def test_options_move_the_price(bench: Bench, takahashi: Customer) -> None:
    editor = bench.open_new()
    entry = ServiceEntry(service="media-light", start=date(2026, 12, 1), items={"gateway-10": 2})
    editor.draft.put(replace(prime(takahashi), services=(entry,)))
    bench.settle()
    assert editor.priced.services[0].monthly_net == 3_000 + 2 * 9_000
    switch = bench.seen("ゲートウェイ装置の24時間機器故障対応")[0]
    assert isinstance(switch, Switch)
    assert switch.isChecked()
    switch.setFocus()
    bench.key(Key.Key_Space)

    assert editor.draft.content.services[0].options == {"gateway_24h": False}
    assert editor.priced.services[0].monthly_net == 3_000 + 2 * 6_000


def test_an_agreed_price_goes_before_the_list_when_somebody_approved(
    bench: Bench, takahashi: Customer
) -> None:
    editor = bench.open_new()
    editor.draft.put(prime(takahashi, 50))
    content = editor.draft.content
    agreed = AgreedPrice(item="id", unit_price=1_900)
    editor.draft.put(
        replace(content, services=(replace(content.services[0], agreed_prices=(agreed,)),)), "services"
    )
    bench.settle()
    assert editor.priced.problems, "without a reason and a name it is no agreement"
    reason, approver = bench.seen("理由")[0], bench.seen("承認者")[0]
    reason.setFocus()
    bench.type("複数年のご契約")
    approver.setFocus()
    bench.type("店長")
    bench.settle()

    assert editor.priced.services[0].monthly_net == 50 * 1_900
    assert not editor.priced.problems


def test_several_services_stand_below_one_another(bench: Bench, takahashi: Customer) -> None:
    editor = bench.open_new()
    editor.draft.put(prime(takahashi))
    editor.content.add_service("osect")
    bench.settle()
    assert len(editor.findChildren(ServiceCard)) == 2
    assert editor.draft.content.services[1].start == date(2026, 12, 10), "it starts with the one before"
    assert bench.seen("サービス 2")

    cards = editor.findChildren(ServiceCard)
    cards[0].removed.emit(0)
    bench.settle()
    assert [entry.service for entry in editor.draft.content.services] == ["osect"]
    service = bench.seen("サービス")[0]
    assert isinstance(service, Choice)
    assert service.value() == "osect"


def test_a_stray_arrow_key_throws_no_quantity_away(bench: Bench, takahashi: Customer) -> None:
    editor = bench.open_new()
    editor.draft.put(prime(takahashi))
    bench.settle()
    bench.seen("サービス")[0].setFocus()
    bench.key(Key.Key_Down)
    bench.key(Key.Key_Escape)

    assert editor.draft.content.services[0].items == {"id": 49}


class TestANewTariffFile:
    """A file in the owner's folder is a service on the screen."""

    @pytest.fixture
    def folders(self, tmp_path: Path) -> tuple[Path, ...]:
        shipped = resources() / "tariffs"
        text = (shipped / "mihariban.toml").read_text(encoding="utf-8")
        text = text.replace('code = "mihariban"', 'code = "neighbour"', 1)
        text = text.replace("セキュリティ機能見張り番", "となりの見張り番")
        own = tmp_path / "tariffs"
        own.mkdir()
        (own / "neighbour.toml").write_text(text, encoding="utf-8")
        return (shipped, own)

    def test_it_is_offered_and_priced(self, bench: Bench, takahashi: Customer) -> None:
        editor = bench.open_new(takahashi.id)
        choice = bench.seen("サービス")[0]
        assert isinstance(choice, Choice)
        offered = {choice.itemData(place): choice.itemText(place) for place in range(choice.count())}
        assert "となりの見張り番" in offered["neighbour"]
        editor.content.add_service("neighbour")
        bench.settle()
        quantity = bench.seen("数量")[0]
        assert isinstance(quantity, QLineEdit)
        bench.type("10")
        bench.key(Key.Key_Tab)
        bench.type("2026-12-01")
        bench.settle()

        assert editor.priced.services[0].monthly_net == 1_900


def test_an_empty_quotation_has_no_price(bench: Bench) -> None:
    editor = bench.open_new()

    assert editor.draft.content == QuotationContent()
    assert editor.prices.foot.total == "—"


def test_a_service_without_a_price_is_named_and_leads_to_its_field(bench: Bench, takahashi: Customer) -> None:
    bench.open_new()
    bench.editor.draft.put(prime(takahashi, 999_999), "services")
    bench.settle()
    prices = bench.editor.prices

    assert prices.foot.total == "—"
    assert not prices._empty.isVisible(), "all is filled in"
    assert prices._partial.title.words() == "サービスはまだ計算できません"
    assert prices._partial.detail.words() == bench.editor.priced.problems[0].what
    prices._partial.button.click()
    assert bench.focused().accessibleName() == "数量"

    bench.editor.draft.put(prime(takahashi), "services")
    bench.settle()
    assert not prices._partial.isVisible()
