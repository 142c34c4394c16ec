"""The QR code, compared with what another implementation draws with the same mask."""

from __future__ import annotations

import pytest
import segno
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reports.qr import qr_rows

NUMBERS = st.text(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-/"), min_size=1, max_size=61)


def others(text: str) -> list[tuple[str, ...]]:
    """The eight drawings another implementation makes of a text, one a mask."""
    return [
        tuple(
            "".join(str(module) for module in row)
            for row in segno.make(
                text, error="m", micro=False, boost_error=False, mode="alphanumeric", mask=mask
            ).matrix
        )
        for mask in range(8)
    ]


@settings(max_examples=40)
@given(NUMBERS)
def test_the_modules_are_those_of_another_implementation(text: str) -> None:
    # Where the text with its end mark fills whole bytes the other one adds a byte of zeros, which no
    # reader minds.
    assume((17 + len(text) // 2 * 11 + len(text) % 2 * 6) % 8)
    assert qr_rows(text) in others(text)


def test_a_document_number_takes_the_smallest_code() -> None:
    assert len(qr_rows("Q-A1-2611-0318/1")) == 21
    assert len(qr_rows("Q-ABCD-2611-10318/12")) == 21
    assert len(qr_rows("Q-ABCD-2611-103189/12")) == 25


@pytest.mark.parametrize("text", ["見積", "q-a1", "A" * 62])
def test_what_the_code_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no QR code"):
        qr_rows(text)
