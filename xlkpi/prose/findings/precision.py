"""One precision a sentence, and percentage points for differences of percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlkpi.prose.claim import Claim, Finding, Severity, Verdict
from xlkpi.prose.findings.look import Look, Rule
from xlkpi.prose.mentions import Number, Unit
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph, Sentence

MIXED = Rule("mixed precision", Severity.MEDIUM)
POINTS = Rule("percent or percentage points", Severity.MEDIUM)
UNIT = Rule("figure without its unit", Severity.LOW)

_CHANGED = re.compile(
    r"\b(?:increas\w*|rose|risen|grew|grown|improv\w*|fell|fallen|drop\w*|decreas\w*|reduc\w*|declin\w*|up|down|gain\w*|worsen\w*|difference|change\w*)\s+(?:of|by)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
#: Kinds of claims whose figures are rounded: what stands in the register (a target) is not.
_ROUNDED = ("figure", "change", "share")
_LEVEL = re.compile(r"\b(?:targets?|tolerances?)\b[^;]{0,40}$", re.IGNORECASE)
_NEAR = 60
_EXPLAINED = re.compile(r"\b(?:exact\w*|round\w*|unrounded|precise\w*)\b", re.IGNORECASE)
_COMPARED = re.compile(r"\s*(?:better|worse|higher|lower|above|below|more|less)\b", re.IGNORECASE)


def find(look: Look) -> Iterator[Finding]:
    """Yield sentences of mixed precision, and changes of a percentage that are given in percent."""
    for paragraph, sentence in look.prose():
        numbers = look.scene.within(look.scene.numbers, sentence)
        yield from _mixed(look, sentence, numbers)
        for number in numbers:
            if number.unit is Unit.PERCENT:
                yield from _points(look, paragraph, sentence, number)
    for claim in look.claims:
        if claim.kind == "unit" and claim.verdict is Verdict.NOT_CHECKABLE:
            yield look.finding(UNIT, Part(claim.start, claim.end), claim.reason, "Write the unit.", claim.cell)


def _mixed(look: Look, sentence: Sentence, numbers: list[Number]) -> Iterator[Finding]:
    """Yield figures that a sentence rounds in two ways, though the register rounds them in one; targets do not count.

    Levels are those of one indicator, or of several that have as many decimals in the register; changes those of one.
    """
    if _EXPLAINED.search(look.scene.flat, sentence.start, sentence.end):
        return
    alike: dict[tuple[object, ...], list[Number]] = {}
    for one in numbers:
        if one.in_words or _LEVEL.search(look.scene.flat, max(sentence.start, one.start - _NEAR), one.start):
            continue
        for claim in look.claims_at(one.start):
            if key := _kind(look, claim, one):
                same = alike.setdefault(key, [])
                same += [] if one in same else [one]
    for same in alike.values():
        if len({one.decimals for one in same}) > 1:
            shown = ", ".join(look.scene.between(one.start, one.end) for one in same)
            what = f"One sentence prints {shown}: some are rounded more than others."
            yield look.finding(MIXED, sentence, what, "Print one number of decimals in a sentence.")


def _kind(look: Look, claim: Claim, number: Number) -> tuple[object, ...]:
    """Return what figures must have in common to be rounded alike; nothing for those that are not rounded."""
    indicator = look.scene.world.by_code.get(claim.indicator)
    is_relative = number.unit in (Unit.PERCENT, Unit.POINTS)
    if claim.kind not in _ROUNDED or indicator is None or (indicator.unit == "count" and not is_relative):
        return ()
    if claim.kind != "figure":
        return claim.kind, claim.indicator, number.unit
    is_outturn = claim.reason.startswith(f"{claim.indicator} was ") and is_relative == indicator.is_percentage
    return ("figure", indicator.unit, indicator.decimals) if is_outturn else ()  # not its counts


def _points(look: Look, paragraph: Paragraph, sentence: Sentence, number: Number) -> Iterator[Finding]:
    before = look.scene.flat[sentence.start : number.start]
    if not (_CHANGED.search(before) or _COMPARED.match(look.scene.flat, number.end)):
        return
    code = _about(look, paragraph, number)
    is_wrong = any(one.verdict is Verdict.CONTRADICTED for one in look.claims_at(number.start))
    if is_wrong or not code or not look.scene.world.by_code[code].is_percentage:
        return
    words = look.scene.between(number.start, number.end)
    what = f"\u201c{words}\u201d is a difference of two percentages of {code}: is it percent, or percentage points?"
    claims = [one for one in look.claims_at(number.start) if one.cell]
    cell = claims[0].cell if claims else ""
    yield look.finding(POINTS, number, what, "Write percentage points.", cell)


def _about(look: Look, paragraph: Paragraph, number: Number) -> str:
    """Return the indicator that was named last before a number in its paragraph."""
    claims = [one.indicator for one in look.claims_at(number.start) if one.indicator]
    if claims:
        return claims[0]
    named = [(one, code) for one, code in look.indicators(paragraph) if one.start < number.start]
    return named[-1][1] if named else ""
