"""The statements of the published report, each worked out anew from the refreshed worked example.

A statement is known by the number of its paragraph in the report and its place there. ``STATEMENTS`` says how it is worked
out and what must come out; where the report contradicts its own tables, the correct figure stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from xlkpi.calculate.change import Change
from xlkpi.calculate.history import History, Movement
from xlkpi.calculate.results import Results, calculate
from xlkpi.calculate.status import Status
from xlkpi.model.number import rounded
from xlkpi.model.observation import Cohort, Observation
from xlkpi.model.period import Month, Quarter, parse_period, parse_quarter
from xlkpi.model.register import Indicator
from xlkpi.workbook import layout
from xlkpi.workbook.backend import Block
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.intake import Book, parse

NOW = Quarter(2018, 2)
SEPTEMBER = Month(2018, 9)


@dataclass(frozen=True)
class Report:
    """The refreshed workbook, as its outputs show it and as its inputs say."""

    path: Path

    @cached_property
    def workbook(self) -> ClosedFile:
        return ClosedFile(self.path)

    @cached_property
    def book(self) -> Book:
        return parse(self.workbook)

    @cached_property
    def results(self) -> Results:
        return calculate(self.book.register, self.book.observations, NOW)

    def block(self, table: layout.Table) -> Block:
        return self.workbook.read(table.name)

    def cell(self, table: layout.Table, key: str, field: str) -> object:
        """Return the cell of an output table in the row whose first column is ``key``."""
        row = next(row for row in self.block(table).rows if row[0] == key)
        return row[table.index(field)]

    def summary(self, section: str, status: Status) -> int:
        return int(str(self.cell(layout.SUMMARY_TABLE, section, status.name.lower())).removesuffix(".0"))

    def status(self, code: str) -> Status:
        label = self.cell(layout.RESULTS_TABLE, code, "status")
        return next(status for status in Status if status.label == label)

    def listed(self, paragraph: str) -> list[str]:
        return [str(row[3]) for row in self.block(layout.LISTS_TABLE).rows if row[0] == paragraph and row[3]]

    def list_heads(self, paragraph: str) -> tuple[str, str]:
        row = next(row for row in self.block(layout.LISTS_TABLE).rows if row[0] == paragraph)
        return str(row[1]), str(row[2])

    def context(self, code: str, field: str) -> Decimal:
        figure = self.cell(layout.CONTEXT_TABLE, code, field)
        return Decimal(repr(figure))

    def indicator(self, code: str) -> Indicator:
        found = self.book.register.indicator(code, NOW)
        assert found is not None
        return found

    def history(self, code: str) -> History:
        return History(self.indicator(code), self.book.register, self.book.observations)

    def figure(self, code: str, quarter: Quarter = NOW) -> Fraction:
        found = self.history(code).outturn(quarter)
        assert found is not None
        return found

    def typed(self, code: str, period: Quarter | Month = NOW) -> Observation:
        found = self.book.observations.get(code, period)
        assert found is not None
        return found

    def monthly(self, code: str) -> dict[Month, Fraction]:
        typed = self.book.observations.of(code)
        return {month: Fraction(one.value or 0) for month, one in typed.items() if isinstance(month, Month)}

    def cohort(self, name: str, basis: str = "core", period: Quarter | Month = SEPTEMBER) -> Cohort:
        return next(one for one in self.book.cohorts if (one.cohort, one.basis, one.period) == (name, basis, period))

    def cohort_share(self, name: str, basis: str = "core", period: Quarter | Month = SEPTEMBER) -> Fraction:
        one = self.cohort(name, basis, period)
        assert one.numerator is not None
        assert one.denominator is not None
        return Fraction(one.numerator) * 100 / Fraction(one.denominator)

    def change(self, code: str, *, year: bool = False) -> Change:
        figures = {one.indicator.code: one for one in self.results.context}
        one = figures[code] if code in figures else self.results.of(code)
        found = one.on_year if year else one.on_quarter
        assert isinstance(found, Change)
        return found

    def percent(self, code: str, decimals: int, *, year: bool = False) -> str:
        change = self.change(code, year=year).percent
        assert change is not None
        return percent(abs(change), decimals)

    def moved(self, movement: Movement) -> list[str]:
        return [one.indicator.code for one in self.results.contract if one.movement is movement]

    def audits(self) -> dict[Quarter, tuple[int, int, str]]:
        """Return good or better, inadequate and framework by quarter."""
        return {
            one.quarter: (int(one.outstanding + one.good), int(one.inadequate), one.framework)
            for one in self.book.audits
        }

    def audit_share(self) -> Fraction:
        now = next(one for one in self.book.audits if one.quarter == NOW)
        return Fraction(now.outstanding + now.good) * 100 / Fraction(now.total)


def percent(figure: Fraction, decimals: int = 0) -> str:
    return f"{rounded(figure, decimals)}%"


def direction(change: Change) -> str:
    return "increase" if change.absolute > 0 else "decrease"


def _trailing(flags: list[bool]) -> int:
    return next((place for place, flag in enumerate(reversed(flags)) if not flag), len(flags))


def _summary(section: str, status: Status) -> Callable[[Report], str]:
    return lambda report: str(report.summary(section, status))


def _status(code: str) -> Callable[[Report], str]:
    words = {Status.ON: "on_or_better", Status.INSIDE: "inside", Status.OUTSIDE: "outside"}
    return lambda report: words[report.status(code)]


def _context(code: str, field: str, decimals: int) -> Callable[[Report], str]:
    return lambda report: str(rounded(report.context(code, field), decimals))


def _without_target_before(report: Report) -> list[str]:
    return [
        one.indicator.code
        for one in report.results.contract
        if one.target is not None and report.book.register.target(one.indicator.code, NOW.previous) is None
    ]


def _new_targets(report: Report) -> str:
    """Say which targets were set anew in the financial year."""
    start = Quarter(2018, 1)
    codes = sorted({one.code for one in report.book.register.targets if one.first is not None and one.first >= start})
    youth = [code for code in codes if report.indicator(code).section == "Youth Offending Services"]
    others = [code for code in codes if code not in youth]
    return f"{','.join(youth)} and {','.join(others)}"


def _parts_of_need(report: Report) -> str:
    parts = {code: report.figure(code) for code in ("E5", "E4", "E20", "E21", "E22", "E23")}
    return str(sum(parts.values()) - 2 * parts["E23"])


def _falls(report: Report) -> str:
    figures = [report.figure("E4", NOW.shift(-back)) for back in (2, 1, 0)]
    return f"{figures[2]}; {'falling' if figures[0] > figures[1] > figures[2] else 'not falling'}"


def _expected_inspections(report: Report, status: str) -> str:
    return str(sum(one.status == status for one in report.book.inspections))


def _homes(report: Report) -> str:
    latest: dict[str, str] = {}
    for one in report.book.inspections:
        if one.type == "childrens_home":
            latest[one.subject] = one.grade
    return "all" if set(latest.values()) <= {"good", "outstanding"} else "not all"


def _vaa(report: Report, judgement: str) -> str:
    return next(one.grade for one in report.book.inspections if one.type == "VAA" and one.judgement == judgement)


def _on_both(report: Report, codes: str, quarters: tuple[Quarter, ...]) -> str:
    rated = {report.history(code).status(quarter) for code in codes.split() for quarter in quarters}
    return "on_or_better" if rated == {Status.ON} else "not"


def _peak_months(report: Report) -> str:
    months = report.monthly("E2")
    return ", ".join(month.label for month in sorted(sorted(months, key=lambda one: months[one])[-2:]))


def _cin_with_all_notes(report: Report) -> str:
    """Say how A4 stands in September if CIN visits are counted from all case notes."""
    cohorts = [report.cohort(name) for name in ("CIC", "CPP", "Dual")] + [report.cohort("CIN", "all_case_notes")]
    share = (
        sum(Fraction(one.numerator or 0) for one in cohorts)
        * 100
        / sum(Fraction(one.denominator or 0) for one in cohorts)
    )
    target = report.results.of("A4").target
    assert target is not None
    assert target.inside is not None
    return f"{percent(report.cohort_share('CIN', 'all_case_notes'))}; {'inside' if target.inside.holds(share) else 'outside'}"


@dataclass(frozen=True)
class Statement:
    """How a statement is worked out, and what comes out.

    Attributes:
        found: Works it out.
        figure: What must come out.
        printed: What the list of the report's statements expects, where it says the same in other words.
    """

    found: Callable[[Report], str]
    figure: str
    printed: str | None = None


SECTIONS = (
    "Social Care Pathway",
    "Children in Care",
    "Youth Offending Services",
    "Family Support Services",
    "Workforce",
)
TABLE_22 = ((1, 2, 4, 0), (1, 0, 4, 0), (0, 2, 1, 0), (0, 1, 1, 0), (0, 0, 3, 0))
COLUMNS = (Status.OUTSIDE, Status.INSIDE, Status.ON, Status.NO_TARGET)
ON = ["A2", "A3", "A6", "A9", "B9", "B10", "B13", "B14", "F03", "C14", "C15", "C16", "C17"]
INSIDE = ["A1", "A8", "F01", "F02", "C18"]
OUTSIDE = ["A4", "B8"]
TABLE_31 = (
    ("E1", 0, "5694", "5600", "5611"),
    ("E2", 0, "991", "1258", "1307"),
    ("E3", 0, "2549", "2725", "2827"),
    ("E4", 0, "323", "355", "358"),
    ("E5", 0, "593", "541", "582"),
    ("E6", 1, "22.1", "23.4", "25.2"),
)


def _table_22() -> dict[str, Statement]:
    found = {}
    cells = [
        (section, status, number)
        for section, row in zip(SECTIONS, TABLE_22, strict=True)
        for status, number in zip(COLUMNS, row, strict=True)
    ]
    for place, (section, status, number) in enumerate(cells, start=1):
        found[f"2.2-{place:02d}"] = Statement(_summary(section, status), str(number))
    for place, (status, total, share) in enumerate(zip(COLUMNS, (2, 5, 13, 0), (10, 25, 65, 0), strict=True)):
        found[f"2.2-{21 + 2 * place}"] = Statement(_summary("Total", status), str(total))
        found[f"2.2-{22 + 2 * place}"] = Statement(
            lambda report, status=status: f"{report.summary('Share of 20', status)}%", f"{share}%"
        )
    found["2.2-29"] = Statement(lambda report: str(report.results.summary.base), "20")
    return found


def _lists() -> dict[str, Statement]:
    return {
        **{f"2.4-{place:02d}": Statement(_status(code), "on_or_better") for place, code in enumerate(ON, start=2)},
        **{f"2.5-{place:02d}": Statement(_status(code), "inside") for place, code in enumerate(INSIDE, start=2)},
        **{f"2.6-{place:02d}": Statement(_status(code), "outside") for place, code in enumerate(OUTSIDE, start=2)},
        "2.4-01": Statement(lambda report: report.list_heads("2.4")[1], "Thirteen measures", "13"),
        "2.5-01": Statement(lambda report: report.list_heads("2.5")[1], "Five measures", "5"),
        "2.6-01": Statement(lambda report: report.list_heads("2.6")[1], "Two measures", "2"),
        "2.7-01": Statement(lambda report: report.list_heads("2.7")[1], "No measures", "0"),
        "2.4-15": Statement(lambda report: ",".join(report.listed("2.4")), ",".join(ON)),
        "2.7-02": Statement(
            lambda report: str(len({code for place in ("2.4", "2.5", "2.6", "2.7") for code in report.listed(place)})),
            "20",
            "20 distinct codes, no duplicates",
        ),
        **{
            f"{place}-00": Statement(
                lambda report, place=place: parse_quarter(report.list_heads(place)[0].rpartition("end of ")[2]).label,
                "2018/19 Q2",
                "-" if place == "2.7" else None,
            )
            for place in ("2.4", "2.5", "2.6", "2.7")
        },
    }


def _table_31() -> dict[str, Statement]:
    found = {}
    cells = [
        (code, field, decimals, figure)
        for code, decimals, *row in TABLE_31
        for field, figure in zip(("current", "year_ago", "previous"), row, strict=True)
    ]
    for place, (code, field, decimals, figure) in enumerate(cells, start=1):
        found[f"3.1-{place:02d}"] = Statement(_context(code, field, decimals), figure)
    found["3.1-00"] = Statement(
        lambda report: " | ".join(report.block(layout.CONTEXT_TABLE).headings[2:5]),
        "2018/19 Q2 | 2017/18 Q2 | 2018/19 Q1",
    )
    return found


STATEMENTS: dict[str, Statement] = {
    **_table_22(),
    **_lists(),
    **_table_31(),
    "T-01": Statement(lambda _report: parse_quarter("Quarter 2, 2018/19").label, "2018/19 Q2"),
    "T-02": Statement(
        lambda report: f"{report.book.settings.quarter.first}..{report.book.settings.quarter.last}",
        "2018-07-01..2018-09-30",
    ),
    "1.1-01": Statement(lambda _report: parse_quarter("Quarter 2 - 2018/19").label, "2018/19 Q2"),
    "2.1-01": Statement(
        lambda report: str(
            len({one.code for one in report.book.register.indicators if one.first and one.first >= Quarter(2018, 1)})
        ),
        "0",
        "added/removed codes: few or none",
    ),
    "2.1-02": Statement(_new_targets, "F01,F02,F03 and C17,C18", ">=1 of F01..F03 revised; nobody else except C17,C18"),
    "2.2-00": Statement(lambda _report: f"{len(COLUMNS)} statuses", "4 statuses"),
    "2.3-01": Statement(
        lambda report: percent(
            Fraction(100 * sum(report.summary("Total", one) for one in (Status.INSIDE, Status.ON)), 20)
        ),
        "90%",
    ),
    "2.3-02": Statement(lambda report: f"{report.summary('Share of 20', Status.ON)}%", "65%"),
    "2.3-03": Statement(
        lambda report: (
            "increase"
            if (report.results.summary.exact_share(Status.ON) or 0)
            > (report.results.last_summary.exact_share(Status.ON) or 0)
            else "no increase"
        ),
        "increase",
    ),
    "2.3-04": Statement(
        lambda report: f"{report.summary('Total', Status.NO_TARGET)} without target", "0 without target"
    ),
    "2.3-05": Statement(lambda report: ", ".join(_without_target_before(report)), "C17, C18"),
    "2.3-06": Statement(
        lambda report: f"{len(report.moved(Movement.FELL_OUT))}: {','.join(report.moved(Movement.FELL_OUT))}", "1: B8"
    ),
    "2.3-07": Statement(
        lambda report: f"A4: streak = {report.results.of('A4').streak.quarters}",
        "A4: streak = 3",
        "A4: streak = 3 (2017/18 Q4, 2018/19 Q1, Q2)",
    ),
    "2.3-08": Statement(lambda report: f"A4 {report.change('A4').travel.value}", "A4 improved"),
    "3.1.1-01": Statement(lambda report: report.percent("E1", 0, year=True), "2%"),
    "3.1.1-02": Statement(lambda report: report.percent("E1", 1), "1.5%"),
    "3.1.1-03": Statement(lambda report: report.indicator("E1").unit, "count"),
    "3.1.2-01": Statement(lambda report: report.percent("E2", 0), "24%"),
    "3.1.2-02": Statement(lambda report: report.percent("E2", 0, year=True), "21%"),
    "3.1.2-03": Statement(lambda report: direction(report.change("E1")), "increase"),
    "3.1.2-04": Statement(_peak_months, "2017-09, 2017-10"),
    "3.1.2-05": Statement(
        lambda report: (
            "Sep 2018 only is provable"
            if report.monthly("E2")[SEPTEMBER] < report.monthly("E2")[Month(2017, 9)]
            and Month(2018, 10) not in report.monthly("E2")
            else ""
        ),
        "Sep 2018 only is provable",
    ),
    "3.1.3-01": Statement(lambda report: f"{report.figure('E3')}; {direction(report.change('E3'))}", "2549; decrease"),
    "3.1.3-02": Statement(_parts_of_need, "2549", "parts sum to 2549"),
    "3.1.3-03": Statement(_falls, "323; falling"),
    "3.1.3-04": Statement(lambda report: str(report.figure("E13")), "139"),
    "3.1.3-05": Statement(lambda report: percent(report.figure("E14") * 100 / report.figure("E13")), "6%"),
    "3.1.3-06": Statement(_status("A9"), "on_or_better"),
    "3.1.4-01": Statement(
        lambda report: f"{rounded(report.figure('E6', NOW.previous), 1)} -> {rounded(report.figure('E6'), 1)}",
        "25.2 -> 22.1",
    ),
    "3.1.4-02": Statement(lambda report: percent(report.figure("E7")), "18%"),
    "3.1.4-03": Statement(lambda report: direction(report.change("E16")), "decrease"),
    "3.1.5-01": Statement(lambda report: f"{report.change('E5').absolute} -> {report.figure('E5')}", "11 -> 593"),
    "3.1.5-02": Statement(
        lambda report: (
            "record high"
            if report.figure("E5")
            == max(Fraction(one.value or 0) for one in report.book.observations.of("E5").values())
            else "not a record"
        ),
        "record high",
    ),
    "3.1.5-03": Statement(lambda report: report.percent("E5", 0, year=True), "10%"),
    "3.1.6-01": Statement(
        lambda report: "similar" if abs(report.change("E9", year=True).absolute) <= 1 else "not", "similar"
    ),
    "3.1.6-02": Statement(
        lambda report: f"{report.figure('E10')} vs {report.figure('E10', NOW.year_ago)}; more", "234 vs 220; more"
    ),
    "3.1.6-03": Statement(lambda report: percent(report.figure("E11")), "90%"),
    "3.1.6-04": Statement(lambda report: str(report.figure("E12")), "22"),
    "3.1.7-01": Statement(lambda report: percent(report.figure("E8"), 1), "5.5%"),
    "3.1.7-02": Statement(
        lambda report: (
            f"{percent(report.figure('E8', NOW.year_ago), 1)}; {direction(report.change('E8', year=True))} "
            f"({'worse' if report.change('E8', year=True).travel.value == 'worsened' else 'better'})"
        ),
        "4.4%; increase (worse)",
    ),
    "3.1.7-03": Statement(
        lambda report: percent(
            Fraction(report.typed("E8", SEPTEMBER).numerator or 0)
            * 100
            / Fraction(report.typed("E8", SEPTEMBER).denominator or 1),
            1,
        ),
        "4.0%",
    ),
    "4.1-01": Statement(lambda report: percent(report.audit_share()), "82%"),
    "4.1-02": Statement(lambda report: str(report.audits()[NOW][1]), "0"),
    "4.1-03": Statement(lambda report: str(_trailing([one[1] == 0 for one in report.audits().values()])), "2"),
    "4.1-04": Statement(
        lambda report: str(_trailing([one[2] == report.audits()[NOW][2] for one in report.audits().values()])),
        "2",
        "2 (since 2018/19 Q1)",
    ),
    "4.1-05": Statement(
        lambda report: f"{percent(report.audit_share())} {'>' if report.audit_share() > 50 else '<='} 50%", "82% > 50%"
    ),
    "4.2-01": Statement(
        lambda report: " -> ".join(
            {Status.INSIDE: "inside", Status.ON: "on_or_better"}[report.history("A2").status(quarter)]
            for quarter in (NOW.previous, NOW)
        ),
        "inside -> on_or_better",
    ),
    "4.3-01": Statement(lambda report: percent(report.figure("A9")), "7%"),
    "4.3-02": Statement(lambda report: str(report.typed("A6").numerator), "4"),
    "4.3-03": Statement(lambda report: direction(report.change("E4")), "decrease"),
    "4.4-01": Statement(lambda report: _on_both(report, "B9 B10", (NOW,)), "on_or_better", "on_or_better x2"),
    "4.4-03": Statement(
        lambda report: (
            f"{percent(report.figure('E18'))}; {'>' if report.figure('E18') > report.figure('B9') else '<='} B9 overall"
        ),
        "83%; > B9 overall",
    ),
    "4.4-04": Statement(
        lambda report: (
            f"{percent(report.figure('E19'))}; {'<' if report.figure('E19') < report.figure('E18') else '>='} "
            f"{percent(report.figure('E18'))}"
        ),
        "77%; < 83%",
    ),
    "4.5-01": Statement(
        lambda report: _on_both(report, "B13 B14", (NOW.previous, NOW)), "on_or_better", "on_or_better twice"
    ),
    "4.5-02": Statement(lambda report: percent(report.figure("E15")), "64%"),
    "4.6-01": Statement(lambda report: _on_both(report, "C14 C15 C16", (NOW,)), "on_or_better", "all on_or_better"),
    "4.7-01": Statement(lambda report: ",".join(_without_target_before(report)), "C17,C18"),
    "4.7-02": Statement(
        lambda report: f"{direction(report.change('C17'))}; {_status('C17')(report)}", "increase; on_or_better"
    ),
    "4.7-03": Statement(
        lambda report: f"{report.figure('C18', NOW.previous)} -> {report.figure('C18')}; {_status('C18')(report)}",
        "226 -> 175; inside",
    ),
    "4.8-01": Statement(lambda report: report.change("A4").travel.value, "improved"),
    "4.8-02": Statement(lambda report: f"{report.results.of('A4').gap} pp", "1 pp"),
    "4.8-03": Statement(
        lambda report: str(report.cell(layout.RESULTS_TABLE, "A4", "cases_to_bound")).removesuffix(".0"), "56"
    ),
    "4.8-04": Statement(lambda report: percent(report.cohort_share("CIC")), "80%"),
    "4.8-05": Statement(lambda report: percent(report.cohort_share("CPP")), "83%"),
    "4.8-06": Statement(lambda report: percent(report.cohort_share("Dual")), "76%"),
    "4.8-07": Statement(lambda report: percent(report.cohort_share("CIN")), "66%"),
    "4.8-10": Statement(
        lambda report: f"+{rounded(report.cohort_share('CIN') - report.cohort_share('CIN', period=Month(2018, 6)), 0)}",
        "+6",
        "+6 (pp recommended)",
    ),
    "4.8-11": Statement(_cin_with_all_notes, "79%; inside", "79%; would be inside"),
    "5.1-01": Statement(
        lambda report: str(
            sum(
                one.type == "childrens_home" and one.grade == "outstanding" and _is_in(one.date, NOW)
                for one in report.book.inspections
            )
        ),
        "1",
    ),
    "5.1-02": Statement(_homes, "all"),
    "5.2-01": Statement(
        lambda report: next(one.date for one in report.book.inspections if one.type == "VAA"), "2018-07"
    ),
    "5.2-02": Statement(lambda report: _vaa(report, "overall effectiveness"), "outstanding"),
    "5.2-03": Statement(lambda report: _vaa(report, "effectiveness of leaders and managers"), "outstanding"),
    "5.3-01": Statement(lambda report: _expected_inspections(report, "anticipated"), "2"),
    "5.4-01": Statement(
        lambda report: _expected_inspections(report, "anticipated (multi-agency)"),
        "2",
        '2 more (outside the "two" of 5.3)',
    ),
    "6.1-01": Statement(
        lambda report: (
            f"{report.summary('Total', Status.INSIDE) + report.summary('Total', Status.ON)} of {report.results.summary.base}"
        ),
        "18 of 20",
    ),
    "6.1-03": Statement(
        lambda report: (
            "mixed"
            if {direction(report.change(code)) for code in ("E1", "E2", "E3", "E4", "E5")} == {"increase", "decrease"}
            else ""
        ),
        "mixed",
    ),
    "6.1-04": Statement(lambda report: ">50%" if report.audit_share() > 50 else "<=50%", ">50%"),
    "6.2-02": Statement(_homes, "all"),
}

#: Statements that no figure of the workbook can confirm, and why.
NOT_FIGURES = {
    "2.3-09": "what the narrative covers",
    "2.8-01": "what the appendix holds",
    "3.1.2-06": "contacts are not split by source",
    "3.1.4-04": "years of monthly referrals are not kept",
    "3.1.5-04": "when national figures are published",
    "4.2-02": "comparators are not in the workbook",
    "4.2-03": "comparators are not in the workbook",
    "4.4-02": "comparators are not in the workbook",
    "4.8-08": "a definition",
    "4.8-09": "a definition",
    "5.3-02": "a definition",
    "6.1-02": "what the narrative covers",
    "6.2-01": "which inspection is meant is not said",
    "S-01": "the date of signing",
    "S-02": "the role of the author",
}


def _is_in(month: str, quarter: Quarter) -> bool:
    period = parse_period(month) if month else None
    return isinstance(period, Month) and period.quarter == quarter
