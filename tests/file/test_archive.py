"""Zip files of every common make are read, and what nobody touched is copied byte for byte."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from file.made import apply, parts, simple, table

from xlkpi.workbook.backend import WriteTable
from xlkpi.workbook.ooxml.archive import Archive, pack

PLAN = WriteTable("tblOut", [("new", 1, 2)] * 5)


class Unseekable(io.RawIOBase):
    """A stream that can only be written onward, so that sizes follow their content."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self.content += content
        return len(content)


def streamed(path: Path) -> bytes:
    """Return a package with a data descriptor after every member."""
    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts(path).items():
            package.writestr(name, content)
    return bytes(stream.content)


def long_sizes(path: Path) -> bytes:
    """Return a package whose local headers have fields for large files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts(path).items():
            with package.open(name, "w", force_zip64=True) as member:
                member.write(content)
    return target.getvalue()


def stored(path: Path) -> bytes:
    """Return a package that is not compressed, with a comment at its end."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        package.comment = b"from the case system"
        for name, content in parts(path).items():
            package.writestr(name, content)
    return target.getvalue()


def long_streamed(path: Path) -> bytes:
    """Return a package that streams members with fields for large files, as some exporters do."""
    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts(path).items():
            with package.open(name, "w", force_zip64=True) as member:
                member.write(content)
    return bytes(stream.content)


@pytest.mark.parametrize("make", [streamed, long_sizes, stored, long_streamed], ids=lambda make: make.__name__)
def test_every_make_of_zip_is_read_and_its_untouched_members_copied(tmp_path: Path, make: object) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(make(simple(tmp_path / "a.xlsx")))  # type: ignore[operator]
    before = {member.name: member for member in Archive(path.read_bytes())._members.values()}
    old = path.read_bytes()
    apply(path, PLAN)
    new = path.read_bytes()
    assert len(table(path).rows) == 5
    after = {member.name: member for member in Archive(new)._members.values()}
    assert list(after) == list(before)
    same = [
        name
        for name in before
        if old[before[name].start : before[name].end] == new[after[name].start : after[name].end]
    ]
    assert set(before) - set(same) == {"xl/worksheets/sheet1.xml", "xl/tables/table1.xml"}
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        assert package.comment == (b"from the case system" if make is stored else b"")
        times = {info.filename: info.date_time for info in package.infolist()}
    with zipfile.ZipFile(io.BytesIO(old)) as package:
        assert times == {info.filename: info.date_time for info in package.infolist()}


def test_members_come_and_go(tmp_path: Path) -> None:
    archive = Archive(simple(tmp_path / "a.xlsx").read_bytes())
    content = archive.rebuilt({"docProps/core.xml": None}, {"xl/größe.xml": pack([b"<a/>", b"<b/>"])})
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        assert package.read("xl/größe.xml") == b"<a/><b/>"
        assert "docProps/core.xml" not in package.namelist()
    assert "xl/GRÖSSE.xml".replace("SS", "ß") in Archive(content)


def test_a_directory_for_large_files_is_read_and_written_plainly(tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx")
    content = path.read_bytes()
    at = content.rindex(b"PK\5\6")
    count, size, place = struct.unpack_from("<H2I", content, at + 10)
    long_end = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, place)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, at, 1)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(content[:at] + long_end + locator + end)
    apply(path, PLAN)
    assert b"PK\6\6" not in path.read_bytes()
    assert len(table(path).rows) == 5
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
