"""A file that cannot be used says what to do; a save that fails leaves the file as it was and nothing beside it."""

import errno
import os
import random
import signal
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from file.made import apply, parts, rewritten, simple, table

from xlkpi.errors import FileUnusable, WorkbookLocked, XlkpiError
from xlkpi.workbook.backend import WriteTable
from xlkpi.workbook.file import ClosedFile
from xlkpi.workbook.ooxml import archive

PLAN = [WriteTable("tblOut", [("new", 1, 2)])]
as_root = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="the superuser may write everything")


def unusable(path: Path) -> str:
    """Return the message with which a file is refused on opening."""
    with pytest.raises(FileUnusable) as caught:
        read_all(path)
    message = str(caught.value)
    assert path.name in message.partition(": ")[0]
    assert message.endswith(".")
    return message


def read_all(path: Path) -> None:
    workbook = ClosedFile(path)
    for name in workbook.tables():
        workbook.read(name)


def unsaved(path: Path, workbook: ClosedFile) -> str:
    """Return the message with which a save is refused, after a look that nothing was changed."""
    before, listed = path.read_bytes(), sorted(entry.name for entry in path.parent.iterdir())
    with pytest.raises(FileUnusable) as caught:
        workbook.apply(PLAN)
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in path.parent.iterdir()) == listed
    assert "Nothing was changed." in str(caught.value)
    return str(caught.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "there is no such file" in unusable(tmp_path / "none.xlsx")
    assert "a folder, not a workbook" in unusable(tmp_path)


def test_a_password_or_an_old_format(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    assert "protected by a password or a sensitivity label, or it is an old .xls file" in unusable(path)


@pytest.mark.parametrize("content", [b"", b"Code,Cases\nA1,3\n", b"PK", b"<html>Sign in</html>" * 50])
def test_a_file_that_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert "not an Excel workbook" in unusable(path) or "cut short" in unusable(path)


def test_a_file_cut_short_anywhere(tmp_path: Path) -> None:
    whole = simple(tmp_path / "a.xlsx").read_bytes()
    path = tmp_path / "b.xlsx"
    for length in [*range(1, len(whole), 97), len(whole) - 1, len(whole) - 21]:
        path.write_bytes(whole[:length])
        unusable(path)


def test_a_file_with_damage_anywhere_is_read_right_or_refused(tmp_path: Path) -> None:
    whole = simple(tmp_path / "a.xlsx").read_bytes()
    good = table(tmp_path / "a.xlsx")
    path, chance = tmp_path / "b.xlsx", random.Random(1)
    for _ in range(400):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        try:
            block = ClosedFile(path).read("tblOut")
        except (FileUnusable, KeyError):
            continue
        assert block.rows == good.rows


def test_other_packages(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "no workbook")
    assert "holds no Excel workbook" in unusable(path)
    with zipfile.ZipFile(path, "w"):
        pass
    assert "holds no Excel workbook" in unusable(path)

    def word(name: str, content: bytes) -> bytes:
        return content.replace(b"spreadsheetml", b"wordprocessingml") if name == "[Content_Types].xml" else content

    assert "holds no Excel workbook" in unusable(rewritten(simple(tmp_path / "b.xlsx"), tmp_path / "c.xlsx", word))

    def binary(name: str, content: bytes) -> bytes:
        return content.replace(b"xl/workbook.xml", b"xl/workbook.bin") if name.startswith(("[", "_rels")) else content

    path = rewritten(simple(tmp_path / "d.xlsx"), tmp_path / "e.xlsb", binary)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/workbook.bin", b"\x83\x01\x00")
    assert "binary workbook (.xlsb)" in unusable(path)


def test_a_part_that_is_missing(tmp_path: Path) -> None:
    for missing in ("xl/worksheets/sheet1.xml", "xl/tables/table1.xml", "xl/workbook.xml"):
        path = rewritten(
            simple(tmp_path / "a.xlsx"),
            tmp_path / "b.xlsx",
            lambda name, content: None if name == missing else content,  # noqa: B023
        )
        assert unusable(path)


def test_a_part_twice(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/workbook.xml", "<other/>")
    assert "the part xl/workbook.xml twice" in unusable(path)


def test_members_under_a_password(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\1\2")
    content[entry + 8] |= 1
    path.write_bytes(content)
    assert "protected by a password" in unusable(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/zeros.bin", bytes(archive.BOMB_SIZE + 1))
    assert "unreasonable size" in unusable(path)


def test_a_member_that_is_larger_than_it_says_is_not_unpacked(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\1\2", content.index(b"PK\1\2"))
    while content[at + 46 : at + 46 + 24] != b"xl/worksheets/sheet1.xml":
        at = content.index(b"PK\1\2", at + 4)
    struct.pack_into("<I", content, at + 24, 100)
    path.write_bytes(content)
    assert "damaged" in unusable(path)


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_resolved(tmp_path: Path, name: str, encoding: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")

    def entity(found: str, content: bytes) -> bytes:
        if found != name:
            return content
        declaration, _, rest = content.decode().partition("?>")
        declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        return f"{declaration}?>{declared}{rest}".replace("UTF-8", encoding).encode(encoding)

    path = rewritten(simple(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", entity)
    message = unusable(path)
    assert "declares XML entities" in message
    assert name in message


def test_xml_that_is_broken(tmp_path: Path) -> None:
    def cut(name: str, content: bytes) -> bytes:
        return content[: len(content) // 2] if name in {"xl/workbook.xml", "xl/worksheets/sheet1.xml"} else content

    path = rewritten(simple(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", cut)
    before = path.read_bytes()
    with pytest.raises(XlkpiError):
        ClosedFile(path).apply(PLAN)
    assert path.read_bytes() == before


def test_a_file_that_changed_in_the_meantime(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    workbook = ClosedFile(path)
    os.utime(path, ns=(1, 1))
    assert "changed by somebody else in the meantime" in unsaved(path, workbook)
    path.unlink()
    with pytest.raises(WorkbookLocked, match="changed by somebody else"):
        workbook.apply(PLAN)


@pytest.mark.parametrize(
    ("lock", "content", "who"),
    [
        (
            "~$a.xlsx",
            b"\x09Ann Smith" + b" " * 45 + b"\x09\x00" + "Ann Smith".encode("utf-16-le") + bytes(90),
            "Ann Smith",
        ),
        ("~$a.xlsx", b"\x09Ann Smith", "Ann Smith"),
        (".~lock.a.xlsx#", b",Ann Smith,host,23.11.2018 10:00,file:///home/ann;", "Ann Smith"),
        ("~$a.xlsx", b"", "the workbook is open elsewhere"),
    ],
)
def test_a_file_that_somebody_has_open(tmp_path: Path, lock: str, content: bytes, who: str) -> None:
    path = simple(tmp_path / "a.xlsx")
    (tmp_path / lock).write_bytes(content)
    message = unsaved(path, ClosedFile(path))
    assert who in message
    assert "Close it in Excel" in message


def test_a_read_only_file(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    path.chmod(0o444)
    assert "read-only" in unsaved(path, ClosedFile(path))


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = simple(tmp_path / "a.xlsx")
    workbook = ClosedFile(path)
    write = os.write

    def full(handle: int, content: bytes) -> int:
        if len(content) < 1000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, content[:900])

    monkeypatch.setattr(os, "write", full)
    assert "No space left on device" in unsaved(path, workbook)


def test_a_file_that_cannot_be_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = simple(tmp_path / "a.xlsx")
    workbook = ClosedFile(path, backup=False)

    def denied(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "Access is denied", str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", denied)
    assert "open elsewhere. Close it in Excel and try again" in unsaved(path, workbook)


def test_the_version_before_is_kept_and_permissions_stay(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    path.chmod(0o640)
    before = path.read_bytes()
    apply(path, *PLAN)
    assert (tmp_path / "a (backup).xlsx").read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o640
    apply(path, *PLAN)
    assert (tmp_path / "a (backup).xlsx").read_bytes() == before
    other = simple(tmp_path / "b.xlsx")
    ClosedFile(other, backup=False).apply(PLAN)
    assert not (tmp_path / "b (backup).xlsx").exists()


def test_a_link_is_followed_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = simple(tmp_path / "real" / "a.xlsx")
    link = tmp_path / "link.xlsx"
    link.symlink_to(path)
    apply(link, *PLAN)
    assert link.is_symlink()
    assert table(path).rows[0][0] == "new"
    assert (tmp_path / "real" / "a (backup).xlsx").exists()


def test_stray_temporary_files_are_swept_when_they_are_old(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    old, young = tmp_path / ".a.xlsx.xlkpi-1.tmp", tmp_path / ".a.xlsx.xlkpi-2.tmp"
    for stray in (old, young):
        stray.write_bytes(b"half")
    past = time.time() - 3_600
    os.utime(old, (past, past))
    apply(path, *PLAN)
    assert not old.exists()
    assert young.exists()


LOOP = """
import sys
from xlkpi.workbook.backend import WriteTable
from xlkpi.workbook.file import ClosedFile
print("ready", flush=True)
for number in range(100_000):
    rows = [(f"run {number}", index, number) for index in range(200 + number % 50)]
    ClosedFile(sys.argv[1]).apply([WriteTable("tblOut", rows)])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal that cannot be caught")
def test_a_run_that_is_killed_leaves_a_whole_file(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    for attempt in range(8):
        with subprocess.Popen([sys.executable, "-c", LOOP, str(path)], stdout=subprocess.PIPE) as run:
            assert run.stdout
            run.stdout.readline()
            time.sleep(0.05 + 0.017 * attempt)
            run.send_signal(signal.SIGKILL)
        rows = table(path).rows
        assert len({row[0] for row in rows}) == 1 or attempt == 0
        openpyxl.load_workbook(path).close()
        for content in parts(path).values():
            zlib.crc32(content)
    strays = [entry.name for entry in tmp_path.iterdir() if entry.name.endswith(".tmp")]
    for stray in strays:
        os.utime(tmp_path / stray, (1, 1))
    apply(path, *PLAN)
    assert not [entry for entry in tmp_path.iterdir() if entry.name.endswith(".tmp")]


def test_messages_of_a_save_that_fails_half_way_name_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = simple(tmp_path / "a.xlsx")
    workbook = ClosedFile(path)
    sync: Callable[[int], None] = os.fsync

    def broken(handle: int) -> None:
        sync(handle)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    assert unsaved(path, workbook).startswith("a.xlsx: the workbook could not be saved (Input/output error)")
