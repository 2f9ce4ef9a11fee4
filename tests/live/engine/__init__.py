"""A small xlwings engine on LibreOffice Calc: the members that the program uses, and a count of every call that it makes.

It serves the tests alone. What only Excel has (`.api`, table styles, threaded comments) is not proved by it.
"""

from __future__ import annotations

import functools
import importlib
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

_SYSTEM = Path("/usr/lib/python3/dist-packages")

#: How often each member of the engine was called from outside, such as ``Range.raw_value``.
CALLS: Counter[str] = Counter()
#: Told of every such call before it is made; may raise what Excel would.
LISTENERS: list[Callable[[str], None]] = []
_depth = 0
_Class = TypeVar("_Class", bound=type)
_FREE = {"max_cells_per_read", "max_cells_per_write", "engine"}


def has_uno() -> bool:
    """Return whether this Python can speak to LibreOffice; Debian's own packages are asked last."""
    if importlib.util.find_spec("uno") is None and (_SYSTEM / "uno.py").exists():
        sys.path.append(str(_SYSTEM))
        importlib.invalidate_caches()
    try:
        import uno  # noqa: F401, PLC0415
    except ImportError:
        return False
    finally:
        sys.path[:] = [folder for folder in sys.path if folder != str(_SYSTEM)]
    return True


def has_office() -> bool:
    """Return whether LibreOffice is installed."""
    return bool(os.environ.get("XLKPI_SOFFICE") or shutil.which("soffice"))


def counted(one: _Class) -> _Class:
    """Count every use of a public member of a class, unless it comes from within the engine."""
    for name, member in list(vars(one).items()):
        if name in _FREE or (name.startswith("_") and name not in {"__iter__", "__call__", "__len__"}):
            continue
        label = f"{one.__name__}.{name}"
        if isinstance(member, property):
            setter = _counting(member.fset, label + "=") if member.fset else None
            setattr(one, name, property(_counting(member.fget, label), setter))
        elif callable(member) and not isinstance(member, (staticmethod, classmethod, type)):
            setattr(one, name, _counting(member, label))
    return one


def _counting(function: Callable[..., Any] | None, label: str) -> Callable[..., Any]:
    assert function is not None

    @functools.wraps(function)
    def counting(*arguments: Any, **named: Any) -> Any:
        global _depth  # noqa: PLW0603  # one thread, one count
        if not _depth:
            CALLS[label] += 1
            for listener in LISTENERS:
                listener(label)
        _depth += 1
        try:
            return function(*arguments, **named)
        finally:
            _depth -= 1

    return counting
