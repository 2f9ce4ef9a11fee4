"""Measures that are named by their numbers alone: ``Indicators 16 to 19``, ``KPIs 3 and 7``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part

_NUMBERS = re.compile(
    r"\b(?:indicators|kpis|pis|measures)\s+(?P<numbers>[0-9]{1,3}(?:\s*(?:,|and|&|,\s*and|to|[\u2013-])\s*[0-9]{1,3})+)\b(?!\s*%|[.,][0-9])",
    re.IGNORECASE,
)
_ONE = re.compile(r"(?P<to>(?:to|[\u2013-])\s*)?(?P<number>[0-9]+)", re.IGNORECASE)
_ALIAS = re.compile(r"(?:indicator|kpi|pi|measure)\s+(?P<number>[0-9]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Numbered:
    """Where measures are named by number, and which they are."""

    part: Part
    codes: tuple[str, ...]


def numbered(scene: Scene, part: Part) -> Iterator[Numbered]:
    """Yield the measures of a part that are named by numbers which the register's names or codes have; all of them or none."""
    for found in scene.find(_NUMBERS, part):
        known = _known(scene)
        wanted: list[int] = []
        for one in _ONE.finditer(found["numbers"]):
            number = int(one["number"])
            wanted += range(wanted[-1] + 1, number) if one["to"] and wanted else ()
            wanted.append(number)
        codes = tuple(known[one] for one in wanted if one in known)
        if wanted and len(codes) == len(set(wanted)):
            yield Numbered(Part(*found.span()), codes)


def _known(scene: Scene) -> dict[int, str]:
    """Return the contract measures by number: of names such as ``Indicator 16``, else of codes that share it with none."""
    by_alias: dict[int, str] = {}
    by_code: dict[int, list[str]] = {}
    for code, one in scene.world.contract.items():
        for name in one.indicator.aliases:
            if named := _ALIAS.fullmatch(flat(name)):
                by_alias[int(named["number"])] = code
        digits = re.findall(r"[0-9]+", code)
        if len(digits) == 1:
            by_code.setdefault(int(digits[0]), []).append(code)
    return by_alias or {number: codes[0] for number, codes in by_code.items() if len(codes) == 1}
