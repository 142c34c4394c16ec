"""Files of the owner's own: checked, added, taken away and put back on a real desk; readings switched; and
which stored quotations that touches.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from app.contract.customer import CustomerFields
from app.contract.record import Application, ContractContent
from app.errors import EnvironmentProblem, UserError
from app.places import resources
from app.quote.content import QuotationContent, ServiceEntry
from app.quote.stored import StoredQuotation
from app.tariff.catalogue import Catalogue
from app.usecases.choose_reading import STANDARD, choose_reading, chosen
from app.usecases.compare_revision import changes_since
from app.usecases.desk import Desk
from app.usecases.find_touched import find_touched, live_quotations, touched_words
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_application import start_application
from app.usecases.keep_customer import register_customer
from app.usecases.keep_quotation import open_quotation, start_quotation
from app.usecases.keep_tariffs import add_file, check_file, put_back, remove_file
from app.usecases.open_contract import open_contract
from app.usecases.price_quotation import price_content
from app.usecases.refresh_standings import refresh_standings
from db.audit import AuditTable
from db.tables import audit
from tests.app.tariff.small import SMALL
from tests.desks import new_desk
from tests.shipped import request
from tests.tariff_files import prime_from, written

SHIPPED = resources("tariffs")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The owner's folder, not there yet."""
    return tmp_path / "own" / "tariffs"


@pytest.fixture
def desk(data: Path, own: Path) -> Iterator[Desk]:
    made = new_desk(data)
    made.take_catalogue(Catalogue((SHIPPED, own)))
    yield made
    made.storage.close()


def stored(desk: Desk, ids: int, start: date, *, name: str = "髙橋精工株式会社") -> StoredQuotation:
    entry = ServiceEntry(service="dokodemo-prime", start=start, items={"id": ids})
    content = QuotationContent(services=(entry,))
    customer = content.customer
    return start_quotation(desk, replace(content, customer=replace(customer, name=name)))


def audited(desk: Desk) -> list[str]:
    with desk.storage.look() as work:
        assert work.audit.check() == []
        trail = cast("AuditTable", work.audit)
        links = trail._connection.execute(sa.select(audit.c.what).order_by(audit.c.seq))
        return [str(what) for (what,) in links]


def test_a_good_file_is_copied_and_prices_from_its_first_day(desk: Desk, own: Path, tmp_path: Path) -> None:
    file = check_file(desk, prime_from(tmp_path, date(2027, 4, 1), "price = 3000", "price = 3100"))
    assert file.problems == ()
    assert not file.new
    kept = add_file(desk, file)
    assert kept == own / "dokodemo-prime-2027-04-01.toml"
    assert kept.read_bytes() == file.data
    before = desk.catalogue.edition("dokodemo-prime", date(2027, 3, 31)).items[0].tiers[0].price
    after = desk.catalogue.edition("dokodemo-prime", date(2027, 4, 1)).items[0].tiers[0].price
    assert (before, after) == (3000, 3100)
    assert audited(desk)[-1] == "tariff-added"
    assert Catalogue((SHIPPED, own)).service("dokodemo-prime").editions[-1].start == date(2027, 4, 1)


def test_the_edition_before_a_new_one_is_the_last_with_prices(desk: Desk, tmp_path: Path) -> None:
    file = check_file(desk, prime_from(tmp_path, date(2027, 4, 1)))
    before = file.predecessor(file.editions[0])
    assert before is not None
    assert before.start == date(2026, 5, 11)
    assert check_file(desk, written(tmp_path, SMALL)).predecessor(file.editions[0]) is not None


def test_a_service_of_its_own_is_new(desk: Desk, tmp_path: Path) -> None:
    file = check_file(desk, written(tmp_path, SMALL, "watch.toml"))
    assert file.new
    assert add_file(desk, file).name == "watch-2026-01-01.toml"
    assert "watch" in desk.catalogue.codes()


def test_every_problem_of_a_bad_file_is_told_and_nothing_is_kept(
    desk: Desk, own: Path, tmp_path: Path
) -> None:
    wrong = SMALL.replace('rate = "0.145"', 'rate = "high"').replace("months = 12", 'months = "12"')
    before = desk.catalogue
    file = check_file(desk, written(tmp_path, wrong))
    assert len(file.problems) == 2
    with pytest.raises(UserError) as refused:
        add_file(desk, file)
    assert {problem.code for problem in refused.value.problems} == {"tariff-file"}
    assert not own.exists() or not any(own.iterdir())
    assert desk.catalogue is before
    assert "tariff-added" not in audited(desk)


@pytest.mark.parametrize("text", ["", "code = ", "\x00\x01", 'code = "dokodemo-prime"\neditions = []\n'])
def test_what_is_no_tariff_is_told(desk: Desk, tmp_path: Path, text: str) -> None:
    assert check_file(desk, written(tmp_path, text)).problems


def test_a_file_that_is_not_there_is_an_environment_problem(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        check_file(desk, tmp_path / "missing.toml")


def test_an_edition_may_not_overlap_one_added_before(desk: Desk, tmp_path: Path) -> None:
    first = check_file(desk, prime_from(tmp_path, date(2027, 4, 1)))
    second = check_file(desk, prime_from(tmp_path, date(2027, 4, 1), name="again.toml"))
    assert second.problems == ()
    add_file(desk, first)
    with pytest.raises(UserError, match="重なっています"):
        add_file(desk, second)  # checked again: the first came meanwhile
    assert any("重なって" in problem.found for problem in check_file(desk, second.path).problems)


def test_a_file_of_the_folder_itself_is_there_already(desk: Desk, tmp_path: Path) -> None:
    kept = add_file(desk, check_file(desk, prime_from(tmp_path, date(2027, 4, 1))))
    problems = check_file(desk, kept).problems
    assert len(problems) == 1
    assert "すでに" in problems[0].found


def test_an_unwritable_folder_leaves_everything_as_it_was(desk: Desk, own: Path, tmp_path: Path) -> None:
    own.parent.mkdir()
    own.write_text("no folder", encoding="utf-8")
    before = desk.catalogue
    with pytest.raises(EnvironmentProblem):
        add_file(desk, check_file(desk, prime_from(tmp_path, date(2027, 4, 1))))
    assert desk.catalogue is before
    assert "tariff-added" not in audited(desk)


def test_a_desk_without_a_folder_says_so(desk: Desk, tmp_path: Path) -> None:
    desk.take_catalogue(Catalogue((SHIPPED,)))
    with pytest.raises(UserError) as refused:
        add_file(desk, check_file(desk, prime_from(tmp_path, date(2027, 4, 1))))
    assert refused.value.code == "no-tariff-folder"


def test_the_quotations_that_fall_into_a_new_edition_are_found(desk: Desk, tmp_path: Path) -> None:
    later = stored(desk, 5, date(2027, 4, 1), name="春の会社")
    sooner = stored(desk, 5, date(2026, 12, 1), name="冬の会社")
    issued = issue_quotation(desk, (one := stored(desk, 6, date(2027, 5, 1))).id, one.version)
    file = check_file(desk, prime_from(tmp_path, date(2027, 4, 1), "price = 3000", "price = 3100"))
    assert file.after is not None
    seqs = live_quotations(desk, ("dokodemo-prime",))
    assert list(seqs) == [issued.stored.seq, sooner.seq, later.seq]
    found = {one.row.id: one for one in find_touched(desk, seqs, file.after)}
    assert found[later.id].before == 5 * 3000 * 24 * 110 // 100
    assert found[later.id].after == 5 * 3100 * 24 * 110 // 100
    assert found[issued.stored.id].row.number == "Q-HM1-2611-0001"
    # A contract that begins before goes over to the new edition on the way.
    assert found[sooner.id].after == (4 * 15_000 + 20 * 15_500) * 110 // 100
    assert touched_words(list(found.values())) == "下書き2件・発行済み1件、うち合計が変わるもの3件"


def test_other_services_and_finished_quotations_are_left_alone(desk: Desk, tmp_path: Path) -> None:
    entry = ServiceEntry(service="mihariban", start=date(2027, 4, 1), items={"license": 1})
    start_quotation(desk, QuotationContent(services=(entry,)))
    assert list(live_quotations(desk, ("dokodemo-prime",))) == []
    file = check_file(desk, prime_from(tmp_path, date(2027, 4, 1)))
    assert file.after is not None
    assert find_touched(desk, [], file.after) == []
    assert touched_words([]) == "該当する見積はありません"


def test_a_quotation_that_can_no_longer_be_priced_says_why(desk: Desk, tmp_path: Path) -> None:
    draft = stored(desk, 5, date(2027, 4, 1))
    text = 'code = "dokodemo-prime"\n\n[[editions]]\nstart = 2027-04-01\npriced = false\nclause = "附則"\n'
    file = check_file(desk, written(tmp_path, text))
    assert file.problems == ()
    assert file.after is not None
    (found,) = find_touched(desk, [draft.seq], file.after)
    assert found.after is None
    assert "分かりません" in found.problem


def test_an_issued_quotation_stays_and_says_what_has_changed(desk: Desk, tmp_path: Path) -> None:
    one = stored(desk, 5, date(2027, 4, 1))
    issued = issue_quotation(desk, one.id, one.version)
    add_file(desk, check_file(desk, prime_from(tmp_path, date(2027, 4, 1), "price = 3000", "price = 3100")))
    revision = open_quotation(desk, one.id).revisions[-1]
    assert revision == issued.revision
    now = price_content(desk, revision.content, desk.settings())
    assert changes_since(revision, now, desk.catalogue) == (
        "どこでもプライムの料金の版が2026年5月11日実施から2027年4月1日実施に変わりました。",
        "お見積総額が396,000円から409,200円に変わります。",
    )


def test_a_file_is_taken_away_and_put_back(desk: Desk, tmp_path: Path) -> None:
    kept = add_file(
        desk, check_file(desk, prime_from(tmp_path, date(2027, 4, 1), "price = 3000", "price = 1"))
    )
    removed = remove_file(desk, kept)
    assert not kept.exists()
    assert desk.catalogue.edition("dokodemo-prime", date(2027, 4, 1)).start == date(2026, 5, 11)
    assert put_back(desk, removed) == kept
    assert desk.catalogue.edition("dokodemo-prime", date(2027, 4, 1)).items[0].tiers[0].price == 1
    assert audited(desk)[-3:] == ["tariff-added", "tariff-removed", "tariff-added"]


def test_a_shipped_file_is_never_taken_away(desk: Desk) -> None:
    with pytest.raises(UserError) as refused:
        remove_file(desk, SHIPPED / "osect.toml")
    assert refused.value.code == "not-own-file"
    assert (SHIPPED / "osect.toml").is_file()


def test_a_choice_goes_with_the_reading_it_was_about(desk: Desk, tmp_path: Path) -> None:
    kept = add_file(desk, check_file(desk, written(tmp_path, SMALL)))
    choose_reading(desk, "watch-days", "thirty", "提供会社に確認")
    choose_reading(desk, "termination-tax", "taxed", "")
    assert remove_file(desk, kept).readings == ("watch-days",)
    settings = desk.settings()
    assert settings.readings == {"termination-tax": "taxed"}
    assert settings.reading_reasons == {}
    assert desk.catalogue_for(settings).codes()


def test_switching_a_reading_changes_the_next_price_and_says_whose(desk: Desk) -> None:
    draft = start_quotation(desk, request("dokodemo-prime").content)
    other = stored(desk, 5, date(2026, 12, 1))
    seqs = live_quotations(desk, ("dokodemo-prime",))
    choices = chosen(desk.catalogue, {}, "migration-tier", "marginal")
    (found,) = find_touched(desk, seqs, desk.catalogue, choices, "migration-tier")
    assert (found.row.id, found.before, found.after) == (draft.id, 2_197_030, 2_217_930)
    choose_reading(desk, "migration-tier", "marginal", " 提供会社に確認 ")
    settings = desk.settings()
    assert settings.reading_reasons == {"migration-tier": "提供会社に確認"}
    assert price_content(desk, draft.content, settings).total_bill.total == 2_217_930
    assert price_content(desk, other.content, settings).total_bill.total == other.totals.total
    choose_reading(desk, "migration-tier", STANDARD, "")
    assert (desk.settings().readings, desk.settings().reading_reasons) == ({}, {})


def test_the_file_s_own_choice_is_no_choice_unless_files_differ(desk: Desk) -> None:
    assert chosen(desk.catalogue, {"termination-tax": "taxed"}, "termination-tax", "outside") == {}
    # 見張り番 takes one, どこでもプライム the other: either is a choice for the other service.
    assert chosen(desk.catalogue, {}, "outage-rounding", "credit") == {"outage-rounding": "credit"}


def test_an_unknown_choice_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError):
        choose_reading(desk, "termination-tax", "sometimes", "")
    assert desk.settings().readings == {}


def test_a_broken_file_beside_keeps_the_new_one_out(desk: Desk, own: Path, tmp_path: Path) -> None:
    own.mkdir(parents=True)
    shutil.copy(prime_from(tmp_path, date(2028, 4, 1)), own / "broken.toml")
    text = (own / "broken.toml").read_text("utf-8").replace("price = 3000", 'price = "3000"')
    (own / "broken.toml").write_text(text, "utf-8")
    file = check_file(desk, prime_from(tmp_path, date(2027, 4, 1), name="fine.toml"))
    assert [problem.file.name for problem in file.problems] == ["broken.toml"]


def test_a_service_with_contracts_stays_known(desk: Desk, tmp_path: Path) -> None:
    kept = add_file(desk, check_file(desk, written(tmp_path, SMALL)))
    (code,) = set(desk.catalogue.codes()) - {path.stem for path in SHIPPED.glob("*.toml")}
    owner = register_customer(desk, CustomerFields(name="髙橋精工株式会社"))
    start_application(desk, owner.id, ContractContent(service=code))
    with pytest.raises(UserError) as refused:
        remove_file(desk, kept)
    assert refused.value.code == "service-in-use"
    assert kept.is_file()
    assert code in desk.catalogue.codes()


def test_a_new_edition_has_the_contracts_of_its_service_looked_at(desk: Desk, tmp_path: Path) -> None:
    owner = register_customer(desk, CustomerFields(name="髙橋精工株式会社"))
    applied = Application(items={"id": 5})
    made = [
        start_application(desk, owner.id, ContractContent(service=service, application=applied))
        for service in ("dokodemo-prime", "osect")
    ]
    add_file(desk, check_file(desk, prime_from(tmp_path, date(2026, 11, 1), "price = 3000", "price = 1")))
    assert refresh_standings(desk) == 1
    assert open_contract(desk, made[0].id).standing.monthly_net == 5
    with desk.storage.look() as work:
        (row,) = work.contracts.rows([made[0].seq])
    assert row.monthly_net == 5
