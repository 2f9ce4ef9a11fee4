"""What changed, in a few sentences: the position, and every movement that a reader must not miss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from xlkpi.calculate.change import Change, Travel
from xlkpi.calculate.history import Movement
from xlkpi.calculate.results import Result, Results, Summary
from xlkpi.calculate.status import Status
from xlkpi.model.number import rounded
from xlkpi.tables.rows import MEASURE, MEASURES
from xlkpi.tables.words import counted, listed, ordinal, sentence

_MOST_LISTED = 8


def headline(results: Results) -> str:
    """Return the position of the quarter and its movements, as sentences."""
    return " ".join([position(results.summary, results.last_summary), *movements(results)])


def position(summary: Summary, last: Summary) -> str:
    """Return how many measures are on target, and how many inside tolerance or better, against last quarter."""
    if not summary.base:
        return "No quarterly contract measures are in the register yet."
    if summary.total(Status.NO_DATA) == summary.base:
        return "No figures have been typed for this quarter yet."
    on, inside = summary.total(Status.ON), summary.total(Status.INSIDE)
    text = (
        f"{on} of {summary.base} contract measures ({_percent(on, summary.base)}) {_is(on)} on or better than target, "
        f"and {on + inside} ({_percent(on + inside, summary.base)}) {_is(on + inside)} inside tolerance or better."
    )
    if not last.base or last.total(Status.NO_DATA) == last.base:
        return text
    before = last.total(Status.ON)
    share = _percent(before, last.base)
    return f"{text} Last quarter {before} of {last.base} ({share}) {_was(before)} on or better than target."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def movements(results: Results) -> Iterator[str]:
    """Yield a sentence for each kind of movement that happened, the worst first; none before there are figures."""
    if results.summary.total(Status.NO_DATA) == results.summary.base:
        return
    moved: dict[Movement, list[Result]] = {}
    for one in results.contract:
        if one.is_counted:
            moved.setdefault(one.movement, []).append(one)
    for movement, words in _SENTENCES.items():
        if members := moved.get(movement):
            yield words(members)
        if movement is Movement.FELL_OUT:
            yield from map(
                _still_outside, (one for one in moved.get(Movement.UNCHANGED, ()) if one.status is Status.OUTSIDE)
            )


def _still_outside(one: Result) -> str:
    change = one.on_quarter
    travel = change.travel if isinstance(change, Change) else Travel.NEITHER
    then = {Travel.IMPROVED: ", and improved", Travel.WORSENED: ", and worsened"}.get(travel, "")
    return f"{one.indicator.code} is outside tolerance for the {ordinal(one.streak.quarters)} quarter{then}."


def _plainly(one: str, many: str) -> Callable[[Sequence[Result]], str]:
    """Return a function that lists the codes before a verb in the right number, or counts them where they are many."""

    def words(members: Sequence[Result]) -> str:
        codes = listed([member.indicator.code for member in members])
        who = codes if len(members) <= _MOST_LISTED else sentence(counted(len(members), MEASURE, MEASURES))
        return f"{who} {one if len(members) == 1 else many}."

    return words


_SENTENCES = {
    Movement.FELL_OUT: _plainly("fell out of tolerance", "fell out of tolerance"),
    Movement.RETURNED: _plainly("returned from outside tolerance", "returned from outside tolerance"),
    Movement.WORSENED: _plainly("is no longer on target", "are no longer on target"),
    Movement.IMPROVED: _plainly("reached its target", "reached their targets"),
    Movement.FIRST_TARGET: _plainly("has a target for the first time", "have targets for the first time"),
    Movement.TARGET_ENDED: _plainly("no longer has a target", "no longer have targets"),
    Movement.NO_DATA: _plainly("has no figure this quarter", "have no figures this quarter"),
}


def _percent(part: int, base: int) -> str:
    return f"{rounded(Fraction(100 * part, base), 0)}%"
