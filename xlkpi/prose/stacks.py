"""Tables whose cells stand one to a line, as a page gives them where its columns are lost, and lines of a date and a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from xlkpi.prose.arrows import ARROW, MARK
from xlkpi.prose.sentences import Part

_YEAR = r"(?:(?:19|20)?[0-9]{2}\s?[/\u2013-]\s?(?:19|20)?[0-9]{2}|(?:19|20)[0-9]{2})"
_QUARTER = r"(?:Q|Qtr\.?|Quarter)\s?[1-4]"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?[\s'-]*(?:(?:19|20)[0-9]{2}|[0-9]{2}\b)"
_WHEN = (
    rf"(?:{_QUARTER}[\s,(/\u2013-]*{_YEAR}\)?|{_YEAR}[\s,/\u2013-]*{_QUARTER}|(?:[0-9]{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}"
    rf"|(?:19|20)[0-9]{{2}}\s?[/\u2013-]\s?(?:19|20)?[0-9]{{2}})"
)
#: Units of time behind a figure.
SPAN = r"(?:working\s+)?days?|weeks?|months?|hours?|minutes?|mins|seconds?|secs"
_COUNT = (
    r"(?:\+/?)?[\u2212-]?\u00a3?[0-9][0-9,]*(?:\.[0-9]+)?"
    rf"(?:\s?(?:%|per\s?cent|percentage\s+points?|pp|{SPAN}))?"
)
#: A cell with a figure or a status, and nothing else.
_VALUE = re.compile(
    rf"(?:[<>\u2264\u2265]=?\s?|(?:at\s+least|no\s+more\s+than|under|over|up\s+to)\s+)?{_COUNT}\s?[*\u2020\u00b9\u00b2\u00b3]?"
    rf"(?:\s*(?:red|amber|green|[RAG]|\([^()]{{1,60}}\)|{MARK}|{ARROW}\ufe0f?))?"
    r"|n/?[adk]|not\s+(?:yet\s+)?(?:collected|available|reported|known)|tbc|-|\u2013|\u2014"
    rf"|(?:red|amber|green)|{MARK}\ufe0f?|{ARROW}\ufe0f?|(?:on|at|off|above|below|within|inside|outside)\s+(?:target|tolerance)|(?:not\s+)?(?:met|achieved)|missed|yes|no"
    r"|better|worse|improv(?:ed|ing)|declin(?:ed|ing)|no\s+change|same|static|stable|up|down",
    re.IGNORECASE,
)
#: A date and a figure, and nothing else.
DATED = re.compile(
    rf"(?P<label>(?:[\w()]{{1,12}}\s*[/|]\s*)?{_WHEN})\s*(?:[:=\u2013-]\s*|\s)\s*(?P<figure>{_COUNT})", re.IGNORECASE
)
#: Words by which a line is the heading of a column.
_HEAD = re.compile(
    rf"\b(?:{_WHEN}|{_QUARTER}|(?:19|20)[0-9]{{2}}|targets?|actual|outturn|performance|results?|status|rag|rating|previous|last|current|latest|direction"
    r"|travel|dot|trend|change|variance|quarter|qtr|year|england|national|region\w*|neighbours?|average|wales|tolerance|indicator|measure|pi|kpi|ref|ytd)\b",
    re.IGNORECASE,
)
#: A line that is a period, and nothing else.
PERIOD = re.compile(rf"\s*(?:{_WHEN}|{_YEAR})\s*", re.IGNORECASE)
#: What heads a column of periods, so that what stands beside it heads columns of figures.
_PERIODS = re.compile(r"(?:as\s+at|date|period|quarter|month|year)s?(?:\s+end(?:ing|ed)?)?", re.IGNORECASE)
_DAY = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}"
_DAYS = re.compile(rf"\s*(?:{_WHEN}|{_YEAR}|{_DAY}\s*(?:-|\u2013|to)\s*{_DAY})\s*", re.IGNORECASE)
_ONLY_QUARTER = re.compile(rf"\s*{_QUARTER}\s*", re.IGNORECASE)
_NUMBER, _UNNUMBERED = re.compile(r"[1-4]"), re.compile(r"\s*(?:Quarter|Qtr)\.?\s*", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{1,6}(?:[-_./ ][A-Z]{1,6})?[-_./ ]?[0-9]{1,4}(?:[.][0-9]{1,3})?[a-z]?")
_LETTERS = re.compile(r"[A-Za-z]{3}")
_GOES_ON = re.compile(r"\s*[a-z(&]")
_QUARTERS = 4  # of a year
_LONGEST_NAME, _LONGEST_HEAD = 160, 45
_LEAST = 2  # cells of a row, and rows
_ALIKE = 3  # rows with as many cells that other lines part
_MOST, _MOST_HEADS = 10, 14  # cells of a row, and lines of headings

Cells = tuple[Part, ...]


def stacked(source: str, lines: Sequence[Part]) -> list[Cells]:
    """Return the rows that lines make together: a name and as many figures as the next has, and dates with a figure.

    Args:
        source: The text.
        lines: Those that are not empty and no rows by themselves, in order.

    Returns:
        The cells of each row in order; the lines in which they stand are not to be read otherwise.
    """
    lines = _joined(source, lines)
    found = [*_series(source, lines)]
    single: list[Cells] = []
    at = 0
    while at < len(lines):
        if set_ := _under_periods(source, lines, at):
            found += set_
            at += 2 * (len(set_[0]) - 1)
            continue
        rows, end = _rows(source, lines, at)
        width = len(rows[0]) - 1 if rows else 0
        heads = _heads(source, lines[:at], width) if rows else ()
        if rows and (len(rows) >= _LEAST or heads):
            found += [heads, *rows] if heads else rows
            at = end
        else:
            single += rows
            at = end if rows else at + 1
    found += (row for row in single if sum(len(one) == len(row) for one in single) >= _ALIKE)
    return sorted(found, key=lambda cells: cells[0].start)


def _joined(source: str, lines: Sequence[Part]) -> list[Part]:
    """Return lines, ``Quarter`` with its number from the line below as one."""
    found: list[Part] = []
    for one in lines:
        words = source[one.start : one.end].strip()
        if found and _NUMBER.fullmatch(words) and _UNNUMBERED.fullmatch(source, found[-1].start, found[-1].end):
            found[-1] = Part(found[-1].start, one.end)
        else:
            found.append(one)
    return found


def _under_periods(source: str, lines: Sequence[Part], at: int) -> list[Cells]:
    """Return headings and figures where periods stand below each other and as many figures below these; none elsewhere.

    ::

        31 March 2017
        31 March 2018
        196 (47.7)
        207 (50.0)
    """
    count = 0
    while at + count < len(lines) and _DAYS.fullmatch(source[lines[at + count].start : lines[at + count].end].strip()):
        count += 1
    below = lines[at + count : at + 2 * count]
    if count < _LEAST or len(below) < count:
        return []
    if not all(_VALUE.fullmatch(source[one.start : one.end].strip()) for one in below):
        return []
    corners = (Part(lines[at].start, lines[at].start), Part(below[0].start, below[0].start))
    return [(corners[0], *lines[at : at + count]), (corners[1], *below)]


def _series(source: str, lines: Sequence[Part]) -> Iterator[Cells]:
    """Yield lines of a date and a figure, where several stand below each other."""
    found = [DATED.fullmatch(source[one.start : one.end].strip()) for one in lines]
    for place, (line, match) in enumerate(zip(lines, found, strict=True)):
        is_one_of_several = any(0 <= other < len(found) and found[other] for other in (place - 1, place + 1))
        if match and is_one_of_several:
            at = line.start + len(source[line.start : line.end]) - len(source[line.start : line.end].lstrip())
            yield (Part(at, at + match.end("label")), Part(at + match.start("figure"), at + match.end("figure")))


def _rows(source: str, lines: Sequence[Part], at: int) -> tuple[list[Cells], int]:
    """Return the rows that begin with a line, and behind which line they end; all have as many cells."""
    rows: list[Cells] = []
    while at < len(lines):
        is_long = at + 1 < len(lines) and (_goes_on(source, lines[at], lines[at + 1]) or _is_coded(source, lines, at))
        names = 2 if is_long else 1
        end = at + names
        while end < len(lines) and _VALUE.fullmatch(source[lines[end].start : lines[end].end].strip()):
            end += 1
        values = lines[at + names : end]
        if not _is_name(source, lines[at]) or not _LEAST <= len(values) <= _MOST:
            break
        if rows and len(values) + 1 != len(rows[0]):
            break
        rows.append((Part(lines[at].start, lines[at + names - 1].end), *values))
        at = end
    return rows, at


def _is_coded(source: str, lines: Sequence[Part], at: int) -> bool:
    """Return whether a line holds the code of what the next one names, and nothing else."""
    words, following = (source[one.start : one.end].strip() for one in lines[at : at + 2])
    return bool(_CODE.fullmatch(words)) and not _VALUE.fullmatch(following)


def _is_name(source: str, line: Part) -> bool:
    words = source[line.start : line.end].strip()
    is_short = len(words) <= _LONGEST_NAME and words[-1] not in ".;?!"
    return (
        is_short
        and bool(_LETTERS.search(words) or _CODE.fullmatch(words) or PERIOD.fullmatch(words))
        and not _VALUE.fullmatch(words)
        and not DATED.fullmatch(words)
    )


def _goes_on(source: str, line: Part, following: Part) -> bool:
    """Return whether a name goes on in the next line."""
    words = source[following.start : following.end]
    return _is_name(source, line) and bool(_GOES_ON.match(words)) and _is_name(source, following)


def _heads(source: str, above: Sequence[Part], width: int) -> Cells:
    """Return the headings of so many columns that stand above, one to a line or broken over two; none where there are none."""
    if width < len(above) and _PERIODS.fullmatch(source[above[-width - 1].start : above[-width - 1].end].strip()):
        return tuple(above[-width - 1 :])
    lines: list[Part] = []
    for one in reversed(above[-_MOST_HEADS:]):
        words = source[one.start : one.end].strip()
        if len(words) > _LONGEST_HEAD or words[-1] in ".;:?!" or not _HEAD.search(words):
            break
        lines.insert(0, one)
    if shorter := _without_those_to_come(source, lines, width):
        return shorter
    best: tuple[int, Cells] = (0, ())
    for skipped in range(len(lines)):
        for count in (width, width + 1):
            for cells in _groupings(lines[skipped:], count):
                worth = sum(_worth(source, one) for one in cells) - skipped
                if worth > best[0]:
                    best = worth, cells
    cells = best[1]
    return (Part(cells[0].start, cells[0].start), *cells) if len(cells) == width else cells


def _without_those_to_come(source: str, lines: Sequence[Part], width: int) -> Cells:
    """Return the headings of columns with figures where those of the quarters that follow have none; none elsewhere.

    ``2018/19``, ``Quarter 1``, ``Quarter 2``, ``Quarter 3``, ``Quarter 4`` over three figures: the year has two more quarters.
    """
    cells = lines[:width]
    numbers = [
        int(words[-1]) if _ONLY_QUARTER.fullmatch(words) else 0
        for words in (" ".join(source[one.start : one.end].split()) for one in lines[width - 1 :])
    ]
    follow = len(numbers) > 1 and numbers[0] > 0 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if not follow or numbers[-1] != _QUARTERS:
        return ()
    last = Part(cells[-1].start, lines[-1].end)  # the others stand behind it and head nothing
    return (Part(cells[0].start, cells[0].start), *cells[:-1], last)


def _groupings(lines: Sequence[Part], count: int) -> Iterator[Cells]:
    """Yield how lines can make so many cells, of one or two lines each; those that join later ones first."""
    joined = len(lines) - count
    if not 0 <= joined <= count:
        return
    for places in reversed(list(combinations(range(count), joined))):
        at, cells = 0, []
        for place in range(count):
            size = 2 if place in places else 1
            cells.append(Part(lines[at].start, lines[at + size - 1].end))
            at += size
        yield tuple(cells)


def _worth(source: str, cell: Part) -> int:
    """Return how much a cell looks like one whole heading: a quarter with its year does more than either alone."""
    lines = [one.strip() for one in source[cell.start : cell.end].splitlines() if one.strip()]
    whole = " ".join(lines)
    if len(lines) == 1:
        return 1 if _ONLY_QUARTER.fullmatch(whole) else 2
    if PERIOD.fullmatch(whole):
        return 4
    are_two = any(PERIOD.fullmatch(one) for one in lines) or any(_ONLY_QUARTER.fullmatch(one) for one in lines)
    return 0 if are_two or all(one[:1].isupper() for one in lines) else 3
