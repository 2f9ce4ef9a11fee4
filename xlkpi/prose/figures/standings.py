"""How one measure stands, of which the draft told just before: ``this is still within tolerance``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.figures.scope import Scope
from xlkpi.prose.figures.spoken import spoken_of
from xlkpi.prose.focus import Focus
from xlkpi.prose.mentions import Role, StatusPhrase
from xlkpi.prose.ratings import named
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.measures import UNLIKE
from xlkpi.prose.statuses.named import holds, leads_to_another
from xlkpi.prose.statuses.quantities import MEASURES
from xlkpi.prose.text import Kind, Sentence

_ADVERBS = r"(?:(?:now|still|again|also|only|just|well|back|once|more|currently|barely|narrowly|firmly|far|not)\s+)*"
#: ``It is``, ``which remains``, ``(they) have been``: what makes a statement of the words for a status.
_IS = re.compile(
    rf"\b(?:is|are|was|were|been|remains?|remained|stays?|stayed|stands?|stood|sits?|sat|lies?|falls?)\s+{_ADVERBS}$"
    rf"|^\W*(?:back|now|still|again|once\s+more)?\s*$|(?:^|[,;(\u2013-])\s*(?:now|still|again)\s+{_ADVERBS}$|\b(?:we|it|they|that)['\u2019](?:re|s)\s+{_ADVERBS}$"
    rf"|\b(?:is|are|was|were)\b[^.;:]{{0,60}}\b(?:and|but)\s+{_ADVERBS}$",
    re.IGNORECASE,
)
_HAS_VERB = re.compile(
    r"(?:is|are|was|were|been|remains?|remained|stays?|stayed|has|have|met|missed|turned)\b", re.IGNORECASE
)
_WAS = re.compile(r"\b(?:was|were)\b", re.IGNORECASE)
_TO_BE = re.compile(
    r"\b(?:to|will|would|could|should|must|(?-i:may)|might|can|if|unless|until|when|once|not)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)


def read_standings(scene: Scene, scope: Scope) -> None:
    """Take down the statuses that nothing has read, of the measure of which the draft speaks where they stand."""
    focus, taken = Focus(scene), {place for one in scene.claims for place in range(one.start, one.end)}
    figures = {
        place: one.indicator
        for one in scene.claims
        if one.kind == "figure" and one.verdict is Verdict.CONFIRMED
        for place in range(one.start, one.end)
    }
    for paragraph, sentence in scene.sentences():
        for phrase in scene.within(scene.statuses, sentence) if paragraph.kind is not Kind.HEADING else ():
            if any(place in taken for place in range(phrase.start, phrase.end)):
                continue
            if code := _of_figure(scene, phrase, figures):
                _tell(scene, sentence, phrase, ([code], True))
            elif _is_statement(scene, sentence, phrase) and not UNLIKE.match(scene.flat, sentence.start, phrase.start):
                _tell(scene, sentence, phrase, spoken_of(scene, scope, focus, (paragraph, sentence), phrase.start))


def _of_figure(scene: Scene, phrase: StatusPhrase, figures: Mapping[int, str]) -> str:
    """Return the indicator of the figure right before a status, which is right: ``incident reporting (86%, green)``."""
    before = scene.within(scene.numbers, Part(max(0, phrase.start - _NEAR), phrase.start))[-1:]
    is_beside = before and _BESIDE.fullmatch(scene.flat, before[0].end, phrase.start)
    return figures.get(before[0].start, "") if is_beside else ""


_NEAR = 14  # signs
_BESIDE = re.compile(r"\s*[,;(\u2013-]\s*")


def _is_statement(scene: Scene, sentence: Sentence, phrase: StatusPhrase) -> bool:
    """Return whether a phrase says how something stands, and nothing of a number of measures."""
    about = [one for one in scene.within(scene.subjects, sentence) if one.role is Role.MEASURES]
    if (
        leads_to_another(scene, phrase)
        or scene.is_hypothetical(sentence, phrase.start)
        or any(scene.flat[one.end - 1] in "sS" for one in about)
        or any(MEASURES.match(scene.flat, one.end) for one in scene.within(scene.numbers, sentence))
    ):
        return False
    before = scene.flat[sentence.start : phrase.start]
    is_said = _IS.search(before) or _HAS_VERB.match(scene.flat, phrase.start)
    return bool(is_said) and not _TO_BE.search(before)


def _tell(scene: Scene, sentence: Sentence, phrase: StatusPhrase, spoken: tuple[Sequence[str], bool]) -> None:
    codes, is_sure = [one for one in spoken[0] if one in scene.world.contract], spoken[1]
    if not codes or spoken[0][0] != codes[0]:
        return
    world, quarter = scene.world, scene.quarter_of(sentence, phrase.start, phrase.end)
    code = codes[0]
    is_right = holds(scene, phrase, code, quarter)
    is_past = quarter != world.quarter
    was = not is_past and _WAS.search(scene.flat, max(sentence.start, phrase.start - _NEAR), phrase.end)  # at some time
    verdict = Verdict.CONFIRMED if is_right else Verdict.CONTRADICTED if is_sure and not was else Verdict.NOT_CHECKABLE
    status = named({world.status(code, quarter)})
    reason = f"{code} {'was' if is_past else 'is'} {status}{f' in {quarter.label}' if is_past else ''}."
    if verdict is Verdict.NOT_CHECKABLE:
        reason = f"It is not certain that this is about {code}: {reason}"
    cell = world.cell_of(code, Measure.STATUS, quarter)
    scene.tell(phrase.start, phrase.end, Told("status", verdict, phrase.words, status, reason, cell, code))
