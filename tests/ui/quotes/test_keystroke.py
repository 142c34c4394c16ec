"""A key and its price: worked out where it is typed, without waiting for anybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.contract.customer import Customer
from app.usecases.keep_quotation import open_quotation
from tests.ui.quotes.conftest import Bench
from tests.ui.quotes.contents import prime


@pytest.fixture
def held(bench: Bench, takahashi: Customer) -> Iterator[Bench]:
    """A quotation on the screen, and both workers doing nothing."""
    editor = bench.open_new()
    editor.draft.put(prime(takahashi, ids=15))
    bench.settle()
    workers = (bench.session.tasks.database, bench.session.tasks.paper)
    for worker in workers:
        worker.hold()
    yield bench
    for worker in workers:
        worker.release()


def test_the_price_follows_while_the_workers_stand_still(held: Bench) -> None:
    quantity = held.field("数量")
    quantity.setFocus()
    quantity.end(False)
    before = held.editor.prices.foot.total

    held.type("0")

    assert quantity.text() == "150"
    assert held.editor.draft.content.services[0].items == {"id": 150}
    assert held.editor.prices.foot.total != before
    # 150 IDs at 1,800 yen (別紙4: 100 to 299 IDs), a broken first month and 23 whole ones.
    assert held.editor.priced.services[0].monthly_net == 150 * 1_800


def test_keys_typed_one_after_the_other_leave_one_save_and_one_page_to_do(held: Bench) -> None:
    quantity = held.field("数量")
    quantity.setFocus()
    quantity.end(False)

    held.type("0")
    quantity.backspace()
    held.type("1")
    held.editor.leave()  # the autosave's clock runs out

    tasks = held.session.tasks
    for worker in (tasks.database, tasks.paper):
        worker.release()
    held.settle()
    stored = open_quotation(held.session.desk, held.editor.saver.slot.quotation_id).stored
    assert stored.content.services[0].items == {"id": 151}
    assert held.editor.paper.preview.pdf is not None
