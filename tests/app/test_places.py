"""Files are written whole or not at all, and what the machine refuses is told in words."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app import places
from app.errors import EnvironmentProblem

posix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions by the folder")


def test_resources_are_beside_the_program() -> None:
    assert places.resources("fonts", "BIZUDPGothic-Regular.ttf").is_file()
    assert places.resource_bytes("fonts", "BIZUDPGothic-Regular.ttf")[:4] == b"\0\1\0\0"


def test_a_frozen_copy_finds_its_resources_in_its_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert places.resources("fonts") == tmp_path / "resources" / "fonts"


def test_a_missing_resource_is_told() -> None:
    with pytest.raises(EnvironmentProblem, match=r"「no-such-font\.ttf」") as caught:
        places.resource_bytes("fonts", "no-such-font.ttf")
    assert caught.value.code == "resource-missing"


def test_the_data_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert places.data_dir(Path("mine")) == tmp_path / "mine"
    assert places.data_dir(Path("~/mine")) == Path.home() / "mine"
    assert not (tmp_path / "mine").exists()


def test_without_choice_the_data_is_in_the_users_own_place(nobodys_home: Path) -> None:
    folder = places.data_dir()
    assert folder.name == "Madoguchi"
    if sys.platform.startswith("linux"):
        assert folder.is_relative_to(nobodys_home)


@posix
def test_a_private_folder_is_entered_by_its_owner_alone(data: Path) -> None:
    assert places.private_folder(data / "logs") == data / "logs"
    assert stat.S_IMODE((data / "logs").stat().st_mode) == 0o700


def test_a_private_folder_may_stand_already(data: Path) -> None:
    data.mkdir()
    (data / "kept.txt").write_text("x", encoding="utf-8")
    places.private_folder(data)
    assert (data / "kept.txt").exists()


def test_a_folder_where_a_file_stands_is_refused(data: Path) -> None:
    data.write_text("x", encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="同じ名前のファイル"):
        places.private_folder(data)


@posix
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_folder_is_refused(data: Path) -> None:
    data.mkdir(mode=0o500)
    with pytest.raises(EnvironmentProblem, match="書き込む権限"):
        places.private_folder(data)
    with pytest.raises(EnvironmentProblem, match="書き込む権限"):
        places.write_atomically(data / "見積.pdf", b"x")


def test_a_file_is_written_and_written_over(tmp_path: Path) -> None:
    target = tmp_path / "御見積書 髙﨑𠮷㈱.pdf"
    places.write_atomically(target, b"one")
    places.write_atomically(target, b"two, longer")
    assert target.read_bytes() == b"two, longer"
    assert list(tmp_path.iterdir()) == [target]


@posix
def test_a_key_is_private_and_a_paper_is_not(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        places.write_atomically(tmp_path / "key", b"secret", private=True)
        places.write_atomically(tmp_path / "paper.pdf", b"open")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "paper.pdf").stat().st_mode) == 0o644
    assert places.is_private(tmp_path / "key")
    assert not places.is_private(tmp_path / "paper.pdf")


@posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real.pdf")
    places.write_atomically(tmp_path / "link.pdf", b"new")
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"new"


def test_a_failed_write_keeps_the_old_file_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "見積.pdf"
    target.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentProblem, match="空き容量が足りない") as caught:
        places.write_atomically(target, b"new")
    assert caught.value.code == "disk-full"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_device_is_told() -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        places.write_atomically(Path("/dev/full"), b"x")
    assert caught.value.code == "disk-full"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("なし/見積.pdf", "フォルダー「.*なし」がありません"),
        ("folder", "同じ名前のフォルダー"),
        ("file/見積.pdf", "フォルダー「.*file」がありません"),
        pytest.param("長" * 300 + ".pdf", "名前が長すぎます", marks=posix),
    ],
)
def test_a_target_that_cannot_be_is_told(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EnvironmentProblem, match=words) as caught:
        places.write_atomically(tmp_path / name, b"x")
    assert caught.value.code == "unwritable"
    assert caught.value.remedy


def test_a_pdf_open_elsewhere_is_told_on_windows() -> None:
    error = PermissionError(errno.EACCES, "Permission denied")
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
    problem = places.unwritable(Path("見積.pdf"), error)
    assert problem.code == "target-open"
    assert "「見積.pdf」はほかのプログラムで開かれている" in problem.what


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
@pytest.mark.parametrize(
    ("environment", "shows"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
    ],
)
def test_a_display_is_seen(environment: dict[str, str], shows: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert places.has_display() is shows


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="opens a window elsewhere")
def test_a_file_nothing_can_open_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentProblem) as caught:
        places.open_with_system(tmp_path / "見積.pdf")
    assert caught.value.code == "no-viewer"
    assert str(tmp_path) in caught.value.kept


def test_free_disk_is_asked_where_the_file_would_be(tmp_path: Path) -> None:
    assert places.free_disk(tmp_path / "not" / "yet") > 0


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no other system tells it so")
def test_memory_that_was_freed_is_given_back() -> None:
    script = """
import resource
from pathlib import Path
from app import places
def resident():
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()
held = [bytes(3_000) for _piece in range(20_000)]  # 60 MB in pieces that the allocator keeps
kept = held[::1_000]
del held
before = resident()
places.give_back_memory()
print(before - resident())
"""  # in a process of its own: in one that ran other tests, holes they left take some of the pieces
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=places.program_folder())
    assert int(done.stdout) > 20_000_000
