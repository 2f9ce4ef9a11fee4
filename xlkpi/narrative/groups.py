"""Groups of contract measures, as phrases see them: counted, named, with verbs that agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xlkpi.narrative import printing
from xlkpi.narrative.measures import Measure
from xlkpi.narrative.said import Note, Said, Teller
from xlkpi.tables.rows import MEASURE, MEASURES
from xlkpi.tables.words import counted

#: Of more members than these a list names the first and counts the rest.
MOST_LISTED = 24
_BOTH = 2
_ALL = "contract measures"


class Group:
    """Some measures: how many, which, and the verbs that agree with them."""

    def __init__(self, teller: Teller, name: str, members: Sequence[Measure], base: int, noun: str = _ALL) -> None:
        """Put measures together.

        Args:
            teller: Makes the texts.
            name: What they have in common, for the figures beside a paragraph.
            members: The measures.
            base: How many the share is a share of.
            noun: What these are called.
        """
        self._teller, self._name, self._base, self._noun = teller, name, base, noun
        self._members = tuple(members)

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self._members)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._members)

    def _number(self, text: str, value: int) -> Said:
        return Said(self._teller.ledger, text, (Note(self._name, f"{value:,}"),), value)

    @property
    def count(self) -> Said:
        """Return how many in digits: ``13``."""
        return self._number(f"{len(self):,}", len(self))

    @property
    def words(self) -> Said:
        """Return how many in words: ``thirteen``."""
        return self._number(printing.in_words(len(self)), len(self))

    @property
    def measures(self) -> Said:
        """Return how many in words with their noun: ``thirteen measures``."""
        noun = MEASURE if len(self) == 1 else MEASURES
        return self._number(f"{printing.in_words(len(self))} {noun}", len(self))

    @property
    def counted(self) -> Said:
        """Return how many in digits with their noun: ``13 measures``; none and one in words."""
        text = f"{len(self):,} {MEASURES}" if len(self) > 1 else counted(len(self), MEASURE, MEASURES)
        return self._number(text, len(self))

    @property
    def share(self) -> Said | None:
        """Return their share in whole percent; None where there is nothing to share."""
        if not self._base:
            return None
        return self._teller.figure(f"share {self._name}", printing.share(len(self), self._base))

    @property
    def part(self) -> Said:
        """Return how many with their share: ``13 (65%)``; ``none`` where there is none."""
        share = self.share
        if not self or share is None:
            return self._number("none", 0)
        return self._teller.joined("{} ({})", self.count, share)

    @property
    def of_all(self) -> Said:
        """Return how many out of all, for the start of a sentence: ``eighteen of the 20 contract measures (90%)``."""
        return self._of_all(self.words, printing.short(self._base))

    @property
    def of_all_in_digits(self) -> Said:
        """Return how many out of all, for the middle of a sentence: ``18 of the 20 contract measures (90%)``."""
        return self._of_all(self.count, f"{self._base:,}")

    def _of_all(self, number: Said, base: str) -> Said:
        every, noun, share = Note(_ALL, f"{self._base:,}"), self._noun, self.share
        if len(self) == self._base or share is None:
            text = {1: f"the only {noun.removesuffix('s')}", _BOTH: f"both {noun}"}.get(
                self._base, f"all {base} {noun}"
            )
            return Said(self._teller.ledger, text, (every,), self._base)
        if not self:
            text = f"neither {noun.removesuffix('s')}" if self._base == _BOTH else f"none of the {base} {noun}"
            return Said(self._teller.ledger, text, (every, Note(self._name, "0")))
        of_all = Said(self._teller.ledger, base, (every,))
        return self._teller.joined(f"{{}} of the {{}} {noun} ({{}})", number, of_all, share)

    @property
    def codes(self) -> Said:
        """Return their codes as a sentence lists them; the rest counted where they are many."""
        return self._named("measures", self._first(lambda one: one.code))

    @property
    def who(self) -> Said:
        """Return their codes for the start of a sentence: ``A2 and B8``, or ``Measures 1.2 and 1.3`` where they are numbers."""
        is_number = any(one.code.bare[:1].isdigit() for one in self._members[:1])
        noun = MEASURE if len(self) == 1 else MEASURES
        return self._teller.joined(f"{noun.capitalize()} {{}}", self.codes) if is_number else self.codes

    @property
    def names(self) -> Said:
        """Return codes and titles: ``A2 (Visits in time) and B8 (Proceedings on track)``."""
        return self._named("measures", self._first(lambda one: self._teller.joined("{} ({})", one.code, one.title)))

    @property
    def lines(self) -> Said:
        """Return codes and titles, each on a line of its own."""
        parts = self._first(lambda one: one.name)
        return self._noted("measures", self._teller.listed(parts, comma="\n", last="\n"))

    @property
    def streaks(self) -> Said:
        """Return each with how long it has had its status: ``A4, for the third quarter in a row, though it improved``."""
        return self._named("", self._first(self._streak), comma="; ", last="; and ")

    @property
    def statuses(self) -> Said:
        """Return each with its status: ``B1 (outside tolerance)``."""
        return self._named("measures", self._first(lambda one: self._teller.joined("{} ({})", one.code, one.status)))

    def _streak(self, one: Measure) -> Said:
        moved = {"better": ", though it improved", "worse": ", and it got worse"}.get(one.travel, "")
        return self._teller.joined(f"{{}}, for the {{}} quarter in a row{moved}", one.code, one.streak or "first")

    @property
    def changes(self) -> Said:
        """Return each with its figure and the one before, where it can be compared: ``A9 (7%, from 14%)``."""
        return self._named("", self._first(self._from_to))

    def _from_to(self, one: Measure) -> Said:
        before = one.previous_number
        if before is None:
            return self._teller.joined("{} ({})", one.code, _or_empty(one.outturn))
        when = self._teller.joined(" in {}", one.before) if one.is_to_date else ""
        return self._teller.joined("{} ({}, from {}{})", one.code, _or_empty(one.outturn), before, when)

    @property
    def figures(self) -> Said:
        """Return each with its figure: ``A9 (7%)``."""
        return self._named(
            "", self._first(lambda one: self._teller.joined("{} ({})", one.code, _or_empty(one.outturn)))
        )

    @property
    def reasons(self) -> Said:
        """Return each with the reason why it has no figure: ``B2 (system down)``."""
        return self._named(
            "",
            self._first(lambda one: self._teller.joined("{} ({})" if one.reason else "{}", one.code, one.reason)),
        )

    @property
    def by_section(self) -> Said:
        """Return their codes by section: ``F01 and F02 (Youth Offending Services) and A1 (Social Care)``."""
        sections: dict[str, list[Said]] = {}
        for one in self._members[:MOST_LISTED]:
            sections.setdefault(one.section, []).append(one.code)
        parts = [self._teller.joined("{} ({})", self._teller.listed(codes), name) for name, codes in sections.items()]
        return self._noted("measures", self._teller.listed([*parts, *self._rest()]))

    @property
    def only(self) -> Measure | None:
        """Return the only member; None where there is none or more than one."""
        return self._members[0] if len(self) == 1 else None

    @property
    def was(self) -> str:
        """Return ``was`` or ``were``."""
        return "was" if len(self) == 1 else "were"

    @property
    def are(self) -> str:
        """Return ``is`` or ``are``."""
        return "is" if len(self) == 1 else "are"

    @property
    def has(self) -> str:
        """Return ``has`` or ``have``."""
        return "has" if len(self) == 1 else "have"

    @property
    def its(self) -> str:
        """Return ``its`` or ``their``."""
        return "its" if len(self) == 1 else "their"

    @property
    def is_long(self) -> bool:
        """Return whether there are too many to name them all."""
        return len(self) > MOST_LISTED

    def _first(self, words: Callable[[Measure], Said]) -> list[Said]:
        return [words(one) for one in self._members[:MOST_LISTED]] + self._rest()

    def _rest(self) -> list[Said]:
        more = len(self) - MOST_LISTED
        return (
            [self._teller.figure(f"{self._name}, not named here", f"{more:,} {'other' if more == 1 else 'others'}")]
            if more > 0
            else []
        )

    def _named(self, what: str, parts: Sequence[Said], comma: str = ", ", last: str = " and ") -> Said:
        return self._noted(what, self._teller.listed(parts, comma, last))

    def _noted(self, what: str, text: Said) -> Said:
        """Let a list of codes count as a figure of its own: a measure that joins it changes what stands in the text."""
        if not what or not self:
            return text
        codes = ", ".join(one.code.bare for one in self._members[:MOST_LISTED])
        return Said(self._teller.ledger, text.bare, (Note(f"{what} {self._name}", codes), *text.notes), len(self))


def _or_empty(said: Said | None) -> Said | str:
    return "" if said is None else said
