"""The container of a VBA project: a compound file of version 3 ([MS-CFB]), small, without times, always laid out alike.

In order: header, allocation table, directory, small streams' table, small streams, large streams.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

#: Streams by name; storages hold more of both.
Tree = dict[str, "bytes | Tree"]

_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4096
_NUMBERS = _SECTOR // 4
_ENTRIES = _SECTOR // 128
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LISTED_IN_HEADER = 109
_UNUSED, _STORAGE, _STREAM, _ROOT = 0, 1, 2, 5
_RED, _BLACK = 0, 1
_LONGEST_NAME = 31


@dataclass(slots=True)
class _Entry:
    """One line of the directory; references are numbers of other lines."""

    name: str
    kind: int
    data: bytes = b""
    colour: int = _BLACK
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    start: int = 0
    size: int = 0

    def written(self) -> bytes:
        name = self.name.encode("utf-16-le") + bytes(2) if self.name else b""
        return struct.pack(
            "<64sHBBIII16xI16xIQ",
            *(name, len(name), self.kind, self.colour, self.left, self.right, self.child),
            *(0, self.start, self.size),
        )


def container(tree: Mapping[str, bytes | Tree]) -> bytes:
    """Return the compound file that holds these streams and storages.

    Raises:
        ValueError: Where a name is too long, or there is more than the header's list of tables can say.
    """
    entries = _directory(tree)
    small, small_table = _small_streams(entries)
    large = [entry for entry in entries if entry.kind == _STREAM and entry.size >= _SMALL]
    parts = [
        _ENTRIES_PLACEHOLDER * -(-len(entries) // _ENTRIES),
        _numbers(small_table),
        small,
        *(entry.data for entry in large),
    ]
    counts = [-(-len(part) // _SECTOR) for part in parts]
    tables = _tables(sum(counts))
    starts = _starts(tables, counts)
    for entry, start in zip(large, starts[3:], strict=True):
        entry.start = start
    entries[0].start, entries[0].size = (starts[2], len(small)) if small else (_END, 0)
    parts[0] = _padded(b"".join(entry.written() for entry in entries), parts[0])
    header = _header(tables, starts, counts)
    allocation = _numbers([*[_TABLE] * tables, *(number for chain in _chains(starts, counts) for number in chain)])
    return header + allocation + b"".join(_filled(part, _SECTOR) for part in parts)


_ENTRIES_PLACEHOLDER = _Entry("", _UNUSED).written() * _ENTRIES


def _padded(data: bytes, filling: bytes) -> bytes:
    return data + filling[len(data) :]


def _filled(data: bytes, size: int) -> bytes:
    return data + bytes(-len(data) % size)


def _numbers(numbers: list[int]) -> bytes:
    """Return numbers as whole sectors, free places at the end."""
    whole = numbers + [_FREE] * (-len(numbers) % _NUMBERS)
    return struct.pack(f"<{len(whole)}I", *whole)


def _directory(tree: Mapping[str, bytes | Tree]) -> list[_Entry]:
    """Return the lines of the directory, the root first."""
    entries = [_Entry("Root Entry", _ROOT)]
    _add(entries, 0, tree)
    return entries


def _add(entries: list[_Entry], parent: int, tree: Mapping[str, bytes | Tree]) -> None:
    """Add what a storage holds: siblings form a balanced tree, ordered by length and then by capital letters."""
    names = sorted(tree, key=lambda name: (len(name), name.upper()))
    first = len(entries)
    for name in names:
        if not 0 < len(name) <= _LONGEST_NAME or set(name) & set("/\\:!"):
            raise ValueError(f"{name!r} cannot name a part of the project. Use up to {_LONGEST_NAME} letters.")
        inner = tree[name]
        data = inner if isinstance(inner, bytes) else b""
        entries.append(_Entry(name, _STREAM if isinstance(inner, bytes) else _STORAGE, data, size=len(data)))
    full = (len(names) + 1).bit_length() - 1  # levels without a gap; what hangs below them is red

    def link(low: int, high: int, level: int) -> int:
        if low >= high:
            return _FREE
        middle = (low + high) // 2
        entry = entries[first + middle]
        entry.colour = _RED if level >= full else _BLACK
        entry.left, entry.right = link(low, middle, level + 1), link(middle + 1, high, level + 1)
        return first + middle

    entries[parent].child = link(0, len(names), 0)
    for place, name in enumerate(names, first):
        inner = tree[name]
        if not isinstance(inner, bytes):
            _add(entries, place, inner)


def _small_streams(entries: list[_Entry]) -> tuple[bytes, list[int]]:
    """Return the streams that share sectors, and which of their pieces follows which."""
    stream, table = bytearray(), list[int]()
    for entry in entries:
        if entry.kind != _STREAM or entry.size >= _SMALL:
            continue
        entry.start = len(table) if entry.size else _END
        table += _chain(len(table), -(-entry.size // _SMALL_SECTOR))
        stream += _filled(entry.data, _SMALL_SECTOR)
    return bytes(stream), table


def _chain(start: int, count: int) -> list[int]:
    """Return what stands in a table for so many sectors in a row."""
    return [*range(start + 1, start + count), _END] if count else []


def _chains(starts: list[int], counts: list[int]) -> Iterator[list[int]]:
    for start, count in zip(starts, counts, strict=True):
        yield _chain(start, count)


def _tables(sectors: int) -> int:
    """Return how many sectors the allocation table takes, which lists itself, too."""
    tables = 1
    while tables * _NUMBERS < tables + sectors:
        tables += 1
    if tables > _LISTED_IN_HEADER:
        raise ValueError("The project is larger than 7 MB. Take modules out.")
    return tables


def _starts(tables: int, counts: list[int]) -> list[int]:
    starts, at = [], tables
    for count in counts:
        starts.append(at)
        at += count
    return starts


def _header(tables: int, starts: list[int], counts: list[int]) -> bytes:
    """Return the header: where the tables are, and the size of a sector as a power of two."""
    small_table = starts[1] if counts[1] else _END
    fixed = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        *(_SIGNATURE, 0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, starts[0], 0, _SMALL, small_table, counts[1], _END, 0),
    )
    listed = [*range(tables)] + [_FREE] * (_LISTED_IN_HEADER - tables)
    return fixed + struct.pack(f"<{_LISTED_IN_HEADER}I", *listed)
