"""Put xlkpi into Excel on this machine, or take it away again: what ``install/setup_excel.py`` starts."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from xlkpi.setup.apply import Tools, Work
from xlkpi.setup.machine import Machine, ThisMachine, short_name
from xlkpi.setup.places import System
from xlkpi.setup.plan import Keep, PutFromEnvironment, SetupFailed, look, payload, plan_install, plan_uninstall
from xlkpi.setup.record import read_record
from xlkpi.setup.settings import settings_file

#: Words in what pip wrote, and what to do about them.
Cures = Sequence[tuple[Sequence[str], str]]

FINE, FAILED = 0, 3
_TELL_EVERY = 5.0  # seconds
_PIP_DOES = ("Building", "Collecting", "Downloading", "Getting", "Installing", "Preparing", "Processing")


def main(arguments: Sequence[str], root: Path, cures: Cures = (), machine: Machine | None = None) -> int:
    """Run the installer or, with ``--remove``, the uninstaller.

    Args:
        arguments: The words after the program's name.
        root: The checkout, or the folder with a wheel and ``workbooks``.
        cures: What to do about the words that pip writes where it fails.
        machine: None takes this one.

    Returns:
        0 done, 3 it could not be done and nothing was changed.
    """
    parser = argparse.ArgumentParser(prog="setup_excel.py", description="Put xlkpi into Excel, for you alone.")
    parser.add_argument("--remove", action="store_true", help="take away what the installer put there")
    options = parser.parse_args(arguments)
    machine = machine or ThisMachine()
    tools = Tools(
        python=base_python(),
        run=run_command,
        say=lambda line: print(f"- {line}", flush=True),  # noqa: T201  # the person reads it
        explain=lambda log: explained(log, cures),
        log=Path(tempfile.gettempdir()) / "xlkpi-setup.log",
    )
    try:
        lines = uninstall(machine, tools) if options.remove else install(machine, tools, root)
    except SetupFailed as error:
        print(error, file=sys.stderr)  # noqa: T201  # the person reads it
        return FAILED
    print("\n".join(["", *lines]))  # noqa: T201  # the person reads it
    return FINE


def install(machine: Machine, tools: Tools, root: Path) -> list[str]:
    """Put everything in place and return what to do next.

    Raises:
        SetupFailed: Where something cannot be put in place; everything is as it was before.
    """
    there = machine.places
    before = read_record(there.record)
    if there.startup is None:
        return _nothing_here(machine)
    settings = settings_file(there, machine.variables, short_name)
    ready = payload(root, f"{tools.python} {sys.version_info[:2]}")
    steps = plan_install(there, ready, settings, look(there, before, ready.workbooks))
    tools.say(f"xlkpi {ready.version} for {there.system}")
    Work(there, tools).install(steps, ready.version, ready.stamp, before)
    changes = [step for step in steps if not isinstance(step, Keep | PutFromEnvironment)]
    return [
        f"xlkpi {ready.version} is in place." if changes else f"xlkpi {ready.version} was in place already.",
        *_next(machine),
    ]


def _nothing_here(machine: Machine) -> list[str]:
    raise SetupFailed(
        f"The installer puts xlkpi into Excel, which does not run on {machine.places.system}. "
        "Start the commands with: python3 install/run.py"
    )


def _next(machine: Machine) -> list[str]:
    there = machine.places
    lines = [
        "Next:",
        "1. Close Excel if it is open, and open it again: the ribbon has a tab named xlkpi.",
        f"2. Open a workbook from {there.library} and press Refresh on that tab.",
    ]
    if there.system is System.MAC:
        lines.append("3. The first time, macOS asks whether Excel may be controlled: press OK.")
    script = "uninstall.cmd" if there.system is System.WINDOWS else "uninstall.command"
    return [
        *lines,
        f'If the tab or its buttons do not work: "{there.python}" -m xlkpi doctor',
        f"To take xlkpi away again: install/{script}",
    ]


def uninstall(machine: Machine, tools: Tools) -> list[str]:
    """Take away what the installer put there, and return what is left.

    Raises:
        SetupFailed: Where something cannot be taken away; everything is as it was before.
    """
    there = machine.places
    record = read_record(there.record)
    if record is None:
        return [f"There is nothing to take away: {there.record} is not there, so the installer put nothing here."]
    Work(there, tools).remove(plan_uninstall(there, look(there, record)))
    left = f" Your workbooks are still in {there.library}." if there.library.exists() else ""
    return [f"xlkpi {record.version} is taken away.{left}"]


def base_python() -> str:
    """Return the Python behind this one where this one is in an environment, which may be the one to replace."""
    base = str(getattr(sys, "_base_executable", None) or "")
    return base if base and Path(base).exists() else sys.executable


def run_command(command: Sequence[str], log: Path) -> int:
    """Run one command, tell from time to time what it is about, and return its exit code."""
    # Another Python's settings would let its packages pass for installed; PIP_USER does not go with an environment.
    variables = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    variables["PIP_USER"] = "0"
    start = told = time.monotonic()
    with log.open("ab") as words:
        process = subprocess.Popen(  # noqa: S603  # the words are ours
            command, stdin=subprocess.DEVNULL, stdout=words, stderr=words, env=variables
        )
        try:
            while process.poll() is None:
                time.sleep(0.1)
                if time.monotonic() - told > _TELL_EVERY:
                    told = time.monotonic()
                    print(f"  {doing(log) or 'working'} ({told - start:.0f} s)", flush=True)  # noqa: T201  # likewise
        except BaseException:
            process.terminate()
            process.wait()
            raise
    return process.returncode


def doing(log: Path) -> str:
    """Return what pip is about, or an empty string."""
    lines = [line for line in _words(log) if line.startswith(_PIP_DOES)]
    if not lines:
        return ""
    verb, _, rest = lines[-1].partition(" (from")[0].partition(" ")
    name = re.split(r"[\\/]", rest)[-1]
    return f"{verb} {name.split(', ')[0]}"  # neither long paths nor long lists


def explained(log: Path, cures: Cures) -> str:
    """Return pip's last line that tells something, what to do about it, and where all its words are."""
    lines = _words(log)
    errors = [line for line in lines if line.startswith("ERROR:")] or lines or ["nothing"]
    text = "\n".join(lines)
    cure = next(
        (cure for signs, cure in cures if any(sign in text for sign in signs)), "Put that right, then start again."
    )
    return f"It says: {errors[-1]}\n{cure} All that was said: {log}"


def _words(log: Path) -> list[str]:
    try:
        return [line.strip() for line in log.read_text("utf-8", errors="replace").splitlines() if line.strip()]
    except OSError:
        return []
