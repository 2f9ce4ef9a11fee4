"""Draws a workbook as it would be printed, a picture a page: for looking at it.

    python tests/live/draw.py workbooks/dcst-2018-19-q2.xlsx FOLDER

Needs LibreOffice, the font Carlito (Calibri's metrics) and poppler's pdftoppm.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from live.calc import recalculated

_DOTS = "80"


def draw(path: Path, folder: Path) -> list[Path]:
    """Return a PNG file for each page of a workbook.

    Args:
        path: The workbook.
        folder: Where to put the pictures; made where it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        pages = recalculated(path, Path(made), "pdf")
        subprocess.run(["pdftoppm", "-r", _DOTS, "-png", str(pages), str(folder / path.stem)], check=True)
    return sorted(folder.glob(f"{path.stem}*.png"))


if __name__ == "__main__":
    print(*draw(Path(sys.argv[1]), Path(sys.argv[2])), sep="\n")
