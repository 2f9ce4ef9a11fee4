"""Sentences with blanks, and the sentences that the figures of a report make of them.

A file of templates holds groups, ``== name``, and in each of them blocks with a blank line between:

    when: A.rose; A.outside
    [[{A|#^} {up|rose} to {v|#u} but stayed {outside|outside tolerance}]].
    wrong: {outside|outside tolerance} -> {on|on target}
    wrong[B.fell]: both -> neither

``when`` says which facts must hold, by the names of ``known.py``; the sentence is marked as ``prose/marks.py`` has it, with
``A`` to ``D`` in place of codes, ``<...>`` in place of anything worked out, and ``#`` in place of the words of a slot:

    #  the figure or the name    #^ the name with a capital    #u with its unit    #0 #1 with so many decimals
    #w #W in words               #t as an ordinal

Each ``wrong`` is a false version: ``old -> new`` or, swapped, ``one <-> other``. It is used where the marks say that it is
false; with brackets, where the facts in the brackets hold, since words without marks cannot be worked out. ``loose`` on a line
of its own says that the figures are said roughly, so that a small change of them would not be false. ``\\n`` starts a new line.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Protocol

from prose.marks import Marked, Slot, Statement, read_marked
from prose.numbers import in_words, unit
from prose.truth import Meaning, Truth, role

from xlkpi.model.number import rounded
from xlkpi.model.register import Indicator

_LETTER = re.compile(r"\b([A-D])\b")
_BLANK = re.compile(r"<([^<>]+)>")
_SLOT = re.compile(r"\{(!?)([^{}|]+)\|([^{}]*)\}")
_STATEMENT = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_NUMBER = re.compile(r"#([wWtu\d]?)")
_NTHS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_COUNTS = {"n", "m", "miss", "c", "cm", "kn", "km", "an", "cases", "to_target", "in_hand", "streak", "run", "lit", "s"}
_MOST_WORDS, _TIMES_TRIED = 99, 30
_SINGULARS = (("points", "point"), ("days", "day"), ("weeks", "week"), ("hours", "hour"))


class Named(Protocol):
    """An indicator that a letter of a template stands for."""

    @property
    def code(self) -> str: ...
    @property
    def indicator(self) -> Indicator: ...


@dataclass(frozen=True)
class Wrong:
    """One false version of a template."""

    old: str
    new: str
    is_swap: bool
    when: str | None


@dataclass(frozen=True)
class Template:
    """One sentence with blanks.

    Attributes:
        group: Of which it is part.
        name: By which a miss is reported: file and line.
        facts: What must hold.
        text: Marked, with blanks.
        wrongs: Its false versions.
        is_loose: Whether its figures are said roughly.
    """

    group: str
    name: str
    facts: tuple[str, ...]
    text: str
    wrongs: tuple[Wrong, ...]
    is_loose: bool

    @property
    def letters(self) -> Sequence[str]:
        """Return the indicators that it asks for."""
        said = [*self.facts, *_BLANK.findall(self.text), *(spec for _, spec, _ in _SLOT.findall(self.text))]
        return sorted({letter for one in said for letter in _LETTER.findall(one)})


@dataclass(frozen=True)
class Filled:
    """A template with the figures of one report: what is true, and what would be false."""

    template: Template
    marked: Marked
    wrongs: tuple[Marked, ...]


def read_templates(folder: Path) -> Iterator[Template]:
    """Yield the templates of a folder, file by file."""
    for path in sorted(folder.glob("*.txt")):
        group, line = "", 1
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            lines = [one for one in block.split("\n") if one.strip()]
            if lines and lines[0].startswith("== "):
                group = lines.pop(0).removeprefix("== ")
            if lines:
                yield _template(group, f"{path.stem}:{line + block.startswith('== ')}", lines)
            line += block.count("\n") + 2


def _template(group: str, name: str, lines: Sequence[str]) -> Template:
    facts: list[str] = []
    text: list[str] = []
    wrongs: list[Wrong] = []
    for line in lines:
        if line.startswith("when:"):
            facts += [one.strip() for one in line.removeprefix("when:").split(";")]
        elif line.startswith("wrong"):
            wrongs.append(_wrong(line))
        elif line != "loose":
            text.append(line)
    return Template(group, name, tuple(facts), "\n".join(text).replace("\\n", "\n"), tuple(wrongs), "loose" in lines)


def _wrong(line: str) -> Wrong:
    found = re.fullmatch(r"wrong(?:\[(.*?)\])?: (.+?) (<->|->) ?(.*)", line)
    assert found, line
    return Wrong(found[2], found[4].replace("\\n", "\n"), found[3] == "<->", found[1])


# Filling


@cache
def _compiled(expression: str) -> CodeType:
    return compile(expression.strip(), expression, "eval")


def worked_out(expression: str, names: Mapping[str, object]) -> object:
    """Return what an expression of a template comes to; None where a figure that it needs is missing."""
    try:
        return eval(_compiled(expression), dict(names))  # our own templates, read from our own files
    except TypeError:
        return None


class Filler:
    """Fills templates with the figures of one report."""

    def __init__(self, truth: Truth, known: Sequence[Named], names: Mapping[str, object], source: str) -> None:
        """Take the figures, the indicators to choose from, and what else templates may ask for."""
        self.truth, self.known, self.names, self.source = truth, known, names, source

    def fill(self, template: Template, chance: random.Random) -> Filled | None:
        """Return the template filled, its words true; None where the figures offer nothing that fits."""
        for tried, chosen in enumerate(self._choices(template, chance, {})):
            if tried == _TIMES_TRIED:
                break
            spoken = {one.code: chance.choice(_names_of(one.indicator)) for one in chosen.values()}
            one = _Filling(self, template, chosen, spoken)
            if filled := one.filled():
                return filled
        return None

    def _choices(
        self, template: Template, chance: random.Random, bound: Mapping[str, Named]
    ) -> Iterator[Mapping[str, Named]]:
        """Yield the choices of indicators for which the facts hold, in an order of chance."""
        free = [letter for letter in template.letters if letter not in bound]
        if not free:
            if bound or self._holds(template, {}, ""):
                yield bound
            return
        for one in chance.sample(self.known, len(self.known)):
            now = {**bound, free[0]: one}
            if one not in bound.values() and self._holds(template, now, free[0]):
                yield from self._choices(template, chance, now)

    def _holds(self, template: Template, bound: Mapping[str, Named], new: str) -> bool:
        for fact in template.facts:
            letters = set(_LETTER.findall(fact))
            due = letters <= set(bound) and (new in letters or (not letters and len(bound) <= 1))
            if due and not worked_out(fact, {**self.names, **bound}):
                return False
        return True


def _names_of(indicator: Indicator) -> Sequence[str]:
    return indicator.title, *indicator.aliases[:1]


class _Filling:
    """One template, one choice of indicators."""

    def __init__(
        self, filler: Filler, template: Template, chosen: Mapping[str, Named], spoken: Mapping[str, str]
    ) -> None:
        self.truth, self.template, self.chosen, self.spoken = filler.truth, template, chosen, spoken
        self.names = {**filler.names, **chosen, "name": self._low, "Name": self._high}
        self.title = f"{filler.source}, {template.name}"
        self.slots: dict[str, str] = {}

    def filled(self) -> Filled | None:
        source = self._marked_source(self.template.text)
        if source is None:
            return None
        marked = read_marked(source, self.title)
        if not all(self.truth.holds(one) is True for one in marked.statements):
            return None
        wrongs = [self._wrong(one, source) for one in self.template.wrongs]
        return Filled(self.template, marked, tuple(one for one in wrongs if one is not None))

    def _low(self, one: Named) -> str:
        return _low(self.spoken[one.code])

    def _high(self, one: Named) -> str:
        return _high(self.spoken[one.code])

    def _with_blanks(self, text: str) -> str:
        text = _BLANK.sub(lambda found: str(worked_out(found[1], self.names)), text)
        return _SLOT.sub(lambda found: f"{{{found[1]}{self._coded(found[2])}|{found[3]}}}", text)

    def _coded(self, spec: str) -> str:
        return self.chosen[spec].code if spec in self.chosen else spec

    def _marked_source(self, text: str) -> str | None:
        text, parts, at = self._with_blanks(text), [], 0
        for found in _STATEMENT.finditer(text):
            inner = self._statement(found[1])
            if inner is None:
                return None
            parts += [text[at : found.start()], f"[[{inner}]]"]
            at = found.end()
        return "".join([*parts, text[at:]])

    def _statement(self, inner: str) -> str | None:
        slots = [Slot(0, 0, spec.strip(), words, bool(planted)) for planted, spec, words in _SLOT.findall(inner)]
        meaning = self.truth.meaning(Statement(tuple(slots)))
        for slot in slots:
            words = self._words(slot, meaning) if "#" in slot.words else slot.words
            if words is None:
                return None
            before, after = f"{{{slot.spec}|{slot.words}}}", f"{{{slot.spec}|{words}}}"
            self.slots.setdefault(before, after)
            inner = inner.replace(before, after, 1)
        return inner

    def _words(self, slot: Slot, meaning: Meaning) -> str | None:
        if role(slot.spec) == "name":
            said = self.spoken[slot.spec]
            return slot.words.replace("#^", _high(said)).replace("#", _low(said))
        own = self.truth.indicator(meaning.code, meaning.period) if meaning.code else None
        words = _with_unit(slot.words, own)
        found = self.truth.expected(slot.spec, meaning, unit(_NUMBER.sub("2", words)))
        if not found or min(found) <= -(10**8):
            return None
        head = slot.spec.partition(" ")[0].partition("@")[0]
        value = abs(found[-1] if head == "p" else found[0])
        return _written(words, head, value, own)

    def _wrong(self, wrong: Wrong, source: str) -> Marked | None:
        old, new = (self._resolved(one) for one in (wrong.old, wrong.new))
        assert old in source, f"{self.template.name}: {old!r} is not in {source!r}"
        if wrong.is_swap:
            assert new in source, f"{self.template.name}: {new!r} is not in {source!r}"
            there, here = _exchanged(old, new)
            changed = source.replace(old, "\0", 1).replace(new, there, 1).replace("\0", here, 1)
        else:
            changed = source.replace(old, new, 1)
        changed = re.sub(r"\[\[([^{}\[\]]*)\]\]", r"\1", changed)
        # A name that came to the front by a swap begins the sentence now.
        changed = re.sub(r"^(\[\[\{[^|}]*\|)([a-z])", lambda found: found[1] + found[2].upper(), changed)
        marked = read_marked(changed, self.title)
        if wrong.when is None:
            is_false = any(self.truth.holds(one) is False for one in marked.statements)
        else:
            is_false = bool(worked_out(wrong.when or "True", self.names))
        return marked if is_false else None

    def _resolved(self, text: str) -> str:
        return _SLOT.sub(lambda found: self.slots.get(found[0], found[0]), self._with_blanks(text))


def _exchanged(old: str, new: str) -> tuple[str, str]:
    """Return what stands in the place of each of two things swapped: names go with their codes, figures go alone."""
    one, other = _SLOT.fullmatch(old), _SLOT.fullmatch(new)
    if one is None or other is None or role(one[2]) == "name":
        return old, new
    return f"{{{other[2]}|{one[3]}}}", f"{{{one[2]}|{other[3]}}}"


def _low(said: str) -> str:
    is_name = any(letter.isupper() for letter in " ".join(said.split(" ")[:2])[1:])
    return said if is_name else said[:1].lower() + said[1:]


def _high(said: str) -> str:
    return said[:1].upper() + said[1:]


def _with_unit(words: str, own: Indicator | None) -> str:
    said = own.unit if own else ""
    shown = {"%": "#%", "£": "£#", "count": "#", "": "#"}.get(said, f"# {said}")
    return words.replace("#u", shown)


def _written(words: str, head: str, value: Fraction, own: Indicator | None) -> str | None:
    found = _NUMBER.search(words)
    assert found, words
    how = found[1]
    if how in {"w", "W", "t"}:
        if value.denominator != 1 or not 0 < value <= _MOST_WORDS or (how == "t" and value >= len(_NTHS)):
            return None
        number = _NTHS[int(value)] if how == "t" else in_words(int(value))
        number = number.capitalize() if how == "W" else number
    else:
        decimals = int(how) if how else _decimals(head, value, own)
        number = f"{rounded(value, decimals):,.{decimals}f}"
        if head in {"d", "p"} and not Fraction(number.replace(",", "")):
            return None
    said = words.replace(found[0], number, 1)
    if number in {"1", "one", "One"}:
        for many, single in _SINGULARS:
            said = re.sub(rf"\b{many}\b", single, said)
    return said


def _decimals(head: str, value: Fraction, own: Indicator | None) -> int:
    if head in _COUNTS:
        return 0
    if head in {"t", "tol"}:
        return next((places for places in range(3) if (value * 10**places).denominator == 1), 3)
    if head == "p":
        return 1
    decimals = own.decimals if own else 0
    return max(1, decimals) if head in {"d", "gap"} and own and own.is_percentage else decimals
