"""Numbers that count nothing: telephone numbers, times of day, references, pages, the numbers of tables and sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlkpi.prose.sentences import Part

_ROW = r"[0-9]{1,3}(?:\.[0-9]{1,2})*"
_THING = (
    r"tables?|charts?|graphs?|figs?\.?|(?-i:Figures)|pages?|pp?\.|sections?|appendi(?:x|ces)|annex(?:es)?|paragraphs?|paras?\.?"
    r"|chapters?|articles?|schedules?|regulations?|clauses?|recommendations?|minutes?(?=\s+(?:no\.?\s*)?[0-9]+(?:[/,.]|\s*$))"
    r"|agenda\s+items?|items?(?=\s+[0-9]+\b(?!\s+[a-z]))|slides?|questions?|resolutions?"
)
_WHOM = r"(?:children|people|persons?|pupils?|students?|those|anyone|everyone|adults?|boys|girls|aged|age)"
_UNTIL = (
    r"(?:under|over|below|above|from)\s+(?:the\s+age\s+of\s+)?[0-9]{1,2}\b"
    r"(?!\s*(?:%|per\b|days|weeks|months|hours|working|to\b|,[0-9]))"
)
_SCHOOL = r"(?:(?-i:Years?)|years?(?=\s+(?:[0-9]|1[0-3])(?:\s+(?:pupils|leavers|cohort|had|exams)|[,.)])))"
_GOES_ON = r"(?:and|to|of|on|in|at|is|are|shows?|sets?|gives?|below|above)\b"
_STATE = r"(?:on\s+track|late|complete|delayed|done|not\s+started|overdue|closed|open|ongoing)"
_RESOLVES = r"(?:note|agree|approve|receive|endorse)"
_REFERENCES = re.compile(
    rf"""
    \(?\b0[0-9]{{2,4}}\)?(?:[\s-]?[0-9]{{3,8}}){{1,3}}\b              # a telephone number
  | \+[0-9]{{2}}\s?(?:\(0\)\s?)?[0-9]{{2,4}}(?:\s?[0-9]{{3,6}}){{1,2}}\b
  | \b(?:[01]?[0-9]|2[0-3])[.:][0-5][0-9]\s?(?:[ap]\.?m\b\.?|hours\b|hrs\b|noon\b)  # 10.30am
  | \b(?:[01]?[0-9]|2[0-3]):[0-5][0-9]\b                              # 10:30
  | \b(?:[01]?[0-9]|2[0-3])\s?[ap]\.?m\b\.?
  | \b[A-Z]{{2,}}(?:[/-][A-Za-z0-9]+)*[/-][0-9]+(?:[/-][A-Za-z0-9]+)*\b(?=[\s.,;:()\]]|$)    # CYP/18/42
  | (?<=\()(?:action\s+)?[0-9]{{1,2}}\.[0-9]{{1,2}}(?=,\s+{_STATE}\b)   # (2.1, on track)
  | \bminutes?\s+(?:no\.?\s*)?[0-9]+/[0-9]+\b
  | \b(?:{_THING})\s*(?:no\.?\s*|numbers?\s+)?{_ROW}(?:\s*(?:,|-|\u2013|and|&|to|of)\s*{_ROW}\b(?!\s?%|\s+(?!{_GOES_ON})[a-z]))*
  | \b(?:indicators|measures|[kp]pis)\s+{_ROW}(?:\s*(?:,|-|\u2013|and|&|to)\s*{_ROW}\b(?!\s?%))+  # indicators 16 to 19
  | \b[0-9]{{1,2}}(?:\.[0-9]{{1,2}})*\([a-z]\)                             # 3.4(c)
  | \b(?:19|20)[0-9]{{2}}[-\u2013](?:19|20)?[0-9]{{2}}\b(?!\s?%|[.,]?[0-9])            # Council Plan 2017-20
  | (?<=[;:\u2013\u2014-]\s)\([0-9]{{1,2}}\)(?=\s+(?:and\s+)?(?:that|to|the|{_RESOLVES})\b)  # RESOLVED: (1) that
  | (?<=;\sand\s)\([0-9]{{1,2}}\)(?=\s+(?:that|to|the)\b)
  | (?<=\w)\[[0-9]{{1,2}}\]                                              # a footnote: care[1]
  | \b{_WHOM}\s+(?:who\s+(?:are|were)\s+)?{_UNTIL}
  | \b(?:under|over|below|above)-?\s?[0-9]{{1,2}}s\b | \b(?:under|over|below)\s+(?:the\s+)?ages?\s+(?:of\s+)?[0-9]{{1,2}}\b
  | (?<!the\s)(?<!this\s)(?<!last\s)(?<!each\s)(?<!per\s)\b{_SCHOOL}\s+(?:[0-9]|1[0-3])\b
  | (?<=contents)[^\w\x00]*\x00(?:[^\x00]*\s[0-9]{{1,3}}\s*\x00){{3,}}   # a table of contents
  | \b[0-9]{{1,2}}\s?(?:to|-|\u2013)\s?[0-9]{{1,2}}\s+(?:population|cohort|age\s+(?:group|range|band))\b
  | \b[0-9]+\s+(?:miles?|kilometres?|km|metres?)\b
  | (?-i:(?<=[a-z,]\s)(?:One|Two|Three|Four|Five)\s+(?=[A-Z][a-z]))    # a name: Care One Devon
  | (?:https?://|www\.)\S+ | \b\S+@\S+\.\S+
    """,
    re.IGNORECASE | re.VERBOSE,
)


def references(flat: str) -> Iterator[Part]:
    r"""Yield the stretches of a flattened text whose numbers name something and count nothing, in order.

    A bar (``\0``) ends each paragraph.

    Examples:
        >>> text = "Ring 01302 736000 by 10.30am; see tables 2 and 3 on page 4 of 12, and 12 contacts."
        >>> [text[one.start : one.end] for one in references(text)]
        ['01302 736000', '10.30am', 'tables 2 and 3', 'page 4 of 12']
        >>> text = "Contents:\0 Plans 3\0 Visits 4\0 Care 5\0 We made 9 visits."
        >>> [text[one.start : one.end].count("\0") for one in references(text)]
        [4]
        >>> text = "Of those under 16, 12 live 20 miles away; Team One Adoption placed 4 in year 11."
        >>> [text[one.start : one.end] for one in references(text)]
        ['those under 16', '20 miles', 'One ', 'year 11']
    """
    for found in _REFERENCES.finditer(flat):
        yield Part(found.start(), found.end())
