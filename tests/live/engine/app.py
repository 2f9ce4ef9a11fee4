"""The application, its workbooks and their sheets, as an xlwings engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uno
import xlwings as xw
from live.engine import _counting, counted
from live.engine.area import Broken, Range, cell_range
from live.engine.macros import run
from live.engine.names import Names
from live.engine.native import Native
from live.engine.office import Office, properties
from live.engine.tables import Tables

_RUNNING: list[App] = []


class Engine:
    """What xlwings asks of an engine."""

    name, type = "libreoffice", "desktop"

    @property
    def apps(self) -> Apps:
        return Apps()

    @property
    def native(self) -> Native:
        return _NATIVE

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
    def version(self) -> str:
        """Return that of the Excel whose ways the engine has."""
        return "16.0"

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

    def run(self, name: str, arguments: tuple[str, ...]) -> bool:
        return run(self, name, arguments)

    @property
    def selection(self) -> Range | None:
        """Return the cells that are selected in the workbook in front, which is the one opened last."""
        *_, book = self.books
        at = getattr(book._doc.CurrentController.getSelection(), "RangeAddress", None)
        if at is None:
            return None
        sheet = next(sheet for sheet in book.sheets if sheet.index == at.Sheet + 1)
        return Range(sheet, at.StartRow + 1, at.StartColumn + 1, at.EndRow + 1, at.EndColumn + 1)

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

    @property
    def _whole(self) -> Any:
        """Everything from the first cell on."""
        area = self.used_range
        return self._sheet.getCellRangeByPosition(0, 0, area._right - 1, area._bottom - 1)

    def range(self, first: Any, last: Any = None) -> Range:
        return cell_range(self, first, last)

    def activate(self) -> None:
        self._book._doc.CurrentController.setActiveSheet(self._sheet)

    def delete(self) -> None:
        doc, name, at = self._book._doc, self.name, self.index - 1
        own, ranges = [table.name for table in self.tables], doc.DatabaseRanges
        found = [(one, ranges.getByName(one)) for one in ranges.ElementNames if one not in own]
        known = [(one, table.DataArea, table.AutoFilter) for one, table in found]
        before = {sheet.name: _formulas(sheet) for sheet in self._book.sheets}
        for table in own:
            ranges.removeByName(table)
        doc.Sheets.removeByName(name)
        for table, area, filtered in known:
            if not ranges.hasByName(table):  # LibreOffice takes a table of the sheet before with it
                area.Sheet -= area.Sheet > at
                ranges.addNewByName(table, area)
                ranges.getByName(table).ContainsHeader = True
                ranges.getByName(table).AutoFilter = filtered
        for sheet in self._book.sheets:
            _mend(sheet, before[sheet.name])

    def copy(self, before: Sheet | None, after: Sheet | None = None) -> None:
        """Copy the sheet with its table; the formulas of the copy follow when that table gets its name."""
        if after is not None and after._book._doc.RuntimeUID != self._book._doc.RuntimeUID:
            self._copy_across(after)
            return
        at = before.index - 1 if before is not None else after.index if after is not None else 0
        doc, name, known = self._book._doc, f"{self.name} (2)", set(self._book._doc.DatabaseRanges.ElementNames)
        old = next(iter(self.tables)).name
        doc.Sheets.copyByName(self.name, name, at)
        [made] = set(doc.DatabaseRanges.ElementNames) - known
        self._book._copied[made] = old, _formulas(self)
        Sheet(doc.Sheets.getByName(name), self._book).activate()

    def _copy_across(self, after: Sheet) -> None:
        """Copy the sheet behind one of another workbook; like Excel, take names along only where there are none yet."""
        doc, own, tables = after._book._doc, self._book._doc, list(self.tables)
        for one in (doc, own):  # LibreOffice 7.4 breaks down where it paints a window after a sheet came from another
            one.CurrentController.Frame.ContainerWindow.setVisible(False)
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
        # Excel shows the copy; LibreOffice 7.4 breaks down over that with some sheets.


def _formulas(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Return the formulas of a sheet by row and column."""
    rows = enumerate(sheet._whole.getFormulaArray())
    return {(row, at): one for row, found in rows for at, one in enumerate(found) if one.startswith("=")}


def _mend(sheet: Sheet, before: dict[tuple[int, int], str]) -> None:
    """Type the formulas anew that LibreOffice broke."""
    now, protected = _formulas(sheet), sheet._sheet.isProtected()
    wrong = [(spot, formula) for spot, formula in before.items() if now.get(spot) != formula]
    if wrong and protected:
        sheet._sheet.unprotect("")
    for (row, column), formula in wrong:
        sheet._whole.getCellByPosition(column, row).setFormula(formula)
    if wrong and protected:
        sheet._sheet.protect("")


_NATIVE = Native()
_ENGINE = Engine()


def started() -> App:
    """Start LibreOffice and make it what xlwings speaks to."""
    return _spoken_to(App(Office()))


def attached(pipe: str, pid: int) -> App:
    """Make a LibreOffice that another process started, with what is open in it, what xlwings speaks to."""
    app = App(Office.attached(pipe, pid))
    documents = app._office.desktop.Components.createEnumeration()
    while documents.hasMoreElements():
        doc = documents.nextElement()
        app._known[doc.RuntimeUID] = Book(doc, app)
    return _spoken_to(app)


def _spoken_to(app: App) -> App:
    _RUNNING.append(app)
    if "libreoffice" not in xw.main.engines.engines_by_name:
        xw.main.engines.add(xw.main.Engine(impl=_ENGINE))
    xw.main.engines.active = xw.main.engines["libreoffice"]
    return app


def stopped(app: App) -> None:
    """End LibreOffice, if it was not ended before, since it had broken down."""
    if app in _RUNNING:
        _RUNNING.remove(app)
        app._office.stop()
