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

    def beside(self, found: Sequence[About], number: Number) -> Iterator[About]:
        """Yield indicators, behind the first its twins where these have figures of a number's kind and it has none.

        Args:
            found: What the number may be of.
            number: As the draft has it.
        """
        yield from found[:1]
        first = found[0] if found else None
        if first is not None and self._units.get(first.code) is not number.unit and number.unit in _KINDS:
            for code in self._twins.get(first.code, ()):
                if self._units[code] is number.unit and all(one.code != code for one in found):
                    yield replace(first, code=code)
        yield from found[1:]
