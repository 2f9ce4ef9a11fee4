"""Runs of a status of measures that a sentence names or counts: ``two have been outside for three quarters``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xlkpi.calculate.change import Change, Travel
from xlkpi.model.register import Polarity
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Number, StatusPhrase, Way
from xlkpi.prose.ratings import named, statuses_of
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.measures import About, Group, is_of_another
from xlkpi.prose.streaks import Streak, fits, held_as, streaks_in, what_lasts
from xlkpi.prose.text import Paragraph, Sentence

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
        """Take down what the sentence says of runs of a status of measures that it names or counts."""
        for streak in streaks_in(self.scene, self.sentence):
            phrase, word = what_lasts(self.scene, self.sentence, streak)
            if phrase is not None and word is None:
                self._status_run(streak, phrase)

    def _status_run(self, streak: Streak, phrase: StatusPhrase) -> None:
        scene, world, number, end = self.scene, self.scene.world, streak.number, streak.end
        who = self._listed(phrase, number) or self.group(phrase.start)
        if who is None:
            return
        group, numbers = who
        if is_of_another(scene, group, phrase) or (group.codes and group.end <= self.sentence.start):
            return  # of what was told of last
        wanted = statuses_of(phrase)

        def lasts(code: str) -> bool:
            return fits(held_as(world, streak, code, phrase), streak)

        self.taken.add(phrase.start)
        span, used = Part(min(group.start, number.start), max(end, phrase.end)), [*numbers, number]
        if group.codes:
            for code in group.codes:
                ended = held_as(world, streak, code, phrase) if streak.has_ended else None
                self._tell_run(span, used, code, named(wanted), fits=lasts(code), ended=ended)
            self._went_on(end, group.codes)
            return
        if group.every == "none" or group.count == 0:
            self._none_has(span, used, streak, phrase)
            return
        having = [code for code in world.with_status(wanted) if code not in self.moved and self.includes(group, code)]
        found = [code for code in having if lasts(code)]
        count = group.count or 1
        if len(found) == count:
            for code in found:
                self._tell_run(span, used, code, named(wanted), fits=True)
            self._went_on(end, found)
        elif having:
            self._tell_run(span, used, having[0], named(wanted), fits=False)
        else:
            told = Told(
                "streak",
                Verdict.CONTRADICTED,
                f"{int(number.value)} quarters {named(wanted)}",
                "0",
                f"No such measure is {named(wanted)}.",
            )
            scene.tell(span.start, span.end, told, used)

    def _none_has(self, span: Part, used: Sequence[Number], streak: Streak, phrase: StatusPhrase) -> None:
        """Take down ``no measure has been outside tolerance for two quarters``, which three quarters belie as well."""
        world, what = self.scene.world, named(statuses_of(phrase))
        lasting = {code: held_as(world, streak, code, phrase) for code in world.contract}
        code = max(lasting, key=lambda one: lasting[one])
        length, most = lasting[code], int(streak.number.value)
        told = Told(
            "streak",
            Verdict.CONTRADICTED if length >= most else Verdict.CONFIRMED,
            f"none for {most} quarters {what}",
            f"{length} at most",
            f"{code} has been {what} for {length} quarter{'' if length == 1 else 's'}, the longest of all."
            if length
            else f"No measure is {what}.",
            world.cell_of(code, Measure.STREAK) if length else "",
            code if length else "",
        )
        self.scene.tell(span.start, span.end, told, used)

    def _listed(self, phrase: StatusPhrase, number: Number) -> tuple[Group, Sequence[Number]] | None:
        """Return the measures that a list behind the phrase names: ``outside tolerance: A4, for the third quarter; ...``."""
        cuts = [one.end() for one in _SEGMENT.finditer(self.scene.flat, phrase.end, number.start)]
        if not cuts:
            return None
        listed = self.scene.contract_codes(Part(cuts[-1], number.start))
        codes = tuple(dict.fromkeys(codes[0] for _, codes in listed))
        return (Group(listed[0][0].start, listed[-1][0].end, codes), ()) if codes else None

    def _tell_run(
        self, span: Part, numbers: Sequence[Number], code: str, what: str, *, fits: bool, ended: int | None = None
    ) -> None:
        """Take down a run of one measure: the last number is its length, ``ended`` that of one up to the quarter before."""
        world = self.scene.world
        streak = world.streak(code)
        length = streak.quarters if ended is None else ended
        many = f"for {length} quarter{'' if length == 1 else 's'}"
        held = f"{code} is {named({world.status(code)})} {many}"
        stopped = f", counted from a {streak.stopped}" if streak.stopped else ""
        if ended is not None:
            held, stopped = f"{code} was {what} {many} up to {world.quarter.previous.label}", ""
        told = Told(
            "streak",
            Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
            f"{int(numbers[-1].value)} quarters {what}",
            str(length),
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
