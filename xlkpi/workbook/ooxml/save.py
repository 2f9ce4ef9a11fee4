"""Reading a file whole, and replacing it whole: at every moment there is one good version under its name."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from pathlib import Path
from typing import NamedTuple

from xlkpi.errors import FileUnusable, WorkbookLocked

_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRAY_AGE = 600
_MARK = ".xlkpi-"
_ENDING = ".tmp"


class Original(NamedTuple):
    """A file as it was when it was read."""

    path: Path
    data: bytes
    stat: os.stat_result


def read_file(path: Path) -> Original:
    """Return the content of a file, links followed, with what tells later whether it changed.

    Raises:
        FileUnusable: Where there is no such file, it cannot be read, or its first bytes say it is no open package.
    """
    real = Path(os.path.realpath(path))
    try:
        with real.open("rb") as file:
            before = os.fstat(file.fileno())
            data = file.read()
    except FileNotFoundError:
        raise FileUnusable(_MISSING.format(path)) from None
    except IsADirectoryError:
        raise FileUnusable(_FOLDER.format(path)) from None
    except PermissionError:
        if real.is_dir():
            raise FileUnusable(_FOLDER.format(path)) from None
        raise WorkbookLocked(_NOT_READABLE.format(path)) from None
    except OSError as error:
        raise FileUnusable(_NOT_READ.format(path, error.strerror or error)) from None
    if data.startswith(_OLD_FORMAT):
        raise FileUnusable(_PROTECTED.format(path.name))
    return Original(real, data, before)


def replace_file(original: Original, data: bytes, *, backup: bool) -> Original:
    """Put new content in the place of a file that was read.

    Args:
        original: The file as it was read.
        data: Its new content.
        backup: Whether the version that is replaced is kept beside it.

    Returns:
        The file as it is now.

    Raises:
        WorkbookLocked: Where somebody has it open, or it changed since it was read.
        FileUnusable: Where it cannot be written. In every case the file is as it was.
    """
    path = original.path
    _sweep(path)
    refuse_locked(original)
    temporary = None
    try:
        if backup:
            temporary = _written(path, original.data, original.stat)
            _replace(temporary, backup_path(path))
        temporary = _written(path, data, original.stat)
        refuse_locked(original)
        _replace(temporary, path)
        temporary = None
    except PermissionError:
        raise WorkbookLocked(_OPEN.format(path.name)) from None
    except OSError as error:
        raise FileUnusable(_NOT_SAVED.format(path.name, error.strerror or error)) from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
    _settle(path.parent)
    return Original(path, data, path.stat())


def backup_path(path: Path) -> Path:
    """Return where the version before the last change is kept.

    Examples:
        >>> backup_path(Path("Performance.xlsm")).name
        'Performance (backup).xlsm'
    """
    return path.with_name(f"{path.stem} (backup){path.suffix}")


def refuse_locked(original: Original) -> None:
    """Refuse a file that somebody has open, that changed since it was read, or that may not be written.

    Raises:
        WorkbookLocked: Where it is open elsewhere or changed.
        FileUnusable: Where it is read-only.
    """
    path = original.path
    who = _opened_by(path)
    if who is not None:
        raise WorkbookLocked(_OPEN_BY.format(path.name, who) if who else _OPEN.format(path.name))
    try:
        now = path.stat()
    except OSError:
        raise WorkbookLocked(_CHANGED.format(path.name)) from None
    if _identity(now) != _identity(original.stat):
        raise WorkbookLocked(_CHANGED.format(path.name))
    if not now.st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
        raise FileUnusable(_READ_ONLY.format(path.name))


def _identity(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_mtime_ns, found.st_size, found.st_ino


def _opened_by(path: Path) -> str | None:
    """Return who has a file open by the lock file beside it; empty where it does not tell, None where there is none."""
    excel = path.with_name(f"~${path.name}")
    office = path.with_name(f".~lock.{path.name}#")
    for lock in (excel, office):
        try:
            content = lock.read_bytes()
        except FileNotFoundError:
            continue
        except OSError:
            return ""
        if lock is excel:
            return _excel_user(content)
        fields = content.decode("utf-8", "replace").split(",")
        return next((field.strip() for field in fields if field.strip()), "")
    return None


def _excel_user(content: bytes) -> str:
    """Return the user in an owner file of Excel: a length and a name, in bytes and again in two-byte letters."""
    if len(content) > 57:  # noqa: PLR2004
        length = content[55]
        wide = content[57 : 57 + 2 * length]
        if 0 < length <= 54 and len(wide) == 2 * length:  # noqa: PLR2004
            return wide.decode("utf-16-le", "replace").strip("\0 ")
    return content[1 : 1 + content[0]].decode("cp1252", "replace").strip("\0 ") if content else ""


def _written(path: Path, data: bytes, like: os.stat_result) -> Path:
    """Return a temporary file beside a path with the content on the disk and the permissions of the original."""
    temporary = path.with_name(f".{path.name}{_MARK}{os.getpid()}{_ENDING}")
    with contextlib.suppress(FileNotFoundError):
        temporary.unlink()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    except BaseException:
        os.close(handle)
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    os.close(handle)
    temporary.chmod(stat.S_IMODE(like.st_mode))
    return temporary


def _replace(temporary: Path, path: Path) -> None:
    """Move a file over another; where the file system is busy for a moment (a virus scanner), try again."""
    for pause in (0.05, 0.1, 0.2):
        try:
            temporary.replace(path)
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(pause)
        else:
            return
    temporary.replace(path)


def _settle(folder: Path) -> None:
    """Have the folder's new entry on the disk too, where the system can."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(path: Path) -> None:
    """Take away temporary files that an earlier run left when it was ended in the middle."""
    start = f".{path.name}{_MARK}"
    with contextlib.suppress(OSError):
        for found in os.scandir(path.parent):
            if found.name.startswith(start) and found.name.endswith(_ENDING):
                with contextlib.suppress(OSError):
                    if time.time() - found.stat().st_mtime > _STRAY_AGE:
                        Path(found.path).unlink()


_MISSING = "{}: there is no such file. Check the name and the folder."
_FOLDER = "{}: this is a folder, not a workbook. Name the .xlsx or .xlsm file in it."
_NOT_READABLE = "{}: the file cannot be opened. Close it in Excel, or ask for permission to read it, and try again."
_NOT_READ = "{}: the file cannot be read ({}). Check the drive or the network connection and try again."
_PROTECTED = (
    "{}: the workbook is protected by a password or a sensitivity label, or it is an old .xls file. Open it in Excel, "
    "take the protection away (File, Info, Protect Workbook) or save it as .xlsx (File, Save As), and try again."
)
_OPEN = (
    "{}: the workbook is open elsewhere. Close it in Excel and try again, or add --live to work in it as it is open. "
    "Nothing was changed."
)
_OPEN_BY = (
    "{0}: {1} has the workbook open. Close it in Excel, or ask {1} to, and try again; where it is open on this machine, add "
    "--live. Nothing was changed."
)
_CHANGED = "{}: the workbook was changed by somebody else in the meantime. Run the command again. Nothing was changed."
_READ_ONLY = "{}: the file is read-only. Take the mark away in its properties, or work on a copy. Nothing was changed."
_NOT_SAVED = (
    "{}: the workbook could not be saved ({}). Make room or choose another folder, and try again. Nothing was changed."
)
