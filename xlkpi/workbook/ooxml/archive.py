"""The zip file under a workbook: members are read one by one, and those nobody touched are copied as they stand.

Its own reader, not ``zipfile``: every byte of an untouched member (local header, compressed data, descriptor) has to
survive, the faults need a sentence each, and nothing is trusted: sizes, names and places are checked before a byte is
inflated.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

from xlkpi.errors import FileUnusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST_INFLATED = 2 * 1024**3
BOMB_SIZE = 64 * 1024**2
BOMB_RATIO = 200
CHUNK = 256 * 1024
LEVEL = 6
LARGE_LEVEL = 1
LARGE = 1024**2

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")
_UNSET = 0xFFFFFFFF
_UNSET16 = 0xFFFF
_DEFLATED = 8
_ENCRYPTED = 1
_DESCRIPTOR = 8
_UTF8 = 0x800
_FIRST_DAY = 0x0021  # 1 January 1980, as Excel stamps its parts


class Member(NamedTuple):
    """One member of the file, as its directory describes it."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    start: int
    body: int
    end: int
    entry: bytes


class Packed(NamedTuple):
    """New content of a member, compressed."""

    crc: int
    size: int
    data: bytes


def pack(pieces: Iterable[bytes | bytearray | memoryview]) -> Packed:
    """Return content compressed; the same pieces give the same bytes."""
    parts = list(pieces)
    size = sum(map(len, parts))
    squeeze = zlib.compressobj(LARGE_LEVEL if size > LARGE else LEVEL, zlib.DEFLATED, -15)
    crc, out = 0, []
    for piece in parts:
        crc = zlib.crc32(piece, crc)
        out.append(squeeze.compress(piece))
    out.append(squeeze.flush())
    return Packed(crc, size, b"".join(out))


class Archive:
    """The members of a zip file, by name without regard to case."""

    def __init__(self, data: bytes) -> None:
        """Read the directory of a file.

        Args:
            data: The whole file.

        Raises:
            FileUnusable: Where this is no whole, plain, harmless zip file.
        """
        self._data = data
        self._comment = b""
        self._members: dict[str, Member] = {}
        for member in self._directory():
            key = member.name.lower()
            if key in self._members:
                raise FileUnusable(_DUPLICATE.format(member.name))
            self._members[key] = member
        self._refuse_harm()

    def names(self) -> list[str]:
        """Return the names of all members, in the order of the directory."""
        return [member.name for member in self._members.values()]

    def __contains__(self, name: object) -> bool:
        """Return whether there is a member of that name."""
        return isinstance(name, str) and name.lower() in self._members

    def spelled(self, name: str) -> str:
        """Return a name as the file spells it."""
        found = self._members.get(name.lower())
        return found.name if found else name

    def size(self, name: str) -> int:
        """Return how many bytes a member has when inflated."""
        return self._members[name.lower()].size

    def read(self, name: str) -> bytes:
        """Return the content of one member.

        Raises:
            FileUnusable: Where it is missing or damaged.
        """
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the content of one member piece by piece, and check it against its checksum at the end.

        Raises:
            FileUnusable: Where it is missing or damaged.
        """
        member = self._members.get(name.lower())
        if member is None:
            raise FileUnusable(_MISSING.format(name))
        crc = size = 0
        for piece in self._inflated(member):
            crc = zlib.crc32(piece, crc)
            size += len(piece)
            if size > member.size:
                break
            yield piece
        if size != member.size or crc != member.crc:
            raise FileUnusable(_DAMAGED)

    def rebuilt(self, changed: Mapping[str, Packed | None], added: Mapping[str, Packed]) -> bytes:
        """Return the whole file with some members replaced, left out (None) or added at the end.

        Args:
            changed: New content by the name as the file spells it.
            added: Content of new members, in the order in which they are added.
        """
        view = memoryview(self._data)
        blobs: list[bytes | memoryview] = []
        entries: list[bytes] = []
        place = 0
        for member in self._members.values():
            fresh = changed.get(member.name)
            if fresh is None and member.name in changed:
                continue
            if fresh is None:
                blob: list[bytes | memoryview] = [view[member.start : member.end]]
                entry = _moved(member, place)
            else:
                blob, entry = self._replaced(member, fresh, place)
            entries.append(entry)
            blobs += blob
            place += sum(map(len, blob))
        for name, fresh in added.items():
            blob, entry = _new_member(name, fresh, place)
            entries.append(entry)
            blobs += blob
            place += sum(map(len, blob))
        directory = b"".join(entries)
        end = _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), place, len(self._comment))
        return b"".join([*blobs, directory, end, self._comment])

    def _inflated(self, member: Member) -> Iterator[bytes]:
        packed = memoryview(self._data)[member.body : member.body + member.packed]
        if member.method == 0:
            for at in range(0, len(packed), CHUNK):
                yield bytes(packed[at : at + CHUNK])
            return
        if member.method != _DEFLATED:
            raise FileUnusable(_METHOD.format(member.name))
        inflater = zlib.decompressobj(-15)
        rest: bytes | memoryview = packed
        try:
            while not inflater.eof:
                piece = inflater.decompress(rest, CHUNK)
                rest = inflater.unconsumed_tail
                if not piece and not inflater.eof:
                    break
                yield piece
        except zlib.error:
            raise FileUnusable(_DAMAGED) from None

    def _replaced(self, member: Member, fresh: Packed, place: int) -> tuple[list[bytes | memoryview], bytes]:
        """Return a member with new content: its name and time stay, its old sizes and descriptor go."""
        header = list(_LOCAL.unpack_from(self._data, member.start))
        name = self._data[member.start + _LOCAL.size : member.start + _LOCAL.size + header[9]]
        flags = member.flags & ~_DESCRIPTOR
        header[1], header[2], header[3], header[10] = 20, flags, _DEFLATED, 0
        header[6:9] = [fresh.crc, len(fresh.data), fresh.size]
        entry = list(_CENTRAL.unpack_from(member.entry))
        entry[2], entry[3], entry[4] = 20, flags, _DEFLATED
        entry[7:10] = [fresh.crc, len(fresh.data), fresh.size]
        entry[11] = entry[12] = 0
        entry[16] = place
        return [_LOCAL.pack(*header), name, fresh.data], _CENTRAL.pack(*entry) + name

    def _directory(self) -> Iterator[Member]:
        """Yield the members that the directory at the end of the file lists."""
        count, place, stop = self._directory_place()
        data, entries = self._data, []
        for _ in range(count):
            if place + _CENTRAL.size > stop or data[place : place + 4] != b"PK\1\2":
                raise FileUnusable(_DAMAGED)
            lengths = struct.unpack_from("<3H", data, place + 28)
            size = _CENTRAL.size + sum(lengths)
            entries.append(data[place : place + size])
            place += size
        first = place - sum(map(len, entries))
        found = [_member(entry) for entry in entries]
        if not found:
            return
        starts = sorted(member.start for member in found)
        following = dict(zip(starts, [*starts[1:], first], strict=True))
        if len(following) != len(found):
            raise FileUnusable(_DAMAGED)
        for member in found:
            yield self._located(member, following[member.start])

    def _directory_place(self) -> tuple[int, int, int]:
        """Return how many members there are, and where their directory begins and ends."""
        data = self._data
        at = data.rfind(b"PK\5\6", max(0, len(data) - 65_557))
        if at < 0 or at + _END.size > len(data):
            raise FileUnusable(_NO_ZIP if data[:2] != b"PK" else _CUT_SHORT)
        _, disk, _, _, count, size, place, comment = _END.unpack_from(data, at)
        if disk not in {0, _UNSET16}:
            raise FileUnusable(_DAMAGED)
        self._comment = data[at + _END.size : at + _END.size + comment]
        if _UNSET in {size, place} or count == _UNSET16:
            at = data.rfind(b"PK\6\6", 0, at)
            if at < 0 or at + _END64.size > len(data):
                raise FileUnusable(_DAMAGED)
            count, size, place = _END64.unpack_from(data, at)[7:10]
        if place + size > at:
            raise FileUnusable(_CUT_SHORT)
        return count, place, place + size

    def _located(self, member: Member, following: int) -> Member:
        """Return a member with the place of its content, after its two descriptions were compared."""
        data = self._data
        if member.start + _LOCAL.size > len(data) or data[member.start : member.start + 4] != b"PK\3\4":
            raise FileUnusable(_DAMAGED)
        header = _LOCAL.unpack_from(data, member.start)
        body = member.start + _LOCAL.size + header[9] + header[10]
        name = data[member.start + _LOCAL.size : member.start + _LOCAL.size + header[9]]
        if _text(name, header[2]) != member.name or body + member.packed > following:
            raise FileUnusable(_DAMAGED)
        return member._replace(body=body, end=following)

    def _refuse_harm(self) -> None:
        members = self._members.values()
        if any(member.flags & _ENCRYPTED for member in members):
            raise FileUnusable(_PASSWORD)
        if sum(member.size for member in members) > MOST_INFLATED:
            raise FileUnusable(_BOMB)
        if any(member.size > BOMB_SIZE and member.size > BOMB_RATIO * max(member.packed, 1) for member in members):
            raise FileUnusable(_BOMB)


def _member(entry: bytes) -> Member:
    """Return what one entry of the directory says; its content is not located yet."""
    fields = _CENTRAL.unpack_from(entry)
    flags, method, crc, packed, size, name_length, extra_length = (*fields[3:5], *fields[7:12])
    start = fields[16]
    name_end = _CENTRAL.size + name_length
    if _UNSET in {packed, size, start}:
        size, packed, start = _long_sizes(entry[name_end : name_end + extra_length], size, packed, start)
    name = _text(entry[_CENTRAL.size : name_end], flags)
    return Member(name, flags, method, crc, packed, size, start, 0, 0, entry)


def _long_sizes(extra: bytes, size: int, packed: int, start: int) -> tuple[int, int, int]:
    """Return sizes and place from the field for large files, where the short fields say to look there."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            numbers = iter(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            try:
                fields = [next(numbers) if field == _UNSET else field for field in (size, packed, start)]
            except StopIteration:
                break
            return fields[0], fields[1], fields[2]
        at += 4 + length
    raise FileUnusable(_DAMAGED)


def _moved(member: Member, place: int) -> bytes:
    """Return the directory entry of an untouched member at its new place."""
    fields = list(_CENTRAL.unpack_from(member.entry))
    long = _UNSET in {fields[8], fields[9], fields[16]}
    fields[16] = place
    if not long:
        return _CENTRAL.pack(*fields) + member.entry[_CENTRAL.size :]
    fields[8], fields[9] = member.packed, member.size
    name = member.entry[_CENTRAL.size : _CENTRAL.size + fields[10]]
    fields[11] = fields[12] = 0
    return _CENTRAL.pack(*fields) + name


def _new_member(name: str, fresh: Packed, place: int) -> tuple[list[bytes | memoryview], bytes]:
    raw = name.encode()
    flags = 0 if name.isascii() else _UTF8
    shared = (20, flags, _DEFLATED, 0, _FIRST_DAY, fresh.crc, len(fresh.data), fresh.size, len(raw), 0)
    header = _LOCAL.pack(b"PK\3\4", *shared)
    return [header, raw, fresh.data], _CENTRAL.pack(b"PK\1\2", 20, *shared, 0, 0, 0, 0, place) + raw


def _text(raw: bytes, flags: int) -> str:
    if raw.isascii():
        return raw.decode("ascii")
    return raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")


_RESTORE = "Open it in Excel and let Excel repair it, or use the backup beside it."
_NO_ZIP = "This is not an Excel workbook. Choose a file that Excel saved as .xlsx or .xlsm."
_CUT_SHORT = f"The file is cut short, as after a broken download or copy. Copy it again. {_RESTORE}"
_DAMAGED = f"The workbook is damaged: part of it cannot be unpacked. {_RESTORE}"
_MISSING = f"The workbook is damaged: its part {{}} is missing. {_RESTORE}"
_DUPLICATE = f"The workbook has the part {{}} twice, so that it is not clear which one counts. {_RESTORE}"
_METHOD = (
    "The workbook's part {} is compressed in a way Excel never writes. Open the workbook in Excel and save it again."
)
_PASSWORD = (
    "The workbook is protected by a password. Open it in Excel, take the password away "  # noqa: S105
    "(File, Info, Protect Workbook, Encrypt with Password), save it and try again."
)
_BOMB = (
    "The workbook would unpack to an unreasonable size and was not opened. Save a fresh copy of it from Excel; "
    "if it is still refused, delete unused formatted rows and columns."
)
