"""Carry out a plan step by step; where a step fails, everything before it is put back."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlkpi.setup.packages import EXTRA
from xlkpi.setup.places import Places
from xlkpi.setup.plan import (
    Keep,
    MakeEnvironment,
    Put,
    PutFromEnvironment,
    Remove,
    RemoveEnvironment,
    RemoveFolder,
    SetAside,
    SetupFailed,
    Step,
)
from xlkpi.setup.record import Record, digest


@dataclass(frozen=True, slots=True)
class Tools:
    """What the work is done with.

    Attributes:
        python: Makes the environment.
        run: Runs a command, with what it says going to a file; returns its exit code.
        say: Shows one line to the person.
        explain: Returns what to do about the words that a failed command left in a file.
        log: Takes what pip says; outside everything that is undone.
    """

    python: str
    run: Callable[[Sequence[str], Path], int]
    say: Callable[[str], None]
    explain: Callable[[Path], str]
    log: Path


class Work:
    """One run of the installer or uninstaller."""

    def __init__(self, places: Places, tools: Tools) -> None:
        """Start with nothing done."""
        self.places = places
        self.tools = tools
        self.say = tools.say
        self.files: dict[str, str] = {}
        self.folders: list[str] = []
        self._undo: list[Callable[[], object]] = []
        self._finish: list[Callable[[], object]] = []

    def install(self, steps: Sequence[Step], version: str, stamp: str, before: Record | None) -> None:
        """Carry out the steps and keep the record of them.

        Args:
            steps: Of the plan.
            version: Of xlkpi.
            stamp: Of what the environment is made from.
            before: The record of the installation before.

        Raises:
            SetupFailed: Where a step fails; what the others did is undone first.
        """

        def note() -> None:
            self._keep_noted(before)
            # Folders are made before the record is written, the record's own among them.
            self._folder(self.places.data)
            files = dict(sorted(self.files.items()))
            record = Record(version, stamp, xlwings_version(self.places.environment), files, tuple(self.folders))
            if record != before:
                self.put(self.places.record, record.content(), "the record of all this")

        self._all_or_nothing(steps, note)

    def remove(self, steps: Sequence[Step]) -> None:
        """Carry out the steps that take xlkpi away.

        Raises:
            SetupFailed: Where a step fails; what the others did is undone first.
        """
        self._all_or_nothing(steps)

    def _all_or_nothing(self, steps: Sequence[Step], last: Callable[[], None] = lambda: None) -> None:
        try:
            for step in steps:
                self._step(step)
            last()
        except BaseException as error:
            left = self._undone()
            if not isinstance(error, OSError | SetupFailed):
                raise
            told = error if isinstance(error, SetupFailed) else _unwritable(error)
            raise SetupFailed(f"{told}\n{left or 'Everything is as it was before.'}") from error
        for let_go in self._finish:
            let_go()
        self._undo, self._finish = [], []

    def _undone(self) -> str:
        """Undo what was done, the last first; return what could not be."""
        left = []
        for undo in reversed(self._undo):
            try:
                undo()
            except OSError as error:
                left.append(f"{error.filename} could not be put back ({error.strerror}).")
        self._undo, self._finish = [], []
        return "\n".join(left)

    def _step(self, step: Step) -> None:
        match step:
            case MakeEnvironment():
                self._make_environment(step)
            case Put():
                self.put(step.target, step.content, step.what)
            case PutFromEnvironment():
                self._put_found(step)
            case Keep():
                self._keep(step)
            case SetAside():
                self._set_aside(step)
            case _:
                self._take_away(step)

    def _take_away(self, step: Remove | RemoveEnvironment | RemoveFolder) -> None:
        match step:
            case Remove():
                self._remove(step.target)
            case RemoveEnvironment():
                self._remove_environment(step.folder)
            case RemoveFolder():
                self._finish.append(lambda: _remove_if_empty(step.folder))  # the environment in it goes last

    def _keep(self, step: Keep) -> None:
        if step.ours:
            self.files[str(step.target)] = digest(step.target.read_bytes())
        if step.why:
            self.say(step.why)

    def put(self, target: Path, content: bytes, what: str) -> None:
        """Put a file in place, whole or not at all, and note it."""
        self.say(f"Putting {what} into {target.parent}")
        self._folder(target.parent)
        before = target.read_bytes() if target.exists() else None
        _write(target, content)
        self._undo.append(target.unlink if before is None else lambda: _write(target, before))
        self.files[str(target)] = digest(content)

    def _folder(self, folder: Path) -> None:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir()
            self._undo.append(one.rmdir)
            self.folders.append(str(one))

    def _make_environment(self, step: MakeEnvironment) -> None:
        folder, ready = self.places.environment, step.payload
        tools, log = self.tools, self.tools.log
        log.unlink(missing_ok=True)
        self._folder(folder.parent)
        self._move_away(folder)
        self._undo.append(lambda: shutil.rmtree(folder, ignore_errors=True))
        self.say(f"Making the environment in {folder}")
        if tools.run([tools.python, "-I", "-m", "venv", str(folder)], log):
            raise SetupFailed(f"The environment could not be made. {tools.explain(log)}")
        self.say("Installing xlkpi and what it needs; this takes a minute or two")
        command = [str(self.places.python), "-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
        command += ["--progress-bar", "off", "--no-warn-script-location"]
        command += ["--no-index", "--find-links", str(ready.wheels)] if ready.wheels else []
        with tempfile.TemporaryDirectory(prefix="xlkpi-") as draft:
            failed = tools.run([*command, f"{_to_build(ready.source, Path(draft))}[{EXTRA}]"], log)
        if failed:
            raise SetupFailed(f"xlkpi could not be installed. {tools.explain(log)}")
        log.unlink(missing_ok=True)

    def _move_away(self, folder: Path) -> None:
        """Give the environment before another name until all is done."""
        if not folder.exists():
            return
        before = folder.with_name(f"{folder.name}.before")
        shutil.rmtree(before, ignore_errors=True)
        try:
            folder.replace(before)
        except OSError as error:
            raise SetupFailed(f"{folder} is in use ({error.strerror}). Close Excel, then start again.") from error
        self._undo.append(lambda: before.replace(folder))
        self._finish.append(lambda: shutil.rmtree(before, ignore_errors=True))

    def _put_found(self, step: PutFromEnvironment) -> None:
        found = sorted(self.places.environment.glob(step.pattern), key=_versions)
        if not found and step.needed:
            raise SetupFailed(
                f"xlwings came without {step.what}. {step.without} Start again; if this stays so, tell whoever looks "
                "after xlkpi."
            )
        if not found:
            self.say(f"xlwings came without {step.what}. {step.without}")
        for path in _newest(found):
            target, content = step.folder / path.name, path.read_bytes()
            if not target.exists() or target.read_bytes() != content:
                self.put(target, content, step.what)

    def _keep_noted(self, before: Record | None) -> None:
        """Note again what the installation before put there and is still as it was."""
        for name, then in before.files.items() if before else ():
            path = Path(name)
            if name not in self.files and path.exists() and digest(path.read_bytes()) == then:
                self.files[name] = then
        self.folders = [*(before.folders if before else ()), *self.folders]

    def _set_aside(self, step: SetAside) -> None:
        folder = self.places.data / "kept"
        self._folder(folder)
        free, n = folder / step.target.name, 1
        while free.exists():
            n += 1
            free = folder / f"{step.target.stem} ({n}){step.target.suffix}"
        shutil.copyfile(step.target, free)
        self._undo.append(free.unlink)
        self._remove(step.target)
        self.say(f"{step.target} was not as the installer left it: it is kept as {free}.")

    def _remove(self, target: Path) -> None:
        if not target.exists():
            return
        self.say(f"Removing {target}")
        content = target.read_bytes()
        target.unlink()
        self._undo.append(lambda: _write(target, content))

    def _remove_environment(self, folder: Path) -> None:
        if folder.exists():
            self.say(f"Removing {folder}")
            self._move_away(folder)


def _to_build(source: Path, draft: Path) -> Path:
    """Return what pip is to install: a wheel, or a copy of the checkout, since pip builds where the source stands."""
    if source.is_file():
        return source
    for name in ("pyproject.toml", "README.md"):
        if (source / name).is_file():
            shutil.copy(source / name, draft)
    shutil.copytree(source / "xlkpi", draft / "xlkpi", ignore=shutil.ignore_patterns("__pycache__"))
    return draft


def _remove_if_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):  # it is not empty, or it is gone
        folder.rmdir()


def xlwings_version(environment: Path) -> str:
    """Return the version of xlwings in an environment, or an empty string."""
    found = sorted(
        path.name
        for pattern in ("[Ll]ib/site-packages", "lib/python3*/site-packages")
        for path in environment.glob(f"{pattern}/xlwings-*.dist-info")
    )
    return found[-1].removeprefix("xlwings-").removesuffix(".dist-info") if found else ""


def _versions(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", path.name)]


def _newest(found: Sequence[Path]) -> list[Path]:
    """Return the files of the newest version: one script, or the libraries for both kinds of Excel."""
    kinds = {re.sub(r"-.*", "", path.name): path for path in found}
    return list(kinds.values())


def _write(target: Path, content: bytes) -> None:
    draft = target.with_name(f"{target.name}.draft")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _unwritable(error: OSError) -> SetupFailed:
    return SetupFailed(
        f"{error.filename} cannot be written ({error.strerror}). Close Excel and check that the folder is yours to "
        "write to, then start again."
    )
