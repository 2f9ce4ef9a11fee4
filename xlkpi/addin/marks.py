"""Marks Python functions as worksheet functions, whether xlwings is at hand or not.

The marks are those of xlwings (``func``, ``arg``) and are passed on to it, so that the functions stay portable.
Two things are added. What a mark says is kept on the function on every system: xlwings keeps it on Windows alone, and the
VBA wrappers are written where the workbooks are built. And where xlwings is not installed (Linux, where there is no Excel)
the marks change nothing, so that the functions are plain Python there.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple, TypeVar

_Function = TypeVar("_Function", bound=Callable[..., Any])

_KEPT = "__xlkpi_arguments__"
_MARK = "__xlkpi_function__"


def _find_xlwings() -> Any:
    try:
        return import_module("xlwings")
    except ImportError:
        return None


_XLWINGS = _find_xlwings()


class Argument(NamedTuple):
    """One argument of a worksheet function.

    Attributes:
        name: As Excel's function wizard shows it.
        help: What belongs there.
        is_optional: Whether it may be left out.
        is_rest: Whether it takes all arguments that follow.
    """

    name: str
    help: str
    is_optional: bool
    is_rest: bool


class Marked(NamedTuple):
    """One worksheet function, with what Excel's function wizard says of it."""

    name: str
    module: str
    help: str
    arguments: tuple[Argument, ...]


def func(function: _Function) -> _Function:
    """Mark a function as one for worksheets; its docstring's first line is its help."""
    setattr(function, _MARK, True)
    return function if _XLWINGS is None else _XLWINGS.func(function)


def arg(name: str, *, doc: str, **options: Any) -> Callable[[_Function], _Function]:
    """Mark an argument with its help, and with what xlwings shall make of its cells.

    Args:
        name: Of the argument, with ``*`` where it takes all that follow.
        doc: Its help in Excel's function wizard, at most 255 characters.
        options: Those of xlwings, such as ``ndim=2``.
    """

    def mark(function: _Function) -> _Function:
        kept = getattr(function, _KEPT, {})
        setattr(function, _KEPT, {name.lstrip("*"): doc, **kept})
        return function if _XLWINGS is None else _XLWINGS.arg(name, doc=doc, **options)(function)

    return mark


def marked(module: object) -> tuple[Marked, ...]:
    """Return the worksheet functions of a module, in the order in which they are written."""
    return tuple(_described(one) for one in vars(module).values() if getattr(one, _MARK, False))


def _described(function: Callable[..., Any]) -> Marked:
    helps: dict[str, str] = getattr(function, _KEPT, {})
    arguments = tuple(
        Argument(
            one.name,
            helps[one.name],
            one.default is not inspect.Parameter.empty,
            one.kind is inspect.Parameter.VAR_POSITIONAL,
        )
        for one in inspect.signature(function).parameters.values()
    )
    text = inspect.getdoc(function) or ""
    return Marked(function.__name__, function.__module__, text.splitlines()[0], arguments)
