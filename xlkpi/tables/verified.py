"""What a check of a draft shows: rows of the Claims table, lines for a terminal, data for a machine."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlkpi.prose.claim import Claim, Finding, Severity, Verdict, Verification
from xlkpi.prose.draft import Draft
from xlkpi.tables.rows import Row
from xlkpi.tables.words import sentence
from xlkpi.workbook.backend import Cell, Value

#: How a verdict is shown: a mark and a word, so that it can be told without its colour.
VERDICTS: Mapping[Verdict, str] = {
    Verdict.CONFIRMED: "✓ Confirmed",
    Verdict.CONTRADICTED: "✗ Contradicted",
    Verdict.NOT_CHECKABLE: "? Not checkable",
}
SEVERITIES: Mapping[Severity, str] = {
    Severity.HIGH: "▲ To mend: high",
    Severity.MEDIUM: "▲ To mend: medium",
    Severity.LOW: "△ To mend: low",
}
#: What is contradicted comes first, then what else is to be mended, then the rest.
_ORDER = [VERDICTS[Verdict.CONTRADICTED], *SEVERITIES.values(), VERDICTS[Verdict.NOT_CHECKABLE]]
#: A place that a click can lead to.
_CELLS = re.compile(r"('([^']|'')+'|[^'!,\s]+)![A-Z]+[0-9]+(:[A-Z]+[0-9]+)?")
_LONGEST = 240
_SHORT = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with what was found in it.

    Attributes:
        draft: Its text.
        found: Every claim and finding, in the order of the text.
        where: Says where an offset stands, as a person finds it: a line and a column, or a cell.
    """

    draft: Draft
    found: Verification
    where: Callable[[int], str]

    def place(self, one: Claim | Finding) -> str:
        """Return where a claim or finding stands: the paragraph's number, then line and column."""
        if not one.text:  # something is missing
            return "whole draft"
        return ", ".join(filter(None, (one.paragraph, self.where(one.start))))

    def words(self, one: Claim | Finding, longest: int) -> str:
        """Return the words of the draft that it is about, on one line."""
        words = " ".join(self.draft.text[one.start : one.end].split()) if one.text else ""
        return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def line_and_column(text: str) -> Callable[[int], str]:
    r"""Return what says in which line and column of a text an offset stands, both from 1.

    Examples:
        >>> line_and_column("Visits fell.\nThe share is 74%.")(26)
        'line 2:14'
    """
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]

    def where(offset: int) -> str:
        number = bisect_right(starts, offset)
        return f"line {number}:{offset - starts[number - 1] + 1}"

    return where


def counted_claims(found: Verification) -> str:
    """Return how many claims have which verdict, and how many other findings there are, if any, in one line."""
    claims = [f"{len(found.with_verdict(verdict))} {verdict.value}" for verdict in Verdict]
    number = len(found.others)
    others = f"; {number} other {'thing' if number == 1 else 'things'} to mend" if number else ""
    return ", ".join(claims) + others


def claims_rows(checked: Checked) -> list[Row]:
    """Return the rows of the Claims table: contradicted, then to be mended, then not checkable, then confirmed."""
    found = checked.found
    rows = [_claim_row(checked, one) for one in found.claims] + [_finding_row(checked, one) for one in found.others]
    rows.sort(key=lambda row: _ORDER.index(row[0]) if row[0] in _ORDER else len(_ORDER))
    return [Row((number, *row)) for number, row in enumerate(rows, start=1)]


_Cells = tuple[str, Value | Cell, str, str, str, Value | Cell, str, str, str]


def _claim_row(checked: Checked, one: Claim) -> _Cells:
    place, words, cell = _place(checked, one), checked.words(one, _LONGEST), _link(one.cell)
    return VERDICTS[one.verdict], place, words, one.stated, one.computed, cell, one.reason, one.kind, one.indicator


def _finding_row(checked: Checked, one: Finding) -> _Cells:
    place, words, cell = _place(checked, one), checked.words(one, _LONGEST), _link(one.cell)
    return SEVERITIES[one.severity], place, words, "", "", cell, f"{one.what} {one.cure}".strip(), one.rule, ""


def _place(checked: Checked, one: Claim | Finding) -> Value | Cell:
    """Return where a claim stands; in a workbook a click leads there."""
    there = checked.where(one.start) if one.text else ""
    return Cell(checked.place(one), link=there) if _CELLS.fullmatch(there) else checked.place(one)


def _link(cell: str) -> Value | Cell:
    return Cell(cell, link=cell) if _CELLS.fullmatch(cell) else cell


def printed_check(checked: Checked, *, everything: bool = False) -> list[str]:
    """Return what was found as lines: what is contradicted and what else is to be mended.

    Args:
        checked: What was found.
        everything: Whether the claims that are confirmed or cannot be checked are listed, too.
    """
    found = checked.found
    lines = [f"{checked.draft.name}: {counted_claims(found)}."]
    verdicts = [Verdict.CONTRADICTED]
    later = [Verdict.NOT_CHECKABLE, Verdict.CONFIRMED] if everything else []
    for verdict in verdicts:
        lines += _section(verdict.value.capitalize(), _claims(checked, found.with_verdict(verdict)))
    for severity in Severity:
        some = [one for one in found.others if one.severity is severity]
        lines += _section(f"To mend: {severity.value}", _findings(checked, some))
    for verdict in later:
        lines += _section(verdict.value.capitalize(), _claims(checked, found.with_verdict(verdict)))
    return lines


def _section(title: str, lines: Iterable[str]) -> list[str]:
    listed = list(lines)
    return ["", f"{title}:", *listed] if listed else []


def _claims(checked: Checked, claims: Sequence[Claim]) -> Iterator[str]:
    for one in claims:
        yield f'  {checked.place(one)}: "{checked.words(one, _SHORT)}"'
        computed = f"the figures say {one.computed}" if one.computed else ""
        at = f" ({one.cell})" if one.cell else ""
        said = f"the draft says {one.stated}" if one.stated else ""
        told = ", ".join(filter(None, (said, computed))) + at
        yield f"    {'. '.join(filter(None, (sentence(told.strip()), one.reason)))}"


def _findings(checked: Checked, findings: Sequence[Finding]) -> Iterator[str]:
    for one in findings:
        words = checked.words(one, _SHORT)
        yield f"  {checked.place(one)}: {one.what} {one.cure}".rstrip() + (f" ({one.cell})" if one.cell else "")
        if words:
            yield f'    "{words}"'


def verification_as_json(checked: Checked) -> Mapping[str, Any]:
    r"""Return claims and findings for a machine, and the text of the draft, into which their offsets are.

    That is the text as it was read: a text file with ``\n`` for every line break and without a mark at its beginning; of a
    Word document or a PDF, what :func:`xlkpi.drafts.files.read` returns; of the Narrative sheet its paragraphs.
    """
    text, found = checked.draft.text, checked.found
    return {
        "claims": [
            {
                "text": text[one.start : one.end],
                "start": one.start,
                "end": one.end,
                "verdict": one.verdict.value,
                "stated": one.stated,
                "computed": one.computed,
                "cell": one.cell,
                "reason": one.reason,
                "kind": one.kind,
                "paragraph": one.paragraph,
                "indicator": one.indicator,
            }
            for one in found.claims
        ],
        "findings": [_finding_as_json(text, one) for one in found.findings],
        "text": text,
    }


def _finding_as_json(text: str, one: Finding) -> Mapping[str, Any]:
    end = one.end if one.text else one.start  # something that is missing stands nowhere
    return {
        "rule": one.rule,
        "severity": one.severity.value,
        "what": one.what,
        "cure": one.cure,
        "start": one.start,
        "end": end,
        "text": text[one.start : end],
        "cell": one.cell,
        "paragraph": one.paragraph,
    }
