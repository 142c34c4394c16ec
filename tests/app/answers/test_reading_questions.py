"""Questions that are wrong: every one is refused with a stable code, and none stops the next."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from app.answers.questions import ASKS, answer_line, answer_lines, answer_question, as_line
from tests.app.answers.asking import BILL, VISIT, code, fields, with_
from tests.shipped import TODAY, catalogue

OUTAGE = {"known_at": "2024-06-04T11:00", "restored_at": "2024-06-05T11:00", "cause": "company"}


# --- lines


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[1, 2]",
        b"null",
        b"3",
        b'{"id": "q"',
        b'{"id": "q", "ask": "edition", "given": {"service": "osect", "on": NaN}}',
        b'{"id": "q", "ask": "edition", "given": {"service": "osect", "on": Infinity}}',
        b'{"id": "q", "ask": "edition", "given": "\xff\xfe"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"id": "q", "ask": "business-day", "given": {"on": "2026-01-01", "offset": ' + b"9" * 5_000 + b"}}",
        b'{"id": "q", "ask": "edition", "given": {"service": "'
        + b"x" * 5_000_000
        + b'", "on": "2026-01-01"}}',
    ],
    ids=lambda line: line[:20],
)
def test_a_bad_line_is_refused_and_the_next_one_answered(line: bytes) -> None:
    good = b'{"id": "good", "ask": "edition", "given": {"service": "osect", "on": "2026-01-01"}}'
    answers = [json.loads(text) for text in answer_lines([line, b"", b"  \r\n", good], catalogue(), TODAY)]
    assert len(answers) == 2
    assert answers[0]["error"]["code"] == "bad-input"
    assert len(answers[0]["error"]["message"]) < 300
    assert answers[1]["answer"]["priced"] is True


def test_names_that_stand_twice_are_refused_with_the_id() -> None:
    line = b'{"id": "q", "ask": "edition", "given": {"service": "osect", "on": "2026-01-01", "on": 1}}'
    reply = answer_line(line, catalogue(), TODAY)
    assert reply["id"] == "q"
    assert reply["error"]["code"] == "bad-input"  # type: ignore[index]


@pytest.mark.parametrize(
    ("identity", "echoed"),
    [
        ('"A-1"', "A-1"),
        ("7", 7),
        ("null", None),
        ('{"a": 1}', None),
        ("[1]", None),
        ("1.50", "1.50"),
        ("true", True),
    ],
)
def test_the_id_is_echoed(identity: str, echoed: object) -> None:
    line = f'{{"id": {identity}, "ask": "edition", "given": {{"service": "osect", "on": "2026-01-01"}}}}'
    reply = json.loads(as_line(answer_line(line.encode(), catalogue(), TODAY)))
    assert reply["id"] == echoed
    assert "answer" in reply


def test_without_an_id_it_is_null() -> None:
    assert answer_question({"ask": "edition"}, catalogue(), TODAY)["id"] is None


def test_a_byte_order_mark_is_no_error() -> None:
    line = b'\xef\xbb\xbf{"id": 1, "ask": "edition", "given": {"service": "osect", "on": "2026-01-01"}}'
    assert "answer" in answer_line(line, catalogue(), TODAY)


# --- questions


@pytest.mark.parametrize("kind", ["refund", "", None, 3, ["bill"], {}])
def test_an_unknown_question_is_bad_input(kind: object) -> None:
    reply = answer_question({"id": 1, "ask": kind, "given": BILL}, catalogue(), TODAY)
    assert reply["error"]["code"] == "bad-input"  # type: ignore[index]


@pytest.mark.parametrize("kind", sorted(ASKS))
@pytest.mark.parametrize(
    "given_", [None, [], "x", 3, {}, {"service": None}, {"service": "norton"}, {"service": []}]
)
def test_nothing_given_is_bad_input(kind: str, given_: object) -> None:
    assert code(kind, given_) == "bad-input"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("contract.start", None),
        ("contract.start", "soon"),
        ("contract.start", "2024-02-30"),
        ("contract.start", "1926-11-19"),
        ("contract.start", 20240101),
        ("contract", []),
        ("contract.items", []),
        ("contract.items.license", -1),
        ("contract.items.license", 2.5),
        ("contract.items.license", "10"),
        ("contract.items.license", True),
        ("contract.items.license", None),
        ("contract.items.license", 1e20),
        ("contract.items.sensor", 1),
        ("contract.items." + "x" * 500, 1),
        ("contract.options", {"gateway_24h": True}),
        ("contract.options", {"x": "y"}),
        ("contract.customer", "company"),
        ("contract.line", "adsl"),
        ("contract.area", "north"),
        ("contract.area", 1),
        ("months", None),
        ("months", "2024-06"),
        ("months.0", "2024-13"),
        ("months.0", "2024-06-01"),
        ("months.0", 202406),
        ("months", ["2024-06"] * 1_001),
        ("contract.changes", {}),
        ("contract.changes", ["x"]),
        ("contract.changes", [{"on": "2023-12-31", "items": {"license": 5}}]),
        ("contract.changes", [{"on": "2024-05-02"}, {"on": "2024-05-01"}]),
        ("contract.changes", [{"items": {"license": 5}}]),
        ("contract.cancel", {"by": "customer"}),
        ("contract.cancel", {"on": "2023-12-31", "by": "customer"}),
        ("contract.cancel", {"on": "2024-06-01", "by": "nobody"}),
        ("contract.cancel", {"on": "2024-06-01", "by": "company", "reason": "whim"}),
        ("contract.outages.0.restored_at", "2024-06-03T10:00"),
        ("contract.outages.0.restored_at", "2024-06-05"),
        ("contract.outages", [{"known_at": "2024-06-05T25:00", "cause": "company"}]),
        ("contract.outages", [{"known_at": "2024-06-05T11:00", "cause": "weather"}]),
        ("contract.suspensions", [{"from": "2024-06-05", "to": "2024-06-04"}]),
        ("contract.works_fee", {"amount": -1}),
        ("contract.works_fee", {"amount": 1, "done": 1.1}),
        ("contract.billing", {"method": "barter"}),
        ("contract.billing", {"notice": "yes"}),
        ("contract.billing", {"qualified_invoices": {"2024-13": 1}}),
        ("contract.billing", {"qualified_invoices": {"2024-06": -1}}),
    ],
)  # fmt: skip
def test_bad_contracts(path: str, value: object) -> None:
    assert (
        code("bill", with_({**BILL, "contract": {**BILL["contract"], "outages": [OUTAGE]}}, path, value))
        == "bad-input"
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("on", None),
        ("on", "2025-06-31"),
        ("on", "2025-04-14"),  # before the contract
        ("area", "north"),
        ("with_line_order", "no"),
        ("dispatches", -1),
        ("dispatches", 1.5),
        ("contract", None),
        ("contract", {}),
        ("contract.start", None),
        ("contract.gateway", 20),
        ("contract.gateway", "10"),
        ("contract.gateway_purchased", 1),
        ("contract.endpoint", "true"),
        ("contract.free_visits", "2025-05-01"),
        ("contract.free_visits", ["2025-05-32"]),
        ("work", None),
        ("work", [[]]),
        ("work.0.devices", -1),
        ("work.0.devices", 0.5),
        ("work.0.devices", 10**19),
        ("work.0.menu", None),
        ("work.0.menu", "os-recovery"),
        ("work.0.menu", ["massage"]),
        ("work.0.menu", [1]),
        ("work.0.menu", ["data-migration"]),  # no volume
        ("work.0.apps", 0),
        ("work.0.backup", "yes"),
        ("work.0.migrate_gb", "50"),
        ("work.0.migrate_gb", -0.1),
        ("work.0.by_hand", {"unit_price": 1, "reason": "", "approved_by": "x"}),
    ],
)
def test_bad_visits(path: str, value: object) -> None:
    assert code("visit", with_(VISIT, path, value)) == "bad-input"


@pytest.mark.parametrize(
    ("kind", "given_"),
    [
        ("edition", {"service": "osect"}),
        ("edition", {"service": "osect", "on": "2026-02-29"}),
        ("visit-days", {"service": "media-light", "from": "2025-09-31", "to": "2025-10-05"}),
        ("visit-days", {"service": "media-light", "from": "2025-10-06", "to": "2025-10-05"}),
        ("visit-days", {"service": "media-light", "from": "2025-10-06"}),
        ("visit-days", {"service": "media-light", "from": "1990-01-01", "to": "2025-10-05"}),
        ("business-day", {"on": "2026-09-24", "offset": "two"}),
        ("business-day", {"on": "2026-09-24", "offset": 1.5}),
        ("business-day", {"on": "2026-09-24"}),
        ("business-day", {"on": "2126-11-01", "offset": 30}),
        ("business-day", {"on": "2026-01-01", "offset": 52_000}),
        ("business-day", {"on": "2026-01-01", "offset": -52_000}),
        ("business-day", {"on": "2026-01-01", "offset": 10**9}),
        ("advice", {"service": "dokodemo-prime", "items": {"id": -5}}),
        ("advice", {"service": "dokodemo-prime", "items": {"license": 5}}),
        ("application", {"service": "osect", "items": {"sensor": 1}, "arrears": "yes"}),
        ("application", {"service": "osect", "items": {"sensor": 1}, "line": "adsl"}),
        ("application", {"service": "osect", "items": {"sensor": -1}}),
        ("application", {"service": "mihariban", "items": {"license": 1}, "applied_on": "2019-03-01"}),
        (
            "application",
            {
                "service": "mihariban",
                "items": {"license": 1},
                "applied_on": "2019-03-01",
                "start": "2019-02-28",
            },
        ),
        (
            "late-interest",
            {"service": "mihariban", "principal": -1, "due": "2024-01-31", "paid": "2024-03-15"},
        ),
        ("late-interest", {"service": "mihariban", "principal": 1, "due": "2024-01-31"}),
        ("surcharge", {"service": "mihariban", "evaded_net": -1}),
        ("opening-date", {"service": "osect", "desired": "soon"}),
        ("cancellation-date", {"service": "osect", "notified": "2026-01-01"}),
        ("deadlines", {"service": "mdr-ndr", "start": "2025-04-15", "cancel": "2025-04-14"}),
        ("termination", {"service": "dokodemo-prime", "contract": {"items": {"id": 10}}}),
    ],
)
def test_other_bad_questions(kind: str, given_: dict[str, object]) -> None:
    assert code(kind, given_) == "bad-input"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wrong = with_(with_(with_(BILL, "contract.start", "soon"), "contract.items.license", -1), "months.0", "x")
    assert fields("bill", wrong) == ["contract.start", "contract.items.license", "months.0"]


# --- the order of codes


@pytest.mark.parametrize(
    ("kind", "given_", "expected"),
    [
        ("bill", with_(BILL, "contract.items.license", 51), "out-of-range"),
        ("bill", with_(BILL, "contract.items.license", 0), "out-of-range"),
        ("bill", with_(BILL, "contract.items", {}), "out-of-range"),
        ("bill", with_(with_(BILL, "contract.items.license", 51), "months", []), "out-of-range"),
        (
            "bill",
            with_(with_(BILL, "contract.items.license", 51), "contract.start", "2023-01-01"),
            "out-of-range",
        ),
        (
            "bill",
            with_(with_(BILL, "contract.start", "2023-01-01"), "months.0", "2023-06"),
            "edition-unknown",
        ),
        (
            "bill",
            with_(BILL, "contract.changes", [{"on": "2024-05-01", "items": {"license": 51}}]),
            "out-of-range",
        ),
        (
            "bill",
            {
                "service": "media-light",
                "contract": {"start": "2024-01-01", "items": {"cloud-sandbox": 1}},
                "months": ["2024-01"],
            },
            "no-price",
        ),
        ("advice", {"service": "dokodemo-prime", "items": {"id": 10_000}}, "out-of-range"),
        ("advice", {"service": "osect", "items": {}}, "out-of-range"),
        ("advice", {"service": "media-light", "items": {"cloud-sandbox": 1}}, "no-price"),
        ("application", {"service": "media-light", "items": {"cloud-sandbox": 1}}, "no-price"),
        ("application", {"service": "mihariban", "items": {"license": 0}}, "out-of-range"),
        ("application", {"service": "osect", "items": {}}, "out-of-range"),
        ("visit-days", {"service": "osect", "from": "2026-01-01", "to": "2026-01-02"}, "no-rule"),
        ("visit", with_(VISIT, "service", "osect"), "no-rule"),
        ("termination", {"service": "mihariban", "contract": BILL["contract"]}, "bad-input"),
        ("surcharge", {"service": "mdr-ndr", "evaded_net": 1}, "no-rule"),
        ("deadlines", {"service": "mdr-ndr", "start": "2025-04-15", "on": "2025-04-14"}, "bad-input"),
    ],
)
def test_codes(kind: str, given_: dict[str, object], expected: str) -> None:
    assert code(kind, given_) == expected


def test_decimals_are_exact_as_written() -> None:
    def migrated(gb: str) -> int:
        given_ = {**VISIT, "contract": {"start": "2025-04-15"}}
        given_["work"] = [{"devices": 1, "menu": ["data-migration"], "migrate_gb": Decimal(gb)}]
        answer: Any = answer_question({"ask": "visit", "given": given_}, catalogue(), TODAY)["answer"]
        return next(int(line["amount"]) for line in answer["lines"] if line["item"] == "data-migration")

    assert migrated("4.7") == 6_000
    assert migrated("4.70000000000000000001") == 30_000
    assert migrated("0.29") == 6_000
