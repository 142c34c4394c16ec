"""All scenes the pictures show: each drives the real widgets to a state somebody at a counter meets."""

from __future__ import annotations

import picture_audit  # noqa: F401 - its scenes
import picture_backups  # noqa: F401 - its scenes
import picture_contract_actions  # noqa: F401 - its scenes
import picture_contracts_list  # noqa: F401 - its scenes
import picture_customers  # noqa: F401 - its scenes
import picture_editor  # noqa: F401 - its scenes
import picture_explanation  # noqa: F401 - its scenes
import picture_home  # noqa: F401 - its scenes
import picture_home_visits  # noqa: F401 - its scenes
import picture_imports  # noqa: F401 - its scenes
import picture_issuing  # noqa: F401 - its scenes
import picture_lock  # noqa: F401 - its scenes
import picture_months  # noqa: F401 - its scenes
import picture_onsite  # noqa: F401 - its scenes
import picture_papers  # noqa: F401 - its scenes
import picture_places  # noqa: F401 - its scenes
import picture_privacy  # noqa: F401 - its scenes
import picture_tariffs  # noqa: F401 - its scenes
import picture_visit_settings  # noqa: F401 - its scenes
import picture_visits  # noqa: F401 - its scenes
from picture_plan import SCENES, Scene

__all__ = ["SCENES", "Scene"]
