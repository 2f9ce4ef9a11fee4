"""LibreOffice Calc opens the workbook with macros, knows its buttons, and starts from each the macro of its command.

Calc cannot compile the modules that come with xlwings. Where buttons are pressed, a module stands in for them that writes
down what it is asked to run; our own modules are the ones that ship.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from live.calc import marks, program

from xlkpi.addin import modules, package
from xlkpi.addin.package import Host, add_macros
from xlkpi.addin.vba import Kind, Module
from xlkpi.catalogue import COMMANDS
from xlkpi.model.period import Quarter
from xlkpi.template import macros
from xlkpi.template.builder import build
from xlkpi.template.content import Content

SCRIPT = Path(__file__).with_name("calc_buttons.py")
#: The Python that finds LibreOffice's uno: Debian's own.
PYTHON = os.environ.get("XLKPI_UNO_PYTHON", "/usr/bin/python3")
SHIPPED = Path(__file__).parents[2] / "workbooks" / "xlkpi-template.xlsm"
ON_START = [one for one in COMMANDS if one.on_start]
_WRITES_DOWN = """Public Function RunPython(text As String)
    ThisWorkbook.Worksheets("Log").Range("Z1").Value = text
End Function
"""


def _has_uno() -> bool:
    """Return whether there is a Python with uno; in CI it is taken for granted, so that a missing one fails."""
    return bool(os.environ.get("CI")) or (
        Path(PYTHON).exists() and subprocess.run([PYTHON, "-c", "import uno"], check=False).returncode == 0
    )


pytestmark = [*marks(), pytest.mark.skipif(not _has_uno(), reason="python3-uno is not installed")]


def opened(path: Path, folder: Path, *press: str) -> Any:
    command = [PYTHON, str(SCRIPT), program(), str(path), str(folder), *press]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_calc_knows_the_buttons_and_the_macros_of_the_shipped_workbook(tmp_path: Path) -> None:
    found = opened(SHIPPED, tmp_path)
    assert [one["label"] for one in found["buttons"]] == [one.label for one in ON_START]
    for bound, one in zip(found["buttons"], ON_START, strict=True):
        assert f"{modules.WORKBOOK_PROJECT}.{modules.MACROS}.{one.macro}?" in bound["macro"]
        assert f"Public Sub {one.macro}()" in found["modules"][modules.MACROS]
    assert modules.XLWINGS_MODULE in found["modules"]


def test_pressing_a_button_in_calc_asks_for_its_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pressed & more.xlsm"

    def with_stand_in(source: Path, target: Path, host: Host) -> None:
        with zipfile.ZipFile(source) as archive:
            names = package._code_names(archive)
        texts = [one for one in modules.for_workbook(names) if one.kind.is_document or one.name.startswith("Xlkpi")]
        stand_in = Module(modules.XLWINGS_MODULE, Kind.STANDARD, _WRITES_DOWN)
        add_macros(source, target, host, [*texts, stand_in])

    monkeypatch.setattr("xlkpi.template.macros.add_macros", with_stand_in)
    build(path, Content("Ours", Quarter(2018, 2)), dt.datetime(2018, 10, 17, 9, 42))
    found = opened(path, tmp_path, "--press", "Log", "Z1")
    line = "from xlkpi.addin.press import press; press('{}')"
    assert found["pressed"] == [line.format(one.name) for one in ON_START]
    assert found["sheets"][-1] == macros.MACRO_SETTINGS
