"""The parts of a finished workbook, read as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from lxml import etree

from xlkpi.errors import FileUnusable
from xlkpi.workbook.backend import quoted
from xlkpi.workbook.ooxml.archive import Archive
from xlkpi.workbook.ooxml.package import Package


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its part, and whether it is ``visible``, ``hidden`` or ``veryHidden``."""

    name: str
    part: str
    state: str

    def cell(self, address: str) -> str:
        """Return an address on the sheet as a formula names it."""
        return f"{quoted(self.name)}!{address}"


class Parts:
    """A workbook's parts, by name."""

    def __init__(self, path: Path) -> None:
        """Open a finished workbook.

        Raises:
            FileUnusable: Where it is none, or cannot be read.
        """
        try:
            self.package = Package(Archive(path.read_bytes()))
        except OSError as error:
            raise FileUnusable(f"{path} could not be read: {error.strerror or error}. Check its name.") from error
        except FileUnusable as error:
            raise FileUnusable(f"{path}: {error}") from error
        self.path = path

    @cached_property
    def names(self) -> list[str]:
        """Return the names of all parts; lists of relationships are read with the parts that they belong to."""
        return [name for name in self.package.names() if not name.endswith(("/", ".rels"))]

    def starting(self, *prefixes: str) -> list[str]:
        """Return the parts whose names start so, without regard to case."""
        wanted = tuple(prefix.lower() for prefix in prefixes)
        return [name for name in self.names if name.lower().startswith(wanted)]

    def root(self, part: str) -> etree._Element:
        """Return a part's root element.

        Raises:
            FileUnusable: Where it is no XML.
        """
        try:
            return etree.fromstring(self.package.read(part), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise FileUnusable(f"{self.path}: the part {part} is not readable ({error}).") from error

    def find(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """Yield the elements of a part by their names without name space; nothing where there is no such part."""
        if part in self.package:
            for one in self.root(part).iter():
                if isinstance(one.tag, str) and local(one) in tags:
                    yield one

    def stream(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """Yield the elements of a large part one by one; each is empty again when the next is asked for."""
        wanted = [f"{{*}}{tag}" for tag in tags]
        for _, one in etree.iterparse(BytesIO(self.package.read(part)), tag=wanted, resolve_entities=False):
            yield one
            one.clear()

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Return all sheets in the order of their tabs; chart sheets too."""
        places = {one.id: one.target for one in self.package.relationships(self.package.workbook)}
        found = []
        for one in self.find(self.package.workbook, "sheet"):
            key = next((value for name, value in one.attrib.items() if str(name).endswith("}id")), "")
            found.append(Sheet(one.get("name", ""), places.get(str(key), ""), one.get("state", "visible")))
        return found

    @property
    def worksheets(self) -> list[Sheet]:
        """Return the sheets that have cells."""
        return [one for one in self.sheets if "worksheets/" in one.part.lower() and one.part in self.package]

    def place(self, part: str) -> str:
        """Return where a person finds a part: the sheet that refers to it, however far; its name where none does."""
        for sheet in self.sheets:
            if part in self._reached(sheet.part):
                return sheet.name
        return part

    def _reached(self, part: str) -> set[str]:
        reached, waiting = set[str](), [part]
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting += [link.target for link in self.package.relationships(one) if not link.outside]
        return reached


def local(element: etree._Element) -> str:
    """Return an element's name without its name space."""
    return etree.QName(element).localname


def text(element: etree._Element) -> str:
    """Return all text inside an element."""
    return "".join(str(one) for one in element.itertext()).strip()
