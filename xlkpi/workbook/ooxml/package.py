"""A workbook as a package of parts: their relationships and content types, and the changes a plan makes to them."""

from __future__ import annotations

import posixpath
import re
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xlkpi.errors import FileUnusable
from xlkpi.workbook.ooxml.archive import Archive, Packed, pack
from xlkpi.workbook.ooxml.markup import attributes, escape_attribute, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTENT_TYPES = "[Content_Types].xml"
_TYPE_PREFIX = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT_PREFIX = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_EMPTY_RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_RELATIONSHIP = re.compile(r"<Relationship\s[^>]*>")
_OVERRIDE = re.compile(r"<Override\s[^>]*>")
_DEFAULT = re.compile(r"<Default\s[^>]*>")


class Relationship(NamedTuple):
    """One part (or outside address) that a part refers to.

    Attributes:
        id: Under which the part refers to it.
        kind: The last word of its type, such as ``worksheet``.
        target: Name of the part; an address where ``outside``.
        outside: Whether it lies outside the package.
    """

    id: str
    kind: str
    target: str
    outside: bool


class Package:
    """The parts of a workbook with the changes made so far; nothing reaches the file before ``rebuilt`` is saved."""

    def __init__(self, archive: Archive) -> None:
        """Look at a file that was read; no change yet.

        Args:
            archive: The members of the file.

        Raises:
            FileUnusable: Where the file is a zip but no workbook.
        """
        self.archive = archive
        self._changed: dict[str, bytes | Packed | None] = {}
        self._added: dict[str, bytes | Packed] = {}
        self._texts: dict[str, str] = {}
        self.workbook = self._workbook_part()

    def names(self) -> list[str]:
        """Return the names of all parts."""
        kept = [name for name in self.archive.names() if self._changed.get(name, b"") is not None]
        return [*kept, *self._added]

    def __contains__(self, part: str) -> bool:
        """Return whether there is such a part."""
        name = self.archive.spelled(part)
        return name in self._added or (name in self.archive and self._changed.get(name, b"") is not None)

    def text(self, part: str) -> str:
        """Return a small part as text, as it stands after the changes so far."""
        if part not in self._texts:
            self._texts[part] = plain(self.read(part), part)
        return self._texts[part]

    def read(self, part: str) -> bytes:
        """Return the content of a part."""
        return b"".join(self.chunks(part))

    def buffer(self, part: str) -> bytearray:
        """Return the content of a large part in a buffer that can be changed in place."""
        content = bytearray()
        for chunk in self.chunks(part):
            content += chunk
        return content

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield the content of a part piece by piece."""
        name = self.archive.spelled(part)
        fresh = self._added.get(name, self._changed.get(name))
        if fresh is None and name not in self._changed:
            yield from self.archive.chunks(name)
        elif isinstance(fresh, Packed):
            yield zlib.decompress(fresh.data, -15, max(fresh.size, 1))
        elif fresh is not None:
            yield fresh
        else:
            raise FileUnusable(_GONE.format(part))

    def is_changed(self, part: str) -> bool:
        """Return whether a part was changed, added or dropped."""
        name = self.archive.spelled(part)
        return name in self._changed or name in self._added

    def size(self, part: str) -> int:
        """Return how many bytes a part has when inflated."""
        name = self.archive.spelled(part)
        fresh = self._added.get(name, self._changed.get(name))
        if fresh is None:
            return self.archive.size(name) if name in self else 0
        return fresh.size if isinstance(fresh, Packed) else len(fresh)

    def put(self, part: str, text: str) -> None:
        """Give a part new content; content that is the same as before changes nothing."""
        if part in self and self.text(part) == text:
            return
        self._texts[part] = text
        self._store(part, text.encode())

    def put_pieces(self, part: str, pieces: Iterable[bytes | bytearray]) -> None:
        """Give a large part new content, which is compressed at once and not held twice."""
        self._texts.pop(part, None)
        self._store(part, pack(pieces))

    def drop(self, part: str) -> None:
        """Take a part away, with its content type and its own relationships."""
        self._texts.pop(part, None)
        name = self.archive.spelled(part)
        self._added.pop(name, None)
        if name in self.archive:
            self._changed[name] = None
        types = self.text(CONTENT_TYPES)
        for found in _OVERRIDE.finditer(types):
            if attributes(found[0]).get("PartName", "").lower() == f"/{part.lower()}":
                self.put(CONTENT_TYPES, types.replace(found[0], "", 1))
                break
        own = relationships_part(part)
        if own in self:
            self._texts.pop(own, None)
            spelled = self.archive.spelled(own)
            self._added.pop(spelled, None)
            if spelled in self.archive:
                self._changed[spelled] = None

    def add(self, part: str, pieces: Iterable[bytes | bytearray], content_type: str) -> None:
        """Add a part with its content type."""
        self._store(part, pack(pieces))
        types = self.text(CONTENT_TYPES)
        entry = f'<Override PartName="/{escape_attribute(part)}" ContentType="{content_type}"/>'
        self.put(CONTENT_TYPES, types.replace("</Types>", f"{entry}</Types>"))

    def content_type(self, part: str) -> str:
        """Return the content type of a part; empty where none is declared."""
        types = self.text(CONTENT_TYPES)
        for found in _OVERRIDE.finditer(types):
            entry = attributes(found[0])
            if entry.get("PartName", "").lower() == f"/{part.lower()}":
                return entry.get("ContentType", "")
        for found in _DEFAULT.finditer(types):
            entry = attributes(found[0])
            if part.lower().endswith("." + entry.get("Extension", "?").lower()):
                return entry.get("ContentType", "")
        return ""

    def relationships(self, part: str) -> list[Relationship]:
        """Return what a part refers to, in the order of its list; ``""`` stands for the package itself."""
        own = relationships_part(part)
        return list(_listed(self.text(own), part)) if own in self else []

    def targets(self, part: str, kind: str) -> list[str]:
        """Return the parts of one kind that a part refers to."""
        return [found.target for found in self.relationships(part) if found.kind == kind and not found.outside]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship and return its id."""
        path = posixpath.relpath(target, posixpath.dirname(part) or ".")
        return self._relate(part, kind, f'Target="{escape_attribute(path)}"')

    def relate_outside(self, part: str, kind: str, address: str) -> str:
        """Add a relationship to an address outside the package and return its id."""
        return self._relate(part, kind, f'Target="{escape_attribute(address)}" TargetMode="External"')

    def unrelate(self, part: str, relationship: str) -> None:
        """Take one relationship away."""
        own = relationships_part(part)
        text = self.text(own)
        for tag in _RELATIONSHIP.findall(text):
            if attributes(tag).get("Id") == relationship:
                self.put(own, text.replace(tag, "", 1))
                return

    def unused(self, pattern: str) -> str:
        """Return the first name that no part has, ``{}`` in the pattern counted up from 1."""
        taken = {name.lower() for name in [*self.archive.names(), *self._added]}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    @property
    def changed(self) -> bool:
        """Whether any part differs from the file."""
        return bool(self._changed or self._added)

    def rebuilt(self) -> bytes:
        """Return the whole file with the changes."""
        changed = {name: pack([new]) if isinstance(new, bytes) else new for name, new in self._changed.items()}
        added = {name: pack([new]) if isinstance(new, bytes) else new for name, new in self._added.items()}
        return self.archive.rebuilt(changed, added)

    def _relate(self, part: str, kind: str, target: str) -> str:
        own = relationships_part(part)
        text = self.text(own) if own in self else _EMPTY_RELATIONSHIPS
        taken = {found.id for found in self.relationships(part)}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        entry = f'<Relationship Id="rId{number}" Type="{self._type_prefix()}{kind}" {target}/>'
        text = re.sub(r"(<Relationships\b[^>]*?)\s*/>", r"\1></Relationships>", text, count=1)
        self.put(own, text.replace("</Relationships>", f"{entry}</Relationships>"))
        return f"rId{number}"

    @property
    def is_strict(self) -> bool:
        """Whether the workbook is of the strict form of the format, which has namespaces of its own."""
        return "purl.oclc.org/ooxml" in self.text(relationships_part(self.workbook))

    def _type_prefix(self) -> str:
        """Return how the types of relationships begin in this workbook."""
        return _STRICT_PREFIX if self.is_strict else _TYPE_PREFIX

    def _store(self, part: str, content: bytes | Packed) -> None:
        name = self.archive.spelled(part)
        if name in self.archive:
            self._changed[name] = content
        else:
            self._added[name] = content

    def _workbook_part(self) -> str:
        if CONTENT_TYPES not in self.archive:
            raise FileUnusable(_NO_WORKBOOK)
        main = self.targets("", "officeDocument")
        if not main or main[0] not in self.archive:
            raise FileUnusable(_NO_WORKBOOK)
        if main[0].lower().endswith(".bin"):
            raise FileUnusable(_BINARY)
        if "spreadsheetml" not in self.content_type(main[0]) and "ms-excel" not in self.content_type(main[0]):
            raise FileUnusable(_NO_WORKBOOK)
        return main[0]


@lru_cache(maxsize=256)
def _listed(text: str, part: str) -> tuple[Relationship, ...]:
    """Return the relationships that a part's list names; asked for again and again, and read once while it is the same."""
    found = []
    for tag in _RELATIONSHIP.findall(text):
        entry = attributes(tag)
        outside = entry.get("TargetMode") == "External"
        target = entry.get("Target", "")
        kind = entry.get("Type", "").rstrip("/").rpartition("/")[2]
        found.append(Relationship(entry.get("Id", ""), kind, target if outside else resolve(part, target), outside))
    return tuple(found)


def relationships_part(part: str) -> str:
    """Return the name of the part that lists what a part refers to.

    Examples:
        >>> relationships_part("xl/workbook.xml"), relationships_part("")
        ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolve(part: str, target: str) -> str:
    """Return the name of the part that a relationship's target names.

    Examples:
        >>> resolve("xl/worksheets/sheet1.xml", "../tables/table1.xml"), resolve("", "/xl/workbook.xml")
        ('xl/tables/table1.xml', 'xl/workbook.xml')
    """
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


_GONE = "The workbook's part {} was removed by the same plan."
_NO_WORKBOOK = "The file holds no Excel workbook. Choose a file that Excel saved as .xlsx or .xlsm."
_BINARY = "This is a binary workbook (.xlsb). Open it in Excel, save it as .xlsx or .xlsm (Save As), and use that file."
