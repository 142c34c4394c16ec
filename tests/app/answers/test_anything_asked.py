"""Whatever is asked, there is an answer or a refusal: never an exception, never a bug."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.answers.questions import ASKS, answer_lines, answer_question, as_line
from tests.app.answers.asking import VISIT, with_
from tests.shipped import TODAY, catalogue

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**22), 10**22),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["", "2026-06-10", "2026-06", "2026-06-31", "9999-12-31",
         "media-light", "dokodemo-prime", "osect", "west", "id",
         "os-recovery", "data-migration", "corporation", "2026-06-10T10:00", "\ud800", "あ" * 300]
    ),
    st.text(max_size=10),
)  # fmt: skip
names = st.sampled_from(
    ["service", "on", "area", "from", "to", "offset",
     "items", "contract", "start", "gateway", "endpoint", "free_visits",
     "work", "devices", "menu", "migrate_gb", "backup",
     "apps", "by_hand", "months", "changes", "cancel", "outages",
     "suspensions", "works_fee", "billing", "id", "license",
     "options", "dispatches", "applied_on", "line", "arrears"]
)  # fmt: skip
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=6),
    max_leaves=20,
)
questions = st.one_of(
    anything,
    st.fixed_dictionaries(
        {
            "id": scalars,
            "ask": st.sampled_from(sorted(ASKS)),
            "given": st.dictionaries(names, anything, max_size=8).map(
                lambda members: {"service": "media-light", **members}
            ),
        }
    ),
)


@given(questions)
def test_whatever_is_asked_is_answered_or_refused(question: object) -> None:
    reply = answer_question(question, catalogue(), TODAY)
    assert ("answer" in reply) is not ("error" in reply)
    if "error" in reply:
        assert reply["error"]["code"] in {  # type: ignore[index]
            "bad-input", "out-of-range", "no-price",
            "individual-quote", "edition-unknown", "no-rule", "not-yet",
        }  # fmt: skip
    assert isinstance(json.loads(as_line(reply)), dict)


paths = st.sampled_from(
    ["on", "area", "dispatches", "with_line_order",
     "contract", "contract.start", "contract.gateway", "contract.endpoint",
     "contract.free_visits", "work", "work.0",
     "work.0.devices", "work.0.menu", "work.0.migrate_gb", "work.0.apps"]
)  # fmt: skip


@given(paths, anything)
def test_a_visit_with_one_member_changed_is_answered_or_refused(path: str, value: object) -> None:
    copy = with_(VISIT, path, None)
    *way, last = path.split(".")
    inner: Any = copy
    for step in way:
        inner = inner[int(step) if step.isdigit() else step]
    inner[int(last) if last.isdigit() else last] = value
    reply = answer_question({"id": 1, "ask": "visit", "given": copy}, catalogue(), TODAY)
    assert ("answer" in reply) is not ("error" in reply)


@given(st.binary(max_size=200))
def test_whatever_bytes_come_are_answered(line: bytes) -> None:
    for text in answer_lines([line], catalogue(), TODAY):
        assert json.loads(text)["error"]["code"] == "bad-input"
