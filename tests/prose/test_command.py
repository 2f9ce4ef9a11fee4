"""``xlkpi verify`` as strangers run it: a workbook made from a folder, a draft, and what is printed for machines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from prose import cases, seed

from xlkpi.prose.claim import Verification

ROOT = Path(__file__).resolve().parents[2]
VERDICTS = {"confirmed", "contradicted", "not checkable"}


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "xlkpi", *map(str, command)]
    return subprocess.run(words, capture_output=True, text=True, check=False, env=environment, encoding="utf-8")


def made(folder: Path, name: str) -> Path:
    source = cases.EXAMPLE if name == "published report" else cases.REPORTS / name
    organisation, quarter = ("Trust", "2018/19 Q2") if source == cases.EXAMPLE else cases.about(name)
    book = folder / "book.xlsx"
    done = run("new", book, "--from", source, "--organisation", organisation, "--quarter", quarter)
    assert done.returncode == 0, done.stdout + done.stderr
    return book


def answer(draft: Path, book: Path) -> dict[str, Any]:
    done = run("verify", draft, "--workbook", book, "--json")
    found = json.loads(done.stdout)
    contradicted = [one for one in found["claims"] if one["verdict"] == "contradicted"]
    assert done.returncode == bool(contradicted), done.stderr
    return dict(found)


def same(found: dict[str, Any], text: str, checked: Verification) -> None:
    assert found["claims"]
    for one in found["claims"]:
        assert text[one["start"] : one["end"]] == one["text"]
        assert one["verdict"] in VERDICTS
        assert one["reason"] or one["verdict"] == "confirmed", one
        assert "!" in one["cell"] or one["verdict"] == "not checkable" or not one["computed"], one
    told = [(one["start"], one["end"], one["verdict"]) for one in found["claims"]]
    assert told == [(one.start, one.end, one.verdict.value) for one in checked.claims]
    assert len(found["findings"]) == len(checked.findings)


@pytest.mark.parametrize("name", ["northmere", "lindale"])
def test_the_command_says_what_the_checker_finds(name: str, tmp_path: Path) -> None:
    case = cases.case(name)
    [draft] = [path for path in (cases.REPORTS / name).glob("report.*") if "marked" not in path.name]
    same(answer(draft, made(tmp_path, name)), case.marked.text, case.checked())


def test_the_published_report_is_checked_by_the_command(tmp_path: Path) -> None:
    if not cases.published_is_here():
        assert not os.environ.get("CI"), f"{seed.REPORT.name} is missing where it must be"
        pytest.skip("the published report is not part of the project")
    case = cases.published_case()
    same(answer(seed.REPORT, made(tmp_path, "published report")), case.marked.text, case.checked())


def test_a_report_is_checked_in_the_time_of_a_breath() -> None:
    case = cases.case("northmere")
    case.checked()
    start = time.perf_counter()
    case.checked()
    assert time.perf_counter() - start < 1
    twice = case.marked.text * 8
    start = time.perf_counter()
    case.checked(twice)
    assert time.perf_counter() - start < 8
