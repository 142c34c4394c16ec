"""Our own side of every paper: company, desk, staff, and per service whether we provide or arrange it
(rules.md §7).
"""

from typing import Literal

import msgspec

from app.visit.settings import VisitSettings


class Bank(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """振込先."""

    name: str = ""
    branch: str = ""
    kind: Literal["", "ordinary", "current"] = ""
    number: str = ""
    holder: str = ""


class Company(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The company of this desk. ``registration`` is 登録番号, "T" + 13 digits, or ""."""

    name: str = ""
    kana: str = ""
    postal_code: str = ""
    address: str = ""
    building: str = ""
    phone: str = ""
    fax: str = ""
    registration: str = ""
    bank: Bank = Bank()
    fiscal_year_end_month: int = 3
    complaints_desk: str = ""  # name, phone and hours of who takes complaints
    payment_terms: str = "月末締め、翌月末日までにお振込み"
    due_months: int = 1  # 当社が定める期日: the end of the month so many (0-2) after the one billed
    validity_days: int = 14
    era: Literal["western", "wareki"] = "western"


class Staff(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who issues papers."""

    id: str
    name: str
    kana: str = ""
    department: str = ""
    active: bool = True


class ServiceRole(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What we are for one service: the provider itself, or an agent (取次店) of it."""

    role: Literal["provider", "agent"] = "agent"
    agent_code: str = ""
    mediator_rule: bool = False  # 媒介者交付特例 applies
    contact: str = ""  # the provider's desk customers may call


class PaperSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How papers are issued and kept. ``approve``: kinds (letters) somebody else has to agree to first;
    ``retention_years``: how long they are kept from two months after the end of the tax period.
    """

    approve: tuple[str, ...] = ()
    retention_years: Literal[7, 10] = 7


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings that stand in the database. ``desk_code``: 2–4 capital letters or digits, part of every
    number.
    """

    version: int = 0
    company: Company = Company()
    desk_name: str = ""
    desk_code: str = ""
    staff: tuple[Staff, ...] = ()
    current_staff: str = ""
    roles: dict[str, ServiceRole] = {}
    readings: dict[str, str] = {}
    reading_reasons: dict[str, str] = {}
    has_seal: bool = False
    has_logo: bool = False
    visits: VisitSettings = VisitSettings()
    papers: PaperSettings = PaperSettings()
    lock_minutes: Literal[0, 5, 10, 15, 30] = 10  # without a touch, until the window locks; 0: never

    def staff_member(self) -> Staff | None:
        """The member of staff at the desk now."""
        return next((one for one in self.staff if one.id == self.current_staff), None)

    def role_for(self, service: str) -> ServiceRole:
        """Our role for a service; agent unless said otherwise."""
        return self.roles.get(service, ServiceRole())
