"""What a layout is laid out from: some indicators of an organisation, each cell with the mark that says what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from prose.cases import Case
from prose.truth import Truth

from xlkpi.model.number import plain, rounded
from xlkpi.model.period import Quarter
from xlkpi.model.register import Basis, Indicator, Polarity

from .words import BECAME, SPECS, Arrows, Words, after, shown, signed, told

QUARTER_AGO, YEAR_AGO = 1, 4
_AT = {0: "", QUARTER_AGO: "@q", YEAR_AGO: "@y"}
_BASE = {QUARTER_AGO: "q", YEAR_AGO: "y"}


@dataclass(frozen=True)
class Line:
    """One indicator as a table has it."""

    indicator: Indicator
    alias: str
    target: Fraction | None

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def title(self) -> str:
        return self.indicator.title

    @property
    def unit(self) -> str:
        return self.indicator.unit

    @property
    def decimals(self) -> int:
        return self.indicator.decimals

    @property
    def higher(self) -> bool:
        return self.indicator.polarity is Polarity.HIGHER


#: A figure of a table: of which line, what, and how many quarters ago.
Place = tuple[Line, str, int]


@dataclass(frozen=True)
class Twist:
    """What makes a table false.

    Attributes:
        kind: What was done.
        figures: Which figure stands in the place of which.
        told: How many quarters ago a heading says, by how many it should say.
        turned: Codes of the indicators whose signs and arrows point the other way.
    """

    kind: str = ""
    figures: Mapping[Place, Place] = field(default_factory=dict)
    told: Mapping[int, int] = field(default_factory=dict)
    turned: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Page:
    """The indicators of one draft, and their cells.

    Attributes:
        case: Whose figures they are.
        lines: Rated indicators with a target and five quarters.
        counts: Context indicators that count something.
        twist: What is false; nothing where it is empty.
    """

    case: Case
    lines: Sequence[Line]
    counts: Sequence[Line]
    twist: Twist = Twist()

    @property
    def truth(self) -> Truth:
        return self.case.truth

    @property
    def now(self) -> Quarter:
        return self.truth.now

    @property
    def shares(self) -> Sequence[Line]:
        """Return the lines that are percentages with both counts."""
        return [line for line in self.lines if self.has_counts(line)]

    @property
    def sections(self) -> Mapping[str, Sequence[Line]]:
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.indicator.section, []).append(line)
        return found

    def has_counts(self, line: Line) -> bool:
        return line.unit == "%" and all(self.figure(line, "m", back) is not None for back in (0, QUARTER_AGO, YEAR_AGO))

    def adds_up(self, line: Line) -> bool:
        """Return whether the figures of a line's quarters make a figure for the year to date."""
        return line.indicator.adds_up and line.indicator.basis is Basis.IN_QUARTER

    def twisted(self, twist: Twist) -> Page:
        return replace(self, twist=twist)

    # Figures

    def figure(self, line: Line, what: str, back: int = 0) -> Fraction | None:
        """Return a figure as it is, before any twist."""
        if what == "t":
            return line.target
        if what == "tol":
            return self._tolerance(line)
        return self.truth.series(what, line.code, self.now.shift(-back))

    def _tolerance(self, line: Line) -> Fraction | None:
        target = self.truth.book.register.target(line.code, self.now)
        band = target.inside if target else None
        level = None if band is None else band.low if line.higher else band.high
        return None if level is None else Fraction(level)

    def _printed(self, place: Place) -> tuple[Line, str, Fraction]:
        for line, what, back in (self.twist.figures.get(place, place), place):
            found = self.figure(line, what, back)
            if found is not None:
                return line, what, found
        raise AssertionError(f"no figure for {place[0].code} {place[1:]}")

    def _slot(self, line: Line, what: str, back: int, style: str) -> str:
        source, kind, found = self._printed((line, what, back))
        if kind in {"t", "tol"}:
            words = plain(found) + after(source.unit, style)
        elif kind in {"n", "m", "miss", "ytd"}:
            words = f"{int(found):,}"
        else:
            words = shown(found, source.unit, source.decimals, style)
        said = self.twist.told.get(back, back)
        at = _AT.get(said, f"@{self.now.shift(-said).label}") if what not in {"t", "tol"} else ""
        return f"{{{what}{at}|{words}}}"

    # Cells

    def code(self, line: Line) -> str:
        return line.code

    def title(self, line: Line) -> str:
        return line.title

    def alias(self, line: Line) -> str:
        return line.alias

    def both(self, line: Line) -> str:
        return f"{line.code} {line.title}"

    def value(self, line: Line, back: int = 0, style: str = "sign") -> str:
        return f"[[{{{line.code}|}}{self._slot(line, 'v', back, style)}]]"

    def target(self, line: Line, style: str = "sign") -> str:
        return f"[[{{{line.code}|}}{self._slot(line, 't', 0, style)}]]"

    def tolerance(self, line: Line, style: str = "sign") -> str:
        return f"[[{{{line.code}|}}{self._slot(line, 'tol', 0, style)}]]"

    def count(self, line: Line, what: str, back: int = 0) -> str:
        return f"[[{{{line.code}|}}{self._slot(line, what, back, 'bare')}]]"

    def filled(self, line: Line, pattern: str, back: int = 0, style: str = "sign") -> str:
        """Return several figures of a line in one cell, put into a pattern: ``{v} ({n}/{m})``."""
        slots = {what: self._slot(line, what, back, style) for what in ("v", "n", "m", "t") if f"{{{what}}}" in pattern}
        return f"[[{{{line.code}|}}{pattern.format(**slots)}]]"

    def literal(self, line: Line, value: Fraction, words: str) -> str:
        """Return a figure that the marks have no name for."""
        return f"[[{{{line.code}|}}{{lit {abs(value)}|{words}}}]]"

    def decimal(self, line: Line, back: int = 0) -> str:
        """Return a share as a decimal, 0.84 for 84%."""
        source, _, found = self._printed((line, "v", back))
        right = self.figure(line, "v", back)
        assert right is not None
        if line.unit != "%":
            return self.value(line, back)
        return self.literal(line, right / 100, f"{rounded(found / 100, source.decimals + 2)}")

    def variance(self, line: Line, sign: str = "") -> str:
        """Return by how much the outturn differs from the target: outturn less target."""
        _, _, found = self._printed((line, "v", 0))
        right, target = self.figure(line, "v"), line.target
        assert right is not None
        assert target is not None
        return self.literal(line, right - target, signed(found - target, max(1, line.decimals)) + sign)

    def change(self, line: Line, back: int = QUARTER_AGO, points: str = "") -> str:
        """Return by how much the outturn changed, in its own unit, with its sign."""
        source = self._source(line, "d", back)
        words = signed(self._turned_move(line, source, back), 0 if line.target is None else max(1, source.decimals))
        return self._signed(line, back, f"{{d|{words}{points if line.unit == '%' else ''}}}", words)

    def percent_change(self, line: Line, back: int = QUARTER_AGO) -> str:
        """Return by how many percent a count changed."""
        source = self._source(line, "d", back)
        before = self.figure(source, "v", back)
        assert before
        words = signed(self._turned_move(line, source, back) * 100 / before, 1)
        return self._signed(line, back, f"{{p|{words}%}}", words)

    def _signed(self, line: Line, back: int, figure: str, words: str) -> str:
        way = {"+": "{up|}", "-": "{down|}"}.get(words[0], "")
        return f"[[{{{line.code}|}}{{{_BASE[back]}|}}{way}{figure}]]"

    def _source(self, line: Line, what: str, back: int) -> Line:
        return self.twist.figures.get((line, what, back), (line, what, back))[0]

    def _turned_move(self, line: Line, source: Line, back: int) -> Fraction:
        now, before = self.figure(source, "v"), self.figure(source, "v", back)
        assert now is not None
        assert before is not None
        return (before - now) if line.code in self.twist.turned else (now - before)

    def arrow(self, line: Line, words: Arrows, back: int = QUARTER_AGO) -> str:
        """Return which way the outturn moved; whether for better or worse where the words say so."""
        source = self._source(line, "d", back)
        move = self._turned_move(line, source, back)
        better = words is BECAME
        way = move * (1 if line.higher or not better else -1)
        spec = ("better" if better else "up") if way > 0 else ("worse" if better else "down") if way < 0 else "same"
        said = words[0] if way > 0 else words[1] if way < 0 else words[2]
        return f"[[{{{line.code}|}}{{{_BASE[back]}|}}{{{spec}|{said}}}]]"

    def status(self, line: Line, words: Words) -> str:
        source = self._source(line, "status", 0)
        status = self.truth.results(self.now).of(source.code).status
        return f"[[{{{line.code}|}}{{{SPECS[status]}|{words[status]}}}]]"

    def label(self, back: int = 0, style: str = "label") -> str:
        """Return the name of a quarter."""
        words = told(self.now.shift(-self.twist.told.get(back, back)), style)
        return f"[[{{label {_AT[back][1:] if back in _AT else self.now.shift(-back).label}|{words}}}]]"

    def at(self, back: int = 0, style: str = "sign") -> Cell:
        """Return a column of outturns."""
        return lambda line: self.value(line, back, style)

    def rated(self, words: Words) -> Cell:
        """Return a column of statuses."""
        return lambda line: self.status(line, words)

    def moved(self, words: Arrows, back: int = QUARTER_AGO) -> Cell:
        """Return a column of arrows, or of words for them."""
        return lambda line: self.arrow(line, words, back)

    def changed(self, back: int = QUARTER_AGO, points: str = "") -> Cell:
        """Return a column of changes."""
        return lambda line: self.change(line, back, points)

    def grid(self, *columns: tuple[str, Cell], lines: Sequence[Line] | None = None) -> Grid:
        """Return a table with its headings: one row a line."""
        rows = [[cell(line) for _, cell in columns] for line in (self.lines if lines is None else lines)]
        return [[heading for heading, _ in columns], *rows]


Cell = Callable[[Line], str]
Grid = list[list[str]]
Layout = Callable[[Page], str]
#: Every layout by its name, in the order in which they are written.
LAYOUTS: dict[str, Layout] = {}


def layout(make: Layout) -> Layout:
    """Enter a function among the layouts under its name."""
    LAYOUTS[make.__name__.replace("_", "-")] = make
    return make
