#!/usr/bin/env python3
"""Start the demonstration, the tests or any xlkpi command from a fresh checkout.

Nothing but Python is needed, and nothing outside the checkout is touched: the folder ``.venv`` holds the
environment, and three files of ours in it say how far it got.

``run.lock``
    Held while the environment is made. Its presence says that the folder is ours to rebuild.
``run.stamp``
    What the finished environment was made from. It is taken away before anything is changed and put back when all
    is done, so a start that was interrupted leaves no stamp and the next one begins afresh.
``run.log``
    The words of the last step.

This file is read by whatever Python a person has, so it must parse and be imported on Python 3.6: annotations that
3.6 cannot evaluate stand in quotes, and nothing newer is used above the version check.
"""

import contextlib
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

OLDEST = (3, 11)
SETUP_FAILED = 3
"""Exit code where the environment could not be made; 0 to 2 belong to the program that is started."""
STOPPED = 130
"""Exit code after Ctrl-C, as shells have it."""

SEVERAL = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")
"""How the whole suite is run: in as many processes as there are cores, at most four, each file of tests in one of them."""

HELP = """\
Start xlkpi from this folder. The first start makes an environment in .venv; later ones begin at once.

    python3 install/run.py demo    copy the worked example into a folder, refresh it and say what to open
    python3 install/run.py test    run the whole test suite; what follows is handed to pytest

Any other command is handed to xlkpi, for example: python3 install/run.py refresh BOOK
"""

PIP_DOES = ("Building", "Collecting", "Downloading", "Getting", "Installing", "Preparing", "Processing")
"""First words of the lines in which pip tells what it is about; the other lines are remarks."""

CURES = (
    (
        ("CERTIFICATE_VERIFY_FAILED", "SSLError"),
        "A certificate was not trusted: set PIP_CERT to your organisation's certificate file, then start again.",
    ),
    (
        ("ProxyError", "407 Proxy"),
        "The proxy refused the connection: set HTTPS_PROXY to your organisation's proxy, then start again.",
    ),
    (
        ("No space left on device", "not enough space on the disk"),
        "The disk is full: free 1 GB, then start again.",
    ),
    (
        ("NewConnectionError", "ConnectTimeoutError", "NameResolutionError", "getaddrinfo failed", "Read timed out"),
        (
            "No package index could be reached: connect to the network, or set PIP_INDEX_URL to the address of your "
            "own package mirror, then start again."
        ),
    ),
    (
        ("No matching distribution found",),
        (
            "The package index could not be reached, or does not have it: check the network and pip's settings "
            "(python3 -m pip config list), then start again."
        ),
    ),
)
"""Words in what pip wrote, and what to do about them; the first that fits is used."""


class SetupError(Exception):
    """What stopped the environment from being made, and what to do."""


class Stamp(NamedTuple):
    """What an environment is made from, or was.

    Attributes:
        python: Hash of the interpreter and of the place of the checkout; another means another environment.
        project: Hash of ``pyproject.toml``; another means that pip has to look again.
        extras: The extra that is installed with the package, or an empty string.
    """

    python: str
    project: str
    extras: str

    def covers(self, wanted: "Stamp") -> bool:
        """Return whether an environment with this stamp serves where `wanted` is needed."""
        return self[:2] == wanted[:2] and wanted.extras in ("", self.extras)


# The person's Python


def version_problem(found: "tuple[int, int, int]", executable: str) -> "str | None":
    """Return what to say to a person whose Python is too old.

    Args:
        found: Version of the Python that runs this file.
        executable: Where that Python is.

    Returns:
        One line, or None where the Python will do.
    """
    if found[:2] >= OLDEST:
        return None
    newer = newer_python()
    cure = (
        f"Start it with: {newer} install/run.py"
        if newer
        else "Install a current Python (python.org, or your organisation's software centre), then start again with it."
    )
    version, needed = (".".join(map(str, numbers)) for numbers in (found, OLDEST))
    return f"xlkpi needs Python {needed} or later, and this is Python {version} ({executable}). {cure}"


def newer_python() -> "str | None":
    """Return the command of a Python on this machine that will do, the newest first, or None."""
    for minor in range(OLDEST[1] + 9, OLDEST[1] - 1, -1):
        name = f"python{OLDEST[0]}.{minor}"
        # A version manager may have the name and not the Python.
        if shutil.which(name) and subprocess.call([name, "-c", ""], stderr=subprocess.DEVNULL) == 0:  # noqa: S603 - whatever Python the person has
            return name
    return None


def venv_problem() -> "str | None":
    """Return what to say where this Python cannot make an environment, or None where it can."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if not missing:
        return None
    version = "{}.{}".format(*sys.version_info[:2])
    return (
        f"This Python {version} ({sys.executable}) comes without {' and '.join(missing)}, which the environment needs. "
        f"On Debian or Ubuntu: sudo apt install python{version}-venv. Elsewhere install a Python from python.org. "
        "Then start again."
    )


# The stamp


def wanted_stamp(root: Path, extras: str) -> Stamp:
    """Return the stamp of the environment that this Python would make of this checkout.

    Args:
        root: The checkout.
        extras: The extra to install with the package, or an empty string.

    Raises:
        SetupError: There is no ``pyproject.toml``.
    """
    try:
        project = (root / "pyproject.toml").read_bytes()
    except OSError as error:
        raise SetupError(
            f"{root / 'pyproject.toml'} cannot be read ({error.strerror}). Start run.py from a whole checkout."
        ) from error
    # The base prefix is the same inside the environment and outside, so either may start this file. The place counts
    # because environments and editable installs do not survive a move.
    interpreter = "\n".join(
        (str(sys.implementation.cache_tag), sys.base_prefix, platform.machine(), str(root.absolute()))
    )
    return Stamp(_digest(os.fsencode(interpreter)), _digest(project), extras)


def _digest(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def read_stamp(root: Path) -> "Stamp | None":
    """Return the stamp of the environment in the checkout, or None where it has none or a damaged one."""
    try:
        words = stamp_path(root).read_text(encoding="ascii").split("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return Stamp(words[0], words[1], words[2]) if len(words) == len(Stamp._fields) + 1 else None


def write_stamp(root: Path, stamp: Stamp) -> None:
    """Put `stamp` on the environment, whole or not at all."""
    draft = stamp_path(root).with_suffix(".draft")
    draft.write_text("".join(f"{word}\n" for word in stamp), encoding="ascii")
    draft.replace(stamp_path(root))


def stamp_path(root: Path) -> Path:
    """Return where the stamp of the environment stands."""
    return root / ".venv" / "run.stamp"


def lock_path(root: Path) -> Path:
    """Return the file that is held while the environment is made."""
    return root / ".venv" / "run.lock"


def log_path(root: Path) -> Path:
    """Return where the words of the last step stand."""
    return root / ".venv" / "run.log"


def python_path(root: Path) -> Path:
    """Return the Python of the environment."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


# The environment


def ready_python(root: Path, extras: str) -> Path:
    """Return the Python of an environment that holds the package, made first where need be.

    Args:
        root: The checkout.
        extras: The extra to install with the package, or an empty string.

    Raises:
        SetupError: The environment cannot be made.
    """
    wanted = wanted_stamp(root, extras)
    if not is_ready(root, wanted):
        with locked(root) as lock:
            # Another start may have done it while this one waited.
            if not is_ready(root, wanted):
                make(root, wanted, lock)
    return python_path(root)


def is_ready(root: Path, wanted: Stamp) -> bool:
    """Return whether the environment is finished, alive and made from what is `wanted`."""
    stamp = read_stamp(root)
    # The link to a Python that has been taken off the machine does not exist.
    return stamp is not None and stamp.covers(wanted) and python_path(root).exists()


def make(root: Path, wanted: Stamp, lock: int) -> None:
    """Make the environment, or bring it up to date where only the project has changed.

    Args:
        root: The checkout.
        wanted: The stamp to put on the environment when all is done.
        lock: The descriptor of the held lock.

    Raises:
        SetupError: A step failed.
    """
    stamp = read_stamp(root)
    whole = stamp is not None and stamp.python == wanted.python and python_path(root).exists()
    steps = 1 if whole else 2
    with contextlib.suppress(FileNotFoundError):
        stamp_path(root).unlink()
    if not whole:
        problem = venv_problem()
        if problem:
            raise SetupError(problem)
        clear(root)
        command = [base_python(), "-I", "-m", "venv", str(root / ".venv")]
        if run_step(f"[1/{steps}] Making the environment in {root / '.venv'}", command, root, lock):
            raise SetupError(venv_failure(root))
    command = [str(python_path(root)), "-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "--editable", f".[{wanted.extras}]" if wanted.extras else "."]
    if run_step(f"[{steps}/{steps}] Installing xlkpi and what it needs", command, root, lock):
        raise SetupError(pip_failure(root))
    write_stamp(root, wanted)


def base_python() -> str:
    """Return the Python to make the environment with: the one behind this one where this one is in an environment.

    The environment may be the very one that is about to be cleared.
    """
    base = str(getattr(sys, "_base_executable", None) or "")
    return base if base and Path(base).exists() else sys.executable


def clear(root: Path) -> None:
    """Empty the environment's folder, all but the lock.

    Raises:
        SetupError: Something in it is in use.
    """
    try:
        for path in (root / ".venv").iterdir():
            if path == lock_path(root):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(str(path))
            else:
                path.unlink()
    except OSError as error:
        raise SetupError(
            f"{error.filename} cannot be deleted ({error.strerror}), and the environment has to be made again. "
            f"Close the programs that use {root / '.venv'}, then start again."
        ) from error


# The lock


@contextlib.contextmanager
def locked(root: Path) -> "Iterator[int]":
    """Hold the environment's lock; yield its descriptor.

    The operating system lets go of the lock when the last process that holds it ends, however it ends, so a lock is
    never stale.

    Args:
        root: The checkout.

    Yields:
        The descriptor of the lock.

    Raises:
        SetupError: The folder cannot be written to, or is somebody else's.
    """
    folder = root / ".venv"
    if folder.is_dir() and not lock_path(root).exists() and any(folder.iterdir()):
        raise SetupError(f"{folder} was not made by run.py and is left alone. Rename or delete it, then start again.")
    try:
        folder.mkdir(exist_ok=True)
        handle = lock_path(root).open("a+b")
    except OSError as error:
        raise SetupError(
            f"{folder} cannot be written to ({error.strerror}). Copy the checkout to a folder of your own, "
            "then start again there."
        ) from error
    with handle:
        wait_for(handle.fileno())
        yield handle.fileno()


def wait_for(lock: int) -> None:
    """Take the lock, waiting with a word to the person while another start holds it."""
    if take(lock):
        return
    progress = Progress("Waiting for another start, which is making the environment")
    while not take(lock):
        progress.tick()
        time.sleep(0.2)
    progress.close()


def take(lock: int) -> bool:
    """Return whether the lock is ours now.

    A file system without locks counts as free: a rare double start is better than no start.
    """
    if sys.platform == "win32":
        os.lseek(lock, 0, os.SEEK_SET)
        try:
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
    else:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
    return True


# Steps and what is said about them


class Progress:
    """The line of one step: it moves on a terminal, and elsewhere a dot is added every two seconds."""

    def __init__(self, title: str) -> None:
        """Begin the line with `title`."""
        self._title = title
        self._begun = time.monotonic()
        self._dotted = self._begun
        self._moves = sys.stderr.isatty()
        sys.stderr.write(title if self._moves else f"{title} ")
        sys.stderr.flush()

    def tick(self, detail: str = "") -> None:
        """Show that the step goes on, with what it is about at this moment."""
        now = time.monotonic()
        if self._moves:
            line = f"{self._title}: {now - self._begun:.0f} s {detail}"
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write("\r" + line[:width].ljust(width))
        elif now - self._dotted > 2:  # noqa: PLR2004 - seconds, as the class says
            self._dotted = now
            sys.stderr.write(".")
        sys.stderr.flush()

    def close(self) -> None:
        """End the line with the time that the step took."""
        self.tick()
        taken = f"{time.monotonic() - self._begun:.1f} s"
        sys.stderr.write(f"\r{self._title}: {taken} \n" if self._moves else f" {taken}\n")
        sys.stderr.flush()


def run_step(title: str, command: "Sequence[str]", root: Path, lock: int) -> int:
    """Run one step with a moving line, and return its exit code.

    Args:
        title: What the person reads.
        command: What is run, in the checkout. Its words go to the log.
        root: The checkout.
        lock: The descriptor of the lock. The step holds it too, so that a step that outlives this process is waited
            for by the next start.
    """
    # PYTHONHOME and PYTHONPATH would let packages of another Python pass for installed, and PIP_USER=1 (also from
    # pip's settings) does not go with an environment. All other settings of pip are the person's.
    settings = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    settings["PIP_USER"] = "0"
    kept = () if os.name == "nt" else (lock,)
    progress = Progress(title)
    with log_path(root).open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - the words are ours
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=str(root), env=settings, pass_fds=kept
        )
        try:
            while process.poll() is None:
                time.sleep(0.1)
                progress.tick(doing(root))
        except BaseException:
            process.terminate()
            process.wait()
            raise
        finally:
            progress.close()
    return process.returncode


def read_log(root: Path) -> "list[str]":
    """Return the lines of the log without blank ones."""
    lines = log_path(root).read_text(encoding="utf-8", errors="replace").splitlines()
    return [line.strip() for line in lines if line.strip()]


def last_line(root: Path) -> str:
    """Return the last line of the log as far as it has been written."""
    return (read_log(root) or [""])[-1]


def doing(root: Path) -> str:
    """Return in a few words what pip is about, such as ``Collecting pandas>=2.2``, or an empty string."""
    lines = [line for line in read_log(root) if line.split()[0] in PIP_DOES]
    words = [word.rstrip(":") for word in (lines or [""])[-1].split()[:3] if not word.startswith("(")]
    # A file's name without its folder.
    return " ".join(word.replace("\\", "/").split("/")[-1] for word in words)


def venv_failure(root: Path) -> str:
    """Return what to say where Python could not make the environment."""
    return (
        f"The environment could not be made in {root / '.venv'}.\n"
        f"Python says: {last_line(root)}\n"
        f"Put that right, then start again. All it said: {log_path(root)}"
    )


def pip_failure(root: Path) -> str:
    """Return what to say where pip failed: its last line that tells something, and what to do."""
    lines = read_log(root)
    errors = [line for line in lines if line.startswith("ERROR:") and "subprocess-exited" not in line]
    told = [line for line in lines if line[0].isalpha() and not line.lower().startswith(("note:", "hint:"))]
    said = (errors or told or ["nothing"])[-1]
    text = "\n".join(lines)
    fitting = [cure for signs, cure in CURES if any(sign in text for sign in signs)]
    cure = (fitting or ["Put that right, then start again."])[0]
    return f"xlkpi could not be installed.\npip says: {said}\n{cure} All that pip said: {log_path(root)}"


# The start


def command_line(python: Path, arguments: "Sequence[str]") -> "list[str]":
    """Return what is run in the environment for what the person typed.

    Args:
        python: The Python of the environment.
        arguments: What was typed after ``run.py``; at least one word.
    """
    if arguments[0] == "test":
        return [str(python), "-m", "pytest", *(arguments[1:] or SEVERAL)]
    return [str(python), "-m", "xlkpi", *arguments]


def hand_over(command: "Sequence[str]") -> int:
    """Become `command` where the system can, else run it and return its exit code."""
    os.environ.pop("PYTHONHOME", None)
    if os.name != "nt":
        become(command)
    process = subprocess.Popen(command)  # noqa: S603 - the person's own words, without a shell
    while True:
        # The console sends Ctrl-C to both; the program says what it has to say about it.
        with contextlib.suppress(KeyboardInterrupt):
            return process.wait()


def become(command: "Sequence[str]") -> NoReturn:
    """Replace this process by `command`, so that signals and the exit code are its own."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], list(command))  # noqa: S606 - the person's own words, without a shell


def main(arguments: "Sequence[str]", root: Path) -> int:
    """Do what was typed, and return the exit code.

    Args:
        arguments: What was typed after ``run.py``.
        root: The checkout.
    """
    problem = version_problem(sys.version_info[:3], sys.executable)
    if problem:
        sys.stderr.write(f"{problem}\n")
        return SETUP_FAILED
    if not arguments or arguments[0] in ("help", "-h", "--help"):
        sys.stdout.write(HELP)
        return 0
    testing = arguments[0] == "test"
    try:
        python = ready_python(root, "test" if testing else "")
        if testing:
            os.chdir(str(root))
        return hand_over(command_line(python, arguments))
    except SetupError as error:
        sys.stderr.write(f"{error}\n")
        return SETUP_FAILED
    except OSError as error:
        sys.stderr.write(f"xlkpi could not be started: {error}. Delete {root / '.venv'}, then start again.\n")
        return SETUP_FAILED
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Start again to carry on.\n")
        return STOPPED


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A path with letters that the console does not know must not stop the start.
            stream.reconfigure(errors="backslashreplace")
    # Not resolved: a mapped drive of Windows keeps its letter.
    sys.exit(main(sys.argv[1:], Path(os.path.abspath(__file__)).parent.parent))  # noqa: PTH100
