"""A draft says the same however it is typed: wrapped lines, hard blanks, other dashes and quotation marks, emphasis."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable
from functools import cache

import pytest
from prose import cases, reached

from xlkpi.prose.claim import Verdict, Verification


def wrapped(text: str) -> str:
    """Return a text with lines of 72 characters, as a PDF or an e-mail has them; tables stay as they are."""
    lines = text.split("\n")
    kept = [
        line if "\t" in line or " | " in line else textwrap.fill(line, 72, break_on_hyphens=False) for line in lines
    ]
    return "\n".join(kept)


def with_hard_blanks(text: str) -> str:
    return re.sub(r"(?<=\d) (?=[a-z])", "\u00a0", text)


def with_word_marks(text: str) -> str:
    """Return a text as Word types it: dashes between words, curly apostrophes, hyphens that do not break."""
    return text.replace(" - ", " \u2013 ").replace("'", "\u2019").replace("re-", "re\u2011")


def with_double_blanks(text: str) -> str:
    return text.replace(". ", ".  ")


def with_emphasis(text: str) -> str:
    """Return a text with figures in bold type, as Markdown writes it."""
    return re.sub(r"(?<=[a-z] )(\d[\d,.]*%)(?=[ .,;])", r"**\1**", text)


def with_windows_lines(text: str) -> str:
    return text.replace("\n", "\r\n")


@cache
def as_written(name: str) -> Verification:
    return cases.case(name).checked()


WAYS = (wrapped, with_hard_blanks, with_word_marks, with_double_blanks, with_emphasis, with_windows_lines)


@pytest.mark.parametrize("way", WAYS)
def test_the_way_of_typing_changes_no_verdict(way: Callable[[str], str]) -> None:
    before = after = 0
    alarms = []
    for name in cases.names():
        case = cases.case(name)
        plain, typed = as_written(name), case.checked(way(case.marked.text))
        before += len(plain.with_verdict(Verdict.CONFIRMED))
        after += len(typed.with_verdict(Verdict.CONFIRMED))
        known = [" ".join(one.text.replace("*", "").split()) for one in plain.with_verdict(Verdict.CONTRADICTED)]
        alarms += [
            (name, one.text, one.reason)
            for one in typed.with_verdict(Verdict.CONTRADICTED)
            if " ".join(way(one.text).replace("*", "").split()) not in [" ".join(way(text).split()) for text in known]
        ]
    assert after >= (reached.WRAPPED if way is wrapped else 0.97) * before
    assert len(alarms) <= (reached.WRAPPED_ALARMS if way is wrapped else reached.TYPED_ALARMS), alarms


def test_offsets_point_at_the_words_whatever_stands_there() -> None:
    chance = random.Random("odd texts")
    case = cases.case("northmere")
    letters = "0123456789%.,;:()|\t\n -–—'\u2019“”*_#•▲▼£/\u00a0\u200b\u00ad\ufeffabcABC\U0001f600é"
    for _ in range(40):
        text = list(case.marked.text[: chance.randrange(1, 1200)])
        for _ in range(chance.randrange(60)):
            text[chance.randrange(len(text))] = chance.choice(letters)
        odd = "".join(text)
        found = case.checked(odd)
        for one in (*found.claims, *found.findings):
            assert 0 <= one.start <= one.end <= len(odd)
            assert not one.text or odd[one.start : one.end] == one.text


@pytest.mark.parametrize(
    "text", ["", "\n", "   ", "|", "\t\t\n", "%", "12", "Q9", "2018/20 Q1", "9" * 400, "a" * 20_000]
)
def test_a_text_without_sense_is_no_claim_and_no_crash(text: str) -> None:
    found = cases.case("northmere").checked(text)
    assert not found.with_verdict(Verdict.CONFIRMED)
