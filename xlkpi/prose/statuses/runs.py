"""Runs of quarters: of one status (``outside for the third quarter``) and of changes the same way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlkpi.calculate.change import Change, Travel
from xlkpi.model.period import Quarter
from xlkpi.model.register import Polarity
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Direction, Form, Number, Role, StatusPhrase, Way
from xlkpi.prose.ratings import named, statuses_of
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.measures import About, Group
from xlkpi.prose.text import Paragraph, Sentence

_RUN = re.compile(
    r"\s*(?:consecutive|successive|straight|running|quarter\s+running)?\s*(?P<unit>quarters?|times(?=\s+(?:in\s+a\s+row|running|in\s+succession))|quarterly\s+(?:fall|rise|increase|decrease|reduction|improvement|drop|decline))(?P<tail>\s+(?:in\s+a\s+row|running|in\s+succession))?\b",
    re.IGNORECASE,
)
_RUN_WORDS = re.compile(
    r"\b(?:for|over|in|across|during|now)\s+(?:the\s+|a\s+|its\s+|their\s+|at\s+least\s+)?(?:last\s+|past\s+)?$",
    re.IGNORECASE,
)
_IN_TURN = re.compile(r"\s*(?:consecutive|successive|straight)\b", re.IGNORECASE)
_THIS_IS = re.compile(r"\b(?:this|that|which|it)\s+(?:is|was|has\s+been)\s+(?:now\s+)?(?:the|a)\s+$", re.IGNORECASE)
_NOUNS = {
    "fall": Way.DOWN, "decrease": Way.DOWN, "reduction": Way.DOWN, "drop": Way.DOWN, "decline": Way.DOWN,
    "rise": Way.UP, "increase": Way.UP, "improvement": Way.BETTER,
}  # fmt: skip
_NOT = re.compile(r"\bnot\s+(?:been\s+)?(?:so\s+)?(?:for|in|over)\s+(?:the\s+)?(?:last|past)\s+$", re.IGNORECASE)
_AT_LEAST = re.compile(r"\bat\s+least\s+(?:the\s+)?$", re.IGNORECASE)
_SEGMENT = re.compile(r"[;:]\s")
_NEAR = 40


def read_runs(scene: Scene, taken: set[int], paragraph: Paragraph, sentence: Sentence, moved: Sequence[str]) -> None:
    """Take down the claims about runs in a sentence.

    Args:
        scene: The draft.
        taken: Where status phrases start that something has read; those read here are added.
        paragraph: Of the sentence.
        sentence: The sentence.
        moved: The measures whose movement it has told of: ``another`` is none of these.
    """
    _Runs(scene, taken, paragraph, sentence, moved).read()


@dataclass
class _Runs(About):
    moved: Sequence[str] = ()

    def read(self) -> None:
        """Take down what the sentence says of runs."""
        for number in self.scene.within(self.scene.numbers, self.sentence):
            run = _RUN.match(self.scene.flat, number.end)
            if (
                run
                and self._is_run(number, run)
                and not _NOT.search(self.scene.flat, self.sentence.start, number.start)
            ):
                self._run(number, run)

    def _is_run(self, number: Number, run: re.Match[str]) -> bool:
        before = self.scene.flat[max(self.sentence.start, number.start - _NEAR) : number.start]
        if number.form is Form.ORDINAL:
            is_run = (
                bool(run["tail"]) or bool(_IN_TURN.match(self.scene.flat, number.end)) or bool(_THIS_IS.search(before))
            )
            return run["unit"].lower() != "quarters" and (is_run or bool(_RUN_WORDS.search(before)))
        is_said = bool(run["tail"]) or bool(_IN_TURN.match(self.scene.flat, number.end))
        return (
            number.form is Form.CARDINAL
            and run["unit"].lower() in ("quarters", "times")
            and (is_said or bool(_RUN_WORDS.search(before)))
        )

    def _run(self, number: Number, run: re.Match[str]) -> None:
        """Take down a run of a status, or of changes the same way."""
        scene = self.scene
        phrases = scene.within(scene.statuses, Part(self.sentence.start, number.start))
        cuts = [one.end() for one in _SEGMENT.finditer(scene.flat, self.sentence.start, number.start)]
        ways = list(scene.within(scene.directions, Part(cuts[-1] if cuts else self.sentence.start, number.start)))
        if "quarterly" in run["unit"].lower():
            ways = [Direction(run.start("unit"), run.end("unit"), _NOUNS[run["unit"].lower().split()[-1]])]
        behind = scene.within(scene.statuses, Part(run.end(), min(self.sentence.end, run.end() + _NEAR)))
        if behind and (not ways or not scene.flat[run.end() : behind[0].start].strip()):
            directly = not scene.flat[run.end() : behind[0].start].strip()
            phrases, ways = behind if directly else phrases or behind, []
        if phrases and (not ways or ways[-1].start < phrases[-1].start):
            self._status_run(number, run, phrases[-1])
        elif ways:
            self._direction_run(number, run, ways[-1])

    def _status_run(self, number: Number, run: re.Match[str], phrase: StatusPhrase) -> None:
        scene, world = self.scene, self.scene.world
        who = self._listed(phrase, number) or self.group(phrase.start)
        if who is None:
            return
        group, numbers = who
        wanted, length = statuses_of(phrase), int(number.value)
        at_least = bool(_AT_LEAST.search(scene.flat, max(0, number.start - _NEAR), number.start))

        def fits(code: str) -> bool:
            held = run_of(world.quarter, lambda at: world.status(code, at) in wanted)
            held = min(held, world.streak(code).quarters) if len(wanted) == 1 else held
            return held >= length if at_least else held == length

        self.taken.add(phrase.start)
        span, used = Part(min(group.start, number.start), max(run.end(), phrase.end)), [*numbers, number]
        if group.codes:
            for code in group.codes:
                self._tell_run(span, used, code, named(wanted), fits=fits(code))
            self._went_on(run.end(), group.codes)
            return
        having = [code for code in world.with_status(wanted) if code not in self.moved and self.includes(group, code)]
        found = [code for code in having if fits(code)]
        count = group.count or 1
        if len(found) == count:
            for code in found:
                self._tell_run(span, used, code, named(wanted), fits=True)
            self._went_on(run.end(), found)
        elif having:
            self._tell_run(span, used, having[0], named(wanted), fits=False)
        else:
            told = Told(
                "streak",
                Verdict.CONTRADICTED,
                f"{length} quarters {named(wanted)}",
                "0",
                f"No such measure is {named(wanted)}.",
            )
            scene.tell(span.start, span.end, told, used)

    def _listed(self, phrase: StatusPhrase, number: Number) -> tuple[Group, Sequence[Number]] | None:
        """Return the measures that a list behind the phrase names: ``outside tolerance: A4, for the third quarter; ...``."""
        cuts = [one.end() for one in _SEGMENT.finditer(self.scene.flat, phrase.end, number.start)]
        if not cuts:
            return None
        listed = self.scene.contract_codes(Part(cuts[-1], number.start))
        codes = tuple(dict.fromkeys(codes[0] for _, codes in listed))
        return (Group(listed[0][0].start, listed[-1][0].end, codes), ()) if codes else None

    def _tell_run(self, span: Part, numbers: Sequence[Number], code: str, what: str, *, fits: bool) -> None:
        """Take down a run of one measure; the last of the numbers is its length."""
        world = self.scene.world
        streak = world.streak(code)
        held = f"{code} is {named({world.status(code)})} for {streak.quarters} quarter{'' if streak.quarters == 1 else 's'}"
        stopped = f", counted from a {streak.stopped}" if streak.stopped else ""
        told = Told(
            "streak",
            Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
            f"{int(numbers[-1].value)} quarters {what}",
            str(streak.quarters),
            f"{held}{stopped}.",
            world.cell_of(code, Measure.STREAK),
            code,
        )
        self.scene.tell(span.start, span.end, told, numbers)

    def _went_on(self, at: int, codes: Sequence[str]) -> None:
        """Take down ``but shows an improvement`` behind a run of one measure."""
        if len(codes) != 1:
            return
        scene, world = self.scene, self.scene.world
        for direction in scene.within(scene.directions, Part(at, min(self.sentence.end, at + _NEAR))):
            wanted = self._travel(codes[0], direction.way)
            change = world.change(codes[0], world.quarter.previous, world.quarter)
            if wanted is None or not isinstance(change, Change):
                continue
            fits = (change.travel is wanted) is not direction.negated
            told = Told(
                "direction",
                Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
                scene.between(direction.start, direction.end),
                change.travel.value,
                f"{codes[0]} has {change.travel.value} since last quarter.",
                world.cell_of(codes[0], Measure.OUTTURN),
                codes[0],
            )
            scene.tell(direction.start, direction.end, told)
            return

    def _travel(self, code: str, way: Way) -> Travel | None:
        """Return what a word says of a measure that it does not name: up is better where the measure is better when higher."""
        if self.scene.world.by_code[code].polarity is Polarity.HIGHER:
            way = {Way.UP: Way.BETTER, Way.DOWN: Way.WORSE}.get(way, way)
        return {Way.BETTER: Travel.IMPROVED, Way.WORSE: Travel.WORSENED, Way.SAME: Travel.UNCHANGED}.get(way)

    def _direction_run(self, number: Number, run: re.Match[str], direction: Direction) -> None:
        """Take down a run of changes the same way: ``fell for the third quarter in a row``."""
        scene, world = self.scene, self.scene.world
        subjects = [
            one
            for one in scene.within(scene.subjects, Part(self.sentence.start, number.start))
            if one.role is Role.INDICATOR
        ]
        codes = [name for name in subjects[-1].names if name in world.by_code] if subjects else self._before()
        if not codes or direction.way not in (Way.UP, Way.DOWN, Way.BETTER, Way.WORSE, Way.SAME):
            return
        code = codes[0]
        held = run_of(world.quarter, lambda at: self._moved(code, at, direction.way))
        length = int(number.value)
        told = Told(
            "streak",
            Verdict.CONFIRMED if held == length else Verdict.CONTRADICTED,
            f"{length} quarters {scene.between(direction.start, direction.end)}",
            str(held),
            f"{code} moved this way in {held} quarter{'' if held == 1 else 's'} in a row.",
            world.cell_of(code, Measure.OUTTURN),
            code,
        )
        scene.tell(min(direction.start, number.start), run.end(), told, [number])

    def _before(self) -> list[str]:
        """Return what was named last before a sentence that names nothing: in its paragraph, above it, in its heading."""
        headings = [self.scene.text.paragraphs[index] for index in self.paragraph.headings[-1:]]
        for part in (Part(self.paragraph.body, self.sentence.start), *headings):
            named = [
                one.names[0]
                for one in (*self.scene.within(self.scene.subjects, part), *self.scene.of_row(self.paragraph))
                if one.role is Role.INDICATOR and one.names[0] in self.scene.world.by_code
            ]
            if named:
                return named[-1:]
        return []

    def _moved(self, code: str, at: Quarter, way: Way) -> bool:
        change = self.scene.world.change(code, at.previous, at)
        if not isinstance(change, Change):
            return False
        moved = (change.absolute > 0) - (change.absolute < 0)
        if way in (Way.BETTER, Way.WORSE):
            return change.travel is (Travel.IMPROVED if way is Way.BETTER else Travel.WORSENED)
        return moved == {Way.UP: 1, Way.DOWN: -1, Way.SAME: 0}[way]


def run_of(quarter: Quarter, holds: Callable[[Quarter], bool]) -> int:
    """Return for how many quarters in a row, up to one, something holds."""
    length = 0
    while holds(quarter.shift(-length)) and length < _NEAR:
        length += 1
    return length
