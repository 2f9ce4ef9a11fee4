"""The log: what happened where the fault was ours, for the command line and for buttons alike."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import traceback
from pathlib import Path

from xlkpi.setup.places import log_path
from xlkpi.version import VERSION

#: A longer log begins anew; the one before is kept beside it.
_LONGEST = 1_000_000


def our_fault(log: Path | None = None) -> str:
    """Add the error under way to the log, and return what to tell the person.

    Args:
        log: None takes the person's own; where it cannot be written, a temporary file takes its place.
    """
    log = log or log_path()
    told = f"{dt.datetime.now():%Y-%m-%d %H:%M:%S} xlkpi {VERSION}, Python {sys.version}\n{traceback.format_exc()}\n"  # noqa: DTZ005  # the person's clock
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > _LONGEST:
            log.replace(log.with_suffix(".before.log"))
        with log.open("a", encoding="utf-8") as words:
            words.write(told)
    except OSError:
        with tempfile.NamedTemporaryFile("w", prefix="xlkpi-", suffix=".log", delete=False, encoding="utf-8") as words:
            words.write(told)
            log = Path(words.name)
    return (
        "This is a fault of xlkpi, not of your workbook. "
        f"What happened is kept in {log}; please send it to whoever looks after xlkpi."
    )
