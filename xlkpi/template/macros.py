"""What a workbook needs to carry macros: names for its sheets in the VBA project, and the settings of xlwings."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from xlsxwriter import Workbook

from xlkpi.addin.modules import THIS_WORKBOOK
from xlkpi.addin.package import Host, add_macros
from xlkpi.workbook.layout import MACRO_SETTINGS

SUFFIX = ".xlsm"
#: Where Python is, the installer writes into the user's own settings: a workbook cannot say which program is started.
_SETTINGS = (
    ("ADD_WORKBOOK_TO_PYTHONPATH", "false"),
    ("UDF MODULES", "xlkpi.addin.udfs"),
    ("USE UDF SERVER", "false"),
    ("SHOW CONSOLE", "false"),
)


def prepare(workbook: Workbook) -> None:
    """Add the settings out of sight, and name every sheet in the VBA project."""
    _add_settings(workbook)
    workbook.get_worksheet_by_name(MACRO_SETTINGS).very_hidden()
    _name_sheets(workbook)


def finish(draft: Path, path: Path) -> None:
    """Write a prepared workbook with its macros and its ribbon tab.

    Raises:
        FileUnusable: Where xlwings is not installed.
    """
    add_macros(draft, path, Host.WORKBOOK)


def build_addin(path: Path, created: dt.datetime) -> None:
    """Write the add-in: macros and ribbon tab for whatever workbook is in front.

    Args:
        path: Where to write; a file that is there is replaced.
        created: What the file says of its making, so that it has the same bytes every time.

    Raises:
        FileUnusable: Where xlwings is not installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.xlsx"
        workbook = Workbook(str(draft))
        workbook.set_properties({"title": "xlkpi", "comments": "Contract performance", "created": created})
        _add_settings(workbook)
        _name_sheets(workbook)
        workbook.close()
        add_macros(draft, path, Host.ADDIN)


def _add_settings(workbook: Workbook) -> None:
    sheet = workbook.add_worksheet(MACRO_SETTINGS)
    sheet.set_column(0, 1, 32)
    for row, (name, value) in enumerate(_SETTINGS):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)


def _name_sheets(workbook: Workbook) -> None:
    workbook.set_vba_name(THIS_WORKBOOK)
    for number, sheet in enumerate(workbook.worksheets(), 1):
        sheet.set_vba_name(f"Sheet{number}")
