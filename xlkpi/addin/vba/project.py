"""The streams of a VBA project ([MS-OVBA] 2.2 and 2.3), put into their container."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Sequence

from xlkpi.addin.vba.compression import compress
from xlkpi.addin.vba.container import Tree, container
from xlkpi.addin.vba.module import CODE_PAGE, Kind, Module

#: Office is where the ribbon's types are; Excel and VBA themselves are understood.
_OFFICE = (
    r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#"
    r"C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library"
)
_LIBRARIES = (
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    ("Office", _OFFICE),
)
#: Says that nothing compiled follows, and no version that could be mistaken for one.
_NOTHING_COMPILED = bytes.fromhex("CC61FFFF000100")
_WINDOWS_32, _ENGLISH_US, _LATIN_1 = 1, 0x0409, 1252
_VERSION = (1, 1)
_UNSET = b"\xff\xff"
_VISIBLE = b"\xff"
_EXTENDER = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"
_ITEMS = {
    Kind.STANDARD: "Module={}",
    Kind.CLASS: "Class={}",
    Kind.WORKBOOK: "Document={}/&H00000000",
    Kind.SHEET: "Document={}/&H00000000",
}


def project(modules: Sequence[Module], name: str = "VBAProject") -> bytes:
    """Return the content of ``vbaProject.bin``.

    Args:
        modules: The workbook's own module first, then those of its sheets in any order, then all others.
        name: Of the project; two projects that are open together are told apart by it.

    Raises:
        ValueError: Where Excel would not take a module, or two names are the same but for their case.
    """
    names = [name.lower(), *(module.name.lower() for module in modules)]
    if len(set(names)) < len(names):
        raise ValueError(f"Two of these names are the same: {', '.join(sorted(names))}. Each must be its own.")
    if not modules or modules[0].kind is not Kind.WORKBOOK:
        raise ValueError("The first module must be the workbook's own.")
    streams: Tree = {module.name: compress(module.stored()) for module in modules}
    streams["dir"] = compress(_directory(modules, name))
    streams["_VBA_PROJECT"] = _NOTHING_COMPILED
    identity = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, f"xlkpi:{name}")).upper() + "}"
    return container(
        {"VBA": streams, "PROJECT": _properties(modules, name, identity), "PROJECTwm": _names(modules)},
    )


def _directory(modules: Sequence[Module], name: str) -> bytes:
    """Return the ``dir`` stream: what the project is, the libraries it uses, its modules."""
    information = [
        _record(0x01, _long(_WINDOWS_32)),
        _record(0x02, _long(_ENGLISH_US)),
        _record(0x14, _long(_ENGLISH_US)),
        _record(0x03, _short(_LATIN_1)),
        _record(0x04, name.encode(CODE_PAGE)),
        _text(0x05, 0x40, ""),  # what it is for
        _text(0x06, 0x3D, ""),  # its help file
        _record(0x07, _long(0)),
        _record(0x08, _long(0)),
        struct.pack("<HIIH", 0x09, 4, *_VERSION),  # the size counts the first number only ([MS-OVBA] 2.3.4.2.1.11)
        _text(0x0C, 0x3C, ""),  # constants for conditional compilation
    ]
    libraries = [_library(*library) for library in _LIBRARIES]
    listed = [_record(0x0F, _short(len(modules))), _record(0x13, _UNSET), *map(_module, modules)]
    return b"".join([*information, *libraries, *listed, _record(0x10)])


def _library(name: str, identity: str) -> bytes:
    encoded = identity.encode(CODE_PAGE)
    return _text(0x16, 0x3E, name) + _record(0x0D, _long(len(encoded)) + encoded + bytes(6))


def _module(module: Module) -> bytes:
    return b"".join(
        [
            _text(0x19, 0x47, module.name),
            _text(0x1A, 0x32, module.name),  # of its stream
            _text(0x1C, 0x48, ""),  # what it is for
            _record(0x31, _long(0)),  # where its text begins: at once, with nothing compiled before it
            _record(0x1E, _long(0)),
            _record(0x2C, _UNSET),
            _record(0x21 if module.kind is Kind.STANDARD else 0x22),
            _record(0x2B),
        ]
    )


def _record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _text(number: int, number_unicode: int, text: str) -> bytes:
    return _record(number, text.encode(CODE_PAGE)) + _record(number_unicode, text.encode("utf-16-le"))


def _short(number: int) -> bytes:
    return struct.pack("<H", number)


def _long(number: int) -> bytes:
    return struct.pack("<I", number)


def _properties(modules: Sequence[Module], name: str, identity: str) -> bytes:
    """Return the ``PROJECT`` stream: no password, nothing locked, nothing hidden."""
    lines = [
        f'ID="{identity}"',
        *(_ITEMS[module.kind].format(module.name) for module in modules),
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_encrypted(bytes(4), identity)}"',
        f'DPB="{_encrypted(bytes(1), identity)}"',
        f'GC="{_encrypted(_VISIBLE, identity)}"',
        "",
        "[Host Extender Info]",
        _EXTENDER,
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode(CODE_PAGE)


def _encrypted(data: bytes, identity: str) -> str:
    """Return how the project writes a setting ([MS-OVBA] 2.4.3.2); the seed follows from the identity, not from chance."""
    key = sum(identity.encode("ascii")) & 0xFF
    seed = key
    written = [seed, seed ^ 2, seed ^ key]
    before, last = key, (written[1], written[2])
    for byte in bytes((seed & 6) // 2) + _long(len(data)) + data:
        one = byte ^ (last[0] + before) & 0xFF
        written.append(one)
        before, last = byte, (last[1], one)
    return bytes(written).hex().upper()


def _names(modules: Sequence[Module]) -> bytes:
    """Return the ``PROJECTwm`` stream: each name in both alphabets."""
    return b"".join(_both(module.name) for module in modules) + bytes(2)


def _both(name: str) -> bytes:
    return name.encode(CODE_PAGE) + bytes(1) + name.encode("utf-16-le") + bytes(2)
