"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat

import pytest

from pubtools.cli import files
from pubtools.errors import InputError


def test_a_new_file_has_the_mode_that_the_umask_gives(tmp_path):
    mask = os.umask(0o027)
    try:
        assert files.write_text(str(tmp_path / "a"), "text")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_a_replaced_file_keeps_its_mode(tmp_path):
    target = tmp_path / "a"
    target.write_text("old")
    target.chmod(0o604)
    assert files.write_text(str(target), "new")
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o604


def test_the_same_text_is_not_written_again(tmp_path):
    target = tmp_path / "a"
    target.write_text("same")
    before = target.stat()
    assert not files.write_text(str(target), "same")
    assert (target.stat().st_ino, target.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    assert files.write_text(str(tmp_path / "link"), "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@pytest.mark.parametrize("broken", ["fsync", "replace", "chmod"])
def test_a_failure_on_the_way_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, broken):
    target = tmp_path / "a"
    target.write_text("old")

    def fail(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, broken, fail)
    with pytest.raises(InputError, match="cannot be written: No space left on device"):
        files.write_text(str(target), "new")
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["a"]


def test_an_interrupt_leaves_no_temporary_file(tmp_path, monkeypatch):
    def interrupt(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.write_text(str(tmp_path / "a"), "new")
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_a_read_only_folder_is_an_input_error(tmp_path):
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(InputError, match="cannot be written"):
            files.write_text(str(tmp_path / "a"), "new")
    finally:
        tmp_path.chmod(0o755)


def test_a_read_only_file_is_not_replaced(tmp_path, monkeypatch):
    target = tmp_path / "a"
    target.write_text("old")
    monkeypatch.setattr(files.os, "access", lambda *_args: False)
    with pytest.raises(InputError, match="read-only"):
        files.write_text(str(target), "new")
    assert target.read_text() == "old"


def test_a_byte_order_mark_is_no_text(tmp_path):
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfAda")
    assert files.read_text(str(tmp_path / "a")) == "Ada"
