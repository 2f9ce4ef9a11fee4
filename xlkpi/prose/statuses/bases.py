"""Of which measures a count or a share is: of all, of those with a target or a status, of those that stayed."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from fractions import Fraction

from xlkpi.calculate.status import Status
from xlkpi.model.number import plain, rounded
from xlkpi.model.period import Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import Number, Unit
from xlkpi.prose.ratings import RATED, WITH_TARGET
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.marks import Counted

_NOUN = (
    r"(?:(?:key|contract|performance|headline|corporate|impact|outcome|different)\s+)*(?:measures|indicators|kpis)\b"
)
#: ``The committee receives 16 indicators``, ``received twelve of the sixteen indicators``. A word behind may narrow them down.
_THERE_ARE = re.compile(
    r"\b(?:receives?|received|considered|has|have|holds?|uses?|sets\s+out|reports?(?:\s+on)?|monitors?|tracks?|there\s+are|contains?|comprises?|made\s+up\s+of|consists?\s+of"
    rf"|(?:set|suite|basket|total)\s+of|(?:each|all)\s+of\s+(?:the|our|its))\s+(?P<all>[\w-]+)\s+"
    rf"(?:of\s+(?:the|our|its)\s+[\w-]+\s+{_NOUN}(?=\s*(?:[.;,:)]|$|(?:that|which)\b))"
    rf"|{_NOUN}(?=\s*(?:[.;,:)]|$|in\s+(?:all|total)\b|(?:is|are|was|were|has|have|had)\b|with\s+an?\s+(?:target|threshold)\b)))",
    re.IGNORECASE,
)
#: Of these only all measures are said: ``The scorecard contains 17 indicators. Eight are green``.
_OF_ALL = re.compile(r"contains?|comprises?|made\s+up\s+of|consists?\s+of|sets\s+out|there\s+are", re.IGNORECASE)
#: ``Eleven contract indicators: five on target, ...``
_HEADED = re.compile(rf"[-*\s\u2022]*(?P<all>[\w-]+)\s+{_NOUN}(?=\s*:)", re.IGNORECASE)
#: ``Contract indicators: 10.``
_LABELLED = re.compile(
    rf"[-*\s\u2022]*(?:number\s+of\s+|all\s+)?{_NOUN}\s*:\s*(?P<all>[\w-]+)(?=\s*(?:[.;,]|$))", re.IGNORECASE
)
#: ``Ten indicators.``
_ALONE = re.compile(rf"[-*\s\u2022]*(?P<all>[\w-]+)\s+{_NOUN}\s*\.?\s*$", re.IGNORECASE)
#: ``There is data on 12 of the 16.``
_KNOWN = re.compile(
    r"\b(?:data|figures|results)\s+(?:(?:is|are|was|were)\s+)?(?:available\s+)?(?:on|for)\s+(?P<known>[\w-]+)\s+(?:out\s+)?of\s+"
    r"(?:(?:the|our|its|all)\s+)*(?P<all>[\w-]+)\b",
    re.IGNORECASE,
)

_STAYED = re.compile(r"\b(?:remain\w*|still|continue\w*|stay\w*|again)\b", re.IGNORECASE)


def read_bases(scene: Scene) -> None:
    """Take down how many measures there are, and of how many there are figures, where one of these shows what is counted."""
    sentences = [sentence for _, sentence in scene.sentences()]
    for sentence, following in zip(sentences, [*sentences[1:], None], strict=False):
        for found in scene.find(_THERE_ARE, sentence):
            is_led = _OF_ALL.match(scene.flat, found.start()) is not None and _counts_rightly(scene, following)
            _tell(scene, sentence, found, ["all"], is_led=is_led)
        if alone := _ALONE.match(scene.flat, sentence.start, sentence.end):
            _tell(scene, sentence, alone, ["all"], is_led=_counts_rightly(scene, following))
        if labelled := _LABELLED.match(scene.flat, sentence.start, sentence.end):
            _tell(scene, sentence, labelled, ["all"])
        if headed := _HEADED.match(scene.flat, sentence.start, sentence.end):
            _tell(scene, sentence, headed, ["all"], is_led=_counts_rightly(scene, sentence))
        for found in scene.find(_KNOWN, sentence):
            _tell(scene, sentence, found, ["known", "all"])


def _counts_rightly(scene: Scene, sentence: Part | None) -> bool:
    """Return whether a sentence counts the measures of a status, and rightly."""
    return sentence is not None and any(
        one.kind == "count of measures" and one.verdict is Verdict.CONFIRMED and sentence.holds(one.start)
        for one in scene.claims
    )


def _tell(scene: Scene, sentence: Part, found: re.Match[str], groups: Sequence[str], *, is_led: bool = False) -> None:
    bases = bases_of(scene, "", scene.world.quarter)
    numbers = {one.start: one for one in scene.within(scene.numbers, sentence) if not scene.is_used(one)}
    said = {name: numbers[found.start(name)] for name in groups if found.start(name) in numbers}
    whole = [*bases[:2], Fraction(len(scene.world.indicators))]
    fits = {name: one.value in (whole if name == "all" else bases[2:]) for name, one in said.items()}
    if len(said) < len(groups) or not (any(fits.values()) or is_led):
        return
    cell = scene.world.base_cell()
    reason = f"There are {plain(bases[0])} contract measures; {plain(bases[2])} have a status."
    for name, one in said.items():
        verdict = Verdict.CONFIRMED if fits[name] else Verdict.CONTRADICTED
        computed = plain(bases[0] if name == "all" else bases[2])
        scene.tell(one.start, one.end, Told("count", verdict, plain(one.value), computed, reason, cell), [one])


def bases_of(scene: Scene, section: str, quarter: Quarter) -> list[Fraction]:
    """Return the numbers that a report may take for that of its measures: all, those with a target, those with a status.

    Args:
        scene: The draft.
        section: Of which section; empty for all.
        quarter: When.
    """
    return [scene.world.count(one, section, quarter).value for one in (list(Status), WITH_TARGET, RATED)]


def is_number_of_measures(scene: Scene, number: Number, section: str, quarter: Quarter) -> bool:
    """Return whether a number is that of all measures, of those with a target or a status, or of all that is reported."""
    whole = [] if section else [Fraction(len(scene.world.indicators))]
    return number.value in (*bases_of(scene, section, quarter), *whole)


def tell_base(scene: Scene, number: Number, section: str, quarter: Quarter) -> None:
    """Take down the number of measures that others are a part of: all of them, those with a target or those with a status.

    Args:
        scene: The draft.
        number: How many.
        section: Of which section; empty for all.
        quarter: When.
    """
    fact = scene.world.count(list(Status), section, quarter)
    fits = is_number_of_measures(scene, number, section, quarter)
    where = f" in {section}" if section else ""
    rated = bases_of(scene, section, quarter)[2]
    known = f", {plain(rated)} of them with a status" if rated != fact.value else ""
    reason = f"There are {plain(fact.value)} contract measures{where}{known}."
    verdict = Verdict.CONFIRMED if fits else Verdict.CONTRADICTED
    computed = plain(number.value if fits else fact.value)
    told = Told("count", verdict, plain(number.value), computed, reason, fact.cell)
    scene.tell(number.start, number.end, told, [number])


def base_of_share(
    scene: Scene, statuses: Collection[Status], number: Number, section: str, quarter: Quarter
) -> Fraction | None:
    """Return of how many measures a share is where some reports leave out those without a target or a status; else None."""
    if number.unit is not Unit.PERCENT or not RATED.issuperset(statuses):
        return None
    count = scene.world.count(statuses, section, quarter).value
    bases = [base for base in bases_of(scene, section, quarter)[1:] if base]
    return next((one for one in bases if Fraction(rounded(100 * count / one, number.decimals)) == number.value), None)


def have_remained(scene: Scene, mark: Counted, number: Number, section: str, quarter: Quarter) -> bool:
    """Return whether as many measures have had a status in both quarters as ``remained outside tolerance`` says."""
    if number.unit is Unit.PERCENT or not _STAYED.search(scene.flat, number.end, mark.part.start):
        return False
    world = scene.world
    stayed = [
        code
        for code in world.with_status(mark.statuses, section)
        if world.status(code, quarter.previous) in mark.statuses
    ]
    return len(stayed) == number.value
