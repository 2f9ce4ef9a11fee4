"""What changed under a text since it was written: figures that are others now, and measures that joined or left a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from xlkpi.narrative.known import BETWEEN, Known
from xlkpi.narrative.said import Note, as_text, from_text
from xlkpi.tables.words import listed

#: The figure that says for which quarter a text was written.
QUARTER = "quarter"
_NONE = "none"
_CODES = "measures "
_COMMA = re.compile(r", | / ")


def changed(before: str, now: str, known: Known, *, is_edited: bool) -> Iterator[str]:
    """Yield which figures are others than those a text was written for: ``A4 outturn 74% → 76%``.

    Args:
        before: The figures for which the text was written.
        now: Those that its paragraph prints.
        known: Those of the whole quarter. One of them that the paragraph just prints otherwise, or not any more, is no change.
        is_edited: Whether the paragraph's phrases were changed since the refresh before, so that what it prints for the first
            time, or not any more, says nothing of the figures.
    """
    old, new = from_text(before), from_text(now)
    gone: list[str] = []
    for label, was in sorted(old.items(), key=lambda one: one[0] != QUARTER):
        ways = known.get(label, ())
        if new.get(label) == was or (ways and set(was.split(BETWEEN)) <= set(ways)):
            continue
        if found := new.get(label) or BETWEEN.join(ways):
            yield from _said(label, was, found)
        elif not is_edited:
            gone += _said(label, was, "")
    yield from gone
    if not is_edited:
        for label in new:
            if label not in old:
                yield from _said(label, "", new[label])


def _said(label: str, was: str, found: str) -> Iterator[str]:
    if not label.startswith(_CODES):
        yield f"{label} {was or _NONE} \u2192 {found or _NONE}"
        return
    before, now = (list(filter(None, _COMMA.split(text))) for text in (was, found))
    for codes, said in (
        ([code for code in now if code not in before], "new"),
        ([code for code in before if code not in now], "no longer"),
    ):
        if codes:
            yield f"{listed(codes)} {'is' if len(codes) == 1 else 'are'} {said} among the {label}"


def carried_on(before: str, now: str, known: Known) -> str:
    """Return the figures for which a text was written, in terms of phrases that were changed since.

    What they print for the first time joins them; what nobody knows any more goes.
    """
    old, new = from_text(before), from_text(now)
    kept = {label: text for label, text in old.items() if label in new or label in known}
    return _as_text({**kept, **{label: text for label, text in new.items() if label not in old}})


def written_in(before: str, quarter: str) -> str:
    """Return the figures for which a text was written, with the quarter of that time unless it is among them."""
    old = from_text(before)
    return before if not quarter or QUARTER in old else _as_text({QUARTER: quarter, **old})


def as_of_now(before: str, known: Known) -> str:
    """Return the figures of a text whose paragraph is no longer written as they are now; those that have gone are left out."""
    return _as_text({label: BETWEEN.join(known[label]) for label in from_text(before) if label in known})


def _as_text(figures: Mapping[str, str]) -> str:
    return as_text(Note(label, text) for label, text in figures.items())
