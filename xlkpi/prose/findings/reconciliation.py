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
_LIGHT = frozenset(["child", "young", "people", "case", "person", "care"])


@dataclass(frozen=True)
class Stock:
    """A count at the end of the quarter, with those of who came and who went in it."""

    closing: Indicator
    came: Indicator
    went: Indicator


def find(look: Look) -> Iterator[Finding]:
    """Yield the stocks whose flows do not add up, where the draft speaks of the stock or of a flow."""
    world = look.scene.world
    now, before = world.quarter, world.quarter.previous
    for stock in stocks(world.indicators):
        named = _named(look, stock)
        facts = [
            world.fact(stock.closing.code, Measure.OUTTURN, before),
            world.fact(stock.came.code, Measure.OUTTURN, now),
            world.fact(stock.went.code, Measure.OUTTURN, now),
            world.fact(stock.closing.code, Measure.OUTTURN, now),
        ]
        opening, came, went, closing = (one.value if one else None for one in facts)
        if not named or opening is None or came is None or went is None or closing is None:
            continue
        off = opening + came - went - closing
        if off == 0:
            continue
        what = (
            f"{stock.closing.title}: {opening} at the start, {came} came and {went} went make {opening + came - went}, "
            f"not {closing}; {closing} takes {closing - opening + went} who came."
        )
        cure = f"Check {stock.came.code} ({stock.came.title}), and every share of it, before the figures are printed."
        cell = facts[1].cell if facts[1] else ""
        yield look.finding(RULE, named[0], what, cure, cell)


def _named(look: Look, stock: Stock) -> list[Part]:
    """Return where the draft speaks of a stock and its flows: the flows first, since they are what does not fit."""
    flows, stocks_ = (stock.came.code, stock.went.code), (stock.closing.code,)
    found = [(part, code) for _, sentence in look.prose() for part, code in look.indicators(sentence)]
    return [part for codes in (flows, stocks_) for part, code in found if code in codes]


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
