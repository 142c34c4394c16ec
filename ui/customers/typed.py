"""A customer as it is stored or as it stands in a form, and two such put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from app.contract.customer import CustomerDetails, CustomerFields

_PARTS = ("corporate_number", "contacts", "sites", "billing")


@dataclass(frozen=True)
class Typed:
    """A customer's fields and details, stored or as they stand in a form."""

    fields: CustomerFields
    details: CustomerDetails

    def value(self, name: str) -> Any:
        """One of them by its name."""
        return getattr(self.details if name in _PARTS else self.fields, name)

    def with_values(self, values: dict[str, Any]) -> Typed:
        """With other values."""
        details = {name: value for name, value in values.items() if name in _PARTS}
        fields = {name: value for name, value in values.items() if name not in _PARTS}
        return Typed(
            msgspec.structs.replace(self.fields, **fields), msgspec.structs.replace(self.details, **details)
        )


def names_of(typed: Typed) -> tuple[str, ...]:
    """All that may differ."""
    return (*typed.fields.__struct_fields__, *_PARTS)


def differing(one: Typed, other: Typed) -> list[str]:
    """What of two is not alike."""
    return [name for name in names_of(one) if one.value(name) != other.value(name)]


def both_changed(base: Typed, mine: Typed, theirs: Typed) -> list[str]:
    """What both changed, and not alike."""
    return [
        name for name in names_of(base) if len({repr(one.value(name)) for one in (base, mine, theirs)}) == 3
    ]


def together(base: Typed, mine: Typed, theirs: Typed) -> Typed:
    """Their record with one's own changes put on it, where only one of the two changed something."""
    own = {
        name: mine.value(name)
        for name in names_of(base)
        if mine.value(name) != base.value(name) and theirs.value(name) == base.value(name)
    }
    return theirs.with_values(own)


def notifiable(kept: Typed, typed: Typed) -> dict[str, tuple[str, str]]:
    """What differs of that which is to be notified (届出), as it would be stored: code → before and after."""
    from app.contract.customer_notice import notifiable_changes
    from app.usecases.check_customer import tidy_details, tidy_fields

    return notifiable_changes(
        tidy_fields(kept.fields),
        tidy_fields(typed.fields),
        tidy_details(kept.details),
        tidy_details(typed.details),
    )
