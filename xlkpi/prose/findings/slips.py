"""Slips of typing that a rule can see without false alarms, and forms that a zero leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from xlkpi.prose.claim import Finding, Severity
from xlkpi.prose.findings.look import Look, Rule
from xlkpi.prose.mentions import Form, Unit
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Kind

ZERO = Rule("zero form", Severity.LOW)
SLIP = Rule("slip of typing", Severity.LOW)

_ZERO = re.compile(
    r"\b(?:only|just|merely|as\s+(?:many|few)\s+as)\s+(?:no|zero|none|0(?![0-9.,]))\b(?:\s+\w+)?", re.IGNORECASE
)
_ONE = re.compile(
    r"\b(?:one|1)\s+(?P<many>measures|indicators|children|visits|cases|homes|inspections|families)\s+(?:was|is|has|fell|remains)\b",
    re.IGNORECASE,
)
_TWICE = re.compile(
    r"\b(?P<word>the|a|an|and|of|to|in|for|is|are|was|were|has|have|with|on|at|by|from|this|these|as|be|been)\s+(?P=word)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r",\s+(?P<word>This|These|It|However|Therefore|They|We)\b")
_THE_YEAR = re.compile(
    r"\b(?:for|in|during|of)\s+the\s+(?:19|20)[0-9]{2}/[0-9]{2}\s+(?=(?:has|have|is|was|were|are)\b)", re.IGNORECASE
)
_ARTICLE = re.compile(
    r"\b(?P<article>a)\s+(?P<word>(?:outstanding|inadequate|increase|improvement|indicator|inspection|audit|annual|average)\b)|\b(?P<an>an)\s+(?P<other>(?:decrease|reduction|rise|fall|good|measure|target|tolerance)\b)",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?:;)\]\"'\u201d\u2019%*]\s*$")
_LONG = 25


def find(look: Look) -> Iterator[Finding]:
    """Yield the slips of a draft's sentences."""
    for _, sentence in look.prose():
        for rule, pattern, what, cure in (
            (ZERO, _ZERO, "is what a template leaves where the number is 0", "Write \u201cno cases\u201d."),
            (SLIP, _TWICE, "has a word twice", "Delete one."),
            (SLIP, _CAPITAL, "has a capital after a comma", "End the sentence, or write the word small."),
            (SLIP, _ONE, "has a plural after one", "Write the singular."),
            (
                SLIP,
                _THE_YEAR,
                "has an article but no noun for the year",
                "Write \u201cfor 2018/19\u201d, or name what it is of.",
            ),
            (
                SLIP,
                _ARTICLE,
                "has the wrong article",
                "Write \u201can\u201d before a vowel and \u201ca\u201d elsewhere.",
            ),
        ):
            for found in look.scene.find(pattern, sentence):
                if pattern is _CAPITAL and found["word"] == "We":
                    continue
                said = " ".join(found[0].split())
                yield look.finding(rule, Part(found.start(), found.end()), f"\u201c{said}\u201d {what}.", cure)
        yield from _numbers(look, sentence)
    yield from _stops(look)


def _numbers(look: Look, sentence: Part) -> Iterator[Finding]:
    """Yield a number in words with one in digits directly behind it: a word between them is missing."""
    numbers = [one for one in look.scene.within(look.scene.numbers, sentence) if one.form is Form.CARDINAL]
    for one, other in pairwise(numbers):
        gap = look.scene.flat[one.end : other.start]
        behind = look.scene.flat[other.end : other.end + 1]
        is_mixed = one.in_words and not other.in_words and one.unit is Unit.NONE and other.unit is Unit.NONE
        if is_mixed and gap.isspace() and behind not in ("-", "/", ":", "+") and one.value:
            said = look.scene.between(one.start, other.end)
            yield look.finding(
                SLIP,
                Part(one.start, other.end),
                f"\u201c{said}\u201d has two numbers and no word between them.",
                "Write \u201cby ... to ...\u201d, or delete one.",
            )


def _stops(look: Look) -> Iterator[Finding]:
    """Yield paragraphs of prose whose last sentence does not end."""
    paragraphs = look.scene.text.paragraphs
    listed = {one.head.index for one in look.lists}
    for place, one in enumerate(paragraphs):
        words = look.scene.text.words(one)
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        goes_on = following is not None and (following.kind in (Kind.ITEM, Kind.ROW) or not following.own_number)
        if one.kind is not Kind.PROSE or one.index in listed or goes_on or following is None:
            continue
        if len(one.sentences) > 1 and len(words.split()) >= _LONG and not _STOP.search(words):
            last = Part(max(one.end - _LONG, one.start), one.end)
            yield look.finding(SLIP, last, f"Paragraph {one.number} ends without a full stop.", "End the sentence.")
