"""PINs, roles and what they permit, on a real desk with two windows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from app.errors import UserError
from app.papers.issuer import Staff
from app.usecases.desk import Desk
from app.usecases.keep_accounts import remove_pin, reset_forgotten, set_pin, set_role
from app.usecases.keep_quotation import who
from app.usecases.keep_settings import save_settings
from app.usecases.permissions import ALLOWED, Act, act_words, may, require_at
from app.usecases.pins import Cost, check_pin, hashed, matches
from app.usecases.sign_in import note_lock, sign_in, sign_out, wait_of
from app.usecases.staff_account import Account, Role
from cli.staff import sign_in_by_name
from db.vault import FolderVault
from tests.desks import NOW, new_desk, reopened

CHEAP = Cost(8, 1, 1)
TAMURA, TAKASE, SATO = "2580", "4193", "772640"


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    made = new_desk(folder)
    made.now = Clock()
    settings = made.settings()
    more = (Staff(id="takase", name="高瀬 直人"), Staff(id="sato", name="佐藤 亮"))
    save_settings(made, msgspec.structs.replace(settings, staff=(*settings.staff, *more)))
    yield made
    made.storage.close()


@pytest.fixture
def pinned(desk: Desk) -> Desk:
    """田村 is 管理者 (as the first with a PIN), 高瀬 担当者, 佐藤 技術者; 田村 is signed in."""
    for staff, pin in (("tamura", TAMURA), ("takase", TAKASE), ("sato", SATO)):
        set_pin(desk, staff, pin, pin, cost=CHEAP)
    set_role(desk, "sato", Role.TECHNICIAN)
    return desk


def code_of(call: object, *arguments: object) -> str:
    with pytest.raises(UserError) as refused:
        call(*arguments)  # type: ignore[operator]
    return refused.value.code


def audited(desk: Desk) -> list[str]:
    with desk.storage.look() as work:
        connection = work.session.connection  # type: ignore[attr-defined]
        rows = connection.exec_driver_sql("select what from audit order by seq")
        assert work.audit.check() == []
        return [row[0] for row in rows]


def test_without_pins_everything_is_as_it_was(desk: Desk) -> None:
    for act in Act:
        require_at(desk, act)
    assert who(desk.settings()) == "田村 美咲"
    assert desk.storage.signed_in == ""
    sign_in_by_name(desk, "だれか", "")  # commands ask for nothing


def test_pins_are_hashed_and_the_easy_ones_refused() -> None:
    stored = hashed("２５８０", CHEAP)
    assert "2580" not in stored
    assert stored.startswith("$argon2id$")
    assert matches("2580", stored)
    assert not matches("2581", stored)
    assert hashed("2580", CHEAP) != stored
    for easy in ("0000", "1234", "98765", "7890", "123", "123456789", "12a4", ""):
        assert code_of(check_pin, easy) == "bad-pin"
    assert code_of(check_pin, "2580", "2581") == "bad-pin"


def test_each_window_has_its_own_member_and_the_shared_row_none(pinned: Desk, folder: Path) -> None:
    other = reopened(folder)
    try:
        assert other.settings().current_staff == ""
        assert code_of(require_at, other, Act.SELL) == "not-signed-in"
        sign_in(other, "takase", TAKASE)
        assert (who(pinned.settings()), who(other.settings())) == ("田村 美咲", "高瀬 直人")
        stored = save_settings(pinned, msgspec.structs.replace(pinned.settings(), desk_name="北窓口"))
        assert (stored.current_staff, other.settings().current_staff) == ("tamura", "takase")
        sign_out(other)
        assert other.settings().current_staff == ""
    finally:
        other.storage.close()
    remove_pin(pinned, "sato")
    remove_pin(pinned, "takase")
    remove_pin(pinned, "tamura")  # the last one gives the desk back to everybody
    assert pinned.settings().current_staff == "tamura"
    require_at(pinned, Act.STAFF)


def test_roles_permit_what_the_table_says_and_refusals_name_who_may(pinned: Desk) -> None:
    with pinned.storage.look() as work:
        accounts = work.accounts.all()
    for act in Act:
        assert act_words(act)
        for staff, role in (("tamura", Role.MANAGER), ("takase", Role.CLERK), ("sato", Role.TECHNICIAN)):
            assert may(accounts, staff, act) == (role in ALLOWED[act])
    sign_in(pinned, "takase", TAKASE)
    with pytest.raises(UserError, match="田村 美咲さん") as refused:
        save_settings(pinned, msgspec.structs.replace(pinned.settings(), desk_name="北窓口"))
    assert refused.value.code == "not-permitted"
    assert code_of(set_role, pinned, "takase", Role.MANAGER) == "not-permitted"
    with pytest.raises(UserError):
        set_pin(pinned, "sato", "3141", "3141", cost=CHEAP)
    set_pin(pinned, "takase", "3141", "3141", own=TAKASE, cost=CHEAP)  # everybody changes their own
    sign_in(pinned, "takase", "3141")


def test_who_was_taken_out_of_the_staff_may_nothing_and_nobody_signs_for_another(pinned: Desk) -> None:
    settings = pinned.settings()
    gone = tuple(msgspec.structs.replace(one, active=one.id != "takase") for one in settings.staff)
    kept = save_settings(pinned, msgspec.structs.replace(settings, staff=gone, current_staff="sato"))
    assert kept.current_staff == "tamura"
    with pinned.storage.look() as work:
        connection = work.session.connection  # type: ignore[attr-defined]
        rows = connection.exec_driver_sql("select payload from audit_payloads order by rowid desc limit 1")
        assert "田村 美咲" in str(rows.scalar())
    pinned.storage.let_in("takase")  # still at another window
    assert code_of(require_at, pinned, Act.SELL) == "not-signed-in"


def test_nobody_begins_with_a_pin_of_somebody_who_left(desk: Desk) -> None:
    settings = desk.settings()
    gone = tuple(msgspec.structs.replace(one, active=one.id != "sato") for one in settings.staff)
    save_settings(desk, msgspec.structs.replace(settings, staff=gone))
    assert code_of(set_pin, desk, "sato", SATO) == "gone"


def test_the_last_manager_stays(pinned: Desk) -> None:
    assert code_of(set_role, pinned, "tamura", Role.CLERK) == "last-manager"
    assert code_of(remove_pin, pinned, "tamura") == "last-manager"
    settings = pinned.settings()
    gone = tuple(msgspec.structs.replace(one, active=one.id != "tamura") for one in settings.staff)
    assert code_of(save_settings, pinned, msgspec.structs.replace(settings, staff=gone)) == "last-manager"
    set_role(pinned, "takase", Role.MANAGER)
    set_role(pinned, "tamura", Role.CLERK)
    assert code_of(set_role, pinned, "tamura", Role.MANAGER) == "not-permitted"


def test_wrong_pins_slow_down_across_restarts_and_clocks(pinned: Desk, folder: Path) -> None:
    clock = pinned.now
    assert isinstance(clock, Clock)
    assert [wait_of(n).seconds for n in (4, 5, 6, 7)] == [0, 30, 60, 120]
    assert wait_of(50) == timedelta(hours=1)
    for _try in range(4):
        assert code_of(sign_in, pinned, "sato", "5050") == "wrong-pin"
    assert code_of(sign_in, pinned, "sato", "5050") == "pin-wait"
    assert code_of(sign_in, pinned, "sato", SATO) == "pin-wait"  # the right one has to wait, too
    other = reopened(folder)
    other.now = clock
    try:
        assert code_of(sign_in, other, "sato", SATO) == "pin-wait"
        clock.at -= timedelta(days=400)  # set back: the whole wait again, but no year
        assert code_of(sign_in, other, "sato", SATO) == "pin-wait"
        clock.at += timedelta(seconds=31)
        assert code_of(sign_in, other, "sato", "5050") == "pin-wait"  # the sixth: twice as long
        clock.at += timedelta(seconds=31)
        assert code_of(sign_in, other, "sato", SATO) == "pin-wait"
        clock.at += timedelta(seconds=31)
        assert sign_in(other, "sato", SATO).name == "佐藤 亮"
        assert code_of(sign_in, other, "sato", "5050") == "wrong-pin"  # counted anew
    finally:
        other.storage.close()
    sign_in(pinned, "takase", TAKASE)
    note_lock(pinned, "idle")
    told = audited(pinned)
    assert told.count("sign-in-failed") == 7
    assert {"pin-set", "role-changed", "signed-in", "window-locked"} <= set(told)


def test_the_recovery_code_gives_a_manager_a_new_pin(pinned: Desk, folder: Path) -> None:
    vault = FolderVault(folder)
    code = vault.renew_recovery()
    assert code_of(reset_forgotten, pinned, vault, "X" * 28, "tamura", "3141", "3141") == "bad-recovery-code"
    assert code_of(reset_forgotten, pinned, vault, code, "sato", "3141", "3141") == "not-permitted"
    pinned.storage.let_in("")
    reset_forgotten(pinned, vault, code, "tamura", "3141", "3141", cost=CHEAP)
    assert pinned.settings().current_staff == "tamura"
    assert code_of(sign_in, pinned, "tamura", TAMURA) == "wrong-pin"


def test_commands_sign_in_by_name(pinned: Desk) -> None:
    pinned.storage.let_in("")
    assert code_of(sign_in_by_name, pinned, "だれか", TAMURA) == "not-found"
    sign_in_by_name(pinned, "高瀬直人", TAKASE)
    assert who(pinned.settings()) == "高瀬 直人"
    assert code_of(require_at, pinned, Act.CLOSE_MONTH) == "not-permitted"


def test_an_account_without_pin_permits_nothing_where_others_have_one() -> None:
    accounts = {"a": Account(staff_id="a", pin="x", role=Role.MANAGER), "b": Account(staff_id="b")}
    assert not may(accounts, "b", Act.BOOK)
    assert not may(accounts, "", Act.BOOK)
