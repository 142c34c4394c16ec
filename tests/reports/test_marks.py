"""The QR code of a paper holds exactly its number."""

from __future__ import annotations

import pytest

from reports.marks import qr_rows


@pytest.mark.parametrize(
    ("text", "side"), [("Q-A1-2611-0318/1", 21), ("Q-ABCD-2611-10318/12", 21), ("Q-ABCD-2611-103189/12", 25)]
)
def test_a_document_number_takes_the_smallest_code_of_level_m(text: str, side: int) -> None:
    rows = qr_rows(text)
    assert (len(rows), {len(row) for row in rows}) == (side, {side})
    assert rows[0][:8] == "11111110"  # a finder pattern and its quiet edge


def test_texts_that_are_no_number_are_refused() -> None:
    with pytest.raises(ValueError, match=r"alphanumeric|characters|encod"):
        qr_rows("小文字 abc")
