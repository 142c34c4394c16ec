"""A small tariff file that is right, to be made wrong."""

from __future__ import annotations

SMALL = """\
code = "watch"
name = { ja = "見守り", en = "Watch" }
short = { ja = "見守り", en = "Watch" }
provider = { ja = "見守り株式会社", en = "Watch Inc." }
order = 9
source = "見守り利用規約"
checked_on = 2026-11-20
checked_by = "test"
lines = ["flets"]

[[editions]]
start = 2026-01-01
priced = false
clause = "附則1"

[[editions]]
start = 2026-07-01
priced = true
clause = "附則2"

[[editions.items]]
code = "seat"
name = { ja = "席", en = "Seat" }
unit = { ja = "席", en = "seat" }
tiers = [
  { first = 1, last = 9, price = 300 },
  { first = 10, last = 99, price = 250 },
]
minimum = 1
maximum = 99
range_clause = "5条"
options = [{ option = "light", effect = "free", clause = "5条※" }]
clause = "5条"

[[editions.items]]
code = "setup"
name = { ja = "設定費", en = "Set-up" }
unit = { ja = "席", en = "seat" }
charge = "one-off"
per_item = "seat"
price = 1000
clause = "5条"

[[editions.options]]
code = "light"
name = { ja = "ライト", en = "Light" }
kind = "flag"
default = false
clause = "5条※"

[editions.proration]
policy = "by-day"
last_charged_day = "same-day"
reading = "watch-days"
period_clause = "6条"
floor_clause = "7条"
clause = "6条"

[editions.term]
months = 12
renewal = "yearly-unless-noticed"
notice_months = 1
clause = "8条"

[editions.termination]
policy = "base-remaining-year"
waived = ["service-end"]
waiver_clause = "9条"
clause = "9条"

[editions.interest]
rate = "0.145"
clause = "10条"

[editions.surcharge]
factor = 2
clause = "11条"

[editions.cancellation]
policy = "months-notice"
months = 1
clause = "12条"

[editions.promotion]
applied_from = 2026-07-01
applied_until = 2026-09-30
free_months = 1
clause = "附則3"

[[editions.deadlines]]
code = "notice_by"
months = 1
name = { ja = "解約の申し出", en = "Notice" }
clause = "12条"

[editions.visit]
days = [{ area = "west", weekdays = [0, 1] }, { area = "east", weekdays = [2] }]
first_hour = "09:00"
last_hour = "17:00"
reception_first = "09:00"
reception_last = "21:00"
reception_weekdays = [0, 1, 2, 3, 4]
reception_clause = "別紙2"
hours_clause = "別紙2"
success_clause = "13条"
clause = "13条"

[[editions.visit.menu]]
code = "base"
name = { ja = "基本作業費", en = "Basic fee" }
unit = { ja = "回", en = "visit" }
per = "dispatch"
price = 4500
clause = "別紙3"

[[editions.visit.menu]]
code = "data-migration"
name = { ja = "データ移行", en = "Data migration" }
unit = { ja = "台", en = "device" }
per = "device"
clause = "別紙3"

[editions.visit.migration]
bands = [[1, 1], [2, 5]]
step_gb = "1000"
step_price = 500
step_from_gb = "50"
clause = "別紙3"
classes = [
  { up_to_gb = "4.7", name = { ja = "4.7GBまで", en = "up to 4.7 GB" }, prices = [600] },
  { up_to_gb = "50", name = { ja = "50GBまで", en = "up to 50 GB" }, prices = [3000, 2000] },
]

[[editions.readings]]
name = "watch-days"
topic = { ja = "日数", en = "Days" }
choice = "calendar"
sentence = { ja = "日数の数え方がありません。", en = "How days are counted is not said." }
customer_sentence = { ja = "日数は「{choice}」です。", en = "Days: {choice}." }
clause = "6条"
choices = [
  { code = "calendar", name = { ja = "暦日", en = "calendar days" } },
  { code = "thirty", name = { ja = "30日", en = "30 days" } },
]
"""


def changed(*replacements: tuple[str, str]) -> str:
    """The file with each first text replaced once by the second; the first must be there."""
    text = SMALL
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
