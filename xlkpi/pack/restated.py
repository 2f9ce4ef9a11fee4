"""Figures that differ from what the last release said: with old, new and reason, part of the pack."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from xlkpi.errors import FileUnusable
from xlkpi.model.period import Quarter, parse_quarter
from xlkpi.pack import manifest
from xlkpi.pack.data import table
from xlkpi.pack.document import WITHHELD, Column, Report, Role, Section, Table
from xlkpi.pack.manifest import Restatement
from xlkpi.pack.small_numbers import key_of

TITLE = "Restatements"
#: What is compared: the outturn, and the counts behind it.
_COMPARED = ("outturn", "numerator", "denominator")

Figures = Mapping[tuple[str, str], Mapping[str, str]]


def last_release(folder: Path, organisation: str, profile: str, quarter: Quarter) -> Path | None:
    """Return the pack of the latest earlier quarter in a folder, of the same organisation and for the same readers."""
    found: list[tuple[Quarter, Path]] = []
    for path in sorted(folder.glob(f"*/{manifest.NAME}")):
        try:
            said = manifest.read(path.parent)
            earlier = parse_quarter(str(said["period"]))
        except (FileUnusable, KeyError, ValueError):
            continue
        if (said.get("organisation"), said.get("profile")) == (organisation, profile) and earlier < quarter:
            found.append((earlier, path.parent))
    return max(found)[1] if found else None


def released(folder: Path) -> Figures:
    """Return the figures of a pack, by code and quarter.

    Raises:
        FileUnusable: Where its data are not as they were published: what was said can then not be known.
    """
    changed = [one for one in manifest.check(folder) if one.where.endswith(".csv")]
    names = [one["name"] for one in manifest.read(folder)["outputs"] if one["name"].endswith(".csv")]
    if changed or len(names) != 1:
        raise FileUnusable(f"{folder}: its data are not as they were published. Take that pack from where it was kept.")
    return _figures((folder / names[0]).read_bytes())


def _figures(content: bytes) -> Figures:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return {(row["code"], row["quarter"]): row for row in rows}


def counts(figures: Figures) -> dict[str, int]:
    """Return the whole numbers of a release, by the keys of small numbers: they are known and stay known."""
    found = {}
    for (code, quarter), row in figures.items():
        for part in _COMPARED:
            if row[part].isdigit():
                found[key_of(code, parse_quarter(quarter), part)] = int(row[part])
    return found


def restatements(
    before: Figures, report: Report, reasons: Mapping[tuple[str, str, str, str], str]
) -> Iterator[Restatement]:
    """Yield the figures that both releases print, and print otherwise.

    Args:
        before: Of the last release.
        report: The new one.
        reasons: What was typed about a code, what it is of, what it was and what it is; a missing one becomes empty.
    """
    for (code, quarter), now in _figures(table(report)).items():
        then = before.get((code, quarter))
        if then is None:
            continue
        for what in _COMPARED:
            old, new = then[what], now[what]
            if old != new and WITHHELD not in {old, new}:
                key = (code, f"{quarter} {what}", old, new)
                yield Restatement(*key, reasons.get(key, ""))
                break


def section(found: list[Restatement]) -> Section:
    """Return the section that lists them."""
    columns = (
        Column("Code", width=8),
        Column("Figure", width=26),
        Column("Was", Role.BESIDE),
        Column("Is", Role.FIGURE),
        Column("Reason", width=60),
    )
    rows = [(one.code, one.period, one.old, one.new, one.reason) for one in found]
    title = "Figures that differ from the last release"
    return Section("", TITLE, (Table("Restatements", title, columns, rows),))
