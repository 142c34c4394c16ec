"""What was typed of a customer and is not stored: kept beside the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from app.contract.customer import CustomerDetails, CustomerFields
from ui.unsaved import Unsaved, Values

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from ui.customers.form_fields import CustomerForm
    from ui.session import Session

_TYPED_DETAILS = ("corporate_number", "contacts", "sites", "billing")


class KeptCustomer(Unsaved):
    """Follows the form of a customer. Notices and changes, which are not typed, stay as they were read."""

    def __init__(self, session: Session, form: CustomerForm, parent: QObject) -> None:
        super().__init__(session, "customer", self._values, self._put, parent)
        self._form = form
        form.edited.connect(self.note)

    def _values(self) -> dict[str, Any]:
        details = msgspec.to_builtins(self._form.details())
        return {
            "fields": msgspec.to_builtins(self._form.current()),
            "details": {name: details[name] for name in _TYPED_DETAILS},
        }

    def _put(self, values: Values) -> None:
        fields = msgspec.convert(values["fields"], CustomerFields)
        details = msgspec.to_builtins(self._form.details())
        typed = {name: values["details"][name] for name in _TYPED_DETAILS if name in values["details"]}
        self._form.show_customer(fields, msgspec.convert({**details, **typed}, CustomerDetails))
        self._form.edited.emit()
