"""Writes what stands in the folders of the organisations whose reports stand here; none of them exists.

    python tests/prose/reports/make.py

From ``figures.txt`` and ``report.marked.*`` of each folder it writes the CSV files, the draft without its marks, and
``truth.csv``, which says of every stretch of the draft whether it is true. A line of the figures is one indicator: code,
title, section, kind, polarity, unit, decimals, basis, numerator and denominator labels, aliases, targets
(target/tolerance, later ones with the quarter from which they hold) and the figures, oldest first, the last one that of
the reporting quarter (``n/d``, a value, or ``-`` where nothing was returned).
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[2])]

from prose.marks import read_marked  # noqa: E402

from xlkpi.model.period import Quarter, parse_quarter  # noqa: E402

Line = Sequence[object]
_MULTIPLIERS = {"%": 100, "per 1,000": 1000, "per 10,000": 10000, "per 100,000": 100000}


_REGISTER = (
    "code", "title", "section", "section_order", "list_order", "kind", "polarity", "unit", "decimals", "numerator_label",
    "denominator_label", "multiplier", "period_basis", "valid_from", "definition", "provenance", "aliases",
)  # fmt: skip
_TARGETS = ("code", "valid_from", "valid_to", "target", "tolerance")
_FIGURES = ("period", "code", "numerator", "denominator", "value", "provenance")


def main() -> None:
    for source in sorted(HERE.glob("*/figures.txt")):
        write_folder(source.parent, source.parent)


def write_folder(source: Path, folder: Path) -> None:
    """Write the files of an organisation from its sources."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = _parts((source / "figures.txt").read_text(encoding="utf-8"))
    about = {line[0]: line[1] for line in parts[""]}
    quarter, lines = parse_quarter(about["quarter"]), parts["figures"]
    contract, context = ([line for line in lines if line[3] == kind] for kind in ("contract", "context"))
    _write(folder / "about.csv", ("organisation", "quarter"), [list(about.values())])
    _write(folder / "register.csv", _REGISTER, _register(lines))
    _write(folder / "target_history.csv", _TARGETS, _targets(contract))
    _write(folder / "observations.csv", _FIGURES, _quarters(contract, quarter))
    _write(folder / "operational.csv", _FIGURES, [*_quarters(context, quarter), *_months(parts["months"], quarter)])
    if parts["cohorts"]:
        cells = [
            (code, period, cohort, "core", n, d, "illustrative") for code, period, cohort, n, d in parts["cohorts"]
        ]
        headings = ("code", "period", "cohort", "basis", "numerator", "denominator", "provenance")
        _write(folder / "cohorts.csv", headings, cells)
    if parts["audits"]:
        grades = [line[0].split() for line in parts["audits"]]
        quarters = [quarter.shift(back - len(grades) + 1).label for back in range(len(grades))]
        dated = [(label, "core", *cells, "illustrative") for label, cells in zip(quarters, grades, strict=True)]
        headings = ("period", "framework", "outstanding", "good", "requires_improvement", "inadequate", "provenance")
        _write(folder / "audits.csv", headings, dated)
    [draft] = source.glob("report.marked.*")
    _write_draft(draft, folder)


def _parts(text: str) -> dict[str, list[list[str]]]:
    """Return the lines of a source by the word at the head of each block, cells apart."""
    found: dict[str, list[list[str]]] = {name: [] for name in ("", "figures", "months", "cohorts", "audits")}
    for block in text.strip().split("\n\n"):
        lines = block.splitlines()
        name = lines.pop(0) if lines[0] in found else ""
        found[name] = [[cell.strip() for cell in line.split("|")] for line in lines]
    return found


def _write_draft(source: Path, folder: Path) -> None:
    marked = read_marked(source.read_text(encoding="utf-8"), folder.name)
    (folder / f"report{source.suffix}").write_text(marked.text, encoding="utf-8")
    slots = [slot for one in marked.statements for slot in one.slots if slot.words]
    rows = [(slot.start, slot.end, slot.words, slot.spec, "no" if slot.planted else "yes") for slot in slots]
    _write(folder / "truth.csv", ("start", "end", "words", "says", "true"), rows)


def _register(lines: Sequence[Sequence[str]]) -> Iterator[Line]:
    sections = list(dict.fromkeys(line[2] for line in lines if line[3] == "contract"))
    for order, line in enumerate(lines, start=1):
        code, title, section, kind, polarity, unit, decimals, basis, numerator, denominator, aliases = line[:11]
        place = sections.index(section) + 1 if kind == "contract" else ""
        multiplier = _MULTIPLIERS.get(unit, 1)
        yield (
            code, title, section, place, order, kind, polarity, unit, decimals, numerator, denominator, multiplier, basis,
            "", title, "illustrative", aliases,
        )  # fmt: skip


def _targets(lines: Sequence[Sequence[str]]) -> Iterator[Line]:
    for line in lines:
        dated = [one.strip().partition("@") for one in line[11].split(";") if one.strip()]
        starts = [start for _, _, start in dated]
        for (level, _, start), following in zip(dated, [*starts[1:], ""], strict=False):
            target, _, tolerance = level.partition("/")
            until = parse_quarter(following).previous.label if following else ""
            yield line[0], start, until, target, tolerance


def _quarters(lines: Sequence[Sequence[str]], last: Quarter) -> Iterator[Line]:
    for line in lines:
        figures = line[12].split()
        for place, figure in enumerate(figures):
            period = last.shift(place - len(figures) + 1).label
            if figure != "-":
                yield _figure(period, line[0], figure)


def _months(lines: Sequence[Sequence[str]], last: Quarter) -> Iterator[Line]:
    final = last.months[-1]
    index = final.year * 12 + final.month - 1
    for code, figures in lines:
        values = figures.split()
        for place, figure in enumerate(values):
            year, month = divmod(index - len(values) + 1 + place, 12)
            yield _figure(f"{year}-{month + 1:02d}", code, figure)


def _figure(period: str, code: str, figure: str) -> Line:
    numerator, _, denominator = figure.partition("/")
    counts = (numerator, denominator, "") if denominator else ("", "", numerator)
    return (period, code, *counts, "illustrative")


def _write(path: Path, headings: Line, lines: Iterable[Line]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(lines)


if __name__ == "__main__":
    main()
