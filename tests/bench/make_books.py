"""Makes a workbook of some size for the benchmark: a folder of CSV files, the same each time, and the book from it.

    python tests/bench/make_books.py 2000x40

prints where the workbook is: 2,000 contract indicators with figures for 40 quarters, and context indicators.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from xlkpi.model.period import Quarter  # noqa: E402

LAST_QUARTER = Quarter(2018, 2)
Line = Sequence[object]

_REGISTER = (
    "code", "title", "section", "section_order", "list_order", "kind", "polarity", "unit", "decimals",
    "numerator_label", "denominator_label", "multiplier", "period_basis", "valid_from", "series_breaks", "definition",
    "provenance", "note",
)  # fmt: skip
_TARGETS = ("code", "valid_from", "valid_to", "target", "tolerance", "provenance", "note")
_OBSERVATIONS = ("period", "code", "numerator", "denominator", "value", "provenance", "note")
_SECTION_SIZE = 25
_CONTEXT_SHARE = 10
_LEAST_CONTEXT = 3
_MISSING = 0.03


class Size(NamedTuple):
    """How many contract indicators a workbook has, and for how many quarters there are figures."""

    indicators: int
    quarters: int

    def __str__(self) -> str:
        return f"{self.indicators}x{self.quarters}"

    @classmethod
    def parse(cls, text: str) -> Size:
        indicators, _, quarters = text.partition("x")
        return cls(int(indicators), int(quarters))


class _Sort(NamedTuple):
    """A sort of indicator: what is measured, and what figures it usually comes to."""

    polarity: str
    unit: str
    decimals: int
    multiplier: int
    middle: float
    target: str
    tolerance: str
    earlier_target: str


#: Every polarity; one sort in six has no target; a mean and a rate beside the percentages.
_SORTS = (
    _Sort("higher", "%", 0, 100, 0.86, "85", "75", "80"),
    _Sort("lower", "%", 1, 100, 0.23, "22", "28", "25"),
    _Sort("lower", "days", 0, 1, 21.0, "20", "24", "23"),
    _Sort("range", "%", 0, 100, 0.50, "40..60", "30..70", "35..65"),
    _Sort("none", "%", 0, 100, 0.40, "", "", ""),
    _Sort("higher", "per 1,000", 2, 1000, 0.014, "14", "12.5", "13"),
)
_PROVENANCES = ("reported", "derived", "illustrative")


def make_folder(folder: Path, size: Size) -> None:
    """Write the CSV files of a workbook of some size."""
    chance = random.Random(f"xlkpi {size}")
    folder.mkdir(parents=True, exist_ok=True)
    quarters = [LAST_QUARTER.shift(back - size.quarters + 1) for back in range(size.quarters)]
    context = max(_LEAST_CONTEXT, size.indicators // _CONTEXT_SHARE)
    _write(folder / "register.csv", _REGISTER, _register(size, context, quarters))
    _write(folder / "target_history.csv", _TARGETS, _targets(size, quarters))
    _write(folder / "observations.csv", _OBSERVATIONS, _observations(chance, size, quarters))
    _write(folder / "operational.csv", _OBSERVATIONS, _operational(chance, context, quarters))


def make_book(size: Size, *, fresh: bool = False) -> Path:
    """Return a workbook of some size, refreshed once; it is made on first use and kept for the next.

    Args:
        size: Of the workbook.
        fresh: Whether one that is there is made again; it is also where this file or the layout changed.
    """
    sources = (Path(__file__), ROOT / "xlkpi" / "workbook" / "layout.py")
    key = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]
    home = Path(tempfile.gettempdir()) / "xlkpi-bench" / f"{size}-{key}"
    book = home / "book.xlsx"
    if fresh or not book.exists():
        book.unlink(missing_ok=True)
        make_folder(home / "csv", size)
        command = [sys.executable, "-m", "xlkpi", "new", str(book), "--from", str(home / "csv")]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        made = subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
        if made.returncode:
            sys.exit(f"No workbook of {size} could be made.")
    return book


def _code(number: int) -> str:
    return f"K{number:05d}"


def _context_code(number: int) -> str:
    return f"X{number:04d}"


def _sort(number: int) -> _Sort:
    return _SORTS[number % len(_SORTS)]


def _register(size: Size, context: int, quarters: Sequence[Quarter]) -> Iterator[Line]:
    for number in range(1, size.indicators + 1):
        sort, section = _sort(number), (number - 1) // max(_SECTION_SIZE, size.indicators // 20) + 1
        broken = quarters[-2].label if number % 50 == 0 else ""
        yield (
            _code(number), f"Measure {number} of the timeliness and quality of visits, plans and reviews",
            f"Section {section}", section, number, "contract", sort.polarity, sort.unit, sort.decimals,
            "cases that were in time", "cases that were due", sort.multiplier, "in_quarter", "", broken,
            "Cases in time as a share of cases due in the quarter", "illustrative", "",
        )  # fmt: skip
    for number in range(1, context + 1):
        yield (
            _context_code(number), f"Contacts and referrals, line {number}", "Context", "", number, "context", "none",
            "count", 0, "", "", 1, "in_quarter", "", "", "Counted when received", "illustrative", "",
        )  # fmt: skip


def _targets(size: Size, quarters: Sequence[Quarter]) -> Iterator[Line]:
    changed = quarters[len(quarters) // 2]
    for number in range(1, size.indicators + 1):
        sort = _sort(number)
        if sort.target and number % 4 == 0:
            until = changed.previous.label
            yield _code(number), "", until, sort.earlier_target, sort.tolerance, "illustrative", "until then"
            yield _code(number), changed.label, "", sort.target, sort.tolerance, "illustrative", "current"
        elif sort.target:
            yield _code(number), "", "", sort.target, sort.tolerance, "illustrative", "current"


def _observations(chance: random.Random, size: Size, quarters: Sequence[Quarter]) -> Iterator[Line]:
    for number in range(1, size.indicators + 1):
        sort = _sort(number)
        for quarter in quarters:
            provenance = _PROVENANCES[chance.randrange(3)]
            if chance.random() < _MISSING:
                continue
            due = chance.randrange(40, 900)
            share = max(0.0, chance.gauss(sort.middle, sort.middle * 0.12))
            in_time = round(due * share) if sort.unit == "days" else min(due, round(due * share))
            comment = "Staff sickness in two teams; recruitment is under way." if chance.random() < 0.2 else ""
            if number % 40 == 0:  # some organisations are sent the figure alone
                value = round(sort.multiplier * in_time / due, 2)
                yield quarter.label, _code(number), "", "", value, provenance, comment
            else:
                yield quarter.label, _code(number), in_time, due, "", provenance, comment


def _operational(chance: random.Random, context: int, quarters: Sequence[Quarter]) -> Iterator[Line]:
    for number in range(1, context + 1):
        for quarter in quarters:
            if chance.random() >= _MISSING:
                yield quarter.label, _context_code(number), "", "", chance.randrange(200, 6000), "illustrative", ""


def _write(path: Path, headings: Line, lines: Iterator[Line]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=Size.parse, help="such as 2000x40")
    parser.add_argument("--fresh", action="store_true", help="make it again, though it is there")
    options = parser.parse_args()
    print(make_book(options.size, fresh=options.fresh))
