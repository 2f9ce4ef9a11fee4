"""The narrative for the public: what the tables withhold is not said in words either."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xlkpi.calculate.results import ContextFigure, Result, Results
from xlkpi.narrative.edits import Line
from xlkpi.pack.document import figure
from xlkpi.pack.pages import DENOMINATOR, NUMERATOR, OUTTURN
from xlkpi.pack.small_numbers import Kept
from xlkpi.tables.words import number_in_words

#: A sentence with the space after it: it ends with a full stop before a space, or with its line.
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s)\s*|\n|$)", re.DOTALL)
LEFT_OUT = "[c] A sentence is left out, so that nobody can be recognised."


def quietened(lines: Sequence[Line], results: Results, kept: Kept) -> list[Line]:
    """Return the narrative without the sentences that print a withheld figure of an indicator they are about.

    Args:
        lines: Generated or edited.
        results: Of the quarter.
        kept: What is withheld.
    """
    figures: list[Result | ContextFigure] = [*results.contract, *results.context]
    secrets = {one.indicator.code: set(_words(one, results, kept)) for one in figures}
    found = []
    for line in lines:
        hidden = {word for code in line.codes for word in secrets.get(code, ())}
        text = _without(line.used, hidden)
        found.append(line._replace(generated=text, yours=""))
    return found


def _words(one: Result | ContextFigure, results: Results, kept: Kept) -> Iterator[str]:
    """Yield how the withheld figures of an indicator are printed: in digits, and counts in words, too."""
    indicator, observation, quarter = one.indicator, one.observation, results.quarter
    if kept.withheld(indicator.code, quarter, OUTTURN) and one.outturn is not None:
        yield figure(one.outturn, indicator.unit, indicator.decimals).text
    counts = (None, None) if observation is None else (observation.numerator, observation.denominator)
    for part, count in zip((NUMERATOR, DENOMINATOR), counts, strict=True):
        if count is not None and count == int(count) and kept.withheld(indicator.code, quarter, part):
            yield f"{int(count):,}"
            yield number_in_words(int(count))


def _without(text: str, hidden: set[str]) -> str:
    if not hidden:
        return text
    pattern = re.compile(r"(?<![\w.,])(?:" + "|".join(map(re.escape, sorted(hidden))) + r")(?![\w%])", re.IGNORECASE)
    parts = _SENTENCE.findall(text)
    said = [part for part in parts if not pattern.search(part)]
    left_out = len(said) != len(parts)
    kept = "".join(said).strip()
    return " ".join(filter(None, (kept, LEFT_OUT))) if left_out else text
