"""Cell styles of the workbook: each look once, however often it is asked for, some of them with a name."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from xlkpi.calculate.status import Status
from xlkpi.workbook.layout import Column, Shape
from xlkpi.writers import look

_FIGURES = frozenset({Shape.FIGURE, Shape.GAP, Shape.CHANGE, Shape.SHARE})
_RIGHT = _FIGURES | {Shape.NUMBER, Shape.WHOLE, Shape.COUNT, Shape.WORKED}
_CENTRED_ROWS = {"valign": "vcenter"}
_WRAPPED = {Shape.LONG}
#: Kept as text: 1.10 is a code, not a number.
TEXT_SHAPES = frozenset({Shape.CODE, Shape.QUARTER})
#: Shows the open side of a band as a dash.
_BAND_FORMAT = '[>=1E+299]"–";[<=-1E+299]"–";General'
_TIME_FORMAT = "d mmm yyyy hh:mm"

#: The looks that a person finds under Cell Styles, by the name shown there.
NAMED: dict[str, dict[str, Any]] = {
    "xlkpi title": {"bold": True, "font_size": 20, "font_color": look.ACCENT},
    "xlkpi subtitle": {"font_color": look.GREY},
    "xlkpi heading": {
        "bold": True,
        "font_color": look.WHITE,
        "bg_color": look.ACCENT,
        "text_wrap": True,
        "valign": "vcenter",
    },
    "xlkpi typed": {"bg_color": look.TYPED, "bottom": 1, "bottom_color": look.RULE, "locked": False},
    "xlkpi worked out": {"bottom": 1, "bottom_color": look.RULE},
    "xlkpi note": {"font_color": look.GREY, "italic": True},
}


class Styles:
    """Gives the formats of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        """Start with none but the named ones."""
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._bound: dict[str, list[Format]] = {}
        self.named = {name: self.like(name) for name in NAMED}

    def get(self, **properties: Any) -> Format:
        """Return the format with these properties of XlsxWriter; ink on white unless said otherwise."""
        properties = {"font_name": look.FONT, "font_color": look.INK, **_CENTRED_ROWS, **properties}
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def like(self, name: str, **more: Any) -> Format:
        """Return the format of a named style with some properties of its own; its cells keep the name."""
        found = self.get(**{**NAMED[name], **more})
        bound = self._bound.setdefault(name, [])
        if found not in bound:
            bound.append(found)
        return found

    def indexes(self) -> dict[str, list[int]]:
        """Return the number of each format that goes by a name, by name; the first is the style itself."""
        return {name: [one._get_xf_index() for one in bound] for name, bound in self._bound.items()}  # noqa: SLF001

    def difference(self, **properties: Any) -> Format:
        """Return a format for a conditional format: only what it changes."""
        key = ("difference", True), *sorted(properties.items())
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def status(self, status: Status, *, bold: bool = True) -> Format:
        """Return the tint of a status, for a conditional format."""
        pair = look.STATUS_PAIRS[status]
        return self.difference(font_color=pair.text, bg_color=pair.ground, bold=bold)

    def heading(self, column: Column, *, is_input: bool, is_last: bool) -> Format:
        """Return the look of a heading: figures to the right, worked columns of an input sheet step back."""
        style = _aligned(column, is_last=is_last)
        if column.shape is Shape.WORKED:
            style |= {"bold": False, "font_size": 9, "font_color": look.GREY, "bg_color": look.BAND}
        elif is_input and not column.typed:
            style["bg_color"] = look.GREY
        return self.like("xlkpi heading", **style)

    def body(self, column: Column, *, is_last: bool, **more: Any) -> Format:
        """Return the look of a data cell of a column."""
        style = _aligned(column, is_last=is_last)
        if column.shape in _WRAPPED:
            style["text_wrap"] = True
        if column.shape in TEXT_SHAPES:
            style["num_format"] = look.TEXT_FORMAT
        if column.shape is Shape.TIME:
            style["num_format"] = _TIME_FORMAT
        if column.shape is Shape.WORKED:
            style |= {"font_color": look.GREY, "font_size": 9, "num_format": _BAND_FORMAT}
        if column.shape is Shape.LINK:
            style |= {"font_color": look.ACCENT, "underline": 1}
        return self.like("xlkpi typed" if column.typed else "xlkpi worked out", **{**style, **more})


def _aligned(column: Column, *, is_last: bool) -> dict[str, Any]:
    """Return how a column is aligned: figures right, texts left; neither stands against the edge of its table."""
    if column.shape in _RIGHT:
        return {"align": "right", "indent": 1} if is_last else {"align": "right"}
    return {"align": "left", "indent": 1}
