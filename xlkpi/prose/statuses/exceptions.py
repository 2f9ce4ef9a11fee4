"""Measures that a statement about all of them leaves out: ``all but turnover met their targets``, ``apart from A4, every ...``.

Two things are said: each exception has another status, and every other measure has the one that is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlkpi.calculate.status import Status
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import StatusPhrase, Subject
from xlkpi.prose.ratings import named, stand, statuses_of
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.listed import listed_in, run_of
from xlkpi.prose.statuses.measures import section_in
from xlkpi.prose.text import Sentence

_NOUN = r"(?:measures|indicators|kpis|metrics|targets)"
_KIND = r"(?:(?:the|our|these|its|other|others|contract|performance|key|remaining|[0-9]+)\s+)*"
_BUT = (
    r"(?:but|bar|(?:except|save)(?:\s+for)?|(?:apart|aside)\s+from|other\s+than|with\s+the\s+exception\s+of|excluding)"
)
_THE = r"(?:(?:for|the|our|that\s+of|those\s+of)\s+)*"
#: ``All but turnover``, ``all measures except turnover``: the names stand before the status.
_ALL_BUT = re.compile(rf"\b(?P<all>all)\s+(?:of\s+)?{_KIND}(?:{_NOUN}\s+)?{_BUT}\s+{_THE}", re.IGNORECASE)
#: ``Apart from turnover, which ..., every measure``.
_APART = re.compile(
    rf"(?:^|[,;]\s)\W*{_BUT}\s+{_THE}(?P<who>[^.;]*?),\s+(?P<all>(?:all|every|each)(?:\s+of)?)\s+{_KIND}(?:{_NOUN}|measure|indicator|kpi|one)\s+(?:[\w-]+\s+){{0,4}}$",
    re.IGNORECASE,
)
#: ``Every measure is on target``, with the exceptions behind it.
_EVERY = re.compile(
    rf"\b(?P<all>(?:all|every|each)(?:\s+of)?)\s+{_KIND}(?:{_NOUN}|measure|indicator|kpi)\s+(?:[\w-]+\s+){{0,3}}$",
    re.IGNORECASE,
)
_SAVE = re.compile(rf"\s*,?\s*\(?{_BUT}\s+{_THE}", re.IGNORECASE)
#: ``All but one are on target; the exception is turnover``.
_SO_MANY = re.compile(
    rf"\b(?P<all>all)\s+(?:of\s+)?{_KIND}(?:{_NOUN}\s+)?{_BUT}\s+[\w-]+\s+(?:[\w-]+\s+){{0,4}}$", re.IGNORECASE
)
_THEY_ARE = re.compile(
    rf"[\s;:,.(\u2013-]*(?:(?:and\s+)?the\s+(?:only\s+|sole\s+|one\s+|two\s+|three\s+)?(?:exceptions?|outliers?|others?)\s+(?:is|are|was|were|being)\s+|:\s*|\(){_THE}",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:[.,;)]|$|\u2013|-\s)")
_SHORT = 40  # signs that a name may stand behind what leads to it


@dataclass(frozen=True)
class _Exceptions:
    """What a sentence leaves out of all measures.

    Attributes:
        all: Where it speaks of all.
        phrase: The status of the others.
        named: The measures left out, each where it is named.
        is_whole: Whether the register knows everything that is named, so that nothing else is left out.
        is_counted: Whether their number stands in the place of their names, which is read as a count.
    """

    all: Part
    phrase: StatusPhrase
    named: Sequence[tuple[Subject, str]]
    is_whole: bool
    is_counted: bool = False


def read_exceptions(scene: Scene, taken: set[int]) -> None:
    """Take down what is said of all measures but some that are named.

    Args:
        scene: The draft.
        taken: Where status phrases start that something has read; those read here are added.
    """
    for _, sentence in scene.sentences():
        for phrase in scene.within(scene.statuses, sentence):
            is_free = phrase.start not in taken and not scene.is_hypothetical(sentence, phrase.start)
            is_now = is_free and scene.quarter_of(sentence, phrase.start, phrase.end) == scene.world.quarter
            for found in _read(scene, sentence, phrase) if is_now else ():
                _tell(scene, sentence, found)
                if not found.is_counted:
                    taken.add(phrase.start)
                break


def _read(scene: Scene, sentence: Sentence, phrase: StatusPhrase) -> Iterator[_Exceptions]:
    before = (scene.flat, sentence.start, phrase.start)
    if apart := _APART.search(*before):
        yield from _left_out(scene, phrase, apart, Part(*apart.span("who")))
    for found in scene.find(_ALL_BUT, Part(sentence.start, phrase.start))[-1:]:
        yield from _left_out(scene, phrase, found, Part(found.end(), phrase.start))
    if (every := _EVERY.search(*before)) and (but := _SAVE.match(scene.flat, phrase.end, sentence.end)):
        yield from _left_out(scene, phrase, every, Part(but.end(), sentence.end))
    if (many := _SO_MANY.search(*before)) and (they := _THEY_ARE.match(scene.flat, phrase.end, sentence.end)):
        yield from _left_out(scene, phrase, many, Part(they.end(), sentence.end), is_counted=True)


def _left_out(
    scene: Scene, phrase: StatusPhrase, found: re.Match[str], part: Part, *, is_counted: bool = False
) -> Iterator[_Exceptions]:
    """Yield the measures that are named from the beginning of a part on, one after the other; nothing where none is."""
    named = list(run_of(scene, listed_in(scene, part)))
    words = scene.flat[part.start : named[0][0].start] if named else ""
    if not named or len(words) > _SHORT or any(sign in words for sign in ",;."):
        return
    end = named[-1][0].end
    is_whole = not words.strip() and (bool(_ENDS.match(scene.flat, end)) or not scene.flat[end : phrase.start].strip())
    is_whole = is_whole or (phrase.start > end and bool(_VERB.fullmatch(scene.flat, end, phrase.start)))
    yield _Exceptions(Part(*found.span("all")), phrase, named, is_whole, is_counted)


#: Between the last name and the status of the others.
_VERB = re.compile(
    r"\s+(?:(?:is|are|was|were|has|have|had|been|now|still|all|ended|finished|the|quarter|performed)\s+)*",
    re.IGNORECASE,
)


def _tell(scene: Scene, sentence: Sentence, found: _Exceptions) -> None:
    world, wanted = scene.world, statuses_of(found.phrase)
    if wanted == {Status.INSIDE}:
        wanted |= {Status.ON}
    for subject, code in found.named:
        status = world.status(code)
        verdict = Verdict.CONTRADICTED if status in wanted else Verdict.CONFIRMED
        reason = f"{code} is {named({status})}."
        told = Told(
            "status",
            verdict,
            f"not {found.phrase.words}",
            named({status}),
            reason,
            world.cell_of(code, Measure.STATUS),
            code,
        )
        scene.tell(subject.start, subject.end, told)
    if not found.is_counted:
        _tell_others(scene, sentence, found, wanted)


def _tell_others(scene: Scene, sentence: Sentence, found: _Exceptions, wanted: frozenset[Status]) -> None:
    """Take down that all other measures have the status; those without one are none of them."""
    section = section_in(scene, Part(sentence.start, found.phrase.start))
    out = {code for _, code in found.named}
    rated = (
        frozenset(Status)
        if not all(one.is_rated for one in wanted)
        else frozenset(one for one in Status if one.is_rated)
    )
    others = [code for code in scene.world.with_status(rated, section) if code not in out]
    wrong = [code for code in others if scene.world.status(code) not in wanted]
    if wrong and not found.is_whole:
        return  # what else is left out, the register does not tell
    where = f" in {section}" if section else ""
    reason = (
        f"{', '.join(wrong)}{where} {'is' if len(wrong) == 1 else 'are'} not {named(wanted)} either."
        if wrong
        else f"All other measures{where} {stand(wanted)}."
    )
    verdict = Verdict.CONTRADICTED if wrong else Verdict.CONFIRMED
    shown = ", ".join(sorted({*wrong, *(code for code in out if scene.world.status(code) not in wanted)}))
    told = Told(
        "count of measures",
        verdict,
        f"all but {', '.join(sorted(out))}",
        f"all but {shown}",
        reason,
        scene.world.count(wanted, section).cell,
    )
    start, end = min(found.all.start, found.phrase.start), found.phrase.end
    scene.tell(start, end, told)
