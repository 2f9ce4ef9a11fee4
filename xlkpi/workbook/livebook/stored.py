"""An open workbook read from its own file, where nothing was changed since it was opened or saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xlkpi.errors import FileUnusable
from xlkpi.workbook.backend import ExcelError, Value
from xlkpi.workbook.livebook.asked import Asked
from xlkpi.workbook.livebook.copied import Copied
from xlkpi.workbook.livebook.native import Native
from xlkpi.workbook.livebook.picture import Content

#: A file may round the last digits.
_CLOSE = 1e-9


def stored(book: Any, native: Native, full_name: str, asked: Asked) -> Copied | None:
    """Return what the file of an open workbook says; None where that is not what is open.

    Somebody else may have put another file in its place, and a macro can say "saved" of anything. So every sheet is asked for
    its values, and each that is typed has to be that of the file.

    Args:
        book: As xlwings gives it.
        native: Knows whether it is saved.
        full_name: Its path, or an address, of which there is no file.
        asked: The same workbook, to be asked.
    """
    path = Path(full_name)
    try:
        if not path.is_absolute() or not native.is_saved(book):
            return None
        found = Copied(path.read_bytes())
    except (OSError, FileUnusable):  # such as a file that lies elsewhere by now, or is of an older format
        return None
    return found if _is_same(found, asked) else None


def _is_same(found: Copied, asked: Asked) -> bool:
    """Return whether the sheets of a file, and what is typed into their cells, are those of an open workbook."""
    if found.outline.sheets != asked.sheets:
        return False
    for sheet in asked.sheets:
        filed, shown = found.grid(sheet), asked.grid(sheet)
        if not all(_alike(filed.at(*spot), shown.at(*spot).value) for spot in filed.cells | shown.cells):
            return False
    return True


def _alike(filed: Content, shown: Value) -> bool:
    if filed.formula is not None:  # what it comes to follows from what is typed, and may not have been written down
        return True
    value = filed.value
    if isinstance(value, float) and isinstance(shown, float):
        return abs(value - shown) <= _CLOSE * max(1.0, abs(value))
    value, shown = None if value == "" else value, None if shown == "" else shown
    return value == shown or (isinstance(value, ExcelError) and isinstance(shown, ExcelError))
