"""The writer of VBA projects: what it writes is read back by a reader of our own, by olefile, and by oletools."""

from __future__ import annotations

import io

import olefile
import pytest
from addin.ovba import decompress, decrypt, read_project, read_streams
from hypothesis import given
from hypothesis import strategies as st

from xlkpi.addin.vba import Kind, Module, project
from xlkpi.addin.vba.compression import compress
from xlkpi.addin.vba.container import container

BOOK = Module("ThisWorkbook", Kind.WORKBOOK)
#: [MS-OVBA] 3.2: what the specification itself compresses and encrypts.
PLAIN = b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
PACKED = bytes.fromhex(
    "012FB000236161616263646582660070616768696A013808616B6C00306D6E6F700671027004107273747576107778797A003C"
)
IDENTITY = "{917DED54-440B-4FD1-A5C1-74ACF261E600}"


def test_the_reader_agrees_with_the_examples_of_the_specification() -> None:
    assert decompress(PACKED) == PLAIN
    assert decompress(bytes.fromhex("0103B002614500")) == b"a" * 73
    assert decrypt("0705D8E3D8EDDBF1DBF1DBF1DBF1", IDENTITY) == bytes(4)
    assert decrypt("0E0CD1ECDFF4E7F5E7F5E7", IDENTITY) == bytes(1)
    assert decrypt("1517CAF1D6F9D7F9D706", IDENTITY) == b"\xff"


def test_the_writer_compresses_as_well_as_the_examples_of_the_specification() -> None:
    assert decompress(compress(PLAIN)) == PLAIN
    assert len(compress(PLAIN)) == len(PACKED)  # Office refers to another of the places that serve
    assert compress(b"a" * 73) == bytes.fromhex("0103B002614500")


@given(
    st.lists(st.sampled_from([b"Public Sub ", b"End Sub\r\n", b"x", b"\r\n", b"    Exit Function\r\n"])), st.binary()
)
def test_what_is_compressed_comes_back(words: list[bytes], rest: bytes) -> None:
    data = b"".join(words) * 40 + rest
    assert decompress(compress(data)) == data


@pytest.mark.parametrize("size", [1, 4095, 4096, 4097, 8192, 12289])
def test_the_edges_of_chunks_are_whole(size: int) -> None:
    text = (b"    If a = b Then Exit Sub\r\n" * 500)[:size]
    assert decompress(compress(text)) == text
    assert len(compress(text)) < len(text) / 4 + 20


def test_a_chunk_that_cannot_be_made_smaller_is_kept_as_it_is() -> None:
    import random  # noqa: PLC0415  # bytes without repetition

    data = random.Random(1).randbytes(4096)
    assert compress(data) == b"\x01" + (0x3FFF).to_bytes(2, "little") + data
    assert decompress(compress(data)) == data


_SIZES = st.sampled_from([0, 1, 63, 64, 65, 511, 512, 4095, 4096, 4097, 9000])
_NAMES = st.text("abcXYZ_019", min_size=1, max_size=31)


@given(st.dictionaries(_NAMES, _SIZES, max_size=40))
def test_a_container_gives_every_stream_back(sizes: dict[str, int]) -> None:
    sizes = {name.lower(): size for name, size in sizes.items()}
    streams = {name: bytes(place % 251 for place in range(size)) for name, size in sizes.items()}
    data = container({"VBA": dict(streams), "PROJECT": b"here"})
    expected = {f"VBA/{name}": content for name, content in streams.items()} | {"PROJECT": b"here"}
    assert read_streams(data) == expected
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_UNSURE) as second:
        found = {"/".join(path): second.openstream(path).read() for path in second.listdir()}
    assert found == expected


def test_a_container_of_several_allocation_tables_is_whole() -> None:
    streams = {f"s{number}": bytes([number]) * 30_000 for number in range(12)}
    assert read_streams(container(dict(streams))) == streams


def test_a_project_is_the_same_every_time_and_reads_as_given() -> None:
    modules = [BOOK, Module("Sheet1", Kind.SHEET), Module("Macros", Kind.STANDARD, "Sub A()\nEnd Sub\n")]
    data = project(modules, "Ours")
    assert project(modules, "Ours") == data
    found = read_project(data)
    assert (found.name, found.kinds) == ("Ours", {"ThisWorkbook": "workbook", "Sheet1": "sheet", "Macros": "standard"})
    assert found.modules["Macros"] == 'Attribute VB_Name = "Macros"\r\nSub A()\r\nEnd Sub\r\n'
    assert found.protection == {"CMG": bytes(4), "DPB": bytes(1), "GC": b"\xff"}
    assert found.libraries == ["OLE Automation", "Microsoft Office 16.0 Object Library"]


def test_a_class_as_exported_loses_its_preamble_and_keeps_its_attributes() -> None:
    text = (
        'VERSION 1.0 CLASS\r\nBEGIN\r\n  MultiUse = -1  \'True\r\nEND\r\nAttribute VB_Name = "Thing"\r\n'
        'Attribute VB_Exposed = True\r\nAttribute VB_Description = "A thing"\r\nPublic A As Long\r\n'
    )
    stored = read_project(project([BOOK, Module("Thing", Kind.CLASS, text)])).modules["Thing"]
    assert "MultiUse" not in stored
    assert stored.count("VB_Exposed = True") == 1
    assert 'Attribute VB_Description = "A thing"\r\nPublic A As Long\r\n' in stored


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("'" + "x" * 1023, "line 2: it has 1024 characters"),
        ("' für", "line 2: it holds other characters"),
        ("' a\x00b", "line 2: it holds other characters"),
        ("a = 1 _\n" * 25 + "+ 1", "more than 25 lines"),
        ('Attribute VB_Name = "Other"', "VB_Name"),
    ],
)
def test_a_text_that_excel_would_not_take_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        project([BOOK, Module("Macros", Kind.STANDARD, text)])


def test_the_longest_line_and_the_longest_statement_are_taken() -> None:
    text = "'" + "x" * 1022 + "\n" + "a = 1 _\n" * 24 + "+ 1\n"
    assert (
        text.replace("\n", "\r\n")
        in read_project(project([BOOK, Module("Macros", Kind.STANDARD, text)])).modules["Macros"]
    )


@pytest.mark.parametrize("name", ["", "1st", "a" * 32, "with space", "Ä"])
def test_a_name_that_excel_would_not_take_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a module"):
        project([BOOK, Module(name, Kind.STANDARD)])


def test_names_must_differ_by_more_than_case_and_the_workbook_comes_first() -> None:
    with pytest.raises(ValueError, match="are the same"):
        project([BOOK, Module("macros", Kind.STANDARD), Module("Macros", Kind.STANDARD)])
    with pytest.raises(ValueError, match="are the same"):
        project([BOOK, Module("Macros", Kind.STANDARD)], "MACROS")
    with pytest.raises(ValueError, match="workbook's own"):
        project([Module("Macros", Kind.STANDARD)])
