"""PDF files: the words of their pages, with wrapped lines and hyphenated words put together again."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from xlkpi.drafts.pdf_tables import may_hold_table, with_tables
from xlkpi.errors import FileUnusable

if TYPE_CHECKING:
    from pypdf import PageObject

_MOST_PAGES = 1000
_START = b"%PDF-"
_START_WITHIN = 1024
_SOFT_HYPHEN = "\u00ad"
#: What differs from page to page in a line that else is the same.
_ITS_NUMBER = re.compile(r"page\s+[0-9]+(\s*(of|/)\s*[0-9]+)?|^[0-9]{1,4}\s*\||\|\s*[0-9]{1,4}$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(page\s+)?[0-9]{1,4}(\s*(of|/)\s*[0-9]{1,4})?", re.IGNORECASE)
_BROKEN = re.compile(r"(?<![\w-])([A-Za-z]+)-$")
_COMPOUND = re.compile(r"[A-Za-z]+-[A-Za-z]+")
_WORD = re.compile(r"[A-Za-z]+")
_NEW = re.compile(
    r"\s*([-*+\u2022\u25cf\u25aa\u25e6\u2013\uf0b7]\s|\(?[0-9]{1,2}([.)]|(\.[0-9]{1,2})+\.?)\s+[^a-z]|[a-z][.)]\s|#)"
)
_GAP = re.compile(r" {2,}|\t")
_FEWEST_CELLS, _MOST_CELLS, _WIDEST_CELL = 3, 10, 40
_STOPS = (".", "!", "?", ":", ";")
#: A line of prose is wrapped near the edge; a heading or the line of a list ends long before.
_FULL = 0.75
#: A line that ends in several figures is a row of a table.
_ROW = re.compile(r"[A-Za-z*)](?:\s+[0-9][0-9,.]*%?){3,}$")
_SHORTEST = 40
#: First halves that keep their hyphen where nothing in the text says otherwise.
_PREFIXES = frozenset(
    {
        *("co", "cross", "ex", "half", "high", "in", "inter", "long", "low", "mid", "multi", "non", "off", "on", "out"),
        *("over", "part", "post", "pre", "re", "self", "short", "step", "sub", "under", "well"),
    }
)
_EDGE = 2
_FEW = 3


def read_pdf(name: str, content: bytes) -> str:
    """Return the words of a PDF, page after page.

    Lines that stand at the edge of most pages, and page numbers, are left out.

    Args:
        name: For messages.
        content: The whole file.

    Raises:
        FileUnusable: Where it is protected, damaged, or holds pictures of pages and no words.
    """
    if _START not in content[:_START_WITHIN]:
        raise FileUnusable(f"{name} is not a PDF. Save the draft again as PDF, or use the Word document.")
    pages = [
        page.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n") for page in _pages(name, content)
    ]
    if not any(line.strip() for page in pages for line in page):
        what = "holds pictures of its pages, and no words that could be read"
        raise FileUnusable(f"{name} {what}. Use the Word document, or have the text recognised (OCR) first.")
    return "\n".join(_joined(list(_in_one(_without_edges(pages))), _words(pages)))


def _pages(name: str, content: bytes) -> list[str]:
    from pypdf import PdfReader  # noqa: PLC0415  # whoever checks a Word document need not have it loaded

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # its remarks on untidy files help nobody here
    try:
        reader = PdfReader(BytesIO(content))
        opened = not reader.is_encrypted or bool(reader.decrypt(""))
        pages = [_words_of(page) for page in islice(reader.pages, _MOST_PAGES + 1)] if opened else []
    except Exception as error:  # a damaged or hostile file makes pypdf raise nearly anything
        what = "cannot be read as a PDF: it is damaged, or protected in a way that is not known here"
        raise FileUnusable(f"{name} {what}. Save it again as PDF, or use the Word document.") from error
    if not opened:
        raise FileUnusable(f"{name} is protected with a password. Save a copy without it, or use the Word document.")
    if len(pages) > _MOST_PAGES:
        raise FileUnusable(f"{name} has more than {_MOST_PAGES} pages. Save the pages of the draft alone.")
    return pages


def _words_of(page: PageObject) -> str:
    """Return the words of a page, its tables row by row."""
    text = page.extract_text()
    lines = text.split("\n")
    if not may_hold_table(lines):
        return text
    try:
        looks = page.extract_text(extraction_mode="layout")
    except Exception:  # noqa: BLE001  # a page that cannot be drawn still has its words
        return text
    return "\n".join(with_tables(lines, looks))


def _without_edges(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """Yield the pages without what stands at the top or bottom of most of them."""
    trimmed = [[line for line in page if line.strip()] for page in pages]
    seen = Counter(line for page in trimmed for line in {_pattern(one) for one in (*page[:_EDGE], *page[-_EDGE:])})
    often = {line for line, times in seen.items() if times >= _FEW and times > len(pages) / 2}
    for page, bare in zip(pages, trimmed, strict=True):
        edges = {*bare[:_EDGE], *bare[-_EDGE:]}
        outer = {*bare[:1], *bare[-1:]}
        yield [
            line
            for line in page
            if not (line in edges and _pattern(line) in often)
            and not (len(pages) > 1 and line in outer and _PAGE_NUMBER.fullmatch(line.strip()))
        ]


def _in_one(pages: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of all pages; between two pages stands an empty line unless a sentence goes on there."""
    before = ""
    for page in pages:
        lines = "\n".join(page).strip("\n ").split("\n")
        if before and (before.endswith(_STOPS) or not lines[0].lstrip()[:1].islower()):
            yield ""
        yield from lines
        before = lines[-1].rstrip()


def _pattern(line: str) -> str:
    return _ITS_NUMBER.sub("", " ".join(line.split())).strip().casefold()


def _words(pages: Sequence[Sequence[str]]) -> set[str]:
    """Return the words, and the words with a hyphen, that the text has within its lines."""
    text = "\n".join(line for page in pages for line in page).casefold()
    return {*_COMPOUND.findall(text), *_WORD.findall(re.sub(r"[a-z]+-\n[a-z]+", " ", text))}


def _joined(lines: Sequence[str], words: set[str]) -> Iterator[str]:
    """Yield the lines of a page, those joined that were only wrapped."""
    width = max((len(line.strip()) for line in lines), default=0)
    pending = ""
    last = 0
    for raw in lines:
        line = _as_row(raw.rstrip())
        text = line.strip(" ")
        if pending and text and not _NEW.match(line):
            if joined := _mended(pending, text, words):
                pending, last = joined, len(text)
                continue
            if _goes_on(pending, last, text, width):
                pending, last = f"{pending} {text}", len(text)
                continue
        if pending:
            yield pending
        if not text:
            yield ""
        pending, last = line, len(text)
    if pending:
        yield pending


def _as_row(line: str) -> str:
    r"""Return a line whose words stand in columns with tabs between them; any other as it is.

    Examples:
        >>> _as_row("  Outside tolerance  Inside tolerance   No target"), _as_row("Two  gaps  in a sentence.")
        ('\tOutside tolerance\tInside tolerance\tNo target', 'Two  gaps  in a sentence.')
    """
    cells = _GAP.split(line)
    fits = _FEWEST_CELLS <= len(cells) <= _MOST_CELLS and max(map(len, cells)) <= _WIDEST_CELL
    return "\t".join(cells) if fits and not line.endswith(_STOPS) else line


def _goes_on(before: str, last: int, text: str, width: int) -> bool:
    """Return whether a line goes on with a sentence that was wrapped."""
    if before.endswith(_STOPS) or "\t" in before or "\t" in text:
        return False
    if _ROW.search(before):
        return False
    if text[0].isupper() and text.endswith(":") and len(text) < _SHORTEST:
        return False  # "Thirteen measures:" stands by itself
    return last >= max(_SHORTEST, _FULL * width) or (text[0].islower() and last >= _SHORTEST / 2)


def _mended(before: str, text: str, words: set[str]) -> str:
    """Return two lines as one where a word was broken between them; empty where none was.

    Examples:
        >>> _mended("most of the per-", "formance is good", set())
        'most of the performance is good'
        >>> _mended("three out-", "comes", {"outcomes"}), _mended("the long-", "term plan", set())
        ('three outcomes', 'the long-term plan')
    """
    if before.endswith(_SOFT_HYPHEN):
        return before[:-1] + text
    broken, rest = _BROKEN.search(before), _WORD.match(text)
    if not (broken and rest and text[0].islower()):
        return ""
    first, second = broken[1].casefold(), rest[0].casefold()
    if first + second in words and f"{first}-{second}" not in words:
        return before[:-1] + text
    keeps = f"{first}-{second}" in words or first in _PREFIXES
    return before + text if keeps else before[:-1] + text
