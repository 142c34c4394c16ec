"""Whose a device is, where it stands, and when it goes back, by the shipped tariffs."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from app.contract.beside import Equipment, EquipmentFields
from app.contract.deadlines import Question, deadlines
from app.contract.equipment import (
    Circumstances,
    Holder,
    Stage,
    Why,
    device_words,
    owned_on,
    replacements,
    rule_of,
    stage_of,
    to_return,
)
from app.tariff.editions import stands_for
from app.tariff.life import EquipmentRule
from tests.shipped import TODAY, catalogue

CAME = date(2026, 4, 1)


def rules(service: str) -> tuple[EquipmentRule, ...]:
    life = stands_for(catalogue().service(service).editions, TODAY).life
    assert life is not None
    return life.equipment


def device(place: int = 1, **fields: object) -> Equipment:
    made = replace(EquipmentFields(delivered_on=CAME), **fields)
    return Equipment(id=f"d{place}", version=1, contract_id="c", fields=made)


def test_a_rented_gateway_is_the_providers_and_a_bought_one_the_customers() -> None:
    rule = rule_of(rules("media-light"), "gateway")
    rented, bought = device(), device(ownership="designated-seller")
    assert owned_on(rented, rule, TODAY).holder is Holder.PROVIDER
    owned = owned_on(bought, rule, TODAY)
    assert (owned.holder, owned.why, owned.since) == (Holder.CUSTOMER, Why.SELLER, CAME)
    assert owned.clause == "別紙4※3"


@pytest.mark.parametrize("kind", ["sensor", "dongle"])
def test_a_sensor_passes_when_the_initial_fee_is_paid_in_full(kind: str) -> None:
    rule = rule_of(rules("osect"), kind)
    one = device(kind=kind, ownership="passes-on-payment")
    assert owned_on(one, rule, TODAY).why is Why.UNPAID
    paid = Circumstances(paid_on=date(2026, 6, 30))
    assert owned_on(one, rule, date(2026, 6, 29), paid).holder is Holder.PROVIDER
    owned = owned_on(one, rule, date(2026, 6, 30), paid)
    assert (owned.holder, owned.why, owned.clause) == (Holder.CUSTOMER, Why.PAID, "別紙1 4.3")
    noted = device(kind=kind, ownership="passes-on-payment", passed_on=date(2026, 5, 1))
    assert owned_on(noted, rule, date(2026, 5, 1)).since == date(2026, 5, 1)


def test_a_sim_passes_at_the_end_or_when_another_comes() -> None:
    rule = rule_of(rules("osect"), "sim")
    one = device(kind="sim", ownership="passes-on-payment")
    assert owned_on(one, rule, TODAY, Circumstances(paid_on=CAME)).why is Why.NOT_ENDED
    ended = Circumstances(ended_on=date(2026, 10, 31))
    assert owned_on(one, rule, TODAY, ended).since == date(2026, 10, 31)
    new = device(2, kind="sim", replaces="d1", delivered_on=date(2026, 9, 1))
    exchanged = Circumstances(replaced=replacements([one, new]))
    assert owned_on(one, rule, TODAY, exchanged).since == date(2026, 9, 1)
    assert stage_of(one, rule, TODAY, None, replacements([one, new])) is Stage.KEPT


def test_a_connector_goes_back_within_a_month_of_the_end() -> None:
    end = date(2026, 10, 31)
    dates = deadlines(Question("mdr-ndr", date(2025, 11, 1), cancel=end), catalogue()).dates
    (duty,) = to_return([device(kind="connector")], rules("mdr-ndr"), end, dates)
    assert duty.by == dates["return_equipment_by"].day
    assert duty.clause == "8条1項"
    assert duty.reason is dates["return_equipment_by"]
    back = device(kind="connector", returned_on=date(2026, 11, 5))
    lost = device(kind="connector", lost=True)
    assert to_return([back, lost], rules("mdr-ndr"), end, dates) == ()


def test_only_what_is_rented_goes_back_and_the_terms_may_name_no_day() -> None:
    end = date(2026, 10, 31)
    devices = [device(), device(2, ownership="designated-seller"), device(3, delivered_on=None)]
    duties = to_return(devices, rules("media-light"), end, {})
    assert [(duty.equipment.id, duty.by) for duty in duties] == [("d1", None)]
    assert to_return(devices, rules("media-light"), None, {}) == ()


def test_a_gateway_another_stands_in_for_goes_back_at_once() -> None:
    old, new = device(), device(2, replaces="d1", model="gateway-50")
    newest = device(3, replaces="d2")
    (duty, second) = to_return([old, new, newest], rules("media-light"), None, {})
    assert (duty.equipment.id, second.equipment.id) == ("d1", "d2")
    rule = rule_of(rules("media-light"), "gateway")
    assert stage_of(old, rule, TODAY, None, replacements([old, new])) is Stage.REPLACED


@pytest.mark.parametrize(
    ("fields", "ended", "stage"),
    [
        ({"delivered_on": None}, None, Stage.ORDERED),
        ({"delivered_on": date(2026, 12, 1)}, None, Stage.ORDERED),
        ({}, None, Stage.IN_USE),
        ({}, date(2026, 12, 31), Stage.IN_USE),
        ({}, date(2026, 10, 31), Stage.TO_RETURN),
        ({"returned_on": TODAY}, date(2026, 10, 31), Stage.RETURNED),
        ({"ownership": "designated-seller"}, date(2026, 10, 31), Stage.KEPT),
        ({"lost": True}, None, Stage.LOST),
    ],
)
def test_where_a_gateway_stands(fields: dict[str, object], ended: date | None, stage: Stage) -> None:
    rule = rule_of(rules("media-light"), "gateway")
    assert stage_of(device(**fields), rule, TODAY, ended) is stage


def test_a_device_is_said_with_its_class_and_option() -> None:
    gateway = EquipmentFields(model="gateway-50", always_on=True)
    assert device_words(gateway) == "ゲートウェイ装置 50クライアント向け（24時間対応）"
    assert device_words(EquipmentFields(kind="sim", model="LTE")) == "SIMカード LTE"
