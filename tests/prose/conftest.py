"""Prints, after the run, how well the checker reads drafts."""

from __future__ import annotations

import pytest
from prose.board import BOARD, LINES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the tables of the drafts that the tests measured."""
    if not (BOARD or LINES):
        return
    from prose.measure import table  # noqa: PLC0415  # not before the tests that need it

    terminalreporter.section("the claim checker: found, missed, said falsely")
    for line in (*LINES, "", *table(BOARD)):
        terminalreporter.write_line(line)
