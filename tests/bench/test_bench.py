"""The benchmarks themselves: the plain script comes to the same figures, and publishing stays far below its bar."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).with_name("bench.py")


def test_the_plain_script_does_the_same_job() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCH), "--sizes", "5x6", "--runs", "1"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Statuses and summary are the same at 5x6." in done.stdout


def test_publishing_the_example_takes_less_than_three_seconds_of_work() -> None:
    """Of CPU time, with start and imports: on a busy machine the clock says nothing."""
    command = [sys.executable, str(BENCH.with_name("publish.py")), "--runs", "1"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    used = [float(line.split("|")[3]) for line in done.stdout.splitlines() if line.startswith(("| comm", "| pub"))]
    assert len(used) == 2
    assert max(used) < 3
