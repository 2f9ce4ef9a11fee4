"""The project obeys its own rules: style, types, layers, coverage of the method, the shells that repeat its words."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from xlkpi import catalogue
from xlkpi import commands as program
from xlkpi.__main__ import _parser

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LONGEST_FILE = 400


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.mark.parametrize(
    "tool",
    [
        ("-m", "ruff", "check", "--no-cache"),
        ("-m", "ruff", "format", "--check", "--no-cache"),
        ("-m", "mypy", "--cache-dir", "{cache}"),
        ("-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"),
    ],
    ids=["style", "format", "types", "layers"],
)
def test_a_tool_finds_nothing(tool: tuple[str, ...], tmp_path: Path) -> None:
    done = run(sys.executable, *(word.format(cache=tmp_path) if "{cache}" in word else word for word in tool))
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_branch_of_the_method_is_covered_by_its_own_tests(tmp_path: Path) -> None:
    rooms = [f"--cov=xlkpi.{room}" for room in ("model", "calculate")]
    tests = [f"tests/{folder}" for folder in ("spec", "property")]
    done = run(
        *(sys.executable, "-m", "pytest", "-q", *tests, "xlkpi/model", "xlkpi/calculate", *rooms, "--cov-branch"),
        *("-k", "not thousands_of_small_registers"),  # what it adds is numbers
        *(
            "--cov-report=term-missing:skip-covered",
            "--cov-fail-under=100",
            f"--cov-config={_coverage_config(tmp_path)}",
        ),
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def _coverage_config(folder: Path) -> Path:
    config = folder / "coveragerc"
    config.write_text(
        f"[run]\ndata_file = {folder / 'coverage'}\n[report]\nexclude_also =\n    if TYPE_CHECKING:\n", encoding="utf-8"
    )
    return config


def test_no_file_of_the_program_is_longer_than_a_person_reads_in_one_go() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "xlkpi").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert set(long) <= {"xlkpi/workbook/layout.py"}, long  # one table of every heading, read as a whole


def test_nothing_heavy_is_loaded_by_a_refresh() -> None:
    program = "import sys, xlkpi.commands; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = run(sys.executable, "-c", program).stdout.split()
    assert "pydantic" in loaded
    assert not {"pandas", "numpy", "openpyxl", "xlsxwriter", "xlwings", "docx", "pypdf"} & set(loaded)


def test_the_readme_lists_every_command_in_the_words_of_the_help() -> None:
    [commands] = [action for action in _parser()._actions if action.dest == "command"]
    told = dict(re.findall(r"^\| `xlkpi ([\w-]+)[^`]*` \| (.+?) \|$", README, re.MULTILINE))
    assert told == {one.name: one.help for one in catalogue.COMMANDS}
    assert told == {choice.dest: choice.help for choice in commands._choices_actions}


def test_every_command_of_the_catalogue_is_a_function() -> None:
    assert [one.name for one in catalogue.COMMANDS if not callable(getattr(program, one.function, None))] == []


def test_the_example_in_the_readme_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    [program] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(program, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "cases_to_tolerance" in printed
    assert "56" in printed


def test_the_summary_in_the_readme_is_what_the_demo_prints(tmp_path: Path) -> None:
    done = run(sys.executable, "-m", "xlkpi", "demo", str(tmp_path))
    [shown] = re.findall(r"```\n( {20,}Outside.*?)```", README, re.DOTALL)
    assert shown in done.stdout


def test_the_checked_draft_in_the_readme_is_what_the_program_prints(tmp_path: Path) -> None:
    [draft] = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    [shown] = re.findall(r"says\n\n```\n(draft\.txt: .*?)```", README, re.DOTALL)
    (tmp_path / "draft.txt").write_text(draft, encoding="utf-8")
    run(sys.executable, "-m", "xlkpi", "demo", str(tmp_path))
    [book] = tmp_path.glob("*.xlsx")
    done = run(sys.executable, "-m", "xlkpi", "verify", str(tmp_path / "draft.txt"), "--workbook", str(book))
    assert done.stdout == shown


def test_links_of_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_package_brings_its_worked_example_and_types() -> None:
    spec = importlib.util.find_spec("xlkpi")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    assert (package / "py.typed").exists()
    assert (package / "example" / "dcst" / "register.csv").exists()
