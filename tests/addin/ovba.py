"""Reads a VBA project as strictly as [MS-CFB] and [MS-OVBA] are written, sharing nothing with the program that writes it.

Every MUST that concerns a project without compiled code is an assertion that names its rule::

    project = read_project(zipfile.ZipFile(path).read("xl/vbaProject.bin"))
    project.modules["XlkpiMacros"]
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
DOCUMENT_CLASSES = {
    "{00020819-0000-0000-C000-000000000046}": "workbook",
    "{00020820-0000-0000-C000-000000000046}": "sheet",
}


@dataclass
class Project:
    """What a project holds: its name, the text of each module by name, its documents (workbook or sheet), its settings."""

    name: str
    modules: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    libraries: list[str] = field(default_factory=list)
    protection: dict[str, bytes] = field(default_factory=dict)


# ------------------------------------------------------------------------------------------ [MS-CFB]: the container


class _Compound:
    def __init__(self, data: bytes) -> None:
        self.data = data
        assert len(data) % 512 == 0, "2.2: whole sectors"
        self._header()
        self.fat = self._table(self.fat_sectors)
        self.sector_count = len(data) // 512 - 1
        self.owned = dict.fromkeys(self.fat_sectors, "FAT")
        assert [self.fat[at] for at in self.fat_sectors] == [FAT_SECTOR] * len(self.fat_sectors), (
            "2.3: FAT marks itself"
        )
        assert set(self.fat[self.sector_count :]) <= {FREE}, "2.3: nothing beyond the end of the file"
        self.small_fat = self._table(self.chain(self.small_fat_start, "small FAT")) if self.small_fat_count else []
        self.entries = self._directory()
        root = self.entries[0]
        assert (root["name"], root["kind"]) == ("Root Entry", 5), "2.6.2: root entry"
        self.small = self._joined(self.chain(root["start"], "small streams")) if root["size"] else b""
        self.small_owned: set[int] = set()
        self.streams: dict[str, bytes] = {}
        self.seen = {0}
        self._walk(root["child"], "", None, None)
        self._nothing_left_over()

    def _header(self) -> None:
        head = struct.unpack_from("<8s16sHHHHH6s9I", self.data)
        assert head[0] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "2.2: signature"
        assert head[1] == bytes(16), "2.2: class is zero"
        assert head[2:7] == (0x3E, 3, 0xFFFE, 9, 6), "2.2: version 3, little-endian, sectors of 512 and 64"
        assert head[7] == bytes(6), "2.2: reserved"
        no_directory, fat_count, self.directory_start, _, cutoff, self.small_fat_start, self.small_fat_count = head[
            8:15
        ]
        assert (no_directory, cutoff) == (0, 4096), "2.2: version 3 counts no directory sectors; cutoff"
        assert head[15:] == (END, 0), "2.2: no further list of FAT sectors"
        listed = struct.unpack_from("<109I", self.data, 76)
        self.fat_sectors = [at for at in listed if at != FREE]
        assert listed[: len(self.fat_sectors)] == tuple(self.fat_sectors), "2.5: no gaps"
        assert len(self.fat_sectors) == fat_count, "2.2: number of FAT sectors"

    def _table(self, sectors: list[int]) -> list[int]:
        return [number for at in sectors for number in struct.unpack("<128I", self.sector(at))]

    def sector(self, at: int) -> bytes:
        return self.data[512 * (at + 1) : 512 * (at + 2)]

    def _joined(self, sectors: list[int]) -> bytes:
        return b"".join(self.sector(at) for at in sectors)

    def chain(self, at: int, owner: str) -> list[int]:
        found = []
        while at != END:
            assert at < self.sector_count, f"2.3: {owner} runs out of the file"
            assert at not in self.owned, f"2.3: {owner} and {self.owned.get(at)} share sector {at}"
            self.owned[at] = owner
            found.append(at)
            at = self.fat[at]
        return found

    def _directory(self) -> list[dict]:
        raw = self._joined(self.chain(self.directory_start, "directory"))
        names = (
            "name",
            "length",
            "kind",
            "colour",
            "left",
            "right",
            "child",
            "class",
            "bits",
            "made",
            "changed",
            "start",
        )
        entries = []
        for at in range(0, len(raw), 128):
            *values, size = struct.unpack_from("<64sHBBIII16sIQQIQ", raw, at)
            entry = dict(zip(names, values, strict=True)) | {"size": size}
            if entry["kind"] == 0:
                free = struct.pack(
                    "<64sHBBIII16sIQQIQ", b"", 0, 0, entry["colour"], FREE, FREE, FREE, b"", 0, 0, 0, 0, 0
                )
                assert raw[at : at + 128] == free, "2.6.3: a free entry is zero"
            else:
                written, length = entry["name"], entry["length"]
                assert length % 2 == 0, "2.6.1: name length"
                assert 4 <= length <= 64, "2.6.1: name length"
                assert written[length - 2 :] == bytes(66 - length), "2.6.1: name ends with zeros"
                entry["name"] = written[: length - 2].decode("utf-16-le")
                assert not set(entry["name"]) & set("/\\:!"), "2.6.1: characters of a name"
                assert entry["bits"] == entry["made"] == 0, "2.6.1: no state, no time"
                assert entry["class"] == bytes(16), "2.6.1: no class"
            entries.append(entry)
        return entries

    def _walk(self, at: int, path: str, low: tuple | None, high: tuple | None, *, red: bool = False) -> int:
        """Walk a red-black tree of siblings and return how many black entries lead down."""
        if at == FREE:
            return 0
        assert at not in self.seen, "2.6.4: a tree"
        self.seen.add(at)
        entry = self.entries[at]
        key = (len(entry["name"]), entry["name"].upper())
        assert low is None or low < key, f"2.6.4: {entry['name']} stands out of order"
        assert high is None or key < high, f"2.6.4: {entry['name']} stands out of order"
        is_red = entry["colour"] == 0
        assert not (red and is_red), "2.6.4: no red entry under a red one"
        left = self._walk(entry["left"], path, low, key, red=is_red)
        right = self._walk(entry["right"], path, key, high, red=is_red)
        assert left == right, "2.6.4: as many black entries on every way down"
        if entry["kind"] == 1:
            assert (entry["start"], entry["size"]) == (0, 0), "2.6.3: a storage has no stream"
            self._walk(entry["child"], f"{path}{entry['name']}/", None, None)
        else:
            assert entry["kind"] == 2, "2.6.1: stream or storage"
            assert entry["child"] == FREE, "2.6.3: a stream has no children"
            self.streams[path + entry["name"]] = self._stream(entry)
        return left + (not is_red)

    def _stream(self, entry: dict) -> bytes:
        size = entry["size"]
        if not size:
            assert entry["start"] == END, "2.6.3: an empty stream starts nowhere"
            return b""
        if size >= 4096:
            data = self._joined(self.chain(entry["start"], entry["name"]))
            assert 0 <= len(data) - size < 512, f"2.6.1: size of {entry['name']}"
            return data[:size]
        data, at = b"", entry["start"]
        while at != END:
            assert at < len(self.small_fat), "2.4: in the small streams"
            assert at not in self.small_owned, "2.4: not shared"
            self.small_owned.add(at)
            data += self.small[64 * at : 64 * at + 64]
            at = self.small_fat[at]
        assert 0 <= len(data) - size < 64, f"2.6.1: size of {entry['name']}"
        return data[:size]

    def _nothing_left_over(self) -> None:
        assert all(at in self.seen or entry["kind"] == 0 for at, entry in enumerate(self.entries)), "2.6: no orphan"
        used = {at for at, number in enumerate(self.fat) if number != FREE}
        assert used == set(self.owned), "2.3: every sector belongs to something"
        assert {at for at, number in enumerate(self.small_fat) if number != FREE} == self.small_owned, "2.4: likewise"


def read_streams(data: bytes) -> dict[str, bytes]:
    """Return every stream by its path."""
    return _Compound(data).streams


# ------------------------------------------------------------------------------------------ [MS-OVBA]: the project


def decompress(data: bytes) -> bytes:
    """Return what a compressed container holds (2.4.1)."""
    assert data[:1] == b"\x01", "2.4.1.1.1: signature"
    out, at, last = bytearray(), 1, 4096
    while at < len(data):
        assert last == 4096, "2.4.1.1.4: only the last chunk is short"
        [header] = struct.unpack_from("<H", data, at)
        end = at + (header & 0x0FFF) + 3
        assert header >> 12 & 7 == 3, "2.4.1.1.5: signature of a chunk"
        assert end <= len(data), "2.4.1.1.5: a chunk lies inside"
        chunk = _chunk(data[at + 2 : end]) if header >> 15 else data[at + 2 : end]
        last, at = len(chunk), end
        assert last <= 4096, "2.4.1.1.4: size of a chunk"
        assert header >> 15 or last == 4096, "2.4.1.1.5: size of a raw chunk"
        out += chunk
    return bytes(out)


def _chunk(data: bytes) -> bytes:
    out, at = bytearray(), 0
    while at < len(data):
        flags, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                assert flags >> bit == 0, "2.4.1.1.7: no flag without a token"
                break
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            [token] = struct.unpack_from("<H", data, at)
            at += 2
            bits = 4
            while 1 << bits < len(out):
                bits += 1
            length, offset = (token & 0xFFFF >> bits) + 3, (token >> 16 - bits) + 1
            assert offset <= len(out), "2.4.1.3.19: a copy stays in its chunk"
            for _ in range(length):
                out.append(out[-offset])
    return bytes(out)


def decrypt(text: str, identity: str) -> bytes:
    """Return a setting of the project (2.4.3.3)."""
    seed, version, key, *rest = bytes.fromhex(text)
    assert version ^ seed == 2, "2.4.3.3: version"
    assert key ^ seed == sum(identity.encode()) & 0xFF, "2.4.3.3: key of the project"
    plain, older, newer, out = key ^ seed, version, key, bytearray()
    for byte in rest:
        plain = byte ^ older + plain & 0xFF
        older, newer = newer, byte
        out.append(plain)
    data = bytes(out[(seed & 6) // 2 :])
    assert struct.unpack("<I", data[:4])[0] == len(data) - 4, "2.4.3.3: length"
    return data[4:]


class _Records:
    """The records of the dir stream, one after the other (2.3.4.2)."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def peek(self) -> int:
        return struct.unpack_from("<H", self.data, self.at)[0]

    def take(self, number: int, expected: bytes | None = None, *, longest: int | None = None) -> bytes:
        found, size = struct.unpack_from("<HI", self.data, self.at)
        assert found == number, f"2.3.4.2: record {number:#x} expected, found {found:#x}"
        value = self.data[self.at + 6 : self.at + 6 + size]
        assert len(value) == size, f"2.3.4.2: record {number:#x} is cut off"
        assert expected is None or value == expected, f"2.3.4.2: record {number:#x}: {value.hex()}"
        assert longest is None or size <= longest, f"2.3.4.2: record {number:#x} is too long"
        self.at += 6 + size
        return value

    def both(self, number: int, number_unicode: int, longest: int) -> str:
        text = self.take(number, longest=longest).decode("cp1252")
        assert self.take(number_unicode).decode("utf-16-le") == text, f"2.3.4.2: the two texts of {number:#x}"
        return text


def _directory(data: bytes) -> tuple[Project, dict[str, bool]]:
    """Return the project without texts, and for each module whether it is a plain one."""
    records = _Records(data)
    assert struct.unpack("<I", records.take(0x01))[0] in range(4), "2.3.4.2.1.1: kind of system"
    records.take(0x02, struct.pack("<I", 0x409))
    records.take(0x14, struct.pack("<I", 0x409))
    records.take(0x03, struct.pack("<H", 1252))
    name = records.take(0x04, longest=128).decode("cp1252")
    records.both(0x05, 0x40, 2000)
    assert records.take(0x06, longest=260) == records.take(0x3D), "2.3.4.2.1.8: help files"
    assert len(records.take(0x07)) == 4, "2.3.4.2.1.9: help context"
    records.take(0x08, bytes(4))
    assert struct.unpack_from("<HI", data, records.at) == (0x09, 4), "2.3.4.2.1.11: version"
    records.at += 12
    records.both(0x0C, 0x3C, 1015)
    libraries = []
    while records.peek() == 0x16:
        records.both(0x16, 0x3E, 128)
        value = records.take(0x0D)
        [size] = struct.unpack_from("<I", value)
        library = value[4 : 4 + size].decode("cp1252")
        assert value[4 + size :] == bytes(6), "2.3.4.2.2.5: reserved"
        assert re.fullmatch(r"\*\\[GH]\{[0-9A-F-]{36}\}#\d+\.\d+#\d+#[^#]*#[^#]+", library), "2.1.1.8: library"
        libraries.append(library.rpartition("#")[2])
    [count] = struct.unpack("<H", records.take(0x0F))
    records.take(0x13, b"\xff\xff")
    plain = dict(_module(records) for _ in range(count))
    records.take(0x10, b"")
    assert records.at == len(data), "2.3.4.2: nothing follows"
    assert len({name.lower() for name in plain}) == count, "2.3.4.2.3.2: names differ by more than case"
    return Project(name, libraries=libraries), plain


def _module(records: _Records) -> tuple[str, bool]:
    name = records.both(0x19, 0x47, 31)
    assert records.both(0x1A, 0x32, 31) == name, "2.3.4.2.3.2.3: its stream"
    records.both(0x1C, 0x48, 2000)
    records.take(0x31, bytes(4))
    records.take(0x1E)
    records.take(0x2C, b"\xff\xff")
    is_plain = records.peek() == 0x21
    records.take(0x21 if is_plain else 0x22, b"")
    records.take(0x2B, b"")
    return name, is_plain


_PROPERTIES = re.compile(
    r'ID="(?P<id>\{[0-9A-F-]{36}\})"\r\n'
    r"(?P<items>(?:(?:Document=\w+/&H[0-9A-F]{8}|Module=\w+|Class=\w+)\r\n)+)"
    r'Name="(?P<name>\w+)"\r\nHelpContextID="0"\r\nVersionCompatible32="393222000"\r\n'
    r'CMG="(?P<CMG>[0-9A-F]{22,28})"\r\nDPB="(?P<DPB>[0-9A-F]{16,})"\r\nGC="(?P<GC>[0-9A-F]{16,22})"\r\n\r\n'
    r"\[Host Extender Info\]\r\n&H00000001=\{3832D640-CF90-11CF-8E43-00A0C911005A\};VBE;&H00000000\r\n\r\n"
    r"\[Workspace\]\r\n(?P<windows>(?:\w+=0, 0, 0, 0, C\r\n)+)"
)


def read_project(data: bytes) -> Project:
    """Return the project, every rule checked."""
    streams = read_streams(data)
    project, plain = _directory(decompress(streams.pop("VBA/dir")))
    assert streams.pop("VBA/_VBA_PROJECT") == bytes.fromhex("CC61FFFF000100"), "2.3.4.1: nothing compiled"
    both = b"".join(name.encode() + b"\0" + name.encode("utf-16-le") + b"\0\0" for name in plain)
    assert streams.pop("PROJECTwm") == both + b"\0\0", "2.3.3: names in both alphabets"
    _read_properties(streams.pop("PROJECT").decode("cp1252"), project, plain)
    assert set(streams) == {f"VBA/{name}" for name in plain}, "2.2.5: a stream for each module, and no other"
    for name in plain:
        project.modules[name] = _text(decompress(streams[f"VBA/{name}"]), project, name)
        assert plain[name] == (project.kinds[name] == "standard"), "2.3.4.2.3.2.8: kind"
    return project


def _read_properties(text: str, project: Project, plain: dict[str, bool]) -> None:
    found = _PROPERTIES.fullmatch(text)
    assert found, "2.3.1: the PROJECT stream"
    assert found["name"] == project.name, "2.3.1.9: its name"
    items = re.findall(r"(\w+)=(\w+)", found["items"])
    assert [name for _, name in items] == list(plain), "2.3.1.3: the same modules"
    assert re.findall(r"(?m)^(\w+)=", found["windows"]) == list(plain), "2.3.1.18: windows"
    settings = {key: decrypt(found[key], found["id"]) for key in ("CMG", "DPB", "GC")}
    assert len(settings["CMG"]) == 4, "2.3.1.15: protection"
    project.protection = settings
    for kind, name in items:
        project.kinds[name] = {"Document": "document", "Module": "standard", "Class": "class"}[kind]


def _text(data: bytes, project: Project, name: str) -> str:
    text = data.decode("ascii")
    assert text.startswith(f'Attribute VB_Name = "{name}"\r\n'), f"{name}: the name comes first"
    assert text.endswith("\r\n"), f"{name}: the last line is whole"
    assert not set("\r\n") & set(text.replace("\r\n", "")), f"{name}: lines end as on Windows"
    assert "VERSION 1.0 CLASS" not in text, f"{name}: without what only an exported file has"
    base = re.search(r'Attribute VB_Base = "0(\{[0-9A-F-]{36}\})"', text)
    assert (base is None) == (project.kinds[name] == "standard"), f"{name}: a class has a base"
    if project.kinds[name] == "document":
        assert base
        project.kinds[name] = DOCUMENT_CLASSES[base[1]]
    return text
