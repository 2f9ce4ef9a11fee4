"""Figures that differ from what was published before: with old, new and reason, part of the pack."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path

from xlkpi.errors import FileUnusable
from xlkpi.model.period import Quarter, parse_quarter
from xlkpi.pack import manifest
from xlkpi.pack.data import table
from xlkpi.pack.document import PERCENT, WITHHELD, Column, Report, Role, Section, Table
from xlkpi.pack.manifest import Restatement
from xlkpi.pack.small_numbers import key_of

TITLE = "Restatements"
#: What is compared: the outturn with the counts behind it, and what it was held against.
_COMPARED = ("outturn", "numerator", "denominator", "target", "tolerance", "status")
_COUNTS = ("outturn", "numerator", "denominator")
_IN_UNIT = ("outturn", "target", "tolerance")

Figures = Mapping[tuple[str, str], Mapping[str, str]]
#: What was typed about a change: by its code, what it is of, what it was and what it is.
Reasons = Mapping[tuple[str, str, str, str], str]


@dataclass(frozen=True)
class Earlier:
    """A pack that was published before.

    Attributes:
        folder: Where it is.
        quarter: That it reports.
        published: Local date and time, ISO 8601.
    """

    folder: Path
    quarter: Quarter
    published: str

    @property
    def told(self) -> str:
        """Return what a reader calls it: its quarter, and the day on which it was published."""
        return f"{self.quarter.label} pack of {day(self.published)}"

    @cached_property
    def figures(self) -> Figures:
        """Return its figures, by code and quarter.

        Raises:
            FileUnusable: Where its data are not as they were published: what was said can then not be known.
        """
        return released(self.folder)


def day(published: str) -> str:
    """Return the day of a date and time as a reader writes it.

    Examples:
        >>> day("2018-10-07T09:42:00")
        '7 October 2018'
    """
    found = dt.date.fromisoformat(published[:10])
    return f"{found.day} {found:%B %Y}"


def earlier_releases(folder: Path, organisation: str, profile: str, quarter: Quarter) -> list[Earlier]:
    """Return the packs in a folder that the next one of a quarter is compared with, the newest first.

    These are all of the same quarter, since what is there counts as sent, and the last one of the latest earlier quarter; of
    the same organisation and for the same readers.
    """
    found: list[Earlier] = []
    for path in sorted(folder.glob(f"*/{manifest.NAME}")):
        try:
            said = manifest.read(path.parent)
            one = Earlier(path.parent, parse_quarter(str(said["period"])), str(said["published"]))
            day(one.published)
        except (FileUnusable, KeyError, ValueError):
            continue
        if (said.get("organisation"), said.get("profile")) == (organisation, profile) and one.quarter <= quarter:
            found.append(one)
    found.sort(key=lambda one: (one.quarter, one.published), reverse=True)
    before = [one for one in found if one.quarter < quarter]
    return [*(one for one in found if one.quarter == quarter), *before[:1]]


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
        for part in _COUNTS:
            if row[part].isdigit():
                found[key_of(code, parse_quarter(quarter), part)] = int(row[part])
    return found


def restatements(before: Sequence[Earlier], report: Report, typed: Reasons) -> list[Restatement]:
    """Return the figures that an earlier release prints, too, and prints otherwise.

    A reason that was typed beside one figure of a measure and quarter stands for the others, which moved with it.

    Args:
        before: What was released, the newest first.
        report: What is to be.
        typed: Reasons; a missing one becomes empty.
    """
    now = _figures(table(report))
    found: dict[tuple[str, str, str, str], Restatement] = {}
    for release in before:
        for one in _differences(release, now):
            found.setdefault((one.code, one.period, one.old, one.new), one)
    said: dict[tuple[str, str], str] = {}
    for key in found:
        said.setdefault(_of(key), "")
        said[_of(key)] = said[_of(key)] or typed.get(key, "")
    return [replace(one, reason=typed.get(key, "") or said[_of(key)]) for key, one in found.items()]


def _of(key: tuple[str, str, str, str]) -> tuple[str, str]:
    """Return measure and quarter of a change."""
    code, period, *_ = key
    return code, period.rpartition(" ")[0]


def _differences(release: Earlier, now: Figures) -> Iterator[Restatement]:
    for (code, quarter), row in now.items():
        then = release.figures.get((code, quarter))
        if then is None:
            continue
        for what in _COMPARED:
            old, new = then[what], row[what]
            if old != new and WITHHELD not in {old, new}:
                was, now_is = (_printed(one, what, row["unit"]) for one in (old, new))
                yield Restatement(code, f"{quarter} {what}", was, now_is, "", release.told)


def _printed(text: str, what: str, unit: str) -> str:
    """Return a figure of the data as a reader sees it: thousands apart, with a percent sign."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return f"{number:,}{PERCENT if unit == PERCENT and what in _IN_UNIT else ''}"


def section(found: Sequence[Restatement], report: Report) -> Section:
    """Return the section that lists them."""
    columns = (
        Column("Code", width=10),
        Column("Measure", width=30),
        Column("Figure", width=20),
        Column("Was", Role.BESIDE, 18),
        Column("Is", Role.FIGURE, 18),
        Column("Was so in", width=20),
        Column("Reason", width=38),
    )
    titles = {page.code: page.title for page in report.pages}
    rows = [(one.code, titles[one.code], one.period, one.old, one.new, one.release, one.reason) for one in found]
    title = "Figures that differ from what was published before"
    return Section("", TITLE, (Table("Restatements", title, columns, rows),))
