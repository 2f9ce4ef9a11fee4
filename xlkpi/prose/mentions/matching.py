"""Which names stand in a stretch of text: enough of their words close together, in any order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xlkpi.prose.mentions.kinds import How
from xlkpi.prose.mentions.names import Name, Names
from xlkpi.prose.mentions.sector import LIGHT, PEOPLE
from xlkpi.prose.mentions.tokens import Token

_GAP = 3  # words with a meaning of their own that may stand between two words of a name
_REACH = 12  # words of any kind
_ENOUGH = 0.6  # of a name's weight
_KNOWN = 0.3  # of a name's weight, where one of its words is its alone
_MARKED = 0.15  # of a name's weight, where a sector word is its alone
_HINTED = 0.07  # for each word of the labels and the definition that stands near
_BESIDE = 4  # words that may stand between a name and what narrows it
_APART = frozenset(
    {"~after", "~before", "~during", "~when", "~where", "~then", "~across"}
)  # what follows is a circumstance
_WHOLE = 1 - 1e-9
_SLACK = 1  # words that may stand between those of an alias
_BARRIER = re.compile(r"[:;?!]|\.\s|(?<![\w+-])[0-9][0-9,.]*\s?%?(?![\w+-])")


@dataclass(frozen=True, slots=True)
class Match:
    """Words that stand for a name.

    Attributes:
        name: Which.
        places: Of the words among the tokens, in order.
        keys: Which words of the name stand there.
        covered: Their share of the name's weight.
        score: What they are worth against other names.
        crosses: Whether a figure, a bracket or a colon stands between them.
        is_narrowed: Whether a name of one concept stands beside another concept, which makes it a name of something else
            (``new child protection plans``, ``looked after children placed out of the area``).
    """

    name: Name
    places: tuple[int, ...]
    keys: frozenset[str]
    covered: float
    score: float
    crosses: bool
    is_narrowed: bool = False

    @property
    def first(self) -> int:
        """Return the place of its first word."""
        return self.places[0]

    @property
    def last(self) -> int:
        """Return the place of its last word."""
        return self.places[-1]

    @property
    def is_whole(self) -> bool:
        """Return whether every word of the name stands there."""
        return self.covered >= _WHOLE

    def meets(self, other: Match) -> bool:
        """Return whether two matches share a stretch of the text."""
        return self.first <= other.last and other.first <= self.last


def matches(flat: str, words: Sequence[Token], names: Names) -> list[Match]:
    """Return every name of which enough stands together somewhere in a stretch of text, the best first."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        for index in names.by_word.get(word.key or word.minor, ()):
            places[index].append(place)
    content = _content(words)
    barriers = [bool(_BARRIER.search(flat, one.end, other.start)) for one, other in pairwise(words)]
    walls = _running(barriers)
    found: dict[tuple[int, int, int], Match] = {}
    for index, standing in places.items():
        name = names.names[index]
        for run in _runs(standing, content):
            for part in (run, *_split(run, walls)):
                one = _match(words, names, name, part, walls)
                if one is not None and name.how is How.ALIAS and not _is_phrase(one, words, content):
                    continue
                if one is not None and (one.is_whole or not one.crosses):
                    found.setdefault((index, one.first, one.last), one)
    whole = [one for one in found.values() if one.is_whole and not one.crosses]
    return sorted(
        (one for one in found.values() if not any(_swallows(other, one) for other in whole)),
        key=lambda one: (-one.score, one.last - one.first, one.first),
    )


def _swallows(longer: Match, one: Match) -> bool:
    """Return whether a name is but a part of another one that stands there in full.

    In ``assessments completed within 45 days`` the number of assessments completed is not named.
    """
    is_inside = longer.first <= one.first and one.last <= longer.last and len(longer.keys) > 1
    return (
        is_inside
        and longer.name.code != one.name.code
        and {key for key in one.keys if not key.startswith("~")} < longer.keys
        and any(key[:1].isdigit() for key in longer.keys - one.keys)
    )


def _is_phrase(one: Match, words: Sequence[Token], content: Sequence[int]) -> bool:
    """Return whether the words of an alias stand together; in its own order where lesser words tell it from others."""
    if one.crosses or content[one.last] - content[one.first] >= len(one.places) + _SLACK:
        return False
    if not any(key.startswith("~") for key in one.name.words):
        return True
    standing = [_key(words[place]) for place in one.places]
    return standing == [key for key in one.name.words if key in one.keys]


def _content(words: Sequence[Token]) -> list[int]:
    """Return for each word how many words with a meaning stand before it."""
    return _running([bool(word.key) for word in words])[: len(words)]


def _running(flags: Sequence[bool]) -> list[int]:
    total, found = 0, [0]
    for flag in flags:
        total += flag
        found.append(total)
    return found


def _runs(places: Sequence[int], content: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for place in places:
        if run and (content[place] - content[run[-1]] > _GAP + 1 or place - run[-1] > _REACH):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _split(run: Sequence[int], walls: Sequence[int]) -> Iterator[list[int]]:
    """Yield the parts of a run between barriers, where there are any."""
    if walls[run[0]] == walls[run[-1]]:
        return
    part: list[int] = []
    for place in run:
        if part and walls[place] != walls[part[-1]]:
            yield part
            part = []
        part.append(place)
    yield part


def _match(words: Sequence[Token], names: Names, name: Name, run: Sequence[int], walls: Sequence[int]) -> Match | None:
    tight = _tight(words, run)
    keys = frozenset(words[place].key or words[place].minor for place in tight)
    weight = sum(name.weights[key] for key in keys)
    covered = weight / name.total
    if not _is_enough(names, name, keys, covered) or all(key.startswith("~") for key in keys):
        return None
    first, last = tight[0], tight[-1]
    near = {word.key for word in words[max(0, first - _GAP) : last + _REACH]} - set(name.weights)
    hinted = 1 + _HINTED * min(3, len(near & names.hints.get(name.code, frozenset())))
    if covered < _WHOLE:  # lesser words tell whole names apart; against another name they count for nothing
        weight = sum(name.weights[key] for key in keys if not key.startswith("~"))
    score = weight * (0.4 + 0.6 * covered) * hinted + 0.01 * name.how.value
    narrowed = len(name.weights) == 1 and any(
        _narrows(words, at, name, names, walls) for at in (_beside(words, first, -1), _beside(words, last, 1))
    )
    return Match(name, tuple(tight), keys, covered, score, walls[first] != walls[last], narrowed)


def _beside(words: Sequence[Token], place: int, step: int) -> int:
    """Return the place of the next word with a meaning, on one side; past the end where there is none near."""
    for away in range(1, _BESIDE + 1):
        at = place + step * away
        if not 0 <= at < len(words) or words[at].key:
            return at
        if words[at].minor in _APART:
            return -1
    return -1


def _narrows(words: Sequence[Token], at: int, name: Name, names: Names, walls: Sequence[int]) -> bool:
    if not 0 <= at < len(words):
        return False
    key = words[at].key
    place = next(index for index, word in enumerate(words) if word.key in name.weights)
    known = key in PEOPLE or key in name.weights or key == "@timely" or key in names.hints.get(name.code, frozenset())
    return (key.startswith("@") or words[at].has_number) and not known and walls[at] == walls[place]


def _is_enough(names: Names, name: Name, keys: frozenset[str], covered: float) -> bool:
    if covered >= _WHOLE:
        return True
    own = [key for key in keys if names.unique.get(key) == name.code]
    strong = [key for key in keys if key.startswith("@") and key not in LIGHT]
    if len(keys) < 2 and not (strong and own):  # noqa: PLR2004 - one word that others share names nothing
        return False
    if covered >= _ENOUGH:
        return bool(strong) or len(keys) > 1
    if any(key in strong for key in own):
        return covered >= _MARKED
    return bool(own) and covered >= _KNOWN


def _tight(words: Sequence[Token], run: Sequence[int]) -> list[int]:
    """Return the shortest part of a run that holds all of its different words, the first such."""
    wanted = len({_key(words[place]) for place in run})
    best, left = list(run), 0
    seen: dict[str, int] = defaultdict(int)
    for right, place in enumerate(run):
        seen[_key(words[place])] += 1
        while seen[_key(words[run[left]])] > 1:
            seen[_key(words[run[left]])] -= 1
            left += 1
        if len([key for key, count in seen.items() if count]) == wanted and place - run[left] < best[-1] - best[0]:
            best = list(run[left : right + 1])
    return best


def _key(word: Token) -> str:
    return word.key or word.minor


def how_known(match: Match) -> How:
    """Return by which words a match names its indicator."""
    if match.is_narrowed:
        return How.WORDS
    if match.is_whole:
        return match.name.how
    return How.SHORT if match.covered >= _ENOUGH else How.WORDS
