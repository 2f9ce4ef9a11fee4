"""Inspections: which were held, when, with what grade; how many are expected; how all homes stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlkpi.model.observation import Inspection
from xlkpi.model.period import Month, PeriodError, parse_period
from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import Form, PeriodMention, Unit, When
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph, Sentence

_ORDER = ("inadequate", "requires improvement", "good", "outstanding")
_GRADE = re.compile(
    r"\b(?P<grade>outstanding|good|requir(?:es|ing)\s+improvement|inadequate)(?P<more>\s+(?:or|and)\s+(?:better|outstanding|above))?\b",
    re.IGNORECASE,
)
_INSPECTED = re.compile(
    r"\b(?:inspect\w*|judge\w*|judgement\w*|judgment\w*|graded?|grading|rated|rating|ofsted)\b", re.IGNORECASE
)
_HOMES = re.compile(
    r"\b(?P<all>all|every|each|none|no|both|half|few|a\s+minority)\s+(?:of\s+)?(?:our\s+|the\s+)?(?P<number>[a-z0-9]+\s+)?(?:children's\s+|residential\s+)?homes?\b",
    re.IGNORECASE,
)
_EXPECTS = re.compile(r"\b(?:anticipat\w*|expect\w*|await\w*|prepar\w*|due)\b", re.IGNORECASE)
_INSPECTIONS = re.compile(r"\s+(?:\w+\s+){0,3}?inspections?\b", re.IGNORECASE)
_IN_QUARTER = re.compile(r"\b(?:in|during|within)\s+(?:the|this)\s+quarter\b", re.IGNORECASE)
_SMALL = frozenset((
    "the", "a", "an", "of", "in", "for", "as", "and", "our", "home", "homes", "children's", "childrens", "agency",
    "service", "services", "single", "framework", "to", "on", "with",
))  # fmt: skip
_EXPECTED, _PUBLISHED = "anticipated", "published"
_NAMES = 2
_CLOSE = 60


def read_inspections(scene: Scene) -> None:
    """Take down the claims about inspections."""
    if not scene.world.inspections:
        return
    for paragraph, sentence in scene.sentences():
        _homes(scene, sentence)
        _expected(scene, sentence)
        _held(scene, paragraph, sentence)


def _homes(scene: Scene, sentence: Sentence) -> None:
    """Take down ``all children's homes are good or better``."""
    for found in scene.find(_HOMES, sentence):
        grades = scene.find(_GRADE, Part(found.end(), min(sentence.end, found.end() + 80)))
        homes = latest(
            one for one in _known(scene) if "home" in one.type.casefold() or "home" in one.subject.casefold()
        )
        if not grades or not homes:
            continue
        wanted = _wanted(grades[0])
        below = [one for one in homes.values() if _grade(one.grade) not in wanted]
        fits = _fits(" ".join(found["all"].lower().split()), len(homes) - len(below), len(homes))
        shown = "; ".join(f"{one.subject} is {one.grade}" for one in below)
        good = len(homes) - len(below)
        reason = f"{good} of {len(homes)} homes are {_said(grades[0])} by their latest inspection"
        reason += f": {shown}." if shown else "."
        cell = (below or list(homes.values()))[0].where
        verdict = Verdict.CONFIRMED if fits else Verdict.CONTRADICTED
        told = Told(
            "inspection", verdict, f"{found['all'].lower()} {_said(grades[0])}", f"{good} of {len(homes)}", reason, cell
        )
        scene.tell(found.start(), grades[0].end(), told)


def _fits(how_many: str, number: int, all_of: int) -> bool:
    """Return whether so many are all, none, half or few of them."""
    if how_many in ("none", "no"):
        return number == 0
    if how_many == "half":
        return 2 * number == all_of
    return 2 * number < all_of if how_many in ("few", "a minority") else number == all_of


def _known(scene: Scene) -> Iterator[Inspection]:
    """Yield the published judgements up to the end of the quarter, in time."""
    dated = [(month, one) for one in scene.world.inspections if (month := month_of(one)) and one.grade]
    for month, one in sorted(dated, key=lambda pair: pair[0]):
        if month.quarter <= scene.world.quarter:
            yield one


def latest(inspections: Iterable[Inspection]) -> Mapping[str, Inspection]:
    """Return the last judgement of each subject."""
    return {one.subject: one for one in inspections}


def month_of(one: Inspection) -> Month | None:
    """Return when an inspection was; None for one that is yet to come."""
    try:
        period = parse_period(one.date)
    except PeriodError:
        return None
    return period if isinstance(period, Month) else None


def _grade(words: str) -> str:
    plain = " ".join(words.lower().replace("_", " ").split())
    return next((one for one in _ORDER if plain.startswith(one[:6])), plain)


def _wanted(found: re.Match[str]) -> Sequence[str]:
    """Return the grades that words take in."""
    place = _ORDER.index(_grade(found["grade"]))
    return _ORDER[place:] if found["more"] else _ORDER[place : place + 1]


def _said(found: re.Match[str]) -> str:
    return " ".join(found[0].lower().split())


def _expected(scene: Scene, sentence: Sentence) -> None:
    """Take down how many inspections are expected, and which."""
    world = scene.world
    if not scene.find(_EXPECTS, sentence):
        return
    single = [one for one in world.inspections if one.status.casefold().strip() == _EXPECTED]
    multi = [one for one in world.inspections if one.status.casefold().startswith(_EXPECTED) and one not in single]
    for number in scene.within(scene.numbers, sentence):
        noun = _INSPECTIONS.match(scene.flat, number.end)
        if (
            noun is None
            or not _is_expected(scene, sentence, number.start, noun.end())
            or number.form is not Form.CARDINAL
            or number.unit is not Unit.NONE
        ):
            continue
        wants_multi = "multi" in noun[0].lower()
        expected = multi if wants_multi else single
        expected = [*single, *multi] if int(number.value) == len(single) + len(multi) else expected
        fits = int(number.value) in (len(expected), len(single) + len(multi))
        names = "; ".join(f"{one.subject}, {one.type}" for one in expected)
        reason = f"{len(expected)} are noted as {_EXPECTED}{f': {names}' if names else ''}."
        cell = expected[0].where if expected else world.inspections[0].where
        verdict = Verdict.CONFIRMED if fits else Verdict.CONTRADICTED
        scene.tell(
            number.start,
            noun.end(),
            Told("inspection", verdict, str(int(number.value)), str(len(expected)), reason, cell),
            [number],
        )
    _expected_types(scene, sentence, [*single, *multi])


def _is_expected(scene: Scene, sentence: Sentence, start: int, end: int) -> bool:
    """Return whether the words around a number of inspections say that they are to come."""
    before = scene.flat[max(sentence.start, start - _CLOSE) : start].rpartition(".")[2]
    behind = scene.flat[end : min(sentence.end, end + _CLOSE)].partition(".")[0]
    return bool(_EXPECTS.search(before) or _EXPECTS.search(behind))


def _expected_types(scene: Scene, sentence: Sentence, expected: Sequence[Inspection]) -> None:
    """Take down named inspections to come: ``both the JTAI and SEND inspections``."""
    if (
        "inspection" not in scene.flat[sentence.start : sentence.end].lower()
        and "visit" not in scene.flat[sentence.start : sentence.end].lower()
    ):
        return
    found: list[tuple[re.Match[str], Inspection]] = []
    for one in expected:
        for word in re.findall(r"\b[A-Z]{3,6}\b", f"{one.type} {one.subject}"):
            found += [(match, one) for match in scene.find(re.compile(rf"\b{word}\b"), sentence)][:1]
    if not found:
        return
    start, end = min(match.start() for match, _ in found), max(match.end() for match, _ in found)
    names = sorted({one.type for _, one in found})
    told = Told(
        "inspection",
        Verdict.CONFIRMED,
        ", ".join(names),
        ", ".join(names),
        f"{', '.join(names)}: noted as {_EXPECTED}.",
        found[0][1].where,
    )
    scene.tell(start, end, told)


def _held(scene: Scene, paragraph: Paragraph, sentence: Sentence) -> None:
    """Take down that somebody was inspected, when, and with what grade."""
    words = scene.flat[sentence.start : sentence.end]
    if not _INSPECTED.search(words):
        return
    months = [one for one in scene.within(scene.periods, sentence) if one.when is When.MONTH and one.periods]
    subjects = _subjects(scene, words)
    if not subjects:
        at = paragraph.sentences.index(sentence)
        earlier = paragraph.sentences[at - 1] if at else None
        subjects = (
            _subjects(scene, scene.flat[earlier.start : earlier.end])
            if earlier and re.match(r"\s*(?:it|this|the)\b", words, re.IGNORECASE)
            else []
        )
    if not subjects or _EXPECTS.search(words):
        return
    if months:
        _tell_month(scene, sentence, subjects, months[0])
    for grade in scene.find(_GRADE, sentence):
        if not any(one.start <= grade.start() < one.end and one.kind == "inspection" for one in scene.claims):
            _tell_grade(scene, sentence, subjects, grade, months)


def _subjects(scene: Scene, words: str) -> list[Inspection]:
    """Return the judgements of the subject that a sentence names best: by its words, or by its initials."""
    lower = words.lower()
    best: tuple[float, str] = (0.0, "")
    for one in scene.world.inspections:
        own = [word for word in re.findall(r"[\w']+", one.subject.lower()) if word not in _SMALL]
        if not own:
            continue
        share = sum(bool(re.search(rf"\b{re.escape(word)}\b", lower)) for word in own) / len(own)
        own_kind = bool(re.search(r"\bhome\b", lower)) is ("home" in one.subject.lower())
        if share == 1 and own_kind and not all(word.isdigit() for word in own) and len(own) / 10 + share > best[0]:
            best = (len(own) / 10 + share, one.subject)
    return [one for one in scene.world.inspections if one.subject == best[1]]


def _tell_month(scene: Scene, sentence: Sentence, subjects: Sequence[Inspection], mention: PeriodMention) -> None:
    held = {month for one in subjects if (month := month_of(one))}
    stated = mention.periods[0]
    if not held or not isinstance(stated, Month):
        return
    fits = stated in held
    shown = ", ".join(month.label for month in sorted(held))
    reason = f"{subjects[0].subject} was inspected in {shown}."
    verdict = Verdict.CONFIRMED if fits else Verdict.CONTRADICTED
    found = scene.find(_INSPECTED, Part(sentence.start, mention.start))
    start = found[-1].start() if found and mention.start - found[-1].start() < 90 else mention.start  # noqa: PLR2004
    scene.tell(start, mention.end, Told("inspection", verdict, stated.label, shown, reason, subjects[0].where))


def _tell_grade(
    scene: Scene,
    sentence: Sentence,
    subjects: Sequence[Inspection],
    grade: re.Match[str],
    months: Sequence[PeriodMention],
) -> None:
    """Take down a grade: of the judgement named nearest to it, else of the whole inspection."""
    now = scene.world.quarter
    in_quarter = bool(_IN_QUARTER.search(scene.flat, sentence.start, sentence.end))
    dated = [one for one in subjects if (month := month_of(one)) and month.quarter <= now]
    asked = [one.periods[0] for one in months]
    if asked and any(month_of(one) in asked for one in dated):
        dated = [one for one in dated if month_of(one) in asked]
    if not dated:
        return
    last = max(month for one in dated if (month := month_of(one)))
    dated = [one for one in dated if month_of(one) == last]
    near = Part(max(sentence.start, grade.start() - 90), min(sentence.end, grade.end() + 60))
    words = scene.flat[near.start : near.end].lower()
    by_name = [one for one in dated if one.judgement.lower() in words]
    if len(by_name) >= _NAMES:
        by_name.sort(key=lambda one: abs(words.find(one.judgement.lower()) - (grade.start() - near.start)))
    one = (by_name or dated)[0]
    fits = _grade(one.grade) in _wanted(grade) and (not in_quarter or last.quarter == now)
    reason = f"{one.subject}, {one.judgement}: {one.grade} in {last.label}."
    verdict = Verdict.CONFIRMED if fits else Verdict.CONTRADICTED
    start, end = grade.start(), grade.end()
    place = words.find(one.judgement.lower())
    if by_name and place >= 0:
        start, end = min(start, near.start + place), max(end, near.start + place + len(one.judgement))
    scene.tell(start, end, Told("inspection", verdict, _said(grade), one.grade, reason, one.where))
