"""One sentence over which the checker fails does not take the report with it: it is set apart, and the rest is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from xlkpi.prose.claim import Finding, Severity, Verification
from xlkpi.prose.draft import Draft
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Kind, Text, read
from xlkpi.prose.world import World

#: Name of the finding for each sentence that was set apart.
UNREAD = "sentence not read"
_MOST = 20  # then the fault is not in single sentences


def verify_apart(
    draft: Draft,
    world: World,
    verify: Callable[[Draft, World], Verification],
    told: Callable[[], object],
) -> Verification:
    """Return what a check comes to, with a finding for every sentence that had to be left out since the check failed over it.

    Args:
        draft: Its text.
        world: The figures of the workbook.
        verify: Does the checking.
        told: Called while the first failure is being handled, to keep what happened.

    Raises:
        Exception: What was raised, where it does not hang on single sentences.
    """
    try:
        return verify(draft, world)
    except Exception as error:  # noqa: BLE001  # whatever it is, the other sentences can be read
        told()
        failure = error
    text = read(draft)
    units = list(_units(text))
    unread: list[Part] = []
    while len(unread) < _MOST:
        found = _tried(draft, world, verify, unread)
        if found is not None:
            return _whole(found, text, unread)
        # The shortest beginning that fails ends in a sentence without which it does not fail.
        passes, fails = 0, len(units)
        while fails - passes > 1:
            middle = (passes + fails) // 2
            if _tried(draft, world, verify, [*unread, *units[middle:]]) is None:
                fails = middle
            else:
                passes = middle
        if not units:
            break
        unread.append(units.pop(fails - 1))
    raise failure


def _units(text: Text) -> Iterable[Part]:
    """Yield what is read as one: sentences, and the rows of tables."""
    for one in text.paragraphs:
        yield from [Part(one.start, one.end)] if one.kind is Kind.ROW else one.sentences


def _tried(
    draft: Draft, world: World, verify: Callable[[Draft, World], Verification], without: Iterable[Part]
) -> Verification | None:
    """Return what a check comes to with blanks in the place of some sentences; None where it fails."""
    signs = list(draft.text)
    for one in without:
        signs[one.start : one.end] = ["\n" if sign == "\n" else " " for sign in signs[one.start : one.end]]
    try:
        return verify(replace(draft, text="".join(signs)), world)
    except Exception:  # noqa: BLE001  # as above
        return None


def _whole(found: Verification, text: Text, unread: Sequence[Part]) -> Verification:
    """Return what was found with the draft's own words, and the sentences that were not read before all else."""
    source = text.source
    claims = tuple(replace(one, text=source[one.start : one.end]) for one in found.claims)
    findings = tuple(replace(one, text=one.text and source[one.start : one.end]) for one in found.findings)
    return Verification(claims, (*(_finding(text, one) for one in sorted(unread, key=_start)), *findings))


def _finding(text: Text, one: Part) -> Finding:
    paragraph = text.at(one.start)
    return Finding(
        UNREAD,
        Severity.HIGH,
        "This sentence could not be read, by a fault of xlkpi; all the others were checked without it.",
        "Check it by hand, and send it to whoever looks after xlkpi.",
        one.start,
        one.end,
        text.words(one),
        paragraph=paragraph.number if paragraph else "",
    )


def _start(one: Part) -> int:
    return one.start
