"""Words by which a draft names an indicator, titles and aliases: none may stand for two at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from xlkpi.workbook.intake.codes import overlap
from xlkpi.workbook.intake.rows import RegisterRow
from xlkpi.workbook.intake.tables import Sheet

_Rows = Sequence[tuple[int, RegisterRow]]
_FIELD = "aliases"
_ONLY_ONE = "Leave it with the one that it names, or use more words."
_TELL_APART = "Use words that tell the two apart."
_STOPS = ".:;,*"


def check_titles(sheet: Sheet[RegisterRow], rows: _Rows) -> None:
    """Note every title that another indicator has, too, while both are valid."""
    titles: Mapping[str, list[tuple[int, RegisterRow]]] = defaultdict(list)
    for index, row in rows:
        word = _word(row["title"])
        others = [one for one in titles[word] if not _is_same(one[1], row)] if word else []
        if other := _met(row, others):
            at, known = other
            what = f"the title is '{row['title']}', which {known['code']} has, too ({sheet.where(at, 'title')})"
            sheet.add(index, "title", what, _TELL_APART)
        titles[word].append((index, row))


def check_aliases(sheet: Sheet[RegisterRow], rows: _Rows) -> None:
    """Note every alias that is another indicator's alias, code or title, while both are valid."""
    codes: Mapping[str, list[tuple[int, RegisterRow]]] = defaultdict(list)
    titles: Mapping[str, list[tuple[int, RegisterRow]]] = defaultdict(list)
    taken: Mapping[str, list[tuple[int, RegisterRow]]] = defaultdict(list)
    for index, row in rows:
        codes[row["code"].casefold()].append((index, row))
        titles[_word(row["title"])].append((index, row))
    for index, row in rows:
        for alias in row.get("aliases", ()):
            word = alias.casefold()
            own = row["code"].casefold()
            titled = [one for one in titles.get(_word(alias), ()) if not _is_same(one[1], row)]
            if word != own and (other := _met(row, codes.get(word, ()))):
                at, known = other
                what = f"'{alias}' is among the aliases, but it is the code of another measure"
                what += f", {known['title']} ({sheet.where(at, 'code')})"
                sheet.add(index, _FIELD, what, "Take it out.")
            elif other := _met(row, titled):
                at, known = other
                what = f"'{alias}' is among the aliases, but it is the title of another measure"
                what += f", {known['code']} ({sheet.where(at, 'title')})"
                sheet.add(index, _FIELD, what, "Take it out.")
            elif other := _met(row, taken.get(word, ())):
                at, known = other
                what = f"'{alias}' is among the aliases, but {known['code']} has it, too ({sheet.where(at, _FIELD)})"
                sheet.add(index, _FIELD, what, _ONLY_ONE)
            taken[word].append((index, row))


def _word(title: str) -> str:
    """Return a title as a draft may write it: in any case of letters, without a footnote's star or a final stop.

    Examples:
        >>> _word("Average  Caseload*."), _word("average caseload")
        ('average caseload', 'average caseload')
    """
    return " ".join(title.split()).rstrip(_STOPS).casefold()


def _is_same(one: RegisterRow, other: RegisterRow) -> bool:
    return one["code"].casefold() == other["code"].casefold()


def _met(row: RegisterRow, others: _Rows) -> tuple[int, RegisterRow] | None:
    """Return the first of some rows that is valid while a row is."""
    span = row["first"], row["last"]
    return next((one for one in others if overlap(*span, one[1]["first"], one[1]["last"])), None)
