"""The published report's statements and defects, as listed by hand, each with its place in the text.

The report and the lists are not part of the project: their words stay where they are, and only their numbers are here.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
REPORT = SHARED / "report" / "quarterly-report-2018-19-q2.txt"
FACTS = SHARED / "data" / "dcst" / "seed_facts.csv"
FINDINGS = SHARED / "data" / "dcst" / "seed_findings.csv"


@dataclass(frozen=True)
class Fact:
    """One statement of the report.

    Attributes:
        place: Its number in the list.
        kind: count, percent, list ...
        recomputes: yes, no, needs_appendix or not_checkable.
        finding: The defect that it shows; empty for none.
        start: Where it starts in the report.
        end: Where it ends.
    """

    place: str
    kind: str
    recomputes: str
    finding: str
    start: int
    end: int


@dataclass(frozen=True)
class Defect:
    """One defect of the report.

    Attributes:
        place: Its number in the list.
        severity: high, medium, low or info.
        sort: period label, polarity ...
        paragraphs: Where it stands in the report; none for one that takes other documents to see.
    """

    place: str
    severity: str
    sort: str
    paragraphs: tuple[str, ...]


@cache
def report_text() -> str:
    return REPORT.read_text(encoding="utf-8")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def facts() -> Sequence[Fact]:
    """Return the statements of the report in the order of the list."""
    text = report_text()
    rows = _rows(FACTS)
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        quote = row["quote"]
        start, end = _quoted(text, quote, _paragraph_start(text, row["paragraph"]))
        if row["paragraph"].endswith("table") and "sizes" not in row["how"]:
            start, end = _cell(text[start:end], seen[quote], start)
            seen[quote] += 1
        found.append(Fact(row["id"], row["kind"], row["recomputes"], row["finding"], start, end))
    return found


def _paragraph_start(text: str, paragraph: str) -> int:
    number = re.match(r"[\d.]+", paragraph)
    if not number:
        return 0 if paragraph == "Title" else text.rindex("\n", 0, -60)
    place = re.search(rf"^(?:- )?{re.escape(number[0])}\.?\s", text, re.MULTILINE)
    assert place, paragraph
    return place.start()


def _quoted(text: str, quote: str, start: int) -> tuple[int, int]:
    """Return where a quote stands, whatever its blanks, cell borders and emphasis look like in the text."""
    words = [re.escape(word) for word in re.split(r"[\s|]+", quote) if word]
    pattern = re.compile(r"\**[\s\u00a0]+\**".join(words))
    found = pattern.search(text, start) or pattern.search(text)
    assert found, f"the report does not say {quote!r}"
    return found.span()


def _cell(row: str, number: int, start: int) -> tuple[int, int]:
    """Return the place of the figure of that number in a row."""
    figures = list(re.finditer(r"(?<=\s)[\d.]+%?(?!\S)|^\d+(?=\s)", row))
    return start + figures[number].start(), start + figures[number].end()


#: Defects that show only beside other documents: minutes, press, earlier registers, a missing appendix.
ELSEWHERE = frozenset({"F-21", "F-22", "F-26", "F-27"})


@cache
def defects() -> Sequence[Defect]:
    """Return the defects of the report in the order of the list."""
    return [
        Defect(row["id"], row["severity"], row["class"], tuple(re.findall(r"\d\.\d+(?:\.\d+)?", row["where"])))
        for row in _rows(FINDINGS)
    ]


def paragraph_span(number: str) -> tuple[int, int]:
    """Return where a numbered paragraph starts and ends, the lines below it included."""
    text = report_text()
    start = _paragraph_start(text, number)
    following = re.compile(r"^(?:- )?\d\.(?:\d|\s[A-Z])", re.MULTILINE).search(text, start + 8)
    return start, following.start() if following else len(text)
