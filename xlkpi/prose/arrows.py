"""Arrows and triangles by which drafts say which way a figure went."""

from __future__ import annotations

#: Of each kind: triangles, plain arrows, double ones, block ones, white ones, slanting ones, those of a keyboard for pictures.
UP = "\u25b2\u25b3\u2191\u21d1\u2b06\u21e7\u2197\u21d7\U0001f53c"
DOWN = "\u25bc\u25bd\u2193\u21d3\u2b07\u21e9\u2198\u21d8\U0001f53d"
SAME = "\u25ba\u25b6\u25c4\u25c0\u2190\u2192\u2194\u21d0\u21d2\u21d4\u27a1\u2b05\u2b0c\u21e8\u2b04"
#: What stands for a status, as pages and converters give it: ticks, crosses, coloured discs, and a box for what they have not.
MARK = (
    "[\u2713\u2714\u2705\u2717\u2718\u274c\u2715\u2716\u2370\ufffd\u25cf\u25cb\U0001f534\U0001f7e0\U0001f7e1\U0001f7e2]"
)
#: Any of the arrows, as a pattern.
ARROW = f"[{UP}{DOWN}{SAME}]"
