"""What the checker says of the published report, beside what a person found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from facts.report import NOT_FIGURES
from prose import seed

from xlkpi.prose.claim import Claim, Finding, Verdict, Verification


class Outcome(Enum):
    """How a statement fared."""

    AS_EXPECTED = "as expected"
    MISSED = "missed"
    NOT_CONFIRMED = "found, but not confirmed"
    ALARM = "contradicted, though it is right"
    PASSED = "confirmed, though it is wrong"


#: Statements whose quote is only words around a figure that another statement holds, or that no figure can bear out.
_NO_CLAIM_NEEDED = frozenset(NOT_FIGURES) | {"2.2-00", "2.2-29", "2.4-15", "2.7-00", "2.7-02", "3.1-00", "5.4-01"}


def of_fact(fact: seed.Fact, found: Verification) -> Outcome:
    """Return how a statement fared: what the list says of it against what the checker says."""
    claims = [one for one in found.claims if _meets(one, fact)]
    contradicted = [one for one in claims if one.verdict is Verdict.CONTRADICTED]
    flagged = [one for one in found.findings if _meets(one, fact)]
    if fact.recomputes == "no":
        return Outcome.AS_EXPECTED if contradicted or flagged else Outcome.PASSED if claims else Outcome.MISSED
    if contradicted and not fact.finding:
        return Outcome.ALARM
    if fact.place in _NO_CLAIM_NEEDED or fact.recomputes == "not_checkable":
        return Outcome.AS_EXPECTED
    if any(one.verdict is Verdict.CONFIRMED for one in claims) or (fact.finding and (contradicted or flagged)):
        return Outcome.AS_EXPECTED
    return Outcome.NOT_CONFIRMED if claims or flagged else Outcome.MISSED


def _meets(one: Claim | Finding, fact: seed.Fact) -> bool:
    return one.start < fact.end and fact.start < max(one.end, one.start + 1)


#: Words by which a finding of each sort can be told from others in the same paragraph.
_SORTS = {
    "F-01": "period|quarter|label",
    "F-02": "tolerance|target",
    "F-03": "narrative|plan|covered|explained|mention",
    "F-04": "reconcil|opening|start|stock",
    "F-05": "precision|round|decimal",
    "F-06": "percentage point|percent|unit",
    "F-08": "above|better|polarity|lower",
    "F-09": "measured|denominator|base|share",
    "F-11": "high|lower|polarity|adverse|better",
    "F-12": "share|proportion",
    "F-13": "month|october|complete|closed|date",
    "F-14": "population|all social|scope|covers|different|whose",
    "F-15": "break|framework|series",
    "F-25": "compar|national|date|year",
}


def of_defect(defect: seed.Defect, found: Verification) -> bool:
    """Return whether a defect is reported: a finding of its sort, or a contradiction, in one of its paragraphs."""
    spans = [seed.paragraph_span(paragraph) for paragraph in defect.paragraphs]
    words = re.compile(_SORTS.get(defect.place, "."), re.IGNORECASE)
    for start, end in spans:
        for one in (*found.findings, *found.with_verdict(Verdict.CONTRADICTED)):
            if one.start < end and start < max(one.end, one.start + 1) and words.search(_said(one)):
                return True
    return False


def _said(one: Claim | Finding) -> str:
    return f"{one.kind} {one.reason}" if isinstance(one, Claim) else f"{one.rule} {one.what}"


def false_alarms(found: Verification) -> Iterator[Claim]:
    """Yield the contradictions of what nobody found wrong in the report."""
    wrong = [fact for fact in seed.facts() if fact.recomputes == "no" or fact.finding]
    for one in found.with_verdict(Verdict.CONTRADICTED):
        if not any(_meets(one, fact) for fact in wrong):
            yield one


def table(found: Verification) -> Iterator[str]:
    """Yield the lines of a table: the statements by kind, how they fared; then the defects."""
    fared: dict[str, list[Outcome]] = {}
    for fact in seed.facts():
        fared.setdefault(fact.kind, []).append(of_fact(fact, found))
    alarms = len(list(false_alarms(found)))
    yield "| kind of statement | statements | as expected | missed | not confirmed | wrong verdict |"
    yield "|---|---|---|---|---|---|"
    for kind, outcomes in sorted({**fared, "**all**": [one for them in fared.values() for one in them]}.items()):
        wrong = sum(one in {Outcome.ALARM, Outcome.PASSED} for one in outcomes)
        counts = [outcomes.count(one) for one in (Outcome.AS_EXPECTED, Outcome.MISSED, Outcome.NOT_CONFIRMED)]
        yield f"| {kind} | {len(outcomes)} | {' | '.join(map(str, counts))} | {wrong} |"
    everything = [one for them in fared.values() for one in them]
    right = everything.count(Outcome.AS_EXPECTED)
    contradicted = len(found.with_verdict(Verdict.CONTRADICTED))
    yield ""
    yield f"Recall {right}/{len(everything)} ({right / len(everything):.1%})."
    yield f"Precision: {alarms} of {contradicted} contradictions are false alarms."
    matter = [one for one in seed.defects() if one.severity in {"high", "medium"} and one.place not in seed.ELSEWHERE]
    reported = [one.place for one in matter if of_defect(one, found)]
    missed = [one.place for one in matter if one.place not in reported]
    yield f"High and medium defects reported: {len(reported)} of {len(matter)}; missed: {', '.join(missed) or 'none'}."
