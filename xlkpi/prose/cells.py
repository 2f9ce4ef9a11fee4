"""The cells of a line that is a row of a table: between bars, tabs or blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from xlkpi.prose.arrows import ARROW, MARK
from xlkpi.prose.sentences import Part
from xlkpi.prose.stacks import DATED, PERIOD, SPAN

#: What stands before a point of a list, as typists, Word and converters have it.
_BULLET = r"-*+\u2022\u25cf\u25aa\u25e6\u2013\u00b7\u2023\u2043\u25ab\u25a0\u27a2\u27a4\uf0b7\uf0a7\uf0d8\uf0fco"
MARKS = re.compile(rf"[ \t]*(?P<hashes>#{{1,6}}\s+)?(?P<quote>>\s+)?(?P<bullet>[{_BULLET}](?:[ \t]+))?")
#: ``4.7 points below last year`` begins with a figure, and not with the number of a paragraph.
_NO_UNIT = (
    r"(?!\s+(?:(?:percentage|full)\s+)?"
    r"(?:points?|pp|per\s?cent|percent|times|days|weeks|months|years|million|more|fewer|higher|lower|per)\b)"
)
NUMBER = re.compile(
    rf"(?:\*\*|__)?(?P<number>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,4}}{_NO_UNIT}|"
    r"[0-9]{1,2}(?=[.)](?:\s|[A-Z][a-z]))"
    r"|[0-9]{1,2}(?=\s{1,4}[A-Z][A-Z ]{3,}|\t+(?:\S+[ ]){4}))[.)]?(?:\*\*|__)?(?:[ \t]+|(?<=[.)])(?=[A-Z][a-z]))(?=\S)"
)
RULE = re.compile(r"[\s|:+=_-]*")
_UNIT = rf"%|\s(?:per\s?cent|percent|percentage\s+points?|pp|{SPAN})"
#: A length of time behind these belongs to the name: ``within 56 days``.
_UNBOUND = "".join(
    rf"(?<!\b{word})"
    for word in ("per", "within", "inside", "over", "in", "than", "least", "under", "after", "every", "aged")
)
#: What stands for a figure where there is none.
_NONE = r"(?i:n/?[adk]|tb[ac]|no\s+(?:tgt|target))"
_CELL = rf"[-\u2212]?\u00a3?[0-9][0-9,]*(?:\.[0-9]+)?(?:{_UNIT})?(?:\s\([0-9,]+\s?/\s?[0-9,]+\))?\*?|{_NONE}|[-\u2013]"
#: What else may stand among the figures of a row: a status, a direction, an arrow, the letter of a smiling face.
_SAID = (
    r"red|amber|green|better|worse(?:n(?:ed|ing)?)?|improv(?:e|ed|ing)|declin(?:e|ed|ing)|deteriorat(?:ed|ing)|maintained|unchanged|same|static"
    r"|stable"
)
_WORD = rf"(?i:{_SAID}|no\s+change)|up|down|[A-Zx?]|{ARROW}\ufe0f?|{MARK}"
_FIGURES = re.compile(
    rf"(?P<label>\S.*?[A-Za-z*)].*?){_UNBOUND}(?P<cells>\s+(?:{_CELL})(?=\s)(?:\s+(?:{_CELL}|{_WORD})(?=\s|$))+)\s*"
)
_GLUED = re.compile(rf"(?<=[A-Za-z)*]{{2}}){_UNBOUND}\s(?P<figure>{_CELL})$")
_ONE_CELL = re.compile(rf"(?:{_CELL}|{_WORD})(?=\s|$)")
_PAIR = re.compile(rf"[^|]*[A-Za-z][^|]*\s\|\s*[-\u2212]?[\u00a3]?[0-9][0-9,]*(?:\.[0-9]+)?(?:{_UNIT})?")
#: How a row of figures ends; few lines of prose do.
_ROW_END = re.compile(
    rf"(?:[0-9%*)\u2013-]|\b(?i:cent|percent|points?|pp|{SPAN})|(?<!\w)(?:{_NONE})|(?<!\w)(?:{_WORD}))\s*$"
)
_ENDING = 14
FEWEST_FIGURES = 2
_NUMBERED = 3  # cells of what may as well be a numbered paragraph that ends in figures
BAR = re.compile(r"\|")
TABS = re.compile(r"\t+")
_GAP = re.compile(r"\S(?P<gap>\s{3,})(?=\S)")
#: What parts columns; a long name may leave but two blanks before its first figure.
_WIDE = re.compile(r"\s{3,}|(?<=[A-Za-z)])\s{2}(?=[0-9\u00a3-][0-9.,]*%?(?:\s{2,}|$))")
#: Columns that stand close together, so many that it is no writer's habit.
_NARROW, _MANY = re.compile(r"[^\s.!?:](?=\s{2,}\S)"), 3
_LABELLED = re.compile(r"[A-Z][\w ]{1,24}:\s+\S.*?\s{3,}(?:[A-Z][\w ]{1,24}:\s+\S.*?(?:\s{3,}|$))+")
ROW_LENGTH = 200
#: A row with a long name, which has as many cells as no sentence ends in.
_LONGEST, _WIDE_ROW = 320, 4
#: ``Performance 2013 \u2013 2019``: years from to, and no figures.
_YEARS = re.compile(r"\s*(?:19|20)[0-9]{2}\s+[\u2013-]\s+(?:19|20)[0-9]{2}\s*")
#: The end of a sentence, of which the last cell of a row has one at most.
_ENDS = re.compile(r"[a-z0-9%)]\.(?=\s+[A-Z]|\s*$)")


def cells_of(start: int, text: str) -> tuple[Part, ...]:
    """Return the cells of a table row; none where a line is no row."""
    bare = text.strip()
    if RULE.fullmatch(bare):
        return ()
    is_parted = bare.count("|") > 1 and len(_ENDS.findall(bare[bare.rfind("|") :])) <= 1
    if bare.startswith("|") or is_parted or _PAIR.fullmatch(bare):
        return split(start, text, BAR, edges=bare.startswith("|"))
    before = text[: text.rfind("\t") + 1]
    if "\t" in text.strip("\r\n ") and not MARKS.fullmatch(before):
        return () if _is_numbered(text, len(before)) else split(start, text, re.compile(r"\t"), edges=False)
    if len(_GAP.findall(bare)) > 1 and not is_labelled(bare):
        return split(start, text, _WIDE, edges=False)
    if len(_NARROW.findall(bare)) > _MANY:
        return split(start, text, re.compile(r"\s{2,}"), edges=False)
    cells = _set_with_blanks(start, text) if len(bare) <= _LONGEST else ()
    least = _WIDE_ROW if len(bare) > ROW_LENGTH else _NUMBERED if NUMBER.match(text) else 0
    return cells if len(cells) > least else ()


def is_labelled(text: str) -> bool:
    """Return whether a line is one of labelled figures: ``Result: 79.1%   Target: 85%``."""
    return len(text) <= ROW_LENGTH and _LABELLED.fullmatch(text) is not None


def glued(name: str) -> tuple[int, int] | None:
    """Return where a name of a row ends, and where the figure starts that one blank parts from it; None without one."""
    found = _GLUED.search(name)
    return None if found is None else (found.start(), found.start("figure"))


def _is_numbered(text: str, end: int) -> bool:
    """Return whether a tab parts a paragraph from its number, and no cells."""
    found = NUMBER.match(text)
    return found is not None and found.end() == end


def _set_with_blanks(start: int, text: str) -> tuple[Part, ...]:
    """Return the cells of a row whose figures stand behind its label with single blanks; none where it is no such row."""
    is_row = _ROW_END.search(text[-_ENDING:]) and not DATED.fullmatch(text.strip())
    found = _FIGURES.fullmatch(text) if is_row else None
    if found is None or _YEARS.fullmatch(found["cells"]):
        return ()
    cells = list(_ONE_CELL.finditer(text, *found.span("cells")))
    end = found.end("label")
    if PERIOD.fullmatch(text[found.start("label") : cells[0].end()]):  # 30 Sep 2013
        end = cells.pop(0).end()
    figures = [one for one in cells if re.fullmatch(_CELL, one[0])]
    has_any = any(re.match("[0-9]", one[0].lstrip("-\u2212\u00a3")) for one in figures)
    is_dashed = _is_dashed(found, figures) if len(cells) == len(figures) else _is_dash_before_word(cells)
    if not has_any or len(figures) < FEWEST_FIGURES or is_dashed:
        return ()
    label = Part(start + found.start("label"), start + end)
    return (label, *(Part(start + one.start(), start + one.end()) for one in cells))


def _is_dashed(row: re.Match[str], figures: Sequence[re.Match[str]]) -> bool:
    """Return whether one figure stands behind a dash, as in ``Red \u2013 4``, and not behind an empty cell."""
    is_dash = figures[0][0] == "\u2013" or (figures[0][0] == "-" and bool(re.search("[;:,]", row["label"])))
    return len(figures) == FEWEST_FIGURES and is_dash


def _is_dash_before_word(cells: Sequence[re.Match[str]]) -> bool:
    """Return whether a dash parts the one figure of a line from a word, as in ``Actual: 93.4% \u2013 green``."""
    return len(cells) == _NUMBERED and cells[1][0] in "-\u2013" and re.fullmatch(_CELL, cells[2][0]) is None


def split(start: int, text: str, at: re.Pattern[str], *, edges: bool) -> tuple[Part, ...]:
    """Return the pieces of a line without the blanks around them; with edges, the first and last bar part nothing."""
    cuts = [(0, 0), *((one.start(), one.end()) for one in at.finditer(text)), (len(text), len(text))]
    found = []
    for (_, left), (right, _) in pairwise(cuts):
        piece = text[left:right]
        inner = piece.strip()
        lead = len(piece) - len(piece.lstrip()) if inner else 0
        found.append(Part(start + left + lead, start + left + lead + len(inner)))
    if edges:
        found = found[1:]
        if text.rstrip().endswith("|"):
            found = found[:-1]
    return tuple(found)
