"""Named cell styles: what a person finds under Cell Styles. XlsxWriter writes only Normal."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

from xlkpi.template.styles import Styles


def named(text: str, styles: Styles) -> str:
    """Return the style part with a named style for each look that has a name, and its cells bound to it."""
    used = sorted((name, style.xf_index) for name, style in styles.named.items() if style.xf_index is not None)
    declared, names = [], []
    for place, (name, index) in enumerate(used, 1):
        text, xf = _bind(text, index, place)
        declared.append(re.sub(r' xfId="\d+"', "", xf))
        names.append(f'<cellStyle name={quoteattr(name)} xfId="{place}"/>')
    count = len(declared) + 1
    text = re.sub(
        r'<cellStyleXfs count="1">(.*?)</cellStyleXfs>',
        lambda found: f'<cellStyleXfs count="{count}">{found[1]}{"".join(declared)}</cellStyleXfs>',
        text,
    )
    return re.sub(
        r'<cellStyles count="1">(.*?)</cellStyles>',
        lambda found: f'<cellStyles count="{count}">{found[1]}{"".join(names)}</cellStyles>',
        text,
    )


_XF = re.compile(r"<xf [^>]*?(?:/>|>.*?</xf>)")


def _bind(text: str, index: int, place: int) -> tuple[str, str]:
    """Return the part with one cell format bound to a named style, and that format."""
    start, end = text.index("<cellXfs "), text.index("</cellXfs>")
    formats = list(_XF.finditer(text, start, end))
    found = formats[index]
    xf = re.sub(r'xfId="\d+"', f'xfId="{place}"', found[0])
    return text[: found.start()] + xf + text[found.end() :], found[0]
