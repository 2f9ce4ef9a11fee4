"""Compression of texts in a VBA project ([MS-OVBA] 2.4.1): what stood before in the same 4,096 bytes is referred to."""

from __future__ import annotations

import struct
from collections import defaultdict

_CHUNK = 4096
_SIGNATURE = b"\x01"
_COMPRESSED, _RAW = 0xB000, 0x3000
_HEADER = 2
_SHORTEST = 3
_TOKENS_PER_FLAG = 8
#: So many earlier places are tried for each copy; more make nothing smaller that is worth the time.
_TRIES = 64


def compress(data: bytes) -> bytes:
    """Return the compressed container of some bytes.

    Examples:
        >>> compress(b"").hex(), compress(b"abcabcabc").hex()
        ('01', '0105b0086162630320')
    """
    return _SIGNATURE + b"".join(_chunk(data[at : at + _CHUNK]) for at in range(0, len(data), _CHUNK))


def _chunk(data: bytes) -> bytes:
    body = _tokens(data)
    if len(body) < _CHUNK:
        return struct.pack("<H", _COMPRESSED | (len(body) + _HEADER - _SHORTEST)) + body
    return struct.pack("<H", _RAW | (_CHUNK + _HEADER - _SHORTEST)) + data.ljust(_CHUNK, b"\x00")


def _tokens(data: bytes) -> bytes:
    """Return the tokens of one chunk, a byte of flags before every eight."""
    body = bytearray()
    seen: defaultdict[bytes, list[int]] = defaultdict(list)
    place, count, flags_at = 0, 0, 0
    while place < len(data):
        if count % _TOKENS_PER_FLAG == 0:
            flags_at = len(body)
            body.append(0)
        length, offset = _longest(data, place, seen[data[place : place + _SHORTEST]])
        if length:
            body[flags_at] |= 1 << count % _TOKENS_PER_FLAG
            bits = _length_bits(place)
            body += struct.pack("<H", (offset - 1) << bits | (length - _SHORTEST))
        else:
            length = 1
            body.append(data[place])
        for at in range(place, place + length):
            seen[data[at : at + _SHORTEST]].append(at)
        place += length
        count += 1
    return bytes(body)


def _longest(data: bytes, place: int, candidates: list[int]) -> tuple[int, int]:
    """Return length and distance of the longest repetition of earlier bytes; 0 and 0 where there is none."""
    most = min((1 << _length_bits(place)) - 1 + _SHORTEST, len(data) - place)
    if most < _SHORTEST:
        return 0, 0
    best, distance = 0, 0
    for start in reversed(candidates[-_TRIES:]):
        length = _SHORTEST
        while length < most and data[start + length] == data[place + length]:
            length += 1
        if length > best:
            best, distance = length, place - start
    return best, distance


def _length_bits(place: int) -> int:
    """Return how many bits of a copy token give its length, from the place in the chunk ([MS-OVBA] 2.4.1.3.19.1)."""
    return 16 - max(4, (place - 1).bit_length())
