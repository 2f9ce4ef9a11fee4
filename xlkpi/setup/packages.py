"""What publishing needs beside what every command does: the extra of the package by this name, and what is in it."""

from __future__ import annotations

from typing import NamedTuple

EXTRA = "publish"


class Needed(NamedTuple):
    """A package that publishing needs.

    Attributes:
        package: As it is installed.
        module: As it is imported.
        what: What it is for.
        only_to_lock: Whether it is needed only where a password is wanted.
    """

    package: str
    module: str
    what: str
    only_to_lock: bool = False


NEEDED = (
    Needed("highspy", "highspy", "the solver that looks for small numbers"),
    Needed("msoffcrypto-tool", "msoffcrypto", "the library that locks files with a password", only_to_lock=True),
)
