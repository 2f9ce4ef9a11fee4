"""What every command takes and gives: which workbook, who is told the steps, and what it has to say in the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

from xlkpi.errors import EditRefused, FileUnusable, WorkbookInvalid
from xlkpi.model.period import Quarter

FINE, FINDINGS, UNUSABLE, OUR_FAULT = 0, 1, 2, 3

#: Called with the step that starts; shows it to somebody who waits.
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to say.

    Attributes:
        code: 0 fine, 1 findings in the workbook, 2 the file could not be used, 3 something failed that is our fault.
        lines: For a person.
        data: Returns the same for a machine, which few ask for.
        is_answer: Whether lines and data are what was asked for, whatever the code: then data is printed as it is.
        sheet: The sheet of the workbook to look at; empty where there is none.
    """

    code: int
    lines: tuple[str, ...]
    data: Callable[[], Mapping[str, Any]] = dict
    is_answer: bool = False
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a new workbook starts with.

    Attributes:
        organisation: Whose figures they are.
        quarter: The reporting quarter; None takes the last one that has observations, or the one before today's.
        folder: Holds CSV files with the figures; None makes a blank workbook.
    """

    organisation: str
    quarter: Quarter | None = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A workbook that is open in Excel.

    Attributes:
        name: Its path, its address, or its name alone.
        book: The workbook as xlwings gives it; None looks for it by its name.
    """

    name: str
    book: Any = None

    def __str__(self) -> str:
        """Return what messages call it."""
        return self.name


def silent(step: str) -> None:
    """Show nothing."""


_Arguments = ParamSpec("_Arguments")


def reported(command: Callable[_Arguments, Outcome]) -> Callable[_Arguments, Outcome]:
    """Let a command return its problems instead of raising them."""

    @wraps(command)
    def told(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> Outcome:
        try:
            return command(*arguments, **named)
        except WorkbookInvalid as error:
            data: dict[str, Any] = {"error": "", "problems": [one._asdict() for one in error.problems]}
            return Outcome(FINDINGS, tuple(error.report().splitlines()), data.copy)
        except EditRefused as error:
            data = {"error": str(error), "problems": []}
            return Outcome(FINDINGS, (f"{error}", "Nothing was changed."), data.copy)
        except FileUnusable as error:
            data = {"error": str(error), "problems": []}
            return Outcome(UNUSABLE, (f"{error}",), data.copy)

    return told
