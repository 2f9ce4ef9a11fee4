"""What a pattern must not have: a ``^`` where it is searched from inside a text, a group that gives nothing back."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROSE = ROOT / "xlkpi" / "prose"
SEARCHES = ("search", "match", "fullmatch", "finditer")


def searched_from_inside(tree: ast.Module) -> Iterator[str]:
    """Yield the names of the patterns that a module looks for from a place on: ``_X.search(flat, start)``."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        method, of = node.func.attr, node.func.value
        if method in SEARCHES and isinstance(of, ast.Name) and len(node.args) > 1:
            yield of.id
        if method == "find" and node.args and isinstance(node.args[0], ast.Name):
            yield node.args[0].id


def is_anchored(pattern: str) -> bool:
    """Return whether a pattern has a ``^`` that means the beginning: neither escaped nor in a class."""
    bare = re.sub(r"\\.", "", pattern)
    return "^" in re.sub(r"\[\^?\]?[^\]]*\]", "", bare)


def test_no_pattern_with_a_beginning_is_looked_for_inside_a_text() -> None:
    wrong = []
    for path in sorted(PROSE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        patterns = {key: one for key, one in vars(importlib.import_module(name)).items() if isinstance(one, re.Pattern)}
        used = set(searched_from_inside(ast.parse(path.read_text(encoding="utf-8"))))
        wrong += [f"{name}.{key}" for key in sorted(used & set(patterns)) if is_anchored(patterns[key].pattern)]
    assert not wrong


def test_what_is_anchored() -> None:
    assert is_anchored(r"(?:^|[.;])\s*x")
    assert not is_anchored(r"[^.;]\^x")


def gives_nothing_back(tree: ast.Module) -> Iterator[str]:
    """Yield the pieces of patterns in which a group is taken whole or not at all: ``(...)?+``, ``(?>...)``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"\)(?:[?*+]|\{[0-9,]+\})\+|\(\?>", node.value)


def test_no_group_is_taken_without_giving_back() -> None:
    # Python before 3.11.5 matches such a group wrongly where it could have matched less: "991." read no figure there.
    wrong = {
        path.name: found
        for path in PROSE.rglob("*.py")
        if (found := [*gives_nothing_back(ast.parse(path.read_text("utf-8")))])
    }
    assert not wrong


def test_what_gives_nothing_back() -> None:
    pieces = ["(?:a|b)?+", "(?P<x>a)*+", "(a){1,3}+", "(?>a)"]
    assert all(list(gives_nothing_back(ast.parse(repr(one)))) for one in pieces)
    assert not list(gives_nothing_back(ast.parse(repr(r"[0-9]++(a)+b+(c)?d"))))
