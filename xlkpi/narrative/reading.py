"""What a phrase may hold, decided when it is read: fields that there are, and only such as can be printed where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_origin, get_type_hints

from xlkpi.narrative.follow import KINDS
from xlkpi.tables.words import listed

if TYPE_CHECKING:
    from jinja2 import nodes

#: Brackets, conditions and choices within each other.
DEEPEST = 60
TOO_DEEP = "has too many brackets or conditions within each other: make two phrases of it"
_MORE = "does more than name fields: only {{ fields }} and {% if %} can stand there"
_PAIRS = {"}}": "{{", "%}": "{%", "#}": "{#"}
#: Fields by which a group is best printed, the best first.
_BEST = (
    "codes",
    "name",
    "moves",
    "current",
    "title",
    "good_or_better",
    "judgements",
    "grades",
    "expected",
    "sections",
    "main",
)


class PhraseError(ValueError):
    """A phrase cannot be read; the message continues "the phrase ..."."""


class Sort(Enum):
    """What a field or expression is, beside a view with fields of its own."""

    WORDS = "words"
    TRUTH = "truth"
    LIST = "list"


_Sort: TypeAlias = Sort | type


@cache
def fields_of(view: type) -> Mapping[str, Any]:
    """Return the fields of a view with the type of each."""
    found = {name: kind for name, kind in get_type_hints(view).items() if not name.startswith("_")}
    for name, member in vars(view).items():
        if isinstance(member, property) and not name.startswith("_"):
            found[name] = get_type_hints(member.fget)["return"]
    return found


@dataclass(frozen=True, slots=True)
class Reader:
    """Decides of phrases that were parsed.

    Attributes:
        views: What stands for several fields, by the name under which phrases know it.
        others: More such types, which are fields of those alone.
    """

    views: Mapping[str, type]
    others: Collection[type]

    def check(self, parsed: nodes.Template, names: Collection[str]) -> None:
        """Look through a phrase.

        Args:
            parsed: As the template engine reads it.
            names: The fields that stand alone in it, or begin those that do not.

        Raises:
            PhraseError: Where it holds anything that cannot be followed, or printed where it stands.
        """
        found = list(_walk(parsed))
        for node in found:
            _check_node(node, names)
        for node in found:
            kind = type(node).__name__
            if kind == "Getattr":
                self._sort(node)
            elif kind == "Compare":
                self._check_compared(node)
            elif kind == "Output":
                for part in node.nodes:  # type: ignore[attr-defined]
                    self._check_printed(part)

    def sort_of_field(self, view: type, name: str) -> _Sort:
        """Return what a field of a view is."""
        annotation = fields_of(view)[name]
        if get_origin(annotation) is list:
            return Sort.LIST
        kinds = get_args(annotation) or (annotation,)
        if bool in kinds:
            return Sort.TRUTH
        return next((one for one in kinds if one in {*self.views.values(), *self.others}), Sort.WORDS)

    def _sort(self, node: Any) -> _Sort:
        """Return what a name, a field or another expression is.

        Raises:
            PhraseError: Where a view does not have such a field.
        """
        kind = type(node).__name__
        if kind == "Name":
            return self.views.get(node.name, Sort.WORDS)
        if kind == "Getattr":
            return self._sort_of_attribute(node)
        return Sort.TRUTH if kind in {"Not", "Compare"} else Sort.WORDS

    def _sort_of_attribute(self, node: Any) -> _Sort:
        if type(node.node).__name__ not in {"Name", "Getattr"}:
            raise PhraseError(
                f"names the field '{node.attr}' of what is no group: write the name of the group before it"
            )
        view, spelled = self._sort(node.node), _spelled(node.node)
        fields = {} if isinstance(view, Sort) else fields_of(view)
        if node.attr in fields:
            assert not isinstance(view, Sort), "only views have fields"
            return self.sort_of_field(view, node.attr)
        raise PhraseError(f"names the field '{node.attr}', which '{spelled}' does not have{near(node.attr, fields)}")

    def _check_printed(self, node: Any) -> None:
        kind = type(node).__name__
        if kind == "CondExpr":
            parts = [node.expr1, *([node.expr2] if node.expr2 is not None else [])]
        elif kind in {"And", "Or"}:
            parts = [node.left, node.right]
        else:
            self._check_words(node)
            return
        for part in parts:
            self._check_printed(part)

    def _check_words(self, node: Any) -> None:
        """Hold a part that will be printed against what can be.

        Raises:
            PhraseError: Where no words would come of it.
        """
        kind = type(node).__name__
        if kind == "TemplateData":
            for end, start in _PAIRS.items():
                if end in node.data:
                    raise PhraseError(f"has {end} without {start} before it")
            return
        if kind == "Const" and (node.value is None or isinstance(node.value, bool)):
            raise PhraseError(f"prints {str(node.value).lower()}, which is no word: put words in quotes")
        sort = self._sort(node)
        if sort is Sort.TRUTH:
            asked = f"'{_spelled(node)}', which" if kind == "Getattr" else "a comparison, which"
            raise PhraseError(
                f"prints {asked} is true or false and no word: ask for it with {{% if %}} and write the words"
            )
        if sort is not Sort.WORDS:
            raise PhraseError(f"prints {self._instead(node, sort)}")

    def _check_compared(self, node: Any) -> None:
        for one in (node.expr, *(operand.expr for operand in node.ops)):
            sort = self._sort(one)
            if sort not in (Sort.WORDS, Sort.TRUTH):
                raise PhraseError(f"compares {self._instead(one, sort)}")

    def _instead(self, node: Any, sort: _Sort) -> str:
        spelled = _spelled(node)
        if isinstance(sort, Sort):
            return f"'{spelled}', which is a list: each thing in it has a paragraph of its own, and its own phrases"
        return f"'{spelled}', which is a group of fields: name one of them, for example {spelled}.{self._best(sort)}"

    def _best(self, view: type) -> str:
        """Return the field by which a group is best printed."""
        fields = fields_of(view)
        words = [
            one for one in (*_BEST, *sorted(fields)) if one in fields and self.sort_of_field(view, one) is Sort.WORDS
        ]
        if words:
            return words[0]
        first = next(one for one in sorted(fields) if isinstance(self.sort_of_field(view, one), type))
        inner = self.sort_of_field(view, first)
        assert not isinstance(inner, Sort), "only views were asked for"
        return f"{first}.{self._best(inner)}"


def _walk(node: nodes.Node, depth: int = 0) -> Iterator[nodes.Node]:
    if depth > DEEPEST:
        raise PhraseError(TOO_DEEP)
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child, depth + 1)


def _check_node(node: nodes.Node, names: Collection[str]) -> None:
    kind = type(node).__name__
    if kind not in KINDS or (kind == "Operand" and getattr(node, "op", "") in {"in", "notin"}):
        raise PhraseError(_MORE)
    name = getattr(node, "name", None)
    if kind == "Name" and name not in names:
        raise PhraseError(f"names the field '{name}', which is not known here{near(str(name), names)}")


def _spelled(node: Any) -> str:
    return node.name if type(node).__name__ == "Name" else f"{_spelled(node.node)}.{node.attr}"


def near(word: str, known: Iterable[str]) -> str:
    """Return names like a word as the end of a sentence; empty where there are none."""
    import difflib  # noqa: PLC0415  # only where a name is wrong

    found = [f"'{one}'" for one in difflib.get_close_matches(word, list(known), n=3)]
    return f" (near it: {listed(found)})" if found else ""
