"""A folder of CSV files, read like a workbook: for a new workbook made from what an organisation already has.

The files have the columns of the worked example (``xlkpi/example/dcst``): ``register.csv`` and ``observations.csv``
are needed; ``target_history.csv``, ``operational.csv``, ``cohorts.csv``, ``audits.csv``, ``inspections.csv`` and
``phrases.csv`` may be there.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from xlkpi.errors import FileUnusable, Problem, WorkbookInvalid
from xlkpi.model.number import WRITTEN
from xlkpi.model.period import PeriodError, Quarter, parse_quarter
from xlkpi.model.register import Kind
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Block, NamedCell, Value
from xlkpi.workbook.layout import Name, Shape, Table

#: One line of a file: where it stands, and its cells by column.
_Line = tuple[str, Mapping[str, str]]

#: Columns that a file names otherwise than the workbook's fields.
_OTHER_NAMES: Mapping[str, Mapping[str, str]] = {
    "register.csv": {"basis": "period_basis", "first": "valid_from", "last": "valid_to", "breaks": "series_breaks"},
    "target_history.csv": {
        "first": "valid_from", "last": "valid_to", "basis": "tolerance_basis", "approved": "approved_by",
        "provenance": "source",
    },
    "observations.csv": {"comment": "note"},
    "cohorts.csv": {"code": "measure"},
}  # fmt: skip
_FILES = (
    "register.csv", "target_history.csv", "observations.csv", "operational.csv", "cohorts.csv", "audits.csv",
    "inspections.csv", "phrases.csv",
)  # fmt: skip
#: The columns without which a file says nothing; of several names one is enough.
_NEEDED = {
    "register.csv": (
        ("code",), ("title",), ("section",), ("section_order",), ("list_order",), ("polarity",), ("unit",),
    ),
    "target_history.csv": (("code",), ("target",)),
    "observations.csv": (("period",), ("code",), ("value", "numerator"), ("value", "denominator")),
    "operational.csv": (("period",), ("code",), ("value", "numerator"), ("value", "denominator")),
    "cohorts.csv": (("measure", "code"), ("period",), ("cohort",), ("numerator",), ("denominator",)),
    "audits.csv": (("period",),),
    "phrases.csv": (("paragraph",), ("key",), ("text",)),
}  # fmt: skip
_MUST_BE_THERE = ("register.csv", "observations.csv")
_FIGURES = (Shape.NUMBER, Shape.WHOLE)
_A_YEAR = 4
_PERCENT, _COUNT = "%", "count"


@dataclass(frozen=True, slots=True)
class _FileBlock(Block):
    """Rows of a file as a block; an address names file, row and column.

    Attributes:
        places: File and row number of each row.
        columns: What the file calls each column.
    """

    places: Sequence[str] = ()
    columns: Sequence[str] = ()

    def address(self, row: int, column: int) -> str:
        """Return where a cell stands in its file."""
        return f"{self.places[row]}, {self.columns[column]}" if row >= 0 else self.sheet


class Folder:
    """The CSV files of a folder, as the tables of a workbook."""

    def __init__(self, path: Path, organisation: str, quarter: Quarter | None = None) -> None:
        """Read the files.

        Args:
            path: The folder.
            organisation: Whose figures they are.
            quarter: The reporting quarter; None takes the last one that has observations.

        Raises:
            FileUnusable: Where the folder or a file that is needed is missing.
            WorkbookInvalid: Where a column that is needed is missing, or a row does not fit the columns.
        """
        self.path, self.organisation = path, organisation
        if not path.is_dir():
            raise FileUnusable(f"{path} is not a folder. Name the folder that holds register.csv and observations.csv.")
        problems: list[Problem] = []
        lines = {file: _read_file(path / file, problems) for file in _FILES}
        if problems:
            raise WorkbookInvalid(problems)
        by_quarter = _by_quarter(lines["observations.csv"])
        found = [one for one in by_quarter if one is not None]
        if quarter is None and not found:
            raise FileUnusable(f"{path / 'observations.csv'} names no quarter. Say which with --quarter.")
        _refuse_strays(by_quarter, quarter)
        self.quarter = quarter or max(found)
        newest = max([self.quarter, *found])
        self.quarters = [
            newest.shift(-back) for back in range(max(layout.QUARTER_SHEETS, newest.index - self.quarter.index + 1))
        ]
        self.first_quarter = min(found, default=self.quarter)
        self._blocks = {block.table: block for block in self._read(lines, by_quarter)}

    def sheets(self) -> Sequence[str]:
        """Return the files in the order in which they are read."""
        return _FILES

    def tables(self) -> Mapping[str, str]:
        """Return the file of every table by the table's name."""
        return {name: block.sheet for name, block in self._blocks.items()}

    def read(self, table: str, only: Collection[str] | None = None) -> Block:  # noqa: ARG002  # files hold nothing else
        """Return a table; all of its columns are typed."""
        return self._blocks[table]

    def read_name(self, name: str) -> NamedCell | None:
        """Return a setting; all but organisation and quarter are left at what they are unless said otherwise."""
        values: dict[str, Value] = {Name.ORGANISATION: self.organisation, Name.QUARTER: self.quarter.label}
        return NamedCell(str(self.path), values.get(name))

    def _read(
        self, lines: Mapping[str, list[_Line]], by_quarter: Mapping[Quarter | None, list[_Line]]
    ) -> Iterator[Block]:
        register, operational = lines["register.csv"], lines["operational.csv"]
        yield _block(layout.REGISTER, "register.csv", [*map(_contract, register), *_context(register, operational)])
        yield _block(layout.TARGETS, "target_history.csv", _targets(register, lines["target_history.csv"]))
        older = [line for quarter, them in by_quarter.items() if quarter not in self.quarters for line in them]
        yield _block(layout.HISTORY, "observations.csv", older)
        for quarter in self.quarters:
            yield _block(layout.quarter_table(quarter), "observations.csv", by_quarter.get(quarter, []))
        yield _block(layout.CONTEXT_INPUTS, "operational.csv", operational)
        for table, file in (
            (layout.COHORTS, "cohorts.csv"),
            (layout.AUDITS, "audits.csv"),
            (layout.INSPECTIONS, "inspections.csv"),
        ):
            yield _block(table, file, lines[file])
        if lines["phrases.csv"]:
            yield _block(layout.PHRASES, "phrases.csv", lines["phrases.csv"])


def _read_file(path: Path, problems: list[Problem]) -> list[_Line]:
    """Return the lines of a file below its first row; a row counts as Excel counts it.

    Raises:
        FileUnusable: Where a file that is needed is missing, or one cannot be read.
    """
    file, lines = path.name, list[_Line]()
    if not path.exists():
        if file in _MUST_BE_THERE:
            raise FileUnusable(f"{path} is missing. A new workbook needs register.csv and observations.csv.")
        return lines
    headings: list[str] | None = None
    number = 0
    try:
        for number, cells in enumerate(csv.reader(StringIO(_text(path), newline=""), strict=True), start=1):
            if headings is None:
                headings = [cell.strip().casefold() for cell in cells]
                problems += _heading_faults(file, headings)
            elif any(cell.strip() for cell in cells[len(headings) :]):
                what = f"the row has {len(cells)} cells, but there are {len(headings)} headings."
                problems.append(Problem(f"{file} row {number}", what, "Put a text that holds a comma in quotes."))
            elif cells:
                lines.append((f"{file} row {number}", dict(zip(headings, cells, strict=False))))
    except csv.Error:
        what = "a quotation mark opens a text that does not end as it should."
        problems.append(Problem(f"{file} row {number + 1}", what, "Put a quotation mark at both ends, or at none."))
    except OSError as error:
        message = (
            f"{path} could not be read: {error.strerror or error}. Close it elsewhere, or copy it to another folder."
        )
        raise FileUnusable(message) from error
    if headings is None:
        problems += _heading_faults(file, [])
    return lines


def _heading_faults(file: str, headings: Sequence[str]) -> Iterator[Problem]:
    for names in _NEEDED.get(file, ()):
        if not any(name in headings for name in names):
            what = f"the column {' or '.join(names)} is missing from the first row."
            yield Problem(file, what, "Add it, or correct its name.")
    for heading, times in Counter(headings).items():
        if heading and times > 1:
            yield Problem(
                file, f"the column {heading} stands twice in the first row.", "Give one of them another name."
            )


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # what Excel on Windows writes as plain CSV


def _refuse_strays(by_quarter: Mapping[Quarter | None, Sequence[_Line]], reported: Quarter | None) -> None:
    """Refuse a quarter far after all others: a mistyped year would become the reporting quarter.

    Raises:
        WorkbookInvalid: Where the newest quarter lies more than a year after the one before it.
    """
    found = sorted({one for one in (*by_quarter, reported) if one is not None})
    if len(found) > 1 and found[-1].index - found[-2].index > _A_YEAR and found[-1] in by_quarter:
        newest, before = found[-1], found[-2]
        later = newest.index - before.index
        what = f"the period is {newest.label}, {later} quarters after the latest other one, {before.label}."
        place = by_quarter[newest][0][0]
        raise WorkbookInvalid([Problem(f"{place}, period", what, "Correct the year, or add the quarters between.")])


def _by_quarter(lines: Iterable[_Line]) -> dict[Quarter | None, list[_Line]]:
    """Return the lines by quarter; those that name none are kept under None, so that their fault is reported."""
    found: dict[Quarter | None, list[_Line]] = {}
    for line in lines:
        try:
            quarter: Quarter | None = parse_quarter(line[1].get("period", ""))
        except PeriodError:
            quarter = None
        found.setdefault(quarter, []).append(line)
    return found


def _targets(register: Sequence[_Line], dated: list[_Line]) -> list[_Line]:
    """Return the lines of targets: dated ones, and those that only stand in the register."""
    known = {cells.get("code", "").strip().casefold() for _, cells in dated}
    undated = [
        (place, {"code": cells.get("code", ""), "target": cells["target"], "tolerance": cells.get("tolerance", ""),
                 "tolerance_basis": cells.get("tolerance_basis", ""), "source": cells.get("src_target", "")})
        for place, cells in register
        if cells.get("target") and cells.get("code", "").strip().casefold() not in known
    ]  # fmt: skip
    return [*dated, *undated]


def _contract(line: _Line) -> _Line:
    place, cells = line
    origins: dict[str, list[str]] = {}
    for field in ("title", "section", "polarity", "definition"):
        if origin := cells.get(f"src_{field}"):
            origins.setdefault(origin, []).append(field)
    provenance = "; ".join(f"{', '.join(fields)} {origin}" for origin, fields in origins.items())
    return place, {"kind": "contract", "provenance": provenance, **cells}


def _context(register: Sequence[_Line], operational: Sequence[_Line]) -> Iterator[_Line]:
    """Yield a register row for each context code that the register does not have, from its name and unit."""
    known = {cells.get("code", "").casefold() for _, cells in register}
    order = sum(cells.get("kind", "").strip().casefold() == Kind.CONTEXT.value for _, cells in register)
    for place, cells in operational:
        code, unit = cells.get("code", ""), cells.get("unit", "") or _COUNT
        if not code or code.casefold() in known:
            continue
        known.add(code.casefold())
        order += 1
        yield place, {
            "code": code, "title": cells.get("name", ""), "section": "Context", "list_order": str(order),
            "kind": "context", "polarity": "none", "unit": unit, "decimals": "0" if unit == _COUNT else "1",
            "multiplier": "100" if unit == _PERCENT else "1", "period_basis": "in_quarter",
        }  # fmt: skip


def _block(table: Table, file: str, lines: Iterable[_Line]) -> Block:
    columns = [column for column in table.columns if column.typed or column.field == "code"]
    other = _OTHER_NAMES.get(file, {})
    names = [other.get(column.field, column.field) for column in columns]
    rows: list[list[Value]] = []
    places: list[str] = []
    for place, cells in lines:
        # A file may use the workbook's own word: where it has a comment, its note is no comment.
        texts = [cells.get(column.field, cells.get(name, "")) for column, name in zip(columns, names, strict=True)]
        rows.append([_value(text, column.shape) for text, column in zip(texts, columns, strict=True)])
        places.append(place)
    headings = tuple(column.heading for column in columns)
    return _FileBlock(file, table.name, 2, 1, headings, rows, places=places, columns=names)


def _value(text: str, shape: Shape) -> Value:
    if shape in _FIGURES and text.strip():
        return float(text) if WRITTEN.fullmatch(text.strip()) else text
    return text or None
