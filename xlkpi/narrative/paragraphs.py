"""The report's paragraphs in their order, numbered within their section, each with its figures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from xlkpi.calculate.history import History
from xlkpi.calculate.results import ContextFigure, Result, Results
from xlkpi.calculate.status import Status
from xlkpi.model.observation import Audit, Cohort, Inspection, Observations
from xlkpi.model.register import Basis, Register
from xlkpi.narrative.apart import Apart, apart
from xlkpi.narrative.audits import Audits
from xlkpi.narrative.cohorts import parts_of
from xlkpi.narrative.context import Figure
from xlkpi.narrative.evaluation import Inspections
from xlkpi.narrative.known import Known, known_figures
from xlkpi.narrative.measures import Measure
from xlkpi.narrative.phrases import Phrase
from xlkpi.narrative.position import ContractSet, Measures, Shares
from xlkpi.narrative.render import VIEWS, Renderer
from xlkpi.narrative.said import Note, Said, Teller, as_text

#: Of more items of one kind than these the rest are counted or left to their sheet.
MOST_ITEMS = 24
SECTIONS = (
    "Purpose of the report",
    "Summary position",
    "Operational measures and context",
    "Key exceptions and improvements",
    "External evaluation",
    "Conclusion",
)
#: With which the mark of a paragraph's phrases begins.
PHRASED, _PHRASED_BYTES = "p", 4
NOT_NOW = "(does not apply this quarter)"
WOULD_READ = "(does not apply this quarter, but would read:) "

_Item = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Place:
    """One kind of paragraph.

    Attributes:
        name: As the sheet of phrases names it.
        section: Its section, from 1.
        names: What its phrases may name beside what all may.
        is_sub: Whether it stands below the paragraph before it: 3.1.1.
        is_one: Whether all its items make one paragraph.
        is_else: Whether it stands only where its section has nothing else, so that the section keeps its number.
    """

    name: str
    section: int
    names: frozenset[str] = frozenset()
    is_sub: bool = False
    is_one: bool = False
    is_else: bool = False


_ONE = frozenset({"one"})
_HELD = {"on target": Status.ON, "inside tolerance": Status.INSIDE}
PLACES = (
    Place("purpose", 1),
    *(
        Place(name, 2)
        for name in ("set", "table", "headline", "list on", "list inside", "list outside", "list no target")
    ),
    Place("list no data", 2),
    Place("appendix", 2),
    Place("context", 3),
    Place("context figure", 3, frozenset({"figure"}), is_sub=True),
    Place("shares", 3, frozenset({"share"}), is_sub=True, is_one=True),
    Place("other figures", 3, frozenset({"figure"}), is_sub=True, is_one=True),
    Place("no context", 3, is_else=True),
    Place("exception", 4, _ONE),
    Place("more exceptions", 4, frozenset({"more", "more_are"})),
    Place("slipped", 4, _ONE),
    Place("improvement", 4, _ONE),
    Place("first target", 4, _ONE),
    Place("on target", 4, frozenset({"held"})),
    Place("inside tolerance", 4, frozenset({"held"})),
    Place("audits", 4, frozenset({"audits"})),
    Place("no exceptions", 4, is_else=True),
    Place("inspection", 5, frozenset({"inspection"})),
    Place("grades", 5, frozenset({"graded"})),
    Place("expected", 5),
    Place("no evaluation", 5, is_else=True),
    Place("conclusion", 6),
)
PLACE_NAMES: Mapping[str, frozenset[str]] = {place.name: place.names for place in PLACES}


@dataclass(frozen=True, slots=True)
class Told:
    """What a narrative is written from."""

    organisation: str
    register: Register
    results: Results
    observations: Observations
    cohorts: Sequence[Cohort]
    audits: Sequence[Audit]
    inspections: Sequence[Inspection]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as the figures have it.

    Attributes:
        number: As printed: ``4.1``.
        section: Heading of its section.
        key: What it is known by from one refresh to the next: ``exception.B8``.
        text: Its sentences.
        notes: The figures in them.
        phrased: By which the phrases of its kind are known again; empty where they are not.
    """

    number: str
    section: str
    key: str
    text: str
    notes: tuple[Note, ...]
    phrased: str = ""

    @property
    def codes(self) -> list[str]:
        """Return the codes of the indicators that it is about."""
        return list(dict.fromkeys(note.code for note in self.notes if note.code))

    @property
    def figures(self) -> str:
        """Return its figures as one text."""
        return as_text(self.notes)


@dataclass(frozen=True, slots=True)
class Narrative:
    """All paragraphs, and how each phrase reads.

    Attributes:
        paragraphs: In the order of the report.
        previews: The first sentence that each phrase made, in the order of the phrases; of one that does not apply how it would
            read.
        known: Returns all figures that a phrase could have printed, which few ask for.
    """

    paragraphs: Sequence[Paragraph]
    previews: Sequence[str]
    known: Callable[[], Known] = dict


def write(told: Told, phrases: Sequence[Phrase], renderer: Renderer) -> Narrative:
    """Return the narrative of a quarter."""
    return _Writer(told, phrases, renderer).narrative()


class _Writer:
    def __init__(self, told: Told, phrases: Sequence[Phrase], renderer: Renderer) -> None:
        self._told, self._renderer, self._phrases = told, renderer, phrases
        self._teller = Teller()
        results, quarter = told.results, told.results.quarter
        self._made = {one.indicator.code: self._measure(one) for one in results.contract}
        self._measures = Measures(self._teller, results, self._made)
        self._inspections = Inspections(self._teller, told.inspections, quarter)
        figure = self._teller.figure
        self._context: dict[str, Any] = {
            **self._measures.fields(),
            "by_status": self._measures.split(),
            "organisation": told.organisation.strip(),
            "quarter": figure("quarter", quarter.title),
            "last_quarter": figure("last quarter", quarter.previous.title),
            "year_ago": figure("same quarter last year", quarter.year_ago.title),
            "dates": figure("dates", quarter.dates),
            "shares": Shares(self._teller, results.summary, results.last_summary),
            "set": ContractSet(self._teller, told.register, results, self._measures),
            "inspections": self._inspections,
            "codes": frozenset(self._made),
        }
        self._previews = [NOT_NOW] * len(phrases)
        self._of_place: dict[str, list[tuple[int, Phrase]]] = {}
        for index, phrase in enumerate(phrases):
            self._of_place.setdefault(phrase.paragraph, []).append((index, phrase))

    def _measure(self, one: Result) -> Measure:
        return Measure(
            self._teller, one, self._told.results.quarter, lambda one: parts_of(self._teller, one, self._told)
        )

    def narrative(self) -> Narrative:
        paragraphs = list(self._numbered())
        for place in PLACES:
            self._foresee(place)
        return Narrative(paragraphs, self._previews, lambda: self._known(paragraphs))

    def _foresee(self, place: Place) -> None:
        """Say how the phrases of a place that do not apply would read, of the first thing that has all that they print."""
        waiting = [(at, one) for at, one in self._of_place.get(place.name, ()) if self._previews[at] is NOT_NOW]
        items = [fields for _, fields in self._items(place)] if waiting else []
        if not items and place.names == _ONE:
            items = [{"one": one} for one in self._made.values()]
        for at, phrase in waiting:
            found = (self._renderer.example(phrase, {**self._context, **fields}) for fields in items)
            if text := next(filter(None, found), ""):
                self._previews[at] = WOULD_READ + text
        self._teller.ledger.hand_over()

    def _known(self, paragraphs: Iterable[Paragraph]) -> Known:
        common = [one for one in self._context.values() if isinstance(one, Said)]
        views = [one for one in self._context.values() if type(one) in VIEWS]
        items = [one for place in PLACES for _, fields in self._items(place) for one in fields.values()]
        printed = [self._teller.figure(note.label, note.text) for one in paragraphs for note in one.notes]
        return known_figures(common, [*self._made.values(), *items, *views, *printed])

    def _numbered(self) -> Iterator[Paragraph]:
        """Yield the paragraphs that have something to say, numbered without gaps within their section."""
        section = number = sub = 0
        for place in PLACES:
            if place.is_else and place.section == section:
                continue
            for key, text, notes in self._written(place):
                if place.section != section:
                    section, number, sub = place.section, 0, 0
                if place.is_sub and number:
                    sub += 1
                else:
                    number, sub = number + 1, 0
                printed = f"{section}.{number}.{sub}" if sub else f"{section}.{number}"
                yield Paragraph(printed, SECTIONS[section - 1], key, text, notes, self._phrased(place))

    def _phrased(self, place: Place) -> str:
        typed = repr([(one.when, one.text) for _, one in self._of_place.get(place.name, ())])
        return PHRASED + hashlib.blake2b(typed.encode(), digest_size=_PHRASED_BYTES).hexdigest()

    def _written(self, place: Place) -> Iterator[tuple[str, str, tuple[Note, ...]]]:
        items = list(self._items(place))
        if place.is_one:
            sentences = [one for _, fields in items for one in self._sentences(place, fields)]
            if sentences:
                yield place.name, " ".join(sentences), self._teller.ledger.hand_over()
            return
        for key, fields in items:
            text = " ".join(self._sentences(place, fields))
            notes = self._teller.ledger.hand_over()
            if text:
                yield key, text, notes

    def _sentences(self, place: Place, fields: Mapping[str, Any]) -> Iterator[str]:
        context = {**self._context, **fields}
        for index, phrase in self._of_place.get(place.name, ()):
            before = self._teller.ledger.hand_over()
            applies = self._renderer.applies(phrase, context)
            self._teller.ledger.hand_over()
            self._teller.ledger.take(before)
            if applies and (sentence := self._renderer.sentence(phrase, context)):
                if self._previews[index] is NOT_NOW:
                    self._previews[index] = sentence
                yield sentence

    def _items(self, place: Place) -> Iterable[_Item]:
        """Return what a place has paragraphs about: their keys, and the names that their phrases may use."""
        measures = self._measures
        by_code: dict[str, Callable[[], Sequence[Measure]]] = {
            "exception": measures.exceptions,
            "slipped": measures.slipped,
            "improvement": measures.improved,
            "first target": measures.first_targets,
        }
        if place.name in by_code:
            found = by_code[place.name]()
            return [(f"{place.name}.{one.code.bare}", {"one": one}) for one in found[:MOST_ITEMS]]
        if place.name in _HELD:
            held = measures.held(_HELD[place.name])
            return [(place.name, {"held": held})] if held else []
        others: dict[str, Callable[[], Iterable[_Item]]] = {
            "more exceptions": self._more,
            "context": lambda: [(place.name, {})] if self._figures(listed=True) else [],
            "context figure": self._listed_figures,
            "other figures": lambda: [
                (place.name, {"figure": one}) for one in self._figures(listed=False) if one.moves
            ],
            "shares": lambda: [(place.name, {"share": one}) for one in self._apart(listed=False).values()],
            "audits": self._audited,
            "inspection": self._inspected,
            "grades": lambda: [(f"grades.{one.kind}", {"graded": one}) for one in self._inspections.graded],
        }
        return others.get(place.name, lambda: [(place.name, {})])()

    def _listed_figures(self) -> Iterable[_Item]:
        return [(f"context.{one.code.bare}", {"figure": one}) for one in self._figures(listed=True)]

    def _inspected(self) -> Iterable[_Item]:
        judged = enumerate(self._inspections.judged, start=1)
        return [(f"inspection.{one.subject}.{at}", {"inspection": one}) for at, one in judged]

    def _more(self) -> Iterable[_Item]:
        number = len(self._measures.exceptions()) - MOST_ITEMS
        if number <= 0:
            return []
        noun = "measure was" if number == 1 else "measures were"
        more = self._teller.figure("further measures outside tolerance", f"{number:,}", value=number)
        return [("more exceptions", {"more": more, "more_are": noun})]

    def _figures(self, *, listed: bool) -> list[Figure]:
        found = (one for one in self._told.results.context if (one.indicator.list_order is not None) is listed)
        moved = self._apart(listed=listed)
        if not listed:
            found = (one for one in found if one.indicator.code not in moved)
        return [
            Figure(self._teller, one, self._earlier(one), moved.get(one.indicator.code))
            for one in islice(found, MOST_ITEMS)
        ]

    def _earlier(self, figure: ContextFigure) -> list[Fraction]:
        """Return what a figure came to in all earlier quarters that it can be compared with."""
        told, quarter = self._told, self._told.results.quarter
        history = History(figure.indicator, told.register, told.observations)
        quarters = {period.quarter for period in told.observations.of(figure.indicator.code)}
        earlier = [one for one in quarters if one < quarter and not history.comparable(one, quarter)]
        if figure.indicator.basis is Basis.YEAR_TO_DATE:
            earlier = [one for one in earlier if one.number == quarter.number]
        return [found for one in earlier if (found := history.outturn(one)) is not None]

    def _apart(self, *, listed: bool) -> dict[str, Apart]:
        """Return by code the shares and counts that moved apart: those with a paragraph of their own, or the others."""
        context, earlier = self._told.results.context, self._told.results.quarter.year_ago
        found = (
            apart(self._teller, one, self._told.observations.get(one.indicator.code, earlier), context)
            for one in context
            if (one.indicator.list_order is not None) is listed
        )
        return {one.code: one for one in islice((one for one in found if one is not None), MOST_ITEMS)}

    def _audited(self) -> Iterable[_Item]:
        audits = {one.quarter: one for one in self._told.audits}
        quarter = self._told.results.quarter
        now = audits.get(quarter)
        return [("audits", {"audits": Audits(self._teller, audits, quarter)})] if now and now.total else []
