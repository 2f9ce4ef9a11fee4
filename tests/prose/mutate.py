"""One change at a time to a draft that was true: mutants, each truly false by the figures.

Every mutant changes one slot of one true statement and nothing else. What stays true at its own precision, and what the
figures cannot tell, is left out. The choice is the same each time; the development and the held-out set share no mutant.
"""

from __future__ import annotations

import calendar
import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from prose.marks import Marked, Slot, Statement, sentence
from prose.numbers import Printed, printed, unit
from prose.truth import NUMBERS, OPPOSITE, STATUSES, Truth, label_of, role

from xlkpi.calculate.status import Status
from xlkpi.model.number import rounded
from xlkpi.model.period import Month, Quarter, parse_period
from xlkpi.model.register import Kind

DEVELOPMENT, HELD_OUT = "development", "held out"
#: Kinds whose change is one printed figure.
FIGURES = frozenset({
    "last digit", "ten percent", "swapped digits", "other figure", "number in words", "count", "ordinal", "table cell",
    "many at once",
})  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A draft with one thing changed.

    Attributes:
        text: Of the changed draft.
        kind: What was changed.
        before: The words that stood there.
        after: The words that stand there now.
        start: Where they start.
        end: Where they end.
        shift: By how much everything after them moved.
    """

    text: str
    kind: str
    before: str
    after: str
    start: int
    end: int
    shift: int

    @property
    def is_figure(self) -> bool:
        return self.kind in FIGURES


def mutants(marked: Marked, truth: Truth, part: str, most: int, seed: int = 1) -> list[Mutant]:
    """Return mutants of a draft: as many of each kind as of any other, as far as there are.

    Args:
        marked: The draft.
        truth: What the figures say.
        part: ``DEVELOPMENT`` or ``HELD_OUT``.
        most: How many at most.
        seed: Of the choice.
    """
    by_kind: dict[str, list[Mutant]] = {}
    for one in sorted(set(_all(marked, truth)), key=lambda one: (one.kind, one.start, one.after)):
        if _part(marked, one) == part:
            by_kind.setdefault(one.kind, []).append(one)
    chance = random.Random(f"{marked.name} {part} {seed}")
    queues = [chance.sample(found, len(found)) for found in by_kind.values()]
    chosen: list[Mutant] = []
    while queues and len(chosen) < most:
        queues = [queue for queue in queues if queue]
        chosen += [queue.pop() for queue in queues]
    return chosen[:most]


def together(marked: Marked, truth: Truth, part: str, most: int, seed: int = 1) -> tuple[str, list[Mutant]]:
    """Return a draft with many things changed at once, no two in one sentence, and where each now stands."""
    chosen: list[Mutant] = []
    changed: set[tuple[int, int]] = set()
    for one in mutants(marked, truth, part, 10 * most, seed):
        around = sentence(marked.text, one.start, one.start + len(one.before))
        if around not in changed and one.kind in FIGURES and len(chosen) < most:
            changed.add(around)
            chosen.append(one)
    text, placed = marked.text, []
    for one in sorted(chosen, key=lambda one: -one.start):
        text = text[: one.start] + one.after + text[one.start + len(one.before) :]
        placed = [replace(other, start=other.start + one.shift, end=other.end + one.shift) for other in placed]
        placed.append(one)
    return text, [replace(one, text=text) for one in placed]


def _part(marked: Marked, one: Mutant) -> str:
    key = f"{marked.name}|{one.start}|{one.before}|{one.after}".encode()
    return HELD_OUT if zlib.crc32(key) % 2 else DEVELOPMENT


def _all(marked: Marked, truth: Truth) -> Iterator[Mutant]:
    for statement in marked.statements:
        if truth.holds(statement) is not True:
            continue
        for slot in statement.slots:
            if not slot.words:
                continue
            for kind, new in _changes(marked, statement, slot, truth):
                if new.words != slot.words and truth.holds(statement.with_slot(slot, new)) is False:
                    yield mutant(marked, slot, new, kind)


def mutant(marked: Marked, slot: Slot, new: Slot, kind: str) -> Mutant:
    """Return a draft with one slot put in another way."""
    text = marked.text[: slot.start] + new.words + marked.text[slot.end :]
    end, shift = slot.start + len(new.words), len(new.words) - len(slot.words)
    return Mutant(text, kind, slot.words, new.words, slot.start, end, shift)


def _changes(marked: Marked, statement: Statement, slot: Slot, truth: Truth) -> Iterator[tuple[str, Slot]]:
    match role(slot.spec):
        case "figure":
            yield from _figures(marked, statement, slot, truth)
            yield from (("unit", replace(slot, words=words)) for words in _units(slot.words))
        case "direction" | "rank" | "movement" as kind:
            words = _opposite(slot.words)
            if words and slot.spec in OPPOSITE:
                yield _TURNS[kind], replace(slot, words=words, spec=OPPOSITE[slot.spec])
        case "base":
            yield from _bases(slot)
        case "period" | "label":
            yield from _periods(slot)
        case "name":
            yield from _names(statement, slot, truth)
        case "status":
            yield from _statuses(slot)


_TURNS = {"direction": "direction", "rank": "highest or lowest", "movement": "fell out or returned"}


# Figures


def _figures(marked: Marked, statement: Statement, slot: Slot, truth: Truth) -> Iterator[tuple[str, Slot]]:
    number = printed(slot.words)
    assert number is not None
    if number.form in {"words", "ordinal"}:
        kind = "ordinal" if number.form == "ordinal" else "number in words"
        values = [(kind, number.value + step) for step in (-2, -1, 1, 2)]
    else:
        values = list(_digits(number, slot, statement, truth))
    for kind, value in values:
        if value >= 0 and (words := number.written(value, slot.words)):
            yield _figure_kind(kind, marked, slot), replace(slot, words=words)


def _figure_kind(kind: str, marked: Marked, slot: Slot) -> str:
    line = marked.text[marked.text.rfind("\n", 0, slot.start) + 1 : slot.start]
    if kind in {"number in words", "ordinal"}:
        return kind
    if "\t" in line or line.startswith("|"):
        return "table cell"
    return "count" if slot.spec.split()[0] in {"c", "s", "cm"} else kind


def _digits(number: Printed, slot: Slot, statement: Statement, truth: Truth) -> Iterator[tuple[str, Fraction]]:
    value, step = number.value, Fraction(1, 10**number.decimals)
    yield "last digit", value + step
    yield "last digit", value - step
    for share in (Fraction(9, 10), Fraction(11, 10)):
        yield "ten percent", Fraction(rounded(value * share, number.decimals))
    digits = str(int(value / step))
    for place in range(len(digits) - 1):
        if digits[place] != digits[place + 1] and not (place == 0 and digits[1] == "0"):
            swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
            yield "swapped digits", int(swapped) * step
    for other in _other_figures(slot, statement, truth):
        yield "other figure", Fraction(rounded(abs(other), number.decimals))


def _other_figures(slot: Slot, statement: Statement, truth: Truth) -> Iterator[Fraction]:
    """Yield the same thing said of other periods, and of the next indicators with the same unit."""
    meaning = truth.meaning(statement)
    head = slot.spec.partition("@")[0]
    if head not in {"v", "n", "p", "d"} or not meaning.code:
        return
    shown = unit(slot.words)
    for base in ("q", "y"):
        spec = f"{head}@{base}" if head in {"v", "n"} else head
        yield from truth.expected(spec, replace(meaning, base=base), shown)
    own = truth.indicator(meaning.code, truth.now)
    same = [
        one.code
        for one in truth.book.register.indicators
        if own is not None and one.unit == own.unit and one.kind is own.kind and one.covers(truth.now)
    ]
    for code in same[:6]:
        yield from (one for one in truth.expected(slot.spec, replace(meaning, code=code), shown) if abs(one) < 10**8)


_SWAPS = (
    (r"\bpercentage points\b", "%"),
    (r"\bpercentage point\b", "%"),
    (r"\bpp\b", "%"),
    (r"(?<=\d)%", " percentage points"),
    (r" per ?cent\b", " percentage points"),
    (r"(?<=\d)%", " days"),
    (r"\bdays\b", "weeks"),
    (r"\bdays\b", "visits"),
    (r"\b(?:visits|children|cases|families|plans)\b", "days"),
)


def _units(words: str) -> Iterator[str]:
    for pattern, new in _SWAPS:
        if re.search(pattern, words):
            changed = re.sub(pattern, new, words, count=1)
            yield re.sub(r"(?<=[\d.]) %", "%", changed)


# Words

_PAIRS = (
    ("increased", "decreased"), ("increase", "decrease"), ("increases", "decreases"), ("increasing", "decreasing"),
    ("rose", "fell"), ("risen", "fallen"), ("rise", "fall"), ("rising", "falling"), ("up", "down"), ("higher", "lower"),
    ("more", "fewer"), ("improved", "worsened"), ("improvement", "deterioration"), ("better", "worse"),
    ("improving", "worsening"), ("grew", "shrank"), ("grown", "shrunk"), ("climbed", "dropped"), ("growth", "reduction"),
    ("▲", "▼"), ("highest", "lowest"), ("largest", "smallest"), ("peak", "low"), ("longer", "shorter"), ("above", "below"),
    ("fell out of", "came back within"), ("returned to", "dropped out of"), ("moved out of", "moved back inside"),
    ("jumped", "slid"), ("gained", "lost"), ("reached", "lost"), ("reduced", "increased"), ("dropped", "increased"),
    ("reduction", "increase"), ("decline", "rise"), ("declined", "rose"), ("deteriorated", "improved"),
    ("slipped", "improved"), ("fewer", "more"), ("drop", "rise"), ("less", "more"), ("reduce", "increase"),
    ("back within", "back outside"), ("out of tolerance", "back within tolerance"), ("worsened", "improved"),
    ("gone up", "gone down"), ("reducing", "increasing"),
)  # fmt: skip
_TURNED = {new: old for old, new in reversed(_PAIRS)} | dict(reversed(_PAIRS))


def _opposite(words: str) -> str | None:
    """Return the words with their direction turned; None where they hold none that is known."""
    for old in sorted(_TURNED, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(old)}(?!\w)"
        if found := re.search(pattern, words, re.IGNORECASE):
            new = _TURNED[old]
            said = new.capitalize() if found[0][:1].isupper() else new
            return words[: found.start()] + said + words[found.end() :]
    return None


BASES = {
    "q": ("the previous quarter", "last quarter", "the prior quarter", "the quarter before", "QoQ", "previous quarter"),
    "y": (
        "the same quarter last year", "the same period last year", "the same quarter a year earlier", "a year ago",
        "YoY", "same quarter last year", "the same time last year",
    ),
}  # fmt: skip


def _bases(slot: Slot) -> Iterator[tuple[str, Slot]]:
    if "month" in slot.words:
        return
    other = "y" if slot.spec == "q" else "q"
    if slot.words in {"QoQ", "YoY"}:
        new = ["YoY" if slot.words == "QoQ" else "QoQ"]
    else:
        new = [words for words in BASES[other] if not words.endswith("oY") and not words.endswith("oQ")][:2]
    for words in new:
        said = words.capitalize() if slot.words[:1].isupper() else words
        yield "relative period", replace(slot, spec=other, words=said)


_MONTHS = (*calendar.month_name[1:], *calendar.month_abbr[1:])


def _periods(slot: Slot) -> Iterator[tuple[str, Slot]]:
    quarter = label_of(slot.words)
    if quarter is not None:
        for step in (-1, 1, -4):
            new = quarter.shift(step)
            words = _relabelled(slot.words, quarter, new)
            if words is not None:
                spec = f"per {new.label}" if slot.spec.startswith("per") else slot.spec
                yield "period", replace(slot, spec=spec, words=words)
    elif slot.spec.startswith("per "):
        yield from _other_months(slot)


def _relabelled(words: str, quarter: Quarter, new: Quarter) -> str | None:
    if new.year == quarter.year:
        if f"uarter {NUMBERS[quarter.number]} " in words:
            return words.replace(f"uarter {NUMBERS[quarter.number]} ", f"uarter {NUMBERS[new.number]} ")
        changed = re.sub(rf"(?<=[Qr. ]){quarter.number}(?!\d)", str(new.number), words, count=1)
        return changed if changed != words else None
    if new.number != quarter.number:
        return None
    found = re.search(r"(20\d\d)(\s?[/\-\u2013]\s?)(\d\d+)", words)
    if not found:
        return None
    end = f"{new.year + 1}"[-len(found[3]) :]
    return words[: found.start()] + f"{new.year}{found[2]}{end}" + words[found.end() :]


def _other_months(slot: Slot) -> Iterator[tuple[str, Slot]]:
    period = parse_period(slot.spec.removeprefix("per "))
    if not isinstance(period, Month):
        return
    for name in _MONTHS:
        if re.search(rf"\b{name}\b", slot.words):
            for step in (-1, 1):
                index = (period.month - 1 + step) % 12
                year = period.year + (period.month - 1 + step) // 12
                if year != period.year:
                    continue
                new = _MONTHS[index] if name in _MONTHS[:12] else _MONTHS[index][:3]
                words = re.sub(rf"\b{name}\b", new, slot.words, count=1)
                yield "period", replace(slot, spec=f"per {year}-{index + 1:02d}", words=words)
            return


def _names(statement: Statement, slot: Slot, truth: Truth) -> Iterator[tuple[str, Slot]]:
    """Yield the names of other indicators: of the same section, said as this one is said."""
    own = truth.indicator(slot.spec, truth.now)
    if own is None:
        return
    said_by = _said_by(slot.words, own.code, own.title, own.aliases)
    others = [
        one
        for one in truth.book.register.indicators
        if one.covers(truth.now) and one.code != own.code and one.kind is own.kind
        if one.section == own.section or own.kind is Kind.CONTEXT
    ]
    is_item = any(role(other.spec) == "status" and not other.words for other in statement.slots)
    if is_item:
        others = [one for one in truth.book.register.indicators if one.covers(truth.now) and one.kind is own.kind]
    for one in others:
        words = {
            "code": one.code,
            "both": slot.words.replace(own.code, one.code).replace(own.title, one.title),
            "alias": (*one.aliases, one.title)[0],
            "title": one.title,
        }[said_by]
        yield "list item" if is_item else "name", replace(slot, spec=one.code, words=_cased(words, slot.words))


def _said_by(words: str, code: str, title: str, aliases: tuple[str, ...]) -> str:
    if words == code:
        return "code"
    if code in words and title in words:
        return "both"
    return "alias" if words.casefold() in {one.casefold() for one in aliases} else "title"


def _cased(words: str, like: str) -> str:
    if like[:1].isupper() == words[:1].isupper() or words[1:2].isupper():
        return words
    return words[:1].upper() + words[1:] if like[:1].isupper() else words[:1].lower() + words[1:]


_SAID = (
    {Status.ON: "Green", Status.INSIDE: "Amber", Status.OUTSIDE: "Red"},
    {Status.ON: "green", Status.INSIDE: "amber", Status.OUTSIDE: "red"},
    {Status.ON: "GREEN", Status.INSIDE: "AMBER", Status.OUTSIDE: "RED"},
)
_PLAIN = {Status.ON: "on or better than target", Status.INSIDE: "inside tolerance", Status.OUTSIDE: "outside tolerance"}


def _statuses(slot: Slot) -> Iterator[tuple[str, Slot]]:
    own = {STATUSES[name] for name in slot.spec.split("@")[0].split("+")}
    if len(own) != 1 or "@" in slot.spec:
        return
    for said in _SAID:
        for status, word in said.items():
            if re.search(rf"\b{word}\b", slot.words):
                for other, new in said.items():
                    if other is not status:
                        words = re.sub(rf"\b{word}\b", new, slot.words)
                        yield "status", replace(slot, spec=other.name.lower(), words=words)
                return
    for other, words in _PLAIN.items():
        # What is on target lies within the tolerance, too: only some readers would call that false.
        if other not in own and not (own == {Status.ON} and other is Status.INSIDE):
            yield "status", replace(slot, spec=other.name.lower(), words=words)
