"""Headings of the rows and columns of a table of figures: indicator, period and measure, as far as their words say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlkpi.model.period import Month, Period, Quarter, Year
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import How, Role, Subject
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.scene import Scene

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"\W*(?P<name>{'|'.join(_MONTHS)})[a-z]*\W*(?P<year>(?:20)?[0-9]{{2}})?\W*")
#: Figures of somebody else, or of what is only foreseen.
_FOREIGN = re.compile(
    r"\b(?:sn|s/n|neighbours?|england|national|region(?:al)?|wales|scotland|quartile|rank(?:ing)?|benchmark\w*|comparators?"
    r"|peers?|forecast|projected|predicted|estimate\w*|profiled?|planned|budget)\b"
)
_TRAVEL = re.compile(r"\b(?:dot|direction|trend|travel|change|variance|difference|movement|gap|diff)\b|\+/-")
_WHOLE_YEAR = re.compile(r"\b(?:annual|full[\s-]year|year[\s-]end|end[\s-]of[\s-]year|yearly)\b")
_WORDS = {
    Measure.TOLERANCE: re.compile(r"\btolerances?\b|\bthresholds?\b"),
    Measure.TARGET: re.compile(r"\btargets?\b(?!\s+met)"),
    Measure.NUMERATOR: re.compile(r"\bnumerators?\b"),
    Measure.DENOMINATOR: re.compile(r"\bdenominators?\b"),
    Measure.STATUS: re.compile(r"^\W*(?:status|rag|rating|performance\s+against\s+target)\b"),
    Measure.OUTTURN: re.compile(
        r"\b(?:outturns?|actuals?|performance|values?|current|results?|latest|figures?|position|this\s+quarter)\b"
    ),
}
_AGAINST = re.compile(r"\b(?:against|vs|v|to)\W+(?:the\s+)?(?:q[1-4]\s+)?target|\btarget\s+v")
_LONG = 40  # a longer heading without a period says something else than what its figures are


@dataclass(frozen=True)
class Heading:
    """What the heading of a row or column says of its figures.

    Attributes:
        part: Where it stands.
        period: Which it names.
        measure: What the figures are of an indicator.
        is_foreign: Whether they are of others, or not reported at all.
        is_loose: Whether they need not be those of the quarter (an annual target, a direction of travel).
    """

    part: Part
    period: Period | None = None
    measure: Measure | None = None
    is_foreign: bool = False
    is_loose: bool = False


def heading(scene: Scene, part: Part) -> Heading:
    """Return what the heading of a row or column says."""
    words = scene.between(part.start, part.end)
    peers = any(one.role is Role.PEER for one in scene.within(scene.subjects, part))
    period = _period(scene, part, words)
    measure = next((what for what, pattern in _WORDS.items() if pattern.search(words)), None)
    if (len(words) > _LONG and period is None) or _AGAINST.search(words):
        measure = None
    loose = bool(_TRAVEL.search(words))
    if measure is Measure.TARGET:
        loose = loose or bool(_WHOLE_YEAR.search(words)) or isinstance(period, Year)
    return Heading(part, period, measure, peers or bool(_FOREIGN.search(words)), loose)


def _period(scene: Scene, part: Part, words: str) -> Period | None:
    named = [one for one in scene.within(scene.periods, part) if one.periods]
    if named:
        return next((one for one in named if isinstance(one.periods[0], Quarter)), named[0]).periods[0]
    found = _MONTH.fullmatch(words)
    if found is None:
        return None
    month, last = _MONTHS.index(found["name"]) + 1, scene.world.quarter.months[-1]
    year = 2000 + int(found["year"][-2:]) if found["year"] else last.year - (month > last.month)
    return Month(year, month)


def named_in(scene: Scene, part: Part) -> Iterator[tuple[str, bool]]:
    """Yield the indicators that a heading may name, the likeliest first, each with whether its words leave no doubt."""
    words = _plain(scene.flat[part.start : part.end])
    for code, indicator in scene.world.by_code.items():
        title = _plain(indicator.title)
        if words in (title, _plain(code), f"{_plain(code)} {title}", *(_plain(one) for one in indicator.aliases)):
            yield code, True
            return
    found: list[Subject] = [one for one in scene.within(scene.subjects, part) if one.role is Role.INDICATOR]
    for one in sorted(found, key=lambda subject: (-subject.how.value, -subject.weight)):
        for code in one.names:
            if code in scene.world.by_code:
                yield code, one.how is How.CODE


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold()).split())
