"""The benchmarks themselves: the plain script comes to the same figures, and both profiles are timed."""

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


def test_publishing_is_timed_for_both_profiles() -> None:
    command = [sys.executable, str(BENCH.with_name("publish.py")), "--runs", "1"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sum(line.startswith(("| comm", "| pub")) for line in done.stdout.splitlines()) == 2
