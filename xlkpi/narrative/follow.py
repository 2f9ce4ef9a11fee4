"""Following a phrase that was read: its words, fields and conditions, node by node."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

#: What stands where a field has nothing to print; Checks lists it.
GAP = "[A figure is missing here]"

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gteq": operator.ge,
    "lt": operator.lt,
    "lteq": operator.le,
}
#: The kinds of nodes that a phrase may hold.
KINDS = frozenset(
    {
        "Template", "Output", "TemplateData", "Name", "Getattr", "If", "CondExpr", "Const", "Compare", "Operand", "And", "Or",
        "Not",
    }
)  # fmt: skip


def followed(body: Iterable[Any], context: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words of a template's body.

    Args:
        body: Nodes that were found to be of the kinds known here, naming fields that there are.
        context: What the fields stand for.

    Raises:
        TypeError: Where things are compared that cannot be.
    """
    for node in body:
        if type(node).__name__ == "If":
            yield from followed(_branch(node, context), context)
            continue
        for part in node.nodes:
            if type(part).__name__ == "TemplateData":
                yield part.data
            else:
                value = _value(part, context)
                yield GAP if value is None else str(value)


def _branch(node: Any, context: Mapping[str, Any]) -> Iterable[Any]:
    for one in (node, *node.elif_):
        if _value(one.test, context):
            return one.body  # type: ignore[no-any-return]
    return node.else_  # type: ignore[no-any-return]


def _value(node: Any, context: Mapping[str, Any]) -> Any:
    match type(node).__name__:
        case "Name":
            return context[node.name]
        case "Getattr":
            owner = _value(node.node, context)
            return None if owner is None else getattr(owner, node.attr)
        case "Const":
            return node.value
        case "Not":
            return not _value(node.node, context)
        case "And":
            return _value(node.left, context) and _value(node.right, context)
        case "Or":
            return _value(node.left, context) or _value(node.right, context)
        case "CondExpr":
            chosen = node.expr1 if _value(node.test, context) else node.expr2
            return "" if chosen is None else _value(chosen, context)
        case _:
            return _compared(node, context)


def _compared(node: Any, context: Mapping[str, Any]) -> bool:
    left = _value(node.expr, context)
    for operand in node.ops:
        right = _value(operand.expr, context)
        if not _COMPARE[operand.op](left, right):
            return False
        left = right
    return True
