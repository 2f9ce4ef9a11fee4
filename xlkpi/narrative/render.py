"""From a phrase to words: a template that can name fields and ask for them, and nothing else.

What a phrase may hold is decided before anything is written: fields in double braces, conditions, comparisons. There are no
loops, no arithmetic and no calls, so that no phrase can hang or read what is not its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from xlkpi.errors import Problem, WorkbookInvalid
from xlkpi.narrative.apart import Apart
from xlkpi.narrative.audits import Audits
from xlkpi.narrative.context import Figure
from xlkpi.narrative.evaluation import Graded, Inspections, Judged
from xlkpi.narrative.follow import KINDS, followed
from xlkpi.narrative.groups import Group
from xlkpi.narrative.measures import Measure, Parts
from xlkpi.narrative.phrases import Phrase
from xlkpi.narrative.position import ContractSet, Held, Shares
from xlkpi.tables.words import listed

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
_CURE = "Correct it, or copy the phrase from a new workbook."


class PhraseError(ValueError):
    """A phrase cannot be read; the message continues "the phrase ..."."""


@cache
def _fields(view: type) -> Mapping[str, Any]:
    """Return the fields of a view with the type of each."""
    found = {name: kind for name, kind in get_type_hints(view).items() if not name.startswith("_")}
    for name, member in vars(view).items():
        if isinstance(member, property) and not name.startswith("_"):
            found[name] = get_type_hints(member.fget)["return"]
    return found


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
                what += f"{_near(phrase.paragraph, places)}."
                yield Problem(phrase.paragraph_where or phrase.where, what, "Choose one from the list.")
                continue
            for text, where, noun in (
                (phrase.text, phrase.where, "text"),
                (_condition(phrase.when), phrase.when_where or phrase.where, "condition"),
            ):
                try:
                    self._check(text, COMMON | own)
                except PhraseError as error:
                    yield Problem(where, f"the {noun} of the phrase '{phrase.key}' {error}.", _CURE)

    def _check(self, text: str, names: frozenset[str]) -> None:
        from jinja2 import TemplateSyntaxError  # noqa: PLC0415  # see above

        if len(text) > _LONGEST:
            raise PhraseError(f"has {len(text):,} characters, more than {_LONGEST:,}")
        try:
            parsed = self._parsed(text)
        except TemplateSyntaxError as error:
            raise PhraseError(f"cannot be read: {_lowered(error.message or 'it is not complete')}") from None
        found = list(_walk(parsed))
        for node in found:
            _check_node(node, names)
        for node in found:
            if type(node).__name__ == "Getattr":
                _kind_of(node)

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
        return (
            self._words(_condition(phrase.when), context, f"the condition of the phrase '{phrase.key}'", where) == _YES
        )

    def sentence(self, phrase: Phrase, context: Mapping[str, Any]) -> str:
        """Return a phrase's words: single spaces, a capital at the start of each line unless a code stands there.

        Raises:
            WorkbookInvalid: Where it compares what cannot be compared.
        """
        text = self._words(phrase.text, context, f"the text of the phrase '{phrase.key}'", phrase.where)
        lines = [line.strip() for line in _SPACES.sub(" ", text).strip().split("\n")]
        return "\n".join(_capital(line, context) for line in lines)

    def _words(self, text: str, context: Mapping[str, Any], noun: str, where: str) -> str:
        try:
            return "".join(followed(self._parsed(text).body, context))
        except TypeError:
            what = f"{noun} compares a field that is empty, or is no number."
            cure = "Ask first whether the field is there: one.gap and one.gap > 5."
            raise WorkbookInvalid([Problem(where, what, cure)]) from None


_YES = "yes"


def _condition(when: str) -> str:
    return f"{{% if {when} %}}{_YES}{{% endif %}}" if when.strip() else ""


def _capital(line: str, context: Mapping[str, Any]) -> str:
    """Return a line with a capital at its start; a code that is written small stays so."""
    word = line.partition(" ")[0].rstrip(":,")
    known = context.get("codes", ())
    return line if word in known else line[:1].upper() + line[1:]


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _check_node(node: nodes.Node, names: frozenset[str]) -> None:
    kind = type(node).__name__
    if kind not in KINDS or (kind == "Operand" and getattr(node, "op", "") in {"in", "notin"}):
        raise PhraseError("does more than name fields: only {{ fields }} and {% if %} can stand there")
    name = getattr(node, "name", None)
    if kind == "Name" and name not in names:
        raise PhraseError(f"names the field '{name}', which is not known here{_near(str(name), names)}")


def _kind_of(node: Any) -> type | None:
    """Return the view that a field is; None where it is a text or a number.

    Raises:
        PhraseError: Where a view does not have such a field.
    """
    if type(node).__name__ == "Name":
        return _VIEWS.get(node.name)
    view = _kind_of(node.node)
    fields = _fields(view) if view else {}
    if node.attr not in fields:
        of_what = f"'{_spelled(node.node)}' does not have{_near(node.attr, fields)}"
        raise PhraseError(f"names the field '{node.attr}', which {of_what}")
    kinds = [
        kind for kind in (get_args(fields[node.attr]) or (fields[node.attr],)) if kind in set(_VIEWS.values()) | {Parts}
    ]
    return kinds[0] if kinds else None


def _spelled(node: Any) -> str:
    return node.name if type(node).__name__ == "Name" else f"{_spelled(node.node)}.{node.attr}"


def _near(word: str, known: Iterable[str]) -> str:
    """Return names like a word as the end of a sentence; empty where there are none."""
    import difflib  # noqa: PLC0415  # only where a name is wrong

    found = [f"'{one}'" for one in difflib.get_close_matches(word, list(known), n=3)]
    return f" (near it: {listed(found)})" if found else ""


def _lowered(text: str) -> str:
    text = text.rstrip(".")
    return text[:1].lower() + text[1:]
