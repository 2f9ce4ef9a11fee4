"""Case file audits, as phrases see them."""

from __future__ import annotations

from collections.abc import Mapping

from xlkpi.model.observation import Audit
from xlkpi.model.period import Quarter
from xlkpi.narrative import printing
from xlkpi.narrative.said import Said, Teller
from xlkpi.tables.words import ordinal


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

    def _part(self, what: str, number: int, text: str = "") -> Said:
        note = self._teller.figure(f"audits {what}", f"{number:,}", value=number)
        count = Said(self._teller.ledger, text, note.notes, number) if text else note
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
    def number(self) -> Said:
        """Return how many case files were audited, without their noun: ``66``."""
        return self._teller.figure("audits", f"{int(self._now.total):,}")

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
    def outstanding_in_words(self) -> Said:
        """Return how many were outstanding, for the start of a sentence: ``eight (12%)``."""
        number = int(self._now.outstanding)
        return self._part("outstanding", number, printing.in_words(number))

    @property
    def only_grade(self) -> Said | None:
        """Return the grade of the one case file that was audited: ``good``; None where there are more."""
        if self._now.total != 1:
            return None
        graded = {
            "outstanding": self._now.outstanding,
            "good": self._now.good,
            "requires improvement": self._now.requires_improvement,
            "inadequate": self._now.inadequate,
        }
        [grade] = [grade for grade, number in graded.items() if number]
        notes = (*self.number.notes, *self._teller.figure(f"audits {grade}", "1").notes)
        return Said(self._teller.ledger, grade, notes)

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
        """Return the share good or outstanding of the quarter before, under the same framework: ``48 of 62 (77%)``."""
        before = self._comparable
        if before is None:
            return None
        good, total = int(before.good + before.outstanding), int(before.total)
        label = "audits last quarter"
        parts = (f"{good:,}", f"{total:,}", printing.share(good, total))
        return self._teller.joined("{} of {} ({})", *(self._teller.figure(label, part) for part in parts))

    @property
    def before_were(self) -> str:
        """Return ``was`` or ``were``, as agrees with those good or outstanding in the quarter before."""
        before = self._comparable
        return "was" if before and before.good + before.outstanding == 1 else "were"

    @property
    def _comparable(self) -> Audit | None:
        before = self._audits.get(self._quarter.previous)
        if before is None or not before.total or before.framework.casefold() != self._now.framework.casefold():
            return None
        return before

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
