"""The analyst's own words beside the generated ones, kept by the paragraph's key and held against their figures.

The figures under a text are those that the sheet showed when it was written: what the last refresh before had put there, and
its quarter. The first refresh after it takes them down as *Figures when you wrote*, and knows the text again by a mark. They
are taken anew where the text is another one, or where somebody chose yes under *Still right?*. The mark also says with which
phrases the paragraph was written, so that a phrase that was changed is not taken for figures that were.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xlkpi.errors import Problem
from xlkpi.narrative.known import BETWEEN, Known
from xlkpi.narrative.paragraphs import PHRASED, Paragraph
from xlkpi.narrative.since import QUARTER, as_of_now, carried_on, changed, written_in
from xlkpi.tables.words import counted
from xlkpi.workbook.backend import place
from xlkpi.workbook.layout import NARRATIVE_TABLE

_MARK = 6
_MOST_CHANGES = 6
#: What a reader is to fill in: words in square brackets.
_GAP = re.compile(r"\[[^\[\]\n]{3,}\]")
YOURS, CHANGED, GONE, UNFINISHED = (
    "Your text",
    "Figures changed under your text",
    "No longer generated",
    "Has a gap to fill",
)
_EXCEPTION = "exception."


class Edit(NamedTuple):
    """One row of the narrative as the workbook has it.

    Attributes:
        key: Of its paragraph.
        text: What the analyst wrote; empty where nothing.
        shown: The figures that the last refresh put beside it.
        snapshot: The figures for which the text was written, as taken down by a refresh since; empty before that.
        mark: Of the text for which they were taken down, and of the phrases with which the last refresh wrote the paragraph.
        is_right: Whether the analyst says that the text is still right.
        row: Its row in the table, from 0.
    """

    key: str
    text: str
    shown: str
    snapshot: str
    mark: str
    is_right: bool
    row: int


@dataclass(frozen=True, slots=True)
class Edits:
    """The narrative as the workbook has it, and where it stands.

    Attributes:
        rows: From top to bottom.
        sheet: Name of its sheet.
        top: Row number of its first data row.
        left: Column number of its first column.
        quarter: The title of the quarter that it shows; empty where that is not known.
    """

    rows: Sequence[Edit]
    sheet: str
    top: int
    left: int
    quarter: str = ""

    def where(self, row: int, field: str) -> str:
        """Return the address of a cell by row index and field."""
        return place(self.sheet, self.top + row, self.left + NARRATIVE_TABLE.index(field))


class Line(NamedTuple):
    """One row of the narrative as it will be.

    Attributes:
        number: As printed; empty where the paragraph is no longer generated.
        section: Heading of its section.
        generated: Empty where it is no longer generated.
        yours: The analyst's text; empty where there is none.
        state: What a reader should know; empty where nothing.
        codes: Of its indicators.
        figures: That the generated text uses.
        snapshot: For which the analyst's text was written.
        key: Of its paragraph.
        mark: Of the analyst's text, and of the paragraph's phrases.
        stays: Whether the analyst's text stands in this row already.
        changes: Which figures are others than those the analyst's text was written for: ``A4 outturn 74% → 76%``.
    """

    number: str
    section: str
    generated: str
    yours: str
    state: str
    codes: tuple[str, ...]
    figures: str
    snapshot: str
    key: str
    mark: str
    stays: bool = False
    changes: Sequence[str] = ()

    @property
    def used(self) -> str:
        """Return the text that counts: the analyst's where there is one."""
        return self.yours or self.generated


def finished(text: str) -> str:
    """Return a text without its gaps: what nobody filled in is not sent to anybody.

    Examples:
        >>> finished("The gap is 3 cases. [Say what stands behind it.]")
        'The gap is 3 cases.'
    """
    return re.sub(rf"[ \t]*{_GAP.pattern}", "", text).strip()


def mark_of(text: str) -> str:
    """Return the mark by which a text is known again; empty for no text.

    Examples:
        >>> mark_of(""), mark_of("As it was.") == mark_of("As it was. ")
        ('', False)
    """
    return hashlib.blake2b(text.encode(), digest_size=_MARK).hexdigest() if text else ""


def merged(
    paragraphs: Sequence[Paragraph], edits: Sequence[Edit], known: Known | None = None, quarter: str = ""
) -> list[Line]:
    """Return the rows of the narrative: the generated paragraphs with the texts of their keys, then texts left over.

    Args:
        paragraphs: As the figures have them.
        edits: As the workbook has them. None of their texts is lost, whatever its key.
        known: All figures of the quarter; None where those of the paragraphs are all that is known.
        quarter: The title of the quarter that the workbook showed; empty where that is not known.
    """
    first: dict[str, Edit] = {}
    for edit in edits:
        if edit.key not in first or (edit.text and not first[edit.key].text):
            first[edit.key] = edit
    keys = {one.key for one in paragraphs}
    merging = _Merging(known or {}, quarter)
    lines = [merging.line(one, first.get(one.key), row) for row, one in enumerate(paragraphs)]
    for edit in edits:
        if edit.text and (edit.key not in keys or edit is not first[edit.key]):
            lines.append(merging.left_over(edit, len(lines)))
    return lines


@dataclass(frozen=True, slots=True)
class _Merging:
    known: Known
    quarter: str

    def line(self, paragraph: Paragraph, edit: Edit | None, row: int) -> Line:
        line = Line(
            paragraph.number,
            paragraph.section,
            paragraph.text,
            "",
            "",
            tuple(paragraph.codes),
            paragraph.figures,
            "",
            paragraph.key,
            _marked("", paragraph.phrased),
        )
        if edit and edit.text:
            line = self._edited(line, paragraph, edit, row)
        return line._replace(state=_state(line))

    def _edited(self, line: Line, paragraph: Paragraph, edit: Edit, row: int) -> Line:
        _, phrased = _parts(edit.mark)
        is_edited = bool(phrased) and phrased != paragraph.phrased
        snapshot = self._snapshot(edit, paragraph.figures)
        return line._replace(
            yours=edit.text,
            snapshot=carried_on(snapshot, paragraph.figures, self.known) if is_edited else snapshot,
            mark=_marked(edit.text, paragraph.phrased),
            stays=edit.row == row,
            changes=list(changed(snapshot, paragraph.figures, self.known, is_edited=is_edited)),
        )

    def left_over(self, edit: Edit, row: int) -> Line:
        _, phrased = _parts(edit.mark)
        snapshot = self._snapshot(edit, "")
        if edit.is_right:
            snapshot = as_of_now(snapshot, self.known)
        line = Line("", GONE, "", edit.text, GONE, (), edit.shown, snapshot, edit.key, _marked(edit.text, phrased))
        changes = list(changed(snapshot, "", self.known, is_edited=False)) if self.known else []
        return line._replace(stays=edit.row == row, changes=changes)

    def _snapshot(self, edit: Edit, present: str) -> str:
        """Return the figures for which a text was written: those that stood beside it when it was."""
        is_new = edit.is_right or _parts(edit.mark)[0] != mark_of(edit.text)
        figures = edit.shown or present if is_new else edit.snapshot
        return written_in(figures, self.quarter or BETWEEN.join(self.known.get(QUARTER, ())))


def _marked(text: str, phrased: str) -> str:
    return ".".join(filter(None, (mark_of(text), phrased)))


def _parts(mark: str) -> tuple[str, str]:
    """Return the mark of a text and that of the phrases; a workbook made before has the first alone."""
    text, _, phrased = mark.rpartition(".")
    return (text, phrased) if phrased.startswith(PHRASED) else (mark, "")


def _state(line: Line) -> str:
    if line.changes:
        return CHANGED
    if _GAP.search(line.used):
        return UNFINISHED
    return YOURS if line.yours else ""


def narrative_remarks(lines: Sequence[Line], edits: Edits, uncommented: Collection[str]) -> Iterator[Problem]:
    """Yield what a reader should know of the narrative, each with its cell.

    Args:
        lines: As they will be.
        edits: For where they stand.
        uncommented: Codes of which it is remarked already that their comment is missing.
    """
    for row, line in enumerate(lines):
        if not line.number:
            what = f"your text '{_short(line.yours)}' belongs to a paragraph that is no longer generated"
            what += f", and figures changed under it: {_told(line.changes)}." if line.changes else "."
            yield Problem(edits.where(row, "yours"), what, "Move it where it belongs, or delete it.")
        elif line.changes:
            what = f"figures changed under your text of {line.number}: {_told(line.changes)}."
            yield Problem(edits.where(row, "yours"), what, "Correct your text, or choose yes under Still right?.")
        for gap in _GAP.findall(line.used):
            if line.yours or line.key.removeprefix(_EXCEPTION) not in uncommented:
                what = f"{line.number or 'your text'} has a gap: {gap}."
                yield Problem(
                    edits.where(row, "used"), what, "Fill it in under Your text, or where the figure is typed."
                )


def _told(changes: Sequence[str]) -> str:
    more = len(changes) - _MOST_CHANGES
    rest = [f"and {counted(more, 'more', 'more')}"] if more > 0 else []
    return "; ".join([*changes[:_MOST_CHANGES], *rest])


def _short(text: str, longest: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} ..."
