"""Words for statuses: one meaning each, and none that say the opposite of a measure that is better when lower."""

from __future__ import annotations

from collections.abc import Iterator

from xlkpi.calculate.status import Status
from xlkpi.model.register import Polarity
from xlkpi.prose.claim import Finding, Severity, Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.findings.look import Look, Rule
from xlkpi.prose.mentions import Level, StatusPhrase
from xlkpi.prose.ratings import statuses_of
from xlkpi.prose.sentences import Part

VOCABULARY = Rule("status vocabulary", Severity.HIGH)
ABOVE = Rule("above target said of a measure that is better when lower", Severity.MEDIUM)
HIGH = Rule("adverse word for a measure that is on target", Severity.HIGH)

_SAFE = ("better", "meet", "exceed", "achiev", "outperform")


def find(look: Look) -> Iterator[Finding]:
    """Yield the words that mix up target and tolerance, and those that are blind to polarity."""
    for phrase in look.scene.statuses:
        claims = look.claims_at(phrase.start)
        if any(one.kind in ("share of measures", "count of measures") for one in claims):
            yield from _vocabulary(look, phrase)
        yield from _polarity(look, phrase)
    yield from _adverse(look)


def _vocabulary(look: Look, phrase: StatusPhrase) -> Iterator[Finding]:
    if phrase.level is not Level.WITHIN_OR_BETTER or "toleran" in phrase.words:
        return
    world = look.scene.world
    both, on = world.count([Status.ON, Status.INSIDE]), world.count([Status.ON])
    if both.value == on.value:
        return
    what = (
        f"\u201c{phrase.words}\u201d is counted as within tolerance or better ({both.value} of {world.results.summary.base}); "
        f"on or better than target are {on.value}."
    )
    cure = f"Write \u201cwithin tolerance or better\u201d, or give the {on.value} on or better than target."
    yield look.finding(VOCABULARY, phrase, what, cure, both.cell)


def _polarity(look: Look, phrase: StatusPhrase) -> Iterator[Finding]:
    """Yield ``above target`` where it is said of measures that are on target because they are low."""
    words = phrase.words
    is_blind = "above" in words or "higher" in words or "below" in words or "over" in words.split()
    if not is_blind or any(safe in words for safe in _SAFE) or "toleran" in words:
        return
    world = look.scene.world
    codes = [one.indicator for one in look.claims_at(phrase.start) if one.indicator]
    if not codes and any(one.kind.endswith("of measures") for one in look.claims_at(phrase.start)):
        codes = world.with_status(statuses_of(phrase))
    lower = [code for code in dict.fromkeys(codes) if world.by_code[code].polarity is Polarity.LOWER]
    if "below" not in words:  # "above the target of 65" is plain where it is also worse
        lower = [code for code in lower if world.status(code) is Status.ON]
    if lower:
        one = len(lower) == 1
        what = f"\u201c{words}\u201d is said of {', '.join(lower)}, which {'is' if one else 'are'} better when lower."
        yield look.finding(
            ABOVE, phrase, what, "Write \u201cbetter than target\u201d.", world.cell_of(lower[0], Measure.STATUS)
        )


def _adverse(look: Look) -> Iterator[Finding]:
    for claim in look.claims:
        if claim.kind == "status" and claim.stated in ("high", "low") and claim.verdict is Verdict.CONTRADICTED:
            part = Part(claim.start, claim.end)
            yield look.finding(
                HIGH,
                part,
                f"\u201c{claim.stated}\u201d: {claim.reason}",
                "Say which way it stands against target: \u201cbetter than target\u201d.",
                claim.cell,
            )
