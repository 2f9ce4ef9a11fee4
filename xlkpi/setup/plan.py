"""What putting in place and taking away come to: a list of steps, made without touching anything."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xlkpi.errors import XlkpiError
from xlkpi.setup.places import ADDIN, Places
from xlkpi.setup.record import Record, digest, digest_of
from xlkpi.version import VERSION


class SetupFailed(XlkpiError):
    """Something could not be put in place or taken away; the message says what, and what to do."""


@dataclass(frozen=True, slots=True)
class Payload:
    """What there is to put in place.

    Attributes:
        source: The checkout or the wheel that the package is installed from.
        wheels: A folder with wheels of everything that is needed; None lets pip ask its index.
        addin: The add-in.
        workbooks: Template and worked example.
        stamp: Hash of the source; another means another environment.
        version: Of xlkpi.
    """

    source: Path
    wheels: Path | None
    addin: Path
    workbooks: tuple[Path, ...]
    stamp: str
    version: str = VERSION


@dataclass(frozen=True, slots=True)
class Seen:
    """What is there already.

    Attributes:
        record: Of the installation before; None where there is none.
        hashes: SHA-256 of each file that is there, for the files that the plan may touch.
        python: Whether the private environment has its Python.
        excel: Whether Excel has made its folders (macOS).
    """

    record: Record | None = None
    hashes: Mapping[Path, str] = field(default_factory=dict)
    python: bool = False
    excel: bool = True


@dataclass(frozen=True, slots=True)
class MakeEnvironment:
    """Make the private environment afresh and install the package into it; the one before stays until all is done."""

    payload: Payload


@dataclass(frozen=True, slots=True)
class Put:
    """Put a file in place; what stands there is replaced."""

    target: Path
    content: bytes
    what: str


@dataclass(frozen=True, slots=True)
class PutFromEnvironment:
    """Put a file of the xlwings in the environment into a folder.

    Attributes:
        pattern: Finds it in the environment; the newest is taken where there are more.
        folder: Where it goes.
        what: What it is.
        without: What does not work without it.
        needed: Whether nothing works without it.
    """

    pattern: str
    folder: Path
    what: str
    without: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Keep:
    """Leave a file as it is: it is the right one already, or it is the person's.

    Attributes:
        target: The file.
        what: What it is.
        ours: Whether the installer put it there.
        why: Told to the person; empty where there is nothing to tell.
    """

    target: Path
    what: str
    ours: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """Move a file that is not as the installer left it out of the way, so that nothing of it is lost.

    It may not stay where it is under another name: Excel opens whatever stands in its startup folder.
    """

    target: Path
    what: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Take away a file that the installer put there."""

    target: Path


@dataclass(frozen=True, slots=True)
class RemoveEnvironment:
    """Take away the private environment."""

    folder: Path


@dataclass(frozen=True, slots=True)
class RemoveFolder:
    """Take away a folder that the installer made, if nothing is left in it."""

    folder: Path


Step = MakeEnvironment | Put | PutFromEnvironment | Keep | SetAside | Remove | RemoveEnvironment | RemoveFolder


def payload(root: Path, python: str) -> Payload:
    """Return what a checkout, or a folder with a wheel, has to put in place.

    Args:
        root: Holds ``workbooks``, and the package's source or a wheel.
        python: Says which Python the environment would be made with.

    Raises:
        SetupFailed: Where something is missing.
    """
    wheels = [*root.glob("xlkpi-*.whl"), *(root / "install").glob("xlkpi-*.whl")]
    source = max(wheels, key=lambda path: path.name) if wheels else root
    addin = root / "workbooks" / ADDIN
    if not (wheels or (root / "pyproject.toml").is_file()) or not addin.is_file():
        missing = addin if wheels or (root / "pyproject.toml").is_file() else root / "pyproject.toml"
        raise SetupFailed(f"{missing} is missing. Unpack the whole download, then start again from there.")
    whole = hashlib.sha256(f"{python}\n{root}".encode())
    for path in [source] if wheels else _source_files(root):
        whole.update(path.read_bytes())
    bundle = root / "install" / "wheels"
    workbooks = tuple(sorted(path for path in (root / "workbooks").iterdir() if path.suffix in {".xlsx", ".xlsm"}))
    return Payload(source, bundle if bundle.is_dir() else None, addin, workbooks, whole.hexdigest())


def _source_files(root: Path) -> list[Path]:
    files = (path for path in (root / "xlkpi").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [root / "pyproject.toml", *sorted(files)]


def look(places: Places, record: Record | None, workbooks: tuple[Path, ...] = ()) -> Seen:
    """Return what is there already; nothing is changed."""
    touched = [places.library / path.name for path in workbooks]
    touched += [places.startup / ADDIN] if places.startup else []
    touched += [places.settings] if places.settings else []
    touched += [Path(path) for path in record.files] if record else []
    hashes = {path: found for path in touched if (found := digest_of(path)) is not None}
    excel = places.excel is None or places.excel.is_dir()
    return Seen(record, hashes, places.python.exists(), excel)


def plan_install(places: Places, ready: Payload, settings: bytes, seen: Seen) -> list[Step]:
    """Return the steps that put xlkpi in place, or bring it up to date; none where all is as it should be.

    Args:
        places: Where things go.
        ready: What there is to put there.
        settings: Content of the settings file.
        seen: What is there already.

    Raises:
        SetupFailed: Where this machine cannot take it.
    """
    if places.startup is None or places.settings is None:
        raise SetupFailed(
            "The installer puts xlkpi into Excel, which runs on Windows and macOS only. "
            "Here, start the commands with: python3 install/run.py"
        )
    if not seen.excel:
        raise SetupFailed(
            f"{places.excel} is missing: Excel makes it when it is first opened. Open Excel once, close it, start again."
        )
    record = seen.record
    steps: list[Step] = []
    if not (record and record.stamp == ready.stamp and seen.python):
        steps.append(MakeEnvironment(ready))
    steps += _from_xlwings(places)
    steps += _ours(places.startup / ADDIN, ready.addin.read_bytes(), "the add-in", seen)
    steps += _ours(places.settings, settings, "the settings", seen)
    for path in ready.workbooks:
        steps += _persons(places.library / path.name, path.read_bytes(), seen)
    wanted = {step.target for step in steps if isinstance(step, Put | Keep)}
    steps += _outdated(places, seen, wanted)
    return steps


def _from_xlwings(places: Places) -> list[Step]:
    if places.scripts is not None:
        pattern = "lib/python3*/site-packages/xlwings/xlwings-*.applescript"
        without = "Without it no button can start Python."
        return [PutFromEnvironment(pattern, places.scripts, "the script that starts Python", without, needed=True)]
    without = "Functions in cells (KPI_STATUS and so on) will not work; buttons will."
    what = "the library for functions in cells"
    return [PutFromEnvironment("xlwings*.dll", places.python.parent, what, without, needed=False)]


def _ours(target: Path, content: bytes, what: str, seen: Seen) -> list[Step]:
    """Return the steps for a file that is wholly the installer's business."""
    found = seen.hashes.get(target)
    put_before = seen.record is not None and str(target) in seen.record.files
    if found == digest(content):
        return [Keep(target, what, ours=put_before)]
    if found is None or (seen.record and found == seen.record.files.get(str(target))):
        return [Put(target, content, what)]
    return [SetAside(target, what), Put(target, content, what)]


def _persons(target: Path, content: bytes, seen: Seen) -> list[Step]:
    """Return the steps for a workbook that is the person's as soon as anything was typed into it."""
    found = seen.hashes.get(target)
    before = seen.record.files.get(str(target)) if seen.record else None
    if found is None or (found == before and found != digest(content)):
        return [Put(target, content, target.name)]
    if found == digest(content):
        return [Keep(target, target.name, ours=before is not None)]
    why = f"Your {target} was kept. To get the new one, give yours another name and start again."
    return [Keep(target, target.name, ours=False, why=why)]


def _outdated(places: Places, seen: Seen, wanted: set[Path]) -> list[Step]:
    """Return the removal of what the version before put in place and this one does not."""
    if seen.record is None:
        return []
    return [
        Remove(path)
        for path, digest_then in ((Path(path), then) for path, then in seen.record.files.items())
        if path not in wanted
        and not path.is_relative_to(places.environment)
        and not _may_be_rewritten(places, path)
        and seen.hashes.get(path) == digest_then
    ]


def _may_be_rewritten(places: Places, path: Path) -> bool:
    """Return whether a step that is still to come decides about this file."""
    return path.parent == places.scripts


def plan_uninstall(places: Places, seen: Seen) -> list[Step]:
    """Return the steps that take away what the installer put in place, and nothing else.

    A workbook that anything was typed into stays; so does every file and folder that was there before.
    """
    record = seen.record
    if record is None:
        return []
    steps: list[Step] = []
    for name, then in record.files.items():
        path, now = Path(name), seen.hashes.get(Path(name))
        if now is None or path.is_relative_to(places.environment):
            continue
        if now == then:
            steps.append(Remove(path))
        elif path.is_relative_to(places.library):
            steps.append(Keep(path, path.name, ours=False, why=f"Your {path} was kept."))
        else:
            steps.append(SetAside(path, path.name))
    steps.append(RemoveEnvironment(places.environment))
    steps += [Remove(places.log), Remove(places.log.with_suffix(".before.log")), Remove(places.record)]
    steps += [RemoveFolder(Path(folder)) for folder in reversed(record.folders)]
    return steps
