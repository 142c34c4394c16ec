"""What differs between two editions: every kind of value, in groups, in words."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

import main
from app.tariff import model
from app.tariff.base import Record, Text
from app.tariff.diff import GROUPS, compare_editions
from app.tariff.diff_words import field_words, sections, unpriced_words
from app.tariff.field_words import GROUP_LABELS
from app.tariff.model import Additions, Edition, Service
from app.tariff.parse import parse
from app.words import set_language
from tests.app.tariff.small import SMALL, changed
from tests.shipped import catalogue


def edition(text: str = SMALL) -> Edition:
    content, problems = parse(text.encode(), Path("watch.toml"))
    assert content is not None, problems
    return content.editions[-1]


def said(*pairs: tuple[str, str]) -> dict[str, tuple[str, ...]]:
    found = compare_editions(edition(), edition(changed(*pairs)))
    return {section.heading: section.sentences for section in sections(found)}


def test_an_edition_does_not_differ_from_itself() -> None:
    assert not compare_editions(edition(), edition())
    for service in catalogue().services():
        for one in service.editions:
            assert not compare_editions(one, one, (service, service))


@pytest.mark.parametrize(
    ("pair", "heading", "sentence"),
    [
        (("price = 250", "price = 260"), "料金", "品目「席」 ＞ 10〜99 ＞ 単価：250円 → 260円（5条）"),
        (
            ('rate = "0.145"', 'rate = "0.03"'),
            "料金と契約のきまり",
            "延滞利息・遅延損害金 ＞ 年率：14.5％ → 3％（10条）",
        ),
        (
            ('rate = "0.145"', "statutory = true"),
            "料金と契約のきまり",
            "延滞利息・遅延損害金 ＞ 法定利率による：いいえ → はい（10条）",
        ),
        (("factor = 2", "factor = 3"), "料金と契約のきまり", "割増金 ＞ 免れた額に対する倍率：2 → 3（11条）"),
        (
            ('last_charged_day = "same-day"', 'last_charged_day = "day-before"'),
            "料金と契約のきまり",
            "月の途中の計算 ＞ 最後の課金日：解約日当日 → 解約日の前日（6条）",
        ),
        (
            ('waived = ["service-end"]', 'waived = ["service-end", "terms-change"]'),
            "料金と契約のきまり",
            "解約金 ＞ 解約金を免除する場合：サービスの終了 → サービスの終了、規約変更に同意しない解約（9条）",
        ),
        (
            ("applied_until = 2026-09-30", "applied_until = 2026-10-31"),
            "お申込みの条件",
            "無料期間 ＞ 申込みの最後の日：2026年9月30日 → 2026年10月31日（附則3）",
        ),
        (
            ('ja = "基本作業費"', 'ja = "出張費"'),
            "訪問サポート",
            "訪問サポート ＞ 出張費 ＞ 名前：「基本作業費」 → 「出張費」（別紙3）",
        ),
        (
            ("weekdays = [2]", "weekdays = [2, 3]"),
            "訪問サポート",
            "訪問サポート ＞ 東日本 ＞ 曜日：水 → 水、木（13条）",
        ),
        (
            ("start = 2026-07-01", "start = 2026-08-01"),
            "改定版",
            "実施日：2026年7月1日 → 2026年8月1日（附則2）",
        ),
    ],
)
def test_a_changed_value(pair: tuple[str, str], heading: str, sentence: str) -> None:
    assert sentence in said(pair)[heading]


def test_only_what_changed_is_told() -> None:
    assert said(("price = 250", "price = 260")) == {
        "料金": ("品目「席」 ＞ 10〜99 ＞ 単価：250円 → 260円（5条）",)
    }


def test_items_that_came_and_went() -> None:
    before = edition()
    without = msgspec.structs.replace(before, items=before.items[:1])
    gone = sections(compare_editions(before, without))[0].sentences
    assert gone == ("品目の廃止：設定費 1,000円（5条）",)
    came = sections(compare_editions(without, before))[0].sentences
    assert came == ("品目の追加：設定費 1,000円（5条）",)


def test_a_rule_that_came_went_or_became_another() -> None:
    before = edition()
    without = msgspec.structs.replace(before, interest=None)
    assert sections(compare_editions(before, without))[0].sentences == (
        "延滞利息・遅延損害金：年率 14.5％ → なし（10条）",
    )
    whole = model.WholeMonth(period_clause="6条", floor_clause="7条", clause="6条の2")
    other = msgspec.structs.replace(before, proration=whole)
    assert sections(compare_editions(before, other))[0].sentences == (
        "月の途中の計算：暦日による日割り・最後の課金日 解約日当日 → 月単位（6条の2）",
    )


def test_the_choice_of_a_reading_by_its_name() -> None:
    prime = catalogue().service("dokodemo-prime").editions[-1]
    reading = prime.readings[0]
    other = msgspec.structs.replace(reading, choice=reading.choices[1].code)
    after = msgspec.structs.replace(prime, readings=(other, *prime.readings[1:]))
    found = sections(compare_editions(prime, after))
    assert [section.heading for section in found] == ["解釈"]
    assert reading.choices[0].name.ja in found[0].sentences[0]
    assert reading.choices[1].name.ja in found[0].sentences[0]


def test_mere_order_is_no_difference() -> None:
    for service in catalogue().services():
        one = service.editions[-1]
        turned = msgspec.structs.replace(
            one, **{name: tuple(reversed(getattr(one, name))) for name in ("items", "remarks", "conditions")}
        )
        assert not compare_editions(one, turned)


def test_editions_without_prices_say_so() -> None:
    editions = catalogue().service("mihariban").editions
    found = compare_editions(editions[-2], editions[-1])
    assert found.unpriced == ("before",)
    assert set(found.groups) == {"edition"}
    assert "2023年10月13日実施の料金ときまりは分かりません" in next(iter(unpriced_words(found)))
    both = compare_editions(editions[-3], editions[-2])
    assert len(list(unpriced_words(both))) == 2


def test_heads_of_services_are_compared_where_both_are_known() -> None:
    one, other = catalogue().service("osect"), catalogue().service("mdr-ndr")
    found = compare_editions(one.editions[-1], other.editions[-1], (one, other))
    assert any("OsecT" in sentence for sentence in sections(found)[0].sentences)


def test_two_different_services_tell_something_of_everything() -> None:
    services = catalogue().services()
    for language in ("ja", "en"):
        set_language(language)
        for one in services:
            for other in services:
                found = compare_editions(one.editions[-1], other.editions[-1])
                sentences = [text for section in sections(found) for text in section.sentences]
                assert len(sentences) == sum(map(len, found.groups.values()))
                assert all("Record" not in text and "(" * 3 not in text for text in sentences)


def test_every_part_of_an_edition_has_its_group_and_every_key_its_word() -> None:
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(Edition.__struct_fields__)
    assert set(GROUPS) < set(GROUP_LABELS)
    kinds: list[type[Record]] = [Record]
    for kind in kinds:
        kinds += kind.__subclasses__()
    ours = [
        kind for kind in kinds if kind.__module__.startswith("app.tariff") and kind not in {Text, Additions}
    ]
    assert Service in ours
    for kind in ours:
        for name in kind.__struct_fields__:
            assert field_words(name) != name, (kind, name)


# --- the command -------------------------------------------------------------------------------------------


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(SMALL, encoding="utf-8")
    new.write_text(changed(("price = 250", "price = 260")), encoding="utf-8")
    assert main.main(["tariffs", "diff", str(old), str(new)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "前：見守り  2026年7月1日実施",
        "後：見守り  2026年7月1日実施",
        "",
        "■ 料金（1件）",
        "  品目「席」 ＞ 10〜99 ＞ 単価：250円 → 260円（5条）",
    ]
    assert main.main(["tariffs", "diff", f"{old}@2026-03-01", str(old)]) == 0
    assert "分かりません" in capsys.readouterr().out
    assert main.main(["tariffs", "diff", str(old), str(old)]) == 0
    assert "違いはありません。" in capsys.readouterr().out


def test_shipped_services_by_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["tariffs", "diff", "mihariban@2023-11-30", "mihariban@2024-01-01"]) == 0
    out = capsys.readouterr().out
    assert "前：見張り番  2023年10月13日実施" in out
    assert "後：見張り番  2023年12月1日実施" in out
    assert main.main(["tariffs", "diff", "osect@2026-01-01", "mdr-ndr@2026-01-01"]) == 0
    assert "別々のサービス" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("osect", "bad-input"),
        ("nothing", "bad-input"),
        ("nothing@2026-01-01", "bad-input"),
        ("osect@2026-02-30", "bad-input"),
        ("mihariban@2000-01-01", "edition-unknown"),
    ],
)
def test_a_side_that_means_nothing(word: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["tariffs", "diff", word, "osect@2026-01-01"]) == 1
    assert f"[{code}]" in capsys.readouterr().err


def test_a_wrong_file_and_a_day_before_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(changed(("price = 300", "price = -1")), encoding="utf-8")
    assert main.main(["tariffs", "diff", str(wrong), str(wrong)]) == 1
    assert "[tariff-file]" in capsys.readouterr().err
    right = tmp_path / "right.toml"
    right.write_text(SMALL, encoding="utf-8")
    assert main.main(["tariffs", "diff", f"{right}@2025-01-01", str(right)]) == 1
    assert "[edition-unknown]" in capsys.readouterr().err
