"""Opening, cancellation and deadlines: both sides of every reading, and what holds for any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contract.cancellation_date import End, Notice, cancellation_date
from app.contract.date_reason import DateReason, closed_between, grounds
from app.contract.date_words import because, rows
from app.contract.deadlines import Deadlines, Question, deadlines
from app.contract.opening import OpeningDates, Wish, opening_date
from app.days import add_business_days, is_business_day, nth_period
from app.errors import UserError
from app.tariff.catalogue import Catalogue
from app.words import set_language
from tests.shipped import catalogue

DAY = timedelta(days=1)
DESIRED = date(2026, 6, 22)  # a Monday; 6/10 is eight, 6/19 one business day before
days = st.dates(date(2024, 6, 1), date(2032, 12, 31))


def chosen(**choices: str) -> Catalogue:
    return catalogue().with_choices({name.replace("_", "-"): one for name, one in choices.items()})


def opened(
    delivered: date | None = None, tested: date | None = None, desired: date = DESIRED, **choices: str
) -> OpeningDates:
    return opening_date(Wish("osect", desired, delivered, tested), chosen(**choices))


def ended(service: str, notified: date, wished: date, confirmed: date, **choices: str) -> End:
    return cancellation_date(Notice(service, wished, notified, confirmed), chosen(**choices))


def days_of(question: Question, **choices: str) -> Deadlines:
    return deadlines(question, chosen(**choices))


# --- opening -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delivered", "calendar", "business"),
    [
        (date(2026, 6, 9), 22, 22),  # in time
        (date(2026, 6, 10), 23, 23),  # one day either way
        (date(2026, 6, 12), 25, 25),  # Wed to Fri: three days either way
        (date(2026, 6, 14), 27, 25),  # to Sunday: five calendar days, three business days
        (date(2026, 6, 15), 28, 26),
    ],
)
def test_days_of_delay_are_calendar_or_business_days(delivered: date, calendar: int, business: int) -> None:
    assert opened(delivered).opening.day == date(2026, 6, calendar)
    assert opened(delivered, opening_delay_days="business").opening.day == date(2026, 6, business)


def test_business_days_of_delay_shift_by_business_days() -> None:
    # 6/10-6/17 are six business days; six business days after Monday 6/22 is Tuesday 6/30
    assert opened(date(2026, 6, 17), opening_delay_days="business").opening.day == date(2026, 6, 30)


def test_both_late_is_the_later_or_the_sum() -> None:
    given_ = (date(2026, 6, 12), date(2026, 6, 24))  # x = 3, y = 6
    later = opened(*given_)
    assert later.opening.day == date(2026, 6, 28)
    assert later.opening.rule == "later-delay"
    assert [part.day for part in later.opening.parts] == [date(2026, 6, 25), date(2026, 6, 28)]
    added = opened(*given_, opening_both_late="sum")
    assert (added.opening.day, added.opening.inputs["days"]) == (date(2026, 7, 1), 9)
    business = opened(*given_, opening_both_late="sum", opening_delay_days="business")
    # x = 3, y = 6/19, 22, 23, 24 = 4: seven business days after 6/22
    assert (business.opening.day, business.opening.inputs["days"]) == (date(2026, 7, 1), 7)


def test_delivery_on_a_saturday_between_the_two_days_is_no_delay() -> None:
    # desired Thu 6/18: nine business days before is Fri 6/5, eight is Mon 6/8
    found = opened(date(2026, 6, 6), desired=date(2026, 6, 18))
    assert (found.delivery_due.day, found.opening.day) == (date(2026, 6, 5), date(2026, 6, 18))


def test_services_without_an_opening() -> None:
    with pytest.raises(UserError) as told:
        opening_date(Wish("mihariban", DESIRED), catalogue())
    assert told.value.code == "no-rule"


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_the_opening_is_never_earlier_than_desired(desired: date, late: int, tested: int) -> None:
    base = add_business_days(desired, -9)
    found = opened(base + late * DAY, base + tested * DAY, desired)
    assert found.opening.day >= desired
    assert found.delivery_due.day < found.install_due.day < found.test_due.day < desired
    added = opened(base + late * DAY, base + tested * DAY, desired, opening_both_late="sum")
    assert added.opening.day >= found.opening.day


# --- cancellation ------------------------------------------------------------------------------------------


def test_a_late_notice_is_honoured_or_counts_from_the_confirmation() -> None:
    given_ = ("dokodemo-prime", date(2026, 6, 18), date(2026, 6, 22), date(2026, 6, 19))
    honoured = ended(*given_)
    assert (honoured.day, honoured.in_time) == (date(2026, 6, 22), False)
    assert honoured.reason.readings == (("prime-late-notice", "wished-day"),)
    other = ended(*given_, prime_late_notice="confirmation-plus-five")
    assert (other.day, other.in_time) == (date(2026, 6, 26), False)
    assert other.reason.readings == (("prime-late-notice", "confirmation-plus-five"),)


def test_a_notice_in_time_does_not_depend_on_the_reading() -> None:
    for choice in ("wished-day", "confirmation-plus-five"):
        found = ended(
            "dokodemo-prime",
            date(2026, 6, 15),
            date(2026, 6, 22),
            date(2026, 6, 16),
            prime_late_notice=choice,
        )
        assert (found.day, found.in_time, found.reason.readings) == (date(2026, 6, 22), True, ())
        assert found.last_notice is not None
        assert found.last_notice.day == date(2026, 6, 15)


def test_without_a_confirmation_the_notice_counts_as_confirmed() -> None:
    found = cancellation_date(Notice("media-light", date(2026, 6, 1), notified=date(2026, 6, 4)), catalogue())
    assert (found.day, found.in_time) == (date(2026, 6, 4), False)


@pytest.mark.parametrize(
    ("service", "field"),
    [("dokodemo-prime", "notified"), ("mdr-ndr", "notified"), ("media-light", "notified")],
)
def test_a_day_the_terms_ask_for(service: str, field: str) -> None:
    with pytest.raises(UserError) as told:
        cancellation_date(Notice(service, date(2026, 6, 1)), catalogue())
    assert (told.value.code, told.value.problems[0].field) == ("bad-input", field)


def test_where_only_the_wish_counts_nothing_else_is_asked() -> None:
    for service in ("mihariban", "osect"):
        found = cancellation_date(Notice(service, date(2026, 6, 1)), catalogue())
        assert (found.day, found.in_time, found.last_notice) == (date(2026, 6, 1), True, None)
    only_confirmed = Notice("media-light", date(2026, 6, 1), confirmed=date(2026, 6, 3))
    assert cancellation_date(only_confirmed, catalogue()).day == date(2026, 6, 3)


@given(days, st.integers(0, 30), st.integers(0, 30))
def test_the_end_never_lies_before_the_wish(notified: date, wait: int, check: int) -> None:
    for service in ("media-light", "dokodemo-prime", "mdr-ndr"):
        found = ended(service, notified, notified + wait * DAY, notified + check * DAY)
        assert found.day >= notified + wait * DAY
        if found.last_notice is not None:
            assert found.in_time is (notified <= found.last_notice.day)


# --- deadlines ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "day"), [("same-day", 31), ("day-before", 30)])
def test_the_last_day_of_the_notice_of_non_renewal(choice: str, day: int) -> None:
    found = days_of(Question("mdr-ndr", date(2025, 4, 1)), ndr_notice_day=choice)
    assert found.dates["notice_by"].day == date(2026, 1, day)
    in_time = Question("mdr-ndr", date(2025, 4, 1), notified=date(2026, 1, 31))
    assert days_of(in_time, ndr_notice_day=choice).renews is (choice == "day-before")


def test_a_payment_day_on_a_closed_day() -> None:
    asked = Question("mdr-ndr", date(2025, 4, 15))  # due Saturday 5/31
    moved = days_of(asked, due_on_holiday="next-business-day").dates["payment_due"]
    assert (moved.day, moved.rule) == (date(2025, 6, 2), "next-business-day")
    assert moved.parts[0].day == date(2025, 5, 31) == days_of(asked).dates["payment_due"].day
    open_day = Question("mdr-ndr", date(2025, 5, 15))  # due Monday 6/30
    assert days_of(open_day, due_on_holiday="next-business-day").dates["payment_due"].rule == "month-end"


def test_a_contract_that_nobody_renews_ends_with_its_term() -> None:
    found = days_of(Question("mdr-ndr", date(2025, 4, 1), notified=date(2026, 1, 31)))
    assert found.renews is False
    assert found.dates["return_equipment_by"].day == date(2026, 4, 30)  # a month from 4/1
    assert "settle_by" not in found.dates  # what 17条2項 says of an end within the term
    assert "renewed_to" not in found.dates


def test_a_contract_ended_within_its_term_does_not_renew() -> None:
    found = days_of(Question("mdr-ndr", date(2025, 4, 1), cancel=date(2025, 9, 30)))
    assert (found.renews, "renewed_to" in found.dates) == (False, False)
    later = days_of(Question("mdr-ndr", date(2025, 4, 1), cancel=date(2026, 9, 30)))
    assert later.dates["renewed_to"].day == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("choice", "start", "month"),
    [
        ("anniversary-month", date(2024, 2, 15), "2025-02"),
        ("last-term-month", date(2024, 2, 15), "2025-02"),
        ("anniversary-month", date(2024, 4, 1), "2025-04"),
        ("last-term-month", date(2024, 4, 1), "2025-03"),
    ],
)
def test_the_renewal_month_of_media(choice: str, start: date, month: str) -> None:
    found = days_of(Question("media-light", start), media_renewal_month=choice)
    assert str(found.renewal_month) == month
    assert found.renewal_month is not None
    last = found.renewal_month.last
    for notified, renews in ((last, False), (last + DAY, True)):
        asked = Question("media-light", start, notified=notified)
        assert days_of(asked, media_renewal_month=choice).renews is renews


def test_uninstalling_by_the_day_of_the_end() -> None:
    found = days_of(Question("dokodemo-prime", date(2026, 6, 1), cancel=date(2026, 9, 28)))
    assert found.dates["uninstall_by"].day == date(2026, 9, 28)
    assert found.renews is None
    assert set(days_of(Question("dokodemo-prime", date(2026, 6, 1))).dates) == {"min_term_ends"}


def test_a_claim_for_damages_has_a_last_day_only_in_mdr() -> None:
    events = {"claim_by": date(2025, 6, 10)}
    for service in ("mihariban", "media-light", "osect", "dokodemo-prime"):
        asked = Question(service, date(2025, 4, 1), events=events)
        assert "claim_by" not in days_of(asked).dates
    asked = Question("mdr-ndr", date(2025, 4, 1), events=events)
    assert days_of(asked).dates["claim_by"].clause == "21条3項"


@given(st.dates(date(2021, 1, 1), date(2031, 12, 31)), st.integers(0, 3000))
def test_terms_follow_one_another(start: date, passed: int) -> None:
    asked = Question("mdr-ndr", start, on=start + passed * DAY)
    found = days_of(asked)
    last = found.dates["term_ends"].day
    number = found.dates["term_ends"].inputs["number"]
    assert isinstance(number, int)
    assert nth_period(start, 12, number).first <= start + passed * DAY <= last
    assert found.dates["renewed_to"].day == nth_period(start, 12, number + 1).last
    assert found.dates["notice_by"].day < last
    assert found.dates["payment_due"].day > found.dates["invoice_by"].day


# --- reasons -----------------------------------------------------------------------------------------------


def reasons() -> list[DateReason]:
    """One of every kind."""
    found = list(opened(date(2026, 6, 12), date(2026, 6, 24)).opening.parts)
    found += [opened().opening, opened(date(2026, 6, 12), date(2026, 6, 24)).opening]
    found.append(
        opened(
            date(2026, 6, 12), date(2026, 6, 24), opening_both_late="sum", opening_delay_days="business"
        ).opening
    )
    for service in ("mihariban", "media-light", "dokodemo-prime", "mdr-ndr"):
        for wished in (date(2026, 6, 10), date(2027, 6, 30)):
            found.append(ended(service, date(2026, 6, 9), wished, date(2026, 6, 12)).reason)
    asked = Question(
        "mdr-ndr",
        date(2025, 4, 15),
        on=date(2026, 5, 1),
        cancel=date(2026, 8, 31),
        events={
            "inspect_by": date(2026, 1, 1),
            "abolition_notice_by": date(2027, 1, 1),
            "claim_by": date(2026, 1, 1),
        },
    )
    found += days_of(asked, due_on_holiday="next-business-day", ndr_notice_day="day-before").dates.values()
    prime = Question("dokodemo-prime", date(2026, 6, 1), cancel=date(2026, 9, 28))
    found += days_of(prime).dates.values()
    return found


def test_every_kind_of_reason_is_said_in_both_languages() -> None:
    for language in ("ja", "en"):
        set_language(language)
        for reason in reasons():
            assert because(reason)
            first, *_others = rows(reason)
            assert first.words in because(reason)
            assert all(row.words for row in rows(reason))
    kinds = {reason.rule for reason in reasons()}
    assert kinds == {
        "delayed", "desired-day", "later-delay", "sum-of-delays", "wished-day", "confirmation-day",
        "business-days-after", "business-days-before", "months-of-notice", "term", "months-before",
        "months-after", "month-end", "next-business-day", "days-from",
    }  # fmt: skip


def test_a_reason_in_words() -> None:
    found = days_of(Question("dokodemo-prime", date(2025, 12, 1), cancel=date(2026, 5, 11)))
    told = [(row.depth, row.words, row.value) for row in rows(found.dates["notice_by"])]
    assert told == [
        (0, "2026年5月11日の5営業日前（その日は数えない）", "2026年4月28日（火）"),
        (
            1,
            "数えない休業日",
            "4月29日（昭和の日）、5月4日（みどりの日）、5月5日（こどもの日）、5月6日（振替休日（憲法記念日））",
        ),
        (1, "規約の版", "2026年5月11日実施"),
    ]
    assert because(found.dates["notice_by"]) == "2026年5月11日の5営業日前（その日は数えない）（20条1項）"


def test_many_closed_days_are_counted_rather_than_named() -> None:
    on = grounds(catalogue(), "osect", DESIRED)
    closed = closed_between(date(2026, 1, 1), date(2026, 12, 31))
    assert len(closed) > 6
    reason = on.reason(DESIRED, "business-days-before", {"of": DESIRED, "count": 200, "closed": closed}, "")
    words = [row.words for row in rows(reason)]
    assert f"土日のほか{len(closed)}日の休業日を数えていません" in words
    assert because(reason) == words[0]  # no clause, no brackets


@given(days, st.integers(1, 30))
def test_closed_days_explain_the_count(day: date, count: int) -> None:
    first = add_business_days(day, -count)
    closed = closed_between(first, day)
    weekdays = sum((first + n * DAY).weekday() < 5 for n in range((day - first).days))
    counted = weekdays - sum(one < day for one in closed)
    assert counted == count
    assert not any(is_business_day(one) for one in closed)
