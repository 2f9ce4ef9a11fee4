"""What a share is a share of: measures without a target, and counts whose base has moved."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from xlkpi.calculate.change import Change
from xlkpi.calculate.status import Status
from xlkpi.model.number import rounded
from xlkpi.model.period import Quarter
from xlkpi.model.register import Basis, Indicator
from xlkpi.prose.claim import Finding, Severity
from xlkpi.prose.fact import Measure
from xlkpi.prose.findings.look import Look, Rule
from xlkpi.prose.findings.names import words_of
from xlkpi.prose.mentions import When
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Sentence

BASE = Rule("denominator of a share of measures", Severity.MEDIUM)
MOVED = Rule("count up, share down", Severity.MEDIUM)


def find(look: Look) -> Iterator[Finding]:
    """Yield shares of measures whose base has changed, and counts that moved the other way than their share."""
    yield from _base(look)
    seen: set[str] = set()
    for _, sentence in look.prose():
        for subject, code in look.indicators(sentence):
            if code not in seen and (found := _moved(look, sentence, subject, code)):
                seen.add(code)
                yield found


def _base(look: Look) -> Iterator[Finding]:
    """Yield the direction of a share of measures where those without a target make the difference."""
    world = look.scene.world
    now, then = world.summary(), world.summary(world.quarter.previous)
    unrated = [summary.base - sum(summary.total(one) for one in Status if one.is_rated) for summary in (now, then)]
    if unrated[0] == unrated[1] or not (now.base and then.base):
        return
    for claim in look.claims:
        if claim.kind != "direction" or claim.indicator or "of measures" not in claim.reason:
            continue
        shares = [
            (one.exact_share(Status.ON) or Fraction(0), one.measured_share(Status.ON) or Fraction(0))
            for one in (now, then)
        ]
        counted = " and ".join(
            f"{rounded(100 * share, 0)}% ({when})" for share, when in ((shares[1][0], "then"), (shares[0][0], "now"))
        )
        measured = " and ".join(
            f"{rounded(100 * share, 0)}% ({when})" for share, when in ((shares[1][1], "then"), (shares[0][1], "now"))
        )
        signs = [(a > b) - (a < b) for a, b in zip(shares[0], shares[1], strict=True)]
        differ = "they move in different ways" if signs[0] != signs[1] else "both move the same way"
        what = (
            f"{unrated[1]} measures could not be rated last quarter and {unrated[0]} this quarter. On target are {counted} "
            f"of all, {measured} of those rated: {differ}."
        )
        yield look.finding(
            BASE,
            Part(claim.start, claim.end),
            what,
            "Say what the share is a share of, and give both where they differ.",
            claim.cell,
        )
        return


def _moved(look: Look, sentence: Sentence, subject: Part, code: str) -> Finding | None:
    """Return that a count went one way and its share of the whole the other, over the time that the sentence speaks of."""
    world = look.scene.world
    part = world.by_code[code]
    if part.unit != "count" or part.basis is not Basis.SNAPSHOT:
        return None
    if not look.scene.within(look.scene.numbers, sentence):
        return None
    whole = _whole(look, part)
    if whole is None:
        return None
    mentions = [
        one for one in look.scene.within(look.scene.periods, sentence) if one.when in (When.YEAR_AGO, When.PREVIOUS)
    ]
    earlier = (
        world.quarter.previous
        if mentions and all(one.when is When.PREVIOUS for one in mentions)
        else world.quarter.year_ago
    )
    counted = world.change(code, earlier, world.quarter)
    shares = [_share(look, part, whole, at) for at in (earlier, world.quarter)]
    if not isinstance(counted, Change) or shares[0] is None or shares[1] is None:
        return None
    way, other = counted.absolute, shares[1] - shares[0]
    if way * other >= 0:
        return None
    up, down = ("rose", "fell") if way > 0 else ("fell", "rose")
    then, now = (rounded(one, 1) for one in shares if one is not None)
    what = (
        f"{part.title} {up} from {counted.earlier} to {counted.earlier + way}, but as a share of {whole.title} "
        f"(its base moved) it {down} from {then}% to {now}%."
    )
    return look.finding(MOVED, subject, what, "Give the share beside the count.", world.cell_of(code, Measure.OUTTURN))


def _share(look: Look, part: Indicator, whole: Indicator, quarter: Quarter) -> Fraction | None:
    facts = [look.scene.world.fact(one.code, Measure.OUTTURN, quarter) for one in (part, whole)]
    if facts[0] is None or facts[1] is None or not facts[1].value:
        return None
    return facts[0].value * 100 / facts[1].value


def _whole(look: Look, part: Indicator) -> Indicator | None:
    """Return the snapshot of which a count is a part.

    That is the population which the register names for it (denominator or definition); where it names none, the one
    whose word the indicators with the same words have as their denominator.
    """
    snapshots = [
        one
        for one in look.scene.world.indicators
        if one.unit == "count" and one.basis is Basis.SNAPSHOT and one.code != part.code and _encloses(look, one, part)
    ]
    text = f"{part.denominator_label} {part.definition}".lower()
    for one in snapshots:
        if any(name.lower() in text for name in (one.title, *one.aliases) if name):
            return one
    own = words_of(part.title)
    for other in look.scene.world.indicators:
        if other.code != part.code and other.denominator_label and len(own & words_of(other.title)) >= 2:  # noqa: PLR2004
            for one in snapshots:
                if any(
                    words_of(name) and words_of(name) <= words_of(other.denominator_label)
                    for name in (one.title, *one.aliases)
                ):
                    return one
    return None


def _encloses(look: Look, whole: Indicator, part: Indicator) -> bool:
    """Return whether one count is never smaller than another."""
    pairs = [
        (one.value, other)
        for one in look.scene.world.series(part.code, Quarter)
        if (other := look.scene.world.fact(whole.code, Measure.OUTTURN, one.period))
    ]
    return bool(pairs) and all(value <= other.value for value, other in pairs)
