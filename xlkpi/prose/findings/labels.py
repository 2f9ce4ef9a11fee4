"""Period labels: one that names another quarter than the draft reports, and more than one style of writing them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlkpi.prose.claim import Finding, Severity, Verdict
from xlkpi.prose.findings.look import Look, Rule
from xlkpi.prose.mentions import When
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.lists import period_of

STALE = Rule("stale period label", Severity.HIGH)
MISSING = Rule("heading without a period", Severity.LOW)
STYLES = Rule("mixed period styles", Severity.LOW)
_MOST = 2


def find(look: Look) -> Iterator[Finding]:
    """Yield the labels that are wrong, and the styles where there are several."""
    world = look.scene.world
    for claim in look.claims:
        if claim.kind == "period" and claim.verdict is Verdict.CONTRADICTED:
            why = f"{claim.reason[:1].lower()}{claim.reason[1:]}"
            what = f"\u201c{claim.text}\u201d stands where {world.quarter.title} belongs: {why}"
            yield look.finding(STALE, Part(claim.start, claim.end), what, f"Write {world.quarter.title}.")
    yield from _missing(look)
    styles: dict[str, Part] = {}
    for one in look.scene.periods:
        if one.when is When.QUARTER and one.certain and one.periods:
            styles.setdefault(style(look.scene.flat[one.start : one.end]), one)
    if len(styles) > _MOST:
        first = [look.scene.between(one.start, one.end) for one in styles.values()]
        what = f"Quarters are written in {len(styles)} ways: {'; '.join(first)}."
        yield look.finding(
            STYLES,
            list(styles.values())[1],
            what,
            f"Write {world.quarter.title} throughout, {world.quarter.label} in tables.",
        )


def _missing(look: Look) -> Iterator[Finding]:
    """Yield the heads of lists that do not say of which quarter they are, where the others do."""
    heads = [one.head for one in look.lists]
    bare = [one for one in heads if period_of(look.scene, one) is None]
    if len(heads) - len(bare) < _MOST:
        return
    for one in bare:
        said = look.scene.between(one.body, one.end)
        what = f"\u201c{said}\u201d does not say of which quarter it is, as the other headings do."
        yield look.finding(MISSING, Part(one.body, one.end), what, f"Add {look.scene.world.quarter.title}.")


def style(words: str) -> str:
    """Return how a quarter is written, whichever it is.

    Examples:
        >>> style("Quarter 2, 2018/19"), style("Qtr 1 2018-19")
        ('quarter #, ####/##', 'qtr # ####/##')
    """
    plain = re.sub(r"[0-9]", "#", " ".join(words.lower().split()))
    return re.sub(r"(?<=####)[-\u2013](?=##)", "/", plain)
