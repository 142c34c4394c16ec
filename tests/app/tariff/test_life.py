"""What the tariffs tell of a contract's life: complete for every service, right, in words, compared."""

from __future__ import annotations

from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from app.contract.beside import EquipmentKind, Ownership
from app.tariff.catalogue import Catalogue
from app.tariff.describe import describe_edition
from app.tariff.diff import compare_editions
from app.tariff.diff_words import sections
from app.tariff.life import EquipmentRule, LifeRules
from app.tariff.model import Edition
from app.tariff.parse import parse
from app.tariff.texts import words
from app.words import set_language
from tests.app.tariff.conftest import SHIPPED

CODES = ("mihariban", "media-light", "osect", "dokodemo-prime", "mdr-ndr")


def newest(shipped: Catalogue, code: str) -> Edition:
    return shipped.service(code).editions[-1]


def life(shipped: Catalogue, code: str) -> LifeRules:
    found = newest(shipped, code).life
    assert found is not None
    return found


def broken(code: str, old: str, new: str) -> list[tuple[str, str]]:
    """Key (below the life of the newest edition) and what was found, after a change of a shipped file."""
    text = (SHIPPED / f"{code}.toml").read_text("utf-8")
    assert text.count(old) >= 1, old
    before, _old, after = text.rpartition(old)
    found = parse(f"{before}{new}{after}".encode(), Path(f"{code}.toml"))[1]
    return [(problem.key.rpartition(".life.")[2], problem.found) for problem in found]


def test_what_each_service_says(shipped: Catalogue) -> None:
    told = {
        code: (
            rules.revocable_clause,
            rules.one_per_line_clause,
            rules.receipt_order_clause,
            rules.notified_clause,
            rules.transfer.policy,
            rules.succession.clause if rules.succession else "",
        )
        for code in CODES
        if (rules := life(shipped, code))
    }
    assert told == {
        "mihariban": ("", "", "7条1項", "", "approved-unless", ""),
        "media-light": ("8条3項", "6条", "", "13条1項", "approved-unless", "12条1項"),
        "osect": ("6条4項", "", "", "11条1項", "with-approval", "10条"),
        "dokodemo-prime": ("8条3項", "6条1項", "", "13条1項", "approved-unless", "12条1項"),
        "mdr-ndr": ("", "", "", "13条1項", "with-consent", ""),
    }


def test_how_long_a_service_can_be_suspended(shipped: Catalogue) -> None:
    longest = {code: life(shipped, code).suspension.longest_months for code in CODES}
    assert longest == {**dict.fromkeys(CODES), "mihariban": 6}
    announced = {code for code in CODES if life(shipped, code).suspension.notice_clause}
    assert announced == {"media-light", "osect", "dokodemo-prime"}
    for code in CODES:
        assert any(
            ground.code in {"arrears", "forbidden"} for ground in life(shipped, code).suspension.grounds
        )


def test_who_ends_without_notice_says_so(shipped: Catalogue) -> None:
    silent = {
        code: [one.code for one in life(shipped, code).company_end.grounds if not one.notice]
        for code in ("media-light", "dokodemo-prime")
    }
    assert silent == {code: ["insolvency", "anti-social"] for code in silent}


def test_devices_and_what_becomes_of_them(shipped: Catalogue) -> None:
    told = {
        (code, rule.kind): (rule.ownership, rule.at_end, rule.return_code)
        for code in CODES
        for rule in life(shipped, code).equipment
    }
    assert told == {
        ("media-light", "gateway"): (("rental", "designated-seller"), "return", ""),
        ("osect", "sensor"): (("passes-on-payment",), "keep", ""),
        ("osect", "dongle"): (("passes-on-payment",), "keep", ""),
        ("osect", "sim"): (("passes-on-payment",), "dispose", ""),
        ("mdr-ndr", "connector"): (("rental",), "return", "return_equipment_by"),
    }


def test_devices_are_named_as_they_are_kept() -> None:
    hints = get_type_hints(EquipmentRule)
    assert get_args(hints["kind"]) == get_args(EquipmentKind)
    assert get_args(get_args(hints["ownership"])[0]) == get_args(Ownership)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_all_of_it_is_told(shipped: Catalogue, code: str, language: str) -> None:
    set_language(language)
    told = describe_edition(newest(shipped, code))
    text = "\n".join(f"{row.label} {row.value} {row.clause}" for section in told for row in section.rows)
    rules = life(shipped, code)
    named = [*rules.suspension.grounds, *rules.transfer.conditions, *rules.company_end.grounds]
    for one in (*named, *rules.consents, *rules.equipment):
        assert words(one.name) in text
        assert one.clause in text
    for name in rules.__struct_fields__:
        if name.endswith("_clause"):
            assert getattr(rules, name) in text


def test_what_changes_of_it_is_told(shipped: Catalogue) -> None:
    found = compare_editions(newest(shipped, "media-light"), newest(shipped, "dokodemo-prime"))
    (section,) = [one for one in sections(found) if one.heading == "契約の手続き"]
    assert any("elgana利用規約" in sentence for sentence in section.sentences)
    assert any("利用停止" in sentence or "提供会社による解除" in sentence for sentence in section.sentences)


@pytest.mark.parametrize(
    ("code", "old", "new", "problem"),
    [
        ("mihariban", "longest_months = 6", "longest_months = 0", ("suspension.longest_months", "数値 0")),
        ("mihariban", 'notice_clause = "22条2項"\n', "", ("interruption.notice_clause", "ありません")),
        ("mihariban", 'form_clause = "9条2項"\n', "", ("transfer.form_clause", "ありません")),
        (
            "osect",
            'policy = "with-approval"',
            'policy = "approved-unless"',
            ("transfer.conditions", "ありません"),
        ),
        (
            "osect",
            'representative_clause = "10条2項"\n',
            "",
            ("succession.representative_clause", "ありません"),
        ),
        (
            "mdr-ndr",
            'return_code = "return_equipment_by"',
            'return_code = "tomorrow"',
            ("equipment[connector].return_code", "文字列「tomorrow」"),
        ),
        (
            "mdr-ndr",
            'at_end = "return"',
            'at_end = "keep"',
            ("equipment[connector].return_code", "文字列「return_equipment_by」"),
        ),
        ("osect", 'kind = "sim"', 'kind = "antenna"', ("equipment[antenna].kind", "文字列「antenna」")),
    ],
)
def test_what_is_wrong_is_told(code: str, old: str, new: str, problem: tuple[str, str]) -> None:
    assert broken(code, old, new) == [problem]
