"""What ``workbooks/`` holds is what the program builds."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from ooxml_validator import requires_validator, validate_all
from openpyxl import load_workbook

from xlkpi import commands

SHIPPED = Path(__file__).parents[2] / "workbooks"
NAMES = [f"{name}{suffix}" for name in (commands.TEMPLATE, commands.EXAMPLE) for suffix in commands.NEW]
ALL = [*NAMES, commands.ADDIN]
#: What openpyxl says of parts that it does not read: sparklines, and a print area of whole columns.
unread = pytest.mark.filterwarnings(
    "ignore:.*extension is not supported:UserWarning", "ignore:Print area cannot be set:UserWarning"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    assert commands.build(folder).code == commands.FINE
    return folder


@pytest.mark.parametrize("name", ALL)
def test_a_shipped_workbook_is_built_again_to_the_byte(name: str, built: Path) -> None:
    if (built / name).read_bytes() != (SHIPPED / name).read_bytes():
        # Another zlib may pack the same content otherwise; then the members must be the same, in the same order.
        assert _members(built / name) == _members(SHIPPED / name)


def _members(path: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def test_another_run_elsewhere_builds_the_same_to_the_byte(built: Path, tmp_path: Path) -> None:
    """Another process, folder, time zone, language, order of sets, mask for files: as near to another machine as can be."""
    others = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    there = tmp_path / "Ann's other folder"
    subprocess.run(
        [sys.executable, "-m", "xlkpi", "build", str(there)],
        env={**os.environ, **others, "PYTHONHASHSEED": "4711", "USERNAME": "Ann", "USER": "Ann"},
        cwd=tmp_path,
        umask=0o077,
        check=True,
        capture_output=True,
    )
    assert {name: (there / name).read_bytes() for name in ALL} == {name: (built / name).read_bytes() for name in ALL}


def test_building_leaves_nothing_else(built: Path) -> None:
    assert sorted(path.name for path in built.iterdir()) == sorted(ALL)


@requires_validator
def test_the_sdk_finds_nothing_wrong_with_what_is_shipped() -> None:
    assert validate_all([SHIPPED / name for name in ALL]) == {}


@unread
@pytest.mark.parametrize("name", NAMES)
def test_openpyxl_opens_what_is_shipped(name: str) -> None:
    assert load_workbook(SHIPPED / name).sheetnames[0] == "Start"


@unread
def test_nothing_personal_is_in_the_properties() -> None:
    for name in NAMES:
        properties = load_workbook(SHIPPED / name, read_only=True).properties
        assert (properties.creator or "", properties.lastModifiedBy or "") == ("", "")
