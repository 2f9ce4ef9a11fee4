"""The machine as doctor and installer see it: files, registry, the words of a program; a test hands in another one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from xlkpi.setup.places import Places, places

_PATIENCE = 20  # seconds for a program that is asked one thing
_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"


class Ran(NamedTuple):
    """What came of a program: its exit code, and all it said."""

    code: int
    said: str


class Machine(Protocol):
    """What can be asked about a machine; no question changes anything."""

    @property
    def places(self) -> Places:
        """Return where xlkpi keeps what."""

    @property
    def variables(self) -> Mapping[str, str]:
        """Return the environment variables."""

    @property
    def home(self) -> Path:
        """Return the person's home."""

    def content(self, path: Path) -> bytes | None:
        """Return a file's content, or None where there is no file to read."""

    def names(self, folder: Path) -> Sequence[str]:
        """Return the names of what a folder holds; none where there is no folder."""

    def path(self, text: str) -> Path:
        """Return the path that is written in a setting."""

    def registry(self, key: str) -> Mapping[str, object]:
        r"""Return the values of a key such as ``HKCU\Software\X``; none where there is no such key."""

    def run(self, *command: str) -> Ran | None:
        """Return what a program said, or None where it cannot be run."""


class ThisMachine:
    """The machine this program runs on."""

    def __init__(self) -> None:
        """Find out where the person keeps documents."""
        self.variables: Mapping[str, str] = os.environ
        self.home = Path.home()
        self.places = places(documents=self._documents())

    def _documents(self) -> Path | None:
        told = self.registry(_FOLDERS).get("Personal")
        return Path(os.path.expandvars(told)) if isinstance(told, str) and told else None

    def content(self, path: Path) -> bytes | None:
        """Return a file's content, or None where there is no file to read."""
        try:
            return path.read_bytes()
        except (OSError, ValueError):
            return None

    def names(self, folder: Path) -> Sequence[str]:
        """Return the names of what a folder holds; none where there is no folder."""
        try:
            return sorted(path.name for path in folder.iterdir())
        except OSError:
            return []

    def path(self, text: str) -> Path:
        """Return the path that is written in a setting."""
        return Path(text)

    def registry(self, key: str) -> Mapping[str, object]:
        """Return the values of a registry key; none where there is no such key, or no registry."""
        found: dict[str, object] = {}
        if sys.platform == "win32":
            import winreg  # noqa: PLC0415  # Windows alone has it

            hive, _, rest = key.partition("\\")
            root = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}[hive]
            try:
                with winreg.OpenKey(root, rest) as opened:
                    for n in range(winreg.QueryInfoKey(opened)[1]):
                        name, value, _ = winreg.EnumValue(opened, n)
                        found[name] = value
            except OSError:
                return found
        return found

    def run(self, *command: str) -> Ran | None:
        """Return what a program said, or None where it cannot be run."""
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        try:
            done = subprocess.run(  # noqa: S603  # the words are ours, or the interpreter of the settings
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                timeout=_PATIENCE,
                creationflags=hidden,
            )
        except (OSError, subprocess.SubprocessError, ValueError):
            return None
        return Ran(done.returncode, (done.stdout + done.stderr).decode("utf-8", errors="replace").strip())


def short_name(path: str) -> str:
    """Return the short name in ASCII that Windows may have for a path, or the path itself."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # Windows alone has these names

        room = ctypes.create_unicode_buffer(32768)
        if ctypes.windll.kernel32.GetShortPathNameW(path, room, len(room)):
            return room.value
    return path
