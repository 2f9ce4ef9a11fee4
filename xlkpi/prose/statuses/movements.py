"""Movements between statuses: ``fell out of tolerance``, ``reached its target``, ``was set a target``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xlkpi.calculate.history import Movement
from xlkpi.calculate.status import Status
from xlkpi.model.period import Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Number, Role, StatusPhrase, When
from xlkpi.prose.ratings import named, statuses_of
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.measures import About, Group
from xlkpi.prose.statuses.runs import read_runs
from xlkpi.prose.statuses.verbs import is_turned_round

_ON, _INSIDE, _OUTSIDE = frozenset({Status.ON}), frozenset({Status.INSIDE}), frozenset({Status.OUTSIDE})
_WENT = (
    r"(?:(?:fell|falls)(?!\s+(?:just\s+)?(?:in|within|inside)\b)|fallen|dropped|drops|moved|moves|slipped|slips|gone|went|goes|drifted|come|came|comes|returned|returns|recovered|risen|rose|"
    r"improved|brought|back|progressed|shifted|crossed|worsened|deteriorated|declined)"
)
_FILL = (
    r"(?:\s+(?:back|again|to|up|down|being|be|perform|performing|performance|now|a|the|our|contract|this|agreed|its|their|"
    r"is|are|position)){0,5}\s+"
)
_TOLERANCE = r"(?:the\s+|its\s+|our\s+|contract\s+|agreed\s+)*tolerances?\b"
_TARGET = r"(?:the\s+|its\s+|our\s+|their\s+|contract\s+|agreed\s+)*targets?\b"
_AT_TOLERANCE = rf"(?:(?:with)?in(?:side)?\s+)?{_TOLERANCE}"
_AT_TARGET = rf"(?:(?:being\s+)?(?:on|at|above|meeting)\s+)?{_TARGET}"
_OUT = rf"(?:outside(?:\s+of)?|out\s+of|below|beyond)\s+{_TOLERANCE}"
_ARTICLE = r"(?:an?\s+|the\s+|their\s+|its\s+|own\s+|agreed\s+|contract\s+)*"
_SET = (
    r"(?:were|was|been|being|are|is|had)\s+(?:\w+\s+){0,2}?(?:set|given|assigned|agreed)\s+(?:\w+\s+){0,2}?targets?\b"
    rf"|(?:now|newly)\s+(?:have|has)\s+{_ARTICLE}targets?\b|(?:have|has)\s+(?:now|newly)\s+{_ARTICLE}targets?\b"
    r"|(?<!no )(?<!any )targets?\s+(?:have|has|were|was)\s+(?:now\s+|been\s+|newly\s+){0,3}(?:set|agreed)"
    r"|(?:have|has|with)\s+(?:an?\s+)?targets?\s+for\s+the\s+first\s+time"
)


_TURNED = (
    r"(?:(?:turned|gone|went|became|become)\s+(?:back\s+)?(?:in)?(?:to\s+)?(?:the\s+)?{0}"
    r"|(?:moved|slipped|dropped|fallen|fell|come|came|risen|rose)\s+(?:back\s+)?(?:in)?to\s+(?:the\s+)?{0})\b(?!\s+to\b)"
)


@dataclass(frozen=True)
class Move:
    """A movement that words name.

    Attributes:
        name: In words.
        before: The statuses it starts from.
        now: Those it ends in.
        pattern: How drafts say it.
        is_of_many: Whether it is read of measures that are counted alone; of one that is named it is its status.
    """

    name: str
    before: frozenset[Status]
    now: frozenset[Status]
    pattern: re.Pattern[str]
    is_of_many: bool = False


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


_MOVES = (
    Move("fell out of tolerance", _ON | _INSIDE, _OUTSIDE, _words(
        rf"{_WENT}{_FILL}(?:out\s+of|outside(?:\s+of)?|below|beyond|outwith)\s+{_TOLERANCE}"
        rf"|{_WENT}\s+(?:out\s+of|outside(?:\s+of)?|below|beyond)\s+(?:{_TOLERANCE}|it\b)|no\s+longer\s+(?:within|inside|in)\s+{_TOLERANCE}"
    )),
    Move("came back inside tolerance", _OUTSIDE, _INSIDE | _ON, _words(
        rf"(?!(?:came|come|comes)\s+(?:within|inside|in)\b)(?:{_WENT}{_FILL}(?:within|inside|into|in)\s+{_TOLERANCE}|{_WENT}\s+(?:within|inside|into|in|to)\s+{_TOLERANCE})"
        rf"|{_WENT}(?:\s+back)?\s+from\s+(?:being\s+)?(?:outside(?:\s+of)?|out\s+of)\s+{_TOLERANCE}"
        rf"|no\s+longer\s+(?:outside(?:\s+of)?|out\s+of)\s+{_TOLERANCE}"
    )),
    Move("went from tolerance to target", _INSIDE, _ON, _words(
        rf"{_WENT}\s+(?:up\s+)?from\s+{_AT_TOLERANCE}\s+(?:on)?to\s+{_AT_TARGET}"
    )),
    Move("went from outside tolerance to target", _OUTSIDE, _ON, _words(
        rf"{_WENT}\s+(?:up\s+)?from\s+{_OUT}\s+(?:on)?to\s+{_AT_TARGET}"
    )),
    Move("went from target to tolerance", _ON, _INSIDE, _words(
        rf"{_WENT}\s+(?:down\s+)?from\s+{_AT_TARGET}\s+(?:in)?to\s+{_AT_TOLERANCE}"
    )),
    Move("went from target to outside tolerance", _ON, _OUTSIDE, _words(
        rf"{_WENT}\s+(?:down\s+)?from\s+{_AT_TARGET}\s+to\s+{_OUT}"
    )),
    Move("reached target", _INSIDE | _OUTSIDE, _ON, _words(
        rf"{_WENT}{_FILL}(?:(?:above|on|at|better\s+than|meet|meeting|exceed|exceeding|or)\s+)*{_TARGET}(?!\s+range)"
        rf"|{_WENT}\s+(?:to|onto|above)\s+{_TARGET}|reached\s+{_TARGET}|now\s+(?:meets?|on|at|above|exceeds?)\s+{_TARGET}(?=[^.;]*\bfor\s+the\s+first\s+time)"
    )),
    Move("fell off target", _ON, _INSIDE | _OUTSIDE, _words(
        rf"(?:fell\s+(?:back|again)|fallen|dropped|slipped|moved|gone|went|drifted|declined|worsened){_FILL}(?:below|off|away\s+from)\s+{_TARGET}"
        rf"|(?:fallen|dropped|slipped|moved|gone|went)\s+(?:below|off|away\s+from)\s+{_TARGET}|fell\s+(?:off|away\s+from)\s+{_TARGET}"
        rf"|no\s+longer\s+(?:on|at|meets?|meeting|above|achieves?|achieving)\s+{_TARGET}|lost\s+{_TARGET}"
    )),
    Move("turned red", _ON | _INSIDE, _OUTSIDE, _words(_TURNED.format("red")), is_of_many=True),
    Move("turned green", _INSIDE | _OUTSIDE, _ON, _words(_TURNED.format("green")), is_of_many=True),
)  # fmt: skip
#: Movements from one rated status to another; not across a series break.
_MOVED = (Movement.FELL_OUT, Movement.RETURNED, Movement.IMPROVED, Movement.WORSENED)
_FIRST_TARGET = _words(_SET)
_NAMES = re.compile(
    r"\s*(?:this\s+quarter|in\s+the\s+quarter|during\s+the\s+quarter|for\s+the\s+first\s+time[\w\s]{0,20}|since\s+last\s+quarter)?\s*(?:[:(]|,\s*namely|namely|\s+\u2013|\s+-)\s*",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:previously|last\s+quarter|(?:the|in\s+the)\s+previous\s+quarter|before|earlier|had\s+been|having\s+been)\b",
    re.IGNORECASE,
)
#: What opens another statement than that of what a measure was: ``while at Quarter 3 only one had been on target``.
_ELSE = re.compile(r"[.;]|\b(?:while|whilst|whereas|only|one|two|three|four|five)\b", re.IGNORECASE)
#: Between a movement and when it was: ``fell out of tolerance in Quarter 1``.
_IN = re.compile(r"\s+(?:(?:in|during)\s+)?(?:the\s+)?", re.IGNORECASE)
_NEAR = 40
_FROM = re.compile(r"\bfrom\s+(?:being\s+|a\s+)?$|[,(:\u2013-]\s*$", re.IGNORECASE)
_TO = re.compile(
    r"(?:\s+(?:in|at)\s+(?:the\s+)?[\w/]+(?:\s+[\w/]+){0,2}?)?\s+(?:(?:straight|back|right)\s+)?to\s+(?:merely\s+|just\s+|only\s+)?(?:being\s+|a\s+)?",
    re.IGNORECASE,
)
_HAVE = re.compile(r"\b(?:have|has)\s+(?:now\s+)?(?:moved|gone)\b", re.IGNORECASE)
_REACHED = re.compile(r"reached\s+(?:the\s+|its\s+|our\s+)?targets?\s+of\s+[0-9]", re.IGNORECASE)
_NEVER = re.compile(r"\b(?:(?:not|never|n't)\s+(?:\w+\s+)?|fail(?:s|ed|ing)?\s+to\s+)$", re.IGNORECASE)


def read_movements(scene: Scene, taken: set[int]) -> None:
    """Take down the claims about movements and about runs of a status.

    Args:
        scene: The draft.
        taken: Where status phrases start that something has read; those read here are added.
    """
    for paragraph, sentence in scene.sentences():
        movements = _Movements(scene, taken, paragraph, sentence)
        movements.read()
        read_runs(scene, taken, paragraph, sentence, movements.moved)


@dataclass
class _Movements(About):
    moved: tuple[str, ...] = ()

    def read(self) -> None:
        """Take down what the sentence says of movements and first targets."""
        for move, found in self._found():
            self._movement(move, found)
        for first, second in pairwise(self.scene.within(self.scene.statuses, self.sentence)):
            self._from_to(first, second)
        for found in self.scene.find(_FIRST_TARGET, self.sentence):
            self._first_target(found)

    def _found(self) -> Iterator[tuple[Move, re.Match[str]]]:
        reached = self.sentence.start
        all_ = [
            (found.start(), move, found) for move in _MOVES for found in self.scene.find(move.pattern, self.sentence)
        ]
        names = [one for one in self.scene.within(self.scene.subjects, self.sentence) if one.role is Role.INDICATOR]
        for start, move, found in sorted(all_, key=lambda one: (one[0], -one[2].end())):
            if start >= reached and not any(one.start <= start < one.end and not one.crosses for one in names):
                reached = found.end()
                yield move, found

    def _take(self, start: int, end: int) -> None:
        self.taken.update(one.start for one in self.scene.within(self.scene.statuses, Part(start, end)))

    def _movement(self, move: Move, found: re.Match[str]) -> None:
        scene, world = self.scene, self.scene.world
        if scene.is_hypothetical(self.sentence, found.start()) or _NEVER.search(
            scene.flat, max(self.sentence.start, found.start() - _NEAR), found.start()
        ):
            return
        who = self.group(found.start())
        if who is None:
            return
        group, numbers = who
        if move.is_of_many and (group.codes or not numbers):
            return
        earlier, at = self._earlier(found, move), self._quarter(found)

        is_level = _REACHED.match(scene.flat, found.start()) is not None  # as it may have before

        def moved(code: str) -> bool:
            was_else = is_level or world.status(code, at.previous) in earlier
            return was_else and world.status(code, at) in move.now

        self._take(found.start(), self._clause_end(found.end()))
        if group.codes:
            for code in group.codes:
                fits = moved(code) is not (group.every == "none")
                polarity = world.by_code[code].polarity
                if is_turned_round(found[0], polarity, world.status(code, at.previous), world.status(code, at)):
                    fits = False
                self._tell_named(group, Part(*found.span()), move.name, code, self._went(code, at), fits=fits)
            return
        counted = [
            code for code, one in world.contract.items() if one.is_counted and world.movement(code, at) in _MOVED
        ]
        codes = [code for code in counted if moved(code) and self.includes(group, code)]
        self.moved = tuple(codes)
        self._tell_counted(group, Part(*found.span()), move.name, codes, numbers)
        for code in self._listed(found):
            self._tell_named(group, Part(*found.span()), move.name, code, self._went(code, at), fits=moved(code))

    def _from_to(self, first: StatusPhrase, second: StatusPhrase) -> None:
        """Take down ``moved from amber to green``: what a measure was a quarter before, and what it is."""
        scene, world = self.scene, self.scene.world
        before = Part(max(self.sentence.start, first.start - _NEAR), first.start)
        is_pair = _FROM.search(scene.flat, before.start, before.end) and _TO.fullmatch(
            scene.flat, first.end, second.start
        )
        if not is_pair or first.start in self.taken or scene.is_hypothetical(self.sentence, first.start):
            return
        self.taken.update((first.start, second.start))
        who = self.group(first.start)
        what = f"{named(statuses_of(first))}, then {named(statuses_of(second))}"

        def moved(code: str) -> bool:
            was, is_ = world.status(code, world.quarter.previous), world.status(code)
            return was in statuses_of(first) and is_ in statuses_of(second)

        if who is not None and not who[0].codes and who[0].count is not None:
            codes = [code for code, one in world.contract.items() if one.is_counted and moved(code)]
            self._tell_counted(who[0], Part(first.start, second.end), what, codes, who[1])
        for code in who[0].codes if who is not None and who[0].count is None else ():
            fits = moved(code)
            self._tell_named(
                Group(first.start, second.end),
                Part(first.start, second.end),
                what,
                code,
                self._went(code, world.quarter),
                fits=fits,
            )

    def _went(self, code: str, at: Quarter) -> str:
        """Return how a measure went in a quarter, as a reason says it."""
        world = self.scene.world
        then, now = (named({world.status(code, one)}) for one in (at.previous, at))
        return (
            f"{code} was {then} and is {now}."
            if at == world.quarter
            else f"{code} was {then}, then {now} in {at.label}."
        )

    def _quarter(self, found: re.Match[str]) -> Quarter:
        """Return the quarter in which something is said to have moved: one named directly behind it, else the reported one."""
        scene = self.scene
        behind = Part(found.end(), min(self.sentence.end, found.end() + _NEAR))
        for one in scene.within(scene.periods, behind)[:1]:
            is_quarter = one.when in (When.QUARTER, When.PREVIOUS) and one.periods
            if is_quarter and isinstance(one.periods[0], Quarter) and _IN.fullmatch(scene.flat, found.end(), one.start):
                return one.periods[0]
        return scene.world.quarter

    def _listed(self, found: re.Match[str]) -> list[str]:
        """Return the measures that are named behind a counted movement: ``two fell out of tolerance: A and B``."""
        opened = _NAMES.match(self.scene.flat, found.end())
        if opened is None:
            return []
        end = re.compile(r"[.;]|\bwhile\b|\)|,\s+and\s+(?:one|two|three)\b").search(
            self.scene.flat, opened.end(), self.sentence.end
        )
        part = Part(opened.end(), end.start() if end else self.sentence.end)
        return list(dict.fromkeys(codes[0] for _, codes in self.scene.contract_codes(part)))

    def _earlier(self, found: re.Match[str], move: Move) -> frozenset[Status]:
        """Return the statuses before: those that the sentence names for last quarter, else those of the movement."""
        for phrase in self.scene.within(self.scene.statuses, Part(found.end(), self.sentence.end)):
            between = self.scene.flat[found.end() : phrase.start]
            if len(between) < 2 * _NEAR and _PAST.search(between) and not _ELSE.search(between):
                return statuses_of(phrase) & move.before
        return move.before

    def _clause_end(self, at: int) -> int:
        """Return the end of what is said of the quarter before."""
        for phrase in self.scene.within(self.scene.statuses, Part(at, self.sentence.end)):
            between = self.scene.flat[at : phrase.start]
            if len(between) < 2 * _NEAR and _PAST.search(between) and not re.search(r"[.;]", between):
                return phrase.end
        return at

    def _tell_named(self, group: Group, found: Part, what: str, code: str, reason: str, *, fits: bool) -> None:
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
        self.scene.tell(min(group.start, found.start), found.end, told)

    def _tell_counted(
        self, group: Group, found: Part, what: str, codes: Sequence[str], numbers: Sequence[Number]
    ) -> None:
        world = self.scene.world
        stands = world.count(_OUTSIDE, group.section).value
        if (
            what == _MOVES[0].name
            and group.count == stands != len(codes)
            and _HAVE.search(self.scene.flat, group.start, found.end)
        ):
            return  # "three have moved beyond tolerance", at some time
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
            world.cell_of(codes[0], Measure.MOVEMENT)
            if codes
            else world.cell_of(next(iter(world.contract)), Measure.MOVEMENT),
            codes[0] if len(codes) == 1 else "",
        )
        self.scene.tell(group.start, found.end, told, numbers)

    def _first_target(self, found: re.Match[str]) -> None:
        who = self.group(found.start())
        if who is None:
            return
        group, numbers = who
        first = self.scene.world.first_targets
        self._take(found.start(), found.end())
        if group.codes:
            for code in group.codes:
                had = (
                    "had no target before and has one now"
                    if code in first
                    else "has not been set its first target this year"
                )
                fits = (code in first) is not (group.every == "none")
                self._tell_named(group, Part(*found.span()), "was set a target", code, f"{code} {had}.", fits=fits)
            return
        codes = [code for code in first if self.includes(group, code)]
        self._tell_counted(group, Part(*found.span()), "set a first target", codes, numbers)
