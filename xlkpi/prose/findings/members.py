"""Lists of measures by status: none missing, none twice, none under another title, in the register's order."""

from __future__ import annotations

from collections.abc import Iterator

from xlkpi.prose.claim import Finding, Severity
from xlkpi.prose.fact import Measure
from xlkpi.prose.findings.look import Look, Rule
from xlkpi.prose.ratings import stand
from xlkpi.prose.statuses.lists import missing

MISSING = Rule("measure missing from its list", Severity.HIGH)
COUNT = Rule("list and its number differ", Severity.HIGH)
TWICE = Rule("measure listed twice", Severity.HIGH)
ORDER = Rule("list out of order", Severity.LOW)


def find(look: Look) -> Iterator[Finding]:
    """Yield what is wrong with the lists as a whole."""
    world = look.scene.world
    for one, code in missing(look.scene, look.lists):
        title = world.by_code[code].title
        what = f"{code} ({title}) belongs to the measures that {stand(one.statuses)}, but is not listed."
        yield look.finding(MISSING, one.phrase, what, "Add it to the list.", world.cell_of(code, Measure.STATUS))
    for one in look.lists:
        if one.count is not None and one.count.value != len(one.items):
            said = look.scene.between(one.count.start, one.count.end)
            listed = f"{len(one.items)} {'is' if len(one.items) == 1 else 'are'} listed"
            what = f"\u201c{said}\u201d measures are announced, and {listed}."
            yield look.finding(COUNT, one.count, what, "List them all, or correct the number.")
    seen: dict[str, int] = {}
    for one in look.lists:
        if one.quarter != world.quarter:
            continue
        for item, code in one.items:
            if code in seen and seen[code] != item.index:
                yield look.finding(
                    TWICE,
                    item,
                    f"{code} is listed twice.",
                    "Delete it where it does not belong.",
                    world.cell_of(code, Measure.STATUS),
                )
            seen.setdefault(code, item.index)
        orders = [world.by_code[code].list_order or 0 for _, code in one.items]
        if orders != sorted(orders) and _has_codes(look):
            yield look.finding(
                ORDER,
                one.phrase,
                "The list is not in the order of the register.",
                "List the measures as the register does.",
            )


def _has_codes(look: Look) -> bool:
    return any(look.scene.flat[item.body : item.end].startswith(code) for one in look.lists for item, code in one.items)
