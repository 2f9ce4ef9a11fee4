"""Times ``xlkpi publish`` of the worked example as a whole process: start, imports, refresh, solver, files, proof, manifest.

    python tests/bench/publish.py --runs 5

Each run publishes a fresh copy of the shipped workbook into a fresh folder, after one run that does not count. CPU is user
and system time of the process. The bar is three seconds on the clock after start, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "workbooks" / "dcst-2018-19-q2.xlsx"
PROFILES = ("commissioner", "public")


def run(folder: Path, profile: str) -> tuple[float, float]:
    """Publish once and return seconds on the clock and of CPU."""
    folder.mkdir()
    book = Path(shutil.copy(EXAMPLE, folder / "ours.xlsx"))
    command = [sys.executable, "-m", "xlkpi", "publish", str(book), "--profile", profile, "--accept-all"]
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    passed, after = time.perf_counter() - start, os.times()
    assert done.returncode == 0, done.stderr
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return passed, used


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each profile")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()}; medians of {options.runs} runs\n")
    print("| profile | wall s (least to most) | CPU s |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for profile in PROFILES:
            runs = [run(Path(folder) / f"{profile} {number}", profile) for number in range(options.runs + 1)][1:]
            walls, used = zip(*runs, strict=True)
            spread = f"{statistics.median(walls):.2f} ({min(walls):.2f} to {max(walls):.2f})"
            print(f"| {profile} | {spread} | {statistics.median(used):.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
