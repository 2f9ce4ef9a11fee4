"""How a test tells what an analyst did to the small workbook, and what the whole report says then."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from books import SmallBook, small_book

from xlkpi.errors import WorkbookInvalid
from xlkpi.workbook.intake import parse

Change = Callable[[SmallBook], None]


def reported(*faults: str) -> Callable[[Change], Callable[[], None]]:
    """Make a test of a change that the intake has to report with these lines and no others."""

    def test_of(change: Change) -> Callable[[], None]:
        def test() -> None:
            book = small_book()
            change(book)
            with pytest.raises(WorkbookInvalid) as report:
                parse(book.workbook)
            things = "1 thing" if len(faults) == 1 else f"{len(faults)} things"
            expected = [f"{things} to put right in the workbook. Nothing was changed.", *faults]
            assert str(report.value).splitlines() == expected

        return _named(test, change)

    return test_of


def accepted(change: Change) -> Callable[[], None]:
    """Make a test of a change that does no harm."""

    def test() -> None:
        book = small_book()
        change(book)
        parse(book.workbook)

    return _named(test, change)


def _named(test: Callable[[], None], change: Change) -> Callable[[], None]:
    test.__name__, test.__qualname__, test.__module__ = change.__name__, change.__qualname__, change.__module__
    return test
