"""The command line: one sub-command per button, the same words for both."""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xlkpi import catalogue
from xlkpi.model.period import PeriodError, Quarter, parse_quarter
from xlkpi.version import VERSION

if TYPE_CHECKING:
    from xlkpi.commands import Outcome
    from xlkpi.verifying import Ask
    from xlkpi.wanted import Wanted

#: After so many seconds somebody who waits is told what is going on.
_PATIENCE = 1.0
_OUR_FAULT, _STOPPED = 3, 130
_DEMO_FOLDER = Path("xlkpi-demo")
_EXIT_CODES = "exit codes: 0 fine, 1 findings in the workbook, 2 the file could not be used, 3 a fault of xlkpi itself"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The words after the program's name; None takes them from the command line.

    Returns:
        0 fine, 1 findings in the workbook, 2 the file could not be used; 3 where the fault is ours.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that knows no ● shall not end the program
            stream.reconfigure(errors="replace")
    try:
        outcome = _run(options)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return _STOPPED
    except Exception:  # noqa: BLE001  # whatever is left is our fault, and a person is told so without a traceback
        told = _our_fault()
        if options.json:
            print(json.dumps({"code": _OUR_FAULT, "error": told, "problems": []}, ensure_ascii=False, indent=2))
        else:
            print(told, file=sys.stderr)
        return _OUR_FAULT
    try:
        _print(outcome, as_json=options.json)
    except BrokenPipeError:  # whoever reads it has read enough; nothing may be left to write at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return outcome.code


def _print(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        coded = {} if outcome.is_answer else {"code": outcome.code}
        print(json.dumps({**coded, **outcome.data()}, ensure_ascii=False, indent=2))
    else:
        complains = outcome.code and not outcome.is_answer
        print("\n".join(outcome.lines), file=sys.stderr if complains else sys.stdout)
    sys.stdout.flush()


def _our_fault() -> str:
    """Keep what happened, and return what to do about it."""
    from xlkpi.setup.log import our_fault  # noqa: PLC0415  # only where something went wrong

    return our_fault()


def _run(options: argparse.Namespace) -> Outcome:
    # Pydantic looks for plugins in every installed package at import; none is ours, and it takes longer than a refresh.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    steps = _Steps()
    gc.disable()  # a command makes millions of values that hold no cycles; to walk over them takes a fifth of its time
    try:
        return _outcome(options, steps)
    finally:
        gc.enable()
        steps.end()


def _outcome(options: argparse.Namespace, steps: _Steps) -> Outcome:
    from xlkpi import commands  # noqa: PLC0415  # not for --help

    now = dt.datetime.now().replace(microsecond=0)  # noqa: DTZ005  # a cell knows no time zone
    book = commands.Open(str(options.book)) if getattr(options, "live", False) else Path(getattr(options, "book", ""))
    calls: dict[str, Callable[[], Outcome]] = {
        "demo": lambda: commands.demo(options.folder, now, progress=steps),
        "new": lambda: commands.new(
            options.book, now, commands.Source(options.organisation, options.quarter, options.source), progress=steps
        ),
        "refresh": lambda: commands.refresh(book, now, backup=options.backup, progress=steps),
        "check": lambda: commands.check(book, progress=steps),
        "new-quarter": lambda: commands.new_quarter(book, backup=options.backup, progress=steps),
        "undo-refresh": lambda: commands.undo_refresh(book, progress=steps),
        "explain": lambda: commands.explain(book, options.codes, write=options.write, progress=steps),
        "publish": lambda: commands.publish(book, now, _wanted(options), progress=steps),
        "verify-pack": lambda: commands.verify_pack(options.folder, options.workbook, progress=steps),
        "inspect": lambda: commands.inspect(options.file, progress=steps),
        "verify": lambda: commands.verify(book, now, _ask(options), progress=steps),
        "about": lambda: commands.about(progress=steps),
        "doctor": lambda: commands.doctor(options.workbook, progress=steps),
        "build": lambda: commands.build(options.folder, progress=steps),
    }
    return calls[options.command]()


def _ask(options: argparse.Namespace) -> Ask:
    """Return what is asked of a check of a draft; to fill the Claims sheet is asked for by name."""
    from xlkpi.verifying import Ask  # noqa: PLC0415  # not for --help

    return Ask(
        options.draft,
        from_cell=False,
        copy=options.output,
        everything=options.all,
        write=options.write,
        backup=options.backup,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="xlkpi",
        description="Contract performance reporting in an Excel workbook.",
        epilog=_EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"xlkpi {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str) -> argparse.ArgumentParser:
        text = catalogue.command(name).help
        command = commands.add_parser(name, help=text, description=text, epilog=_EXIT_CODES)
        command.add_argument("--json", action="store_true", help="print the outcome for a machine")
        return command

    demo = add("demo")
    demo.add_argument("folder", type=Path, nargs="?", default=_DEMO_FOLDER, help=f"default: {_DEMO_FOLDER}")
    new = add("new")
    new.add_argument("book", type=Path, help="where to make it, ending in .xlsx, or in .xlsm to have buttons")
    new.add_argument(
        "--from", dest="source", type=Path, metavar="FOLDER", help="holds register.csv and observations.csv"
    )
    new.add_argument("--organisation", default="Your organisation", help="whose figures they are")
    new.add_argument("--quarter", type=_quarter, help="the reporting quarter; default: the last with observations")
    _with_backup(_on_a_book(add("refresh")))
    _on_a_book(add("check"))
    _with_backup(_on_a_book(add("new-quarter")))
    _on_a_book(add("undo-refresh"))
    explain = _on_a_book(add("explain"))
    explain.add_argument("codes", nargs="+", metavar="code", help="of the measure, for example A4")
    explain.add_argument(
        "--write", action="store_true", help="fill the workbook's Explain sheet, with links to the cells"
    )
    _on_a_pack(_on_a_book(add("publish")))
    pack = add("verify-pack")
    pack.add_argument("folder", type=Path, help="the folder that was published")
    pack.add_argument("--workbook", type=Path, metavar="BOOK", help="also say whether it was made of this workbook")
    inspect = add("inspect")
    inspect.add_argument("file", type=Path, help="any .xlsx or .xlsm file")
    _on_a_draft(add("verify"))
    add("about")
    doctor = add("doctor")
    doctor.add_argument("workbook", type=Path, nargs="?", metavar="book", help="a workbook whose buttons do not work")
    build = add("build")
    build.add_argument("folder", type=Path, nargs="?", default=Path("workbooks"), help="default: workbooks")
    return parser


def _on_a_draft(command: argparse.ArgumentParser) -> None:
    command.epilog = (
        "exit codes: 0 nothing contradicted, 1 something contradicted, 2 draft or workbook could not be used, "
        "3 a sentence could not be read"
    )
    command.add_argument(
        "draft", type=Path, nargs="?", help="ends in .docx, .pdf, .txt or .md; default: the Narrative sheet"
    )
    command.add_argument("--workbook", dest="book", required=True, metavar="BOOK", help="holds the figures")
    command.add_argument("--live", action="store_true", help="take the workbook as it is open in Excel")
    command.add_argument("--all", action="store_true", help="list every claim, not only what is to be mended")
    command.add_argument(
        "--output",
        type=Path,
        nargs="?",
        const=Path(),
        metavar="COPY",
        help="make a copy of a .docx draft with comments; default: DRAFT - checked.docx",
    )
    command.add_argument("--write", action="store_true", help="fill the workbook's Claims sheet")
    _with_backup(command)


def _on_a_book(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("book", help="path of the workbook; with --live its name or address will do")
    command.add_argument("--live", action="store_true", help="work in the workbook as it is open in Excel")
    return command


def _on_a_pack(command: argparse.ArgumentParser) -> None:
    says = "default: as the workbook says on its first sheet"
    command.add_argument(
        "--output", type=Path, help=f"where the pack's folder goes; {says}, or the folder 'published' beside it"
    )
    command.add_argument("--profile", choices=("commissioner", "public"), help=f"for whom; {says}")
    command.add_argument("--accept", action="append", default=[], metavar="PLACE", help="accept the remarks of a place")
    command.add_argument("--accept-all", action="store_true", help="accept every remark")
    command.add_argument(
        "--encrypt",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=f"ask for a password to open workbook and Word file with; {says}",
    )
    command.add_argument("--by", default="", help=f"who publishes it, for the manifest; {says}")


def _wanted(options: argparse.Namespace) -> Wanted:
    from xlkpi.model.profile import Profile  # noqa: PLC0415  # no other command needs it
    from xlkpi.wanted import Wanted  # noqa: PLC0415  # likewise

    profile = Profile(options.profile) if options.profile else None
    return Wanted(
        options.output, profile, options.accept, options.accept_all, options.by, options.encrypt, ask=_password
    )


def _password() -> str:
    """Ask for a password twice: on the command line others could read it."""
    from getpass import getpass  # noqa: PLC0415  # only where one is wanted

    from xlkpi.wanted import twice  # noqa: PLC0415  # likewise

    return twice(lambda again: getpass("Once more: " if again else "Password for the workbook and the Word file: "))


def _with_backup(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--backup",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="keep the version before beside the file; default: as the workbook says",
    )


def _quarter(text: str) -> Quarter:
    try:
        return parse_quarter(text)
    except PeriodError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from None


class _Steps:
    """Tells on standard error which step is under way, once the work has taken a second."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._step = ""
        self._timer = threading.Timer(_PATIENCE, self._show)
        self._timer.daemon = True
        self._timer.start()

    def __call__(self, step: str) -> None:
        self._step = step
        if not self._timer.is_alive():
            self._show()

    def _show(self) -> None:
        passed = time.monotonic() - self._start
        print(f"{self._step} ... ({passed:.0f} s)", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Say no more."""
        self._timer.cancel()


if __name__ == "__main__":
    sys.exit(main())
