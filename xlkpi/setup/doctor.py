"""Why Excel's buttons do not work here: every check, and what to tell the person."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from xlkpi.setup import checks
from xlkpi.setup.checks import Answer, State
from xlkpi.setup.machine import Machine, ThisMachine
from xlkpi.setup.places import System
from xlkpi.version import VERSION

_BOTH = (System.WINDOWS, System.MAC)
_WINDOWS = (System.WINDOWS,)


class Check(NamedTuple):
    """One way to fail: its number, its name, where it can happen, and what looks for it."""

    number: int
    name: str
    systems: Sequence[System]
    look: Callable[[Machine, Path | None], Answer]


CHECKS = (
    Check(1, "Connection from Python to Excel", _WINDOWS, checks.com_server),
    Check(2, "Library for functions in cells", _WINDOWS, checks.library_of_functions),
    Check(3, "Workbook with a web address", _BOTH, checks.web_address),
    Check(4, "Python that Excel starts", _BOTH, checks.interpreter),
    Check(5, "Defender rule against Office", _WINDOWS, checks.defender_rule),
    Check(6, "Script that starts Python", (System.MAC,), checks.apple_script),
    Check(7, "Files taken away by an antivirus program", _BOTH, checks.quarantine),
    Check(8, "Access to the VBA project", _WINDOWS, checks.project_access),
    Check(9, "Ribbon and add-in", _BOTH, checks.ribbon),
    Check(10, "Python of the Microsoft Store", _WINDOWS, checks.store_python),
    Check(11, "Left behind by an earlier Excel", _WINDOWS, checks.left_behind),
    Check(12, "Files marked as from the internet", _WINDOWS, checks.from_the_internet),
    Check(13, "What publishing needs", _BOTH, checks.publishing),
)


class Result(NamedTuple):
    """A check and what came of it."""

    check: Check
    answer: Answer


def examine(machine: Machine | None = None, book: Path | None = None) -> list[Result]:
    """Look for each of the failures; nothing is changed.

    Args:
        machine: None takes this one.
        book: A workbook to look at, too.
    """
    machine = machine or ThisMachine()
    system = machine.places.system
    return [
        Result(one, one.look(machine, book) if system in one.systems else Answer(State.ELSEWHERE, f"Not on {system}."))
        for one in CHECKS
    ]


def findings(results: Sequence[Result]) -> list[Result]:
    """Return what is to be cured."""
    return [one for one in results if one.answer.state is State.FOUND]


def in_one_line(results: Sequence[Result]) -> str:
    """Return the outcome in one sentence."""
    things = findings(results)
    if things:
        names = ", ".join(f"{one.check.name} ({one.check.number})" for one in things)
        return f"{_counted(len(things))} found: {names}."
    states = [one.answer.state for one in results]
    if set(states) == {State.ELSEWHERE}:
        return f"Nothing to look at: Excel does not run here, and none of the {len(results)} checks applies."
    counts = {state: states.count(state) for state in State if state in states}
    return "Nothing found. Checks: " + ", ".join(f"{n} {state}" for state, n in counts.items()) + "."


def report(results: Sequence[Result]) -> list[str]:
    """Return the outcome for a person: what is found with its cure first, then the other checks."""
    lines = [in_one_line(results)]
    for one in findings(results):
        lines += ["", f"{one.check.number}. {one.check.name}", f"   {one.answer.seen}", f"   {one.answer.cure}"]
    rest = [one for one in results if one.answer.state is not State.FOUND]
    lines += [""] if rest else []
    lines += [f"{one.check.number}. {one.check.name}: {one.answer.state}. {one.answer.seen}".rstrip() for one in rest]
    return lines


def as_data(results: Sequence[Result]) -> list[dict[str, object]]:
    """Return the outcome for a machine."""
    return [{"number": one.check.number, "name": one.check.name, **one.answer._asdict()} for one in results]


def about(machine: Machine | None = None) -> list[str]:
    """Return version, Python, the log's place and the outcome of the checks in one line each."""
    machine = machine or ThisMachine()
    return [
        f"xlkpi {VERSION}",
        f"Python {sys.version.split()[0]}: {sys.executable}",
        f"Log: {machine.places.log}",
        f"Doctor: {in_one_line(examine(machine))}",
    ]


def _counted(n: int) -> str:
    return "1 thing" if n == 1 else f"{n} things"
