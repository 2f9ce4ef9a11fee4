"""Every measure outside tolerance needs words of its own, and what is being done; those that fell out last come first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlkpi.calculate.history import Movement
from xlkpi.calculate.status import Status
from xlkpi.prose.claim import Claim, Finding, Severity, Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.findings.look import Look, Rule
from xlkpi.prose.scene import Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph, Sentence

NARRATIVE = Rule("outside without narrative", Severity.HIGH)
PLAN = Rule("outside without a plan", Severity.MEDIUM)

_COVERED = re.compile(
    r"\b(?:this|these|both|all|they|it|each|which)\s+(?:(?:of\s+(?:these|which|them)|measures?|indicators?|areas?)\s+)?(?:is|are|will\s+be)\s+(?:\w+\s+)?"
    r"(?:covered|discussed|described|explained|addressed|considered|detailed|explored|set\s+out|reported)\s+(?:on\s+)?(?:later|below|further|in\s+(?:more\s+)?(?:detail|section))[\w\s]*",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:(?:action\s+|improvement\s+|recovery\s+)?plans?|actions?)\s+(?:is|are|have\s+been|has\s+been)\s+(?:now\s+|already\s+)?(?:put\s+)?(?:in\s+place|agreed|drawn\s+up|developed)[^.;]*",
    re.IGNORECASE,
)


def find(look: Look) -> Iterator[Finding]:
    """Yield the measures outside tolerance without narrative, or without a plan."""
    for code in (one for one in outside(look) if one in look.reported):
        indicator, result = look.scene.world.by_code[code], look.scene.world.contract[code]
        is_new = result.movement is Movement.FELL_OUT
        since = (
            "fell out of tolerance this quarter"
            if is_new
            else f"has been outside tolerance for {result.streak.quarters} quarters"
        )
        cell = look.scene.world.cell_of(code, Measure.STATUS)
        if code not in look.narrative:
            what = f"{code} ({indicator.title}) {since}, but nothing is said about it beside its name in a list."
            yield look.finding(NARRATIVE, None, what, "Say what stands behind it and what is being done.", cell)
        elif look.is_told(code) and not look.has_plan(code):
            what = f"{code} ({indicator.title}) {since}, but no action is named."
            yield look.finding(
                PLAN, look.narrative[code][0], what, "Say what is being done, by whom and by when.", cell
            )


def outside(look: Look) -> list[str]:
    """Return the codes outside tolerance, those that fell out this quarter first."""
    codes = look.scene.world.with_status([Status.OUTSIDE])
    return sorted(codes, key=lambda code: look.scene.world.contract[code].movement is not Movement.FELL_OUT)


def read_coverage(look: Look) -> None:
    """Take down the claims that something is covered later, or that plans are in place."""
    for paragraph, sentence in look.prose():
        for found in look.scene.find(_COVERED, sentence):
            _tell(
                look,
                found,
                _meant(look, paragraph, sentence),
                "covered",
                [c for c in outside(look) if c not in look.narrative],
            )
        for found in look.scene.find(_PLANNED, sentence):
            if _speaks_of_outside(look, sentence):
                without = [code for code in outside(look) if code not in look.narrative or not look.has_plan(code)]
                _tell(look, found, outside(look), "planned for", without)


def _speaks_of_outside(look: Look, sentence: Sentence) -> bool:
    words = look.scene.flat[sentence.start : sentence.end].lower()
    return "outside" in words or "out of tolerance" in words or "off target" in words


def _meant(look: Look, paragraph: Paragraph, sentence: Sentence) -> Sequence[str]:
    """Return the measures that "these" are: those outside tolerance where the sentence before speaks of them."""
    at = paragraph.sentences.index(sentence)
    near = [sentence, *paragraph.sentences[max(0, at - 1) : at]]
    return outside(look) if any(_speaks_of_outside(look, one) for one in near) else ()


def _tell(look: Look, found: re.Match[str], meant: Sequence[str], what: str, without: Sequence[str]) -> Claim | None:
    if not meant:
        return None
    missing = [code for code in meant if code in without]
    world = look.scene.world
    nothing = f"Nothing in the draft is said of {', '.join(missing)} beside its name in a list."
    told = Told(
        "coverage",
        Verdict.CONTRADICTED if missing else Verdict.CONFIRMED,
        f"{', '.join(meant)} {what}",
        f"not {', '.join(missing)}" if missing else f"{', '.join(meant)}",
        nothing if missing else f"{', '.join(meant)}: found in the draft.",
        world.cell_of((missing or list(meant))[0], Measure.STATUS),
        (missing or list(meant))[0],
    )
    part = Part(found.start(), found.start() + len(found[0].rstrip()))
    return look.scene.tell(part.start, part.end, told)
