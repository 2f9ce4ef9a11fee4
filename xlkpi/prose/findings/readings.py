"""Words against the run of the figures, and populations that change between one figure and the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlkpi.calculate.change import Change
from xlkpi.model.number import plain
from xlkpi.prose.claim import Finding, Severity
from xlkpi.prose.findings.look import Look, Rule
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph, Sentence

DEMAND = Rule("demand against the figures", Severity.LOW)
SCOPE = Rule("populations differ", Severity.MEDIUM)
UNNAMED = Rule("inspection not named", Severity.LOW)
UNKNOWN = Rule("inspection not in the workbook", Severity.MEDIUM)

_DEMAND = re.compile(
    r"\b(?:(?P<high>(?:continu\w+|sustained|persistent\w*|very|still|remain\w*)\s+(?:to\s+be\s+)?(?:high|strong)(?:er)?|increas\w+|ris(?:ing|en)|grow(?:ing|n|th)|unprecedented|record|high(?:er)?)"
    r"(?:\s+(?:levels?|volumes?|rates?)\s+of|\s+in|\s+and\s+\w+)?\s+demands?|demands?\s+(?:\w+\s+){0,4}?(?P<up>(?:remains?|continues?\s+to\s+be|is|stays?)\s+high|continues?\s+to\s+(?:rise|grow|increase)|has\s+(?:risen|increased|grown)|rising|growing))\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:of|for|across|among)\s+all\s+(?:our\s+|the\s+)?(?P<who>(?:[a-z]+\s+){0,2}?[a-z]+s)\b", re.IGNORECASE
)
_RECENT = re.compile(
    r"\b(?:the|our|a|this)\s+(?:recent|latest|last)\s+(?:ofsted\s+)?inspection\b(?!\s+(?:of|under|as|in|by)\b)",
    re.IGNORECASE,
)
#: ``inspected as a Voluntary Adoption Agency``: with capitals, a kind of inspection.
_AS = re.compile(r"\b[Ii]nspected\s+as\s+an?\s+(?P<kind>[A-Z]\w+(?:\s+[A-Z]\w+){1,4})")
_LEAST = 2


def find(look: Look) -> Iterator[Finding]:
    """Yield words that the figures do not bear out, and figures of populations that do not go together."""
    for paragraph, sentence in look.prose():
        yield from _demand(look, sentence)
        yield from _scope(look, paragraph, sentence)
        yield from _unnamed(look, sentence)
        yield from _unknown(look, sentence)


def _demand(look: Look, sentence: Sentence) -> Iterator[Finding]:
    """Yield talk of high demand where more of the context counts fell than rose, by quarter and by year."""
    world = look.scene.world
    for found in look.scene.find(_DEMAND, sentence):
        fell, rose = [], []
        for code, one in world.context.items():
            if one.indicator.unit != "count" or one.indicator.list_order is None:
                continue
            changes = [change for change in (one.on_quarter, one.on_year) if isinstance(change, Change)]
            if changes and all(change.absolute < 0 for change in changes):
                fell.append((code, changes[-1]))
            elif changes and any(change.absolute > 0 for change in changes):
                rose.append(code)
        if len(fell) > len(rose) and len(fell) >= _LEAST:
            shown = ", ".join(
                f"{world.by_code[code].title} from {plain(change.earlier)} to {plain(change.earlier + change.absolute)}"
                for code, change in fell
            )
            said = " ".join(found[0].split())
            what = f"\u201c{said}\u201d, but of the context figures {len(fell)} fell and {len(rose)} rose: {shown}."
            yield look.finding(
                DEMAND,
                Part(found.start(), found.end()),
                what,
                "Say which demand is meant.",
                world.context[fell[0][0]].indicator.where,
            )


def _scope(look: Look, paragraph: Paragraph, sentence: Sentence) -> Iterator[Finding]:
    """Yield a figure of ``all social workers`` that explains one of ``qualified social workers``."""
    world = look.scene.world
    for found in look.scene.find(_ALL, sentence):
        who = found["who"].lower().strip()
        one = re.escape(who.rstrip("s"))
        here = [code for part, code in look.indicators(sentence) if part.end >= found.start() - 5]
        at = paragraph.sentences.index(sentence)
        before = Part(paragraph.sentences[max(0, at - 1)].start, found.start())
        for _, code in reversed(look.indicators(before)):
            indicator = world.by_code[code]
            names = f"{indicator.title}; {indicator.definition}; {indicator.denominator_label}".lower()
            limited = re.search(rf"\b(?P<which>(?!all\b|the\b|of\b|our\b|average\b)[a-z]+)\s+{one}s?\b", names)
            if code in here or not limited:
                continue
            said = " ".join(found[0].split())
            what = f"\u201c{said}\u201d stands beside {code}, whose figure is of {limited['which']} {who} only."
            yield look.finding(
                SCOPE,
                Part(found.start(), found.end()),
                what,
                "Say with each figure of whom it is.",
                world.by_code[code].where,
            )
            break


def _unnamed(look: Look, sentence: Sentence) -> Iterator[Finding]:
    """Yield ``the recent inspection`` where there were several."""
    held = [one for one in look.scene.world.inspections if one.date and one.grade]
    if len({one.subject for one in held}) < _LEAST:
        return
    for found in look.scene.find(_RECENT, sentence):
        yield look.finding(
            UNNAMED,
            Part(found.start(), found.end()),
            "It is not said which inspection is meant.",
            "Name it, with its date.",
        )


def _unknown(look: Look, sentence: Sentence) -> Iterator[Finding]:
    """Yield an inspection that was held, as the draft says, and that the workbook does not list as held."""
    held = [f"{one.subject} {one.type}".casefold() for one in look.scene.world.inspections if one.date and one.grade]
    for found in look.scene.find(_AS, sentence) if held else ():
        kind = " ".join(found["kind"].split())
        if not any(kind.casefold() in one for one in held):
            what = f"The workbook lists no inspection of \u201c{kind}\u201d that was held."
            part = Part(found.start("kind"), found.end("kind"))
            yield look.finding(UNKNOWN, part, what, "Correct the name, or add the inspection to the workbook.")
