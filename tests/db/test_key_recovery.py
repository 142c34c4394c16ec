"""The recovery wrapping of the key file, and that no instant of a change leaves less than one whole file."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.errors import EnvironmentProblem, UserError
from app.recovery_code import grouped, new_code
from db.keys import KeyStore

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = "馬と電池とホチキス", "緑の朝に珈琲を飲む"


def document(keys: KeyStore) -> dict[str, object]:
    found = json.loads(keys.path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_the_code_opens_the_key_through_every_change(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path, memory_kib=64)
    key = keys.create("passphrase", OLD)
    assert document(keys)["version"] == 1  # as programs of before read it
    with pytest.raises(UserError) as none:
        keys.unlock_with_recovery(new_code())
    assert none.value.code == "no-recovery-code"
    first = keys.renew_recovery(OLD)
    assert document(keys)["version"] == 2
    assert first not in keys.path.read_text(encoding="utf-8")
    assert keys.unlock_with_recovery(grouped(first).lower()) == key
    keys.change("passphrase", passphrase=OLD, new_passphrase=NEW)
    assert keys.unlock(NEW) == keys.unlock_with_recovery(first) == key
    second = keys.renew_recovery(NEW)
    with pytest.raises(UserError) as stale:
        keys.unlock_with_recovery(first)
    assert stale.value.code == "wrong-recovery-code"
    keys.change_with_recovery(second, "passphrase", OLD)
    assert keys.unlock(OLD) == keys.unlock_with_recovery(second) == key
    keys.change("none", passphrase=OLD)
    assert keys.has_recovery()


def test_the_two_wrappings_cannot_be_exchanged(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path, memory_kib=64)
    keys.create("passphrase", OLD)
    code = keys.renew_recovery(OLD)
    told = document(keys)
    told["wrapped"] = told["recovery"]
    keys.path.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(UserError):
        keys.unlock(code)


def test_a_change_that_fails_at_any_step_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = KeyStore(tmp_path, memory_kib=64)
    keys.create("none")
    keys.renew_recovery()
    before = keys.path.read_bytes()

    def broken(*_arguments: object, **_named: object) -> None:
        raise OSError(28, "no space")

    for part, name in ((os, "open"), (os, "fsync"), (Path, "replace")):
        with monkeypatch.context() as patch:
            patch.setattr(part, name, broken)
            with pytest.raises(EnvironmentProblem):
                keys.renew_recovery()
        assert keys.path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [keys.path.name]


def test_a_program_killed_while_it_rewrites_leaves_a_key_that_opens(tmp_path: Path) -> None:
    keys = KeyStore(tmp_path, memory_kib=64)
    key = keys.create("none")
    code = "import sys, pathlib\nfrom db.keys import KeyStore\nk = KeyStore(pathlib.Path(sys.argv[1]))\n"
    code += "print('on', flush=True)\nwhile True: k.change('none')\n"
    for _time in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(random.uniform(0.005, 0.05))
            writer.kill()
        assert KeyStore(tmp_path).unlock() == key
