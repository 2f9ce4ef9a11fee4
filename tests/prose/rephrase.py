"""The same thing said otherwise: changes after which a true draft is as true as before.

Another precision, words for digits and digits for words, another style of label, another name of the same indicator, another
word for the same direction. A checker that knows only one manner of speaking stumbles here.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from prose.marks import Marked, Slot, Statement
from prose.mutate import BASES, Mutant, mutant
from prose.numbers import Printed, in_words, printed, unit
from prose.truth import Truth, label_of, role

_SYNONYMS = (
    ("rose", "increased", "went up", "climbed", "grew"),
    ("fell", "decreased", "dropped", "went down", "declined"),
    ("an increase", "a rise"),
    ("a decrease", "a reduction", "a fall"),
    ("higher", "up"),
    ("outside tolerance", "out of tolerance"),
    ("inside tolerance", "within tolerance"),
)


def rephrased(marked: Marked, truth: Truth, most: int, seed: int = 1) -> list[Mutant]:
    """Return drafts that say one thing of a draft in another way, and are as true."""
    found: dict[str, list[Mutant]] = {}
    for statement in marked.statements:
        if truth.holds(statement) is not True:
            continue
        for slot in statement.slots:
            for kind, words in _ways(statement, slot, truth) if slot.words else ():
                new = replace(slot, words=words)
                if words != slot.words and truth.holds(statement.with_slot(slot, new)) is True:
                    found.setdefault(kind, []).append(mutant(marked, slot, new, kind))
    chance = random.Random(f"{marked.name} rephrased {seed}")
    queues = [chance.sample(them, len(them)) for _, them in sorted(found.items())]
    chosen: list[Mutant] = []
    while queues and len(chosen) < most:
        queues = [queue for queue in queues if queue]
        chosen += [queue.pop() for queue in queues]
    return chosen[:most]


def _ways(statement: Statement, slot: Slot, truth: Truth) -> Iterator[tuple[str, str]]:
    kind = role(slot.spec)
    if kind == "figure":
        number = printed(slot.words)
        assert number is not None
        yield from (("precision", words) for words in _more_exact(number, slot, statement, truth))
        yield from (("words or digits", words) for words in _other_script(number, slot.words))
        yield from (("unit spelt out", words) for words in _other_unit(slot.words))
    elif kind == "base":
        yield from (("relative period", words) for words in _bases(slot))
    elif kind == "label":
        yield from (("label style", words) for words in _labels(slot.words))
    elif kind == "name":
        yield from (("name", words) for words in _names(slot, truth))
    elif kind in {"direction", "status"}:
        for group in _SYNONYMS:
            if slot.words in group:
                yield from (("synonym", words) for words in group)


def _more_exact(number: Printed, slot: Slot, statement: Statement, truth: Truth) -> Iterator[str]:
    values = truth.expected(slot.spec, truth.meaning(statement), unit(slot.words))
    if number.form != "digits" or len(values) != 1 or abs(values[0]).denominator == 1 or slot.spec.startswith("lit"):
        return
    finer = replace(number, decimals=number.decimals + 1)
    words = finer.written(abs(values[0]), slot.words)
    if words:
        yield words


def _other_script(number: Printed, words: str) -> Iterator[str]:
    value = number.value
    is_plain = number.decimals == 0 and words[number.start :] == words[number.start : number.end]
    if number.form == "words" and value > 0 and value != Fraction(1):
        yield words[: number.start] + str(int(value)) + words[number.end :]
    elif number.form == "digits" and is_plain and 2 <= value <= 12:
        yield words[: number.start] + in_words(int(value)) + words[number.end :]
    if number.form == "digits" and number.decimals == 0 and value >= 1000:
        yield words[: number.start] + f"{int(value):,}" + words[number.end :]
    if number.form == "grouped":
        yield words[: number.start] + words[number.start : number.end].replace(",", "") + words[number.end :]


def _other_unit(words: str) -> Iterator[str]:
    if "%" in words and words != "%":
        yield words.replace("%", " per cent")
        yield words.replace("%", " percent")
    if " per cent" in words:
        yield words.replace(" per cent", "%")
    if "percentage point" in words and words[:1].isdigit():
        yield re.sub(r" percentage points?", "pp", words)


def _bases(slot: Slot) -> Iterator[str]:
    is_bare = not slot.words.startswith(("the ", "a ", "last "))
    if "month" not in slot.words and not is_bare:
        yield from (words for words in BASES[slot.spec] if words.startswith(("the ", "a ", "last ")))


def _labels(words: str) -> Iterator[str]:
    quarter = label_of(words)
    if quarter is None:
        return
    year = f"{quarter.year}/{(quarter.year + 1) % 100:02d}"
    for style in ("Q{n} {y}", "Quarter {n}, {y}", "{y} Q{n}", "Qtr {n} {y}", "Quarter {n} - {y}", "Quarter {n} {z}"):
        yield style.format(n=quarter.number, y=year, z=year.replace("/", "-"))


def _names(slot: Slot, truth: Truth) -> Iterator[str]:
    own = truth.indicator(slot.spec, truth.now)
    if own is None:
        return
    known = (own.title, *own.aliases)
    if slot.words.casefold() in {name.casefold() for name in known}:
        for name in known:
            is_low = slot.words[:1].islower() and not name[1:2].isupper()
            yield name[:1].lower() + name[1:] if is_low else name[:1].upper() + name[1:]
