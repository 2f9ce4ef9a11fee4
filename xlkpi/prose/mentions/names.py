"""By which words each indicator can be known: its code, title and aliases, and the words that these are made of."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xlkpi.model.register import Indicator
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.mentions.kinds import How
from xlkpi.prose.mentions.sector import LIGHT
from xlkpi.prose.mentions.tokens import tokens

#: What a title says of the span of time is not part of the name by which a draft calls the indicator.
_TAIL = re.compile(
    r"\s+(?:(?:as\s+)?(?:in|during|over|for|at|after|within)\s+(?:the\s+)?(?:end\s+of\s+(?:the\s+)?)?(?:last|past|previous|reporting|rolling)?\s*(?:period|quarter|month|year|[0-9]+\s+months?)(?:\s+end)?|\(.*\))\s*\*?$",
    re.IGNORECASE,
)
#: How much a word weighs that half of all indicators share is little; each name is worth what its words are worth.
_LEAST = 0.25
_COMMON = 4  # indicators that share a word, so that it alone is none of theirs
_NEVER = re.compile(r"(?!)")
#: What stands between the letters and the figures of a code, and where the one ends and the other begins.
_PARTED = re.compile(r"(?<=[A-Za-z]{2})[\s._-]{1,2}(?=[0-9])")
_EDGE = re.compile(r"(?<=[A-Za-z]{2})(?=[0-9])")
_LETTERED = re.compile(r"[0-9][a-z]$")
_SERVICE = re.compile(r"\s+(?:services?|teams?|pathway)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """One way of naming an indicator, as weighted words.

    Attributes:
        code: Of the indicator.
        how: Title or alias.
        weights: By key; a word that many indicators share weighs less.
        total: All of them together.
        length: How many words.
        words: The keys in their order.
    """

    code: str
    how: How
    weights: Mapping[str, float]
    total: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """The words by which the indicators, their parts and the sections of a register are known.

    Attributes:
        indicators: Those that a draft can be about, by code.
        parts: Names of parts (cohorts) by the code of the indicator that they are part of.
        sections: Names of sections.
        by_word: The names in which a word stands.
        hints: By code, further words from labels and definition that speak for the indicator.
        unique: Words that the title or an alias of one indicator alone has, and its code.
        part_words: The words of each part by the first of them.
        codes: Finds a code.
        squeezed: The codes, and aliases that look like one, by their letters and figures alone; with the code.
        plain: Finds an alias that has lesser words alone (``completions``); the group tells which of ``plain_codes``.
        plain_codes: The codes of those aliases.
        section_words: Finds a section; the group tells which.
        organisation: Finds the organisation's own name, whose words name no indicator.
        as_written: The indicators that have a wording, by the wording in small letters: ``thefts from vehicles`` and
            ``thefts of vehicles`` differ by a lesser word alone.
    """

    indicators: Mapping[str, Indicator]
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    by_word: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    hints: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unique: Mapping[str, str] = field(default_factory=dict)
    part_words: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = field(default_factory=dict)
    codes: re.Pattern[str] = _NEVER
    squeezed: Mapping[str, str] = field(default_factory=dict)
    plain: re.Pattern[str] = _NEVER
    plain_codes: tuple[str, ...] = ()
    section_words: re.Pattern[str] = _NEVER
    organisation: re.Pattern[str] = _NEVER
    as_written: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        indicators: Iterable[Indicator],
        parts: Mapping[str, Iterable[str]] | None = None,
        organisation: str = "",
    ) -> Names:
        """Return the names of a register's indicators.

        Args:
            indicators: Those valid in the quarter reported.
            parts: Names of their cohorts, by code.
            organisation: The name of whose figures they are; empty where that is not known.
        """
        by_code = {one.code: one for one in indicators}
        sections = tuple(dict.fromkeys(one.section for one in by_code.values() if one.section))
        wordings = _told_apart(
            [(one, how, words) for one in by_code.values() for how, words in _wordings(one, sections)]
        )
        rarity = _rarity(wordings, len(by_code))
        names = tuple(_name(one.code, how, keys, rarity) for one, how, keys in wordings)
        plain = _plain(by_code.values())
        called = {alias: one.code for one in by_code.values() for alias in one.aliases if _LIKE_CODE.fullmatch(alias)}
        return cls(
            by_code,
            {code: tuple(dict.fromkeys(all_)) for code, all_ in (parts or {}).items()},
            sections,
            names,
            _by_word(names),
            {one.code: _hints(one) for one in by_code.values()},
            _unique(names),
            _part_words(parts or {}),
            _codes([*by_code, *called]),
            {squeezed(name): code for name, code in (*called.items(), *zip(by_code, by_code, strict=True))},
            _any_of(plain),
            tuple(plain.values()),
            _sections(sections),
            re.compile(rf"\b{re.escape(flat(organisation))}\b", re.IGNORECASE) if organisation.strip() else _NEVER,
            _as_written(by_code.values(), sections),
        )


def _wordings(one: Indicator, sections: Sequence[str]) -> list[tuple[How, str]]:
    titles = [one.title, _TAIL.sub("", one.title)]
    headed = [section for section in sections if one.title.lower().startswith(section.lower())]
    titles += [  # Youth Offending Services – Custody Rate
        one.title[len(section) :]
        for section in headed
        if one.title[len(section) :].lstrip()[:1] in set("-:\u2013\u2014")
    ]
    found = [(How.TITLE, title) for title in titles]
    found += [(How.ALIAS, alias) for alias in one.aliases if alias.strip() and alias.strip() != one.code]
    return list({(how, words.strip()): (how, words.strip()) for how, words in found}.values())


def _as_written(indicators: Iterable[Indicator], sections: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return the codes of the indicators that have a wording, by the wording in small letters."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in indicators:
        for _, words in _wordings(one, sections):
            found[" ".join(flat(words).casefold().split())].add(one.code)
    return {words: frozenset(codes) for words, codes in found.items()}


def _told_apart(wordings: Sequence[tuple[Indicator, How, str]]) -> list[tuple[Indicator, How, tuple[str, ...]]]:
    """Return the wordings as keys; those that have the same keys as one of another indicator with their lesser words too.

    ``children looked after`` and ``became looked after`` have one key; the plainer wording keeps it for itself.
    """
    read = [(one, how, list(tokens(flat(words)))) for one, how, words in wordings]
    having: dict[str, set[str]] = defaultdict(set)
    plainest: dict[frozenset[str], int] = {}
    for one, _, standing in read:
        for word in standing:
            having[word.key].add(one.code)
    for _, _, standing in read:
        alike = frozenset(word.key for word in standing if word.key)
        plainest[alike] = min(plainest.get(alike, len(standing)), sum(bool(word.minor) for word in standing))
    found = []
    for one, how, standing in read:
        alike = frozenset(word.key for word in standing if word.key)
        only = next(iter(alike)) if len(alike) == 1 else ""
        is_shared = bool(only) and len(having[only]) >= _COMMON
        lone = is_shared or (bool(only) and how is How.ALIAS and not only.startswith("@"))
        minors = sum(bool(word.minor) for word in standing)
        is_plain = minors == plainest[alike] and not (lone and minors)
        keys = tuple(word.key if is_plain else word.key or word.minor for word in standing)
        if any(alike):
            found.append((one, how, tuple(key for key in keys if key)))
    return [*found, *_plans(found), *_assessments(found)]


#: What tells that the plans of a register are those of child protection.
_PROTECTION = frozenset({"@cpp", "protect"})


def _plans(
    wordings: Sequence[tuple[Indicator, How, tuple[str, ...]]],
) -> Iterator[tuple[Indicator, How, tuple[str, ...]]]:
    """Yield the wordings that speak of plans at large as ones of child protection, in a register that knows those plans."""
    known = {one.code for one, _, keys in wordings if "@cpp" in keys or not _PROTECTION.isdisjoint(_keys(one.section))}
    for one, how, keys in wordings if known else ():
        if "@plan" in keys and all(key in LIGHT or key == "@second" or key[:1].isdigit() for key in keys):
            yield one, how, tuple("@cpp" if key == "@plan" else key for key in keys)


#: Assessments of health at the beginning and later on; a register that has those of one kind alone may call them by no kind.
_HEALTH = ("@iha", "@rha", "@health")


def _assessments(
    wordings: Sequence[tuple[Indicator, How, tuple[str, ...]]],
) -> Iterator[tuple[Indicator, How, tuple[str, ...]]]:
    """Yield the wordings of the only health assessments of a register as ones of health assessments at large."""
    having = [(one, how, keys) for one, how, keys in wordings if not set(_HEALTH).isdisjoint(keys)]
    if len({one.code for one, _, _ in having}) == 1:
        for one, how, keys in having:
            for other in _HEALTH:
                yield one, how, tuple(other if key in _HEALTH else key for key in keys)


def _keys(words: str) -> tuple[str, ...]:
    return tuple(one.key for one in tokens(flat(words)) if one.key)


def _rarity(wordings: Sequence[tuple[Indicator, How, tuple[str, ...]]], count: int) -> dict[str, float]:
    having: dict[str, set[str]] = defaultdict(set)
    for one, _, keys in wordings:
        for key in keys:
            having[key].add(one.code)
    most = math.log(1 + count)
    return {key: max(_LEAST, math.log(1 + count / len(codes)) / most) for key, codes in having.items()}


def _name(code: str, how: How, keys: tuple[str, ...], rarity: Mapping[str, float]) -> Name:
    weights = {key: rarity[key] for key in keys}
    return Name(code, how, weights, sum(weights.values()), keys)


def _by_word(names: Sequence[Name]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for key in name.weights:
            found[key].append(place)
    return {key: tuple(places) for key, places in found.items()}


def _hints(one: Indicator) -> frozenset[str]:
    return frozenset(
        _keys(
            f"{one.title} . {' . '.join(one.aliases)} . {one.numerator_label} . {one.denominator_label} . {one.definition}"
        )
    )


def _unique(names: Sequence[Name]) -> dict[str, str]:
    owners: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for key in name.weights:
            owners[key].add(name.code)
    counts = Counter({key: len(codes) for key, codes in owners.items()})
    return {key: next(iter(owners[key])) for key, number in counts.items() if number == 1}


def _part_words(parts: Mapping[str, Iterable[str]]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for part in dict.fromkeys(part for all_ in parts.values() for part in all_):
        if keys := _keys(part):
            found[keys[0]].append((keys, part))
    return {key: tuple(all_) for key, all_ in found.items()}


#: Another name that looks like a code, as of a national list: ``A1``, ``NI 59``, ``Indicator 16``.
_LIKE_CODE = re.compile(r"(?:[A-Z]{1,5}[\s._-]?|Indicator\s+|KPI\s+|Measure\s+)[0-9]{1,4}[a-z]?")


def _codes(codes: Iterable[str]) -> re.Pattern[str]:
    """Return what finds a code, however its letters and figures are parted; one without a figure is too like a word."""
    listed = sorted((code for code in codes if re.search("[0-9]", code)), key=len, reverse=True)
    patterns = "|".join(dict.fromkeys(_loosely(code) for code in listed))
    return re.compile(rf"(?<![\w-])(?:{patterns})(?![\w]|\([a-z]\))") if listed else _NEVER


def _loosely(code: str) -> str:
    """Return the pattern of a code: ``KPI33`` is found as ``KPI 33``, ``KPI-33`` and ``KPI.33`` too, ``3.4a`` as ``3.4(a)``."""
    whole = squeezed(code)
    bare, letter = (whole[:-1], rf"\(?{whole[-1]}\)?") if _LETTERED.search(whole) else (whole, "")
    return r"[\s._-]{0,2}".join(re.escape(part) for part in _EDGE.split(bare)) + letter


def squeezed(code: str) -> str:
    """Return a code without what stands between its letters and its figures, so that ``KPI 33`` and ``KPI33`` are one.

    A single letter keeps it: ``A 4`` is hardly a code.

    Examples:
        >>> squeezed("KPI 33"), squeezed("1.2"), squeezed("A-4")
        ('KPI33', '1.2', 'A-4')
    """
    return _PARTED.sub("", re.sub(r"[()]", "", code))


def _plain(indicators: Iterable[Indicator]) -> dict[str, str]:
    """Return the aliases of one indicator alone that have lesser words only, which no other way of reading finds."""
    owners: dict[str, set[str]] = defaultdict(set)
    for one in indicators:
        for alias in one.aliases:
            if alias.strip() and alias.strip() != one.code and not _keys(alias):
                owners[flat(alias).strip().casefold()].add(one.code)
    return {alias: next(iter(codes)) for alias, codes in owners.items() if len(codes) == 1 and len(alias) >= _SHORTEST}


_SHORTEST = 4  # signs of such an alias


def _any_of(plain: Iterable[str]) -> re.Pattern[str]:
    found = "|".join(rf"(?P<a{place}>{re.escape(alias)})" for place, alias in enumerate(plain))
    return re.compile(rf"\b(?:{found})\b", re.IGNORECASE) if found else _NEVER


def _sections(sections: Sequence[str]) -> re.Pattern[str]:
    wordings = [
        rf"(?P<s{place}>{re.escape(_SERVICE.sub('', section))}(?:\s+(?:services?|teams?|pathway))?)"
        for place, section in enumerate(sections)
    ]
    return re.compile(rf"\b(?:{'|'.join(wordings)})\b", re.IGNORECASE) if wordings else _NEVER
