#!/usr/bin/env python3
"""Put xlkpi into Excel for the person who starts this, or take it away again with ``--remove``.

``install.cmd`` and ``install.command`` look for a Python that this file accepts (``--suits``) and start it with that one.
Nothing needs to be installed before, and no administrator is needed. The work is in ``xlkpi/setup``.

This file is read by whatever Python a person has, so it must parse on Python 3.6 and import nothing of xlkpi before the
version is known.
"""

import importlib.util
import sys
from pathlib import Path

OLDEST = (3, 11)


def problem(version: "tuple[int, ...]", executables: "list[str]", modules: "list[str]") -> "str | None":
    """Return why a Python will not do, or None where it will.

    Args:
        version: Of that Python.
        executables: Where it is, and where the one behind it is.
        modules: Modules that it lacks.
    """
    if tuple(version[:2]) < OLDEST:
        return "xlkpi needs Python {} or later, and {} is {}.{}. Install one from python.org, then start again.".format(
            ".".join(map(str, OLDEST)), executables[0], *version[:2]
        )
    if any("WindowsApps" in path for path in executables):
        return (
            f"{executables[0]} is the Python of the Microsoft Store, which Excel cannot use. Install one from python.org "
            "(it needs no administrator rights), then start again."
        )
    if modules:
        return "{} comes without {}. Install a Python from python.org, then start again.".format(
            executables[0], " and ".join(modules)
        )
    return None


def this_problem() -> "str | None":
    """Return why the Python that runs this file will not do, or None where it will."""
    executables = [sys.executable, sys.base_prefix, str(getattr(sys, "_base_executable", ""))]
    lacking = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    return problem(tuple(sys.version_info[:3]), executables, lacking)


def package_path(root: Path) -> str:
    """Return what to import xlkpi from: the checkout, or a wheel beside this file."""
    wheels = sorted([*root.glob("xlkpi-*.whl"), *(root / "install").glob("xlkpi-*.whl")], key=lambda path: path.name)
    return str(wheels[-1]) if wheels else str(root)


def main(arguments: "list[str]", root: Path) -> int:
    """Run the installer; with ``--suits`` only say by the exit code whether this Python will do."""
    told = this_problem()
    if "--suits" in arguments:
        return 1 if told else 0
    if told:
        print(told, file=sys.stderr)
        return 3
    sys.path.insert(0, package_path(root))
    sys.path.insert(1, str(root / "install"))
    from run import CURES  # noqa: PLC0415  # what to do about pip's words is known there

    from xlkpi.setup import install  # noqa: PLC0415  # not before the version is known

    return install.main(arguments, root, CURES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parents[1]))
