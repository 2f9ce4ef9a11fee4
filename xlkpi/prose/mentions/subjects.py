"""What a stretch of text is about: which indicators its words name, in full or in short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlkpi.prose.mentions.kinds import HINTED, How, Role, Subject
from xlkpi.prose.mentions.matching import Match, how_known, matches
from xlkpi.prose.mentions.names import Names, squeezed
from xlkpi.prose.mentions.numbers import numbers
from xlkpi.prose.mentions.sector import MEASURES, PEERS
from xlkpi.prose.mentions.tokens import Token, tokens

_CLOSE = 0.85  # of the best score: the words may mean that one too
_NARROWED = 0.1  # what a name of one concept weighs beside another one
_ALONE = 0.6  # of a name that goes over figures, what stands by itself on one side of them
_LONG = 5  # letters of a word that tells by itself
_JOINED = re.compile(r"\band\b|,|/|&")


def subjects(flat: str, names: Names, spans: Sequence[tuple[int, int]]) -> Iterator[Subject]:
    """Yield what stretches of a flattened text are about, each stretch in the order of the text.

    Args:
        flat: The text.
        names: Of the register.
        spans: Where each sentence, cell or heading starts and ends; a name never reaches over its end.
    """
    for start, end in spans:
        own = [one.span() for one in names.organisation.finditer(flat, start, end)]
        words = [one for one in tokens(flat, start, end) if not any(left <= one.start < right for left, right in own)]
        found = list(_coded(flat, names, start, end))
        found += _plain(flat, names, start, end)
        found += _named(flat, words, names)
        found += _parts(words, names)
        found += [one for one in _others(flat, names, start, end) if not _is_of_name(one, found)]
        label = _label(flat, start, end, found)
        yield from sorted(
            (
                one
                for one in found
                if not _names_another(one, label) and not _is_kind_of(flat, one, found) and not _is_of_office(flat, one)
            ),
            key=lambda one: (one.start, -one.end),
        )


def _label(flat: str, start: int, end: int, found: Sequence[Subject]) -> tuple[int, int, str]:
    """Return where the words stand by which a code at the head of a line is called, and which: ``KPI 6 Repeat plans: 14%``."""
    for one in found:
        if one.how is How.CODE and not flat[start : one.start].strip(" -*\u2022\t"):
            behind = _LABEL.match(flat, one.end, end)
            return (one.end, behind.end(), one.names[0]) if behind else (0, 0, "")
    return 0, 0, ""


_LABEL = re.compile(r"[^.;:%]{3,120}?(?=:\s)")


def _names_another(one: Subject, label: tuple[int, int, str]) -> bool:
    """Return whether words in the label of a code are like the name of another indicator."""
    start, end, code = label
    is_inside = start <= one.start and one.end <= end
    return (
        is_inside
        and one.role in (Role.INDICATOR, Role.HINT, Role.PART)
        and one.how is not How.CODE
        and code not in one.names
    )


def _is_of_name(one: Subject, found: Sequence[Subject]) -> bool:
    """Return whether the name of a section is but a part of that of an indicator: the *Homes* of *Affordable homes*."""
    return one.role is Role.SECTION and any(
        other.role is Role.INDICATOR
        and other.how.value >= How.ALIAS.value
        and other.start <= one.start
        and one.end <= other.end
        and other.end - other.start > one.end - one.start
        for other in found
    )


def _is_kind_of(flat: str, one: Subject, found: Sequence[Subject]) -> bool:
    """Return whether a word is but the noun behind the name of an indicator: the *incidents* of ``false alarm incidents``."""
    is_word = one.role is Role.INDICATOR and one.how is How.ALIAS and flat[one.start : one.end].isalpha()
    is_counted = (
        is_word
        and bool(_COUNTED.search(flat[max(0, one.start - 12) : one.start]))
        and flat[one.end : one.end + 1] == ")"
    )
    return is_word and any(
        other.role is Role.INDICATOR
        and other.how is How.ALIAS
        and other.names[0] != one.names[0]
        and other.start < other.end < one.start
        and (flat[other.end : one.start] == " " or is_counted)
        for other in found
    )


#: ``the Executive Member for Finance``: what somebody looks after.
_IN_OFFICE = re.compile(
    r"\b(?:Member|Director|Head|Lead|Officer|Manager|Holder|Minister|Chair|Councillor|Secretary)\s+(?:for|of)\s+"
    r"(?:(?:the\s+)?[A-Z][\w'-]+\s*(?:and\s+|&\s+|,\s+)?){0,4}$"
)
#: ``The Business Intelligence Officer``: what somebody, or a body, is called.
_OFFICE = re.compile(
    r"\s+(?:(?:and|&)\s+)?(?:[A-Z][\w'-]+\s+(?:(?:and|&|of)\s+)?){0,5}(?:Officer|Manager|Director|Lead|Analyst|Board|Committee|Panel|Partnership|Councillor|Strategy|Adviser)\b"
)


def _is_of_office(flat: str, one: Subject) -> bool:
    """Return whether a word with a capital is but the beginning of what an officer or a board is called."""
    word = flat[one.start : one.end]
    return (
        one.role is Role.INDICATOR
        and one.how is not How.CODE
        and word.isalpha()
        and word[0].isupper()
        and bool(_OFFICE.match(flat, one.end))
    )


#: What stands before the noun of a change in brackets: ``false alarms fell by 7% (-78 incidents)``.
_COUNTED = re.compile(r"\([+\u2212-][0-9][0-9,]*\s+\Z")


#: What stands before a code that is a mere number, and behind one that begins a line or a cell.
_CALLED = re.compile(
    r"\b(?:kpis?|pis?|indicators?|measures?|metrics?|refs?|codes?|numbers?|nos?)\b[\s.:#(]*$|#\s?$", re.IGNORECASE
)
_OPENS = re.compile(r"\W*(?:kpi|pi|ref)?\W*", re.IGNORECASE)
_HEADS = re.compile(r"(?!%)\s*[-\u2013\u2014:.)|\t]?\s*(?:[A-Z%(]|$)(?![A-Za-z]?[0-9])")
_LISTED = re.compile(r"\s*(?:,|and|&|,\s*and|to|or)\s*")


def _coded(flat: str, names: Names, start: int, end: int) -> Iterator[Subject]:
    """Yield the codes of a stretch of text; a mere number only where it heads the stretch or is called a code."""
    last = -1
    for one in names.codes.finditer(flat, start, end):
        is_code = (
            not _is_number(one[0])
            or bool(_CALLED.search(flat, start, one.start()))
            or (last >= 0 and bool(_LISTED.fullmatch(flat, last, one.start())))
            or bool(_OPENS.fullmatch(flat, start, one.start()) and _HEADS.match(flat, one.end(), end))
        )
        if is_code:
            last = one.end()
            code = one[0] if one[0] in names.indicators else names.squeezed[squeezed(one[0])]
            yield Subject(one.start(), one.end(), Role.INDICATOR, (code,), How.CODE)


def _plain(flat: str, names: Names, start: int, end: int) -> Iterator[Subject]:
    """Yield the aliases that stand as they are written in the register, since they have lesser words alone."""
    for one in names.plain.finditer(flat, start, end):
        code = names.plain_codes[int(str(one.lastgroup)[1:])]
        yield Subject(one.start(), one.end(), Role.INDICATOR, (code,), How.ALIAS)


def _is_number(code: str) -> bool:
    return code.replace(".", "").isdigit()


def _named(flat: str, words: Sequence[Token], names: Names) -> Iterator[Subject]:
    all_ = matches(flat, words, names)
    taken: list[Match] = []
    for one in all_:
        same = [other for other in taken if other.name.code == one.name.code and other.meets(one)]
        if same and not (all(other.crosses for other in same) and not one.crosses and one.covered >= _ALONE):
            continue
        if any(
            other not in same
            and other.meets(one)
            and not (other.crosses or one.crosses)
            and not _joined(flat, words, one, other)
            for other in taken
        ):
            continue
        taken.append(one)
    yield from _hints(words, taken, names)
    for one in taken:
        apart = {other.name.code for other in taken if other is not one and other.meets(one)} - {one.name.code}
        codes = {one.name.code: None} | {other.name.code: None for other in all_ if _may_mean(one, other, names)}
        said = " ".join(flat[words[one.first].start : words[one.last].end].casefold().split())
        if len(codes) > 1 and not names.as_written.get(said, frozenset()).isdisjoint(codes):
            codes = {code: None for code in codes if code in names.as_written[said]}
        spots = [(words[place].start, words[place].end) for place in one.places]
        yield Subject(
            words[one.first].start,
            words[one.last].end,
            Role.INDICATOR,
            tuple(code for code in codes if code not in apart),
            how_known(one),
            _NARROWED if one.is_narrowed else min(1.0, one.covered),
            tuple(
                (start, end)
                for start, end in spots
                if any(map(str.isdigit, flat[start:end])) or _spelled(flat, start, end)
            ),
            one.crosses,
        )


def _hints(words: Sequence[Token], taken: Sequence[Match], names: Names) -> Iterator[Subject]:
    """Yield the words that one indicator alone has and that stand in no other name: ``and neglect accounts for 60%``."""
    held = {place for one in taken for place in range(one.first, one.last + 1)}
    for place, word in enumerate(words):
        code = names.unique.get(word.key)
        if code is None or place in held or len(word.key) < _LONG or word.has_number:
            continue
        if not any(one.name.code == code for one in taken):
            yield Subject(word.start, word.end, Role.HINT, (code,), How.WORDS, HINTED)


def _spelled(flat: str, start: int, end: int) -> bool:
    """Return whether a word of a name is a number in words (``two years or more``)."""
    return next(iter(numbers(flat[start:end])), None) is not None


def _may_mean(best: Match, other: Match, names: Names) -> bool:
    """Return whether words may mean another indicator, too: they fit it as well, or it alone has figures of another kind."""
    if not best.meets(other):
        return False
    if other.score >= _CLOSE * best.score and (other.is_whole or not best.is_whole):
        return True
    own, else_ = (names.indicators[one.name.code].is_percentage for one in (best, other))
    return other.covered >= _ALONE and own != else_ and not other.crosses and not other.keys <= best.keys


def _joined(flat: str, words: Sequence[Token], one: Match, other: Match) -> bool:
    """Return whether two names share words as in ``care leavers in suitable accommodation and in employment``."""
    own = [place for place in one.places if words[place].key not in other.keys]
    others = [place for place in other.places if words[place].key not in one.keys]
    if not own or not others or not one.keys & other.keys:
        return False
    left, right = (own, others) if own[-1] < others[0] else (others, own)
    return left[-1] < right[0] and bool(_JOINED.search(flat, words[left[-1]].end, words[right[0]].start))


def _parts(words: Sequence[Token], names: Names) -> Iterator[Subject]:
    for place, word in enumerate(words):
        for keys, part in names.part_words.get(word.key, ()):
            standing = tuple(one.key for one in words[place : place + len(keys)])
            if standing == keys:
                yield Subject(word.start, words[place + len(keys) - 1].end, Role.PART, (part,), How.TITLE)


_MEASURES = re.compile(rf"\b{MEASURES}\b", re.IGNORECASE)
_PEERS = re.compile(rf"\b(?:{'|'.join(PEERS)})\b", re.IGNORECASE)


def _others(flat: str, names: Names, start: int, end: int) -> Iterator[Subject]:
    for found in _MEASURES.finditer(flat, start, end):
        yield Subject(found.start(), found.end(), Role.MEASURES, (), How.WORDS)
    for found in _PEERS.finditer(flat, start, end):
        yield Subject(found.start(), found.end(), Role.PEER, (found[0].lower(),), How.WORDS)
    for found in names.section_words.finditer(flat, start, end):
        if _IN_OFFICE.search(flat, start, found.start()) or _OFFICE.match(flat, found.end(), end):
            continue
        section = names.sections[int(str(found.lastgroup)[1:])]
        yield Subject(found.start(), found.end(), Role.SECTION, (section,), How.TITLE)
