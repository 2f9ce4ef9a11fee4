"""What the published report's statements say: slots for its mutants, by the number of the statement.

A slot is written ``spec|words``; its words are looked for in the statement, or from the start of its paragraph where they
start with ``<``. No sentence of the report stands here.
"""

from __future__ import annotations

from functools import cache

from prose import seed
from prose.marks import Marked, Slot, Statement

_SECTIONS = (
    "Social Care Pathway", "Children in Care", "Youth Offending Services", "Family Support Services", "Workforce",
)  # fmt: skip
_COLUMNS = ("outside", "inside", "on", "no_target")
_LISTS = {
    "on": ("2.4", "A2 A3 A6 A9 B9 B10 B13 B14 F03 C14 C15 C16 C17"),
    "inside": ("2.5", "A1 A8 F01 F02 C18"),
    "outside": ("2.6", "A4 B8"),
}

_SAID = {
    "T-01": ["label|Quarter 2, 2018/19"],
    "1.1-01": ["label|Quarter 2 - 2018/19"],
    "2.2-00": ["label|Quarter 2 - 2018/19"],
    "2.3-01": ["s inside+on|Ninety percent"],
    "2.3-02": ["s on|65%"],
    "2.3-03": ["of s on|", "up|increase"],
    "2.3-05": ["cm first_target|two"],
    "2.3-06": ["B8|", "cm fell_out|One", "fell_out|fell out of"],
    "2.3-07": ["A4|", "streak|third"],
    "2.3-08": ["A4|", "better|improvement"],
    "2.4-00": ["label|Quarter 2 - 2018/19"],
    "2.4-01": ["c on|Thirteen"],
    "2.5-01": ["c inside|Five"],
    "2.6-01": ["c outside|Two"],
    "2.7-01": ["c no_target|No"],
    "3.1-00": ["label|Qtr 2 2018/19", "label y|Qtr 2 2017/18", "label q|Qtr 1 2018/19"],
    "3.1.1-01": ["E1|", "y|<the same period last year", "up|increased", "p|2%"],
    "3.1.1-02": ["E1|", "up|up", "p|1.5%", "q|the previous quarter"],
    "3.1.2-01": ["E2|referrals", "down|dropped", "p|24%", "q|last quarter"],
    "3.1.2-02": ["E2|", "p|21%", "down|lower", "y|the same quarter last year"],
    "3.1.2-03": ["E1|", "up|increase"],
    "3.1.3-01": ["E3|children in need", "down|<decrease", "v|2549"],
    "3.1.3-03": ["E4|", "down|reduce", "v|323"],
    "3.1.3-04": ["E13|", "v|139"],
    "3.1.3-05": ["E14|", "v|8", "ratio E14/E13|6%"],
    "3.1.4-01": ["E6|<Average caseload", "down|dropped", "v@q|25.2", "v|22.1"],
    "3.1.4-02": ["E7|", "v|18%"],
    "3.1.4-03": ["E16|", "down|reduction"],
    "3.1.5-01": ["E5|<children in care", "up|increased", "d|eleven", "v|593"],
    "3.1.5-02": ["E5|", "max|highest"],
    "3.1.5-03": ["E5|", "p|10%", "up|higher", "y|the same time last year"],
    "3.1.6-02": ["E10|", "y|<a year ago", "up|<More", "v|234", "v@y|220"],
    "3.1.6-03": ["E11|", "v|90%"],
    "3.1.6-04": ["E12|", "v|22"],
    "3.1.7-01": ["E8|Sickness rates", "v|5.5%"],
    "3.1.7-02": ["E8|", "up|increase", "y|the same period last year", "v@y|4.4%"],
    "3.1.7-03": ["E8|", "v|4.0%", "per 2018-09|September"],
    "4.1-01": ["a outstanding+good|82%"],
    "4.1-02": ["an inadequate|no"],
    "4.1-03": ["lit 2|second"],
    "4.1-04": ["lit 2|second"],
    "4.3-01": ["A9|", "v|seven percent", "n|8"],
    "4.3-02": ["A6|", "n|four"],
    "4.3-03": ["E4|", "down|reducing"],
    "4.4-03": ["E18|", "v|83%"],
    "4.4-04": ["E19|", "v|77%"],
    "4.5-02": ["E15|", "v|64%"],
    "4.7-02": ["C17|", "up|increased"],
    "4.7-03": ["C18|", "down|reduced", "v@q|226", "v|175 days", "inside|within tolerance"],
    "4.8-01": ["A4|", "better|improved"],
    "4.8-02": ["A4|", "gap|one percentage point"],
    "4.8-03": ["A4|", "cases|56 visits"],
    "4.8-04": ["A4|", "per 2018-09|September", "k CIC|80%"],
    "4.8-05": ["A4|", "per 2018-09|", "k CPP|83%"],
    "4.8-06": ["A4|", "per 2018-09|", "k Dual|76%"],
    "4.8-07": ["A4|", "per 2018-09|", "k CIN|66%"],
    "4.8-10": ["lit 6|6%"],
    "4.8-11": ["A4|", "per 2018-09|", "k CIN/all_case_notes|79%"],
    "5.3-01": ["lit 2|two"],
    "6.1-01": ["c on+inside|18", "c all|20"],
    "6.1-02": ["c outside|two"],
}


@cache
def marked() -> Marked:
    """Return the published report with what its statements say."""
    text = seed.report_text()
    places = {one.place: one for one in seed.facts()}
    statements = [_located(places[place], slots, text) for place, slots in {**_SAID, **_tables(), **_members()}.items()]
    return Marked("published report", text, tuple(statements))


def _tables() -> dict[str, list[str]]:
    cells: dict[str, list[str]] = {}
    for place, (section, status) in enumerate(((one, two) for one in _SECTIONS for two in _COLUMNS), start=1):
        cells[f"2.2-{place:02d}"] = [f"c {status}/{section}|"]
    for place, (kind, status) in enumerate((("cs"[share], one) for one in _COLUMNS for share in (0, 1)), start=21):
        cells[f"2.2-{place:02d}"] = [f"{kind} {status}|"]
    figures = ((f"E{number}|", spec) for number in range(1, 7) for spec in ("v|", "v@y|", "v@q|"))
    return cells | {f"3.1-{place:02d}": list(slots) for place, slots in enumerate(figures, start=1)}


def _members() -> dict[str, list[str]]:
    found = {}
    for status, (paragraph, codes) in _LISTS.items():
        for place, code in enumerate(codes.split(), start=2):
            found[f"{paragraph}-{place:02d}"] = [f"{status}|", f"{code}|*"]
    return found


def _located(fact: seed.Fact, slots: list[str], text: str) -> Statement:
    """Return the statement of a slot list: words left out stand for the whole cell, ``*`` for the whole item."""
    found = []
    is_cell = fact.place.startswith(("2.2-", "3.1-")) and fact.place not in {"2.2-00", "3.1-00"}
    for one in slots:
        spec, _, words = one.partition("|")
        start = fact.start
        if words.startswith("<"):
            words = words[1:]
            start = text.rindex("\n- ", 0, fact.start)
            start = text.index(words, start)
        elif words == "*" or (is_cell and spec.partition("@")[0].partition(" ")[0] in {"v", "c", "s"}):
            words = text[fact.start : fact.end]
        else:
            start = text.index(words, fact.start) if words else fact.start
            assert start < fact.end, (fact.place, words)
        found.append(Slot(start, start + len(words), spec, words))
    return Statement(tuple(found))
