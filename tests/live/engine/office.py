"""One LibreOffice without windows for a test run, with a profile of its own that is thrown away."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue

_CALC, _MISC = "/org.openoffice.Office.Calc/", "/org.openoffice.Office.Common/Misc"
_SETTINGS = (
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "en-US"),
    (f"{_CALC}Formula/Load", "OOXMLRecalcMode", "0"),  # always: what the file remembers is not an answer
    (f"{_CALC}Formula/Syntax", "EnglishFunctionName", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "0"),
    (_MISC, "UseLocking", "false"),  # a LibreOffice that was killed leaves a lock, and the next open gives nothing
    (_MISC, "UseDocumentOOoLockFile", "false"),
    (_MISC, "UseDocumentSystemFileLocking", "false"),
)
_SECONDS = 120
_NUMBER = re.compile(r'(<c r="([A-Z]+)(\d+)"[^>]*>(?:<f[^>]*>[^<]*</f>)?<v>)[-\d]*[.E][^<]*</v>')


def properties(**named: Any) -> tuple[Any, ...]:
    """Return named values as LibreOffice wants them."""
    found = []
    for name, value in named.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        found.append(one)
    return tuple(found)


def save_copy(doc: Any, path: Path) -> None:
    """Write a copy of a document as Excel's format; LibreOffice writes 15 digits of a number, Excel writes all of them."""
    draft = path.with_suffix(".draft")
    doc.storeToURL(uno.systemPathToFileUrl(str(draft)), properties(FilterName="Calc MS Excel 2007 XML"))
    with zipfile.ZipFile(draft) as read, zipfile.ZipFile(path, "w") as written:
        for name in read.namelist():
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            data = read.read(name)
            written.writestr(name, _exact(data.decode(), doc.Sheets.getByIndex(int(found[1]) - 1)) if found else data)
    draft.unlink()


def _exact(text: str, sheet: Any) -> str:
    """Return a sheet's part with its numbers in full."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)  # noqa: FBT003
    at = cursor.RangeAddress
    rows = sheet.getCellRangeByPosition(0, 0, at.EndColumn, at.EndRow).getDataArray()

    def one(found: re.Match[str]) -> str:
        column = 0
        for letter in found[2]:
            column = column * 26 + ord(letter) - 64
        value = rows[int(found[3]) - 1][column - 1]
        return f"{found[1]}{value!r}</v>" if isinstance(value, float) else found[0]

    return _NUMBER.sub(one, text)


class Office:
    """A running LibreOffice.

    Attributes:
        home: The home of its user, where macros write.
    """

    def __init__(self) -> None:
        """Start it and wait until it answers."""
        self._profile = Path(tempfile.mkdtemp(prefix="xlkpi-live-"))
        _write_profile(self._profile)
        self.pipe = f"xlkpi{uuid.uuid4().hex[:12]}"
        command = [
            os.environ.get("XLKPI_SOFFICE") or shutil.which("soffice") or "soffice",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
            f"-env:UserInstallation={self._profile.as_uri()}",
            f"--accept=pipe,name={self.pipe};urp;StarOffice.ComponentContext",
        ]
        self.home = self._profile / "Library" / "Containers" / "com.microsoft.Excel" / "Data"  # as on a Mac
        self.home.mkdir(parents=True)
        environment = {key: value for key, value in os.environ.items() if key != "URE_BOOTSTRAP"}
        environment["HOME"] = str(self.home)
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(
            command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
        self.pid = self._process.pid
        try:
            self._connect(lambda: self._process.poll() is None)
        except Exception:
            self.stop()
            raise

    @classmethod
    def attached(cls, pipe: str, pid: int) -> Office:
        """Return one that another process started and stops."""
        office = cls.__new__(cls)
        office.pipe, office.pid = pipe, pid
        office._connect(lambda: True)
        return office

    def _connect(self, is_alive: Callable[[], bool]) -> None:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        end = time.monotonic() + _SECONDS
        while True:
            try:
                self.context = resolver.resolve(f"uno:pipe,name={self.pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                if time.monotonic() > end or not is_alive():
                    raise
                time.sleep(0.05)
        self.desktop = self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)

    def is_gone(self) -> bool:
        """Return whether it ended by itself; it may take a moment over that."""
        end = time.monotonic() + 10
        while self._process.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        return self._process.poll() is not None

    def stop(self) -> None:
        """End it, with everything that it started."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, 9)
            self._process.wait(10)
        shutil.rmtree(self._profile, ignore_errors=True)


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
