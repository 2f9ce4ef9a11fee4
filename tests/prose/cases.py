"""The drafts that the checker is measured on, each with the figures it is checked against."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from prose import published, seed
from prose.marks import Marked, read_marked
from prose.truth import Inputs, Truth

from xlkpi.calculate.results import calculate
from xlkpi.model.period import parse_quarter
from xlkpi.model.register import Register
from xlkpi.prose.claim import Verification
from xlkpi.prose.draft import Draft
from xlkpi.prose.fact import Wanted
from xlkpi.prose.verify import verify
from xlkpi.prose.world import World
from xlkpi.workbook.folder import Folder
from xlkpi.workbook.intake import Book, parse

HERE = Path(__file__).resolve().parent
REPORTS = HERE / "reports"
EXAMPLE = HERE.parents[1] / "xlkpi" / "example" / "dcst"


@dataclass(frozen=True)
class Case:
    """A draft, what it says, and the figures."""

    marked: Marked
    truth: Truth
    world: World

    @property
    def name(self) -> str:
        return self.marked.name

    def checked(self, text: str | None = None) -> Verification:
        """Return what the checker finds in the draft, or in another text against the same figures."""
        return verify(Draft(self.marked.text if text is None else text, self.name), self.world)


def names() -> Sequence[str]:
    """Return the names of the reports written for these tests."""
    return sorted(path.parent.name for path in REPORTS.glob("*/report.marked.*"))


def about(name: str) -> tuple[str, str]:
    """Return whose figures a report's folder holds, and the quarter that it is about."""
    return _about(REPORTS / name)


def _about(folder: Path) -> tuple[str, str]:
    with (folder / "about.csv").open(newline="", encoding="utf-8") as file:
        row = next(csv.DictReader(file))
    return row["organisation"], row["quarter"]


@cache
def case(name: str) -> Case:
    """Return one of the reports written for these tests."""
    return case_in(REPORTS / name)


def case_in(folder: Path) -> Case:
    """Return the report that a folder holds, with its marks and the files that ``make.py`` writes of its figures."""
    [source] = folder.glob("report.marked.*")
    organisation, quarter = _about(folder)
    book = parse(Folder(folder, organisation, parse_quarter(quarter)))
    marked = read_marked(source.read_text(encoding="utf-8"), folder.name)
    return Case(marked, Truth(book), world(book))


def without_aliases(name: str) -> Case:
    """Return a report whose register knows no other words for its indicators than their titles."""
    full = case(name)
    book = full.truth.book
    assert isinstance(book, Book)
    register = Register([replace(one, aliases=()) for one in book.register.indicators], book.register.targets)
    bare = replace(book, register=register)
    return Case(replace(full.marked, name=f"{name}, no aliases"), Truth(bare), world(bare))


@cache
def published_case() -> Case:
    """Return the published report with the worked example."""
    book = parse(Folder(EXAMPLE, "Doncaster Children's Services Trust", parse_quarter("2018/19 Q2")))
    return Case(published.marked(), Truth(book), world(book))


def published_is_here() -> bool:
    """Return whether the published report and its lists stand beside the project."""
    return all(path.exists() for path in (seed.REPORT, seed.FACTS, seed.FINDINGS))


def world(book: Inputs) -> World:
    """Return what the figures of a book can say."""
    results = calculate(book.register, book.observations, book.settings.quarter, book.settings.judged)
    return World.of(book, results, _locate, book.settings.organisation)


def _locate(wanted: Wanted) -> str:
    """Return a name for a cell; which cell it is, is for other tests."""
    return f"{wanted.subject or 'Summary'}!{wanted.measure.name}"
