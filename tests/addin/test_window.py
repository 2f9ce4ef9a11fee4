"""The window that asks for a password, on a screen of its own, with somebody at the keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest
from packed import ROOT

_NEEDED = "needs Xvfb, xdotool and Python's tkinter: .ci/run installs them"
_HAS_ALL = bool(shutil.which("Xvfb") and shutil.which("xdotool") and find_spec("tkinter"))
pytestmark = pytest.mark.skipif(
    # With CI=true nothing is skipped on Linux: the test runs, and fails where something is missing.
    not sys.platform.startswith("linux") or (not _HAS_ALL and os.environ.get("CI") != "true"),
    reason=_NEEDED,
)
_SECONDS = 30
#: Asks, and says what came of it.
_ASK = """
from xlkpi.addin.password import ask
from xlkpi.errors import FileUnusable
try:
    print("typed", ask())
except FileUnusable as error:
    print("refused", error)
"""


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the name of a screen without a monitor; it goes with the tests."""
    if not _HAS_ALL:
        pytest.fail(_NEEDED)
    number = tmp_path_factory.mktemp("screen") / "number"
    with number.open("w") as told:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(told.fileno()), "-screen", "0", "900x500x24", "-nolisten", "tcp"],
            pass_fds=[told.fileno()],
            stderr=subprocess.DEVNULL,
        )
    try:
        until(lambda: number.read_text().endswith("\n"), "the screen is there")
        yield f":{number.read_text().strip()}"
    finally:
        server.terminate()
        server.wait(_SECONDS)


def until(holds: object, what: str) -> None:
    assert callable(holds)
    end = time.monotonic() + _SECONDS
    while not holds():
        assert time.monotonic() < end, f"it never came about that {what}"
        time.sleep(0.05)


class Person:
    """Somebody before the window."""

    def __init__(self, screen: str) -> None:
        self._environment = {**os.environ, "DISPLAY": screen, "PYTHONPATH": str(ROOT)}
        self._asking = subprocess.Popen(
            [sys.executable, "-c", _ASK], stdout=subprocess.PIPE, text=True, env=self._environment
        )
        until(lambda: self._do("search", "--onlyvisible", "--name", "^xlkpi"), "the window is there")

    def _do(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self._environment, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
        time.sleep(0.2)
        return done.stdout.strip()

    def types(self, *texts: str) -> None:
        """Type into one field after the other; an empty text leaves a field empty."""
        for place, text in enumerate(texts):
            if place:
                self.presses("Tab")
            if text:
                self._do("type", "--delay", "20", text)

    def presses(self, key: str) -> None:
        self._do("key", key)

    @property
    def is_asked(self) -> bool:
        return self._asking.poll() is None

    def closes(self) -> None:
        """End what is still there."""
        with suppress(ProcessLookupError):
            self._asking.kill()
        self._asking.communicate()

    @property
    def outcome(self) -> str:
        said, _ = self._asking.communicate(timeout=_SECONDS)
        return said.strip()


@pytest.fixture
def person(screen: str) -> Iterator[Person]:
    somebody = Person(screen)
    yield somebody
    somebody.closes()


def test_a_password_that_is_typed_twice_is_taken(person: Person) -> None:
    person.types("correct horse", "correct horse")
    person.presses("Return")
    assert person.outcome == "typed correct horse"


def test_two_that_differ_are_not_taken_and_can_be_mended(person: Person) -> None:
    person.types("horse", "house")
    person.presses("Return")
    assert person.is_asked
    for _ in "use":
        person.presses("BackSpace")
    person.types("rse")
    person.presses("Return")
    assert person.outcome == "typed horse"


def test_nothing_is_no_password(person: Person) -> None:
    person.types("", "")
    person.presses("Return")
    assert person.is_asked


def test_the_buttons_do_what_they_say(screen: str) -> None:
    taken = Person(screen)
    taken.types("horse", "horse", "")
    taken.presses("space")
    assert taken.outcome == "typed horse"
    left = Person(screen)
    left.types("horse", "horse", "", "")
    left.presses("space")
    assert left.outcome == "refused No password was typed. Nothing was published, and nothing was changed."


def test_escape_leaves_it(person: Person) -> None:
    person.types("horse", "horse")
    person.presses("Escape")
    assert person.outcome == "refused No password was typed. Nothing was published, and nothing was changed."


def test_without_a_screen_it_is_told_what_to_do(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    done = subprocess.run(
        [sys.executable, "-c", _ASK],
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.stdout.startswith("refused No window can be shown here to ask for the password.")
