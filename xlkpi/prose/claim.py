"""What a check of a draft comes to: claims with their verdicts, and findings that are not single claims."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """What the figures say of a claim."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    NOT_CHECKABLE = "not checkable"


class Severity(Enum):
    """How much harm a finding can do."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement of a draft.

    Attributes:
        start: Offset of its first character in the draft's text.
        end: Offset after its last character.
        text: The words from ``start`` to ``end``.
        kind: What is claimed: figure, change, direction, status, count, period, rank, streak ...
        verdict: What the figures say of it.
        stated: What the draft says, normalised (``24%``, ``2018/19 Q2``, ``fell``).
        computed: What the figures say, at the draft's own precision; empty where nothing could be worked out.
        cell: Where that figure stands in the workbook (``Results!E9``); empty where there is none.
        reason: One sentence: how it was worked out, what does not agree, or why it cannot be checked.
        indicator: Code of the indicator that it is about; empty where it is about none or several.
        paragraph: Number of the paragraph as the draft prints it (``4.8``); empty where it prints none.
    """

    start: int
    end: int
    text: str
    kind: str
    verdict: Verdict
    stated: str
    computed: str = ""
    cell: str = ""
    reason: str = ""
    indicator: str = ""
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend in a draft that is not a single claim.

    Attributes:
        rule: Name of the rule that found it (``outside without narrative``).
        severity: How much harm it can do.
        what: One sentence: what stands there against what was expected.
        cure: One sentence: what to do.
        start: Offset in the draft's text of what it is about; that of the whole draft where something is missing.
        end: Offset after it.
        text: The words from ``start`` to ``end``; empty where something is missing.
        cell: Where the figure behind it stands in the workbook; empty where there is none.
        paragraph: Number of the paragraph as the draft prints it.
    """

    rule: str
    severity: Severity
    what: str
    cure: str
    start: int
    end: int
    text: str = ""
    cell: str = ""
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """Everything that was found in a draft, in the order of its text."""

    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]

    @property
    def others(self) -> list[Finding]:
        """Return the findings without those on exactly the words of a contradicted claim, which says the same of them."""
        told = {(one.start, one.end) for one in self.with_verdict(Verdict.CONTRADICTED)}
        return [one for one in self.findings if not one.text or (one.start, one.end) not in told]

    def with_verdict(self, verdict: Verdict) -> list[Claim]:
        """Return the claims that have a verdict, in the order of the text."""
        return [one for one in self.claims if one.verdict is verdict]
