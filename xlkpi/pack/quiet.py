"""Words for the public: what the tables withhold is not said in words either, in whatever paragraph it stands.

A sentence is let through where every number in it is known to be harmless; where that is unsure it is left out, and listed for
the analyst. A number is harmless where it counts no people, or where the report prints it elsewhere for a measure that the
paragraph is about. In a sentence about a measure with a withheld figure nothing else will do, and in every other sentence a
number that is withheld anywhere, or counts 1 to 5, needs such a reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xlkpi.disclosure.release import SMALL
from xlkpi.errors import Problem
from xlkpi.narrative.edits import Line
from xlkpi.pack.known import Known
from xlkpi.pack.spoken import Spoken, spoken
from xlkpi.prose.sentences import split_sentences
from xlkpi.tables.words import sentence

#: Grades of homes and agencies, which the program counts in words of its own: no people.
_OF_SETTINGS = re.compile(
    r"^(?:Children's homes?:|Voluntary|Fostering|[\w' ]+ \([A-Z]+\), )|\binspected (?:was|were) graded\b"
    r"|\binspections? (?:is|are) expected"
)
LEFT_OUT = "[c] A sentence is left out, so that nobody can be recognised."


class LeftOut(NamedTuple):
    """One sentence that was left out: where it stood, what it said, and why it may give something away."""

    where: str
    sentence: str
    reason: str


@dataclass
class Quiet:
    """Takes out of texts what may give away a withheld figure, and remembers it.

    Attributes:
        known: What is withheld, and what is printed.
        is_on: Whether these readers may not see everything; otherwise every text stays as it is.
        left_out: The sentences, in the order in which they were met.
    """

    known: Known
    is_on: bool = True
    left_out: list[LeftOut] = field(default_factory=list)

    def lines(self, lines: Sequence[Line]) -> list[Line]:
        """Return the narrative, generated or edited, without such sentences."""
        if not self.is_on:
            return list(lines)
        found = []
        for line in lines:
            text = self.text(line.used, line.number or line.section, line.codes, generated=line.generated)
            found.append(line._replace(generated=text, yours=""))
        return found

    def comment(self, code: str, text: str) -> str:
        """Return what was typed about an indicator without such sentences."""
        return self.text(text, f"comment on {code}", [code])

    def remark(self, remark: Problem) -> str:
        """Return what an accepted remark says, which a manifest lists; nothing of it where it may give something away."""
        said = f"{sentence(remark.what)} {remark.cure}"
        return said if self.text(said, f"remark at {remark.where}") == said else LEFT_OUT

    def text(self, text: str, where: str, codes: Sequence[str] = (), generated: str = "") -> str:
        """Return a text without such sentences.

        Args:
            text: Several lines or one.
            where: Names its place for the analyst.
            codes: Of the indicators that it is about, besides those that it names.
            generated: What the program would have said: in its own sentences a measure is meant only where it is named.
        """
        if not self.is_on:
            return text
        about = set(codes) | self.known.names.in_text(text)
        left = len(self.left_out)
        kept = [self._line(line, where, about, generated) for line in text.split("\n")]
        if len(self.left_out) == left:
            return "\n".join(kept)
        return " ".join(filter(None, ("\n".join(filter(None, kept)).strip(), LEFT_OUT)))

    def _line(self, line: str, where: str, about: set[str], generated: str) -> str:
        line = self.known.masked(line)
        kept, end = "", 0
        for part in split_sentences(line, 0, len(line)):
            said = line[part.start : part.end]
            reason = self._reason(said, about, is_ours=said in self.known.masked(generated))
            if reason:
                self.left_out.append(LeftOut(where, said, reason))
            else:
                kept += line[end : part.start] + said
            end = part.end
        return kept.strip()

    def _reason(self, sentence: str, about: set[str], *, is_ours: bool) -> str:
        """Return why a sentence may give a withheld figure away; empty where it cannot."""
        said = self.known.names.in_text(sentence)
        named = about | said
        # In its own sentences the program means the measures that it names; where it names none, those of the paragraph.
        meant = (said or about) if is_ours else named | self.known.names.alike(sentence)
        secret = [code for code in sorted(meant) if self.known.may_tell(sentence, code, is_ours=is_ours)]
        numbers = spoken(self.known.names.without_titles(sentence))
        reasons = (self._unsafe(one, named, secret, sentence) for one in numbers)
        if is_ours and _OF_SETTINGS.search(sentence):
            return ""
        return next((one for one in reasons if one), "")

    def _unsafe(self, number: Spoken, named: set[str], secret: Sequence[str], sentence: str) -> str:
        if number.is_of_things or self.known.is_of_the_summary(number, sentence):
            return ""
        is_printed = self.known.is_printed(number, named)
        for code in secret:
            if number.is_vague or not is_printed or self.known.is_secret(number, code):
                return f"it may give away {self.known.told(code)}"
        if number.is_vague or is_printed:
            return ""
        for code in self.known.secrets:
            if self.known.is_secret(number, code) and not (number.is_percent and named):
                return f"it may give away {self.known.told(code)}"
        if not number.is_percent and number.value.denominator == 1 and 1 <= number.value <= SMALL:
            return "it counts 1 to 5, and no table says the same"
        return ""
