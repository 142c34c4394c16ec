"""The key file: every kind, every change of kind, and everything that can be wrong with it."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from app.errors import EnvironmentProblem, UserError
from app.places import is_private
from db.folder import storage_state
from db.keys import KeyKind, KeyStore, database_tag
from tests.db.rights import read_only

PASSPHRASE = "窓口のパスフレーズ"
KINDS: tuple[KeyKind, ...] = ("none", "passphrase", "keyring")


class Drawer(KeyringBackend):
    """A key ring of its own: a dict."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[tuple[str, str], str] = {}
        self.full = False

    def set_password(self, service: str, username: str, password: str) -> None:
        if not self.full:
            self.secrets[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        del self.secrets[service, username]


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    before = keyring.get_keyring()
    made = Drawer()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def keys(tmp_path: Path) -> KeyStore:
    return KeyStore(tmp_path, memory_kib=64)


def passphrase_for(kind: KeyKind) -> str | None:
    return PASSPHRASE if kind == "passphrase" else None


def content(keys: KeyStore) -> dict[str, object]:
    found = json.loads(keys.path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("drawer")
def test_the_key_comes_back_from_every_kind(keys: KeyStore, kind: KeyKind) -> None:
    key = keys.create(kind, passphrase_for(kind))
    assert len(key) == 32
    assert KeyStore(keys.path.parent).unlock(passphrase_for(kind)) == key
    assert keys.kind() == kind
    assert keys.tag() == database_tag(key)
    assert is_private(keys.path)


def test_two_keys_are_never_the_same(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        made.append(KeyStore(tmp_path / name).create("none"))
    assert made[0] != made[1]


def test_only_an_unprotected_file_holds_the_key_and_it_says_so(keys: KeyStore, drawer: Drawer) -> None:
    key = keys.create("keyring")
    assert list(drawer.secrets)
    for kind in ("passphrase", "keyring"):
        keys.change(kind, passphrase=PASSPHRASE, new_passphrase=PASSPHRASE)  # type: ignore[arg-type]
        text = keys.path.read_text(encoding="utf-8")
        assert content(keys)["key"] is None
        assert key.hex() not in text
        assert b64encode(key).decode() not in text
    keys.change("none")
    assert content(keys)["key"] == b64encode(key).decode()
    assert "保護されていません" in keys.path.read_text(encoding="utf-8")
    assert "not protected" in keys.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("before", KINDS)
@pytest.mark.parametrize("after", KINDS)
def test_changing_the_kind_keeps_the_key(
    keys: KeyStore, before: KeyKind, after: KeyKind, drawer: Drawer
) -> None:
    key = keys.create(before, passphrase_for(before))
    keys.change(after, passphrase=passphrase_for(before), new_passphrase="もうひとつの合い言葉")
    assert keys.kind() == after
    assert keys.unlock("もうひとつの合い言葉") == key
    assert len(drawer.secrets) == (1 if after == "keyring" else 0)
    assert [path.name for path in keys.path.parent.iterdir()] == ["madoguchi.key"]


def test_a_wrong_passphrase_opens_nothing_and_changes_nothing(keys: KeyStore) -> None:
    keys.create("passphrase", PASSPHRASE)
    before = keys.path.read_bytes()
    with pytest.raises(UserError) as refused:
        keys.unlock("窓口のパスフレーズ？")
    assert refused.value.code == "wrong-passphrase"
    with pytest.raises(UserError):
        keys.change("none", passphrase="wrong", new_passphrase=None)
    assert keys.path.read_bytes() == before


@pytest.mark.parametrize("typed", ["Ｍａｄｏ ｇｕｃｈｉ", "Mado guchi", "Ｍado　guchi"])
def test_the_width_of_letters_does_not_matter(keys: KeyStore, typed: str) -> None:
    key = keys.create("passphrase", "Mado guchi")
    assert keys.unlock(typed) == key


@pytest.mark.parametrize(
    ("passphrase", "code"),
    [(None, "passphrase-needed"), ("", "passphrase-needed"), ("7文字です。", "passphrase-too-short")],
)
def test_a_passphrase_has_to_be_given_and_long_enough(
    keys: KeyStore, passphrase: str | None, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        keys.create("passphrase", passphrase)
    assert refused.value.code == code
    assert refused.value.problems[0].field == "passphrase"
    assert not keys.exists()


def test_unlocking_asks_for_the_passphrase(keys: KeyStore) -> None:
    keys.create("passphrase", PASSPHRASE)
    with pytest.raises(UserError) as refused:
        keys.unlock()
    assert refused.value.code == "passphrase-needed"


def test_without_a_key_ring_this_is_said_and_nothing_made(keys: KeyStore) -> None:
    assert not KeyStore.keyring_usable()
    with pytest.raises(EnvironmentProblem) as refused:
        keys.create("keyring")
    assert refused.value.code == "keyring-unavailable"
    assert not keys.exists()


def test_a_key_ring_that_forgets_is_not_trusted(keys: KeyStore, drawer: Drawer) -> None:
    assert KeyStore.keyring_usable()
    drawer.full = True
    assert not KeyStore.keyring_usable()
    with pytest.raises(EnvironmentProblem):
        keys.create("keyring")
    assert not keys.exists()
    assert not drawer.secrets


def test_a_key_gone_from_the_ring_is_said(keys: KeyStore, drawer: Drawer) -> None:
    keys.create("keyring")
    drawer.secrets.clear()
    with pytest.raises(EnvironmentProblem) as refused:
        keys.unlock()
    assert refused.value.code == "key-not-in-keyring"


def test_a_key_file_is_never_replaced_by_a_new_one(keys: KeyStore) -> None:
    key = keys.create("none")
    with pytest.raises(EnvironmentProblem) as refused:
        keys.create("none")
    assert refused.value.code == "key-exists"
    assert keys.unlock() == key


def test_a_key_without_database_is_put_aside_whole(keys: KeyStore) -> None:
    keys.create("none")
    before = keys.path.read_bytes()
    kept = keys.set_aside()
    assert kept.read_bytes() == before
    assert not keys.exists()


DAMAGES = {
    "empty": b"",
    "no json": b"\x00\xff",
    "another file": b'{"name": "x"}',
    "another format": b'{"format": "x", "version": 1, "kind": "none", "database": "00"}',
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_key_file_is_said(keys: KeyStore, damage: bytes) -> None:
    keys.path.write_bytes(damage)
    with pytest.raises(EnvironmentProblem) as refused:
        keys.kind()
    assert refused.value.code == "key-damaged"


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("none", {"key": "AAAA"}),
        ("none", {"key": "no base64!"}),
        ("none", {"key": None}),
        ("passphrase", {"wrapped": None}),
        ("passphrase", {"method": "rot13"}),
        ("passphrase", {"memory_kib": 1 << 30}),
        ("passphrase", {"salt": "?"}),
    ],
)
def test_a_key_file_changed_by_hand_is_refused(
    keys: KeyStore, kind: KeyKind, changes: dict[str, object]
) -> None:
    keys.create(kind, PASSPHRASE)
    document = content(keys)
    inner = document["wrapped"] if next(iter(changes)) not in document else document
    assert isinstance(inner, dict)
    inner.update(changes)
    keys.path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(EnvironmentProblem) as refused:
        keys.unlock(PASSPHRASE)
    assert refused.value.code == "key-damaged"


def test_a_wrapped_key_does_not_fit_another_database(keys: KeyStore) -> None:
    keys.create("passphrase", PASSPHRASE)
    document = content(keys)
    document["database"] = "00" * 16
    keys.path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(UserError) as refused:
        keys.unlock(PASSPHRASE)
    assert refused.value.code == "wrong-passphrase"


@pytest.mark.parametrize("kind", ["none", "telepathy"])
def test_a_key_file_of_a_later_program_is_told_apart_from_a_damaged_one(keys: KeyStore, kind: str) -> None:
    keys.create("none")
    document = {**content(keys), "version": 3, "kind": kind}
    keys.path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(EnvironmentProblem) as refused:
        keys.kind()
    assert refused.value.code == "key-newer"


def test_what_is_in_a_folder(tmp_path: Path) -> None:
    assert storage_state(tmp_path / "missing") == "new"
    (tmp_path / "madoguchi.db").touch()
    assert storage_state(tmp_path) == "new"
    KeyStore(tmp_path).create("none")
    assert storage_state(tmp_path) == "database-missing"
    (tmp_path / "madoguchi.db").write_bytes(b"x")
    assert storage_state(tmp_path) == "ready"
    KeyStore(tmp_path).path.unlink()
    assert storage_state(tmp_path) == "key-missing"


def test_an_unwritable_folder_is_said_and_the_old_file_holds(keys: KeyStore) -> None:
    key = keys.create("none")
    with read_only(keys.path.parent), pytest.raises(EnvironmentProblem) as refused:
        keys.change("passphrase", new_passphrase=PASSPHRASE)
    assert refused.value.code == "unwritable"
    assert keys.unlock() == key
    with read_only(keys.path.parent), pytest.raises(EnvironmentProblem) as refused:
        KeyStore(keys.path.parent / "sub").create("none")


def test_the_key_is_never_logged(keys: KeyStore, caplog: pytest.LogCaptureFixture, drawer: Drawer) -> None:
    caplog.set_level(logging.DEBUG)
    key = keys.create("keyring")
    keys.change("passphrase", new_passphrase=PASSPHRASE)
    keys.unlock(PASSPHRASE)
    told = caplog.text + repr(keys)
    assert key.hex() not in told
    assert PASSPHRASE not in told
    assert not drawer.secrets
