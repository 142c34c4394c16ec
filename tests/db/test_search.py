"""Finding customers and quotations by whatever part of them somebody remembers."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contract.customer import CustomerFields
from app.folding import fold
from app.quote.stored import QuotationQuery, Totals
from db.engine import SqlStorage
from db.search import match, pairs
from tests.db.conftest import TODAY, TOTALS, content_for, issue

PEOPLE = {
    "seiko": CustomerFields(
        name="株式会社髙橋精工",
        kana="タカハシセイコウ",
        postal_code="5770054",
        prefecture="大阪府",
        address="東大阪市高井田元町一丁目2番3号",
        building="高井田ビル3F",
        department="総務部",
        person="髙橋 恵子",
        phone="06-0000-0148",
        email="info@takahashi.example.jp",
    ),
    "farm": CustomerFields(
        kind="sole-trader",
        name="高橋農園",
        kana="ﾀｶﾊｼﾉｳｴﾝ",
        prefecture="奈良県",
        address="生駒市北新町10-36",
        phone="0743000011",
    ),
    "shop": CustomerFields(
        name="㈱𠮷野家電",
        kana="ヨシノカデン",
        prefecture="東京都",
        address="千代田区丸の内1-2-3",
        person="﨑山 タカハシ",
    ),
    "clinic": CustomerFields(
        kind="organisation",
        name="医療法人社団 サーバー会",
        kana="さーばーかい",
        prefecture="京都府",
        address="京都市下京区四条通",
        phone="+81 75 000 0022",
        email="desk@clinic.example.jp",
    ),
    "latin": CustomerFields(name="NTTデータ西日本有限会社", kana="エヌティティデータニシニホン"),
    "single": CustomerFields(name="堺", kana="サカイ"),
}

FINDS: dict[str, list[str]] = {
    "髙橋": ["seiko", "farm"],
    "高橋": ["seiko", "farm"],
    "たかはし": ["seiko", "farm", "shop"],
    "ﾀｶﾊｼ": ["seiko", "farm", "shop"],
    "タカハシ": ["seiko", "farm", "shop"],
    "TAKAHASHI": ["seiko"],  # only where it is written so, in the address of the e-mail
    "TAKAHASHO": [],
    "た": ["seiko", "farm", "latin", "shop"],
    "高": ["seiko", "farm"],
    "橋": ["seiko", "farm"],
    "工": ["seiko"],
    "橋精": ["seiko"],
    "精橋": [],
    "髙橋　恵子": ["seiko"],
    "恵子 高橋": ["seiko"],
    "高橋 生駒": ["farm"],
    "高橋 東京": [],
    "吉野": ["shop"],
    "𠮷野": ["shop"],
    "株式会社": ["seiko", "shop"],
    "㈱": ["seiko", "shop"],
    "（株）吉野": ["shop"],
    "吉野株式会社": ["shop"],
    "株式会社高橋": ["seiko", "farm"],
    "崎山": ["shop"],
    "サーバ": ["clinic"],
    "さーばー": ["clinic"],
    "医療法人": ["clinic"],
    "ntt": ["latin"],
    "ＮＴＴ": ["latin"],
    "tt": ["latin"],
    "データ西": ["latin"],
    "東大阪": ["seiko"],
    "大阪府東大阪": ["seiko"],
    "高井田元町1-2": ["seiko"],
    "高井田元町１丁目２": ["seiko"],
    "北新町10-36": ["farm"],
    "丸の内": ["shop"],
    "マルノウチ": [],
    "5770054": ["seiko"],
    "577-0054": ["seiko"],
    "0148": ["seiko"],
    "06-0000-0148": ["seiko"],
    "06 0000 0148": ["seiko"],
    "0600000148": ["seiko"],
    "０７４３": ["farm"],
    "075-000-0022": ["clinic"],
    "+81 75": ["clinic"],
    "総務": ["seiko"],
    "clinic.example": ["clinic"],
    "堺": ["single"],
    "サカイ": ["single"],
    "": [],
    "　": [],
    "・": [],
    '"': [],
    "*": [],
    '高橋" OR name:*': [],
    "NEAR(高 橋)": [],
    "%": [],
}


@pytest.fixture
def people(storage: SqlStorage) -> SqlStorage:
    with storage.work() as work:
        for fields in PEOPLE.values():
            work.customers.add(fields)
        work.commit()
    return storage


@pytest.mark.parametrize(("words", "expected"), FINDS.items(), ids=repr)
def test_customers_are_found(people: SqlStorage, words: str, expected: list[str]) -> None:
    names = {fields.name: key for key, fields in PEOPLE.items()}
    with people.look() as work:
        assert [names[row.name] for row in work.customers.find(words)] == expected
        if words.strip():
            listed = work.customers.rows(work.customers.seqs(words))
            assert {names[row.name] for row in listed} == set(expected)


def test_what_begins_so_comes_first_then_the_name_then_the_rest(storage: SqlStorage) -> None:
    people = [
        CustomerFields(name="甲", person="坂井"),
        CustomerFields(name="乙坂井", kana="オツサカイ"),
        CustomerFields(name="坂井運輸", kana="サカイウンユ"),
        CustomerFields(name="境町保育園", kana="サカイマチホイクエン"),
        CustomerFields(name="株式会社さかい", kana="カブシキガイシャサカイ"),
    ]
    with storage.work() as work:
        for fields in people:
            work.customers.add(fields)
        found = [row.name for row in work.customers.find("さかい")]
        assert found == ["株式会社さかい", "坂井運輸", "境町保育園", "乙坂井"]
        assert [row.name for row in work.customers.find("坂井")] == ["坂井運輸", "乙坂井", "甲"]
        assert [row.name for row in work.customers.find("坂井", limit=2)] == ["坂井運輸", "乙坂井"]
        assert [row.name for row in work.customers.find("さかい ゆ")] == ["坂井運輸"]


def test_a_row_tells_two_of_one_name_apart(people: SqlStorage) -> None:
    with people.work() as work:
        row = work.customers.find("高橋精工")[0]
        work.quotations.add(content_for(customer_id=row.id), TOTALS, "")
        work.quotations.add(content_for(customer_id=row.id), TOTALS, "")
        row = work.customers.find("高橋精工")[0]
    assert (row.town, row.phone, row.person, row.quotations) == ("東大阪市", "06-0000-0148", "髙橋 恵子", 2)
    assert row.address == "大阪府東大阪市高井田元町一丁目2番3号 高井田ビル3F"


def test_a_changed_customer_is_found_by_what_it_is_now(people: SqlStorage) -> None:
    with people.work() as work:
        row = work.customers.find("北新町")[0]
        fields = work.customers.get(row.id).fields
        work.customers.save(
            row.id, 1, msgspec.structs.replace(fields, name="鈴木農園", address="大和郡山市1")
        )
        assert work.customers.find("北新町") == []
        assert [one.name for one in work.customers.find("鈴木")] == ["鈴木農園"]
        assert [one.town for one in work.customers.find("鈴木")] == ["大和郡山市"]


def test_customers_that_may_be_the_same(people: SqlStorage) -> None:
    typed = CustomerFields(name="高橋精工㈱", kana="たかはしのうえん", phone="0600000148")
    with people.look() as work:
        assert [row.name for row in work.customers.similar(typed)] == ["株式会社髙橋精工", "高橋農園"]
        assert [row.name for row in work.customers.similar(typed, limit=1)] == ["株式会社髙橋精工"]
        assert work.customers.similar(CustomerFields()) == []
        by_mail = CustomerFields(name="別", email="DESK@clinic.example.jp")
        assert [row.name for row in work.customers.similar(by_mail)] == ["医療法人社団 サーバー会"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [("kana", "堺"), ("name", "NTTデータ西日本有限会社"), ("town", "NTTデータ西日本有限会社")],
)
def test_customers_are_sorted(people: SqlStorage, sort: str, first: str) -> None:
    with people.look() as work:
        up = work.customers.seqs(sort=sort)
        down = work.customers.seqs(sort=sort, descending=True)
        assert list(reversed(up)) == list(down)
        assert len(up) == len(PEOPLE)
        assert (work.customers.rows(up)[0].name == first) or sort == "kana"
        assert list(work.customers.seqs(sort=sort, limit=2)) == list(up[:2])
    with people.look() as work, pytest.raises(KeyError):
        work.customers.seqs(sort="note; DROP TABLE customers")


def test_readings_are_in_order_of_kana(people: SqlStorage) -> None:
    with people.look() as work:
        rows = work.customers.rows(work.customers.seqs())
    assert [fold(row.kana) for row in rows] == sorted(fold(row.kana) for row in rows)


QUOTATIONS: dict[str, bool] = {
    "Q-A1-2611-0001": True,
    "q-a1-2611-0001": True,
    "2611-0001": True,
    "0001": True,
    "Q-A1-2611-0002": False,
    "たかはし": True,
    "株式会社高橋": True,
    "49 ID": True,
    "新規": True,
    "どこでも": True,
    "東大阪": True,
    "0148": True,
    "高橋 2611 新規": True,
    "高橋 2612": False,
    "ー": False,
}


@pytest.mark.parametrize(("words", "there"), QUOTATIONS.items())
def test_quotations_are_found(storage: SqlStorage, words: str, there: bool) -> None:
    with storage.work() as work:
        stored, *_others = issue(work, work.quotations.add(content_for(PEOPLE["seiko"]), TOTALS, ""))
        work.quotations.add(content_for(PEOPLE["shop"]), Totals(), "")
        found = list(work.quotations.seqs(QuotationQuery(words=words), TODAY))
        assert found == ([stored.seq] if there else [])


def test_the_code_printed_on_the_paper_finds_the_quotation(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored, *_others = issue(work, work.quotations.add(content_for(), TOTALS, ""))
        found = list(work.quotations.seqs(QuotationQuery(words=f"{stored.number}/1"), TODAY))
        assert found == [stored.seq]


names = st.text(alphabet="高橋髙𠮷野ｶﾞさサーab1 ・", min_size=1, max_size=8)


@given(names, st.data())
def test_every_part_of_a_name_finds_it(name: str, data: st.DataObject) -> None:
    """The index and a plain search through the folded text agree."""
    folded = fold(name)
    if not folded:
        return
    start = data.draw(st.integers(0, len(folded) - 1))
    part = folded[start : data.draw(st.integers(start + 1, len(folded)))]
    with _shared[0].work() as work:
        work.customers.add(CustomerFields(name=name))
        assert len(work.customers.seqs(part)) == 1
        other = data.draw(names)
        if fold(other):
            assert len(work.customers.seqs(other)) == all(
                fold(one) in folded for one in other.split() if fold(one)
            )


_shared: list[SqlStorage] = []


@pytest.fixture(autouse=True)
def _share(storage: SqlStorage) -> None:
    """One database for all examples of a test: each is undone."""
    _shared[:] = [storage]


@given(st.lists(st.text(max_size=5)))
def test_whatever_is_typed_is_a_search_and_no_error(words: list[str]) -> None:
    with _shared[0].look() as work:
        assert work.customers.find(" ".join(words)) == []
        assert list(work.quotations.seqs(QuotationQuery(words="x" + " ".join(words)), TODAY)) == []


def test_pairs_and_expressions() -> None:
    assert pairs("高橋商店", "a") == "高橋 橋商 商店 店 a"
    assert pairs("", "") == ""
    assert match(["高橋"]) == '("高橋")'
    assert match(["高"]) == '("高" *)'
    assert match(["高橋商", "1"], within="name", beginning=True) == '({name} : ^"高橋 橋商") AND "1" *'
