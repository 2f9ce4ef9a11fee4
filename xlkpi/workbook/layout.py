"""Every sheet, table, heading and named cell of the workbook, in one place.

The builder makes sheets from it, the intake finds typed cells by it, and the writers fill outputs by it. A heading that is
changed here changes everywhere; no other module spells one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from xlkpi.calculate.status import Status
from xlkpi.model.period import Quarter
from xlkpi.model.register import Basis, Kind, Polarity, SmallNumbers, ToleranceBasis


class Shape(Enum):
    """What kind of content a column holds; the writers and the builder decide how it looks."""

    CODE = "code"
    TEXT = "text"
    LONG = "long text, wrapped"
    NUMBER = "a typed number"
    WHOLE = "a whole number"
    COUNT = "a count of measures, or their share in a row whose unit is %"
    FIGURE = "a figure in the indicator's unit"
    GAP = "a distance in the indicator's unit"
    CHANGE = "a signed difference in the indicator's unit"
    SHARE = "a signed percentage of an earlier figure"
    QUARTER = "a quarter label"
    STATUS = "a status with its mark"
    LINK = "a link to a cell"
    TIME = "date and time"
    SPARK = "a sparkline"
    WORKED = "worked out for formulas; not for people"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        field: The name by which the program knows it.
        heading: What its heading cell says.
        shape: What it holds.
        width: In characters.
        typed: Whether a person types into it; otherwise the program or a formula fills it.
        help: One sentence for whoever types.
        choices: The only texts that may be typed; none where anything may.
        optional: Whether a workbook may lack it, since workbooks made before had none.
        is_remembered: Whether the program reads back what it wrote at the last refresh.
    """

    field: str
    heading: str
    shape: Shape
    width: float
    typed: bool = False
    help: str = ""
    choices: tuple[str, ...] = ()
    optional: bool = False
    is_remembered: bool = False

    @property
    def is_read(self) -> bool:
        """Return whether its cells are read from the workbook."""
        return self.typed or self.is_remembered or self.field == "code"


@dataclass(frozen=True, slots=True)
class Table:
    """One table on its sheet; headings stand in ``HEADING_ROW``, data follows, nothing stands below.

    Attributes:
        name: Its name in the workbook.
        sheet: The sheet that the builder puts it on (an analyst may rename the sheet).
        columns: Left to right.
        left: Column number of its first column.
    """

    name: str
    sheet: str
    columns: tuple[Column, ...]
    left: int = 2

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings, left to right."""
        return tuple(column.heading for column in self.columns)

    def index(self, field: str) -> int:
        """Return the place of a column in the table, from 0."""
        return next(i for i, column in enumerate(self.columns) if column.field == field)

    def heading(self, field: str) -> str:
        """Return the heading of a column."""
        return self.columns[self.index(field)].heading


def _typed(field: str, heading: str, shape: Shape, width: float, text: str, choices: tuple[str, ...] = ()) -> Column:
    return Column(field, heading, shape, width, typed=True, help=text, choices=choices)


def _values(members: type[Enum]) -> tuple[str, ...]:
    return tuple(member.value for member in members)


TITLE_ROW = 2
SUBTITLE_ROW = 3
HELP_ROW = 4
HEADING_ROW = 5
FIRST_ROW = 6

PROVENANCES = ("reported", "derived", "inferred", "illustrative")
JUDGED_EXACT, JUDGED_SHOWN = "exact", "as shown"
YES, NO = "yes", "no"

_PROVENANCE = _typed(
    "provenance", "Provenance", Shape.TEXT, 13, "Where the figure comes from: reported, derived, illustrative ...", ()
)
_NOTE = _typed("note", "Note", Shape.LONG, 40, "Anything the next reader should know.")

START, RESULTS, SUMMARY, LISTS = "Start", "Results", "Summary", "Lists"
CONTEXT, TRENDS, INDICATOR, CHECKS, LOG = "Context", "Trends", "Indicator", "Checks", "Log"
CLAIMS, EXPLAIN, RESTATEMENTS = "Claims", "Explain", "Restatements"
WHAT_IF, NARRATIVE = "What-if", "Narrative"

REGISTER = Table(
    "tblRegister",
    "Register",
    (
        _typed(
            "code", "Code", Shape.CODE, 8, "As printed in the report, for example A4. A code may be used again later."
        ),
        _typed("title", "Title", Shape.LONG, 46, "As printed in the report."),
        _typed("section", "Section", Shape.TEXT, 30, "The chapter of the report. Spell it the same way on every row."),
        _typed("section_order", "Section order", Shape.WHOLE, 9, "Place of the section in the summary: 1, 2, 3 ..."),
        _typed(
            "list_order",
            "List order",
            Shape.WHOLE,
            7,
            "Place in lists and tables: 1, 2, 3 ... Empty on a context row: kept, but not in the context table.",
        ),
        _typed("kind", "Kind", Shape.TEXT, 10, "contract: rated. context: never rated.", _values(Kind)),
        _typed("polarity", "Polarity", Shape.TEXT, 10, "Which way is better.", _values(Polarity)),
        _typed("unit", "Unit", Shape.TEXT, 10, "%, days, per 1,000, count ..."),
        _typed("decimals", "Decimals", Shape.WHOLE, 9, "Digits after the point as printed: 0 to 6."),
        _typed("numerator_label", "Numerator", Shape.LONG, 30, "What is counted, for example visits made in time."),
        _typed(
            "denominator_label",
            "Denominator",
            Shape.LONG,
            30,
            "Out of what, for example visits due. Empty for a count.",
        ),
        _typed(
            "multiplier",
            "Multiplier",
            Shape.NUMBER,
            10,
            "100 for a percentage, 1 for a mean, 1000 for a rate per 1,000.",
        ),
        _typed("basis", "Period basis", Shape.TEXT, 13, "Which span one outturn covers.", _values(Basis)),
        _typed("first", "Valid from", Shape.QUARTER, 11, "First quarter, for example 2018/19 Q1. Empty: always."),
        _typed("last", "Valid to", Shape.QUARTER, 11, "Last quarter. Empty: still valid."),
        _typed(
            "breaks",
            "Series breaks",
            Shape.TEXT,
            14,
            "Quarters with which a new series starts, separated by semicolons.",
        ),
        _typed("definition", "Definition", Shape.LONG, 50, "How it is counted, in full."),
        _typed("owner", "Owner", Shape.TEXT, 16, "Who answers for the figure."),
        _typed("source", "Source", Shape.TEXT, 16, "The system it comes from."),
        _typed(
            "small_numbers",
            "Small numbers",
            Shape.TEXT,
            14,
            "Counts of 1 to 5 in a published copy. Empty or profile: as the readers' profile has it. withhold: never shown. "
            "show: always, they count no people.",
            _values(SmallNumbers),
        ),
        _typed("provenance", "Provenance", Shape.LONG, 24, "Where the row's facts come from: reported, inferred ..."),
        _NOTE,
        Column(
            "aliases",
            "Aliases",
            Shape.LONG,
            80,
            typed=True,
            help="Other words by which a draft names it, separated by semicolons.",
            optional=True,
        ),
        Column("key", "Key", Shape.WORKED, 9),
        Column("first_index", "From", Shape.WORKED, 8),
        Column("last_index", "To", Shape.WORKED, 8),
        Column("row", "Row", Shape.WORKED, 6),
    ),
)

TARGETS = Table(
    "tblTargets",
    "Targets",
    (
        _typed("code", "Code", Shape.CODE, 8, "A code of the register."),
        _typed("first", "Valid from", Shape.QUARTER, 11, "First quarter that is judged by this row."),
        _typed(
            "last", "Valid to", Shape.QUARTER, 11, "Last quarter that is judged by this row. Empty: still in force."
        ),
        _typed(
            "target",
            "Target",
            Shape.NUMBER,
            10,
            "In the unit of the indicator: 85 for 85%. A band as 40..60. Empty: no target.",
        ),
        _typed(
            "tolerance",
            "Tolerance",
            Shape.NUMBER,
            10,
            "The level that may still be reached: 75 for 75%. A band as 30..70.",
        ),
        _typed(
            "basis",
            "Tolerance basis",
            Shape.TEXT,
            11,
            "level: the tolerance itself. points: so many off the target. percent: of the target. Empty: level.",
            _values(ToleranceBasis),
        ),
        _typed("clause", "Clause", Shape.TEXT, 12, "Where the contract says so."),
        _typed("approved", "Approved by", Shape.TEXT, 16, "Who agreed it, and when."),
        _PROVENANCE,
        _NOTE,
        Column("title", "Measure", Shape.LONG, 44),
        Column("polarity", "Polarity", Shape.TEXT, 10),
        Column("on_from", "On from", Shape.WORKED, 9),
        Column("on_to", "On to", Shape.WORKED, 9),
        Column("inside_from", "Inside from", Shape.WORKED, 9),
        Column("inside_to", "Inside to", Shape.WORKED, 9),
        Column("key", "Key", Shape.WORKED, 9),
        Column("first_index", "From", Shape.WORKED, 8),
        Column("last_index", "To", Shape.WORKED, 8),
        Column("row", "Row", Shape.WORKED, 6),
    ),
)

_NUMERATOR = _typed(
    "numerator", "Numerator", Shape.NUMBER, 12, "How many. Leave all three empty where there is no figure yet."
)
_DENOMINATOR = _typed("denominator", "Denominator", Shape.NUMBER, 12, "Out of how many; never 0.")
_VALUE = _typed(
    "value", "Value", Shape.NUMBER, 10, "Only where there are no counts: the outturn in the indicator's unit."
)
_REASON = _typed("reason", "If missing, why", Shape.LONG, 26, "Why there is no figure this quarter.")
_COMMENT = _typed("comment", "Comment", Shape.LONG, 50, "What stands behind the figure, and what is being done.")

_QUARTER_COLUMNS = (
    Column("code", "Code", Shape.CODE, 12),
    Column("title", "Measure", Shape.LONG, 44),
    Column("counted", "How it is counted", Shape.LONG, 40),
    _NUMERATOR,
    _DENOMINATOR,
    _VALUE,
    Column("outturn", "Outturn", Shape.FIGURE, 10),
    Column("target", "Target", Shape.FIGURE, 10),
    Column("tolerance", "Tolerance", Shape.FIGURE, 10),
    Column("status", "Status", Shape.STATUS, 27),
    _REASON,
    _COMMENT,
    _PROVENANCE,
    Column("register_row", "Register row", Shape.WORKED, 9),
    Column("target_row", "Target row", Shape.WORKED, 9),
    Column("shown_as", "Shown as", Shape.WORKED, 9),
)

#: How many quarters have a sheet of their own: the current one and the four before it.
QUARTER_SHEETS = 5
_QUARTER_TABLE = re.compile(r"tblQ_(\d{4})_(\d{2})_Q([1-4])")
#: The cell of a quarter sheet that says which quarter it is.
QUARTER_CELL = f"B{SUBTITLE_ROW}"


def quarter_sheet(quarter: Quarter) -> str:
    """Return the name of a quarter's input sheet; a sheet name cannot hold a slash.

    Examples:
        >>> quarter_sheet(Quarter(2018, 2))
        '2018-19 Q2'
    """
    return quarter.label.replace("/", "-")


def quarter_table(quarter: Quarter) -> Table:
    """Return the input table of a quarter."""
    sheet = quarter_sheet(quarter)
    return Table("tblQ_" + sheet.replace("-", "_").replace(" ", "_"), sheet, _QUARTER_COLUMNS)


def quarter_of_table(name: str) -> Quarter | None:
    """Return the quarter whose input table has this name; None where it is no quarter's.

    Examples:
        >>> quarter_of_table("tblQ_2018_19_Q2").label, quarter_of_table("tblQ_2018_19_Q21")
        ('2018/19 Q2', None)
    """
    found = _QUARTER_TABLE.fullmatch(name)
    if not found:
        return None
    quarter = Quarter(int(found[1]), int(found[3]))
    return quarter if quarter_table(quarter).name == name else None


def is_quarter_copy(name: str) -> bool:
    """Return whether a table looks like a quarter's that somebody copied by hand."""
    return name.startswith("tblQ_") and quarter_of_table(name) is None


HISTORY = Table(
    "tblHistory",
    "History",
    (
        _typed("period", "Quarter", Shape.QUARTER, 12, "For example 2016/17 Q3."),
        _typed("code", "Code", Shape.CODE, 8, "A code of the register."),
        _NUMERATOR,
        _DENOMINATOR,
        _VALUE,
        _REASON,
        _COMMENT,
        _PROVENANCE,
    ),
)

CONTEXT_INPUTS = Table(
    "tblContextInputs",
    "Context inputs",
    (
        _typed("period", "Period", Shape.QUARTER, 12, "A quarter (2018/19 Q2) or a month (2018-09)."),
        _typed("code", "Code", Shape.CODE, 8, "A context code of the register."),
        _NUMERATOR,
        _DENOMINATOR,
        _VALUE,
        _COMMENT,
        _PROVENANCE,
        replace(_NOTE, width=52, help="Anything the next reader should know. It is not published.", optional=True),
    ),
)

COHORTS = Table(
    "tblCohorts",
    "Breakdowns",
    (
        _typed("code", "Code", Shape.CODE, 8, "The indicator that is split."),
        _typed("period", "Period", Shape.QUARTER, 12, "A quarter (2018/19 Q2) or a month (2018-09)."),
        _typed("cohort", "Cohort", Shape.TEXT, 14, "For example CIC, CPP, CIN."),
        _typed("basis", "Basis", Shape.TEXT, 16, "How it was counted, where there is more than one way."),
        _NUMERATOR,
        _DENOMINATOR,
        _PROVENANCE,
    ),
)

AUDITS = Table(
    "tblAudits",
    "Breakdowns",
    (
        _typed("period", "Quarter", Shape.QUARTER, 12, "For example 2018/19 Q2."),
        _typed("framework", "Framework", Shape.TEXT, 12, "The audit framework in force."),
        _typed("outstanding", "Outstanding", Shape.WHOLE, 11, "Cases graded outstanding."),
        _typed("good", "Good", Shape.WHOLE, 9, "Cases graded good."),
        _typed("requires_improvement", "Requires improvement", Shape.WHOLE, 12, "Cases graded requires improvement."),
        _typed("inadequate", "Inadequate", Shape.WHOLE, 10, "Cases graded inadequate."),
        _PROVENANCE,
    ),
    left=10,
)

INSPECTIONS = Table(
    "tblInspections",
    "Inspections",
    (
        _typed(
            "date", "Date", Shape.TEXT, 10, "Month of the inspection, for example 2018-07. Empty where it is expected."
        ),
        _typed("subject", "Subject", Shape.LONG, 34, "What was inspected."),
        _typed("type", "Type", Shape.TEXT, 20, "The framework: ILACS, IFA, VAA, children's home ..."),
        _typed("judgement", "Judgement", Shape.LONG, 34, "Which judgement the grade is for."),
        _typed("grade", "Grade", Shape.TEXT, 20, "As published."),
        _typed("previous_grade", "Previous grade", Shape.TEXT, 20, "The grade before."),
        _typed("status", "Status", Shape.TEXT, 24, "published, or anticipated."),
        _PROVENANCE,
        _typed("source", "Source", Shape.LONG, 34, "Where it is published."),
    ),
)

RESULTS_TABLE = Table(
    "tblResults",
    RESULTS,
    (
        Column("code", "Code", Shape.CODE, 7),
        Column("title", "Contract measure", Shape.LONG, 54),
        Column("section", "Section", Shape.TEXT, 23),
        Column("outturn", "Outturn", Shape.FIGURE, 9),
        Column("target", "Target", Shape.FIGURE, 9),
        Column("tolerance", "Tolerance", Shape.FIGURE, 10),
        Column("status", "Status", Shape.STATUS, 27),
        Column("previous", "Last quarter", Shape.FIGURE, 9),
        Column("year_ago", "Year ago", Shape.FIGURE, 9),
        Column("movement", "Movement", Shape.TEXT, 24),
        Column("streak", "Quarters in status", Shape.WHOLE, 10),
        Column("gap", "Gap to tolerance", Shape.GAP, 10),
        Column("cases_to_bound", "Cases to tolerance", Shape.WHOLE, 10),
        Column("cases_to_target", "Cases to target", Shape.WHOLE, 9),
        Column("cases_in_hand", "Cases in hand", Shape.WHOLE, 9),
        Column("spark", "Trend", Shape.SPARK, 16),
        Column("provenance", "Provenance", Shape.TEXT, 13),
        Column("inputs", "Inputs", Shape.LINK, 9, optional=True),
        Column("place", "Place", Shape.WORKED, 18, optional=True),
    ),
)

SUMMARY_TABLE = Table(
    "tblSummary",
    SUMMARY,
    (
        Column("section", "Section", Shape.TEXT, 28),
        *(Column(status.name.lower(), status.value, Shape.COUNT, 15) for status in Status),
        Column("all", "All", Shape.COUNT, 9),
    ),
)

LISTS_TABLE = Table(
    "tblLists",
    LISTS,
    (
        Column("paragraph", "Paragraph", Shape.TEXT, 11),
        Column("list", "List", Shape.LONG, 46),
        Column("count", "Count", Shape.TEXT, 20),
        Column("code", "Code", Shape.CODE, 8),
        Column("title", "Measure", Shape.LONG, 62),
        Column("outturn", "Outturn", Shape.FIGURE, 9),
        Column("target", "Target", Shape.FIGURE, 9),
        Column("tolerance", "Tolerance", Shape.FIGURE, 10),
    ),
)

#: The headings of the three figures are quarter labels, written at each refresh.
CONTEXT_TABLE = Table(
    "tblContext",
    CONTEXT,
    (
        Column("code", "Code", Shape.CODE, 8),
        Column("title", "Measure", Shape.LONG, 52),
        Column("current", "This quarter", Shape.FIGURE, 13),
        Column("year_ago", "Year ago", Shape.FIGURE, 13),
        Column("previous", "Last quarter", Shape.FIGURE, 13),
        Column("change_year", "Change on year", Shape.CHANGE, 12),
        Column("percent_year", "% on year", Shape.SHARE, 11),
        Column("change_quarter", "Change on quarter", Shape.CHANGE, 12),
        Column("percent_quarter", "% on quarter", Shape.SHARE, 11),
        Column("provenance", "Provenance", Shape.TEXT, 13),
    ),
)

TRENDS_TABLE_NAME = "tblTrends"
#: How many quarters a trend shows unless the data the workbook was made from has more.
TREND_QUARTERS = 12
TREND_FIRST_FIGURE = 3


def trends_table(quarters: int, last: Quarter) -> Table:
    """Return the trends table of so many quarters up to the last; its headings are written at each refresh."""
    labels = [last.shift(offset - quarters + 1).label for offset in range(quarters)]
    return Table(
        TRENDS_TABLE_NAME,
        TRENDS,
        (
            Column("code", "Code", Shape.CODE, 8),
            Column("title", "Measure", Shape.LONG, 54),
            Column("unit", "Unit", Shape.TEXT, 10),
            *(Column(label, label, Shape.FIGURE, 12) for label in labels),
        ),
    )


CHECKS_TABLE = Table(
    "tblChecks",
    CHECKS,
    (
        Column("number", "No.", Shape.WHOLE, 6),
        Column("kind", "Kind", Shape.TEXT, 18),
        Column("where", "Where", Shape.LINK, 26),
        Column("what", "What", Shape.LONG, 92, optional=True, is_remembered=True),
        Column("cure", "What to do", Shape.LONG, 64, optional=True, is_remembered=True),
        Column(
            "accepted",
            "Accepted",
            Shape.TEXT,
            11,
            typed=True,
            help="Choose yes where it may be published as it is. The yes lapses when the remark changes.",
            choices=(YES,),
            optional=True,
        ),
        Column("by", "Accepted by", Shape.TEXT, 18, optional=True, is_remembered=True),
        Column("at", "Accepted on", Shape.TIME, 18, optional=True, is_remembered=True),
    ),
)

#: How figures came about, a row for each cell that has a part in it.
EXPLAIN_TABLE = Table(
    "tblExplain",
    EXPLAIN,
    (
        Column("code", "Code", Shape.CODE, 8),
        Column("step", "Step", Shape.TEXT, 34),
        Column("words", "In words", Shape.LONG, 96),
        Column("where", "Where", Shape.LINK, 26),
    ),
)

#: Figures that were published otherwise; a person says why.
RESTATEMENTS_TABLE = Table(
    "tblRestatements",
    RESTATEMENTS,
    (
        Column("code", "Code", Shape.CODE, 8),
        Column("figure", "Figure", Shape.TEXT, 26, is_remembered=True),
        Column("old", "Was", Shape.FIGURE, 22, is_remembered=True),
        Column("new", "Is", Shape.FIGURE, 22, is_remembered=True),
        _typed(
            "reason", "Reason", Shape.LONG, 80, "Why it is another figure than was published. It goes into the pack."
        ),
    ),
)

#: What a check of a draft found; a workbook made before has none.
CLAIMS_TABLE = Table(
    "tblClaims",
    CLAIMS,
    (
        Column("number", "No.", Shape.WHOLE, 6),
        Column("verdict", "Verdict", Shape.TEXT, 20),
        Column("place", "Place", Shape.TEXT, 18),
        Column("text", "The draft's words", Shape.LONG, 48),
        Column("stated", "The draft says", Shape.LONG, 22),
        Column("computed", "The figures say", Shape.LONG, 22),
        Column("where", "Where", Shape.LINK, 20),
        Column("why", "Why, and what to do", Shape.LONG, 66),
        Column("kind", "About", Shape.LONG, 16),
        Column("code", "Code", Shape.CODE, 7),
    ),
)
#: The cell of the Claims sheet where a person types the path of a draft.
DRAFT_CELL = f"E{HELP_ROW}"

LOG_TABLE = Table(
    "tblLog",
    LOG,
    (
        Column("time", "When", Shape.TIME, 18),
        Column("command", "Command", Shape.TEXT, 14),
        Column("quarter", "Quarter", Shape.QUARTER, 12),
        Column("version", "Version", Shape.TEXT, 10),
        Column("remarks", "Remarks", Shape.WHOLE, 9),
        Column("changed", "What changed", Shape.LONG, 90),
    ),
)

#: The sentences of the narrative: typed, each with how it reads now.
PHRASES = Table(
    "tblPhrases",
    "Phrases",
    (
        _typed(
            "paragraph",
            "Paragraph",
            Shape.TEXT,
            17,
            "Which paragraph it stands in. Its sentences follow in this order.",
        ),
        _typed("key", "Phrase", Shape.LONG, 26, "Its own name, by which messages call it."),
        _typed("when", "When", Shape.LONG, 34, "The condition under which it stands there. Empty: always."),
        _typed("text", "Text", Shape.LONG, 72, "Its words; what stands in double braces comes from the figures."),
        _typed("note", "Note", Shape.LONG, 30, "Anything the next reader should know."),
        Column("preview", "Reads now", Shape.LONG, 72),
    ),
)

#: What was generated, and what the analyst wrote instead. The program knows a row again by its key.
NARRATIVE_TABLE = Table(
    "tblNarrative",
    NARRATIVE,
    (
        Column("number", "No.", Shape.TEXT, 7),
        Column("section", "Section", Shape.LONG, 18),
        Column("generated", "Generated text", Shape.LONG, 76),
        _typed(
            "yours",
            "Your text",
            Shape.LONG,
            60,
            "Your own words instead of the generated text. They stay at a refresh. Empty: the generated text is used.",
        ),
        Column("used", "Text used", Shape.LONG, 76),
        Column("state", "State", Shape.LONG, 20),
        _typed(
            "still",
            "Still right?",
            Shape.TEXT,
            9,
            "Where figures changed under your text and it is still right: choose yes, and refresh.",
            (YES,),
        ),
        Column("codes", "Indicators", Shape.LONG, 14),
        Column("figures", "Figures it uses", Shape.LONG, 60, is_remembered=True),
        Column("snapshot", "Figures when you wrote", Shape.LONG, 60, is_remembered=True),
        Column("key", "Key", Shape.WORKED, 16, is_remembered=True),
        Column("mark", "Mark", Shape.WORKED, 11, is_remembered=True),
    ),
)

#: Tables of sheets that workbooks made earlier do not have; without them a refresh does the rest.
OPTIONAL = (PHRASES.name, NARRATIVE_TABLE.name)

#: Tables that a refresh fills, by name.
OUTPUTS = (
    RESULTS_TABLE.name,
    SUMMARY_TABLE.name,
    LISTS_TABLE.name,
    CONTEXT_TABLE.name,
    TRENDS_TABLE_NAME,
    CHECKS_TABLE.name,
    LOG_TABLE.name,
)

#: Tables that a person types into, apart from the quarters'.
INPUTS = (REGISTER, TARGETS, HISTORY, CONTEXT_INPUTS, COHORTS, AUDITS, INSPECTIONS)


class Name:
    """Named cells: settings that a person types, and texts that a refresh writes."""

    ORGANISATION = "kpiOrganisation"
    QUARTER = "kpiQuarter"
    JUDGED = "kpiJudged"
    BACKUP = "kpiBackup"

    #: How it is published: for whom, in whose name, into which folder, and whether with a password.
    PROFILE = "kpiProfile"
    PUBLISHER = "kpiPublisher"
    PACKS = "kpiPacks"
    LOCK = "kpiLock"

    #: The quarter of the figures shown, its heading, and when they were worked out.
    SHOWN = "kpiShown"
    REFRESHED = "kpiRefreshed"
    CHANGED = "kpiChanged"
    NEXT = "kpiNext"
    BASE = "kpiBase"

    #: The code that the Indicator sheet shows; a person picks it.
    PICKED = "kpiPicked"

    #: The path of the draft that the button checks; empty for the Narrative sheet.
    DRAFT = "kpiDraft"

    #: What a person asks on the What-if sheet: a code, more cases, out of more, another target, another tolerance.
    ASKED = "kpiAsked"
    MORE = "kpiMore"
    OUT_OF = "kpiOutOf"
    OTHER_TARGET = "kpiOtherTarget"
    OTHER_TOLERANCE = "kpiOtherTolerance"

    @staticmethod
    def subtitle(sheet: str) -> str:
        """Return the name of an output sheet's subtitle."""
        return f"kpiSubtitle{sheet}"

    @staticmethod
    def count(status: Status) -> str:
        """Return the name of a status tile's count on Start."""
        return f"kpiCount{status.name.title().replace('_', '')}"

    @staticmethod
    def share(status: Status) -> str:
        """Return the name of a status tile's share on Start."""
        return f"kpiShare{status.name.title().replace('_', '')}"


#: The folder for packs, beside the workbook unless somebody says otherwise.
PUBLISHED = "published"

#: The sheet with settings of xlwings, out of sight; it finds them by this name.
MACRO_SETTINGS = "xlkpi.conf"

#: Output sheets with a subtitle that a command writes.
SUBTITLED = (
    *(START, RESULTS, SUMMARY, LISTS, CONTEXT, NARRATIVE, TRENDS, INDICATOR, CHECKS, EXPLAIN, CLAIMS, RESTATEMENTS),
    LOG,
)

#: Sheets that a refresh puts back where they are gone, each with the table or the named cell that it is known by.
PUT_BACK = {
    RESULTS: RESULTS_TABLE.name,
    SUMMARY: SUMMARY_TABLE.name,
    LISTS: LISTS_TABLE.name,
    CONTEXT: CONTEXT_TABLE.name,
    NARRATIVE: NARRATIVE_TABLE.name,
    TRENDS: TRENDS_TABLE_NAME,
    INDICATOR: Name.PICKED,
    WHAT_IF: Name.ASKED,
    CHECKS: CHECKS_TABLE.name,
    EXPLAIN: EXPLAIN_TABLE.name,
    CLAIMS: CLAIMS_TABLE.name,
    RESTATEMENTS: RESTATEMENTS_TABLE.name,
    LOG: LOG_TABLE.name,
}
