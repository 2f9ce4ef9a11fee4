"""Text files, however their letters are stored."""

from __future__ import annotations

import codecs

from xlkpi.errors import FileUnusable

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 4096
_OTHER = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a Word document or another packed file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}


def read_plain(name: str, content: bytes) -> str:
    r"""Return the text of a file, with ``\n`` for every line break.

    Args:
        name: For messages.
        content: UTF-8 or UTF-16, with or without a mark; else what Windows in Western Europe writes.

    Raises:
        FileUnusable: Where it is no text.

    Examples:
        >>> read_plain("a.txt", "74%\r\n–".encode("cp1252"))
        '74%\n–'
    """
    for start, kind in _OTHER.items():
        if content.startswith(start):
            cure = "Give the name its right ending, or save the words as text."
            raise FileUnusable(f"{name} is {kind}, not text. {cure}")
    text = _decoded(content)
    if "\0" in text:
        raise FileUnusable(f"{name} holds something other than text. Save the draft as text (UTF-8) or as .docx.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    sample = content[:_SAMPLE]
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[place::2].count(0)
        if zeros > len(sample) // 4 and not sample[1 - place :: 2].count(0):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
