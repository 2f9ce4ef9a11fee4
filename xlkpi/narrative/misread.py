"""Why a phrase cannot be read, in the words of somebody who writes one; the template engine has others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

_Sayings: TypeAlias = Sequence[tuple[str, str]]

_IN_PHRASE = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "begin of print statement": "{{",
    "begin of statement block": "{%",
    "end of template": "the end",
    "integer": "a number",
    "float": "a number",
    "string": "words in quotes",
}
#: What a spreadsheet or a word processor makes of straight quotes, and what else looks like them.
_QUOTES = "\u2018\u2019\u201c\u201d\u00b4`\u00ab\u00bb"
#: What the engine says, and what is said of a text; the first that fits counts.
_TEXT: _Sayings = (
    (r"unexpected end of template, expected 'end of print", "opens {{{{ and does not close it: write }}}} after the field"),
    (r"unexpected end of template, expected 'end of st", "opens {{% and does not close it: write %}} after the condition"),
    (r"Unexpected end of template", "has {{% if %}} without its end: write {{% endif %}} after the words that it is for"),
    (r"Missing end of comment", "opens {{# and does not close it: write #}} after the remark"),
    (r"Missing end of raw", "does more than name fields: only {{{{ fields }}}} and {{% if %}} can stand there"),
    (r"unknown tag '(?:else|elif|endif)'", "has {{% {tag} %}} without {{% if %}} before it"),
    (r"unknown tag '", "has {{% {tag} %}}, which is not known: only if, elif, else and endif can stand there"),
    (r"tag name expected", "has nothing between {{% and %}}: write {{% if %}} with a condition, else or endif"),
    (r"Expected an expression, got 'end of st", "has {{% if %}} without a condition: write {{% if all.count > 1 %}}"),
    (r"Expected an expression", "has nothing between {{{{ and }}}}: name a field, for example {{{{ quarter }}}}"),
    (r"unexpected '\}'", "does not close its braces or brackets: two }}}} close {{{{, and ) closes ("),
)  # fmt: skip
#: What is said of texts and conditions alike.
_BOTH: _Sayings = (
    (r"expected name or number", "has a point with nothing behind it: name a field of the group, for example all.count"),
    (r"got '='", "has a single =: two of them (==) ask whether things are equal"),
    (r"unexpected '[)\]]'", "has a closing bracket that nothing opens"),
    (r"unexpected '(?:end of|\})", "is not finished: a field, number or word is missing at its end"),
    (r"unexpected char ['\"]{2,3}", "has a quote without its second one"),
    (r"unexpected char", "has the character {got}, which cannot stand {there}"),
    (r"expected token ':'", "has braces within braces: name each field in braces of its own"),
    (r"expected token 'name'", "does more than name fields: only {{{{ fields }}}} and {{% if %}} can stand there"),
    (r"unexpected '", "has {got} where a field, a number or words in quotes are expected"),
    (r"got '", "has {got} where nothing more is expected: one field stands there, or words that compare two"),
)  # fmt: skip
_CONDITION: _Sayings = (
    (r"Expected an expression", "has nothing to ask: name a field, for example all.count > 1"),
)  # fmt: skip


def in_plain_words(message: str, *, is_condition: bool) -> str:
    """Return why a phrase cannot be read; continues "the text of the phrase ...".

    Args:
        message: As the template engine has it.
        is_condition: Whether it is a condition, which is typed without braces.

    Examples:
        >>> in_plain_words("unexpected end of template, expected 'end of print statement'.", is_condition=False)
        'opens {{ and does not close it: write }} after the field'
        >>> in_plain_words("expected token 'end of statement block', got 'x'", is_condition=True)
        "has 'x' where nothing more is expected: one field stands there, or words that compare two"
    """
    tag, got = _quoted(r"tag '([^']*)'", message), _quoted(r"(?:got|char|unexpected) '(.*?)'(?: at |$|\.|,)", message)
    if got and got in _QUOTES:
        return f"has the quotes {got}, which are not read: use the straight ones (')"
    named = _IN_PHRASE.get(got, f"'{got}'")
    there = "in a condition" if is_condition else "between braces"
    for pattern, said in (*(_CONDITION if is_condition else _TEXT), *_BOTH):
        if re.search(pattern, message):
            return said.format(tag=tag, got=named, there=there)
    return "cannot be read: something is missing or too much"


def _quoted(pattern: str, message: str) -> str:
    found = re.search(pattern, message)
    return str(found[1]) if found else ""
