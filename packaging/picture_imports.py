"""Scenes of bringing a ledger in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from picture_plan import scene
from picture_stage import Stage

if TYPE_CHECKING:
    from ui.contracts.place import ContractsPlace
    from ui.imports.page import ImportPage

_HEADS = "管理番号,お客様名,フリガナ,住所,TEL,サービス名,数量,利用開始日,解約日,回線番号,異動区分,異動日"
_ROWS = (
    "101,株式会社あおば設計,アオバセッケイ,大阪府大阪市北区梅田1-1,06-1111-2222,どこでもプライム,28,2026/5/20,,CAF1001,,",
    "101,株式会社あおば設計,,,,どこでもプライム,31,,,,増設,2026/9/14",
    "102,藤井造園,フジイゾウエン,大阪府吹田市泉町2-2,06-3333-4444,見張り番,5,2024/10/1,,CAF1002,,",
    "103,コトリ保育園,コトリホイクエン,兵庫県神戸市中央区3-3,078-555-6666,mediaセキュリティライト,15,2025/4/1,,CAF1003,,",
    "104,木下アート印刷,キノシタアートインサツ,京都府京都市南区4-4,075-777-8888,media ライト,12,2025/7/1,,CAF1004,,",
)
_WRONG = (
    "105,中之島デザイン室,ナカノシマデザインシツ,大阪府大阪市北区,06-2222-3333,見張り番,60,2025/13/1,,CAF1005,,",
    "106,吉野建設株式会社,ヨシノケンセツ,奈良県奈良市,0742-11-2222,どこでもプライム,12,2026/7/1,2026/6/1,CAF1006,,",
    "107,はやて急便株式会社,ハヤテキュウビン,大阪府堺市,072-222-3333,宅配見守り,3,2026/7/1,,CAF1007,,",
    "108,株式会社白鷺,シラサギ,兵庫県姫路市,079-222-4444,mediaセキュリティライト,5,2025/4/1,,CAF1003,,",
)


def _page(stage: Stage, *rows: str) -> ImportPage:
    window = stage.open("contracts")
    place: ContractsPlace = window.page("contracts")  # type: ignore[assignment]
    place.open_import()
    stage.settle()
    assert place.imports is not None
    if rows:
        assert stage.session is not None
        assert stage.session.vault is not None
        path = stage.session.vault.folder / "契約台帳.csv"
        path.write_text("\n".join((_HEADS, *rows)), encoding="utf-8")
        place.imports.open_file(path)
        stage.settle()
    return place.imports


@scene("contracts")
def import_empty(stage: Stage) -> None:
    """Nothing chosen yet."""
    _page(stage)


@scene("contracts", manual=True)
def import_trial(stage: Stage) -> None:
    """A sound ledger, tried."""
    _page(stage, *_ROWS)


@scene("contracts", manual=True)
def import_problems(stage: Stage) -> None:
    """A ledger with mistakes, each told with its row."""
    _page(stage, *_ROWS, *_WRONG)


@scene("contracts")
def import_done(stage: Stage) -> None:
    """Brought in, and what was brought in before."""
    page = _page(stage, *_ROWS)
    page.import_button.click()
    stage.settle()
