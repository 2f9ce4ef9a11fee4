"""Every run of the suite tries the same examples; what the claim checker was measured at is printed after it."""

import pickle
from typing import Any

import pytest
from hypothesis import settings
from prose.board import BOARD, LINES

pytest.register_assert_rewrite("analyst")
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.load_profile("same")

#: The engine imports LibreOffice's ``uno``, which not every machine has; it holds no tests of its own.
collect_ignore_glob = ["live/engine/*"]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what was measured, where the suite runs in several processes and another one prints it."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["measured"] = pickle.dumps((BOARD, LINES))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take in what one of several processes measured."""
    board, lines = pickle.loads(getattr(node, "workeroutput", {}).get("measured", pickle.dumps(({}, []))))
    BOARD.update(board)
    LINES.extend(lines)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the tables of the drafts that the tests measured: found, missed, said falsely."""
    if not (BOARD or LINES):
        return
    from prose.measure import table  # noqa: PLC0415  # not before the tests that need it

    terminalreporter.section("the claim checker: found, missed, said falsely")
    for line in (*LINES, "", *table(dict(sorted(BOARD.items())))):
        terminalreporter.write_line(line)
