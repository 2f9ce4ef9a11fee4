"""Case file audits and inspections, as phrases see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os.path import commonprefix

from xlkpi.model.observation import Audit, Inspection
from xlkpi.model.period import Month, Period, PeriodError, Quarter, parse_period
from xlkpi.narrative import printing
from xlkpi.narrative.said import Said, Teller
from xlkpi.tables.words import ordinal

_EXPECTED = ("anticipated", "expected", "planned", "due")
_OVERALL = {"", "-", "–", "overall"}
_RANKS = {"outstanding": 0, "good": 1, "requires improvement": 2, "inadequate": 3}
_SEVERAL = 2
#: Of more inspections than these the rest are counted.
MOST_INSPECTIONS = 24


class Audits:
    """The audits of the quarter beside those of the quarter before."""

    def __init__(self, teller: Teller, audits: Mapping[Quarter, Audit], quarter: Quarter) -> None:
        """Look at the audits of a quarter, which has some.

        Args:
            teller: Makes the texts.
            audits: By quarter.
            quarter: The quarter reported.
        """
        self._teller, self._audits, self._quarter = teller, audits, quarter
        self._now = audits[quarter]

    def _part(self, what: str, number: int) -> Said:
        count = self._teller.figure(f"audits {what}", f"{number:,}", value=number)
        if not number:
            return self._teller.joined("none{}", Said(self._teller.ledger, "", count.notes))
        share = self._teller.figure(f"share of audits {what}", printing.share(number, int(self._now.total)))
        return self._teller.joined("{} ({})", count, share)

    @property
    def total(self) -> Said:
        """Return how many case files were audited: ``66 case files``."""
        total = int(self._now.total)
        return self._teller.figure("audits", f"{total:,} case {'file' if total == 1 else 'files'}", value=total)

    @property
    def good_were(self) -> str:
        """Return ``was`` or ``were``, as agrees with those good or outstanding."""
        return "was" if self._now.good + self._now.outstanding == 1 else "were"

    @property
    def good_or_better(self) -> Said:
        """Return how many were good or outstanding: ``54 (82%)``."""
        return self._part("good or outstanding", int(self._now.good + self._now.outstanding))

    @property
    def outstanding(self) -> Said:
        """Return how many were outstanding."""
        return self._part("outstanding", int(self._now.outstanding))

    @property
    def outstanding_were(self) -> str:
        """Return ``was`` or ``were``, as agrees with those outstanding."""
        return "was" if self._now.outstanding == 1 else "were"

    @property
    def good(self) -> Said:
        """Return how many were good."""
        return self._part("good", int(self._now.good))

    @property
    def requires_improvement(self) -> Said:
        """Return how many require improvement."""
        return self._part("requires improvement", int(self._now.requires_improvement))

    @property
    def inadequate(self) -> Said:
        """Return how many were inadequate; ``none`` where none was."""
        return self._part("inadequate", int(self._now.inadequate))

    @property
    def any_inadequate(self) -> bool:
        """Return whether any was inadequate."""
        return bool(self._now.inadequate)

    @property
    def framework(self) -> str:
        """Return the framework in force, as typed."""
        return self._now.framework

    @property
    def before(self) -> Said | None:
        """Return the share good or outstanding of the quarter before, under the same framework: ``77% (48 of 62)``."""
        before = self._audits.get(self._quarter.previous)
        if before is None or not before.total or before.framework.casefold() != self._now.framework.casefold():
            return None
        good, total = int(before.good + before.outstanding), int(before.total)
        label = "audits last quarter"
        parts = (printing.share(good, total), f"{good:,}", f"{total:,}")
        return self._teller.joined("{} ({} of {})", *(self._teller.figure(label, part) for part in parts))

    @property
    def new_framework_since(self) -> Said | None:
        """Return the quarter with which the framework in force came; None where no other was before it."""
        earlier = [quarter for quarter in sorted(self._audits, reverse=True) if quarter < self._quarter]
        since = self._quarter
        for quarter in earlier:
            if self._audits[quarter].framework.casefold() != self._now.framework.casefold():
                return self._teller.figure("audit framework since", since.title)
            since = quarter
        return None

    @property
    def without_inadequate(self) -> Said | None:
        """Return for which quarter in a row, under this framework, none was inadequate: ``second``; None for the first."""
        if self.any_inadequate:
            return None
        length, at = 1, self._quarter.previous
        while (one := self._audits.get(at)) is not None and one.total and not one.inadequate:
            if one.framework.casefold() != self._now.framework.casefold():
                break
            length, at = length + 1, at.previous
        return self._teller.figure("quarters without inadequate", ordinal(length), value=length) if length > 1 else None


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
        """Return what it was judged: ``outstanding for overall effectiveness``."""
        return self._teller.listed([_judgement(one) for one in self._rows])


class Graded:
    """Services of one kind, by their latest grade.

    Attributes:
        kind: What they are called.
    """

    kind: str

    def __init__(self, teller: Teller, kind: str, grades: Mapping[str, int]) -> None:
        """Take a kind of service and how many have each grade."""
        self._teller, self.kind, self._grades = teller, kind, grades

    @property
    def inspected(self) -> Said:
        """Return how many have a grade."""
        number = sum(self._grades.values())
        return self._teller.figure(f"{self.kind}, inspected", f"{number:,}", value=number)

    @property
    def grades(self) -> Said:
        """Return how many have which: ``outstanding for 2 and good for 4``."""
        order = sorted(self._grades, key=lambda grade: (_RANKS.get(grade, len(_RANKS)), grade))
        parts = [
            self._teller.joined("{} for {}", grade, self._teller.figure(f"{self.kind}, {grade}", f"{self._grades[grade]:,}"))
            for grade in order
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
                latest.setdefault(one.type, {})[one.subject] = one
        return [
            Graded(self._teller, _kind(kind, list(by_subject)), _tally(by_subject.values()))
            for kind, by_subject in latest.items()
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
        """Return what is expected: ``Fostering service (IFA)``."""
        names = [_subject(one) for one in self._expected[:MOST_INSPECTIONS]]
        more = len(self._expected) - MOST_INSPECTIONS
        rest = [self._teller.figure("inspections expected, not named here", f"{more:,} more")] if more > 0 else []
        return self._teller.listed([*names, *rest])


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
    names = (
        "January February March April May June July August September October November December".split()
    )
    return f"{names[month.month - 1]} {month.year}"


def _subject(one: Inspection) -> str:
    subject, kind = one.subject.strip() or "A service", one.type.replace("_", " ").strip()
    return subject if not kind or _bare(kind) in _bare(subject) else f"{subject} ({kind})"


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _judgement(one: Inspection) -> str:
    grade = one.grade.strip() or "no grade"
    of_what = one.judgement.strip()
    return f"{grade} overall" if of_what.casefold() in _OVERALL else f"{grade} for {of_what}"


def _kind(kind: str, subjects: Sequence[str]) -> str:
    """Return what services of a kind are called: the words with which all their names start, or else the kind."""
    shared = commonprefix([subject.split() for subject in subjects])
    words = " ".join(shared)
    return words or kind.replace("_", " ")


def _tally(rows: Iterable[Inspection]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in rows:
        grade = one.grade.strip().casefold()
        found[grade] = found.get(grade, 0) + 1
    return found
