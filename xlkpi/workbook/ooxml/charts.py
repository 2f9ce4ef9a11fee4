"""Charts: what they draw follows a table, and the points they remember are those that were written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlkpi.workbook.ooxml.address import Area
from xlkpi.workbook.ooxml.markup import escape, hide_controls, unescape
from xlkpi.workbook.ooxml.naming import renamed
from xlkpi.workbook.ooxml.reading import Reader
from xlkpi.workbook.ooxml.references import follow_formula, referred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xlkpi.workbook.backend import Value
    from xlkpi.workbook.ooxml.book import Book
    from xlkpi.workbook.ooxml.package import Package
    from xlkpi.workbook.ooxml.references import Resize

_FORMULA = re.compile(r"(<(?:[\w.-]+:)?(?:f|sqref|fullRef)\b[^>]*>)([^<]+)(</)")
_SOURCE = re.compile(r"<((?:[\w.-]+:)?)(numRef|strRef|multiLvlStrRef)>(.*?)</\1\2>", re.DOTALL)
_CACHE = re.compile(r"<((?:[\w.-]+:)?)(numCache|strCache|multiLvlStrCache)>(.*?)</\1\2>", re.DOTALL)
_KEPT = re.compile(r"<(?:[\w.-]+:)?formatCode>[^<]*</(?:[\w.-]+:)?formatCode>")
_LEVELS = re.compile(
    r"(<cx:f\b[^>]*>)([^<]+)(</cx:f>(?:<cx:nf\b[^>]*>[^<]*</cx:nf>)?)(<cx:lvl\b.*?)(?=</cx:(?:num|str)Dim>)", re.DOTALL
)
_CHART_TYPES = ("drawingml.chart+xml", "ms-office.chartex+xml")


def chart_parts(package: Package) -> Iterator[str]:
    """Yield the parts of all charts, wherever they stand."""
    for part in package.names():
        if "/chart" in part.lower() and package.content_type(part).endswith(_CHART_TYPES):
            yield part


def chart_formulas(text: str) -> Iterator[str]:
    """Yield the references of a chart."""
    for found in _FORMULA.finditer(text):
        yield unescape(found[2])


def renamed_chart(text: str, called: Mapping[str, str]) -> str:
    """Return a chart whose references call sheets by other names."""
    return _FORMULA.sub(lambda found: f"{found[1]}{escape(renamed(unescape(found[2]), called))}{found[3]}", text)


def follow_charts(package: Package, resize: Resize) -> None:
    """Have the series that drew a table's rows draw its new rows."""

    def one(found: re.Match[str]) -> str:
        old = unescape(found[2])
        new = follow_formula(old, resize)
        return found[0] if new == old else f"{found[1]}{escape(new)}{found[3]}"

    for part in chart_parts(package):
        package.put(part, _FORMULA.sub(one, package.text(part)))


def refresh_charts(package: Package, book: Book, written: Mapping[str, Sequence[Area]]) -> None:
    """Give the charts that draw written cells the points as they are now.

    Points of formula cells that have no result yet are left out; Excel draws them when it has calculated.
    """
    if not any(written.values()):
        return
    values = _Values(package, book)
    for part in chart_parts(package):
        text = package.text(part)

        def source(found: re.Match[str]) -> str:
            return _refreshed(found, written, values)

        fresh = _SOURCE.sub(source, text)
        package.put(part, _LEVELS.sub(lambda found: _without_levels(found, written), fresh))


class _Values:
    """The values of single areas, each sheet read once as far as needed."""

    def __init__(self, package: Package, book: Book) -> None:
        """Prepare to read."""
        self._reader = Reader(package, date1904=book.date1904, dates=False)
        self._parts = book.worksheets()
        self._rows: dict[tuple[str, int, int], list[tuple[Value, ...]]] = {}

    def of(self, sheet: str, area: Area) -> list[Value]:
        """Return the values of an area, row by row."""
        key = (sheet, area.top, area.bottom)
        if key not in self._rows:
            whole = area._replace(left=1, right=max(area.right, 256))
            self._rows[key] = self._reader.area(self._parts[sheet], whole)[0]
        if area.right > 256:  # noqa: PLR2004
            return [cell for row in self._reader.area(self._parts[sheet], area)[0] for cell in row]
        return [cell for row in self._rows[key] for cell in row[area.left - 1 : area.right]]


def _refreshed(found: re.Match[str], written: Mapping[str, Sequence[Area]], values: _Values) -> str:
    """Return a series' source with fresh points, where it draws written cells."""
    source, cache = found[0], _CACHE.search(found[0])
    formula = _FORMULA.search(found[3])
    if cache is None or formula is None:
        return source
    areas = list(referred(unescape(formula[2])))
    if not any(area.meets(one) for sheet, area in areas for one in written.get(sheet, ())):
        return source
    simple = len(areas) == 1 and "," not in formula[2] and cache[2] != "multiLvlStrCache"
    fresh = _cache_xml(cache, values.of(*areas[0])) if simple else ""
    return source[: cache.start()] + fresh + source[cache.end() :]


def _cache_xml(cache: re.Match[str], values: list[Value]) -> str:
    prefix, numeric = cache[1], cache[2] == "numCache"
    kept = _KEPT.search(cache[3])
    points = []
    for index, value in enumerate(values):
        shown = _point(value, numeric=numeric)
        if shown is not None:
            points.append(f'<{prefix}pt idx="{index}"><{prefix}v>{shown}</{prefix}v></{prefix}pt>')
    code = kept[0] if kept else ""
    inner = f'{code}<{prefix}ptCount val="{len(values)}"/>{"".join(points)}'
    return f"<{prefix}{cache[2]}>{inner}</{prefix}{cache[2]}>"


def _point(value: Value, *, numeric: bool) -> str | None:
    """Return a value as a remembered point; None where the chart has none there."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return str(int(value)) if float(value).is_integer() and abs(value) < 2**53 else repr(float(value))
    if numeric or not isinstance(value, str):
        return None
    return escape(hide_controls(value))


def _without_levels(found: re.Match[str], written: Mapping[str, Sequence[Area]]) -> str:
    """Return a newer chart's data without the points it remembers, where it draws written cells."""
    areas = referred(unescape(found[2]))
    stale = any(area.meets(one) for sheet, area in areas for one in written.get(sheet, ()))
    return f"{found[1]}{found[2]}{found[3]}" if stale else found[0]
