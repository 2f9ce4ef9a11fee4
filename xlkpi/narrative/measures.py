"""One contract measure, as phrases see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from xlkpi.calculate.change import Change, Travel
from xlkpi.calculate.history import BREAK, MISSING, VALIDITY, Movement
from xlkpi.calculate.results import Result
from xlkpi.calculate.status import Status
from xlkpi.model.number import rounded
from xlkpi.model.period import Quarter
from xlkpi.model.register import Band, Basis, Polarity
from xlkpi.narrative import printing
from xlkpi.narrative.said import Note, Said, Teller
from xlkpi.tables.words import ordinal

_LOWER = str.maketrans("", "", "*")
_ENDS = ".!?]"
_STATUSES = {
    Status.ON: "on or better than target",
    Status.INSIDE: "inside tolerance",
    Status.OUTSIDE: "outside tolerance",
    Status.NO_TARGET: "without a target",
    Status.NO_DATA: "without a figure",
}
#: What stands between this figure and the one before.
_COMPARED = {Travel.IMPROVED: "improved", Travel.WORSENED: "got worse", Travel.UNCHANGED: "unchanged"}
_HARDLY = "little changed"
_BETTER_WORSE = {Travel.IMPROVED: "better", Travel.WORSENED: "worse"}
_WHY_NOT = {
    BREAK: "because a new series started",
    VALIDITY: "because the measure is new",
    MISSING: "because there is no figure for it",
}


def status_words(status: Status) -> str:
    """Return a status as the middle of a sentence says it."""
    return _STATUSES[status]


def title_words(title: str) -> str:
    """Return a title as a sentence says it: without a footnote's star or a final stop.

    Examples:
        >>> title_words("Average caseload*"), title_words("Custody Rate.")
        ('Average caseload', 'Custody Rate')
    """
    return " ".join(title.translate(_LOWER).split()).rstrip(".:;,")


def as_sentence(text: str) -> str:
    """Return what somebody typed as a sentence of its own, on one line.

    Examples:
        >>> as_sentence("overdue visits are tracked"), as_sentence("Is it?")
        ('Overdue visits are tracked.', 'Is it?')
    """
    text = " ".join(text.split())
    text = text[:1].upper() + text[1:]
    return text if not text or text.endswith(tuple(_ENDS)) else f"{text}."


@dataclass(frozen=True, slots=True)
class Parts:
    """The cohorts of a measure: of which period, and by basis of counting."""

    period: Said
    main: Said
    other: Said


class Measure:
    """A contract measure in its quarter; a field is None where there is nothing to print."""

    def __init__(
        self, teller: Teller, result: Result, quarter: Quarter, parts: Callable[[Result], Parts | None] = lambda _: None
    ) -> None:
        """Look at a result.

        Args:
            teller: Makes its texts.
            result: What it came to.
            quarter: The quarter reported.
            parts: Returns its cohorts.
        """
        self._parts = parts
        self._teller, self._result, self._indicator = teller, result, result.indicator
        self._at = result.carried_from or quarter

    @cached_property
    def _decimals(self) -> int:
        return printing.story_decimals(self._result)

    @property
    def cohorts(self) -> Parts | None:
        """Return its parts; None where the quarter has none."""
        return self._parts(self._result)

    def _figure(self, what: str, text: str, value: Fraction | int = 1) -> Said:
        code = self._indicator.code
        return self._teller.figure(f"{code} {what}", text, code, value)

    def _printed(self, what: str, figure: Fraction | None) -> Said | None:
        if figure is None:
            return None
        text = printing.with_unit(printing.digits(figure, self._decimals), self._indicator.unit)
        return self._figure(what, text, figure)

    @property
    def code(self) -> Said:
        """Return the code, which counts among the paragraph's indicators."""
        code = self._indicator.code
        return Said(self._teller.ledger, code, (Note("", "", code),))

    @property
    def title(self) -> str:
        """Return the title without a final stop."""
        return title_words(self._indicator.title)

    @property
    def name(self) -> Said:
        """Return code and title: ``A4 – Children seen in time``."""
        return self._teller.joined("{} – {}", self.code, self.title) if self.title else self.code

    @property
    def section(self) -> str:
        """Return its section."""
        return self._indicator.section

    @property
    def status(self) -> str:
        """Return the status in words."""
        return _STATUSES[self._result.status]

    @property
    def outturn(self) -> Said | None:
        """Return the figure with its unit."""
        return self._printed("outturn", self._result.outturn)

    @property
    def target(self) -> Said | None:
        """Return the target."""
        return self._level("target", self._result.target.on if self._result.target else None)

    @property
    def tolerance(self) -> Said | None:
        """Return the tolerance; None where it is no other than the target."""
        target = self._result.target
        if target is None or target.inside == target.on:
            return None
        return self._level("tolerance", target.inside)

    def _level(self, what: str, band: Band | None) -> Said | None:
        text = printing.level(band, self._indicator.unit) if band else ""
        return self._figure(what, text) if text else None

    @property
    def against(self) -> Said:
        """Return what it is judged by: ``against a target of 85% and a tolerance of 75%``."""
        target, tolerance = self.target, self.tolerance
        if target is None:
            return self._teller.joined("with no target")
        if tolerance is None:
            return self._teller.joined("against a target of {}", target)
        return self._teller.joined("against a target of {} and a tolerance of {}", target, tolerance)

    @property
    def gap(self) -> Said | None:
        """Return how far outside tolerance it is; percentage points for percentages."""
        gap = self._result.gap
        if gap is None or rounded(gap, self._decimals) == 0:
            return None
        return self._figure("gap", printing.distance(printing.digits(gap, self._decimals), self._indicator.unit), gap)

    @property
    def cases(self) -> Said | None:
        """Return how many cases would bring it inside tolerance: ``56 cases``."""
        cases = self._result.cases_to_bound
        return self._figure("cases to tolerance", _cases(cases), cases) if cases else None

    @property
    def more_cases(self) -> Said | None:
        """Return how many cases more, or fewer, would have brought it inside tolerance: ``3 more cases``, ``1 fewer case``."""
        cases = self._result.cases_to_bound
        if not cases:
            return None
        number, noun = _cases(cases).split(" ")
        way = "more" if self._is_below else "fewer"
        return self._figure("cases to tolerance", f"{number} {way} {noun}", cases)

    @property
    def _is_below(self) -> bool:
        """Return whether a figure outside tolerance lies below it."""
        target, outturn = self._result.target, self._result.outturn
        assert target is not None, "only what is judged has a gap"
        assert target.inside is not None, "likewise"
        assert outturn is not None, "a gap is that of a figure"
        return target.inside.distance(outturn) > 0

    @property
    def in_hand(self) -> Said | None:
        """Return how many cases would make its status worse."""
        cases = self._result.cases_in_hand
        return self._figure("cases in hand", _cases(cases), cases) if cases else None

    @property
    def counts(self) -> Said | None:
        """Return its counts: ``4,144 of 5,600``."""
        one = self._result.observation
        if one is None or one.numerator is None or one.denominator is None:
            return None
        both = (("numerator", one.numerator), ("denominator", one.denominator))
        texts = [printing.digits(number, printing.typed_decimals(number)) for _, number in both]
        parts = [self._figure(what, text) for (what, _), text in zip(both, texts, strict=True)]
        return self._teller.joined("{} of {}", *parts)

    @property
    def needed(self) -> Said | None:
        """Return the numerator that would have been inside tolerance."""
        one, cases = self._result.observation, self._result.cases_to_bound
        if not cases or one is None or one.numerator is None:
            return None
        number = Fraction(one.numerator) + (cases if self._is_below else -cases)
        return self._figure("numerator at tolerance", printing.digits(number, printing.typed_decimals(one.numerator)))

    @property
    def of_what(self) -> str:
        """Return what is counted out of what, as registered; empty where that is not said."""
        labels = (self._indicator.numerator_label, self._indicator.denominator_label)
        return ", out of ".join(labels) if all(labels) else ""

    @property
    def before(self) -> Said:
        """Return the quarter that it is compared with: last quarter, or that of a year ago."""
        return self._teller.figure(self._earlier, (self._at.year_ago if self._is_yearly else self._at.previous).title)

    @property
    def returned(self) -> Said:
        """Return the quarter of its figure."""
        return self._teller.figure("quarter", self._at.title)

    @property
    def previous(self) -> Said | None:
        """Return the figure before, where the two can be compared."""
        return self._printed(self._earlier, self._change.earlier) if self._change else None

    @property
    def previous_number(self) -> Said | None:
        """Return last quarter's figure without its unit, where that was just said and stands behind a number."""
        change = self._change
        if change is None or self._is_yearly or not printing.is_behind(self._indicator.unit):
            return self.previous
        return self._figure(self._earlier, printing.digits(change.earlier, self._decimals), change.earlier)

    @property
    def comparison(self) -> str:
        """Return how it has moved on its figure before: ``improved``, ``got worse``, ``unchanged``."""
        change = self._change
        if change is None:
            return ""
        now = change.earlier + change.absolute
        if change.absolute and rounded(now, self._decimals) == rounded(change.earlier, self._decimals):
            return _HARDLY
        return _COMPARED.get(change.travel, "risen" if change.absolute > 0 else "fallen")

    @property
    def moved(self) -> bool:
        """Return whether it moved as far as is printed."""
        change = self._change
        return change is not None and change.absolute != 0 and self.comparison != _HARDLY

    @property
    def travel(self) -> str:
        """Return ``better`` or ``worse``; empty where the printed figures are equal, neither is, or it counts from April."""
        change = self._change
        if change is None or self.is_to_date or self.comparison == _HARDLY:
            return ""
        return _BETTER_WORSE.get(change.travel, "")

    @property
    def previous_status(self) -> str:
        """Return the status before in words, where it was another one; empty otherwise."""
        before = self._result.previous_status
        is_told = self._change and not self.is_to_date
        return _STATUSES[before] if is_told and before is not self._result.status else ""

    @property
    def not_comparable(self) -> str:
        """Return why it cannot be compared: ``because a new series started``; empty where it can."""
        change = self._result.on_year if self.is_to_date else self._result.on_quarter
        return "" if isinstance(change, Change) else _WHY_NOT.get(change.reason, "")

    @property
    def streak(self) -> Said | None:
        """Return for which quarter in a row it has its status: ``third``; None for the first."""
        quarters = self._result.streak.quarters
        return self._figure("quarters in status", ordinal(quarters), quarters) if quarters > 1 else None

    @property
    def comment(self) -> str:
        """Return what the analyst typed beside the figure, as a sentence; empty where nothing was."""
        one = self._result.observation
        return as_sentence(one.comment) if one else ""

    @property
    def reason(self) -> str:
        """Return why there is no figure, as typed; empty where nothing was."""
        one = self._result.observation
        return one.reason.strip().rstrip(".") if one else ""

    @property
    def fell_out(self) -> bool:
        """Return whether it fell out of tolerance this quarter."""
        return self._result.movement is Movement.FELL_OUT

    @property
    def came_back(self) -> bool:
        """Return whether it came back from outside tolerance this quarter."""
        return self._result.movement is Movement.RETURNED

    @property
    def has_first_target(self) -> bool:
        """Return whether it has a target for the first time."""
        return self._result.movement is Movement.FIRST_TARGET

    @property
    def is_annual(self) -> bool:
        """Return whether it is reported once a year."""
        return not self._result.is_counted

    @property
    def is_to_date(self) -> bool:
        """Return whether it counts from April, so that it is compared with the same quarter last year alone."""
        return self._indicator.basis is Basis.YEAR_TO_DATE

    @property
    def _is_yearly(self) -> bool:
        return self.is_annual or self.is_to_date

    @property
    def _earlier(self) -> str:
        """Return what the figure before is called beside a paragraph."""
        return "year before" if self._is_yearly else "last quarter"

    @property
    def is_on_target(self) -> bool:
        """Return whether it is on or better than target."""
        return self._result.status is Status.ON

    @property
    def lower_is_better(self) -> bool:
        """Return whether less is better."""
        return self._indicator.polarity is Polarity.LOWER

    @property
    def _change(self) -> Change | None:
        change = self._result.on_year if self.is_to_date else self._result.on_quarter
        return change if isinstance(change, Change) else None


def _cases(number: int) -> str:
    return f"{number:,} {'case' if number == 1 else 'cases'}"
