"""From a phrase to words: a template that can name fields and ask for them, and nothing else.

What a phrase may hold is decided before anything is written: fields in double braces, conditions, comparisons. There are no
loops, no arithmetic and no calls, so that no phrase can hang or read what is not its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlkpi.errors import Problem, WorkbookInvalid
from xlkpi.narrative.apart import Apart
from xlkpi.narrative.audits import Audits
from xlkpi.narrative.context import Figure
from xlkpi.narrative.evaluation import Graded, Inspections, Judged
from xlkpi.narrative.follow import GAP, followed
from xlkpi.narrative.groups import Group
from xlkpi.narrative.measures import Measure, Parts
from xlkpi.narrative.misread import in_plain_words
from xlkpi.narrative.phrases import Phrase
from xlkpi.narrative.position import ContractSet, Held, Shares
from xlkpi.narrative.reading import TOO_DEEP, PhraseError, Reader, near

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

_LONGEST = 2_000
_VIEWS: Mapping[str, type] = {
    **dict.fromkeys(
        (
            "all", "on", "inside", "within", "outside", "no_target", "no_data", "fell", "still", "outside_anew", "returned",
            "reached", "slipped", "first_target", "annual", "annual_outside",
        ),
        Group,
    ),
    "one": Measure, "held": Held, "figure": Figure, "share": Apart, "audits": Audits, "inspection": Judged, "graded": Graded,
    "inspections": Inspections, "shares": Shares, "set": ContractSet,
}  # fmt: skip
#: Names that every phrase may use.
COMMON = frozenset(_VIEWS) - {"one", "held", "figure", "share", "audits", "inspection", "graded"} | {
    "by_status",
    "organisation", "quarter", "last_quarter", "year_ago", "dates",
}  # fmt: skip
_SPACES = re.compile(r"[ \t]+")
_BRACES = re.compile(r"\{[{%#]|[}%#]\}")
_TEXT, _WHEN = "text", "condition"
_READER = Reader(_VIEWS, {Parts})
#: What has fields of its own.
VIEWS = frozenset(_VIEWS.values())
_CURE = "Correct it, or copy the phrase from a new workbook."


class Renderer:
    """Reads phrases and writes their words; each is read once.

    The template engine's own reader is used, not its compiler: what was read is followed node by node, and only the few kinds
    of nodes that a phrase may hold are known. No code is made of a phrase, and half the time is saved.
    """

    def __init__(self) -> None:
        """Start with nothing read."""
        self._read: dict[str, nodes.Template] = {}

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import Environment  # noqa: PLC0415  # commands that write no sentence do without it

        return Environment(autoescape=False)  # noqa: S701  # a cell is no web page, and its text must not be escaped

    def faults(self, phrases: Iterable[Phrase], places: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
        """Yield what is wrong with phrases, each with its cell.

        Args:
            phrases: As typed.
            places: The paragraphs there are, each with the names that its phrases may use beside those of all.
        """
        for phrase in phrases:
            own = places.get(phrase.paragraph)
            if own is None:
                what = f"the paragraph is '{phrase.paragraph}', which the narrative does not have"
                what += f"{near(phrase.paragraph, places)}."
                yield Problem(phrase.paragraph_where or phrase.where, what, "Choose one from the list.")
                continue
            for text, where, noun in (
                (phrase.text, phrase.where, _TEXT),
                (phrase.when, phrase.when_where or phrase.where, _WHEN),
            ):
                try:
                    self._check(text, COMMON | own, is_condition=noun == _WHEN)
                except PhraseError as error:
                    yield Problem(where, f"the {noun} of the phrase '{phrase.key}' {error}.", _CURE)

    def _check(self, text: str, names: frozenset[str], *, is_condition: bool) -> None:
        from jinja2 import TemplateSyntaxError  # noqa: PLC0415  # see above

        if len(text) > _LONGEST:
            raise PhraseError(f"has {len(text):,} characters, more than {_LONGEST:,}")
        if is_condition and _BRACES.search(text):
            raise PhraseError("has braces: a condition is typed without them, for example all.count > 1")
        try:
            _READER.check(self._parsed(_condition(text) if is_condition else text), names)
        except TemplateSyntaxError as error:
            raise PhraseError(in_plain_words(error.message or "", is_condition=is_condition)) from None
        except RecursionError:
            raise PhraseError(TOO_DEEP) from None

    def _parsed(self, text: str) -> nodes.Template:
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = self._environment.parse(text)
        return found

    def applies(self, phrase: Phrase, context: Mapping[str, Any]) -> bool:
        """Return whether a phrase's condition holds.

        Raises:
            WorkbookInvalid: Where it compares what cannot be compared.
        """
        if not phrase.when.strip():
            return True
        where = phrase.when_where or phrase.where
        return self._words(_condition(phrase.when), context, f"the {_WHEN} of the phrase '{phrase.key}'", where) == _YES

    def sentence(self, phrase: Phrase, context: Mapping[str, Any]) -> str:
        """Return a phrase's words: single spaces, a capital at the start of each line unless a code stands there.

        Raises:
            WorkbookInvalid: Where it compares what cannot be compared.
        """
        return _tidied(
            self._words(phrase.text, context, f"the {_TEXT} of the phrase '{phrase.key}'", phrase.where), context
        )

    def example(self, phrase: Phrase, context: Mapping[str, Any]) -> str:
        """Return a phrase's words whether it applies or not; empty where it prints a field in which nothing stands."""
        try:
            parts = list(followed(self._parsed(phrase.text).body, context))
        except (TypeError, RecursionError):  # its condition keeps it from being read with such figures
            return ""
        return "" if GAP in parts or "" in parts else _tidied("".join(parts), context)

    def _words(self, text: str, context: Mapping[str, Any], noun: str, where: str) -> str:
        try:
            return "".join(followed(self._parsed(text).body, context))
        except TypeError:
            what = f"{noun} compares a field that is empty, or is no number."
            cure = "Ask first whether the field is there: one.gap and one.gap > 5."
            raise WorkbookInvalid([Problem(where, what, cure)]) from None
        except RecursionError:
            raise WorkbookInvalid([Problem(where, f"{noun} {TOO_DEEP}.", _CURE)]) from None


_YES = "yes"


def _condition(when: str) -> str:
    return f"{{% if {when} %}}{_YES}{{% endif %}}" if when.strip() else ""


def _tidied(text: str, context: Mapping[str, Any]) -> str:
    lines = [line.strip() for line in _SPACES.sub(" ", text).strip().split("\n")]
    return "\n".join(_capital(line, context) for line in lines)


def _capital(line: str, context: Mapping[str, Any]) -> str:
    """Return a line with a capital at its start; a code that is written small stays so."""
    word = line.partition(" ")[0].rstrip(":,")
    known = context.get("codes", ())
    return line if word in known else line[:1].upper() + line[1:]
