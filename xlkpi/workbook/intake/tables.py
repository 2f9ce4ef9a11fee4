"""From a block of cells to checked rows: columns are found by their headings, every fault gets its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from xlkpi.errors import Problems
from xlkpi.workbook.backend import Block, Value
from xlkpi.workbook.intake.cells import shown
from xlkpi.workbook.layout import Shape, Table

_Row = TypeVar("_Row", bound=Mapping[str, Any])

#: Rows that are read at once: enough to be fast, few enough to need little memory.
_AT_ONCE = 5_000
_FIGURES = (Shape.NUMBER, Shape.WHOLE)


class Sheet(Generic[_Row]):
    """A typed table as it stands in the workbook, with the place of each of its columns.

    Attributes:
        block: The cells.
        table: What the layout says of the table.
        is_usable: Whether every typed heading was found; otherwise the rows cannot be read.
    """

    def __init__(self, block: Block, table: Table, adapter: TypeAdapter[list[_Row]], problems: Problems) -> None:
        """Find the columns; note every heading that is missing or stands twice, and every merged area."""
        self.block, self.table = block, table
        self._adapter, self._problems = adapter, problems
        self._columns = self._find_columns()
        self.is_usable = len(self._columns) == sum(column.typed or column.field == "code" for column in table.columns)
        self._note_merged()

    def where(self, row: int, field: str) -> str:
        """Return the address of a cell by row index and field."""
        return self.block.address(row, self._columns[field])

    def place(self, field: str) -> int:
        """Return the index of a column in the block."""
        return self._columns[field]

    def add(self, row: int, field: str, what: str, cure: str) -> None:
        """Note a fault of a cell; ``what`` continues "the target is ..." where it starts with a lower-case word."""
        self._problems.add(self.where(row, field), f"{what}.", cure)

    def noun(self, field: str) -> str:
        """Return how a message names a column: ``the target``."""
        return f"the {self.table.heading(field).lower()}"

    def rows(self) -> Iterator[tuple[int, _Row]]:
        """Yield the index and the values of every row in which something is typed; faulty rows are noted, not yielded."""
        if not self.is_usable:
            return
        self._note_formulas()
        batch: list[tuple[int, dict[str, Value]]] = []
        fields = list(self._columns)
        places = list(self._columns.values())
        typed = [place for field, place in self._columns.items() if field != "code" or self.table.columns[place].typed]
        for index, cells in enumerate(self.block.rows):
            if any(cells[place] not in (None, "") for place in typed) or self._is_fixed_row(cells):
                batch.append((index, {field: cells[place] for field, place in zip(fields, places, strict=True)}))
            if len(batch) == _AT_ONCE:
                yield from self._validated(batch)
                batch = []
        yield from self._validated(batch)

    def _is_fixed_row(self, cells: Sequence[Value]) -> bool:
        """Return whether a row has a code that the program wrote, though nothing is typed beside it."""
        return cells[self._columns["code"]] not in (None, "") if "code" in self._columns else False

    def _validated(self, batch: list[tuple[int, dict[str, Value]]]) -> Iterator[tuple[int, _Row]]:
        if not batch:
            return
        try:
            rows = self._adapter.validate_python([cells for _, cells in batch])
        except ValidationError as error:
            faulty = self._note_faults(error, [index for index, _ in batch])
            yield from self._validated([one for place, one in enumerate(batch) if place not in faulty])
            return
        yield from zip((index for index, _ in batch), rows, strict=True)

    def _note_faults(self, error: ValidationError, indexes: list[int]) -> set[int]:
        faulty = set()
        for one in error.errors(include_url=False):
            place, field = one["loc"]
            assert isinstance(place, int), "the rows are a list"
            faulty.add(place)
            words = one["ctx"]
            what = f"{self.noun(str(field))} is {shown(one['input'])}, {words['expected']}"
            if (indexes[place], self._columns[str(field)]) not in self.block.formulas:
                self.add(indexes[place], str(field), what, words["cure"])
        return faulty

    def _find_columns(self) -> dict[str, int]:
        found: dict[str, int] = {}
        present = [heading.strip().casefold() for heading in self.block.headings]
        for column in self.table.columns:
            if not column.typed and column.field != "code":
                continue
            places = [place for place, heading in enumerate(present) if heading == column.heading.casefold()]
            if len(places) == 1:
                found[column.field] = places[0]
            else:
                self._note_heading(column.heading, column.field, places)
        return found

    def _note_heading(self, heading: str, field: str, places: list[int]) -> None:
        if places:
            where = self.block.address(-1, places[1])
            self._problems.add(where, f"the heading {heading} stands twice.", "Give the second column another heading.")
            return
        expected = self.table.index(field)
        there = self.block.headings[expected] if expected < len(self.block.headings) else ""
        instead = f"; {shown(there)} stands where it should be" if there else ""
        self._problems.add(
            self.block.address(-1, min(expected, len(self.block.headings) - 1)),
            f"the heading {heading} of the table {self.block.table} is missing{instead}.",
            f"Type {heading} into the heading cell again.",
        )

    def _note_merged(self) -> None:
        for area in self.block.merged:
            where = self.block.address(0, 0).rpartition("!")[0]
            self._problems.add(
                f"{where}!{area}",
                "these cells are merged, so that it is not clear which row they belong to.",
                "Unmerge them (Home, Merge & Center) and fill every cell.",
            )

    def _note_formulas(self) -> None:
        for field, place in self._columns.items():
            column = self.table.columns[self.table.index(field)]
            if not column.typed or column.shape not in _FIGURES:
                continue
            for row in [row for row, at in self.block.formulas if at == place]:
                formula = self.block.formulas[row, place]
                self.add(
                    row,
                    field,
                    f"{self.noun(field)} is the formula ={formula}, where a typed number belongs",
                    "Copy the cell and paste it as a value, or type the number.",
                )
