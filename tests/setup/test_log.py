"""What happened where the fault was ours is kept, wherever that is possible."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlkpi.setup import log
from xlkpi.version import VERSION


def fault(place: Path) -> str:
    try:
        int("who would have thought")
    except ValueError:
        return log.our_fault(place)
    raise AssertionError


def test_a_fault_is_added_to_the_log(tmp_path: Path) -> None:
    place = tmp_path / "a folder of ours" / "xlkpi.log"
    told = fault(place)
    fault(place)
    assert f"What happened is kept in {place};" in told
    assert (
        place.read_text("utf-8").count("ValueError: invalid literal for int() with base 10: 'who would have thought'")
        == 2
    )
    assert f"xlkpi {VERSION}, Python 3" in place.read_text("utf-8")


def test_a_long_log_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_LONGEST", 10)
    place = tmp_path / "xlkpi.log"
    place.write_text("x" * 11)
    fault(place)
    assert (tmp_path / "xlkpi.before.log").read_text() == "x" * 11
    assert "x" * 11 not in place.read_text("utf-8")


def test_where_the_log_cannot_be_written_a_temporary_file_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "file").write_text("")
    told = fault(tmp_path / "file" / "xlkpi.log")
    [kept] = tmp_path.glob("xlkpi-*.log")
    assert str(kept) in told
    assert "who would have thought" in kept.read_text("utf-8")
