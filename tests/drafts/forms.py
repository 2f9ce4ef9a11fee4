"""One report as text, Markdown, Word and PDF: headings, numbers that Word makes, bullets, tables."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
from docx.document import Document
from drafts.made import markup

_HEADING = re.compile(r"(?P<number>[0-9]+)\. (?P<words>[A-Z].*)")
_NUMBERED = re.compile(r"(?:- )?(?P<number>[0-9]+(?:\.[0-9]+)+)\.? (?P<words>.*)")
_LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    f'<w:lvlText w:val="{"".join(f"%{place + 1}." for place in range(level + 1))}"/></w:lvl>'
    for level in range(3)
)
_LIST = "90"


def blocks(text: str) -> Iterator[str | list[list[str]]]:
    """Yield the lines of a report; those of a table together, as cells."""
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            yield rows
            rows = []
        yield line


def as_markdown(text: str) -> str:
    lines = []
    for one in blocks(text):
        if isinstance(one, list):
            lines += [f"| {' | '.join(row)} |" for row in one]
            lines.insert(len(lines) - len(one) + 1, "|---" * len(one[0]) + "|")
        else:
            lines.append(f"## {one}" if _HEADING.match(one) else one)
    return "\n".join(lines)


def as_word(text: str) -> Document:
    """Return a Word document whose numbers are Word's own."""
    document = docx.Document()
    lists = document.part.numbering_part.element
    lists.insert(0, markup(f'<w:abstractNum w:abstractNumId="{_LIST}">{_LEVELS}</w:abstractNum>'))
    lists.append(markup(f'<w:num w:numId="{_LIST}"><w:abstractNumId w:val="{_LIST}"/></w:num>'))
    for one in blocks(text):
        if isinstance(one, list):
            _table(document, one)
        elif one.strip():
            _paragraph(document, one)
    return document


def _table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    table.style = "Table Grid"
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words


def _paragraph(document: Document, line: str) -> None:
    if found := _HEADING.match(line):
        paragraph, level = document.add_heading(found["words"], 1), 0
    elif found := _NUMBERED.match(line):
        paragraph, level = document.add_paragraph(found["words"]), found["number"].count(".")
    else:
        is_item = line.startswith("- ")
        document.add_paragraph(line.removeprefix("- "), style="List Bullet" if is_item else None)
        return
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{_LIST}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(markup(properties))  # python-docx has no other way in


def as_pdf(soffice: str, document: Path) -> Path:
    """Return the PDF that LibreOffice makes of a document, beside it."""
    profile = f"-env:UserInstallation={(document.parent / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(document.parent), str(document)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return document.with_suffix(".pdf")
