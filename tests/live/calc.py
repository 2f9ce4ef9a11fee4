"""LibreOffice in a process of its own: it opens a workbook, works every formula out anew and saves what it got."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

_CALC = "/org.openoffice.Office.Calc/"
_SETTINGS = (
    (f"{_CALC}Formula/Load", "OOXMLRecalcMode", "0"),  # always: what the file remembers is not an answer
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "en-GB"),
    ("/org.openoffice.Office.Common/Misc", "UseLocking", "false"),
)
_SECONDS = 300


def recalculated(path: Path, folder: Path, kind: str) -> Path:
    """Return what LibreOffice makes of a workbook after working out every formula.

    Args:
        path: The workbook; it is not changed.
        folder: Where to put the result.
        kind: ``xlsx`` or ``pdf``.
    """
    [result] = all_recalculated([path], folder, kind)
    return result


def all_recalculated(paths: Sequence[Path], folder: Path, kind: str = "xlsx") -> list[Path]:
    """Return what LibreOffice makes of several workbooks, which it is started for once."""
    soffice = os.environ.get("XLKPI_SOFFICE") or shutil.which("soffice")
    assert soffice, "LibreOffice (soffice) is not installed"
    with tempfile.TemporaryDirectory() as profile:
        _write_profile(Path(profile))
        command = [
            soffice,
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            *map(str, paths),
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    results = [folder / f"{path.stem}.{kind}" for path in paths]
    assert all(result.exists() for result in results), done.stderr
    return results


def _write_profile(profile: Path) -> None:
    items = "\n".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>\n',
        encoding="utf-8",
    )
