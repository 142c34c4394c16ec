"""The town of an address, for lists: enough to tell two customers of one name apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_PREFECTURE: Final = re.compile(r"^(?:東京都|北海道|(?:京都|大阪)府|.{2,3}県)")

# Towns whose own name holds 市, 町, 村 or 郡 before its end, where a plain pattern would cut it short.
_WHOLE_NAMES: Final = (
    "四日市市|廿日市市|野々市市|八日市市|市川市|市原市|余市郡余市町|余市町|高市郡[^町村]+[町村]|町田市|大町市|十日町市|"
    "村上市|村山市|東村山市|武蔵村山市|羽村市|田村市|田村郡[^町村]+[町村]|大村市|玉村町|佐波郡玉村町|杵島郡大町町|大和郡山市|郡山市|郡上市|蒲郡市|小郡市"
)
_TOWN: Final = re.compile(
    rf"(?:{_WHOLE_NAMES}|[^市区町村]+?郡[^町村]+?[町村]|[^市区町村郡]+?市[^市町村\d]{{1,4}}?区|[^市区町村]+?[市区町村])"
)


@lru_cache(maxsize=1024)
def town_of(prefecture: str, address: str) -> str:
    """City, ward, town or village of an address, such as 神戸市中央区; "" when none can be told.

    >>> town_of("兵庫県", "神戸市中央区三宮町1-2-3")
    '神戸市中央区'
    """
    rest = _PREFECTURE.sub("", address.strip().removeprefix(prefecture))
    found = _TOWN.match(rest)
    return found[0] if found else ""
