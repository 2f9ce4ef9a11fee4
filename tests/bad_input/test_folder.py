"""Faults of a folder of CSV files: each is told by file, row and column."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from xlkpi import commands
from xlkpi.errors import FileUnusable, WorkbookInvalid
from xlkpi.model.period import Month, Quarter
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.folder import Folder
from xlkpi.workbook.intake import Book, parse

REGISTER = """\
code,title,section,section_order,list_order,kind,polarity,unit,decimals,numerator_label,denominator_label,multiplier
A1,Repeat referrals,Front door,1,1,contract,lower,%,0,repeats,referrals,100
A2,Visits made in time,Front door,1,2,contract,higher,%,0,visits made,visits due,100
"""
OBSERVATIONS = """\
period,code,numerator,denominator,value,provenance,note
2018/19 Q1,A1,55,250,,reported,
2018/19 Q2,A1,52,240,,reported,"fewer, at last"
2018/19 Q1,A2,,,78,reported,
2018/19 Q2,A2,74,100,,reported,
"""
TARGETS = "code,valid_from,valid_to,target,tolerance\nA1,2016/17 Q1,,22,28\nA2,2016/17 Q1,,80,70\n"
OPERATIONAL = "period,code,name,numerator,denominator,value\n2018-09,E1,Contacts,,,1898\n"
FILES: Mapping[str, str | bytes] = {
    "register.csv": REGISTER,
    "observations.csv": OBSERVATIONS,
    "target_history.csv": TARGETS,
    "operational.csv": OPERATIONAL,
}


def _folder(path: Path, **changed: str | bytes | None) -> Path:
    """Write the files; ``register="..."`` gives one another content, None leaves it out."""
    for file, content in (FILES | {f"{name}.csv": text for name, text in changed.items()}).items():
        if content is not None:
            (path / file).write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _read(path: Path, quarter: Quarter | None = None) -> Book:
    return parse(Folder(path, "Northborough", quarter))


def _report(path: Path) -> list[str]:
    with pytest.raises(WorkbookInvalid) as report:
        _read(path)
    return str(report.value).splitlines()[1:]


def test_the_files_are_read_like_a_workbook(tmp_path: Path) -> None:
    book = _read(_folder(tmp_path))
    assert book.settings.quarter == Quarter(2018, 2)
    assert [one.code for one in book.register.indicators] == ["A1", "E1", "A2"]
    assert len(book.observations) == 5
    returned = book.observations.get("A1", Quarter(2018, 2))
    assert returned is not None
    assert returned.comment == "fewer, at last"
    assert book.observations.get("E1", Month(2018, 9)) is not None


def test_text_in_a_number(tmp_path: Path) -> None:
    wrong = OBSERVATIONS.replace("74,100", "7A,100")
    assert _report(_folder(tmp_path, observations=wrong)) == [
        "observations.csv row 5, numerator: the numerator is '7A', which is not a number. Type digits only, for example 90.",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('"1,074"', "'1,074', which is text, not a number. Type the digits alone: 1074."),
        ("74%", "'74%', which is text, not a number. Type the digits alone: 74."),
        ("nan", "'nan', which is not a number. Type digits only, for example 90."),
        ("inf", "'inf', which is not a number. Type digits only, for example 90."),
        ("1_0", "'1_0', which is not a number. Type digits only, for example 90."),
        ("#N/A", "'#N/A', which is not a number. Type digits only, for example 90."),
        ("-74", "-74, below 0. Type a number of 0 or more."),
    ],
)
def test_what_is_no_number_in_a_file(tmp_path: Path, typed: str, said: str) -> None:
    wrong = OBSERVATIONS.replace("74,100", f"{typed},100")
    assert _report(_folder(tmp_path, observations=wrong)) == [
        f"observations.csv row 5, numerator: the numerator is {said}"
    ]


def test_columns_go_by_the_names_of_the_file(tmp_path: Path) -> None:
    wrong = TARGETS.replace("A1,2016/17 Q1", "A1,2016/18 Q1")
    assert _report(_folder(tmp_path, target_history=wrong)) == [
        (
            "target_history.csv row 2, valid_from: valid from is '2016/18 Q1', but 2016/18 is not a financial year: "
            "2016 is followed by 17. Type a quarter such as 2018/19 Q2."
        ),
    ]


def test_faults_come_in_the_order_of_files_and_rows(tmp_path: Path) -> None:
    path = _folder(
        tmp_path,
        observations=OBSERVATIONS.replace("2018/19 Q1,A1", "2018/19 Q5,A1") + "2018/19 Q2,A1,52,240,,,\n",
        operational=OPERATIONAL + "2018/19,E1,Contacts,,,5694\n",
        register=REGISTER.replace("visits due,100", "visits due,10"),
        cohorts="measure,period,cohort,basis,numerator,denominator\nA1,2018/19 Q2,CIN,,6,5\n",
    )
    assert _report(path) == [
        (
            "register.csv row 3, multiplier: the multiplier is 10, but the unit is % and the figure is worked out from "
            "counts. Type 100."
        ),
        (
            "observations.csv row 2, period: the quarter is '2018/19 Q5', which is not a quarter. "
            "Type a quarter such as 2018/19 Q2."
        ),
        (
            "observations.csv row 6, code: A1 has two rows for 2018/19 Q2: the other is observations.csv row 3, code. "
            "Keep one of them."
        ),
        (
            "operational.csv row 3, period: the period is 2018/19, a whole year. "
            "Type a quarter (2018/19 Q2) or a month (2018-09)."
        ),
        (
            "cohorts.csv row 2, numerator: the numerator is 6, more than the denominator, 5. "
            "Check whether the two are swapped: a part cannot exceed its whole."
        ),
    ]


def test_two_rows_of_an_older_quarter_name_each_other(tmp_path: Path) -> None:
    older = "2015/16 Q1,A1,5,25,,,\n2015/16 Q1,A1,5,25,,,\n"
    assert _report(
        _folder(tmp_path, observations=OBSERVATIONS + older, target_history=TARGETS.replace("2016", "2014"))
    ) == [
        (
            "target_history.csv row 2, valid_from: valid from is '2014/17 Q1', but 2014/17 is not a financial year: "
            "2014 is followed by 15. Type a quarter such as 2018/19 Q2."
        ),
        (
            "target_history.csv row 3, valid_from: valid from is '2014/17 Q1', but 2014/17 is not a financial year: "
            "2014 is followed by 15. Type a quarter such as 2018/19 Q2."
        ),
        (
            "observations.csv row 7, code: A1 has two rows for 2015/16 Q1: the other is observations.csv row 6, code. "
            "Keep one of them."
        ),
    ]


def test_missing_columns_of_all_files_at_once(tmp_path: Path) -> None:
    path = _folder(
        tmp_path,
        register=REGISTER.replace("code,title", "id,title").replace("polarity", "direction"),
        observations=OBSERVATIONS.replace("numerator,denominator,value", "num,den,outturn"),
    )
    assert _report(path) == [
        "register.csv: the column code is missing from the first row. Add it, or correct its name.",
        "register.csv: the column polarity is missing from the first row. Add it, or correct its name.",
        "observations.csv: the column value or numerator is missing from the first row. Add it, or correct its name.",
        "observations.csv: the column value or denominator is missing from the first row. Add it, or correct its name.",
    ]


def test_column_twice(tmp_path: Path) -> None:
    assert _report(_folder(tmp_path, target_history=TARGETS.replace("tolerance", "target"))) == [
        "target_history.csv: the column target stands twice in the first row. Give one of them another name.",
    ]


def test_empty_file(tmp_path: Path) -> None:
    assert _report(_folder(tmp_path, audits="")) == [
        "audits.csv: the column period is missing from the first row. Add it, or correct its name.",
    ]


def test_comma_outside_quotes(tmp_path: Path) -> None:
    assert _report(_folder(tmp_path, observations=OBSERVATIONS.replace('"fewer, at last"', "fewer, at last"))) == [
        "observations.csv row 3: the row has 8 cells, but there are 7 headings. Put a text that holds a comma in quotes.",
    ]


def test_quotation_mark_that_does_not_end(tmp_path: Path) -> None:
    assert _report(_folder(tmp_path, observations=OBSERVATIONS.replace('at last"', "at last"))) == [
        (
            "observations.csv row 3: a quotation mark opens a text that does not end as it should. "
            "Put a quotation mark at both ends, or at none."
        ),
    ]


def test_rows_count_as_excel_counts_them(tmp_path: Path) -> None:
    """A text of two lines is one row, an empty line is one row."""
    wrong = OBSERVATIONS.replace("fewer, at last", "fewer\nat last").replace("74,100", "7A,100")
    wrong = wrong.replace("2018/19 Q1,A2", "\n2018/19 Q1,A2")
    assert _report(_folder(tmp_path, observations=wrong))[0].startswith("observations.csv row 6, numerator: ")


def test_line_separators_inside_a_text_do_not_end_a_row(tmp_path: Path) -> None:
    book = _read(_folder(tmp_path, observations=OBSERVATIONS.replace("fewer, at last", "fewer\u2028at\x0clast\x85.")))
    returned = book.observations.get("A1", Quarter(2018, 2))
    assert returned is not None
    assert returned.comment == "fewer\u2028at\x0clast\x85."


@pytest.mark.parametrize("name", ["register.csv", "observations.csv"])
def test_missing_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileUnusable) as report:
        _read(_folder(tmp_path, **{name.removesuffix(".csv"): None}))
    assert str(report.value) == f"{tmp_path / name} is missing. A new workbook needs register.csv and observations.csv."


@pytest.mark.parametrize("name", ["target_history.csv", "operational.csv"])
def test_file_that_may_be_missing(tmp_path: Path, name: str) -> None:
    assert _read(_folder(tmp_path, **{name.removesuffix(".csv"): None})).observations.quarters()


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as report:
        _read(tmp_path / "figures")
    expected = f"{tmp_path / 'figures'} is not a folder. Name the folder that holds register.csv and observations.csv."
    assert str(report.value) == expected


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    (_folder(tmp_path, audits=None) / "audits.csv").mkdir()
    with pytest.raises(FileUnusable) as report:
        _read(tmp_path)
    assert str(report.value).startswith(f"{tmp_path / 'audits.csv'} could not be read: ")
    assert str(report.value).endswith("Close it elsewhere, or copy it to another folder.")


def test_no_quarter_at_all(tmp_path: Path) -> None:
    path = _folder(tmp_path, observations=OBSERVATIONS.splitlines(keepends=True)[0])
    with pytest.raises(FileUnusable) as report:
        _read(path)
    assert str(report.value) == f"{path / 'observations.csv'} names no quarter. Say which with --quarter."
    assert _read(path, Quarter(2018, 2)).settings.quarter == Quarter(2018, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_encoding_that_excel_writes(tmp_path: Path, encoding: str) -> None:
    title = "Repeat referrals \u2013 children\u2019s, \u00a3"
    path = _folder(tmp_path, register=REGISTER.replace("Repeat referrals", f'"{title}"').encode(encoding))
    assert _read(path).register.indicators[0].title == title


def test_line_ends_of_windows(tmp_path: Path) -> None:
    path = _folder(
        tmp_path, **{name.removesuffix(".csv"): str(text).replace("\n", "\r\n") for name, text in FILES.items()}
    )
    assert len(_read(path).observations) == 5


def test_headings_in_another_case_or_with_spaces(tmp_path: Path) -> None:
    path = _folder(tmp_path, register=REGISTER.replace("code,title", " Code ,TITLE"))
    assert _read(path).register.indicators[0].title == "Repeat referrals"


def test_targets_may_stand_in_the_register(tmp_path: Path) -> None:
    lines = [
        line + extra
        for line, extra in zip(REGISTER.splitlines(), (",target,tolerance", ",22,28", ",80,9O"), strict=True)
    ]
    assert _report(_folder(tmp_path, register="\n".join(lines), target_history=None)) == [
        "register.csv row 3, tolerance: the tolerance is '9O', which is not a number. Type digits only, for example 90.",
    ]


def test_the_origins_of_a_register_are_its_provenance(tmp_path: Path) -> None:
    origins = (",src_title,src_section,src_polarity", ",report,report,inferred", ",,report,")
    lines = [line + extra for line, extra in zip(REGISTER.splitlines(), origins, strict=True)]
    first, second = _read(_folder(tmp_path, register="\n".join(lines), operational=None)).register.indicators
    assert (first.provenance, second.provenance) == ("title, section report; polarity inferred", "section report")


def test_context_codes_take_places_after_those_of_the_register(tmp_path: Path) -> None:
    registered = REGISTER + "E2,Referrals,,,1,context,none,count,0,,,1\n"
    book = _read(_folder(tmp_path, register=registered, operational=OPERATIONAL + "2018-09,E2,Referrals,,,600\n"))
    assert [one.code for one in book.register.valid(book.register.indicators[0].kind, Quarter(2018, 2))] == ["A1", "A2"]
    assert [(one.code, one.list_order) for one in book.register.indicators if one.code[0] == "E"] == [
        ("E2", 1),
        ("E1", 2),
    ]


def test_later_quarters_than_the_one_reported_have_sheets(tmp_path: Path) -> None:
    book = _read(_folder(tmp_path), Quarter(2017, 1))
    assert max(book.sheets) == Quarter(2018, 2)
    assert min(book.sheets) == Quarter(2017, 1)


def test_aliases_come_with_the_register_and_stay_in_the_workbook_made_of_it(tmp_path: Path) -> None:
    extra = (",aliases", ",re-referrals; repeats ;Re-Referrals", ",")
    register = "\n".join(line + more for line, more in zip(REGISTER.splitlines(), extra, strict=True))
    path = tmp_path / "book.xlsx"
    made = commands.new(
        path, dt.datetime(2018, 11, 5), commands.Source("Ours", None, _folder(tmp_path, register=register))
    )
    assert made.code == commands.FINE, made.lines
    for book in (_read(tmp_path), parse(ClosedFile(path))):
        assert {one.code: one.aliases for one in book.register.indicators} == {
            "A1": ("re-referrals", "repeats"),
            "A2": (),
            "E1": (),
        }
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).replace(b"Aliases", b"Nothing") for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:  # as if it had been made before there were aliases
        for name, content in parts.items():
            archive.writestr(name, content)
    assert not any(one.aliases for one in parse(ClosedFile(path)).register.indicators)
    assert commands.refresh(path, dt.datetime(2018, 11, 5)).code == commands.FINE


def test_an_alias_of_two_is_told_by_file_row_and_column(tmp_path: Path) -> None:
    extra = (",aliases", ",visits", ",Visits; A1")
    register = "\n".join(line + more for line, more in zip(REGISTER.splitlines(), extra, strict=True))
    row, place = "register.csv row 3, aliases", "register.csv row 2"
    taken = f"{row}: 'Visits' is among the aliases, but A1 has it, too ({place}, aliases)."
    code = f"{row}: 'A1' is among the aliases, but it is the code of another measure, Repeat referrals ({place}, code)."
    assert _report(_folder(tmp_path, register=register)) == [
        f"{taken} Leave it with the one that it names, or use more words.",
        f"{code} Take it out.",
    ]
