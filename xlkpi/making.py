"""How a new workbook comes to its place: drawn beside it, and moved there when it is whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from xlkpi.errors import FileUnusable


def template() -> ModuleType:
    """Return the room that draws workbooks; a refresh never needs it, nor the library it draws with."""
    from xlkpi import template  # noqa: PLC0415

    return template


def into_place(path: Path, make: Callable[[Path], None]) -> None:
    """Make a file beside its place and move it there when it is whole."""
    draft = path.with_name(f".{path.stem}.draft{path.suffix}")
    try:
        make(draft)
        draft.replace(path)
    except OSError as error:
        raise FileUnusable(f"{path} could not be written: {error.strerror or error}. Choose another folder.") from error
    finally:
        draft.unlink(missing_ok=True)
