"""East or west: which of the two areas a place lies in. The terms name no prefectures; a site can say
otherwise.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from app.contract.customer import CustomerFields
from app.quote.content import Site

EAST: Final = frozenset(
    {
        "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県",
        "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "山梨県", "長野県",
    }
)  # fmt: skip

# A prefecture at the beginning of an address; 京都府 and 東京都 hold characters of the others' endings.
_PREFECTURE: Final = re.compile("北海道|東京都|(?:京都|大阪)府|.{2,3}?県")


def area_of(site: Site, customer: CustomerFields) -> str:
    """``east`` or ``west`` as said for the site, else by the prefecture of its address; that of the customer
    where the site's address names none.
    """
    if site.area:
        return site.area
    for address in (site.address, customer.prefecture, customer.address):
        named = named_area(address)
        if named:
            return named
    return "west"


def named_area(address: str) -> Literal["", "west", "east"]:
    """The area of the prefecture an address begins with; "" where it names none."""
    named = _PREFECTURE.match(address.strip())
    if named is None:
        return ""
    return "east" if named.group() in EAST else "west"
