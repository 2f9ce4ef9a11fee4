"""The application, its workbooks and their sheets, as an xlwings engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

import uno
import xlwings as xw
from com.sun.star.table import CellAddress
from live.engine import _counting, counted
from live.engine.area import Broken, Range, cell_range
from live.engine.grammar import to_calc, to_excel
from live.engine.office import Office, properties

from xlkpi.errors import ExcelBusy

_RUNNING: list[App] = []


class Engine:
    """What xlwings asks of an engine."""

    name, type = "libreoffice", "desktop"

    @property
    def apps(self) -> Apps:
        return Apps()

    @property
    def native(self) -> Native:
        return Native()

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        return "" if value is None else value

    @staticmethod
    def clean_value_data(
        data: Any,
        _dates: Any,
        empty_as: Any,
        _numbers: Any,
        err_to_str: bool,  # noqa: FBT001
    ) -> list[list[Any]]:
        def cleaned(value: Any) -> Any:
            if value is None or value == "":
                return empty_as
            if isinstance(value, Broken):
                return value.text if err_to_str else None
            return value

        return [[cleaned(value) for value in row] for row in data]


class Apps:
    def keys(self) -> list[int]:
        return [app.pid for app in _RUNNING]

    def __iter__(self) -> Iterator[App]:
        return iter(list(_RUNNING))

    def __len__(self) -> int:
        return len(_RUNNING)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in _RUNNING if app.pid == pid)


@counted
class App:
    def __init__(self, office: Office) -> None:
        self._office, self._known = office, {}
        self._settings = {
            "screen_updating": True, "enable_events": True, "display_alerts": True, "interactive": True,
            "status_bar": False, "calculation": "automatic",
        }  # fmt: skip
        self.busy, self.told = False, []

    @property
    def engine(self) -> Engine:
        return _ENGINE

    @property
    def pid(self) -> int:
        return self._office.pid

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def calculation(self) -> str:
        return str(self._settings["calculation"])

    @calculation.setter
    def calculation(self, mode: str) -> None:
        self._settings["calculation"] = mode
        for book in self.books:
            book._doc.enableAutomaticCalculation(mode != "manual")

    def calculate(self) -> None:
        for book in self.books:
            book._doc.calculate()

    def alert(self, prompt: str, *_more: Any) -> str:
        self.told.append(prompt)
        return "ok"

    def activate(self, steal_focus: bool = False) -> None:  # noqa: FBT001, FBT002
        pass


def _setting(name: str) -> property:
    def read(self: App) -> Any:
        return self._settings[name]

    def write(self: App, value: Any) -> None:
        self._settings[name] = value

    return property(_counting(read, f"App.{name}"), _counting(write, f"App.{name}="))


for _name in ("screen_updating", "enable_events", "display_alerts", "interactive", "status_bar"):
    setattr(App, _name, _setting(_name))


class Books:
    def __init__(self, app: App) -> None:
        self._app = app

    @property
    def app(self) -> App:
        return self._app

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self._app._known.values()))

    def __len__(self) -> int:
        return len(self._app._known)

    def __call__(self, key: Any) -> Book:
        if isinstance(key, int):
            return list(self)[key - 1]
        for book in self:
            if book.name.lower() == str(key).lower():
                return book
        raise KeyError(key)

    def open(self, path: str, *_more: Any, **_named: Any) -> Book:
        return self._load(uno.systemPathToFileUrl(str(Path(path).resolve())))

    def add(self) -> Book:
        return self._load("private:factory/scalc")

    def _load(self, url: str) -> Book:
        desktop = self._app._office.desktop
        doc = desktop.loadComponentFromURL(url, "_blank", 0, properties(MacroExecutionMode=4))
        assert doc is not None, f"LibreOffice could not open {url}"
        book = Book(doc, self._app)
        self._app._known[doc.RuntimeUID] = book
        return book


@counted
class Book:
    def __init__(self, doc: Any, app: App) -> None:
        self._doc, self._app, self._called, self._copied, self._kinds = doc, app, "", {}, {}
        self.opened_at = 0

    @property
    def api(self) -> Any:
        return self._doc

    @property
    def app(self) -> App:
        return self._app

    @property
    def fullname(self) -> str:
        if self._called:
            return self._called
        url = self._doc.URL
        return uno.fileUrlToSystemPath(url) if url else f"Book{self._doc.RuntimeUID}"

    @property
    def name(self) -> str:
        return re.split(r"[/\\]", self.fullname)[-1]

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        pass

    def close(self) -> None:
        self._app._known.pop(self._doc.RuntimeUID)
        self._doc.close(True)  # noqa: FBT003


@counted
class Sheets:
    def __init__(self, book: Book) -> None:
        self._book = book

    def _all(self) -> list[Sheet]:
        sheets = self._book._doc.Sheets
        return [Sheet(sheets.getByIndex(at), self._book) for at in range(sheets.Count)]

    @property
    def active(self) -> Sheet:
        return Sheet(self._book._doc.CurrentController.ActiveSheet, self._book)

    def __iter__(self) -> Iterator[Sheet]:
        """Look once where every table stands, for it takes LibreOffice long to say."""
        ranges, sheets = self._book._doc.DatabaseRanges, self._all()
        for sheet in sheets:
            sheet._found = []
        for one in (ranges.getByName(name) for name in ranges.ElementNames):
            area = one.DataArea
            sheets[area.Sheet]._found.append((area.StartRow, area.StartColumn, one))
        return iter(sheets)

    def __len__(self) -> int:
        return int(self._book._doc.Sheets.Count)

    def __call__(self, key: Any) -> Sheet:
        if isinstance(key, int):
            return self._all()[key - 1]
        sheets = self._book._doc.Sheets
        if not sheets.hasByName(key):
            raise KeyError(key)
        return Sheet(sheets.getByName(key), self._book)


@counted
class Sheet:
    def __init__(self, sheet: Any, book: Book) -> None:
        self._sheet, self._book, self._found = sheet, book, None

    @property
    def api(self) -> Any:
        return self._sheet

    @property
    def book(self) -> Book:
        return self._book

    @property
    def name(self) -> str:
        return str(self._sheet.Name)

    @name.setter
    def name(self, name: str) -> None:
        self._sheet.Name = name

    @property
    def index(self) -> int:
        return int(self._sheet.RangeAddress.Sheet) + 1

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def shapes(self) -> list[Any]:
        return [None] * self._sheet.DrawPage.Count

    @property
    def used_range(self) -> Range:
        cursor = self._sheet.createCursor()
        cursor.gotoStartOfUsedArea(False)  # noqa: FBT003
        cursor.gotoEndOfUsedArea(True)  # noqa: FBT003
        at = cursor.RangeAddress
        return Range(self, at.StartRow + 1, at.StartColumn + 1, at.EndRow + 1, at.EndColumn + 1)

    def range(self, first: Any, last: Any = None) -> Range:
        return cell_range(self, first, last)

    def activate(self) -> None:
        self._book._doc.CurrentController.setActiveSheet(self._sheet)

    def delete(self) -> None:
        doc, name = self._book._doc, self.name
        for table in [table.name for table in self.tables]:
            doc.DatabaseRanges.removeByName(table)
        doc.Sheets.removeByName(name)

    def copy(self, before: Sheet | None, after: Sheet | None = None) -> None:
        """Copy the sheet with its table; the formulas of the copy follow when that table gets its name."""
        if before is None:
            assert after is not None
            self._copy_across(after)
            return
        doc, name, known = self._book._doc, f"{self.name} (2)", set(self._book._doc.DatabaseRanges.ElementNames)
        old = next(iter(self.tables)).name
        doc.Sheets.copyByName(self.name, name, before.index - 1)
        [made] = set(doc.DatabaseRanges.ElementNames) - known
        self._book._copied[made] = old
        Sheet(doc.Sheets.getByName(name), self._book).activate()

    def _copy_across(self, after: Sheet) -> None:
        """Copy the sheet behind one of another workbook; like Excel, take names along only where there are none yet."""
        doc, own, tables = after._book._doc, self._book._doc, list(self.tables)
        assert doc.RuntimeUID != own.RuntimeUID
        taken, known = set(doc.Sheets.ElementNames), set(doc.DatabaseRanges.ElementNames)
        for objects in (self._sheet.getDataPilotTables(), self._sheet.Charts):
            for name in objects.ElementNames:
                objects.removeByName(name)  # LibreOffice 7.4 breaks down over one that came from another workbook
        doc.Sheets.importSheet(own, self.name, after.index)
        [made] = set(doc.Sheets.ElementNames) - taken
        sheet = doc.Sheets.getByName(made)
        for name in set(doc.DatabaseRanges.ElementNames) - known:
            doc.DatabaseRanges.removeByName(name)
        for table in tables:
            area = table._found.DataArea
            area.Sheet = sheet.RangeAddress.Sheet
            name = f"{table.name}_1"  # Excel may give a copy another name
            doc.DatabaseRanges.addNewByName(name, area)
            found = doc.DatabaseRanges.getByName(name)
            found.ContainsHeader, found.AutoFilter = True, table._found.AutoFilter
        Sheet(sheet, after._book).activate()


@counted
class Tables:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def __iter__(self) -> Iterator[Table]:
        known = self._sheet._found
        if known is None:
            known = next(one._found for one in self._sheet._book.sheets if one.name == self._sheet.name)
        return iter([Table(one, self._sheet) for _, _, one in sorted(known, key=lambda found: found[:2])])

    def __call__(self, key: Any) -> Table:
        ranges = self._sheet._book._doc.DatabaseRanges
        if not ranges.hasByName(key):
            raise KeyError(key)
        return Table(ranges.getByName(key), self._sheet)

    def __len__(self) -> int:
        return len(list(iter(self)))


@counted
class Table:
    def __init__(self, found: Any, sheet: Sheet) -> None:
        self._found, self._sheet = found, sheet

    @property
    def name(self) -> str:
        return str(self._found.Name)

    @name.setter
    def name(self, name: str) -> None:
        """Make a table of the new name in the same place: LibreOffice loses formulas where a table is only renamed."""
        doc, old = self._sheet._book._doc, self.name
        area, filtered = self._found.DataArea, self._found.AutoFilter
        doc.DatabaseRanges.addNewByName(name, area)
        self._found = doc.DatabaseRanges.getByName(name)
        self._found.ContainsHeader = True
        named = re.compile(rf"\b{self._sheet._book._copied.pop(old, old)}\b")
        sheet = self._sheet._sheet
        protected = sheet.isProtected()
        sheet.unprotect("")
        cells = self._sheet.used_range._cells
        for row, formulas in enumerate(cells.getFormulaArray()):
            for column, formula in enumerate(formulas):
                if formula.startswith("=") and named.search(formula):
                    cells.getCellByPosition(column, row).setFormula(named.sub(name, formula))
        doc.DatabaseRanges.removeByName(old)
        self._found.AutoFilter = filtered
        if protected:
            sheet.protect("")

    @property
    def range(self) -> Range:
        at = self._found.DataArea
        return Range(self._sheet, at.StartRow + 1, at.StartColumn + 1, at.EndRow + 1, at.EndColumn + 1)

    @property
    def show_totals(self) -> bool:
        return bool(self._found.TotalsRow)

    def resize(self, area: Any) -> None:
        filtered = self._found.AutoFilter
        self._found.AutoFilter = False
        self._found.setDataArea(area.impl._address)
        self._found.AutoFilter = filtered


@counted
class Names:
    def __init__(self, book: Book) -> None:
        self._book = book

    def snapshot(self) -> list[tuple[str, Name]]:
        names = self._book._doc.NamedRanges
        return [(name, Name(names.getByName(name), names)) for name in names.ElementNames]

    def add(self, name: str, refers_to: str) -> Name:
        names = self._book._doc.NamedRanges
        names.addNewByName(name, to_calc(refers_to)[1:], CellAddress(), 0)
        return Name(names.getByName(name), names)


@counted
class Name:
    def __init__(self, found: Any, names: Any) -> None:
        self._found, self._names = found, names

    @property
    def name(self) -> str:
        return str(self._found.Name)

    @property
    def refers_to(self) -> str:
        return to_excel(f"={self._found.Content}")

    @refers_to.setter
    def refers_to(self, place: str) -> None:
        self._found.setContent(to_calc(place)[1:])

    def delete(self) -> None:
        self._names.removeByName(self.name)


class Native:
    """What Excel offers beyond xlwings, as far as LibreOffice has it; what it has not is written down."""

    can_mend = True
    drawn: ClassVar[list[tuple[str, str, str]]] = []
    fed: ClassVar[list[tuple[str, str, str]]] = []

    def draw_sparklines(self, sheet: Any, area: str, source: str) -> None:
        self.drawn.append((sheet.name, area, source))

    def feed_pivot(self, sheet: Any, name: str, table: str) -> None:
        self.fed.append((sheet.name, name, table))

    def links_to(self, book: Any, other: str) -> bool:
        """Look at every formula: LibreOffice calls the other file by its whole address."""
        sheets = book.api.Sheets
        for at in range(sheets.Count):
            cursor = sheets.getByIndex(at).createCursor()
            cursor.gotoStartOfUsedArea(False)  # noqa: FBT003
            cursor.gotoEndOfUsedArea(True)  # noqa: FBT003
            if any(other in formula for row in cursor.getFormulaArray() for formula in row if formula.startswith("=")):
                return True
        return False

    def refuse_busy(self, app: Any) -> None:
        if app.impl.busy:
            raise ExcelBusy("Excel is busy. Nothing was changed.")

    def unprotected(self, sheet: Any) -> Any:
        """Return how a sheet was protected, and take that away; None where it was not."""
        found = sheet.api
        if not found.isProtected():
            return None
        with suppress(Exception):  # a wrong password
            found.unprotect("")
        return not found.isProtected()

    def protect(self, sheet: Any, _how: Any) -> None:
        sheet.api.protect("")

    def unlink(self, area: Any) -> None:
        area.impl.unlink()

    def is_filtered(self, table: Any) -> bool:
        return table.range.impl.hides_rows()


_ENGINE = Engine()


def started() -> App:
    """Start LibreOffice and make it what xlwings speaks to."""
    app = App(Office())
    _RUNNING.append(app)
    if "libreoffice" not in xw.main.engines.engines_by_name:
        xw.main.engines.add(xw.main.Engine(impl=_ENGINE))
    xw.main.engines.active = xw.main.engines["libreoffice"]
    return app


def stopped(app: App) -> None:
    """End LibreOffice."""
    _RUNNING.remove(app)
    app._office.stop()
