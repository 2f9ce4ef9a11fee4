"""Measures named with a status, and words that say how they stand: ``both are above target``, ``remains high``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlkpi.calculate.status import Status, rate
from xlkpi.model.number import plain
from xlkpi.model.period import Quarter
from xlkpi.model.register import Polarity
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Level, Role, StatusPhrase, Unit
from xlkpi.prose.ratings import named, statuses_of
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.measures import Group, is_of_another, named_group
from xlkpi.prose.statuses.verbs import is_turned_round
from xlkpi.prose.text import Kind, Paragraph, Sentence

_CONTINUED = re.compile(
    r"\b(?:continue[sd]?(?:\s+to)?|continuing\s+to|remain(?:s|ed|ing)?|still|stay(?:s|ed)?)\s+(?:to\s+)?(?:be\s+|perform\s+|performing\s+)?$",
    re.IGNORECASE,
)
#: High and low, said of measures that have a better and a worse side.
_STANDING = re.compile(
    r"\b(?:remain(?:s|ed|ing)?|continue[sd]?\s+to\s+be|stay(?:s|ed)?|is|are|was|were)\s+(?:\w+ly\s+|very\s+|too\s+|consistently\s+|still\s+)*(?P<how>high|low)\b(?!\s+(?:than|on\s+the|risk|quality|level))",
    re.IGNORECASE,
)
_ALONG = re.compile(
    r"\W*(?:along\s+with|together\s+with|as\s+(?:do|does|are|is)|as\s+well\s+as|and\s+so\s+(?:do|does|are|is))\b",
    re.IGNORECASE,
)
_LONGEST = 120
_BEFORE = 16  # signs before a status in which its verb may stand
_FROM = re.compile(
    r"\b(?:(?:went|gone|moved|slipped|slid|dropped|risen|rose|came|come)\s+(?:\w+\s+)?|(?:target|tolerance|step|stride)s?\s+)from\s+(?:being\s+)?$"
    r"|\b(?:after|ends?|ended|ending|following)\s+[\w-]+\s+quarters?\s+$",
    re.IGNORECASE,
)
_TO_ANOTHER = re.compile(r"\s+to\s+(?:red|amber|green)\b", re.IGNORECASE)
_LISTED = re.compile(
    r"\s*(?:(?:this|in\s+the|last)\s+quarter\s+)?(?::|\(|are\b|is\b|were\b|was\b|include[sd]?\b|being\b)\s*"
    r"(?:,?\s*(?:among\s+others|notably|for\s+(?:example|instance)|such\s+as),?\s+)?",
    re.IGNORECASE,
)


_UNLIKE = re.compile(
    r",?\s+(?:unlike|in\s+contrast\s+(?:to|with)|as\s+opposed\s+to)\s+(?:the\s+|our\s+)?", re.IGNORECASE
)
_ENDS = re.compile(r"\s*(?:[.,;:)]|$)")


def read_named(scene: Scene, taken: set[int]) -> None:
    """Take down the claims about the status of measures that are named.

    Args:
        scene: The draft.
        taken: Where status phrases start that something has read; those read here are added.
    """
    for paragraph, sentence in scene.sentences():
        if paragraph.kind is Kind.HEADING and paragraph.own_number:
            continue
        for phrase in scene.within(scene.statuses, sentence):
            if phrase.start not in taken and _is_claim(scene, sentence, phrase):
                _read(scene, taken, paragraph, sentence, phrase)
        for found in scene.find(_STANDING, sentence):
            _standing(scene, sentence, found)


def _is_claim(scene: Scene, sentence: Sentence, phrase: StatusPhrase) -> bool:
    """Return whether a phrase says how something stands, and not how it shall."""
    return not scene.is_hypothetical(sentence, phrase.start)


def _read(scene: Scene, taken: set[int], paragraph: Paragraph, sentence: Sentence, phrase: StatusPhrase) -> None:
    group = named_group(scene, sentence, phrase.start, paragraph) or _listed(scene, sentence, phrase)
    if _FROM.search(scene.flat, sentence.start, phrase.start) or leads_to_another(scene, phrase):
        return  # "went from inside tolerance to outside"
    if group is None or not group.codes or _is_counted(scene, group, phrase) or is_of_another(scene, group, phrase):
        return
    taken.add(phrase.start)
    before = scene.flat[sentence.start : phrase.start]
    quarter = scene.quarter_of(sentence, phrase.start, phrase.end)
    if _of_part(scene, sentence, phrase, group.codes[0]):
        return
    for code in group.codes:
        tell_status(scene, group, phrase, code, quarter, is_continued=bool(_CONTINUED.search(before)))
    _unlike(scene, sentence, group, phrase, quarter)


def _unlike(scene: Scene, sentence: Sentence, group: Group, phrase: StatusPhrase, quarter: Quarter) -> None:
    """Take down the measures of which the opposite is said: ``turnover met its target, unlike sickness``."""
    found = _UNLIKE.match(scene.flat, phrase.end, sentence.end)
    for subject, codes in scene.contract_codes(Part(found.end(), sentence.end))[:1] if found else ():
        if found and not scene.flat[found.end() : subject.start].strip() and _ENDS.match(scene.flat, subject.end):
            other = Group(subject.start, subject.end, (codes[0],), every="" if group.every == "none" else "none")
            tell_status(scene, other, phrase, codes[0], quarter)


def leads_to_another(scene: Scene, phrase: StatusPhrase) -> bool:
    """Return whether a colour is the one that a measure left: ``Amber to green, with ...``."""
    return bool(_TO_ANOTHER.match(scene.flat, phrase.end))


def _is_counted(scene: Scene, group: Group, phrase: StatusPhrase) -> bool:
    """Return whether the name is what is counted as missing: ``two assessments short of the target``."""
    numbers = scene.within(scene.numbers, Part(max(0, group.start - _LONGEST), group.start))
    directly = bool(numbers) and not scene.flat[numbers[-1].end : group.start].strip()
    return directly and phrase.level is Level.OFF_TARGET and not scene.flat[group.end : phrase.start].strip()


def _of_part(scene: Scene, sentence: Sentence, phrase: StatusPhrase, code: str) -> bool:
    """Take down where a figure of a part stands: ``79% of these were seen in time, putting performance within tolerance``.

    Returns:
        Whether the statement is about a figure of a part; it is judged by the target of the measure.
    """
    world = scene.world
    before = Part(sentence.start, phrase.start)
    parts = [one for one in scene.within(scene.subjects, before) if one.role is Role.PART]
    figures = [one for one in scene.within(scene.numbers, before) if one.unit is Unit.PERCENT]
    known = {one.casefold() for one in (fact.part for fact in world.facts_of(code))}
    if not figures or not any(name.casefold() in known for one in parts for name in one.names):
        return False
    figure = figures[-1]
    status = rate(figure.value, world.target(code))
    verdict = Verdict.CONFIRMED if status in statuses_of(phrase) else Verdict.CONTRADICTED
    reason = f"{plain(figure.value)}% would be {named({status})} for {code}."
    cell = world.cell_of(code, Measure.TOLERANCE)
    scene.tell(phrase.start, phrase.end, Told("status", verdict, phrase.words, named({status}), reason, cell, code))
    return True


def _listed(scene: Scene, sentence: Sentence, phrase: StatusPhrase) -> Group | None:
    """Return the measures that are listed behind a phrase: ``outside tolerance are A4 and B8``."""
    found = _LISTED.match(scene.flat, phrase.end)
    behind = scene.contract_codes(Part(phrase.end, sentence.end))
    if not found or not behind or behind[0][0].start > found.end() + 20:
        return None
    codes = [codes[0] for _, codes in behind]
    return Group(phrase.start, behind[-1][0].end, tuple(dict.fromkeys(codes)))


def holds(scene: Scene, phrase: StatusPhrase, code: str, quarter: Quarter) -> bool:
    """Return whether a measure stands as a phrase says.

    ``Above target`` is taken as better than target; of a measure that is better when lower also as it is written, since
    a reader cannot know which is meant.
    """
    world = scene.world
    if world.status(code, quarter) in statuses_of(phrase):
        return True
    lower = world.by_code[code].polarity is Polarity.LOWER
    if not lower or phrase.level not in (Level.ABOVE_TARGET, Level.BELOW_TARGET):
        return False
    fact, target = (world.fact(code, measure, quarter) for measure in (Measure.OUTTURN, Measure.TARGET))
    if fact is None or target is None:
        return False
    above = fact.value > target.value if phrase.level is Level.ABOVE_TARGET else fact.value < target.value
    return above is not phrase.negated


def tell_status(
    scene: Scene, group: Group, phrase: StatusPhrase, code: str, quarter: Quarter, *, is_continued: bool = False
) -> None:
    """Take down whether a measure stands as a phrase says.

    Args:
        scene: The draft.
        group: The measures that are named, of which it is one.
        phrase: The words for the status.
        code: Of the measure.
        quarter: When.
        is_continued: Whether it is said to have stood so a quarter before as well.
    """
    world = scene.world
    is_past = quarter != world.quarter
    status = world.status(code, quarter)
    fits = holds(scene, phrase, code, quarter) is not (group.every == "none")
    went = scene.flat[max(0, phrase.start - _BEFORE) : phrase.end]
    was = world.status(code, quarter.previous)
    is_turned = fits and not phrase.negated and is_turned_round(went, world.by_code[code].polarity, was, status)
    reason = f"{code} {'was' if is_past else 'is'} {named({status})}{f' in {quarter.label}' if is_past else ''}."
    if is_turned:
        fits = False
        reason = f"{code} went from {named({was})} to {named({status})}."
    if (
        fits
        and is_continued
        and not is_past
        and not group.every
        and not holds(scene, phrase, code, world.quarter.previous)
    ):
        fits = False
        before = world.quarter.previous
        reason = f"{code} is {named({status})}, but was {named({world.status(code, before)})} in {before.label}."
    told = Told(
        "status",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        phrase.words,
        named({status}),
        reason,
        world.cell_of(code, Measure.STATUS, quarter),
        code,
    )
    start = group.start if 0 <= phrase.start - group.start <= _LONGEST or group.start > phrase.start else phrase.start
    scene.tell(min(start, phrase.start), max(phrase.end, group.end), told)


# High and low


def _standing(scene: Scene, sentence: Sentence, found: re.Match[str]) -> None:
    """Take down ``remains high`` of measures that are better when low, or the reverse."""
    codes = _standing_codes(scene, sentence, found)
    rated = [code for code in codes if scene.world.status(code).is_rated]
    if not rated:
        return
    wrong = [code for code in rated if not stands(scene, code, found["how"].lower())]
    world = scene.world
    how = found["how"].lower()
    if wrong:
        reason = " ".join(
            f"{code} is better when {_better(scene, code)} and is {named({world.status(code)})}." for code in wrong
        )
    else:
        reason = " ".join(f"{code} is {named({world.status(code)})}." for code in rated)
    end = _standing_end(scene, sentence, found)
    start = scene.within(scene.subjects, sentence)[0].start
    told = Told(
        "status",
        Verdict.CONTRADICTED if wrong else Verdict.CONFIRMED,
        how,
        ", ".join(f"{code} {named({world.status(code)})}" for code in (wrong or rated)),
        reason,
        world.cell_of((wrong or rated)[0], Measure.STATUS),
        (wrong or rated)[0],
    )
    scene.tell(min(start, found.start()), end, told)


def _standing_codes(scene: Scene, sentence: Sentence, found: re.Match[str]) -> Sequence[str]:
    before = scene.contract_codes(Part(sentence.start, found.start()))
    others = [
        one for one in scene.within(scene.subjects, Part(sentence.start, found.start())) if one.role is Role.INDICATOR
    ]
    if not before or others[-1].start > before[-1][0].start:
        return []
    behind = scene.contract_codes(Part(found.end(), sentence.end)) if _ALONG.match(scene.flat, found.end()) else []
    return list(dict.fromkeys([before[-1][1][0], *(codes[0] for _, codes in behind)]))


def _standing_end(scene: Scene, sentence: Sentence, found: re.Match[str]) -> int:
    if not _ALONG.match(scene.flat, found.end()):
        return found.end()
    behind = scene.contract_codes(Part(found.end(), sentence.end))
    return behind[-1][0].end if behind else found.end()


def _better(scene: Scene, code: str) -> str:
    return "lower" if scene.world.by_code[code].polarity is Polarity.LOWER else "higher"


def stands(scene: Scene, code: str, how: str) -> bool:
    """Return whether a measure stands as high or low says, by its status and its better side."""
    on = scene.world.status(code) is Status.ON
    polarity = scene.world.by_code[code].polarity
    if polarity not in (Polarity.HIGHER, Polarity.LOWER):
        return True
    is_better = (how == "high") is (polarity is Polarity.HIGHER)
    return on if is_better else not on
