"""Measures named behind their status: ``The reds are A4 and B8``, ``Two are outside tolerance: A4 and B8``.

Of what a draft calls the reds, without more, none is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xlkpi.calculate.status import Status
from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import Number
from xlkpi.prose.ratings import named, stand
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.listed import LABELLED, listed_in, run_of
from xlkpi.prose.statuses.marks import Counted, counted_as
from xlkpi.prose.statuses.measures import section_above, section_in
from xlkpi.prose.tables.cells import tell_stands
from xlkpi.prose.text import Sentence

_NOUN = r"(?:measures?|indicators?|kpis?|ones?|areas?)"
_WHEN = r"(?:(?:now|currently|(?:(?:in|during|for|at\s+the\s+end\s+of)\s+)?(?:this|the)\s+(?:quarter|period))\s*,?\s*)?"
_SUCH_AS = r"(?:,?\s*(?P<some>among\s+others|including|notably|for\s+(?:example|instance)|such\s+as)\s*,?)"
_NAMED = re.compile(
    rf"['\u2019\"\u201d]?(?:\s+(?:marked|rated|performance|key|contract))*(?:\s+{_NOUN}\b)?\s*{_WHEN}(?:(?P<listed>:|\("
    r"|,?\s*namely\b|\s[\u2013-]\s|,\s+(?:these|they|which)\s+(?:are|were)\b|,?\s+(?:which|that)\s+(?:comprise[ds]?|are|were)\b)"
    rf"|(?P<verb>(?:is|are|was|were)\b|(?P<include>includes?|included)\b))\s*{_SUCH_AS}?\s*(?:(?:the|our|both|that\s+of)\s+)*",
    re.IGNORECASE,
)
#: What may stand before the name of a measure: ``Indicator 18: Foster carers recruited``.
_LABEL = re.compile(rf"[\"'\u2018\u201c ]*(?:{LABELLED})?[\"'\u2018\u201c ]*", re.IGNORECASE)
#: ``The only red``, ``the three red measures``: that a draft speaks of all of them.
_THE = re.compile(r"\b(?:the|our)\s+(?:(?:only|sole)\s+)?(?:[\w-]+\s+)?$", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:the|our)\s+(?:only|sole)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)
_COLOURED = re.compile(r"(?:red|amber|green)s?", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.;]|$)")
_SHUTS = re.compile(r"\s*[.;)]|\s*$")
_NEAR = 40  # signs


@dataclass(frozen=True)
class Roster:
    """Measures named one after the other behind their status.

    Attributes:
        part: Where they are named.
        named: Each with where its name stands.
        is_closed: Whether nothing else stands behind them in what is listed.
        is_open: Whether the draft says that there are others.
    """

    part: Part
    named: Mapping[str, Part]
    is_closed: bool
    is_open: bool


def roster_behind(scene: Scene, sentence: Sentence, phrase: Part) -> Roster | None:
    """Return the measures that a list right behind the words for a status names; None without one."""
    found = _NAMED.match(scene.flat, phrase.end, sentence.end)
    known = listed_in(scene, Part(found.end(), sentence.end)) if found else []
    if found is None or not known or not _LABEL.fullmatch(scene.flat, found.end(), known[0][0].start):
        return None
    run = list(run_of(scene, known))
    named: dict[str, Part] = {code: subject for subject, code in reversed(run)}
    part = Part(run[0][0].start, run[-1][0].end)
    is_open = bool(found["some"] or found["include"])
    return Roster(part, named, bool(_SHUTS.match(scene.flat, part.end, sentence.end)), is_open)


def read_rosters(scene: Scene, taken: set[int]) -> None:
    """Take down lists of the measures of a colour: ``The reds are A4 and B8``; where it has a number that is read elsewhere.

    Args:
        scene: The draft.
        taken: Where status phrases start that something has read; those read here are added.
    """
    for _, sentence in scene.sentences():
        for phrase in scene.within(scene.statuses, sentence):
            is_colour = _COLOURED.fullmatch(scene.flat, phrase.start, phrase.end)
            if phrase.start in taken or not is_colour or scene.is_hypothetical(sentence, phrase.start):
                continue
            quarter = scene.quarter_of(sentence, phrase.start, phrase.end)
            is_all = _THE.search(scene.flat, sentence.start, phrase.start)
            roster = roster_behind(scene, sentence, phrase)
            if roster is None or quarter != scene.world.quarter or not is_all:
                continue
            mark = counted_as(phrase)
            tell_roster(scene, mark, roster)
            _tell_missing(scene, sentence, mark, roster)
            if not scene.within(scene.numbers, Part(max(sentence.start, phrase.start - _NEAR), phrase.start)):
                taken.add(phrase.start)


def read_counted(scene: Scene, sentence: Sentence, mark: Counted, count: Number | None) -> None:
    """Take down the measures that are listed behind a count of them; a clause about some of them is no list.

    Args:
        scene: The draft.
        sentence: Where the count stands.
        mark: The words for the status.
        count: How many; None where the measures are all or none.
    """
    roster = roster_behind(scene, sentence, mark.part)
    is_list = roster is not None and (roster.is_closed or (count is not None and count.value == len(roster.named)))
    if roster is not None and is_list:
        tell_roster(scene, mark, roster)


def tell_roster(scene: Scene, mark: Counted, roster: Roster) -> None:
    """Take down the status of each measure of a list."""
    told = {one.indicator for one in scene.claims if one.kind == "status" and roster.part.holds(one.start)}
    for code, part in roster.named.items():
        if code not in told:
            tell_stands(scene, code, part, mark.statuses, mark.quarter)


def _tell_missing(scene: Scene, sentence: Sentence, mark: Counted, roster: Roster) -> None:
    """Take down that a list of all measures of a status leaves one out; of a list under a heading, one of that section."""
    world, paragraph = scene.world, scene.text.at(sentence.start)
    is_only = bool(_ONLY.search(scene.flat, sentence.start, mark.part.start))
    is_part = paragraph is not None and section_in(scene, paragraph)
    if roster.is_open or is_part or not (is_only or roster.is_closed) or not _ENDS.match(scene.flat, roster.part.end):
        return
    section = section_above(scene, mark.part)
    if not section and paragraph is not None and len(paragraph.headings) > 1:
        return  # the heading may be of some measures alone
    missing = [one for one in world.with_status(mark.statuses, section) if one not in roster.named]
    if not missing or mark.statuses == {Status.NO_TARGET}:
        return
    reason = f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} {named(mark.statuses)} as well."
    fact = world.count(mark.statuses, section)
    stated = f"no others that {stand(mark.statuses)}"
    told = Told("count of measures", Verdict.CONTRADICTED, stated, ", ".join(missing), reason, fact.cell)
    scene.tell(mark.part.start, roster.part.end, told)
