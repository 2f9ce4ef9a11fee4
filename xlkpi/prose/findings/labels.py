"""Period labels: one that names another quarter than the draft reports, and more than one style of writing them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlkpi.model.period import Year
from xlkpi.prose.claim import Claim, Finding, Severity, Verdict
from xlkpi.prose.findings.look import Look, Rule
from xlkpi.prose.mentions import When
from xlkpi.prose.scene import Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.lists import period_of

STALE = Rule("stale period label", Severity.HIGH)
MISSING = Rule("heading without a period", Severity.LOW)
STYLES = Rule("mixed period styles", Severity.LOW)
_MOST = 2
#: ``Looking ahead to Quarter 3``, ``Next report: Quarter 3``: what comes, and not what the draft is of.
_AHEAD = re.compile(
    r"\b(?:look(?:ing|s)?\s+(?:ahead|forward)|next|forthcoming|upcoming|coming|future|forward|outlook|priorities|plans?\s+for|planned|due|will|"
    r"until|expected|forecast)\b[^.;]*$",
    re.IGNORECASE,
)
#: ``The actions agreed in the Quarter 1, 2018/19 report``: another report is spoken of.
_BACK = re.compile(
    r"\b(?:actions?|recommendations?|decisions?|issues|matters|agreed|asked|promised|said|raised|since|progress|follow[\s-]?up|"
    r"happened)\b[^.;:]*$",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"['\u2019s]*\s+(?:performance\s+|quarterly\s+)?(?:report|meeting|paper|minutes|review)\b", re.IGNORECASE
)
#: A quarter that no year has.
_NO_QUARTER = re.compile(
    r"\b(?:(?:Quarter|quarter|Qtr\.?|qtr\.?|Q)\s?(?:0|[5-9]|[1-9][0-9])\b[\s,\u2013-]{1,4}(?:19|20)[0-9]{2}(?:\s?[/\u2013-]\s?[0-9]{2,4})?"
    r"|(?:19|20)[0-9]{2}\s?[/\u2013-]\s?[0-9]{2,4},?\s(?:Quarter\s?|Q)(?:0|[5-9]|[1-9][0-9])|Quarter\s(?:0|[5-9]))\b(?![/%.]?[0-9])"
)


def read_labels(look: Look) -> None:
    """Take down the labels of quarters that there are not, and take back those that are labels of something else."""
    scene = look.scene
    scene.claims[:] = [one for one in scene.claims if not (_is_label(one) and _is_of_another(look, one))]
    told = {one.start for one in scene.claims if _is_label(one)}
    for found in _NO_QUARTER.finditer(scene.flat):
        if found.start() not in told:
            stated = " ".join(found[0].split())
            quarter, cell = scene.world.quarter.label, scene.world.quarter_cell
            reason = "A year has quarters 1 to 4."
            scene.tell(*found.span(), Told("period", Verdict.CONTRADICTED, stated, quarter, reason, cell))


def _is_label(claim: Claim) -> bool:
    return claim.kind == "period" and claim.verdict is Verdict.CONTRADICTED


def _is_of_another(look: Look, label: Claim) -> bool:
    """Return whether a label is that of a report to come or of an earlier one, or of figures of then, which are right."""
    scene = look.scene
    paragraph = scene.text.at(label.start)
    there = scene.within(scene.periods, Part(label.start, label.start + 1))
    mention = next((one for one in there if one.periods), None)
    if paragraph is None or mention is None or paragraph.index == 0 or isinstance(mention.periods[0], Year):
        return False
    quarter, before = mention.periods[0].quarter, (scene.flat, paragraph.start, label.start)
    if quarter > scene.world.quarter:
        return bool(_AHEAD.search(*before))
    if _REPORT.match(scene.flat, label.end) and _BACK.search(*before):
        return True
    beside = [one for one in look.claims_in(Part(label.end, paragraph.end)) if one.kind == "figure"]
    then = f"in {quarter.label}"
    return bool(beside) and all(one.verdict is Verdict.CONFIRMED and then in one.reason for one in beside)


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
