"""How many measures improved or worsened, and which: ``Five of eight indicators improved on last quarter``."""

from __future__ import annotations

import re

from xlkpi.calculate.change import Change, Travel
from xlkpi.model.number import plain
from xlkpi.model.period import Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Form, Number, Role, Unit
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.bases import is_number_of_measures, tell_base
from xlkpi.prose.statuses.listed import listed_in, run_of
from xlkpi.prose.text import Sentence

_NOUN = r"(?:(?:contract|performance|key|headline|corporate)\s+)*(?:measures|indicators|kpis)"
_WENT = (
    r"(?:(?:have|has|had)\s+)?(?:(?P<better>improved|got\s+better)|(?P<worse>worsened|deteriorated|got\s+worse|declined)"
    r"|(?P<same>(?:(?:were|was|been)\s+)?unchanged))"
)
_SINCE = r"\s+(?:on|since|from|over|against|compared\s+(?:with|to))\s+(?:the\s+)?(?:end\s+of\s+)?(?:the\s+)?"
_BASE = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|our|all|its)\s+)*", re.IGNORECASE)
_IMPROVED = re.compile(rf"\s+(?:{_NOUN}\s+)?{_WENT}{_SINCE}", re.IGNORECASE)
_MEASURES = re.compile(rf"\s+{_NOUN}\b", re.IGNORECASE)
#: ``Improvements on last quarter were seen in``.
_SEEN = re.compile(
    r"\b(?:(?P<better>improvements?)|(?P<worse>deteriorations?|worsening))\s+(?P<since>[^.;:]{0,40}?)\s*(?:was|were|has\s+been|have\s+been)\s+(?:also\s+)?"
    r"(?:seen|recorded|reported|made|noted|found|achieved)\s+(?:in|for|on|across)\s+(?:the\s+|our\s+)?",
    re.IGNORECASE,
)
_TRAVELS = {"better": Travel.IMPROVED, "worse": Travel.WORSENED, "same": Travel.UNCHANGED}
_ENDS = re.compile(r"\s*(?:[.;,)]|$|and\b)")


def read_travelled(scene: Scene) -> None:
    """Take down how many measures went which way since a quarter that is named, and lists of such."""
    for _, sentence in scene.sentences():
        is_part = any(one.role is Role.SECTION for one in scene.within(scene.subjects, sentence))
        numbers = [one for one in scene.within(scene.numbers, sentence) if one.form is Form.CARDINAL]
        for one in [] if is_part else numbers:
            if one.unit is Unit.NONE and not one.decimals and not scene.is_used(one):
                _count(scene, sentence, one)
        for found in scene.find(_SEEN, sentence):
            _list(scene, sentence, found)


def _count(scene: Scene, sentence: Sentence, number: Number) -> None:
    """Take down how many measures went one way; of how many where that is said."""
    base, end = None, number.end
    if of := _BASE.match(scene.flat, end, sentence.end):
        base = next(iter(scene.within(scene.numbers, Part(of.end(), of.end() + 1))), None)
        end = base.end if base else end
    found = _IMPROVED.match(scene.flat, end, sentence.end)
    if found is None or not _MEASURES.match(scene.flat, end, sentence.end):
        return
    earlier = _since(scene, Part(found.end(), found.end() + 1))
    way = next(name for name in _TRAVELS if found[name])
    if earlier is None or (base is not None and not is_number_of_measures(scene, base, "", scene.world.quarter)):
        return
    went = {code: _travel(scene, code, earlier) for code in scene.world.by_code}
    codes = [code for code in scene.world.contract if went[code] is _TRAVELS[way]]
    all_ = [code for code, travel in went.items() if travel is _TRAVELS[way]]
    fits = number.value in (len(codes), len(all_))
    told = Told(
        "count of measures",
        Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
        f"{plain(number.value)} {_TRAVELS[way].value}",
        str(len(codes)),
        f"{len(codes)} measures have {_TRAVELS[way].value} since {earlier.label}: {', '.join(codes) or 'none'}.",
    )
    if base is not None:
        tell_base(scene, base, "", scene.world.quarter)
    scene.tell(number.start, found.end(), told, [number])


def _since(scene: Scene, part: Part) -> Quarter | None:
    """Return the earlier quarter that is named at a place; None where none is."""
    named = scene.within(scene.periods, part)[:1]
    quarter = scene.quarter_named(named[0]) if named else None
    return quarter if quarter is not None and quarter < scene.world.quarter else None


def _travel(scene: Scene, code: str, earlier: Quarter) -> Travel | None:
    change = scene.world.change(code, earlier, scene.world.quarter)
    return change.travel if isinstance(change, Change) else None


def _list(scene: Scene, sentence: Sentence, found: re.Match[str]) -> None:
    """Take down the measures in which improvements are said to have been seen."""
    named = scene.within(scene.periods, Part(*found.span("since")))[:1]
    earlier = scene.quarter_named(named[0]) if named else scene.world.quarter.previous
    known = listed_in(scene, Part(found.end(), sentence.end))
    if (
        earlier is None
        or earlier >= scene.world.quarter
        or not known
        or scene.flat[found.end() : known[0][0].start].strip()
    ):
        return
    wanted = _TRAVELS["better" if found["better"] else "worse"]
    for subject, code in run_of(scene, known):
        travel = _travel(scene, code, earlier)
        if travel is None or not _ENDS.match(scene.flat, subject.end, sentence.end):
            continue
        told = Told(
            "direction",
            Verdict.CONFIRMED if travel is wanted else Verdict.CONTRADICTED,
            wanted.value,
            travel.value,
            f"{code} has {travel.value} since {earlier.label}.",
            scene.world.cell_of(code, Measure.OUTTURN),
            code,
        )
        scene.tell(subject.start, subject.end, told)
