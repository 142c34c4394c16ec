"""``deadlines``: the days that follow from a contract's start and end."""

from __future__ import annotations

from datetime import date

from app.answers.explain import dates_json
from app.answers.fields import LONGEST_CODE, REFUSALS, Fields, shown
from app.contract.deadlines import DAMAGE, Question, deadlines
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import Edition
from app.tariff.texts import words
from app.words import _


def answer(given: Fields) -> dict[str, object]:
    """The days that exist, each with its reason; how far the provider is liable, as a fact to show."""
    service = given.service()
    start = given.day("start")
    on, notified = given.day_or_none("on"), given.day_or_none("notified")
    cancel = given.day_or_none("cancel")
    if cancel is not None and cancel < start:
        given.refuse("cancel", _("終了日が開始日より前です。"))
    if on is not None and on < start:
        given.refuse("on", _("契約の開始日より前の日です。"))
    edition = _edition(given.asked.catalogue, service, start)
    events = _events(given, edition)
    given.asked.problems.raise_if_any(REFUSALS)
    question = Question(service, start, on, cancel, notified, events)
    found = deadlines(question, given.asked.catalogue)
    told = dates_json(found.dates)
    if found.renews is False:
        told["renewed_to"] = None
    if found.renewal_month is not None:
        told["renewal_month"] = str(found.renewal_month)
    told["liability"] = [{"text": words(one.text), "clause": one.clause} for one in edition.liability]
    return told


def _edition(catalogue: Catalogue, service: str, day: date) -> Edition:
    return stands_for(catalogue.service(service).editions, day)


def _events(given: Fields, edition: Edition) -> dict[str, date]:
    """The day something happened, by the code of the deadline that counts from it."""
    inside = given.inside("events")
    known = [rule.code for rule in edition.deadlines if rule.counted.endswith("event")]
    if any(one.claim_months is not None for one in edition.liability):
        known.append(DAMAGE)
    found = {}
    for code in inside.members:
        if code not in known:
            inside.refuse(
                code[:LONGEST_CODE],
                _("期限 {code} はありません。").format(code=shown(code)),
                remedy=_("次の中からお選びください：{names}").format(names=", ".join(known)) if known else "",
            )
            continue
        day = inside.day_or_none(code)
        if day is not None:
            found[code] = day
    return found
