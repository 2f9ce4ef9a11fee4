"""The script that an analyst would write today: the same outputs into the same workbook with pandas and openpyxl.

It is here to be compared with, so it is as fast as the two libraries let it be: the workbook is opened once, everything
that can be a column is one, rows are read and written in bulk. It does a little less than ``xlkpi refresh``: no checks
of what was typed, no Checks sheet, no backup, floats instead of exact numbers, one meaning a code, quarters only.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

ON, INSIDE, OUTSIDE = "On or better than target", "Inside tolerance", "Outside tolerance"
NO_TARGET, NO_DATA = "No target specified", "No data"
#: In the order of the summary's columns; a status is kept as its place here.
STATUSES = (OUTSIDE, INSIDE, ON, NO_TARGET, NO_DATA)
MARKS = dict(zip(STATUSES, "○◐●––", strict=True))  # as the workbook has them
LISTS = (
    ("2.4", ON, "Measures on or better than target as at end of {}"),
    ("2.5", INSIDE, "Measures inside contract tolerance as at end of {}"),
    ("2.6", OUTSIDE, "Measures outside contract tolerance as at end of {}"),
    ("2.7", NO_TARGET, "Measures with no target as at end of {}"),
    ("", NO_DATA, "Measures with no figure for {}"),
)
Tables = dict[str, tuple[Worksheet, Table]]
ALWAYS, FOREVER = 0, 10**6
DIGITS = 9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("book", type=Path)
    path = parser.parse_args().book
    warnings.simplefilter("ignore")  # openpyxl says which of the workbook's parts it will lose
    book = load_workbook(path)
    tables = {name: (sheet, sheet.tables[name]) for sheet in book.worksheets for name in sheet.tables}
    quarter = index_of(setting(book, "kpiQuarter"))
    register = frame(*tables["tblRegister"])
    observations = read_observations(tables, register)
    contract = register[register["Kind"] == "contract"].sort_values("List order").reset_index(drop=True)
    context = register[(register["Kind"] == "context") & register["List order"].notna()].sort_values("List order")
    rated = rate(observations, frame(*tables["tblTargets"]), contract)
    grids = Grids(rated, contract["Code"], quarter, width(tables["tblTrends"][1]) - 3)
    results = work_out(contract, grids)
    write_results(tables, results, quarter)
    write_trends(tables, results, context, observations, quarter)
    book.save(path)


def setting(book: Workbook, name: str) -> str:
    sheet, cell = next(iter(book.defined_names[name].destinations))
    return str(book[sheet][cell.replace("$", "")].value)


def width(table: Table) -> int:
    left, _, right, _ = range_boundaries(table.ref)
    return right - left + 1


def frame(sheet: Worksheet, table: Table) -> pd.DataFrame:
    """Return a table of the workbook as a frame."""
    left, top, right, bottom = range_boundaries(table.ref)
    rows = sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True)
    headings = next(rows)
    return pd.DataFrame.from_records(list(rows), columns=list(headings))


def index_of(label: str) -> int:
    """Return a number that grows by one a quarter."""
    found = re.fullmatch(r"(\d{4})/\d\d Q([1-4])", label)
    assert found, label
    return int(found[1]) * 4 + int(found[2])


def label_of(index: int) -> str:
    year, number = divmod(index - 1, 4)
    return f"{year}/{(year + 1) % 100:02d} Q{number + 1}"


def title_of(index: int) -> str:
    label = label_of(index)
    return f"Quarter {label[-1]}, {label[:7]}"


def indexes(labels: pd.Series, empty: int) -> pd.Series:
    known = {label: index_of(label) for label in labels.dropna().unique()}
    return labels.map(known).fillna(empty).astype(int)


def read_observations(tables: Tables, register: pd.DataFrame) -> pd.DataFrame:
    """Return all that was typed: quarter sheets, history and context inputs, with outturns."""
    columns = ["Code", "Numerator", "Denominator", "Value", "Provenance", "quarter"]
    parts = []
    for name, (sheet, table) in tables.items():
        if name.startswith("tblQ_"):
            part = frame(sheet, table)
            part["quarter"] = index_of(sheet.title.replace("-", "/"))
            parts.append(part[columns])
    history, context = frame(*tables["tblHistory"]), frame(*tables["tblContextInputs"])
    history["quarter"] = indexes(history["Quarter"], ALWAYS)
    context["quarter"] = indexes(context["Period"], ALWAYS)
    rows = pd.concat([*parts, history[columns], context[columns]], ignore_index=True)
    figures = ["Numerator", "Denominator", "Value"]
    rows[figures] = rows[figures].apply(pd.to_numeric)
    rows = rows.merge(register[["Code", "Multiplier", "Polarity", "Unit"]], on="Code", how="left")
    counts = rows["Numerator"] * rows["Multiplier"] / rows["Denominator"]
    rows["outturn"] = counts.fillna(rows["Value"]).round(DIGITS)
    return rows


def bands(target: pd.Series, tolerance: pd.Series, polarity: pd.Series) -> pd.DataFrame:
    """Return the lowest and highest figure on target and inside tolerance; open sides are infinite."""
    found = pd.DataFrame(index=target.index)
    for name, level in (("on", target), ("in", tolerance)):
        parts = level.astype("string").str.split("..", n=1, regex=False, expand=True).reindex(columns=[0, 1])
        low, high = (pd.to_numeric(parts[place]).astype(float) for place in (0, 1))
        found[f"{name} low"] = low.where(polarity != "lower", -np.inf)
        found[f"{name} high"] = low.where(polarity == "lower", high.where(polarity == "range", np.inf))
    return found


def rate(observations: pd.DataFrame, targets: pd.DataFrame, contract: pd.DataFrame) -> pd.DataFrame:
    """Return the observations of contract indicators with the target valid in their quarter, and with their status."""
    rows = observations[observations["Code"].isin(contract["Code"])].reset_index(drop=True)
    rows["row"] = rows.index
    dated = targets[["Code", "Valid from", "Valid to", "Target", "Tolerance"]].dropna(subset=["Target"])
    dated = dated.merge(contract[["Code", "Polarity"]], on="Code")
    dated["first"], dated["last"] = indexes(dated["Valid from"], ALWAYS), indexes(dated["Valid to"], FOREVER)
    dated = dated.join(bands(dated["Target"], dated["Tolerance"], dated["Polarity"]))
    valid = rows[["row", "Code", "quarter"]].merge(dated, on="Code")
    valid = valid[valid["quarter"].between(valid["first"], valid["last"])].set_index("row")
    rows = rows.join(valid[["Target", "Tolerance", "on low", "on high", "in low", "in high"]])
    outturn = rows["outturn"]
    on = outturn.between(rows["on low"], rows["on high"])
    inside = outturn.between(rows["in low"], rows["in high"])
    states = [outturn.isna(), rows["on low"].isna(), on, inside]
    places = [STATUSES.index(one) for one in (NO_DATA, NO_TARGET, ON, INSIDE)]
    rows["status"] = np.select(states, places, STATUSES.index(OUTSIDE))
    return rows


def grid(rows: pd.DataFrame, values: str, codes: pd.Series, quarters: range) -> pd.DataFrame:
    """Return one row an indicator, one column a quarter."""
    known = rows.set_index(["Code", "quarter"])[values].unstack()  # noqa: PD010  # nothing to aggregate
    return known.reindex(index=codes, columns=quarters)


class Grids:
    """Outturns and statuses as indicator x quarter, up to the reporting quarter, and what belongs to that quarter."""

    def __init__(self, rated: pd.DataFrame, codes: pd.Series, quarter: int, least: int) -> None:
        first = min(int(rated["quarter"].min()), quarter - max(least, 5) + 1)
        span = range(first, quarter + 1)
        self.quarters = list(span)
        self.outturn = grid(rated, "outturn", codes, span).to_numpy()
        self.status = grid(rated, "status", codes, span).fillna(STATUSES.index(NO_DATA)).to_numpy().astype(int)
        self.now = rated[rated["quarter"] == quarter].set_index("Code").reindex(codes).reset_index()


def work_out(contract: pd.DataFrame, grids: Grids) -> pd.DataFrame:
    """Return the Results table."""
    now = grids.now
    found = contract[["Code", "Title", "Section", "Section order", "Unit", "Decimals"]].copy()
    found["outturn"] = grids.outturn[:, -1]
    found["target"], found["tolerance"] = levels(now["Target"]), levels(now["Tolerance"])
    found["state"] = [STATUSES[place] for place in grids.status[:, -1]]
    found["status"] = found["state"].map(lambda state: f"{MARKS[state]} {state}")
    found["previous"], found["year ago"] = grids.outturn[:, -2], grids.outturn[:, -5]
    broken = series_breaks(contract, grids.quarters)
    found["streak"] = streaks(grids, broken)
    found["movement"] = movements(grids, broken, found["streak"].to_numpy())
    add_cases(found, now)
    found["provenance"] = now["Provenance"]
    found["trend"] = list(grids.outturn)
    return found


def levels(typed: pd.Series) -> pd.Series:
    return typed.map(lambda one: one.replace("..", " to ") if isinstance(one, str) else one)


def series_breaks(contract: pd.DataFrame, quarters: Sequence[int]) -> np.ndarray:
    """Return whether a new series starts, as indicator x quarter."""
    broken = np.zeros((len(contract), len(quarters)), dtype=bool)
    for row, text in enumerate(contract["Series breaks"]):
        if isinstance(text, str):
            for label in text.split(";"):
                place = index_of(label.strip()) - quarters[0]
                if 0 <= place < len(quarters):
                    broken[row, place] = True
    return broken


def streaks(grids: Grids, broken: np.ndarray) -> np.ndarray:
    """Return how many quarters in a row the present status has lasted; 0 without a figure."""
    status, going = grids.status, grids.status[:, -1] != STATUSES.index(NO_DATA)
    length = going.astype(int)
    for place in range(status.shape[1] - 1, 0, -1):
        going = going & ~broken[:, place] & (status[:, place - 1] == status[:, -1])
        if not going.any():
            break
        length += going
    return length


def movements(grids: Grids, broken: np.ndarray, streak: np.ndarray) -> list[str]:
    """Return the transition from last quarter to this, in words."""
    before, now = grids.status[:, -2], grids.status[:, -1]
    on, outside, no_target, no_data = (STATUSES.index(one) for one in (ON, OUTSIDE, NO_TARGET, NO_DATA))
    had_data = ~np.isnan(grids.outturn[:, :-1]).all(axis=1)
    cut = broken[:, -1] | (before == no_data)
    still = np.array([f"outside for {quarters} quarters" for quarters in streak], dtype=object)
    return list(
        np.select(
            [
                now == no_data, cut & had_data, cut, (before == now) & (now == outside), before == now,
                before == no_target, now == no_target, now == outside, (before == outside) & (now == on),
                before == outside, now == on,
            ],
            [
                "no figure this quarter", "not comparable with last quarter", "new", still, "unchanged", "first target",
                "no longer has a target", "▼ fell out of tolerance", "▲ back on target", "▲ back inside tolerance",
                "▲ reached target",
            ],
            "▼ no longer on target",
        )
    )  # fmt: skip


def add_cases(found: pd.DataFrame, now: pd.DataFrame) -> None:
    """Add the gap to the tolerance, and how many cases would change the status."""
    outturn, state = now["outturn"], found["state"]
    gap = np.maximum(now["in low"] - outturn, outturn - now["in high"])
    found["gap"] = gap.where(state == OUTSIDE).round(DIGITS)
    counted = now["Numerator"].notna() & ((now["Unit"] == "%") | now["Unit"].str.startswith("per "))
    most = now["Denominator"].where(now["Unit"] == "%", np.inf)
    a_case = now["Multiplier"] / now["Denominator"]
    found["to bound"] = to_reach(now, "in", a_case, most).where(counted & (state == OUTSIDE))
    found["to target"] = to_reach(now, "on", a_case, most).where(counted & state.isin([OUTSIDE, INSIDE]))
    low = now["on low"].where(state == ON, now["in low"])
    high = now["on high"].where(state == ON, now["in high"])
    down = np.floor(((outturn - low) / a_case).round(6)) + 1
    up = np.floor(((high - outturn) / a_case).round(6)) + 1
    down = down.where(np.isfinite(low) & (down <= now["Numerator"]))
    up = up.where(np.isfinite(high) & (now["Numerator"] + up <= most))
    found["in hand"] = np.fmin(down, up).where(counted & state.isin([ON, INSIDE]))


def to_reach(now: pd.DataFrame, band: str, a_case: pd.Series, most: pd.Series) -> pd.Series:
    """Return how many cases would bring the outturn into a band."""
    outturn, low, high = now["outturn"], now[f"{band} low"], now[f"{band} high"]
    up = np.ceil(((low - outturn).clip(lower=0) / a_case).round(6))
    down = np.ceil(((outturn - high).clip(lower=0) / a_case).round(6))
    cases = up.where(up > 0, down)
    moved = now["Numerator"] + np.where(up > 0, cases, -cases)
    figure = (moved * a_case).round(DIGITS)
    return cases.where((moved >= 0) & (moved <= most) & figure.between(low, high))


def write_results(tables: Tables, results: pd.DataFrame, quarter: int) -> None:
    """Fill Results, Summary and Lists, and add a line to the log."""
    results["spark"] = None
    columns = [
        "Code", "Title", "Section", "outturn", "target", "tolerance", "status", "previous", "year ago", "movement",
        "streak", "gap", "to bound", "to target", "in hand", "spark", "provenance", "inputs", "place",
    ]  # fmt: skip
    sheet, table = tables["tblResults"]
    _, top, right, _ = range_boundaries(table.ref)
    results["inputs"] = sheet.cell(top + 1, right - 1).value  # the link to the place beside it
    results["place"] = results["Code"].map(places_typed(tables, quarter))
    units = list(map(number_format, results["Unit"], results["Decimals"]))
    results["streak"] = results["streak"].replace(0, np.nan)
    fill(*tables["tblResults"], plain_rows(results[columns]), units, figures=(3, 4, 5, 7, 8))
    counts = pd.crosstab([results["Section order"], results["Section"]], results["state"]).reindex(
        columns=list(STATUSES), fill_value=0
    )
    fill(*tables["tblSummary"], summary_rows(counts))
    fill(*tables["tblLists"], *list_rows(results, title_of(quarter)), figures=(5, 6, 7))
    log(*tables["tblLog"], quarter, counts)


def places_typed(tables: Tables, quarter: int) -> dict[str, str]:
    """Return where each code stands on the sheet of a quarter."""
    title = label_of(quarter).replace("/", "-")
    sheet, table = next(pair for name, pair in tables.items() if name.startswith("tblQ_") and pair[0].title == title)
    left, top, _, bottom = range_boundaries(table.ref)
    cells = [sheet.cell(row, left) for row in range(top + 1, bottom + 1)]
    return {cell.value: f"'{title}'!{cell.coordinate}" for cell in cells if cell.value is not None}


def write_trends(
    tables: Tables, results: pd.DataFrame, context: pd.DataFrame, observations: pd.DataFrame, quarter: int
) -> None:
    """Fill Context and Trends."""
    quarters = width(tables["tblTrends"][1]) - 3
    known = observations[observations["Code"].isin(context["Code"])]
    wide = grid(known, "outturn", context["Code"], range(quarter - max(quarters, 5) + 1, quarter + 1))
    sources = observations[observations["quarter"] == quarter].set_index("Code")["Provenance"]
    rows = context_rows(context, wide, sources, quarter)
    fill(*tables["tblContext"], rows, ["0"] * len(context), figures=(2, 3, 4, 5, 7))
    heads(*tables["tblContext"], 2, [label_of(quarter), label_of(quarter - 4), label_of(quarter - 1)])
    heads(*tables["tblTrends"], 3, [label_of(quarter - back) for back in reversed(range(quarters))])
    both = list(zip(results["Code"], results["Title"], results["Unit"], results["trend"], strict=True))
    both += list(zip(context["Code"], context["Title"], context["Unit"], wide.to_numpy(), strict=True))
    figures = [[code, title, unit, *cells(trend[-quarters:].tolist())] for code, title, unit, trend in both]
    formats = [*map(number_format, results["Unit"], results["Decimals"]), *["0"] * len(context)]
    fill(*tables["tblTrends"], figures, formats, figures=range(3, 3 + quarters))


def cells(values: Iterable[Any]) -> list[Any]:
    return [None if value is None or value != value else value for value in values]  # noqa: PLR0124  # NaN is a blank


def plain_rows(found: pd.DataFrame) -> list[list[Any]]:
    return [cells(row) for row in found.astype(object).itertuples(index=False, name=None)]


def number_format(unit: str, decimals: float) -> str:
    digits = "0." + "0" * int(decimals) if decimals else "0"
    return f'{digits}"%"' if unit == "%" else digits


def summary_rows(counts: pd.DataFrame) -> list[list[Any]]:
    rows = [[section, *map(int, row), int(row.sum())] for (_, section), row in counts.iterrows()]
    totals = counts.sum()
    base = int(totals.sum())
    rows.append(["Total", *map(int, totals), base])
    rows.append([f"Share of {base}", *(int(100 * total / base + 0.5) for total in totals), 100])
    return rows


def list_rows(results: pd.DataFrame, title: str) -> tuple[list[list[Any]], list[str]]:
    """Return the rows of the status lists, and the number format of each."""
    rows: list[list[Any]] = []
    formats: list[str] = []
    for paragraph, state, heading in LISTS:
        members = results[results["state"] == state]
        head = [paragraph, heading.format(title), f"{len(members)} measures"]
        if len(members):
            rows += [head + row for row in plain_rows(members[["Code", "Title", "outturn", "target", "tolerance"]])]
            formats += map(number_format, members["Unit"], members["Decimals"])
        elif paragraph:
            rows.append([*head, *[None] * 5])
            formats.append("0")
    return rows, formats


def context_rows(context: pd.DataFrame, wide: pd.DataFrame, sources: pd.Series, quarter: int) -> list[list[Any]]:
    """Return the context figures with their changes on the year and on the quarter."""
    found = context[["Code", "Title"]].reset_index(drop=True)
    now, year, before = (wide[quarter - back].reset_index(drop=True) for back in (0, 4, 1))
    found["now"], found["year ago"], found["previous"] = now, year, before
    for name, earlier in (("year", year), ("quarter", before)):
        found[f"on {name}"] = now - earlier
        found[f"% on {name}"] = (now - earlier) * 100 / earlier
    found["provenance"] = found["Code"].map(sources)
    return plain_rows(found)


def fill(
    sheet: Worksheet,
    table: Table,
    rows: Sequence[Sequence[Any]],
    formats: Sequence[str] = (),
    figures: Iterable[int] = (),
) -> None:
    """Put rows into a table, clear what is left of longer ones, and stretch or shrink the table to them."""
    left, top, right, bottom = range_boundaries(table.ref)
    last = top + len(rows)
    places = tuple(figures)
    area = sheet.iter_rows(min_row=top + 1, max_row=last, min_col=left, max_col=right)
    for number, (row, values) in enumerate(zip(area, rows, strict=True)):
        for cell, value in zip(row, values, strict=True):
            cell.value = value
        if formats:
            for place in places:
                row[place].number_format = formats[number]
    for row in sheet.iter_rows(min_row=last + 1, max_row=bottom, min_col=left, max_col=right):
        for cell in row:
            cell.value = None
    table.ref = f"{sheet.cell(top, left).coordinate}:{sheet.cell(last, right).coordinate}"
    if table.autoFilter is not None:
        table.autoFilter.ref = table.ref


def heads(sheet: Worksheet, table: Table, start: int, headings: Sequence[str]) -> None:
    """Give columns of a table other headings."""
    left, top, _, _ = range_boundaries(table.ref)
    for place, heading in enumerate(headings, start):
        sheet.cell(top, left + place).value = heading
        table.tableColumns[place].name = heading


def log(sheet: Worksheet, table: Table, quarter: int, counts: pd.DataFrame) -> None:
    """Add a line to the log."""
    left, top, right, bottom = range_boundaries(table.ref)
    on, base = int(counts[ON].sum()), int(counts.to_numpy().sum())
    text = f"{on} of {base} contract measures are on or better than target."
    values = [dt.datetime.now().replace(microsecond=0), "plain", label_of(quarter), "-", 0, text]  # noqa: DTZ005
    row = bottom + 1
    for place, value in enumerate(values):
        sheet.cell(row, left + place).value = value
    table.ref = f"{sheet.cell(top, left).coordinate}:{sheet.cell(row, right).coordinate}"


if __name__ == "__main__":
    main()
