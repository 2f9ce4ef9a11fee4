"""Times ``xlkpi refresh`` beside a plain pandas and openpyxl script that does the same job on the same workbook.

    python tests/bench/bench.py --sizes 20x12 2000x40 10000x40 --runs 5

Both are whole processes: start, imports, reading, working out, writing, saving. They run by turns on a fresh copy of
the same workbook, after one run of each that does not count. CPU is user and system time of the process; peak is its
resident memory.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SIZES, RUNS = ["20x12", "2000x40", "10000x40"], 5
MEBIBYTE = 2**20
COMPARED = ("tblResults", "tblSummary")
PROGRAMS = {
    "xlkpi refresh": [sys.executable, "-m", "xlkpi", "refresh"],
    "plain script": [sys.executable, str(HERE / "plain.py")],
}
OURS, PLAIN = PROGRAMS


class Run(NamedTuple):
    """What one run of a program took: seconds on the clock, seconds of CPU, peak of resident memory in MiB."""

    wall: float
    cpu: float
    peak: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", default=SIZES, help="indicators x quarters, such as 20x12")
    parser.add_argument("--runs", type=int, default=RUNS, help="timed runs of each program and size")
    options = parser.parse_args()
    machine = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores"
    print(f"{machine}; medians of {options.runs} runs\n")
    print("| size | program | wall s (least to most) | CPU s | peak MiB | µs a row |")
    print("|---|---|---|---|---|---|")
    agreed = True
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            book, copies = made(size), {name: Path(folder) / f"{number}.xlsx" for number, name in enumerate(PROGRAMS)}
            times = measured(book, copies, options.runs)
            for line in report(size, times):
                print(line, flush=True)
            if size == options.sizes[0]:
                found = differences(*copies.values())
                agreed = not found
                verdict = "\n".join(found) or f"Statuses and summary are the same at {size}."
    print(f"\n{verdict}")
    return 0 if agreed else 1


def made(size: str) -> Path:
    """Return the workbook of a size."""
    command = [sys.executable, str(HERE / "make_books.py"), size]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Path(done.stdout.strip())


def measured(book: Path, copies: dict[str, Path], runs: int) -> dict[str, list[Run]]:
    """Return the runs of each program, by turns, the first of each left out."""
    times: dict[str, list[Run]] = {name: [] for name in PROGRAMS}
    for _ in range(runs + 1):
        for name, command in PROGRAMS.items():
            shutil.copyfile(book, copies[name])
            times[name].append(timed([*command, str(copies[name])]))
    return {name: found[1:] for name, found in times.items()}


def timed(command: Sequence[str]) -> Run:
    """Run a program to its end and return what it took."""
    # An installed package has its bytecode beside it: the run that does not count may write ours.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(ROOT)
    start = time.perf_counter()
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}.")
    peak = usage.ru_maxrss if sys.platform == "darwin" else usage.ru_maxrss * 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, peak / MEBIBYTE)


def report(size: str, times: dict[str, list[Run]]) -> Iterator[str]:
    """Yield the lines of one size: both programs, and how many times as fast ours is."""
    indicators, _, quarters = size.partition("x")
    rows = int(indicators) * int(quarters)
    medians = {name: Run(*map(statistics.median, zip(*found, strict=True))) for name, found in times.items()}
    for name, found in times.items():
        one = medians[name]
        spread = f"{one.wall:.2f} ({min(run.wall for run in found):.2f} to {max(run.wall for run in found):.2f})"
        yield f"| {size} | {name} | {spread} | {one.cpu:.2f} | {one.peak:.0f} | {one.wall * 1e6 / rows:.0f} |"
    wall, cpu, peak = (theirs / ours for ours, theirs in zip(medians[OURS], medians[PLAIN], strict=True))
    yield f"| {size} | **times as fast** | **{wall:.1f}** | {cpu:.1f} | {peak:.1f} times less | |"


def differences(ours: Path, plain: Path) -> list[str]:
    """Return where the statuses or the summary of two workbooks differ."""
    from openpyxl import load_workbook  # noqa: PLC0415  # not before the timing: its memory would count

    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        books = [load_workbook(path) for path in (ours, plain)]
    tables = [{name: sheet for sheet in book.worksheets for name in sheet.tables} for book in books]
    for name in COMPARED:
        first, second = (sheets[name][sheets[name].tables[name].ref] for sheets in tables)
        if len(first) != len(second):
            found.append(f"{name}: {len(first)} rows and {len(second)}")
        for mine, other in zip(first, second, strict=False):
            pairs = [(one, two) for one, two in zip(mine, other, strict=True) if not same(one.value, two.value)]
            found += [f"{name} {one.coordinate}: {one.value!r} and {two.value!r}" for one, two in pairs]
    return found


def same(one: object, two: object) -> bool:
    """Return whether two cells show the same; a blank may be written in two ways, and floats round."""
    if isinstance(one, int | float) and isinstance(two, int | float):
        return abs(one - two) < 1e-6
    return ("" if one is None else one) == ("" if two is None else two)


if __name__ == "__main__":
    sys.exit(main())
