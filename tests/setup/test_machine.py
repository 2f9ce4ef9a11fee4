"""What only Windows has, played by a registry and a library of a few lines."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from types import SimpleNamespace, TracebackType
from typing import Self

import pytest

from xlkpi.setup.machine import ThisMachine, short_name
from xlkpi.setup.places import System

FOLDERS = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"


class Key:
    def __init__(self, values: dict[str, object]) -> None:
        self.values = list(values.items())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.values.clear()


class Registry:
    """The few functions of winreg that are used."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE = "user", "machine"

    def __init__(self, keys: dict[tuple[str, str], dict[str, object]]) -> None:
        self.keys = keys

    def OpenKey(self, root: str, rest: str) -> Key:  # noqa: N802  # as Windows calls it
        if (root, rest) not in self.keys:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return Key(self.keys[root, rest])

    def QueryInfoKey(self, key: Key) -> tuple[int, int, int]:  # noqa: N802  # as Windows calls it
        return (0, len(key.values), 0)

    def EnumValue(self, key: Key, n: int) -> tuple[str, object, int]:  # noqa: N802  # as Windows calls it
        return (*key.values[n], 1)


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: dict[tuple[str, str], dict[str, object]] = {
        ("user", FOLDERS): {"Personal": "$OneDrive/Dokumente", "Desktop": "x"},
        ("machine", "SOFTWARE\\X"): {"": "the default", "B": 1},
    }
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "winreg", Registry(keys))
    monkeypatch.setenv("OneDrive", "/C/Users/Ann/OneDrive - Ours")  # as Windows writes it


@pytest.mark.usefixtures("on_windows")
def test_documents_are_where_windows_says() -> None:
    machine = ThisMachine()
    assert machine.places.system is System.WINDOWS
    assert machine.places.documents == Path("/C/Users/Ann/OneDrive - Ours/Dokumente")


@pytest.mark.usefixtures("on_windows")
def test_a_key_is_read_whole_and_a_missing_one_is_empty() -> None:
    machine = ThisMachine()
    assert machine.registry("HKLM\\SOFTWARE\\X") == {"": "the default", "B": 1}
    assert machine.registry("HKCU\\SOFTWARE\\X") == {}


def test_without_a_registry_every_key_is_empty() -> None:
    assert ThisMachine().registry("HKLM\\SOFTWARE\\X") == {}


@pytest.mark.parametrize(("short", "told"), [("C:\\Users\\UKASZ~1", "C:\\Users\\UKASZ~1"), ("", "C:\\Users\\Łukasz")])
@pytest.mark.usefixtures("on_windows")
def test_the_short_name_of_a_path(monkeypatch: pytest.MonkeyPatch, short: str, told: str) -> None:
    def ask(path: str, room: ctypes.Array[ctypes.c_wchar], _length: int) -> int:
        assert path == "C:\\Users\\Łukasz"
        room.value = short
        return len(short)

    library = SimpleNamespace(kernel32=SimpleNamespace(GetShortPathNameW=ask))
    monkeypatch.setattr(ctypes, "windll", library, raising=False)
    assert short_name("C:\\Users\\Łukasz") == told
