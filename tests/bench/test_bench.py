"""The benchmark itself: the plain script that ours is timed against comes to the same figures."""

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
