"""Inspections, as phrases see them."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from xlkpi.model.observation import Inspection
from xlkpi.model.period import Month, Period, PeriodError, Quarter, parse_period
from xlkpi.narrative import printing
from xlkpi.narrative.said import Said, Teller
from xlkpi.tables.words import listed

_EXPECTED = ("anticipated", "expected", "planned", "due")
_OVERALL = {"", "-", "–", "overall"}
_RANKS = {"outstanding": 0, "good": 1, "requires improvement": 2, "inadequate": 3}
_SEVERAL = 2
#: Last words of kinds of which one can say how many there are.
_COUNTABLE = frozenset(
    {
        "agency", "centre", "college", "home", "hospital", "nursery", "practice", "provider", "school", "service", "setting",
        "site", "surgery", "team", "unit", "ward",
    }
)  # fmt: skip
#: Of more inspections than these the rest are counted.
MOST_INSPECTIONS = 24


class Judged:
    """One inspection with its judgements."""

    def __init__(self, rows: Sequence[Inspection], teller: Teller) -> None:
        """Take the judgements of one inspection."""
        self._rows, self._teller = rows, teller

    @property
    def subject(self) -> str:
        """Return what was inspected, with the framework: ``Voluntary Adoption Agency (VAA)``."""
        return _subject(self._rows[0])

    @property
    def month(self) -> Said:
        """Return the month: ``July 2018``."""
        month = month_of(self._rows[0])
        assert month is not None, "only inspections with a month are told"
        return self._teller.figure(f"{self._rows[0].subject} month", month_words(month))

    @property
    def judgements(self) -> Said:
        """Return what it was judged, each grade once: ``outstanding for overall effectiveness and for leadership``."""
        of_grade: dict[str, list[str]] = {}
        for one in self._rows:
            what = one.judgement.strip()
            where = "overall" if what.casefold() in _OVERALL else f"for {what}"
            of_grade.setdefault(one.grade.strip() or "no grade", []).append(where)
        return self._teller.listed([f"{grade} {listed(places)}" for grade, places in of_grade.items()])


class Graded:
    """Services of one kind, by their latest grade.

    Attributes:
        kind: What one of them is called: ``Children's home``.
    """

    kind: str

    def __init__(self, teller: Teller, kind: str, grades: Mapping[str, int]) -> None:
        """Take a kind of service and how many have each grade."""
        self._teller, self.kind, self._grades = teller, kind, grades

    @property
    def kinds(self) -> str:
        """Return what they are called together: ``Children's homes``."""
        return _plural(self.kind)

    @property
    def tally(self) -> Said:
        """Return how many have which: ``two of the six inspected were graded outstanding and four good``."""
        order, every = self._ordered, sum(self._grades.values())
        inspected = self.inspected.notes
        if len(order) == 1:
            text = "both" if every == _SEVERAL else f"all {printing.short(every)}"
            notes = (*inspected, *self._number(order[0]).notes)
            return Said(self._teller.ledger, f"{text} inspected were graded {order[0]}", notes)
        head = Said(self._teller.ledger, printing.short(every), inspected)
        first = self._number(order[0])
        were = "was" if first == 1 else "were"
        start = self._teller.joined("{} of the {} inspected {} graded {}", first, head, were, order[0])
        rest = [self._teller.joined("{} {}", self._number(grade), grade) for grade in order[1:]]
        return self._teller.listed([start, *rest])

    @property
    def _ordered(self) -> list[str]:
        return sorted(self._grades, key=lambda grade: (_RANKS.get(grade, len(_RANKS)), grade))

    def _number(self, grade: str) -> Said:
        number = self._grades[grade]
        note = self._teller.figure(f"{self.kind}, {grade}", f"{number:,}")
        return Said(self._teller.ledger, printing.short(number), note.notes, number)

    @property
    def inspected(self) -> Said:
        """Return how many have a grade."""
        number = sum(self._grades.values())
        return self._teller.figure(f"{self.kind}, inspected", f"{number:,}", value=number)

    @property
    def grades(self) -> Said:
        """Return how many have which: ``outstanding for 2 and good for 4``."""
        parts = [
            self._teller.joined(
                "{} for {}", grade, self._teller.figure(f"{self.kind}, {grade}", f"{self._grades[grade]:,}")
            )
            for grade in self._ordered
        ]
        return self._teller.listed(parts)


class Inspections:
    """What was judged in the quarter, how services of one kind stand, and what is expected."""

    def __init__(self, teller: Teller, inspections: Sequence[Inspection], quarter: Quarter) -> None:
        """Sort inspections."""
        self._teller, self._quarter, self._all = teller, quarter, inspections
        self._expected = [one for one in inspections if is_expected(one)]

    @property
    def judged(self) -> list[Judged]:
        """Return the inspections of the quarter, each with its judgements, in the order of their months."""
        found: dict[tuple[str, str, str], list[Inspection]] = {}
        for one in self._all:
            month = month_of(one)
            if month is not None and month.quarter == self._quarter and not is_expected(one):
                found.setdefault((one.date, one.subject, one.type), []).append(one)
        return [Judged(found[key], self._teller) for key in sorted(found, key=lambda key: key[0])][:MOST_INSPECTIONS]

    @property
    def graded(self) -> list[Graded]:
        """Return the kinds of which several services have a grade by the end of the quarter."""
        latest: dict[str, dict[str, Inspection]] = {}
        for one in sorted(self._all, key=lambda one: one.date):
            month = month_of(one)
            told = month is not None and month.quarter <= self._quarter and not is_expected(one)
            if told and one.grade and one.type and one.judgement.casefold().startswith(("overall", "-")):
                latest.setdefault(_bare(one.type), {})[one.subject] = one
        return [
            Graded(self._teller, _kind(list(by_subject.values())), _tally(by_subject.values()))
            for by_subject in latest.values()
            if len(by_subject) >= _SEVERAL
        ]

    @property
    def any(self) -> bool:
        """Return whether there is any row at all."""
        return bool(self._all)

    @property
    def any_judged(self) -> bool:
        """Return whether any was published in the quarter."""
        return bool(self.judged)

    @property
    def any_expected(self) -> bool:
        """Return whether any is expected."""
        return bool(self._expected)

    @property
    def expected_number(self) -> Said:
        """Return how many are expected: ``four inspections are``."""
        number = len(self._expected)
        text = f"{printing.in_words(number)} {'inspection is' if number == 1 else 'inspections are'}"
        return Said(self._teller.ledger, text, self._teller.figure("inspections expected", f"{number:,}").notes, number)

    @property
    def expected(self) -> Said:
        """Return what is expected, and when where that was typed: ``Fostering service (IFA), in October 2018``."""
        names = [self._coming(one) for one in self._expected[:MOST_INSPECTIONS]]
        more = len(self._expected) - MOST_INSPECTIONS
        rest = [self._teller.figure("inspections expected, not named here", f"{more:,} more")] if more > 0 else []
        return self._teller.listed([*names, *rest])

    def _coming(self, one: Inspection) -> Said | str:
        month = month_of(one)
        if month is None:
            return _subject(one)
        when = self._teller.figure(f"{one.subject} expected", month_words(month))
        return self._teller.joined(f"{_escaped(_subject(one))} in {{}}", when)


def is_expected(one: Inspection) -> bool:
    """Return whether an inspection is still to come."""
    return not one.date or one.status.strip().casefold().startswith(_EXPECTED)


def month_of(one: Inspection) -> Month | None:
    """Return the month of an inspection; None where none was typed."""
    try:
        found: Period | None = parse_period(one.date)
    except PeriodError:
        found = None
    return found if isinstance(found, Month) else None


def month_words(month: Month) -> str:
    """Return a month as a sentence names it.

    Examples:
        >>> month_words(Month(2018, 9))
        'September 2018'
    """
    return f"{month_name[month.month]} {month.year}"


def _subject(one: Inspection) -> str:
    subject, kind = one.subject.strip() or "A service", one.type.replace("_", " ").strip()
    return subject if not kind or _bare(kind) in _bare(subject) else f"{subject} ({kind})"


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _kind(services: Sequence[Inspection]) -> str:
    """Return what a service of a kind is called: its type, spelled as all their names begin where these say the same."""
    words = zip(*(one.subject.split() for one in services), strict=False)
    shared = " ".join(place[0] for place in takewhile(lambda place: len(set(place)) == 1, words))
    named = services[0].type.replace("_", " ").strip()
    return shared if shared and _bare(shared) == _bare(named) else named[:1].upper() + named[1:]


def _plural(kind: str) -> str:
    """Return several services of a kind; a kind that cannot be counted stays as it is.

    Examples:
        >>> _plural("Children's home"), _plural("Voluntary agency"), _plural("Fostering")
        ("Children's homes", 'Voluntary agencies', 'Fostering')
    """
    last = kind.split()[-1:]
    if not last or last[0].casefold() not in _COUNTABLE:
        return kind
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def _tally(rows: Iterable[Inspection]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in rows:
        grade = one.grade.strip().casefold()
        found[grade] = found.get(grade, 0) + 1
    return found
