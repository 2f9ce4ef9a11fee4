"""Parts of files that XlsxWriter wrote, put right and put away the same way every time."""

from __future__ import annotations

import re
import zipfile

_STAMP = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_LINES = re.compile(r"<c:lineChart>.*?</c:lineChart>", re.DOTALL)


def entry(name: str) -> zipfile.ZipInfo:
    """Return what a zip file says of a part: always the same time, system and rights."""
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = _UNIX
    info.external_attr = 0o600 << 16
    return info


def explicit(chart: str) -> str:
    """Say in a chart what it does not show; where nothing is said, readers other than Excel take yes for an answer."""
    shown = '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    chart = chart.replace('<c:showVal val="1"/>', f'{shown}<c:showPercent val="0"/><c:showBubbleSize val="0"/>')
    return _LINES.sub(lambda lines: lines[0].replace("</c:val></c:ser>", '</c:val><c:smooth val="0"/></c:ser>'), chart)
