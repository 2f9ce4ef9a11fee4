"""The few calls in Excel's own languages, on small stand-ins: that they fit together; whether Excel agrees, people try."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from xlkpi.errors import EditRefused, ExcelBusy
from xlkpi.workbook.livebook import mac, windows
from xlkpi.workbook.livebook.copied import _criterion
from xlkpi.workbook.livebook.mac import Mac
from xlkpi.workbook.livebook.picture import ALLOWED, Filter
from xlkpi.workbook.livebook.windows import Windows


class WindowsSheet:
    """A worksheet as COM shows it."""

    def __init__(self, password: str = "") -> None:
        self.ProtectContents, self.ProtectDrawingObjects, self.ProtectScenarios = True, True, False
        self._password = password
        self.Protection = SimpleNamespace(**{windows._camel(name): name == "filtering" for name in ALLOWED})

    def Unprotect(self, password: str) -> None:  # noqa: N802
        if password != self._password:
            raise OSError("0x800A03EC")
        self.ProtectContents = False

    def Protect(self, **how: Any) -> None:  # noqa: N802
        self.ProtectContents = how.pop("Contents")
        assert (how.pop("DrawingObjects"), how.pop("Scenarios")) == (True, False)
        assert how == vars(self.Protection)


class Told:
    """A property as Apple events show it."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def get(self) -> Any:
        return self.value


class MacSheet:
    """A worksheet as Apple events show it."""

    def __init__(self, password: str = "") -> None:
        self.protect_contents, self.protect_drawing_objects, self.protect_scenarios = (
            Told(value=True),
            Told(value=True),
            Told(value=False),
        )
        self._password = password
        allowed = {f"allow_{name}": Told(name == "sorting") for name in ALLOWED}
        self.protection_object = SimpleNamespace(**allowed)

    def unprotect(self, password: str) -> None:
        if password != self._password:
            raise OSError("-50")
        self.protect_contents.value = False

    def protect_worksheet(self, **how: Any) -> None:
        self.protect_contents.value = how.pop("worksheet_contents")
        assert (how.pop("drawing_objects"), how.pop("scenarios")) == (True, False)
        assert {name: how[name] for name in how} == {
            name: one.get() for name, one in vars(self.protection_object).items()
        }


@pytest.mark.parametrize(("system", "sheet"), [(Windows(), WindowsSheet), (Mac(), MacSheet)], ids=["windows", "mac"])
def test_protection_comes_off_and_goes_back_as_it_was(system: Any, sheet: Any) -> None:
    found = SimpleNamespace(api=sheet())
    how = system.protection(found)
    assert system.unprotect(found)
    assert system.protection(found) is None
    system.protect(found, how)
    assert system.protection(found) == how


@pytest.mark.parametrize(("system", "sheet"), [(Windows(), WindowsSheet), (Mac(), MacSheet)], ids=["windows", "mac"])
def test_protection_with_a_password_stays(system: Any, sheet: Any) -> None:
    assert not system.unprotect(SimpleNamespace(api=sheet("secret")))


def test_an_excel_for_windows_that_does_not_answer_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "PAUSE", 0)
    engine = SimpleNamespace(N_COM_ATTEMPTS=0)
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", engine)
    monkeypatch.setattr("xlwings._xlwindows", engine, raising=False)
    Windows().refuse_busy(SimpleNamespace(api=SimpleNamespace(Ready=True)))
    assert engine.N_COM_ATTEMPTS > 0  # none means for ever
    with pytest.raises(ExcelBusy, match="typing into a cell"):
        Windows().refuse_busy(SimpleNamespace(api=SimpleNamespace(Ready=False)))


class Pivots:
    """A pivot table, or the cache of some, that counts how often it was refreshed."""

    def __init__(self, source: Any) -> None:
        self.SourceData, self.source_data, self.counted = source, Told(source), 0

    def refresh(self) -> None:
        if self.SourceData == "refused":
            raise OSError("0x800A03EC")
        self.counted += 1

    Refresh = refresh_table = refresh


def test_pivot_tables_on_our_tables_count_again_and_a_refusal_is_no_error() -> None:
    ours = {"tblResults", "refused"}
    for_windows = [Pivots("refused"), Pivots("tblResults"), Pivots("Sheet1!R1C1:R9C4"), Pivots("tblOther")]
    Windows().recount_pivots(SimpleNamespace(api=SimpleNamespace(PivotCaches=lambda: for_windows)), ours)
    assert [one.counted for one in for_windows] == [0, 1, 0, 0]
    for_mac = [[Pivots("tblOther")], [Pivots("tblResults")]]
    sheets = [SimpleNamespace(pivot_tables=Told(found)) for found in ([], *for_mac)]
    book = SimpleNamespace(api=SimpleNamespace(worksheets=Worksheets(sheets)))
    Mac().recount_pivots(book, ours)
    assert [one.counted for [one] in for_mac] == [0, 1]


class Worksheets(list[Any]):
    """Worksheets as Apple events show them, where nothing answers for all at once but their names."""

    @property
    def name(self) -> Told:
        return Told([*range(len(self))])

    @property
    def pivot_tables(self) -> Any:
        return SimpleNamespace(name=Told("missing value"))


class WindowsTable:
    """A table as COM shows it."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.AutoFilter = SimpleNamespace(ShowAllData=lambda: self.done.append("all"))
        self.Range = SimpleNamespace(AutoFilter=lambda *given: self.done.append(given))


FILTERS = [
    Filter(1, ("A3", "="), "values"),
    Filter(2, ">5"),
    Filter(3, ">=1", "and", "<=4"),
    Filter(4, "10", "top_items"),
]


def test_a_filter_for_windows_comes_off_and_goes_back() -> None:
    table = WindowsTable()
    Windows().unfilter(SimpleNamespace(api=table), FILTERS)
    for one in FILTERS:
        Windows().refilter(SimpleNamespace(api=table), one)
    assert table.done == ["all", (1, ["A3", "="], 7), (2, ">5"), (3, ">=1", 1, "<=4"), (4, "10", 3)]


def test_a_filter_for_mac_comes_off_and_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    words = SimpleNamespace(**{name: name for name in mac._OPERATORS.values()})
    monkeypatch.setitem(sys.modules, "appscript", SimpleNamespace(k=words))
    done: list[dict[str, Any]] = []
    area = SimpleNamespace(autofilter_range=lambda **given: done.append(given))
    table = SimpleNamespace(api=SimpleNamespace(range_object=area))
    Mac().unfilter(table, FILTERS[:2])
    for one in FILTERS[:3]:
        Mac().refilter(table, one)
    assert done[:2] == [{"field": 1}, {"field": 2}]
    assert done[2:] == [
        {"field": 1, "criteria1": ["A3", "="], "operator": "filter_by_value"},
        {"field": 2, "criteria1": ">5"},
        {"field": 3, "criteria1": ">=1", "operator": "autofilter_and", "criteria2": "<=4"},
    ]


def test_a_copy_for_windows_is_written_with_questions_and_events_off(tmp_path: Path) -> None:
    app = SimpleNamespace(DisplayAlerts=True, EnableEvents=True)
    during: list[tuple[bool, bool]] = []

    def save(path: str) -> None:
        during.append((app.DisplayAlerts, app.EnableEvents))
        if path.endswith(".tmp"):
            Path(path).write_bytes(b"copy")
        else:
            raise OSError("0x800A03EC")

    book = SimpleNamespace(app=SimpleNamespace(api=app), api=SimpleNamespace(SaveCopyAs=save))
    assert Windows().save_copy(book, tmp_path / "a.tmp")
    assert not Windows().save_copy(book, tmp_path / "a.forbidden")
    assert during == [(False, False)] * 2
    assert (app.DisplayAlerts, app.EnableEvents) == (True, True)


def test_an_address_of_onedrive_stays_an_address_and_what_is_open_to_read_is_no_saved_file() -> None:
    """Xlwings looks for a local copy of an address, and fails where there is none."""
    address = "https://example.sharepoint.com/sites/kpi/ours.xlsm"
    book = SimpleNamespace(api=SimpleNamespace(FullName=address, Saved=True, ReadOnly=False))
    assert Windows().full_name(book) == address
    assert Windows().is_saved(book)
    book.api.ReadOnly = True
    assert not Windows().is_saved(book)


def test_every_word_for_excel_for_mac_is_in_its_dictionary() -> None:
    from xlwings import mac_dict  # noqa: PLC0415  # a large table

    known = {name for name, *_ in (*mac_dict.properties, *mac_dict.elements, *mac_dict.commands)} | {
        "api",
        "get",
        "set",
    }
    text = inspect.getsource(mac)
    asked = {
        word
        for chain in re.findall(r"(?:\bapi|\bevery|\bpivot|\bseries|\barea|\blisted|\bown|\bkept)((?:\.\w+)+)", text)
        for word in chain[1:].split(".")
    }
    assert {"enable_events", "list_objects", "used_range", "source_data"} <= asked
    assert asked <= known, asked - known
    assert {*mac._OPERATORS.values()} <= {name for name, _ in mac_dict.enums}
    assert {f"allow_{name}" for name in ALLOWED} <= known


def test_charts_and_pivot_tables_tell_where_they_read_from() -> None:
    series, silent = SimpleNamespace(Formula="=SERIES(,,Log!$A$1,1)"), SimpleNamespace()
    cache = SimpleNamespace(SourceData="Log!R1C1:R9C4")
    sheet = SimpleNamespace(
        ChartObjects=lambda: [SimpleNamespace(Chart=SimpleNamespace(SeriesCollection=lambda: [series]))],
        PivotTables=lambda: [SimpleNamespace(PivotCache=lambda: cache), SimpleNamespace()],
    )
    found = list(Windows().drawn(SimpleNamespace(api=sheet, name="Log")))
    assert found == [("a chart", series.Formula), ("a pivot table", cache.SourceData)]
    sheet.ChartObjects = lambda: [SimpleNamespace(Chart=SimpleNamespace(SeriesCollection=lambda: [silent]))]
    with pytest.raises(EditRefused, match="does not tell where a chart"):
        list(Windows().drawn(SimpleNamespace(api=sheet, name="Log")))


FILED = {
    '<filters><filter val="A3"/><filter val="A8"/></filters>': Filter(1, ("A3", "A8"), "values"),
    '<filters blank="1"><filter val="A3"/></filters>': Filter(1, ("A3", "="), "values"),
    '<customFilters><customFilter operator="greaterThan" val="5"/></customFilters>': Filter(1, ">5"),
    '<customFilters and="1"><customFilter operator="greaterThanOrEqual" val="1"/><customFilter val="a*"/></customFilters>': (
        Filter(1, ">=1", "and", "=a*")
    ),
    '<top10 percent="1" val="20" filterVal="7"/>': Filter(1, "20", "top_percent"),
    '<top10 top="0" val="3"/>': Filter(1, "3", "bottom_items"),
    '<colorFilter dxfId="0"/>': None,
    '<iconFilter iconSet="3Arrows"/>': None,
    '<dynamicFilter type="thisMonth"/>': None,
    '<filters><dateGroupItem year="2018" dateTimeGrouping="year"/></filters>': None,
}


@pytest.mark.parametrize("xml", FILED)
def test_what_a_filter_lets_through_is_read_from_the_copy(xml: str) -> None:
    assert _criterion(1, xml) == FILED[xml]
