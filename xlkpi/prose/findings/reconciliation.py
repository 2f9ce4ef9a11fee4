"""Opening, plus what came in, less what went out, is closing: stocks and flows that the register pairs by their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xlkpi.model.register import Basis, Indicator
from xlkpi.prose.claim import Finding, Severity
from xlkpi.prose.fact import Measure
from xlkpi.prose.findings.look import Look, Rule
from xlkpi.prose.findings.names import words_of
from xlkpi.prose.sentences import Part

RULE = Rule("stock and flow do not reconcile", Severity.HIGH)

#: Words, without their endings, that say that somebody came in or went out.
_CAME = frozenset((
    "start", "begin", "began", "begun", "commence", "open", "enter", "entry", "new", "become", "becom", "admission",
    "admit", "join",
))  # fmt: skip
_WENT = frozenset((
    "cease", "end", "clos", "close", "leave", "leav", "left", "leaver", "exit", "discharge", "step",
))  # fmt: skip
#: Kinds of claims that give a figure.
_FIGURES = ("figure", "change", "rank")
_LIGHT = frozenset(["child", "young", "people", "case", "person", "care"])


@dataclass(frozen=True)
class Stock:
    """A count at the end of the quarter, with those of who came and who went in it."""

    closing: Indicator
    came: Indicator
    went: Indicator


def find(look: Look) -> Iterator[Finding]:
    """Yield the stocks whose flows do not add up, where the draft gives a flow, or a share that hangs on one."""
    world = look.scene.world
    now, before = world.quarter, world.quarter.previous
    for stock in stocks(world.indicators):
        facts = [
            world.fact(stock.closing.code, Measure.OUTTURN, before),
            world.fact(stock.came.code, Measure.OUTTURN, now),
            world.fact(stock.went.code, Measure.OUTTURN, now),
            world.fact(stock.closing.code, Measure.OUTTURN, now),
        ]
        opening, came, went, closing = (one.value if one else None for one in facts)
        if opening is None or came is None or went is None or closing is None:
            continue
        if opening + came - went == closing or not (given := _given(look, stock)):
            continue
        what = (
            f"{stock.closing.title}: {opening} at the start, {came} came and {went} went make {opening + came - went}, "
            f"not {closing}; {closing} takes {closing - opening + went} who came."
        )
        cure = f"Check {stock.came.code} ({stock.came.title}), and every share of it, before the figures are printed."
        cell = facts[1].cell if facts[1] else ""
        yield look.finding(RULE, given[0], what, cure, cell)


def _given(look: Look, stock: Stock) -> list[Part]:
    """Return where the draft gives a figure of a flow, as it is named there; else of a share that hangs on one."""
    flows = (stock.came.code, stock.went.code)
    claims = [one for one in look.claims if one.kind in _FIGURES]
    told = {one.indicator for one in claims}
    named = [(part, code) for _, sentence in look.prose() for part, code in look.indicators(sentence)]
    found: list[Part] = [part for part, code in named if code in flows and code in told]
    found += [Part(one.start, one.end) for one in claims if one.indicator in flows]
    hanging = [one for one in claims if one.indicator and _hangs(look, one.indicator, stock)]
    hanging.sort(key=lambda one: one.kind != "figure")  # "halved" would not show what hangs on it
    return found + [Part(one.start, one.end) for one in hanging]


def _hangs(look: Look, code: str, stock: Stock) -> bool:
    """Return whether an indicator is a share of those who came or went: its base says so, and is the same number."""
    world = look.scene.world
    base = world.fact(code, Measure.DENOMINATOR, world.quarter)
    words = words_of(world.by_code[code].denominator_label) if code in world.by_code else frozenset[str]()
    for flow, moved in ((stock.came, _CAME), (stock.went, _WENT)):
        count = world.fact(flow.code, Measure.OUTTURN, world.quarter)
        if words & moved and base is not None and count is not None and base.value == count.value:
            return True
    return False


def stocks(indicators: Iterable[Indicator]) -> list[Stock]:
    """Return the counts at the end of a quarter that have both flows in the register.

    A flow belongs to a stock where its title has a word of the stock's that is not common to all; of several the one that
    says least beside it (``ceasing to be on a plan``, not ``ceasing a plan who became looked after``).
    """
    counts = [one for one in indicators if one.unit == "count" and not one.denominator_label]
    flows = [one for one in counts if one.basis is Basis.IN_QUARTER]
    found = []
    for closing in (one for one in counts if one.basis is Basis.SNAPSHOT):
        came, went = (_flow(closing, flows, words) for words in (_CAME, _WENT))
        if came is not None and went is not None:
            found.append(Stock(closing, came, went))
    return found


def _flow(closing: Indicator, flows: Iterable[Indicator], moved: frozenset[str]) -> Indicator | None:
    keys = words_of(closing.title) - _LIGHT
    fitting = []
    for one in flows:
        words = words_of(one.title)
        if keys and keys <= words and words & moved:
            fitting.append((len(words - keys - moved - _LIGHT), one))
    best = min(fitting, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] <= 1 else None
