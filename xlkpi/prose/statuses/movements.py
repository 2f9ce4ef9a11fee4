"""Movements between statuses and runs of one status: ``fell out of tolerance``, ``outside for the third quarter``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from xlkpi.calculate.change import Change, Travel
from xlkpi.calculate.status import Status
from xlkpi.model.period import Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Direction, Form, Number, StatusPhrase, Way
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.measures import Group, alike_group, counted_group, named_group
from xlkpi.prose.statuses.scene import Scene, Told, named, statuses_of
from xlkpi.prose.text import Paragraph, Sentence

_ON, _INSIDE, _OUTSIDE = frozenset({Status.ON}), frozenset({Status.INSIDE}), frozenset({Status.OUTSIDE})
_WENT = (
    r"(?:fell|fallen|falls|dropped|drops|moved|moves|slipped|slips|gone|went|goes|drifted|come|came|comes|returned|returns|recovered|risen|rose|"
    r"improved|brought|back|progressed|shifted|crossed|worsened|deteriorated|declined)"
)
_FILL = r"(?:\s+(?:back|again|to|up|down|from|being|be|perform|performing|performance|now|a|the|our|contract|this|agreed|its|their|is|are|position)){0,5}\s+"
_TOLERANCE = r"(?:the\s+|its\s+|our\s+|contract\s+|agreed\s+)*tolerances?\b"
_TARGET = r"(?:the\s+|its\s+|our\s+|their\s+|contract\s+|agreed\s+)*targets?\b"
_SET = (
    rf"(?:were|was|been|being|are|is|had)\s+(?:\w+\s+){{0,2}}?(?:set|given|assigned|agreed)\s+(?:\w+\s+){{0,2}}?targets?\b"
    rf"|(?:now|newly|new)\s+(?:have|has)\s+(?:\w+\s+){{0,2}}?targets?\b|(?:have|has)\s+(?:now|newly)\s+(?:\w+\s+){{0,2}}?targets?\b"
    rf"|now\s+have\s+(?:\w+\s+){{0,2}}?targets?\s+set\b|targets?\s+(?:have|has|were|was)\s+(?:now\s+|been\s+|newly\s+){{0,3}}(?:set|agreed)"
    rf"|(?:have|has|with)\s+(?:an?\s+)?targets?\s+for\s+the\s+first\s+time"
)


@dataclass(frozen=True)
class Move:
    """A movement that words name.

    Attributes:
        name: In words.
        before: The statuses it starts from.
        now: Those it ends in.
        pattern: How drafts say it.
    """

    name: str
    before: frozenset[Status]
    now: frozenset[Status]
    pattern: re.Pattern[str]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


_MOVES = (
    Move("fell out of tolerance", _ON | _INSIDE, _OUTSIDE, _words(
        rf"{_WENT}{_FILL}(?:out\s+of|outside(?:\s+of)?|below|beyond|outwith)\s+{_TOLERANCE}"
        rf"|{_WENT}\s+(?:out\s+of|outside(?:\s+of)?|below|beyond)\s+{_TOLERANCE}|no\s+longer\s+(?:within|inside|in)\s+{_TOLERANCE}"
    )),
    Move("came back inside tolerance", _OUTSIDE, _INSIDE | _ON, _words(
        rf"{_WENT}{_FILL}(?:within|inside|into|in)\s+{_TOLERANCE}|{_WENT}\s+(?:within|inside|into|in|to)\s+{_TOLERANCE}"
        rf"|no\s+longer\s+(?:outside(?:\s+of)?|out\s+of)\s+{_TOLERANCE}"
    )),
    Move("reached target", _INSIDE | _OUTSIDE, _ON, _words(
        rf"{_WENT}{_FILL}(?:(?:above|on|at|better\s+than|meet|meeting|exceed|exceeding|or)\s+)*{_TARGET}(?!\s+range)"
        rf"|{_WENT}\s+(?:to|onto|above)\s+{_TARGET}|now\s+(?:meets?|on|at|above|exceeds?)\s+{_TARGET}(?=[^.;]*\bfor\s+the\s+first\s+time)"
    )),
    Move("fell off target", _ON, _INSIDE | _OUTSIDE, _words(
        rf"(?:fell|fallen|dropped|slipped|moved|gone|went|drifted|declined|worsened){_FILL}(?:below|off|short\s+of|away\s+from)\s+{_TARGET}"
        rf"|(?:fell|fallen|dropped|slipped|moved|gone|went)\s+(?:below|off|short\s+of|away\s+from)\s+{_TARGET}"
        rf"|no\s+longer\s+(?:on|at|meets?|meeting|above|achieves?|achieving)\s+{_TARGET}"
    )),
)  # fmt: skip
_FIRST_TARGET = _words(_SET)
_CONTINUED = re.compile(r"\b(?:continue[sd]?|continuing|remain(?:s|ed|ing)?|still|stay(?:s|ed)?|again|kept|keeps)\b", re.IGNORECASE)
_RUN = re.compile(
    r"\s*(?:consecutive|successive|straight|running|quarter\s+running)?\s*(?P<unit>quarters?)(?P<tail>\s+(?:in\s+a\s+row|running|in\s+succession))?\b",
    re.IGNORECASE,
)
_RUN_WORDS = re.compile(r"\b(?:for|over|in|across|during|now)\s+(?:the\s+|a\s+|its\s+|their\s+|at\s+least\s+)?(?:last\s+|past\s+)?$", re.IGNORECASE)
_PAST = re.compile(r"\b(?:previously|last\s+quarter|(?:the|in\s+the)\s+previous\s+quarter|before|earlier|had\s+been|having\s+been)\b", re.IGNORECASE)
_NEAR = 40


def read_movements(scene: Scene, taken: set[int]) -> None:
    """Take down the claims about movements and runs.

    Args:
        scene: The draft.
        taken: Where status phrases start that something has read; those read here are added.
    """
    for paragraph, sentence in scene.sentences():
        _Reader(scene, taken, paragraph, sentence).read()


@dataclass
class _Reader:
    scene: Scene
    taken: set[int]
    paragraph: Paragraph
    sentence: Sentence
    moved: tuple[str, ...] = ()

    def read(self) -> None:
        """Take down what the sentence says of movements, first targets and runs."""
        for move, found in self._found():
            self._movement(move, found)
        for found in self.scene.find(_FIRST_TARGET, self.sentence):
            self._first_target(found)
        for number in self.scene.within(self.scene.numbers, self.sentence):
            run = _RUN.match(self.scene.flat, number.end)
            if run and self._is_run(number, run):
                self._run(number, run)

    def _found(self) -> Iterator[tuple[Move, re.Match[str]]]:
        reached = self.sentence.start
        all_ = [(found.start(), move, found) for move in _MOVES for found in self.scene.find(move.pattern, self.sentence)]
        for start, move, found in sorted(all_, key=lambda one: (one[0], -one[2].end())):
            if start >= reached:
                reached = found.end()
                yield move, found

    def _take(self, start: int, end: int) -> None:
        self.taken.update(one.start for one in self.scene.within(self.scene.statuses, Part(start, end)))

    def _group(self, before: int) -> tuple[Group, Sequence[Number]] | None:
        """Return whom a statement at an offset is about, and the number that says how many."""
        scene, part = self.scene, Part(self.sentence.start, before)
        counted = counted_group(scene, part)
        alike = alike_group(scene, part)
        group = named_group(scene, self.sentence, before, self.paragraph)
        if group is not None and (counted is None or alike is not None or counted[0].end <= group.start):
            return group, ()
        return (counted[0], [counted[1]] if counted[1] else []) if counted else None

    def _movement(self, move: Move, found: re.Match[str]) -> None:
        scene, world = self.scene, self.scene.world
        before = scene.flat[max(self.sentence.start, found.start() - _NEAR) : found.start()]
        if re.search(r"\b(?:will|would|could|should|may|might|to|if|expected\s+to|not|never|risk\s+of)\s+(?:\w+\s+)?$", before, re.IGNORECASE):
            return
        who = self._group(found.start())
        if who is None:
            return
        group, numbers = who
        earlier = self._earlier(found, move)

        def moved(code: str) -> bool:
            return world.status(code, world.quarter.previous) in earlier and world.status(code) in move.now

        self._take(found.start(), self._clause_end(found.end()))
        if group.codes:
            for code in group.codes:
                then, now = world.status(code, world.quarter.previous), world.status(code)
                self._tell_named(group, found, move.name, code, f"{code} was {named({then})} and is {named({now})}.", fits=moved(code))
            return
        codes = [code for code in world.contract if moved(code) and self._in(group, code)]
        self.moved = tuple(codes)
        self._tell_counted(group, found, move.name, codes, numbers)

    def _in(self, group: Group, code: str) -> bool:
        return group.section in ("", self.scene.world.by_code[code].section)

    def _earlier(self, found: re.Match[str], move: Move) -> frozenset[Status]:
        """Return the statuses before: those that the sentence names for last quarter, else those of the movement."""
        for phrase in self.scene.within(self.scene.statuses, Part(found.end(), self.sentence.end)):
            between = self.scene.flat[found.end() : phrase.start]
            if len(between) < 2 * _NEAR and _PAST.search(between) and not re.search(r"[.;]", between):
                return statuses_of(phrase)
        return move.before

    def _clause_end(self, at: int) -> int:
        """Return the end of what is said of the quarter before."""
        for phrase in self.scene.within(self.scene.statuses, Part(at, self.sentence.end)):
            between = self.scene.flat[at : phrase.start]
            if len(between) < 2 * _NEAR and _PAST.search(between) and not re.search(r"[.;]", between):
                return phrase.end
        return at

    def _tell_named(self, group: Group, found: re.Match[str], what: str, code: str, reason: str, *, fits: bool) -> None:
        world = self.scene.world
        told = Told(
            "movement",
            Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
            what,
            f"{named({world.status(code, world.quarter.previous)})}, then {named({world.status(code)})}",
            reason,
            world.cell_of(code, Measure.MOVEMENT),
            code,
        )
        self.scene.tell(min(group.start, found.start()), found.end(), told)

    def _tell_counted(
        self, group: Group, found: re.Match[str], what: str, codes: Sequence[str], numbers: Sequence[Number]
    ) -> None:
        world = self.scene.world
        wanted = {"all": world.count(list(Status)).value, "none": 0}.get(group.every, group.count)
        if wanted is None:
            return
        said = "1 measure" if len(codes) == 1 else f"{len(codes)} measures"
        who = f" ({', '.join(codes)})" if codes else ""
        told = Told(
            "movement",
            Verdict.CONFIRMED if len(codes) == wanted else Verdict.CONTRADICTED,
            f"{wanted} {what}",
            str(len(codes)),
            f"{said}{who}: {what}.",
            world.cell_of(codes[0], Measure.MOVEMENT) if codes else world.cell_of(next(iter(world.contract)), Measure.MOVEMENT),
            codes[0] if len(codes) == 1 else "",
        )
        self.scene.tell(group.start, found.end(), told, numbers)

    def _first_target(self, found: re.Match[str]) -> None:
        who = self._group(found.start())
        if who is None:
            return
        group, numbers = who
        first = self.scene.world.first_targets
        self._take(found.start(), found.end())
        if group.codes:
            for code in group.codes:
                had = "had no target before and has one now" if code in first else "has not been set its first target this year"
                self._tell_named(group, found, "was set a target", code, f"{code} {had}.", fits=code in first)
            return
        codes = [code for code in first if self._in(group, code)]
        self._tell_counted(group, found, "set a first target", codes, numbers)

    # Runs

    def _is_run(self, number: Number, run: re.Match[str]) -> bool:
        before = self.scene.flat[max(self.sentence.start, number.start - _NEAR) : number.start]
        if number.form is Form.ORDINAL:
            return run["unit"].lower() == "quarter" and bool(_RUN_WORDS.search(before))
        is_said = bool(run["tail"]) or bool(re.match(r"\s*(?:consecutive|successive|straight)", self.scene.flat[number.end :]))
        return number.form is Form.CARDINAL and run["unit"].lower() == "quarters" and (is_said or bool(_RUN_WORDS.search(before)))

    def _run(self, number: Number, run: re.Match[str]) -> None:
        """Take down a run of a status, or of changes the same way."""
        scene = self.scene
        phrases = scene.within(scene.statuses, Part(self.sentence.start, number.start))
        phrases = phrases or scene.within(scene.statuses, Part(run.end(), min(self.sentence.end, run.end() + _NEAR)))
        ways = scene.within(scene.directions, Part(self.sentence.start, number.start))
        if phrases and (not ways or ways[-1].start < phrases[-1].start):
            self._status_run(number, run, phrases[-1])
        elif ways:
            self._direction_run(number, run, ways[-1])

    def _status_run(self, number: Number, run: re.Match[str], phrase: StatusPhrase) -> None:
        scene, world = self.scene, self.scene.world
        who = self._group(phrase.start)
        if who is None:
            return
        group, numbers = who
        wanted, length = statuses_of(phrase), int(number.value)
        at_least = bool(re.search(r"\bat\s+least\s+(?:the\s+)?$", scene.flat[max(0, number.start - 14) : number.start], re.IGNORECASE))

        def fits(code: str) -> bool:
            held = run_of(world.quarter, lambda at: world.status(code, at) in wanted)
            held = min(held, world.streak(code).quarters) if len(wanted) == 1 else held
            return held >= length if at_least else held == length

        self.taken.add(phrase.start)
        end = max(run.end(), phrase.end)
        if group.codes:
            for code in group.codes:
                self._tell_run(group, end, number, code, numbers, named(wanted), fits=fits(code))
            return
        having = [code for code in world.with_status(wanted) if code not in self.moved and self._in(group, code)]
        found = [code for code in having if fits(code)]
        count = group.count or 1
        if len(found) == count:
            for code in found:
                self._tell_run(group, end, number, code, numbers, named(wanted), fits=True)
            self._went_on(run.end(), found)
        elif having:
            self._tell_run(group, end, number, having[0], numbers, named(wanted), fits=False)
        else:
            told = Told("streak", Verdict.CONTRADICTED, f"{length} quarters {named(wanted)}", "0", f"No such measure is {named(wanted)}.")
            scene.tell(group.start, end, told, [*numbers, number])

    def _tell_run(
        self, group: Group, end: int, number: Number, code: str, numbers: Sequence[Number], what: str, *, fits: bool
    ) -> None:
        world = self.scene.world
        streak = world.streak(code)
        held = f"{code} is {named({world.status(code)})} for {streak.quarters} quarter{'' if streak.quarters == 1 else 's'}"
        stopped = f", counted from a {streak.stopped}" if streak.stopped else ""
        told = Told(
            "streak",
            Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
            f"{int(number.value)} quarters {what}",
            str(streak.quarters),
            f"{held}{stopped}.",
            world.cell_of(code, Measure.STREAK),
            code,
        )
        self.scene.tell(group.start, end, told, [*numbers, number])

    def _went_on(self, at: int, codes: Sequence[str]) -> None:
        """Take down ``but shows an improvement`` behind a run whose measures are not named."""
        scene, world = self.scene, self.scene.world
        for direction in scene.within(scene.directions, Part(at, self.sentence.end)):
            wanted = {Way.BETTER: Travel.IMPROVED, Way.WORSE: Travel.WORSENED, Way.SAME: Travel.UNCHANGED}.get(direction.way)
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

    def _direction_run(self, number: Number, run: re.Match[str], direction: Direction) -> None:
        """Take down a run of changes the same way: ``fell for the third quarter in a row``."""
        scene, world = self.scene, self.scene.world
        subjects = [one for one in scene.within(scene.subjects, Part(self.sentence.start, number.start)) if one.role.name == "INDICATOR"]
        codes = [name for name in subjects[-1].names if name in world.by_code] if subjects else []
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
        scene.tell(direction.start, run.end(), told, [number])

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


