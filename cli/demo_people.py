"""Invented customers for the demo, as many as wanted and always the same."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final, Literal, NamedTuple

from app.contract.customer import CustomerFields

MINORI: Final = CustomerFields(
    name="株式会社みのり食品",
    kana="ミノリショクヒン",
    postal_code="5300001",
    prefecture="大阪府",
    address="大阪市北区梅田3-2-14",
    building="みのりビル5階",
    department="総務部",
    person="三浦 奈緒",
    phone="06-0000-0731",
    email="soumu@minori-foods.example",
)
"""The customer whose contract the pictures show."""


class _Trade(NamedTuple):
    word: str
    kana: str
    kind: Literal["corporation", "sole-trader", "organisation"]
    head: str = ""  # the form of the company, before the name
    tail: str = ""  # or after it


_COMPANY: Final = "株式会社"
_NAMES: Final = (
    ("堺", "サカイ"), ("酒井", "サカイ"), ("坂井", "サカイ"), ("境", "サカイ"), ("髙橋", "タカハシ"),
    ("高橋", "タカハシ"), ("吉野", "ヨシノ"), ("浜田", "ハマダ"), ("濱田", "ハマダ"), ("渡辺", "ワタナベ"),
    ("渡邊", "ワタナベ"), ("斎藤", "サイトウ"), ("齋藤", "サイトウ"), ("小林", "コバヤシ"), ("松本", "マツモト"),
    ("井上", "イノウエ"), ("木村", "キムラ"), ("清水", "シミズ"), ("山崎", "ヤマザキ"), ("山﨑", "ヤマサキ"),
    ("池田", "イケダ"), ("橋本", "ハシモト"), ("阿部", "アベ"), ("石川", "イシカワ"), ("前田", "マエダ"),
    ("藤田", "フジタ"), ("岡田", "オカダ"), ("後藤", "ゴトウ"), ("長谷川", "ハセガワ"), ("村上", "ムラカミ"),
    ("近藤", "コンドウ"), ("石井", "イシイ"), ("坂本", "サカモト"), ("遠藤", "エンドウ"), ("青木", "アオキ"),
    ("藤井", "フジイ"), ("西村", "ニシムラ"), ("福田", "フクダ"), ("太田", "オオタ"), ("三浦", "ミウラ"),
    ("岡本", "オカモト"), ("松田", "マツダ"), ("中川", "ナカガワ"), ("中野", "ナカノ"), ("原田", "ハラダ"),
    ("小川", "オガワ"), ("竹内", "タケウチ"), ("金子", "カネコ"), ("和田", "ワダ"), ("中山", "ナカヤマ"),
    ("石田", "イシダ"), ("上田", "ウエダ"), ("森田", "モリタ"), ("原", "ハラ"), ("柴田", "シバタ"),
    ("酒見", "サカミ"), ("宮崎", "ミヤザキ"), ("内田", "ウチダ"), ("高木", "タカギ"), ("横山", "ヨコヤマ"),
)  # fmt: skip
_TRADES: Final = (
    _Trade("臨海倉庫", "リンカイソウコ", "corporation", tail=_COMPANY),
    _Trade("歯科医院", "シカイイン", "sole-trader"),
    _Trade("会計事務所", "カイケイジムショ", "sole-trader"),
    _Trade("金属工業", "キンゾクコウギョウ", "corporation", tail=_COMPANY),
    _Trade("珈琲", "コーヒー", "corporation", tail=_COMPANY),
    _Trade("塗装", "トソウ", "corporation", head="有限会社"),
    _Trade("保育園", "ホイクエン", "organisation"),
    _Trade("精密機械", "セイミツキカイ", "corporation", head=_COMPANY),
    _Trade("運輸", "ウンユ", "corporation", tail=_COMPANY),
    _Trade("建材店", "ケンザイテン", "sole-trader"),
    _Trade("法律事務所", "ホウリツジムショ", "sole-trader"),
    _Trade("商工", "ショウコウ", "corporation", tail=_COMPANY),
    _Trade("製菓", "セイカ", "corporation", tail=_COMPANY),
    _Trade("眼科クリニック", "ガンカクリニック", "organisation", head="医療法人 "),
    _Trade("工務店", "コウムテン", "sole-trader"),
    _Trade("不動産", "フドウサン", "corporation", head=_COMPANY),
    _Trade("印刷", "インサツ", "corporation", tail="有限会社"),
    _Trade("造園", "ゾウエン", "sole-trader"),
    _Trade("化成", "カセイ", "corporation", head=_COMPANY),
    _Trade("電機製作所", "デンキセイサクショ", "corporation", head=_COMPANY),
    _Trade("酒店", "サケテン", "sole-trader"),
    _Trade("鉄工所", "テッコウショ", "corporation", tail=_COMPANY),
    _Trade("自動車整備", "ジドウシャセイビ", "corporation", tail=_COMPANY),
    _Trade("社会福祉会", "シャカイフクシカイ", "organisation", head="社会福祉法人 "),
    _Trade("設計事務所", "セッケイジムショ", "corporation", head=_COMPANY),
)
_TOWNS: Final = (
    ("大阪府", "大阪市中央区北窓町", "06"), ("大阪府", "堺市堺区波止場町", "072"),
    ("大阪府", "東大阪市高井田元町", "06"), ("兵庫県", "神戸市中央区港島町", "078"),
    ("兵庫県", "姫路市白鷺町", "079"), ("京都府", "京都市下京区五条町", "075"),
    ("奈良県", "奈良市大宮町", "0742"), ("滋賀県", "大津市湖岸町", "077"),
    ("和歌山県", "和歌山市本町", "073"), ("愛知県", "名古屋市中区栄町", "052"),
    ("広島県", "広島市中区本通", "082"), ("福岡県", "福岡市博多区中洲町", "092"),
    ("石川県", "金沢市片町", "076"), ("岡山県", "岡山市北区表町", "086"),
    ("東京都", "千代田区神田町", "03"), ("神奈川県", "横浜市中区海岸町", "045"),
)  # fmt: skip
_GIVEN: Final = ("恵子", "一郎", "美咲", "直人", "健", "由美", "大輔", "真由", "浩", "奈緒", "翔太", "千尋")


def people(count: int, seed: int) -> Iterator[CustomerFields]:
    """So many customers."""
    chance = Random(seed)  # noqa: S311 - believable data, not secrets
    return (_person(chance, place) for place in range(count))


def _person(chance: Random, place: int) -> CustomerFields:
    name, kana = chance.choice(_NAMES)
    trade = chance.choice(_TRADES)
    prefecture, town, area_code = chance.choice(_TOWNS)
    who = f"{name if trade.kind == 'sole-trader' else chance.choice(_NAMES)[0]} {chance.choice(_GIVEN)}"
    middle = "0" * (6 - len(area_code))
    return CustomerFields(
        kind=trade.kind,
        name=f"{trade.head}{name}{trade.word}{trade.tail}",
        kana=kana + trade.kana,  # without the form of the company, as people look for it
        prefecture=prefecture,
        address=f"{town}{chance.randint(1, 9)}-{chance.randint(1, 40)}-{chance.randint(1, 20)}",
        department=""
        if trade.kind == "sole-trader"
        else chance.choice(("総務部", "情報システム課", "事務局")),
        person=who,
        phone=f"{area_code}-{middle}-{place % 10_000:04}",
        email=f"info{place:06}@example.jp",
    )
