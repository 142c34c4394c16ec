"""East or west: which of the two areas a place lies in. The terms name no prefectures; a site can say
otherwise.
"""

from __future__ import annotations

from app.contract.customer import CustomerFields
from app.quote.content import Site

EAST = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "山梨県",
    "長野県",
]


def area_of(site: Site, customer: CustomerFields) -> str:
    """``east`` or ``west`` as said for the site, else by the prefecture of its address or of the
    customer's.
    """
    if site.area:
        return site.area
    place = site.address.strip() or customer.prefecture + customer.address
    return "east" if any(place.startswith(prefecture) for prefecture in EAST) else "west"
