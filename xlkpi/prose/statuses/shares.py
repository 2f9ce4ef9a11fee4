"""How many measures have a status: ``90% of measures``, ``18 out of 20``, ``all measures have a target``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlkpi.calculate.status import Status
from xlkpi.model.period import Quarter
from xlkpi.prose.mentions import Form, Number, Role, Unit
from xlkpi.prose.ratings import WITH_TARGET
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.bases import tell_base
from xlkpi.prose.statuses.behind import read_behind, read_counts_behind
from xlkpi.prose.statuses.counts import tell_count
from xlkpi.prose.statuses.every import tell_every
from xlkpi.prose.statuses.marks import Counted, counts_measures, marks_in
from xlkpi.prose.statuses.measures import every_group, section_above, section_in
from xlkpi.prose.statuses.past import dated_mark, fact_of, is_so, labelled
from xlkpi.prose.statuses.quantities import MEASURES, leads_to, opens_with_count, quantities_in
from xlkpi.prose.statuses.rosters import read_counted
from xlkpi.prose.statuses.rows import read_listed, read_respectively
from xlkpi.prose.tables.cells import tell_stands
from xlkpi.prose.text import Sentence

_BASE = re.compile(r"(?:\bof|/)\s*(?:(?:the|our|its|their|all|these|those)\s+){0,2}$", re.IGNORECASE)
#: ``5 green``: a bare number directly before a status.
_TALLY = re.compile(r"(?<![0-9.,])[0-9]{1,3}\s+$")
_NEAR = 40
_FURTHER = re.compile(r"\b(?:a\s+further|another|the\s+other|an\s+additional|the\s+remaining)\s+$", re.IGNORECASE)
_REACH = 24
_LEAST = 2
#: ``On target: 3.``
_ENTRY = re.compile(r"\s*:\s*[0-9]{1,3}\b")
#: ``93 indicators had a rating, of which 54 were Green``.
_OF_WHICH = re.compile(r"\bof\s+(?:which|these|those|them)\s+$", re.IGNORECASE)
_TWICE = 2
_OF_ALL = re.compile(
    r"[;:]\s|\b(?:overall|altogether|total|in\s+all|elsewhere|other|across|whole|remaining)\b", re.IGNORECASE
)
_THIS = re.compile(r"\b(?:(?:this|that|the|our)(?:\s+(?:one|only))?|a(?:\s+\w+){0,2})\s+$", re.IGNORECASE)
_CODE = re.compile(r"[\s:-]*[0-9]")


def read_shares(scene: Scene, taken: set[int]) -> dict[int, Sequence[Counted]]:
    """Take down the claims about how many measures have a status.

    Args:
        scene: The draft.
        taken: Where status phrases start that something else has read; those read here are added.

    Returns:
        The status phrases of which a count was read, by where their sentence starts.
    """
    row: list[Counted] = []
    told: dict[int, Sequence[Counted]] = {}
    last: Sentence | None = None
    for _, sentence in scene.sentences():
        is_next = last is not None and last.start in told and _is_next(scene, last, sentence)
        last = sentence
        marks = [one for one in marks_in(scene, sentence, goes_on=is_next) if one.part.start not in taken]
        is_counted = bool(marks) and is_next and opens_with_count(scene, sentence, marks[0].part)
        if row and not marks:
            read_listed(scene, sentence, row)
        if not is_counted:
            row = []
        row += [one for one in marks if one.statuses != WITH_TARGET]
        if is_counted or (marks and _speaks_of_measures(scene, sentence, marks)):
            read_respectively(scene, sentence, marks)
            read_listed(scene, Part(marks[-1].part.end, sentence.end), row)
            told[sentence.start] = list(_read_marks(scene, sentence, marks, taken))
        elif not marks and (_says_how_many(scene, sentence) or (is_next and _leads_in(scene, sentence))):
            told[sentence.start] = ()
    return told


def _is_next(scene: Scene, last: Sentence, sentence: Sentence) -> bool:
    """Return whether a sentence follows another one with nothing between them."""
    return not scene.flat[last.end : sentence.start].strip("-*\u2022 ")


def _says_how_many(scene: Scene, sentence: Sentence) -> bool:
    """Return whether a sentence says how many measures there are, and little else (``Ten indicators.``)."""
    numbers = scene.within(scene.numbers, sentence)
    return len(numbers) == 1 and counts_measures(scene, numbers[0]) and sentence.end - sentence.start <= _NEAR


def _leads_in(scene: Scene, sentence: Sentence) -> bool:
    """Return whether a sentence does nothing but lead to a list: ``At the end of the quarter:``."""
    is_open = scene.flat[sentence.start : sentence.end].rstrip().endswith(":")
    return is_open and sentence.end - sentence.start <= _NEAR and not scene.within(scene.subjects, sentence)


def _read_marks(scene: Scene, sentence: Sentence, marks: Sequence[Counted], taken: set[int]) -> Iterator[Counted]:
    """Take down the counts of a sentence; yield the status phrases of which one was read."""
    edges = [sentence.start, *(one.part.end for one in marks), sentence.end]
    section, last = "", None
    for place, mark in enumerate(marks):
        before = Part(edges[place], mark.part.start)
        after = Part(mark.part.end, marks[place + 1].part.start if place + 1 < len(marks) else sentence.end)
        if scene.is_hypothetical(sentence, mark.part.start) or _FOR_QUARTERS.match(scene.flat, mark.part.end):
            continue
        section = section_in(scene, before) or _goes_on(scene, mark, before, section)
        dated = dated_mark(scene, mark, before, _when(scene, sentence, mark, before), last)
        if _read(scene, dated, before, after, section):
            taken.add(mark.part.start)
            counts = [one for one in quantities_in(scene, before)[-1:] if one.unit is Unit.NONE]
            read_counted(scene, sentence, dated, counts[0] if counts else None)
            _list_between(scene, dated, before)
            yield dated
        last = dated


#: ``71% of measures had exceeded their targets for two quarters or more``: of those that did so all the time.
_FOR_QUARTERS = re.compile(
    r"\s+for\s+(?:(?:at\s+least|the\s+last|more\s+than)\s+)?(?:two|three|four|five|six|[2-9])\s+(?:or\s+more\s+)?"
    r"(?:consecutive\s+|successive\s+)?quarters?\b(?:\s+(?:or\s+more|running|in\s+a\s+row))?",
    re.IGNORECASE,
)


def _list_between(scene: Scene, mark: Counted, before: Part) -> None:
    """Take down the measures that are named between their number and their status: ``Two measures, A4 and B8, are outside``."""
    counts = [one for one in quantities_in(scene, before)[-1:] if one.unit is Unit.NONE]
    named = scene.contract_codes(Part(counts[0].end, mark.part.start)) if counts else []
    codes = list(dict.fromkeys(codes[0] for _, codes in named))
    if not named or len(codes) != counts[0].value:
        return
    first, last = named[0][0], named[-1][0]
    is_aside = _OPENS_LIST.fullmatch(scene.flat, counts[0].end, first.start) and _SHUTS_LIST.match(scene.flat, last.end)
    for code in codes if is_aside else ():
        tell_stands(scene, code, Part(first.start, last.end), mark.statuses, mark.quarter)


_OPENS_LIST = re.compile(
    r"\s+(?:(?:of\s+(?:the|our|these)\s+)?(?:\w+\s+)?(?:measures|indicators|kpis)\s*)?[,(:\u2013-]\s*(?:namely\s+)?",
    re.IGNORECASE,
)
_SHUTS_LIST = re.compile(r"\s*[,)\u2013-]")


def _goes_on(scene: Scene, mark: Counted, before: Part, section: str) -> str:
    """Return the section that the count before was of, for one in a row with it that is not of all measures."""
    counts = [one for one in quantities_in(scene, before)[-1:] if one.unit is Unit.NONE]
    own, all_ = (bool(counts) and is_so(counts[0], scene.world.count(mark.statuses, one)) for one in (section, ""))
    return "" if _OF_ALL.search(scene.flat, before.start, before.end) or (all_ and not own) else section


def _when(scene: Scene, sentence: Sentence, mark: Counted, before: Part) -> Quarter | None:
    """Return the quarter that a count is of: ``last quarter three were on target``."""
    numbers = quantities_in(scene, before)
    counts = [one for one in numbers if one.unit is Unit.NONE]
    own = [one for one in numbers if one not in counts or not _is_base(scene, one, counts, before)]
    start = own[-1].start if own else mark.part.start
    quarter = scene.quarter_of(sentence, start, mark.part.end)
    return labelled(scene, sentence) if quarter == scene.world.quarter else quarter


def _speaks_of_measures(scene: Scene, sentence: Sentence, counted: Sequence[Counted]) -> bool:
    """Return whether a sentence speaks of measures at large, and not of "this measure" alone."""
    marks = [one.part for one in counted]
    if any(counts_measures(scene, one) for one in scene.within(scene.numbers, sentence)):
        return True
    if len([one for one in marks if _TALLY.search(scene.flat, max(sentence.start, one.start - _REACH), one.start)]) > 1:
        return True
    if len([one for one in marks if _is_tallied(scene, sentence, one)]) > 1 or _is_out_of_all(
        scene, sentence, marks[0]
    ):
        return True
    if any(_ENTRY.match(scene.flat, one.end) and not scene.flat[sentence.start : one.start].strip() for one in marks):
        return True
    if any(
        _SHARE_OF.search(scene.flat, max(sentence.start, one.start - _NEAR), one.start)
        or _is_counted_colour(scene, sentence, one)
        for one in marks
    ):
        return True
    about = [one for one in scene.within(scene.subjects, sentence) if one.role is Role.MEASURES]
    return any(
        scene.flat[one.end - 1] in "sS"
        or not (
            _THIS.search(scene.flat, max(sentence.start, one.start - _REACH), one.start)
            or _CODE.match(scene.flat, one.end)
        )
        for one in about
    )


#: ``The share on or better than target rose from 45% (9 of 20)``, ``the number of reds``.
_SHARE_OF = re.compile(
    r"\bthe\s+(?:share|proportion|percentage|number|count)\s+(?:of\s+)?(?:(?:that|which)\s+(?:is|are|was|were)\s+)?$",
    re.IGNORECASE,
)


#: ``Reds``, which are measures.
_COLOURS = re.compile(r"(?:red|amber|green)s", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:^\W*|\b(?:there\s+(?:is|are|was|were)|we\s+(?:have|had)|of\s+the|with)\s+)(?:(?:now|still|only|just|all|the)\s+)*$",
    re.IGNORECASE,
)


def _is_counted_colour(scene: Scene, sentence: Sentence, mark: Part) -> bool:
    """Return whether a count stands right before a colour that is a noun, in a sentence of no one measure: ``three reds``."""
    counts = scene.within(scene.numbers, Part(max(sentence.start, mark.start - _NEAR), mark.start))[-1:]
    is_noun = bool(_COLOURS.fullmatch(scene.flat, mark.start, mark.end))
    is_beside = bool(counts) and not scene.flat[counts[0].end : mark.start].strip()
    is_led = is_beside and bool(_LEADS.search(scene.flat[sentence.start : counts[0].start]))
    return is_noun and is_led and not scene.contract_codes(Part(sentence.start, mark.start))


def _is_out_of_all(scene: Scene, sentence: Sentence, mark: Part) -> bool:
    """Return whether the number of all measures stands before a status: ``Five of thirteen are Green``."""
    before = scene.within(scene.numbers, Part(max(sentence.start, mark.start - _NEAR), mark.start))[-1:]
    is_all = bool(before) and before[0].unit is Unit.NONE and before[0].value == len(scene.world.contract)
    return (
        is_all
        and bool(_BASE.search(scene.flat, max(sentence.start, before[0].start - _NEAR), before[0].start))
        and leads_to(scene, before[0], mark.start)
    )


def _is_tallied(scene: Scene, sentence: Sentence, mark: Part) -> bool:
    """Return whether a bare number stands before a status: ``Two met their target, four were within tolerance``."""
    before = [
        one
        for one in scene.within(scene.numbers, Part(max(sentence.start, mark.start - _NEAR), mark.start))
        if one.form is Form.CARDINAL and one.unit is Unit.NONE and not one.decimals
    ]
    return bool(before) and leads_to(scene, before[-1], mark.start)


def _read(scene: Scene, mark: Counted, before: Part, after: Part, carried: str) -> bool:
    """Take down what is said of one status phrase; return whether anything was."""
    section = section_in(scene, before) or _section_behind(scene, after) or carried
    claims = _quantities(scene, mark, before, section)
    if not claims:
        group = every_group(scene, before)
        if group is None:
            return read_counts_behind(scene, mark, after, section)
        tell_every(scene, mark, replace(group, section=section))
    elif (group := every_group(scene, before)) is not None and group.every in ("most", "few"):
        tell_every(scene, mark, replace(group, section=section))  # "fewer than half of them (6 of 10)"
    read_behind(scene, mark, after, section)
    return True


def _section_behind(scene: Scene, after: Part) -> str:
    near = Part(after.start, min(after.end, after.start + 60))
    comma = scene.flat.find(",", near.start, near.end)
    near = Part(near.start, comma) if comma >= 0 else near
    return (
        section_in(scene, near)
        if re.match(r"\s*(?:in|within|for|of|under|among|across)\b", scene.flat[near.start : near.end])
        else ""
    )


def _quantities(scene: Scene, mark: Counted, part: Part, section: str) -> bool:
    numbers = quantities_in(scene, part)
    counts = [one for one in numbers if one.unit is Unit.NONE]
    shares = [one for one in numbers if one.unit is not Unit.NONE]
    quarter = mark.quarter or scene.world.quarter
    bases = [one for one in counts if _is_base(scene, one, counts, part)]
    above = "" if section or not counts else section_above(scene, part)
    if above and _fits_above(scene, mark, [one for one in counts if one not in bases], bases, above):
        section = above
    if _are_of_others(scene, mark, [one for one in counts if one not in bases][-1:], bases[-1:], section):
        return True
    for one in bases:
        tell_base(scene, one, section, quarter)
    for one in [*[one for one in counts if one not in bases][-1:], *shares[-1:]]:
        is_rest = _FURTHER.search(scene.flat, max(0, one.start - _NEAR), one.start)
        if is_rest and not is_so(one, fact_of(scene, one, mark.statuses, section, quarter)):
            continue  # "a further six were outside" are those that were not named before
        tell_count(scene, mark, one, section, quarter, max(mark.part.end, one.end))
    return bool(numbers)


def _fits_above(scene: Scene, mark: Counted, counts: Sequence[Number], bases: Sequence[Number], section: str) -> bool:
    """Return whether numbers count the measures of the section that heads their paragraph, and not all of them."""
    at = mark.quarter or scene.world.quarter
    asked = [(one, frozenset(Status)) for one in bases[-1:]] or [(one, mark.statuses) for one in counts[-1:]]
    own, all_ = (
        [is_so(one, scene.world.count(statuses, where, at)) for one, statuses in asked] for where in (section, "")
    )
    return bool(own) and all(own) and not all(all_)


def _are_of_others(
    scene: Scene, mark: Counted, counts: Sequence[Number], bases: Sequence[Number], section: str
) -> bool:
    """Return whether neither a count nor what it is out of is ours: ``93 indicators across the Council, of which 54``."""
    quarter = mark.quarter or scene.world.quarter
    all_ = scene.world.count(list(Status), section, quarter).value
    is_base = any(all_ < _TWICE * one.value < _TWICE * _TWICE * all_ for one in bases)  # or nearly
    fits = any(
        is_so(one, scene.world.count(statuses, section, quarter))
        for one in counts
        for statuses in (mark.statuses, mark.loose)
    )
    return bool(bases and counts) and not is_base and not fits


def _is_base(scene: Scene, one: Number, counts: Sequence[Number], part: Part) -> bool:
    """Return whether a number is that of all measures: ``of the 20 measures``, ``out of 20``."""
    before = scene.flat[part.start : one.start]
    is_of_which = one is not counts[-1] and bool(_OF_WHICH.search(scene.flat, one.end, counts[-1].start))
    if is_of_which and MEASURES.match(scene.flat, one.end):
        return True
    return bool(_BASE.search(before)) and (
        len(counts) > 1 or one is not counts[-1] or "%" in before or "cent" in before
    )
