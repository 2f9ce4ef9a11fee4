"""Words for figures: counts are no rates, definitions stay as the register has them, abbreviations are spelled out once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlkpi.prose.claim import Finding, Severity
from xlkpi.prose.findings.look import Look, Rule
from xlkpi.prose.mentions import Subject
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Kind

RATE = Rule("count called a rate", Severity.LOW)
DRIFT = Rule("definition drift", Severity.LOW)
SHORT = Rule("abbreviation not spelled out", Severity.LOW)

_RATE = re.compile(r"\brates?\b", re.IGNORECASE)
#: ``Rate per 10,000 children``, ``rate of increase``, ``rate of referrals that become assessments``: a rate of its own.
_TRUE_RATE = re.compile(
    r"\s+(?:per\b|of\s+(?:change|increase|decrease|growth|progress|improvement|decline|return)\b|(?:for|in)\s+every\b|of\s+(?:[a-z]+\s+){1,4}(?:that|who|which)\b)",
    re.IGNORECASE,
)
#: ``At a rapid rate``: how fast something goes.
_PACE = re.compile(r"\bat\s+(?:an?|the\s+same|this|that|such\s+an?)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_NUMBER = r"(?P<number>[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SPAN = r"(?P<unit>years?|months?|weeks?|days?|quarters?|placements?|moves?|cases?)"
_OR_MORE = re.compile(
    rf"\b{_NUMBER}\+?\s+(?:or\s+more\s+)?{_SPAN}\s*(?:or\s+(?:more|longer|over))"
    rf"|\b{_NUMBER.replace('number', 'plus')}\+\s*{_SPAN.replace('unit', 'of')}",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    rf"\b(?:more\s+than|over|longer\s+than|in\s+excess\s+of|exceeding)\s+{_NUMBER}\s+{_SPAN}", re.IGNORECASE
)
_DIGITS = {word: value for value, word in enumerate(_WORDS, start=1)} | {"twelve": 12}
_ABBREVIATION = re.compile(r"(?<![\w&/-])(?:[A-Z]{2,6}|[A-Z]i[A-Z]|[A-Z]&[A-Z])s?(?![\w&]|-[A-Za-z])")
#: Abbreviations that every reader knows.
_KNOWN = frozenset((
    "UK", "EU", "NHS", "GP", "IT", "HR", "AM", "PM", "MP", "MPS", "BBC", "PDF", "OK", "VAT", "FTE", "KPI", "KPIS",
    "RAG", "ID", "TV", "II", "III", "IV", "VI", "NB", "CEO", "Q",
))  # fmt: skip
#: ``Mr JT Smith``: initials of a person.
_PERSON = re.compile(r"\b(?:mrs?|ms|miss|dr|prof|professor|cllr|councillor|sir|dame|judge)\.?\s+$", re.IGNORECASE)
_BEFORE = 12
_MOST = 12
_NEAR = 40
_REACH = 25
_TITLE = 160
_OF = re.compile(r"\s+of\b")


def find(look: Look) -> Iterator[Finding]:
    """Yield counts called rates, definitions that have drifted, and abbreviations."""
    yield from _rates(look)
    yield from _drift(look)
    yield from _abbreviations(look)


def _rates(look: Look) -> Iterator[Finding]:
    """Yield the word ``rate`` where the indicator that it is said of is a count."""
    for paragraph, sentence in look.prose():
        for found in look.scene.find(_RATE, sentence):
            is_pace = _PACE.search(look.scene.flat, sentence.start, found.start())
            if is_pace or _TRUE_RATE.match(look.scene.flat, found.end()):
                continue
            named = look.indicators(Part(paragraph.start, sentence.end))
            code = _said_of(look, named, found)
            if not code or look.scene.world.by_code[code].unit != "count":
                continue
            said, title = look.scene.between(found.start(), found.end()), look.scene.world.by_code[code].title
            what = f"\u201c{said}\u201d is said of {code} ({title}), which is a count."
            yield look.finding(
                RATE,
                Part(found.start(), found.end()),
                what,
                "Write number, and keep rate for figures per head of a population.",
            )


def _said_of(look: Look, named: Sequence[tuple[Subject, str]], found: re.Match[str]) -> str:
    """Return the indicator whose rate is spoken of: ``contact rate``, ``rate of contacts``, else the one named last."""
    own = [code for one, code in named if one.start <= found.start() <= one.end + 1]
    is_of = bool(_OF.match(look.scene.flat, found.end()))
    behind = [code for one, code in named if is_of and 0 <= one.start - found.end() <= _REACH]
    before = [code for one, code in named if one.end <= found.start()]
    return next(iter([*own, *behind, *before[-1:]]), "")


def _drift(look: Look) -> Iterator[Finding]:
    """Yield ``more than two years`` of an indicator that counts ``2 years or more``."""
    for _, sentence in look.prose():
        for found in look.scene.find(_MORE_THAN, sentence):
            number, unit = found["number"].lower(), found["unit"].lower().rstrip("s")
            value = _DIGITS.get(number) or (int(number) if number.isdigit() else 0)
            for one, code in look.indicators(sentence):
                indicator = look.scene.world.by_code[code]
                near = one.start - _NEAR <= found.start() <= one.end + _NEAR
                if near and _counts_from(f"{indicator.title} {indicator.definition}", value, unit):
                    said = look.scene.between(found.start(), found.end())
                    what = f"\u201c{said}\u201d is said of {code}, which counts {value} {unit}s or more."
                    yield look.finding(
                        DRIFT,
                        Part(found.start(), found.end()),
                        what,
                        f"Write \u201c{value} {unit}s or more\u201d, as the register has it.",
                    )
                    break


def _counts_from(definition: str, value: int, unit: str) -> bool:
    for found in _OR_MORE.finditer(definition):
        number = (found["number"] or found["plus"] or "").lower()
        counted = _DIGITS.get(number) or (int(number) if number.isdigit() else 0)
        if counted == value and (found["unit"] or found["of"] or "").lower().rstrip("s") == unit:
            return True
    return False


def _abbreviations(look: Look) -> Iterator[Finding]:
    """Yield the abbreviations that the draft does not spell out where they stand first, all in one finding."""
    flat = look.scene.flat
    known = _known(look)
    titles = [one.title.casefold() for one in look.scene.world.indicators]
    found: dict[str, Part] = {}
    for paragraph in look.scene.text.paragraphs:
        words = flat[paragraph.body : paragraph.end]
        if paragraph.kind is Kind.HEADING and words == words.upper():
            continue
        for one in look.scene.find(_ABBREVIATION, paragraph):
            plain = re.sub(r"(?<=[A-Z])s$", "", one[0])
            if plain.upper() in known or plain.upper() in found or _in_title(flat, one, titles):
                continue
            if _PERSON.search(flat, max(0, one.start() - _BEFORE), one.start()):
                continue
            if _is_spelled_out(look.scene, plain, one.start()):
                known |= {plain.upper()}
            else:
                found.setdefault(plain.upper(), Part(one.start(), one.end()))
    if not found:
        return
    names = [flat[one.start : one.end] for one in found.values()]
    shown = ", ".join(names[:_MOST]) + (f" and {len(names) - _MOST} more" if len(names) > _MOST else "")
    is_one = len(names) == 1
    what = f"{shown} {'is' if is_one else 'are'} not spelled out where {'it stands' if is_one else 'they stand'} first."
    yield look.finding(
        SHORT,
        min(found.values(), key=lambda one: one.start),
        what,
        "Spell out each abbreviation where it stands first, or in a list of them.",
    )


def _known(look: Look) -> frozenset[str]:
    """Return what need not be spelled out: what everybody knows, codes, words of the organisation and of inspections."""
    world = look.scene.world
    named = [world.organisation, *(f"{one.subject} {one.type}" for one in world.inspections)]
    return _KNOWN | {code.upper() for code in world.by_code} | {word.upper() for name in named for word in name.split()}


def _in_title(flat: str, found: re.Match[str], titles: Sequence[str]) -> bool:
    """Return whether an abbreviation stands in a whole title, as the register writes it."""
    near = flat[max(0, found.start() - _TITLE) : found.end() + _TITLE].casefold()
    at = found.start() - max(0, found.start() - _TITLE)
    short = found[0].casefold()
    for title in titles:
        place = near.find(title) if short in title else -1
        if place >= 0 and place <= at < place + len(title):
            return True
    return False


def _is_spelled_out(scene: Scene, short: str, first: int) -> bool:
    """Return whether an abbreviation is spelled out where it stands first, or anywhere in a list of abbreviations.

    Words in brackets behind it, or before brackets around it, have its letters; so have those behind it in a list.
    """
    flat, letters, name = scene.flat, re.sub(r"[^A-Z]", "", short.upper()), re.escape(short)
    behind = re.compile(rf"{name}s?\s*\(([^)]{{3,120}})\)", re.IGNORECASE).match(flat, first)
    if behind and _initials(behind[1], letters):
        return True
    around = re.compile(rf"\(\s*(?:the\s+|or\s+)?[\"']?{name}s?[\"']?\s*\)", re.IGNORECASE).search(
        flat, max(0, first - _NEAR)
    )
    if around and around.start() < first < around.end():
        before = flat[max(0, around.start() - 120) : around.start()].split()[-2 * len(letters) - 2 :]
        return _initials(" ".join(before), letters)
    listed = re.finditer(
        rf"(?:^|\n)\W*{name}s?\s*(?:[:=|\t\u2013\u2014-]\s*)+([A-Za-z][^\n]{{3,120}})", scene.text.source
    )
    return any(_initials(one[1], letters) for one in listed)


def _initials(words: str, letters: str) -> bool:
    """Return whether the letters stand in order at the beginnings of words; one letter may be skipped."""
    firsts = "".join(word[0] for word in re.findall(r"[A-Za-z]+", words)).upper()
    at, met = 0, 0
    for letter in letters:
        place = firsts.find(letter, at)
        if place >= 0:
            at, met = place + 1, met + 1
    return met >= max(2, len(letters) - 1)
