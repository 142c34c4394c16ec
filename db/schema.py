"""Every table there is, in one ``metadata``: for migrations. Others import the few tables they use: to make
all of them takes longer than to store a quotation.
"""

from __future__ import annotations

import db.contract_tables  # noqa: F401 - puts its tables into the metadata
import db.paper_tables  # noqa: F401 - likewise
import db.staff_tables  # noqa: F401 - likewise
import db.tables  # noqa: F401 - likewise
import db.visit_tables  # noqa: F401 - likewise
from db.columns import metadata

__all__ = ["metadata"]
