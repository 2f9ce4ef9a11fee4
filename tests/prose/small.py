"""Short drafts against the worked example: what is claimed in them, and what is found."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from prose import cases
from prose.reports.make import write_folder

from xlkpi.calculate.results import calculate
from xlkpi.model.period import parse_quarter
from xlkpi.prose.claim import Claim, Finding, Verification
from xlkpi.prose.draft import Draft
from xlkpi.prose.verify import verify
from xlkpi.prose.world import World
from xlkpi.workbook.folder import Folder
from xlkpi.workbook.intake import parse

EXAMPLE = Path(__file__).resolve().parents[2] / "xlkpi" / "example" / "dcst"


@cache
def example() -> World:
    """Return the world of the worked example; cells are not asked for."""
    book = parse(Folder(EXAMPLE, "Northborough Children's Trust", parse_quarter("2018/19 Q2")))
    results = calculate(book.register, book.observations, book.settings.quarter)
    return World.of(book, results, lambda _wanted: "", book.settings.organisation)


@cache
def written(figures: str) -> World:
    """Return the world of an organisation that does not exist, from the text of a ``figures.txt``."""
    about = dict(line.split(" | ", 1) for line in figures.strip().splitlines()[:2])
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "figures.txt").write_text(figures, encoding="utf-8")
        (folder / "report.marked.txt").write_text("Nothing.\n", encoding="utf-8")
        write_folder(folder, folder)
        return cases.world(parse(Folder(folder, about["organisation"], parse_quarter(about["quarter"]))))


def checked(text: str) -> Verification:
    """Return what a draft's check against the worked example comes to."""
    return verify(Draft(text), example())


def claims(text: str, kind: str) -> list[Claim]:
    """Return the claims of a kind in a draft."""
    return [one for one in checked(text).claims if one.kind == kind]


def said(text: str, kind: str) -> list[tuple[str, str, str]]:
    """Return indicator, verdict and what the figures say of the claims of a kind."""
    return [(one.indicator, one.verdict.value, one.computed) for one in claims(text, kind)]


def found(text: str, rule: str) -> list[Finding]:
    """Return what a rule found in a draft."""
    return [one for one in checked(text).findings if one.rule == rule]
