"""Settings, images and customers: refused with reasons, stored with versions, on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from app.contract.customer import CustomerFields
from app.errors import ConflictError, UserError
from app.papers.issuer import Company, Settings
from app.places import resources
from app.usecases.desk import Desk
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_customer import (
    change_customer,
    find_customers,
    get_customer,
    register_customer,
    similar_customers,
)
from app.usecases.keep_quotation import start_quotation
from app.usecases.keep_settings import check_settings, save_image, save_settings
from tests.desks import new_desk
from tests.shipped import request


@pytest.fixture
def desk(data: Path) -> Iterator[Desk]:
    made = new_desk(data)
    yield made
    made.storage.close()


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        (Settings(desk_code="h1"), "desk_code"),
        (Settings(desk_code="ABCDE"), "desk_code"),
        (Settings(company=Company(registration="T999000100012")), "company.registration"),
        (Settings(company=Company(registration="T9990001000124")), "company.registration"),
        (Settings(company=Company(registration="9990001000123")), "company.registration"),
        (Settings(company=Company(postal_code="541")), "company.postal_code"),
        (Settings(company=Company(validity_days=0)), "company.validity_days"),
        (Settings(company=Company(fiscal_year_end_month=13)), "company.fiscal_year_end_month"),
        (Settings(company=Company(name="あ\x00")), "company.name"),
    ],
)
def test_wrong_settings_are_told_at_their_field(settings: Settings, field: str) -> None:
    assert [problem.field for problem in check_settings(settings)] == [field]


def test_one_digit_short_is_said_as_such() -> None:
    (problem,) = check_settings(Settings(company=Company(registration="T999000100012")))
    assert "1桁足りません" in problem.what


def test_the_desk_code_is_fixed_once_a_paper_was_issued(desk: Desk) -> None:
    settings = desk.settings()
    settings = save_settings(desk, msgspec.structs.replace(settings, desk_code="KB2"))
    stored = start_quotation(desk, request("osect").content)
    assert issue_quotation(desk, stored.id, stored.version).revision.number.startswith("Q-KB2-")
    with pytest.raises(UserError) as refused:
        save_settings(desk, msgspec.structs.replace(settings, desk_code="XX9"))
    assert refused.value.code == "desk-code-fixed"
    assert desk.settings().desk_code == "KB2"


def test_two_windows_do_not_overwrite_each_others_settings(desk: Desk) -> None:
    before = desk.settings()
    save_settings(desk, msgspec.structs.replace(before, desk_name="駅前窓口"))
    with pytest.raises(ConflictError):
        save_settings(desk, msgspec.structs.replace(before, desk_name="本店"))
    assert desk.settings().desk_name == "駅前窓口"


def test_unknown_readings_are_refused(desk: Desk) -> None:
    with pytest.raises(UserError):
        save_settings(desk, msgspec.structs.replace(desk.settings(), readings={"migration-tier": "guess"}))


def test_images_are_kept_and_wrong_ones_refused(desk: Desk) -> None:
    seal = (resources() / "demo" / "seal.png").read_bytes()
    assert save_image(desk, "seal", seal).has_seal
    for wrong in (b"GIF89a", b"", b"\x89PNG\r\n\x1a\n" + b"0" * 4_000_001):
        with pytest.raises(UserError):
            save_image(desk, "seal", wrong)
    with desk.storage.look() as work:
        assert work.settings.image("seal") == seal
    assert not save_image(desk, "seal", None).has_seal


def test_customers_are_found_by_reading_kanji_phone_and_address(desk: Desk) -> None:
    fields = CustomerFields(
        name="髙橋精工株式会社",
        kana="タカハシセイコウ",
        prefecture="大阪府",
        address="東大阪市高井田元町1-2-3",
        phone="06-0000-0148",
    )
    customer = register_customer(desk, fields)
    register_customer(desk, CustomerFields(name="株式会社別会社", kana="ベツガイシャ"))
    for words in ("たかはし", "高橋", "髙橋", "ﾀｶﾊｼ", "0000-0148", "06000001", "高井田", "精工"):
        assert [row.id for row in find_customers(desk, words)] == [customer.id], words
    assert find_customers(desk, "存在しない") == []
    assert [row.id for row in similar_customers(desk, CustomerFields(name="高橋精工㈱"))] == [customer.id]


def test_changes_of_a_customer_are_versioned(desk: Desk) -> None:
    customer = register_customer(desk, CustomerFields(name=" 株式会社あおば ", postal_code="541-0053"))
    assert (customer.fields.name, customer.fields.postal_code) == ("株式会社あおば", "5410053")
    moved = msgspec.structs.replace(customer.fields, address="新住所1-2")
    changed = change_customer(desk, customer.id, customer.version, moved)
    with pytest.raises(ConflictError):
        change_customer(desk, customer.id, customer.version, moved)
    assert get_customer(desk, customer.id) == changed


def test_a_customer_without_a_name_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError) as refused:
        register_customer(desk, CustomerFields(kana="アオバ", postal_code="12"))
    assert {problem.field for problem in refused.value.problems} == {"name", "postal_code"}
