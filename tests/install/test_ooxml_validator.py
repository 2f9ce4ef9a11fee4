"""The validator that the other tests lean on finds faults, and finds none where there are none."""

import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from ooxml_validator import find_validator, requires_validator, validate_all, validation_errors


@pytest.fixture
def valid(tmp_path: Path) -> Path:
    path = tmp_path / "Prüfung mit Leerzeichen.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("Results").write_row(0, 0, ["Outturn", 93.4])
    return path


@pytest.fixture
def invalid(valid: Path, tmp_path: Path) -> Path:
    path = tmp_path / "invalid.xlsx"
    with ZipFile(valid) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<sheetData>", b'<sheetData colour="red">'))
    return path


@requires_validator
def test_valid_workbook_has_no_errors(valid: Path) -> None:
    assert validation_errors(valid) == []


@requires_validator
def test_errors_name_part_element_and_fault(invalid: Path) -> None:
    assert validation_errors(invalid) == [
        "/xl/worksheets/sheet1.xml /x:worksheet[1]/x:sheetData[1]: The 'colour' attribute is not declared."
    ]


@requires_validator
def test_file_that_is_no_workbook_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "text.xlsx"
    path.write_text("not a workbook")
    assert validation_errors(path) == ["text.xlsx: File contains corrupted data."]


@requires_validator
def test_several_workbooks_report_the_faulty_ones(valid: Path, invalid: Path) -> None:
    assert list(validate_all([valid, invalid, valid])) == [invalid]


def test_environment_names_the_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLKPI_OOXML_VALIDATOR", "a validator of ours")
    assert find_validator() == "a validator of ours"


def test_missing_validator_fails_the_test(valid: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ooxml_validator.find_validator", lambda: None)
    with pytest.raises(pytest.fail.Exception, match="needs the Open XML validator"):
        validation_errors(valid)


def test_validator_that_breaks_down_fails_the_test(valid: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLKPI_OOXML_VALIDATOR", sys.executable)
    with pytest.raises(pytest.fail.Exception, match="ended with exit code 1"):
        validation_errors(valid)
