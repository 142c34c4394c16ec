"""JSON is read exactly as it was written, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.strict_json import read_json


def test_numbers_stay_as_they_were_written() -> None:
    assert read_json(b'{"gb": 4.70}') == ({"gb": Decimal("4.70")}, ())
    assert read_json(b'{"a": 1, "a": 2}')[1] == ("a",)


@pytest.mark.parametrize("number", [b"1e9999999999999999999999", b"0.1e-99999999999999999999999999", b"NaN"])
def test_numbers_no_machine_holds_are_refused(number: bytes) -> None:
    with pytest.raises(ValueError, match=r"is out of all bounds|is no JSON number"):
        read_json(b'{"gb": ' + number + b"}")
