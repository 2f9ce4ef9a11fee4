"""Indicators that are one thing counted in two ways: how many children are in care, and how many of every 10,000."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlkpi.prose.figures.nouns import keys_of
from xlkpi.prose.figures.reading import unit_of
from xlkpi.prose.figures.scope import About
from xlkpi.prose.mentions import Number, Unit
from xlkpi.prose.world import World

#: What a title says of how it counts, and all behind it.
_PER = re.compile(r"[\s,(-]*\bper\s+[0-9][0-9,]*.*$", re.IGNORECASE)
#: ``The rate per 10,000 is 55.1``.
_RATE = re.compile(r"\brates?\s+(?:of\s+[^.;,0-9]{0,40}\s)?per\s+1[0,]+\b[^.;]{0,40}$", re.IGNORECASE)
_KINDS = (Unit.RATE, Unit.PERCENT, Unit.NONE)


class Twins:
    """Finds the twin of an indicator that has figures of a number's kind."""

    def __init__(self, world: World) -> None:
        """Take in the indicators."""
        self._units = {one.code: unit_of(one.unit)[0] for one in world.indicators}
        alike: dict[frozenset[str], list[str]] = defaultdict(list)
        for one in world.indicators:
            alike[keys_of(_PER.sub("", one.title))].append(one.code)
        self._twins = {code: codes for keys, codes in alike.items() if keys for code in codes}

    def beside(self, found: Sequence[About], number: Number, before: str = "") -> Iterator[About]:
        """Yield indicators, beside the first its twins where these have figures of a number's kind and it has none.

        Args:
            found: What the number may be of.
            number: As the draft has it.
            before: What stands before it in its sentence, which may say that it is a rate.
        """
        first = found[0] if found else None
        is_rate = number.unit is Unit.NONE and bool(_RATE.search(before))
        unit = Unit.RATE if is_rate else number.unit
        twins: list[About] = []
        if first is not None and self._units.get(first.code) is not unit and unit in _KINDS:
            twins = [replace(first, code=code) for code in self._twins.get(first.code, ()) if self._units[code] is unit]
        twins = [one for one in twins if all(one.code != other.code for other in found)]
        yield from (*twins, *found) if is_rate else (*found[:1], *twins, *found[1:])
