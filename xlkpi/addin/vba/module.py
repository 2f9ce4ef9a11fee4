"""One module of a VBA project, and its text as it is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

#: What Excel's editor takes.
LONGEST_LINE, LONGEST_NAME, MOST_CONTINUATIONS = 1023, 31, 24
CODE_PAGE = "cp1252"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_PREAMBLE = re.compile(r"\AVERSION [^\n]* CLASS\nBEGIN\n.*?^END\n", re.DOTALL | re.MULTILINE)
_ATTRIBUTE = re.compile(r"Attribute (VB_\w+) = (.*)")
_CONTINUED = re.compile(rf"(?:[^\n]*[ \t]_\n){{{MOST_CONTINUATIONS + 1}}}")


class Kind(Enum):
    """What a module is; the value is the class that it stands for, where it is no plain module."""

    STANDARD = ""
    CLASS = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
    WORKBOOK = "0{00020819-0000-0000-C000-000000000046}"
    SHEET = "0{00020820-0000-0000-C000-000000000046}"

    @property
    def is_document(self) -> bool:
        """Return whether the module belongs to the workbook or one of its sheets."""
        return self in {Kind.WORKBOOK, Kind.SHEET}


@dataclass(frozen=True, slots=True)
class Module:
    """One module.

    Attributes:
        name: Of the module; that of a document is the code name of its sheet or of the workbook.
        kind: What it is.
        text: As exported by Excel's editor, or only what stands below the attributes.
    """

    name: str
    kind: Kind
    text: str = "Option Explicit\n"

    def stored(self) -> bytes:
        r"""Return the text as the project stores it: attributes first, no preamble, lines ended as on Windows.

        Raises:
            ValueError: Where Excel's editor would not take the text.

        Examples:
            >>> Module("Macros", Kind.STANDARD).stored()
            b'Attribute VB_Name = "Macros"\r\nOption Explicit\r\n'
        """
        self._check_name()
        text = _PREAMBLE.sub("", self.text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"))
        lines = text.rstrip("\n").split("\n")
        given: dict[str, str] = {}
        while lines and (found := _ATTRIBUTE.fullmatch(lines[0])):
            given[found[1]] = found[2]
            del lines[0]
        head = [f"Attribute {name} = {value}" for name, value in self._attributes(given).items()]
        stored = "\n".join([*head, *lines, ""])
        self._check(stored)
        return stored.replace("\n", "\r\n").encode(CODE_PAGE)

    def _attributes(self, given: dict[str, str]) -> dict[str, str]:
        """Return the attributes that stand at the top, those that the kind demands before the others."""
        named = f'"{self.name}"'
        if given.get("VB_Name", named) != named:
            raise ValueError(f"{self.name}: its text says VB_Name = {given['VB_Name']}. Use the same name for both.")
        wanted = {"VB_Name": named}
        if self.kind is not Kind.STANDARD:
            shown = str(self.kind.is_document)
            wanted |= {
                "VB_Base": f'"{self.kind.value}"',
                "VB_GlobalNameSpace": "False",
                "VB_Creatable": "False",
                "VB_PredeclaredId": shown,
                "VB_Exposed": given.get("VB_Exposed", shown),
                "VB_TemplateDerived": "False",
                "VB_Customizable": shown,
            }
        return wanted | {name: value for name, value in given.items() if name not in wanted}

    def _check_name(self) -> None:
        if not _NAME.fullmatch(self.name) or len(self.name) > LONGEST_NAME:
            raise ValueError(
                f"{self.name!r} cannot name a module. Use up to {LONGEST_NAME} letters, digits and underscores."
            )

    def _check(self, text: str) -> None:
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > LONGEST_LINE:
                raise ValueError(
                    f"{self.name} line {number}: it has {len(line)} characters. Excel takes {LONGEST_LINE}."
                )
            if not (line.isascii() and line.replace("\t", "").isprintable()):
                raise ValueError(f"{self.name} line {number}: it holds other characters than ASCII's. Take them out.")
        if _CONTINUED.search(text):
            raise ValueError(f"{self.name}: a statement runs over more than {MOST_CONTINUATIONS + 1} lines. Break it.")
