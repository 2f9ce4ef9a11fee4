"""A copy of a Word draft with a comment at every place that needs one; the draft itself stays as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain, count, groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lxml.etree import _Element

from xlkpi.drafts.files import WORD, contents
from xlkpi.drafts.numbering import W
from xlkpi.drafts.seal import is_untouched, sealed
from xlkpi.drafts.word import Spot, WordText, read_word
from xlkpi.errors import FileUnusable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.text.run import CT_R

AUTHOR = "xlkpi"
#: Characters that no part of a document may hold.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Note:
    """A comment to be put beside words of a draft.

    Attributes:
        start: Offset of the first of these words in the draft's text.
        end: Offset after the last; the same as ``start`` where it is about something that is missing.
        text: What it says.
    """

    start: int
    end: int
    text: str


def default_copy(draft: Path) -> Path:
    """Return where the copy of a draft goes unless somebody says otherwise.

    Examples:
        >>> default_copy(Path("Quarter 2.docx")).name
        'Quarter 2 - checked.docx'
    """
    return draft.with_name(f"{draft.stem} - checked{draft.suffix}")


def refuse_copy(draft: Path, copy: Path) -> None:
    """Refuse, before any work is done, a copy that cannot be made or would replace what is not ours.

    Raises:
        FileUnusable: Where the draft is no Word document, or the place is taken by something else.
    """
    if draft.suffix.casefold() != WORD:
        raise FileUnusable(
            f"{draft.name} is not a Word document (.docx), and only of one a copy with comments is made."
        )
    if copy.suffix.casefold() != WORD:
        raise FileUnusable(f"{copy} does not end in {WORD}. Name the copy so, for example {default_copy(draft).name}.")
    if not copy.parent.is_dir():
        raise FileUnusable(f"{copy}: the folder is not there. Correct it, or make it first.")
    if not copy.exists():
        return
    if copy.samefile(draft):
        raise FileUnusable(f"{copy} is the draft itself, which is never changed. Name another file for the copy.")
    if not is_untouched(copy):
        what = "is there already, and is no checked copy as it was made: somebody may have worked in it"
        raise FileUnusable(f"{copy} {what}. Name another file, or move that one away first.")


def free_copy(draft: Path, folder: Path) -> Path:
    """Return where the copy of a draft goes in a folder: a number is added where somebody worked in an earlier one."""
    first = folder / default_copy(draft).name
    numbered = (first.with_name(f"{first.stem} {number}{first.suffix}") for number in count(2))
    return next(one for one in chain([first], numbered) if not one.exists() or is_untouched(one))


def made_copy(draft: Path, notes: Sequence[Note]) -> bytes:
    """Return the copy of a draft with comments, sealed; nothing is written yet.

    Raises:
        FileUnusable: Where the draft cannot be read.
    """
    words = read_word(draft.name, contents(draft))
    _add(words, notes)
    made = BytesIO()
    words.document.save(made)
    return sealed(made.getvalue())


def put_copy(copy: Path, made: bytes) -> None:
    """Put a copy in its place; one that is there is replaced when the new one is whole.

    Raises:
        FileUnusable: Where it cannot be written.
    """
    unfinished = copy.with_name(f".{copy.stem}.unfinished{copy.suffix}")
    try:
        unfinished.write_bytes(made)
        unfinished.replace(copy)
    except OSError as error:
        why = error.strerror or str(error)
        raise FileUnusable(f"{copy} could not be written: {why}. Close it in Word, or name another file.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _add(words: WordText, notes: Sequence[Note]) -> None:
    from docx.text.run import Run  # noqa: PLC0415  # whoever wants no copy need not have it loaded

    document = words.document
    notes = _not_yet(notes, document)
    spots = _parted(words.spots, {edge for note in notes for edge in (note.start, note.end)})
    for note in notes:
        covered = [spot for spot in spots if note.start <= spot.start and spot.end <= note.end]
        covered = covered or [_nearest(spots, note.start)]
        ends = [Run(cast("CT_R", spot.run), document.part) for spot in (covered[0], covered[-1])]
        document.add_comment(ends, _NOT_IN_XML.sub("", note.text), AUTHOR, AUTHOR)


def _not_yet(notes: Sequence[Note], document: Document) -> list[Note]:
    """Return the comments that a document does not have from an earlier check; what two places share it has twice."""
    there = Counter(one.text for one in document.comments if one.author == AUTHOR)
    new = []
    for note in notes:
        text = _NOT_IN_XML.sub("", note.text)
        if not there[text]:
            new.append(note)
        there[text] = max(0, there[text] - 1)
    return new


def _nearest(spots: Sequence[Spot], offset: int) -> Spot:
    """Return the words at or after an offset, the last ones where none are; a draft has words."""
    return next((spot for spot in spots if spot.end > offset), spots[-1])


def _parted(spots: Sequence[Spot], edges: set[int]) -> list[Spot]:
    """Split runs so that one begins at every edge within them; their formatting stays.

    Returns:
        Where the words stand now.
    """
    cuts = sorted(edges, reverse=True)
    parted: list[Spot] = []
    for _, group in groupby(spots, key=lambda spot: id(spot.run)):
        parted += _part_run(list(group), cuts)
    return parted


def _part_run(spots: Sequence[Spot], cuts: Iterable[int]) -> list[Spot]:
    """Split the run that some spots share, from its end to its beginning.

    Args:
        spots: In their order; words that stand elsewhere and only hang on the run are left alone.
        cuts: Offsets, the last first.
    """
    within = [cut for cut in cuts if spots[0].start <= cut < spots[-1].end]
    done: list[Spot] = []
    here: list[Spot] = []
    for spot in reversed(spots):
        node, end = spot.node, spot.end
        for cut in within:
            if node is None or not spot.start <= cut < end or (cut == spot.start and _leads(node)):
                continue
            behind, rest = _cut(spot.run, node, cut - spot.start)
            done[:0] = [Spot(cut, end, behind, rest), *(replace(one, run=behind) for one in here)]
            here, end = [], cut
        if end > spot.start:
            here.insert(0, replace(spot, end=end))
    return here + done


def _leads(node: _Element) -> bool:
    """Return whether words are the first content of their run, so that no cut is needed before them."""
    before = node.getprevious()
    return before is None or before.tag == f"{W}rPr"


def _cut(run: _Element, node: _Element, inside: int) -> tuple[_Element, _Element]:
    """Split a run before one character, and return the new run behind the cut and the element its words stand in.

    Args:
        run: Keeps what stands before.
        node: Holds the character.
        inside: Its place in there.
    """
    behind = run.makeelement(run.tag, {str(name): str(value) for name, value in run.attrib.items()})
    if (formats := run.find(f"{W}rPr")) is not None:
        behind.append(deepcopy(formats))
    moved = list(node.itersiblings())
    rest = node
    if inside:
        text = node.text or ""
        rest = deepcopy(node)
        node.text, rest.text = text[:inside], text[inside:]
        for one in (node, rest):
            one.set(_SPACE, "preserve")
    for one in (rest, *moved):
        behind.append(one)
    run.addnext(behind)
    return behind, rest
