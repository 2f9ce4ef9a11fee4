"""What axe-core finds wrong with pages in Chromium without a window, for tests of anything that writes one.

``.ci/run`` installs Debian's Chromium, and axe-core and playwright-core from npm into ``.tools``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

_HERE = Path(__file__).resolve().parent
_NEEDED = "needs Chromium, and in .tools axe-core and playwright-core from npm: .ci/run installs them"
_DEADLINE = 600


def _modules() -> Path | None:
    modules = Path(os.environ.get("XLKPI_NODE_MODULES") or _HERE.parent / ".tools" / "node_modules")
    return modules if all((modules / name).is_dir() for name in ("axe-core", "playwright-core")) else None


def _chromium() -> str | None:
    return os.environ.get("XLKPI_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


requires_browser = pytest.mark.skipif(
    # With CI=true nothing is skipped: the test runs, and fails where something is missing.
    not (_modules() and _chromium() and shutil.which("node")) and os.environ.get("CI") != "true",
    reason=_NEEDED,
)


def looked_at(pages: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """Return what axe-core says of each page, as it is shown (``screen``) and as it is printed (``print``).

    Returns:
        By path and medium: ``violations`` and ``incomplete``, each with the rule and its elements, and the rules passed.
    """
    modules, chromium, node = _modules(), _chromium(), shutil.which("node")
    if modules is None or chromium is None or node is None:
        pytest.fail(_NEEDED)
    done = subprocess.run(
        [node, str(_HERE / "axe.mjs"), str(modules), chromium, *map(str, pages)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=_DEADLINE,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert isinstance(said, dict)
    return said
