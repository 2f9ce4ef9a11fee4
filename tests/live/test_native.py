"""The few calls in Excel's own languages, on small stand-ins: that they fit together; whether Excel agrees, people try."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from xlkpi.errors import ExcelBusy
from xlkpi.workbook.livebook import native
from xlkpi.workbook.livebook.native import Mac, Windows


class WindowsSheet:
    """A worksheet as COM shows it."""

    def __init__(self, password: str = "") -> None:
        self.ProtectContents, self.ProtectDrawingObjects, self.ProtectScenarios = True, True, False
        self._password = password
        self.Protection = SimpleNamespace(**{native._camel(name): name == "filtering" for name in native._ALLOWED})

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
        allowed = {f"allow_{name}": Told(name == "sorting") for name in native._ALLOWED}
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
    how = system.unprotected(found)
    assert system.unprotected(found) is None
    system.protect(found, how)
    assert system.unprotected(found) == how


@pytest.mark.parametrize(("system", "sheet"), [(Windows(), WindowsSheet), (Mac(), MacSheet)], ids=["windows", "mac"])
def test_protection_with_a_password_stays(system: Any, sheet: Any) -> None:
    assert system.unprotected(SimpleNamespace(api=sheet("secret"))) is False


def test_an_excel_for_windows_that_does_not_answer_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "_PAUSE", 0)
    engine = SimpleNamespace(N_COM_ATTEMPTS=0)
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", engine)
    monkeypatch.setattr("xlwings._xlwindows", engine, raising=False)
    Windows().refuse_busy(SimpleNamespace(api=SimpleNamespace(Ready=True)))
    assert engine.N_COM_ATTEMPTS > 0  # none means for ever
    with pytest.raises(ExcelBusy, match="typing into a cell"):
        Windows().refuse_busy(SimpleNamespace(api=SimpleNamespace(Ready=False)))


def test_an_excel_for_mac_that_does_not_answer_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "_PAUSE", 0)
    Mac().refuse_busy(SimpleNamespace(api=SimpleNamespace(ready=Told(value=True))))
    with pytest.raises(ExcelBusy):
        Mac().refuse_busy(SimpleNamespace(api=SimpleNamespace()))


def test_a_filter_for_windows_is_asked_of_the_table() -> None:
    for filtering, shown in ((True, True), (False, False)):
        table = SimpleNamespace(ShowAutoFilter=True, AutoFilter=SimpleNamespace(FilterMode=filtering))
        assert Windows().is_filtered(SimpleNamespace(api=table)) is shown
    assert not Windows().is_filtered(SimpleNamespace(api=SimpleNamespace(ShowAutoFilter=False)))


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
    sheets = [SimpleNamespace(api=SimpleNamespace(pivot_tables=Told(found))) for found in for_mac]
    Mac().recount_pivots(SimpleNamespace(sheets=[SimpleNamespace(api=None), *sheets]), ours)
    assert [one.counted for [one] in for_mac] == [0, 1]
