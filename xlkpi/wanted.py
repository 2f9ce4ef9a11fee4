"""What somebody wants published: what the first sheet says, and what goes before that."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from xlkpi.errors import FileUnusable
from xlkpi.model.profile import Profile
from xlkpi.setup.packages import EXTRA, NEEDED
from xlkpi.tables.words import listed
from xlkpi.workbook.intake import Publishing
from xlkpi.workbook.layout import PUBLISHED


def _nobody_to_ask() -> str:
    raise FileUnusable("Nobody can be asked for a password here. Run xlkpi publish with --encrypt in a terminal.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants published, where it is not to be as the workbook says.

    Attributes:
        folder: Where the pack's own folder goes; None where the workbook says, or beside it.
        profile: For whom; None for whom the workbook says.
        accepted: Places of remarks that are accepted (``Results!A1``), beside those accepted in the workbook.
        accept_all: Whether all are.
        by: Who publishes it, as the manifest shall say; empty for whom the workbook says.
        lock: Whether workbook and Word file open with a password alone; None as the workbook says.
        ask: Asks for the password, when all else is well.
    """

    folder: Path | None = None
    profile: Profile | None = None
    accepted: Sequence[str] = ()
    accept_all: bool = False
    by: str = ""
    lock: bool | None = None
    ask: Callable[[], str] = _nobody_to_ask


@dataclass(frozen=True, slots=True)
class Terms:
    """How it is published, all said.

    Attributes:
        folder: Where the pack's own folder goes.
        profile: For whom.
        by: In whose name; empty where none was given.
        lock: Whether workbook and Word file open with a password alone.
    """

    folder: Path
    profile: Profile
    by: str
    lock: bool

    @property
    def who(self) -> str:
        """Return who publishes it: by the name given, or else by the one the system knows."""
        return self.by or signed_in()


def terms(wanted: Wanted, said: Publishing, home: Path) -> Terms:
    """Return how it is published.

    Args:
        wanted: What goes before the workbook.
        said: What the workbook says; its folder is one that may be used.
        home: The folder of the workbook.
    """
    typed = Path(said.folder).expanduser() if said.folder else home / PUBLISHED
    lock = said.lock if wanted.lock is None else wanted.lock
    return Terms(wanted.folder or typed, wanted.profile or said.profile, wanted.by or said.by, lock)


def twice(ask: Callable[[bool], str]) -> str:
    """Return a password that was typed twice alike.

    Args:
        ask: Asks for it; given whether it is for the second time.

    Raises:
        FileUnusable: Where it was not.
    """
    first = ask(False)  # noqa: FBT003  # the question is which time it is
    if not first or ask(True) != first:  # noqa: FBT003  # likewise
        raise FileUnusable(
            "The two passwords are not the same, or empty. Nothing was published, and nothing was changed."
        )
    return first


def signed_in() -> str:
    """Return the name by which the system knows whoever works here; empty where it knows none."""
    with suppress(Exception):  # each system fails in a way of its own
        return getpass.getuser()
    return ""


def home_of(name: str, library: Path) -> Path:
    """Return the folder that things beside a workbook go into.

    Args:
        name: Its path, or what Excel calls it: an address on OneDrive, or a bare name before it was ever saved.
        library: The person's own folder for workbooks, where the workbook itself is in no folder of this computer.

    Examples:
        >>> home_of("/ours/q2.xlsx", Path("/home/ann/xlkpi")).as_posix()
        '/ours'
        >>> home_of("https://d.docs.live.net/1/q2.xlsx", Path("/home/ann/xlkpi")).as_posix()
        '/home/ann/xlkpi'
    """
    if "://" in name or not re.search(r"[/\\]", name):
        return library
    return Path(name).parent


def refuse_lacking(one: Terms) -> None:
    """Refuse to begin where something is not installed.

    Raises:
        FileUnusable: With what is lacking, and how to get it.
    """
    lacking = [
        f"{needed.what} ({needed.package})"
        for needed in NEEDED
        if (one.lock or not needed.only_to_lock) and find_spec(needed.module) is None
    ]
    if lacking:
        cure = f'Start the installer again, or: python -m pip install "xlkpi[{EXTRA}]"'
        raise FileUnusable(f"Publishing needs {listed(lacking)}, which is not installed here. {cure}")
