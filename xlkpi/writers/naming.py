"""Named cell styles: what a person finds under Cell Styles. XlsxWriter writes only Normal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import quoteattr

_XF = re.compile(r"<xf [^>]*?(?:/>|>.*?</xf>)")
#: Names that Excel has itself, with its numbers for them.
_BUILT_IN = {"Title": 15, "Heading 1": 16}
_PARENT = re.compile(r' xfId="\d+"')


def named(text: str, indexes: Mapping[str, Sequence[int]]) -> str:
    """Return the style part with named styles, and the cell formats that go by each name bound to it.

    Args:
        text: The part as XlsxWriter wrote it.
        indexes: The numbers of the cell formats of each style, by name; the first is the style itself.
    """
    start, end = text.index("<cellXfs "), text.index("</cellXfs>")
    formats = _XF.findall(text, start, end)
    opening = text[start : text.index(">", start) + 1]
    declared, names = [], []
    for place, (name, bound) in enumerate(sorted(indexes.items()), 1):
        declared.append(_PARENT.sub("", formats[bound[0]]))
        own = f' builtinId="{_BUILT_IN[name]}"' if name in _BUILT_IN else ""
        names.append(f'<cellStyle name={quoteattr(name)} xfId="{place}"{own}/>')
        for index in bound:
            formats[index] = _PARENT.sub(f' xfId="{place}"', formats[index])
    text = text[:start] + opening + "".join(formats) + text[end:]
    return _longer(_longer(text, "cellStyleXfs", declared), "cellStyles", names)


def _longer(text: str, element: str, more: Sequence[str]) -> str:
    """Return the part with more members in a list that has one."""
    opening = f'<{element} count="1">'
    assert opening in text, f"{element} has other members than expected"
    text = text.replace(opening, f'<{element} count="{len(more) + 1}">')
    return text.replace(f"</{element}>", "".join(more) + f"</{element}>")
