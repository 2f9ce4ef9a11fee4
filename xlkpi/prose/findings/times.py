"""Times: months that had not closed, runs that a new series cuts short, comparators without a year, months beside a quarter."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from xlkpi.model.period import Month, Quarter, Year
from xlkpi.prose.claim import Finding, Severity, Verdict
from xlkpi.prose.fact import AUDITS, Measure
from xlkpi.prose.findings.look import Look, Rule
from xlkpi.prose.mentions import PeriodMention, Role, Unit, When
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.days import has_closed, known_on
from xlkpi.prose.text import Sentence

OPEN = Rule("month not closed", Severity.MEDIUM)
BREAK = Rule("run across a series break", Severity.MEDIUM)
UNDATED = Rule("undated comparator", Severity.MEDIUM)
MONTHLY = Rule("month beside a quarter", Severity.LOW)
ELSEWHEN = Rule("figure of another period", Severity.MEDIUM)
REUSED = Rule("code had another meaning", Severity.MEDIUM)

_TOLD = re.compile(
    r"\b(?:rose|fell|increased|decreased|reduced|dropped|peaked|showed|saw|not\s+been|at|(?:was|were|has|have|had)(?!\s+(?:to|be)\b))\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|until|by|due|expect\w*|anticipat\w*|plan\w*|from|often|usually|typically|scheduled|forecast|target|next)\b",
    re.IGNORECASE,
)
#: Kinds of claims that compare figures over time.
_FIGURES = ("figure", "change", "direction", "rank")
_DATED = re.compile(r"\b(?:19|20)[0-9]{2}\b|\blast\s+year|\bprevious\s+year|\bquarter\s+[1-4]", re.IGNORECASE)


def find(look: Look) -> Iterator[Finding]:
    """Yield everything that is wrong with the times of a draft."""
    yield from _open(look)
    yield from _breaks(look)
    yield from _undated(look)
    yield from _monthly(look)
    yield from _reused(look)
    yield from _elsewhen(look)


def _open(look: Look) -> Iterator[Finding]:
    """Yield what is told of a month that had not ended when the draft was signed."""
    day = known_on(look.scene)
    shown = f"{day.day} {day:%B %Y}"
    for claim in look.claims:
        if claim.kind == "period" and claim.verdict is Verdict.NOT_CHECKABLE and "had not ended" in claim.reason:
            yield look.finding(
                OPEN,
                Part(claim.start, claim.end),
                f"\u201c{claim.text}\u201d: {claim.reason}",
                "Leave out the month, or wait for it.",
            )
    for _, sentence in look.prose():
        for mention in look.scene.within(look.scene.periods, sentence):
            months = [one for one in mention.periods if isinstance(one, Month) and not has_closed(look.scene, one)]
            if months and mention.certain and _is_told(look, sentence, mention):
                names = " and ".join(f"{calendar.month_name[one.month]} {one.year}" for one in months)
                yield look.finding(
                    OPEN, mention, f"{names} had not ended on {shown}.", "Leave out the month, or wait for it."
                )


def _elsewhen(look: Look) -> Iterator[Finding]:
    """Yield figures of a period that the workbook does not have, and that it has of another one."""
    for claim in look.claims:
        is_open = claim.kind == "figure" and claim.verdict is Verdict.NOT_CHECKABLE
        if is_open and "is the figure of" in claim.reason:
            yield look.finding(
                ELSEWHEN, Part(claim.start, claim.end), claim.reason, "Correct the period, or the figure."
            )


def _is_told(look: Look, sentence: Sentence, mention: PeriodMention) -> bool:
    clause = sentence.clause_at(mention.start)
    words = look.scene.flat[clause.start : clause.end]
    figures = look.scene.within(look.scene.numbers, clause)
    return (
        bool(_TOLD.search(words))
        and not _TO_COME.search(words)
        and bool(figures or look.scene.within(look.scene.directions, clause))
    )


def _breaks(look: Look) -> Iterator[Finding]:
    """Yield runs that begin where a new framework or series does: they show no more than that."""
    world = look.scene.world
    for claim in look.claims:
        if claim.kind != "streak" or claim.verdict is Verdict.CONTRADICTED:
            continue
        if "inadequate" in claim.stated:
            runs = [world.fact(AUDITS, Measure.RUN, world.quarter, part) for part in ("inadequate", "framework")]
            frameworks = {one.framework for one in world.audits_by_quarter.values()}
            if runs[0] and runs[1] and runs[0].value >= runs[1].value and len(frameworks) > 1:
                what = f"The run of {runs[0].value} quarters begins with the present audit framework ({runs[1].value} quarters)"
                what += ": it may come from the new framework."
                yield look.finding(
                    BREAK, Part(claim.start, claim.end), what, "Say so, or start the run anew.", claim.cell
                )


def _undated(look: Look) -> Iterator[Finding]:
    """Yield comparisons with others that do not say of which year their figures are."""
    seen: set[int] = set()
    for claim in look.claims:
        paragraph = look.scene.text.at(claim.start)
        sentence = paragraph.sentence_at(claim.start) if paragraph else None
        if claim.kind != "comparison" or sentence is None or sentence.start in seen:
            continue
        seen.add(sentence.start)
        words = look.scene.flat[sentence.start : sentence.end] if sentence else ""
        if (
            sentence
            and not _DATED.search(words)
            and re.search(r"\b(?:better|worse|higher|lower|above|below|than|compar)", words, re.IGNORECASE)
        ):
            what = (
                f"\u201c{' '.join(claim.text.split())}\u201d does not say of which year the figures compared with are."
            )
            yield look.finding(
                UNDATED, Part(claim.start, claim.end), what, "Give their year, and when they were published."
            )


def _monthly(look: Look) -> Iterator[Finding]:
    """Yield sentences that explain a quarter's headline with the figures of one month."""
    for paragraph, sentence in look.prose():
        months = [
            one
            for one in look.scene.within(look.scene.periods, sentence)
            if one.when is When.MONTH and one.periods and not one.certain
        ]
        parts = [one for one in look.scene.within(look.scene.subjects, sentence) if one.role is Role.PART]
        numbers = [one for one in look.scene.within(look.scene.numbers, sentence) if one.unit is Unit.PERCENT]
        contract = look.scene.contract_codes(paragraph)
        if len(months) == 1 and len(parts) > 1 and len(numbers) > 1 and contract:
            code = contract[0][1][0]
            month = look.scene.between(months[0].start, months[0].end).title()
            what = f"{code} is a figure of the quarter; its parts are given for {month} alone."
            yield look.finding(MONTHLY, months[0], what, "Give the parts for the quarter, or say why the month.")


def _reused(look: Look) -> Iterator[Finding]:
    """Yield a period named with a code that meant something else then."""
    register, world = look.scene.world.register, look.scene.world
    for _, sentence in look.prose():
        told = {one.indicator for one in look.claims_in(sentence) if one.kind in _FIGURES}
        named = [(one, code) for one, code in look.indicators(sentence) if one.how.name == "CODE" and code in told]
        for mention in look.scene.within(look.scene.periods, sentence):
            for period in mention.periods:
                quarter = Quarter(period.year, 4) if isinstance(period, Year) else period.quarter
                for part, code in named:
                    then = register.indicator(code, quarter)
                    if then is not None and then != world.by_code[code]:
                        what = f"In {period.label} the code {code} meant \u201c{then.title}\u201d: {then.where}."
                        yield look.finding(
                            REUSED, part, what, "Name the measure by its title, and do not compare the two."
                        )
