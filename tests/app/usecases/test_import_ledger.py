"""A ledger comes in as a whole or not at all, and goes back as a whole."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.charge.engine import charge
from app.contract.record import ContractQuery, ContractState
from app.errors import UserError
from app.usecases.bill_contract import month_of
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.import_ledger import Trial, import_ledger, imports, try_import, undo_import
from app.usecases.keep_customer import change_customer, find_customers
from app.usecases.ledger_columns import guess_columns
from app.usecases.ledger_file import read_ledger
from app.usecases.run_month import run_month
from tests.desks import new_desk
from tests.shipped import catalogue as shipped

HEADS = "管理番号,お客様名,住所,TEL,サービス名,数量,利用開始日,解約日,回線番号,異動区分,異動日"
ROWS = (
    "1,株式会社みのり食品,大阪府大阪市北区1-1,06-1111-2222,どこでもプライム,28,2026/5/20,,L-100,,",
    "1,株式会社みのり食品,,,どこでもプライム,31,,,,増設,2026/9/14",
    "2,㈱みのり食品,大阪府大阪市北区1-1,06-1111-2222,見張り番,15,2025/4/1,,L-200,,",
    "3,藤井造園,大阪府吹田市2-2,06-3333-4444,見張り番,5,2024/10/1,2026/3/31,L-300,,",
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path / "data")


def _trial(desk: Desk, folder: Path, *rows: str) -> Trial:
    path = folder / "台帳.csv"
    path.write_text("\n".join((HEADS, *rows)), encoding="utf-8")
    ledger = read_ledger(path)
    return try_import(desk, ledger, guess_columns(ledger.heads))


def _listed(desk: Desk) -> list[tuple[str, str, ContractState, int]]:
    with desk.storage.look() as work:
        rows = work.contracts.rows(work.contracts.seqs(ContractQuery(sort="number", descending=False)))
    return [(row.number, row.customer, row.state, row.quantity) for row in rows]


def test_a_trial_stores_nothing_and_an_import_everything(desk: Desk, tmp_path: Path) -> None:
    trial = _trial(desk, tmp_path, *ROWS)
    assert trial.problems == ()
    assert (len(trial.new), len(trial.contracts), trial.facts) == (2, 3, 5)
    assert _listed(desk) == []
    done = import_ledger(desk, trial)
    assert done is not None
    assert (done.customers, done.contracts, done.facts) == (2, 3, 5)
    assert _listed(desk) == [
        ("C-HM1-2611-0001", "株式会社みのり食品", ContractState.ACTIVE, 31),
        ("C-HM1-2611-0002", "株式会社みのり食品", ContractState.ACTIVE, 15),
        ("C-HM1-2611-0003", "藤井造園", ContractState.ENDED, 5),
    ]


def test_a_second_import_adds_contracts_to_the_customers_it_finds(desk: Desk, tmp_path: Path) -> None:
    import_ledger(desk, _trial(desk, tmp_path, ROWS[0]))
    trial = _trial(desk, tmp_path, ROWS[2])
    assert (len(trial.known), len(trial.new)) == (1, 0)
    namesake = ROWS[2].replace("06-1111-2222", "03-9999-9999").replace("大阪府大阪市北区1-1", "東京都港区9")
    trial = _trial(desk, tmp_path, namesake)
    assert (len(trial.new), trial.namesakes) == (1, (2,))


def test_undone_it_is_gone_from_every_list(desk: Desk, tmp_path: Path) -> None:
    done = import_ledger(desk, _trial(desk, tmp_path, *ROWS))
    assert done is not None
    undo_import(desk, done.id)
    assert _listed(desk) == []
    assert find_customers(desk, "みのり") == []
    assert [one.undone_at is not None for one in imports(desk)] == [True]
    again = import_ledger(desk, _trial(desk, tmp_path, *ROWS))  # the lines are free again
    assert again is not None


def test_undone_it_is_gone_from_the_sums_of_an_open_month(desk: Desk, tmp_path: Path) -> None:
    import_ledger(desk, _trial(desk, tmp_path, ROWS[0]))
    second = import_ledger(desk, _trial(desk, tmp_path, *ROWS[2:]))
    alone = 28 * 2_600
    assert run_month(desk, month_of("2026-11")).net > alone
    assert second is not None
    undo_import(desk, second.id)
    with desk.storage.look() as work:
        run = work.bills.run("2026-11")
        assert run is not None
        rows = work.bills.rows_of_run(run.id, "", 0, 10)
    assert (run.bills, run.net) == (1, alone)
    assert sum(row.total for row in rows) == run.total


def test_what_was_changed_since_keeps_an_import_from_being_undone(desk: Desk, tmp_path: Path) -> None:
    done = import_ledger(desk, _trial(desk, tmp_path, *ROWS))
    assert done is not None
    (found, *_rest) = find_customers(desk, "藤井造園")
    with desk.storage.look() as work:
        customer = work.customers.get(found.id)
    change_customer(desk, found.id, customer.version, msgspec.structs.replace(customer.fields, note="常連"))
    with pytest.raises(UserError) as refused:
        undo_import(desk, done.id)
    assert refused.value.code == "import-changed"
    assert len(_listed(desk)) == 3


def test_stopped_it_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    assert import_ledger(desk, _trial(desk, tmp_path, *ROWS), lambda _done, _all: False) is None
    assert _listed(desk) == []
    assert find_customers(desk, "みのり") == []


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ((ROWS[0].replace(",28,", ",4,"),), [2]),  # fewer IDs than the price list holds
        ((ROWS[0], ROWS[1].replace("2026/9/14", "2026/1/1")), [3]),  # a change before the start
        ((ROWS[3].replace("2026/3/31", "2024/1/1"),), [2]),  # an end before the start
        ((ROWS[0], ROWS[0].replace("1,", "9,", 1)), [3]),  # two contracts on one line
        ((ROWS[0], ROWS[0].replace("1,", "9,", 1).replace("5/20,,", "5/11,2026/6/1,")), [3]),  # for some days
        ((ROWS[0], ROWS[0].replace("1,", "9,", 1).replace("5/20,,", "5/11,2026/5/20,")), []),  # one after one
        ((ROWS[2], ROWS[2].replace("2,", "9,", 1)), []),  # its terms allow several
    ],
)
def test_what_cannot_have_happened_is_told_by_row(
    desk: Desk, tmp_path: Path, rows: tuple[str, ...], wrong: list[int]
) -> None:
    trial = _trial(desk, tmp_path, *rows)
    assert sorted({problem.row for problem in trial.problems}) == wrong
    assert all(problem.field and problem.found in rows[-1] for problem in trial.problems)
    if not wrong:
        return
    with pytest.raises(UserError) as refused:
        import_ledger(desk, trial)
    assert refused.value.code == "import-has-problems"
    assert _listed(desk) == []


def test_a_line_that_is_taken_is_told_before_anything_is_stored(desk: Desk, tmp_path: Path) -> None:
    import_ledger(desk, _trial(desk, tmp_path, ROWS[0]))
    trial = _trial(desk, tmp_path, ROWS[0].replace("1,", "9,", 1))
    assert [("C-HM1-2611-0001" in one.what, one.clause) for one in trial.problems] == [(True, "6条1項")]


def test_how_a_contract_is_paid_comes_with_its_start(desk: Desk, tmp_path: Path) -> None:
    """Otherwise the fees of invoices would never be charged of what a ledger brought."""
    path = tmp_path / "台帳.csv"
    path.write_text(
        "管理番号,お客様名,住所,区分,サービス名,数量,利用開始日,回線種別,支払方法\n"
        "1,藤井造園,大阪府吹田市2-2,個人事業主,見張り番,5,2024/10/1,光コラボ,請求書\n",
        encoding="utf-8",
    )
    ledger = read_ledger(path)
    trial = try_import(desk, ledger, guess_columns(ledger.heads))
    assert (trial.problems, trial.facts) == ((), 1)
    import_ledger(desk, trial)
    with desk.storage.look() as work:
        (seq,) = work.contracts.seqs(ContractQuery())
        stored = work.contracts.get(work.contracts.rows([seq])[0].id)
    assert sum(line.amount for line in charge(stored.timeline, shipped(), month_of("2026-11"))) == 950 + 200


def test_months_before_the_import_were_billed_elsewhere(desk: Desk, tmp_path: Path) -> None:
    """A desk that closed October imports in November: nothing of the past is billed again."""

    def month(text: str) -> tuple[int, str]:
        run = run_month(desk, month_of(text), lambda _progress: True)
        close_month(desk, run.id, run.version)
        with desk.storage.look() as work:
            bills = work.bills.bills_of_run(run.id, 0, 10)
        names = [line.name for bill in bills for line in bill.content.lines]
        return sum(bill.total for bill in bills), " ".join(names)

    assert month("2026-10") == (0, "")
    trial = _trial(desk, tmp_path, ROWS[2])
    assert trial.billed_from == "2026-11"
    import_ledger(desk, trial)
    total, names = month("2026-11")
    assert total == 15 * 190 * 11 // 10
    assert "調整" not in names


def test_without_a_code_of_the_desk_nothing_is_imported(desk: Desk, tmp_path: Path) -> None:
    trial = _trial(desk, tmp_path, *ROWS)
    with desk.storage.work() as work:
        work.settings.save(msgspec.structs.replace(work.settings.load(), desk_code=""))
        work.commit()
    with pytest.raises(UserError) as refused:
        import_ledger(desk, trial)
    assert refused.value.code == "no-desk-code"
    assert _listed(desk) == []
