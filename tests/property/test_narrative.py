"""Laws of the narrative, for thousands of random contracts: whole sentences, and no number that is not among its figures."""

from __future__ import annotations

import re

import pytest
from narrative.checked import read
from narrative.registers import random_told

from xlkpi.calculate.change import Change
from xlkpi.calculate.outturn import Judged
from xlkpi.calculate.status import rate
from xlkpi.model.number import rounded
from xlkpi.model.register import Basis
from xlkpi.narrative.paragraphs import NOT_NOW, PLACE_NAMES, WOULD_READ, Paragraph, Told, write
from xlkpi.narrative.phrases import default_phrases
from xlkpi.narrative.printing import in_words
from xlkpi.narrative.render import Renderer
from xlkpi.tables.words import ordinal

RENDERER = Renderer()
SEEDS = 1_500
#: So many contracts of so many measures, where lists are too long to be told.
MANY, LARGE = 4, 600
#: So many are read by the checker of drafts, too.
VERIFIED = 200
#: Contracts further on whose narratives were contradicted once: lists that end in "1 other", a gap of one day, "a further six".
HARD = (576, 835, 1031, 1189, 1393, 1462, 1575, 2116)
#: So many are held against what the figures came to before.
LAWS = 500
BATCH = 100
#: A measure of a list with its figure: ``A9 (7%, from 14%)``.
MEMBER = re.compile(r"([\w.]+) \(([^()]*?)(?:, from [^()]*)?\)")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
WORDS = {in_words(number): number for number in range(1, 200)}
IN_WORDS = re.compile(rf"\b({'|'.join(sorted(map(re.escape, WORDS), key=len, reverse=True))})\b", re.IGNORECASE)
ORDINALS = {ordinal(number) for number in range(2, 13)}
NEVER = ("  ", " .", " ,", "..", "{", "}", "()", "( ", " )", ",.", ":.", "Said(", "\u2192", "not there")
#: What no board would read twice: two that are all, a list without a verb, money behind its number, a part of one.
UNLIKELY = re.compile(
    r"\b[Aa]ll (?:2|two|1|one) |\bthe 1 |^The: |No longer in the set|\d \u00a3|\bof the one\b|(?<![\w.])1 were "
    r"|\b1 of \d+ \(\d+%\) were |the sheet |table below| also (?:on|inside) |^\d+ "
)
#: Numbers of the noun that they count.
SINGULAR = re.compile(
    r"(?<![\d.,-])(?:1|[Oo]ne) (measures|cases|days|case files|sections|percentage points|inspections)\b"
)
PLURAL = re.compile(
    r"(?<![\d.,-])(?:[02-9]|[1-9]\d+|[Tt]wo|[Tt]hree|[Nn]o) (measure|case(?! files)|day|section|percentage point)\b"
)


def narrative(told: Told) -> list[Paragraph]:
    return list(write(told, default_phrases(), RENDERER).paragraphs)


def names(told: Told) -> list[str]:
    """Return the words that come from the register as they are, codes and titles, longest first."""
    codes = [one.code for one in told.register.indicators]
    sections = {one.section for one in told.register.indicators}
    return sorted({*codes, *sections}, key=len, reverse=True)


def without_names(text: str, told: Told) -> str:
    known = "|".join(map(re.escape, names(told)))
    return re.sub(rf"\b(?:{known})\b", "", text) if known else text


@pytest.mark.parametrize("start", range(0, SEEDS, BATCH))
def test_every_sentence_is_whole_and_every_number_is_among_its_figures(start: int) -> None:
    for seed in range(start, start + BATCH):
        told = random_told(seed)
        for paragraph in narrative(told):
            where = f"seed {seed}, {paragraph.number} {paragraph.key}: {paragraph.text}"
            check_grammar(paragraph, where)
            check_numbers(paragraph, told, where)


def check_grammar(paragraph: Paragraph, where: str) -> None:
    text = paragraph.text
    assert not UNLIKELY.search(text), where
    assert not [one for one in NEVER if one in text], where
    assert not re.search(r"\bNone\b(?! (?:of|were))", text), where
    assert not SINGULAR.search(text), where
    assert not PLURAL.search(text), where
    first, last = text.split("\n")[0], text.split("\n")[-1]
    # A code that is a number heads the paragraph of its measure, and starts no other sentence.
    assert first[:1].isupper() or re.match(r"\d+\.\d+ \u2013 ", first), where
    assert first.endswith((".", ":", ".]")), where
    assert first.endswith(":") == ("\n" in text), where
    assert last.endswith((".", ".]")) or "\n" in text, where
    for sentence in re.split(r"(?<=[.\]]) ", first)[1:]:
        assert sentence[:1].isupper() or sentence.startswith("["), where


def check_numbers(paragraph: Paragraph, told: Told, where: str) -> None:
    shown = without_names(paragraph.text, told)
    figures = {one for note in paragraph.notes for one in NUMBER.findall(note.text)}
    for number in NUMBER.findall(shown):
        assert number.rstrip(",") in {one.rstrip(",") for one in figures}, f"{number} in {where}"
    for word in IN_WORDS.findall(shown):
        assert str(WORDS[word.lower()]) in figures, f"{word} in {where}"
    told_ordinals = {note.text for note in paragraph.notes}
    for word in re.findall(r"\bfor the (\w+) quarter in a row", shown):
        assert word in told_ordinals, where


@pytest.mark.parametrize("start", range(0, LAWS, BATCH))
def test_what_is_said_of_a_figure_and_the_one_before_is_so(start: int) -> None:
    for seed in range(start, start + BATCH):
        told = random_told(seed)
        for paragraph in narrative(told):
            where = f"seed {seed}, {paragraph.number} {paragraph.key}: {paragraph.text}"
            if paragraph.key in {"on target", "inside tolerance"}:
                check_held(paragraph.text, told, where)
            check_before(paragraph, told, where)


def check_held(text: str, told: Told, where: str) -> None:
    """What has little or no change has one printed figure; what counts from April is not set beside last quarter."""
    for sentence in text.split("The following ")[1:]:
        for code, figure in MEMBER.findall(sentence.partition(": ")[2]):
            one = told.results.of(code)
            assert (one.indicator.basis is Basis.YEAR_TO_DATE) == ("counted from April" in sentence), where
            if "little or no change" in sentence:
                assert isinstance(one.on_quarter, Change), where
                before = one.on_quarter.earlier
                decimals = decimals_of(figure)
                assert rounded(before, decimals) == rounded(before + one.on_quarter.absolute, decimals), where


def check_before(paragraph: Paragraph, told: Told, where: str) -> None:
    """A figure of last quarter that is printed with its status has that status as printed, where decimals can show it."""
    code = paragraph.key.partition(".")[2]
    found = re.search(r" it was (?:on or better|inside|outside)[a-z ]*, at (\S+)", paragraph.text)
    if not found or not paragraph.key.startswith(("exception", "slipped", "improvement")):
        return
    one = told.results.of(code)
    assert one.previous is not None, where
    shown = [
        rate(rounded(one.previous, decimals), one.previous_target) for decimals in range(one.indicator.decimals + 4)
    ]
    now = [rate(rounded(one.outturn or 0, decimals), one.target) for decimals in range(one.indicator.decimals + 4)]
    at = decimals_of(found[1])
    if told.results.judged is Judged.EXACT and (one.previous_status, one.status) in zip(
        shown[at:], now[at:], strict=True
    ):
        assert shown[at] is one.previous_status, where


def decimals_of(figure: str) -> int:
    [number] = NUMBER.findall(figure)[:1]
    return len(number.partition(".")[2])


@pytest.mark.parametrize("start", range(0, VERIFIED, BATCH))
def test_the_figures_contradict_nothing_that_is_said(start: int) -> None:
    """The checker of drafts, which reads words and knows nothing of phrases, finds every claim of them right.

    ``tests/bench/narratives.py`` does the same for as many contracts as one likes.
    """
    found = [read(seed) for seed in range(start, start + BATCH)]
    assert [wrong for one in found for wrong in one.wrong] == []
    assert sum(one.confirmed for one in found) > BATCH * 20


@pytest.mark.parametrize("seed", HARD)
def test_what_was_contradicted_once_is_right(seed: int) -> None:
    assert read(seed).wrong == []


@pytest.mark.parametrize("seed", range(200))
def test_numbers_run_without_a_gap_and_keys_are_known_once(seed: int) -> None:
    paragraphs = narrative(random_told(seed))
    keys = [one.key for one in paragraphs]
    assert len(keys) == len(set(keys))
    previous = (0, 0, 0)
    for one in paragraphs:
        section, number, sub = (*(int(part) for part in one.number.split(".")), 0)[:3]
        expected = [
            (previous[0] + 1, 1, 0),
            (previous[0], previous[1] + 1, 0),
            (previous[0], previous[1], previous[2] + 1),
        ]
        assert (section, number, sub) in expected, (one.number, previous)
        previous = (section, number, sub)


def test_the_phrases_of_the_program_can_be_read() -> None:
    assert list(RENDERER.faults(default_phrases(), PLACE_NAMES)) == []
    keys = [one.key for one in default_phrases()]
    assert len(keys) == len(set(keys))


def test_every_phrase_of_the_program_is_said_of_some_contract() -> None:
    """No phrase is dead: each has a contract of which it speaks."""
    said = [False] * len(default_phrases())
    for seed in range(SEEDS):
        told = random_told(seed, LARGE if seed < MANY else None)
        previews = write(told, default_phrases(), RENDERER).previews
        said = [
            one or not preview.startswith((NOT_NOW, WOULD_READ)) for one, preview in zip(said, previews, strict=True)
        ]
        if all(said):
            return
    assert [phrase.key for phrase, one in zip(default_phrases(), said, strict=True) if not one] == []
