"""Charts as pictures that are text: sharp at any size, read aloud by their title and description."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape

from xlkpi.calculate.status import Status
from xlkpi.pack.document import Chart, Role, Series, figure
from xlkpi.writers import look

_WIDTH, _HEIGHT = 760, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 130, 14, 40
_TICKS = 5
_LINES = {
    Role.FIGURE: (look.ACCENT, ""),
    Role.TARGET: (look.STATUS_PAIRS[Status.ON].text, "7 4"),
    Role.TOLERANCE: (look.STATUS_PAIRS[Status.INSIDE].text, "2 4"),
}
_BAR, _GAP, _NAMES = 26, 12, 200
_LETTER = 7
_LEAST_APART = 15


def drawn(chart: Chart) -> str:
    """Return a chart as an SVG element."""
    inside, height = _bars(chart) if chart.is_stacked else _lines(chart)
    title, description = f"{chart.name}-title", f"{chart.name}-description"
    return (
        f'<svg class="chart" role="img" aria-labelledby="{title} {description}" viewBox="0 0 {_WIDTH} {height}" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="{title}">{escape(chart.title)}</title>'
        f'<desc id="{description}">{escape(chart.description)}</desc>{inside}</svg>'
    )


def ticks(low: Fraction, high: Fraction) -> list[Fraction]:
    """Return round numbers that enclose a span, a handful of them.

    Examples:
        >>> [int(one) for one in ticks(Fraction(71), Fraction(85))]
        [70, 75, 80, 85]
        >>> [str(one) for one in ticks(Fraction(18, 100), Fraction(42, 100))]
        ['3/20', '1/5', '1/4', '3/10', '7/20', '2/5', '9/20']
    """
    span = (high - low) or abs(high) or Fraction(1)
    power = Fraction(10) ** math.floor(math.log10(span / _TICKS))
    step = next(power * factor for factor in (1, 2, 5, 10) if span / (power * factor) <= _TICKS)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * place for place in range(first, max(last, first + 1) + 1)]


def marks_of(chart: Chart) -> list[Fraction]:
    """Return the round numbers along the axis of a line chart; no line but one at 0 lies on the axis itself."""
    known = [value for one in chart.series for value in one.values if value is not None]
    marks = ticks(min(known), max(known))
    if marks[0] == min(known) and marks[0] > 0:
        marks.insert(0, max(marks[0] - (marks[1] - marks[0]), Fraction(0)))
    return marks


def _lines(chart: Chart) -> tuple[str, int]:
    marks = marks_of(chart)
    low, high = marks[0], marks[-1]
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM

    def y(value: Fraction) -> float:
        return float(bottom - (value - low) / (high - low) * (bottom - _TOP))

    step = (right - _LEFT) / max(len(chart.categories) - 1, 1)
    parts = [
        f'<line x1="{_LEFT}" x2="{right}" y1="{y(mark):.1f}" y2="{y(mark):.1f}" stroke="{look.RULE}"/>'
        + _text(_LEFT - 8, y(mark) + 4, _printed(mark, marks, chart), look.GREY, "end")
        for mark in marks
    ]
    every = math.ceil(len(chart.categories) / 6)
    parts += [
        _text(_LEFT + place * step, bottom + 20, name, look.GREY, "middle")
        for place, name in enumerate(chart.categories)
        if (len(chart.categories) - 1 - place) % every == 0
    ]
    for one in chart.series:
        colour, dashes = _LINES[one.role]
        dash = f' stroke-dasharray="{dashes}"' if dashes else ""
        for run in _runs(one.values):
            if len(run) == 1:
                [(place, value)] = run
                parts.append(f'<circle cx="{_LEFT + place * step:.1f}" cy="{y(value):.1f}" r="3" fill="{colour}"/>')
                continue
            points = " ".join(f"{_LEFT + place * step:.1f},{y(value):.1f}" for place, value in run)
            parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
    parts += _labels(chart, step, y)
    return "".join(parts), _HEIGHT


def _printed(mark: Fraction, marks: Sequence[Fraction], chart: Chart) -> str:
    step, decimals = marks[1] - marks[0], 0
    while (step * 10**decimals).denominator != 1:
        decimals += 1
    return figure(mark, chart.unit, decimals).text


def _runs(values: Sequence[Fraction | None]) -> Iterator[list[tuple[int, Fraction]]]:
    """Yield the stretches of a line that no gap breaks."""
    run: list[tuple[int, Fraction]] = []
    for place, value in enumerate(values):
        if value is None:
            if run:
                yield run
            run = []
        else:
            run.append((place, value))
    if run:
        yield run


def _labels(chart: Chart, step: float, y: object) -> Iterator[str]:
    """Yield a label beside the last point of each line, none upon another."""
    assert callable(y)
    ends = []
    for one in chart.series:
        last = max((place for place, value in enumerate(one.values) if value is not None), default=None)
        if last is not None:
            value = one.values[last]
            assert value is not None
            ends.append((y(value), last, one, value))
    below = -math.inf
    for height, last, one, value in sorted(ends, key=lambda end: end[0]):
        at = max(height + 4, below + _LEAST_APART)
        below = at
        colour = _LINES[one.role][0]
        x = _LEFT + last * step
        if one.role is Role.FIGURE:
            yield f'<circle cx="{x:.1f}" cy="{height:.1f}" r="4" fill="{colour}"/>'
        weight = ' font-weight="bold"' if one.role is Role.FIGURE else ""
        decimals = chart.decimals if one.role is Role.FIGURE else _needed(value)
        said = f"{one.name} {figure(value, chart.unit, decimals).text}"
        yield _text(_WIDTH - _RIGHT + 10, at, said, colour, "start", weight)


def _needed(value: Fraction) -> int:
    decimals = 0
    while (value * 10**decimals).denominator != 1:
        decimals += 1
    return decimals


def _bars(chart: Chart) -> tuple[str, int]:
    most = max(
        (sum(one.values[place] or 0 for one in chart.series) for place in range(len(chart.categories))), default=0
    )
    unit = (_WIDTH - _NAMES - 20) / float(most or 1)
    parts, top = list(_legend(chart.series)), 34
    for place, name in enumerate(chart.categories):
        parts.append(_text(_NAMES - 10, top + _BAR * 0.68, name, look.INK, "end"))
        x = float(_NAMES)
        for one in chart.series:
            number = one.values[place] or Fraction(0)
            if number:
                assert one.status is not None
                pair = look.STATUS_PAIRS[one.status]
                width = float(number) * unit
                parts.append(
                    f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}" fill="{pair.ground}" '
                    f'stroke="{pair.text}"/>'
                )
                said = f"{one.status.mark} {number}"
                parts.append(_text(x + width / 2, top + _BAR * 0.68, said, pair.text, "middle", ' font-weight="bold"'))
                x += width
        top += _BAR + _GAP
    return "".join(parts), top


def _legend(series: Sequence[Series]) -> Iterator[str]:
    x = float(_NAMES)
    for one in series:
        assert one.status is not None
        pair = look.STATUS_PAIRS[one.status]
        yield f'<rect x="{x:.1f}" y="6" width="14" height="14" fill="{pair.ground}" stroke="{pair.text}"/>'
        yield _text(x + 20, 18, one.status.label, pair.text, "start")
        x += 44 + _LETTER * len(one.status.label)


def _text(x: float, y: float, text: str, colour: str, anchor: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"{more}>{escape(text)}</text>'
