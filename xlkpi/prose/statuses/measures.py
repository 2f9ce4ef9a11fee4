"""Who a statement about measures is about: so many of them, all of a section, or some by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from xlkpi.model.register import Indicator
from xlkpi.prose.claim import Verdict
from xlkpi.prose.mentions import Form, Number, Role, Subject, Unit
from xlkpi.prose.mentions.tokens import stem
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.statuses.numbered import numbered
from xlkpi.prose.text import Kind, Paragraph, Sentence

_NOUN = r"(?:measures?|indicators?|kpis?|metrics?)\b"
_COUNTED = re.compile(
    rf"\s*(?:%|per\s?cent)?\s*(?:\(\s*[0-9.]+\s*%\s*\)\s*)?(?:of\s+)?(?:(?:the|our|all|contract|performance|key|other|further|remaining|these|those|rated|[0-9]+)\s+){{0,4}}"
    rf"(?P<section>(?:[\w&'-]+\s+){{0,4}}?){_NOUN}",
    re.IGNORECASE,
)
_EVERY = re.compile(
    rf"\b(?P<all>all|every|each|both|none|no|neither|most|(?:the|a)\s+(?:vast\s+|large\s+|clear\s+)?majority|half)\s+(?:of\s+)?(?:the\s+|our\s+|these\s+)?"
    rf"(?:[0-9]+\s+|twenty\s+)?(?:contract\s+|performance\s+|key\s+)*(?P<section>(?:[\w&'-]+\s+){{0,4}}?){_NOUN}",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?P<word>another|the\s+other|a\s+further|a\s+second(?!\s+(?:\w+\s+)?quarter))\b(?:\s+(?:one|measure|indicator))?",
    re.IGNORECASE,
)
#: What may stand between the names of a group: ``A, B and C``, ``A along with B``.
_JOINED = re.compile(
    r"[\s,;()0-9.%&*-]*(?:(?:and|or|nor|both|along|together|as|well|with|the|of|our|also|rates?|levels?|numbers?|performance|for|in|measures?|"
    r"use|plus|percentage|proportion|children|young|people|families|average|mean)[\s,;()0-9.%&*-]*){0,7}",
    re.IGNORECASE,
)


def joins(scene: Scene, start: int, end: int) -> bool:
    """Return whether nothing stands between two names but what joins the names of a group: ``A, B and C``."""
    return end <= start or bool(_JOINED.fullmatch(scene.flat, start, end))


_BEYOND = 40
_TERSE = 40
_THIS_IS = re.compile(
    r"(?:^|[:.]\s+)\W*(?:this|it|performance|the\s+(?:measure|indicator|result|figure))\s+(?:is|was|has|remains)\b",
    re.IGNORECASE,
)
#: What may stand between a bare number and its verb: ``two have reached their target``.
_BARE = re.compile(r"\s+(?:(?:have|has|had|of\s+them|others?|more|also)\s+)*", re.IGNORECASE)
#: What may lead a sentence that goes on about the measures of the one before: ``Even so, it``.
LEAD = (
    r"(?:(?:and|but|so|yet|still|again|also|however|nevertheless|nonetheless|even\s+so|despite\s+(?:this|that)|that\s+said|overall"
    r"|in\s+(?:fact|short|both\s+cases)|as\s+a\s+result),?\s+)?"
)
_PRONOUN = re.compile(
    rf"\W*{LEAD}(?:[0-9][0-9,.]*\s?%?\s|this|it|these|they|both|performance|(?:the|that)\s+(?:\w+\s+)?(?:measure|indicator|figure|rate|outturn|percentage|proportion)|that)\b",
    re.IGNORECASE,
)
#: ``It is not true that turnover was on target``.
_DENIED = re.compile(
    r"\b(?:(?:not|n['\u2019]t|no\s+longer)\s+(?:quite\s+)?(?:true|correct|accurate|right|the\s+case)|untrue|incorrect|inaccurate|false|wrong)"
    r"(?:\s+to\s+(?:say|claim|report))?\s+that\b[^.;:]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Group:
    """Measures that a statement is about.

    Attributes:
        start: Where their name starts.
        end: Where it ends.
        codes: Those that are named; none where they are only counted.
        count: How many; None where that is not said.
        every: ``all``, ``none``, ``most``, ``few`` (less than half) or ``half`` where the statement is about all of a
            kind; empty elsewhere. Of measures that are named, ``none`` turns the statement around (``neither of them``).
        section: Which section they are of; empty for any.
        others: Whether they are others than those of the statement before.
    """

    start: int
    end: int
    codes: tuple[str, ...] = ()
    count: int | None = None
    every: str = ""
    section: str = ""
    others: bool = False


#: ``97% of care leavers, and that measure has been on target``: what the figures told of says which.
_THAT_ONE = re.compile(r",?\s+(?:and|but)\s+(?:that|this|the)\s+(?:measure|indicator|one|rate|figure)\b", re.IGNORECASE)


def is_of_another(scene: Scene, group: Group, phrase: Part) -> bool:
    """Return whether a status is of another measure than the one named before it, to which a word goes back."""
    return bool(_THAT_ONE.search(scene.flat, group.end, phrase.start))


def counted_group(scene: Scene, part: Part) -> tuple[Group, Number | None] | None:
    """Return the last counted measures of a part of a sentence: ``One measure``, ``all measures``, ``another``."""
    found: list[tuple[Group, Number | None]] = []
    for number in scene.within(scene.numbers, part):
        if number.form is not Form.CARDINAL or number.unit is not Unit.NONE or number.decimals:
            continue
        if _BARE.fullmatch(scene.flat, number.end, part.end) and number.in_words:
            found.append((Group(number.start, number.end, count=int(number.value)), number))
            continue
        noun = _COUNTED.match(scene.flat, number.end)
        if noun and noun.end() <= part.end + _BEYOND:
            section = section_in(scene, Part(number.end, noun.end()))
            if section or not noun["section"].strip():
                found.append((Group(number.start, noun.end(), count=int(number.value), section=section), number))
    found += [(group, None) for one in scene.find(_EVERY, part) if (group := _every(scene, one))]
    found += [(Group(one.start(), one.end(), count=1, others=True), None) for one in scene.find(_ANOTHER, part)]
    return max(found, key=lambda one: one[0].start, default=None)


def every_group(scene: Scene, part: Part) -> Group | None:
    """Return the last group of a part that speaks of all, none or most of the measures."""
    found = scene.find(_EVERY, part)
    return _every(scene, found[-1]) if found else None


_EXCEPT = re.compile(r"\b(?:other\s+than|except(?:ing)?|excluding|apart\s+from|all\s+but|bar|save)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\s+(?:regarding|relating\s+to|concerning|about|around|in\s+respect\s+of|to\s+do\s+with)\b", re.IGNORECASE
)
_APART = re.compile(
    r"\b(?:apart\s+from|except\s+for|excluding|with\s+the\s+exception\s+of)\b[^.;]*,\s*$", re.IGNORECASE
)
_MORE_THAN = re.compile(r"\b(?:more\s+than|over)\s+$", re.IGNORECASE)
_FEWER_THAN = re.compile(r"\b(?:(?:fewer|less)\s+than|under)\s+$", re.IGNORECASE)


def _every(scene: Scene, found: re.Match[str]) -> Group | None:
    """Return the group that a phrase names; None where it is one of a kind that the register has no section of."""
    if _EXCEPT.search(scene.flat, found.end(), found.end() + _BEYOND) or _EXCEPT.search(
        scene.flat, found.start(), found.end()
    ):
        return None  # "all measures other than B8" are some that are not counted
    if _APART.search(scene.flat, max(0, found.start() - 2 * _BEYOND), found.start()):
        return None
    if _ABOUT.match(scene.flat, found.end()):
        return None  # "all measures regarding calls"
    word = found["all"].lower()
    before = (scene.flat, max(0, found.start() - _BEYOND), found.start())
    if word == "half" and (_MORE_THAN.search(*before) or _FEWER_THAN.search(*before)):
        word = "most" if _MORE_THAN.search(*before) else "few"
    every = {"every": "all", "each": "all", "no": "none", "neither": "none"}.get(word, word)
    every = "most" if "majority" in every else every
    section = section_in(scene, Part(found.start(), found.end()))
    if found["section"].strip() and not section:
        return None
    if every == "both":
        return Group(found.start(), found.end(), count=2, section=section)
    return Group(found.start(), found.end(), every=every, section=section)


def section_in(scene: Scene, part: Part) -> str:
    """Return the section that is named in a part; empty where none is."""
    for one in scene.within(scene.subjects, part):
        if one.role is Role.SECTION and one.names and one.names[0] in scene.world.sections:
            return one.names[0]
    for found in scene.find(_IN_SECTION, part):
        named = " ".join(found["name"].split())
        if named in scene.world.sections:
            return named
    return ""


#: ``In Care, three are on target``: a name in one word, which elsewhere may be a common one.
_IN_SECTION = re.compile(
    r"(?:(?<![^\n])|[;:.]\s+)\W*(?:In|Under|Within|Across|in|under|within|across)\s+(?P<name>[A-Z][^,;:.]{2,60}),"
)


def section_above(scene: Scene, part: Part) -> str:
    """Return the section whose words all stand in a heading above a part; empty where there is none, or several."""
    paragraph, all_ = scene.text.at(part.start), scene.text.paragraphs
    above = list(reversed(paragraph.headings)) if paragraph else []
    while (
        above and above[-1] and all_[above[-1] - 1].kind is Kind.HEADING
    ):  # a heading below another one, without depth
        above.append(above[-1] - 1)
    for index in above:
        standing = _stems(scene, all_[index])
        found = [one for one in scene.world.sections if (own := _section_stems(one)) and own <= standing]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _stems(scene: Scene, part: Part) -> frozenset[str]:
    return frozenset(stem(word) for word in re.findall(r"[a-z]{3,}", scene.between(part.start, part.end)))


def _section_stems(section: str) -> frozenset[str]:
    return frozenset(stem(word) for word in re.findall(r"[a-z]{3,}", section.lower())) - {stem("and"), stem("the")}


_ALIKE = re.compile(
    rf"\b(?P<many>both|two|three|four|all|neither|none)\s+(?:of\s+)?(?:the\s+|our\s+|these\s+)?(?P<kind>(?:(?!(?:the|our|these|of)\s)[\w'-]+\s+){{1,5}}?){_NOUN}",
    re.IGNORECASE,
)
_MANY = {"both": 2, "two": 2, "three": 3, "four": 4, "neither": 2}
_NOT_ONE = ("neither", "none")


def alike_group(scene: Scene, part: Part) -> Group | None:
    """Return the measures of a kind: ``both placement stability measures`` are those with these words in their names."""
    for found in scene.find(_ALIKE, part):
        words = [word.rstrip("s") for word in re.findall(r"[a-z]+", found["kind"].lower()) if len(word) > 2]  # noqa: PLR2004
        codes = [code for code, one in scene.world.contract.items() if words and _has_words(one.indicator, words)]
        if codes and _MANY.get(found["many"].lower(), len(codes)) == len(codes):
            every = "none" if found["many"].lower() in _NOT_ONE else ""
            return Group(found.start(), found.end(), tuple(codes), every=every)
    return None


def _has_words(indicator: Indicator, words: Sequence[str]) -> bool:
    """Return whether one of an indicator's names has all of some words."""
    names = [" ".join(re.findall(r"[a-z]+", name.lower())) for name in (indicator.title, *indicator.aliases)]
    return any(all(re.search(rf"\b{word}s?\b", name) for word in words) for name in names)


def _is_left_out(scene: Scene, one: Part) -> bool:
    """Return whether a measure is one that a statement is not about: ``all measures other than B8``."""
    return _OTHER_THAN.search(scene.flat, max(0, one.start - _TERSE), one.start) is not None


_OTHER_THAN = re.compile(
    r"\b(?:other\s+than|except(?:\s+for)?|excluding|apart\s+from|with\s+the\s+exception\s+of)\s+(?:the\s+|that\s+of\s+)?$",
    re.IGNORECASE,
)
#: ``Unlike re-referrals, long-term stability met its target``: what is not spoken of.
UNLIKE = re.compile(
    r"\W*(?:unlike|in\s+contrast\s+(?:to|with)|as\s+opposed\s+to|apart\s+from|except\s+for)\s+[^,;.]{3,90},",
    re.IGNORECASE,
)


def named_group(scene: Scene, sentence: Sentence, before: int, paragraph: Paragraph) -> Group | None:
    """Return the named measures that a statement at an offset is about: the last ones named before it.

    Args:
        scene: The draft.
        sentence: Of the statement.
        before: Where the statement stands.
        paragraph: Of the sentence; a sentence that names none may go on about those of the one before.
    """
    aside = UNLIKE.match(scene.flat, sentence.start, before)
    said = Part(aside.end() if aside else sentence.start, before)
    named = [one for one in scene.contract_codes(said) if not _is_left_out(scene, one[0])]
    alike = alike_group(scene, said) or _by_number(scene, said, named[-1][0].end if named else said.start)
    if alike is not None:
        return alike
    if named:
        return _denied(scene, said, _joined(scene, named))
    named = _of_entry(scene, sentence, before, paragraph)
    if named:
        return Group(before, before, (named[0][1][0],))
    others = [one for one in scene.within(scene.subjects, Part(sentence.start, before)) if one.role is Role.INDICATOR]
    earlier = [] if others else _of_sentence_before(scene, sentence, paragraph)  # a context indicator has no status
    if not earlier:
        return None
    found = _joined(scene, earlier)
    return Group(sentence.start, sentence.start, found.codes, found.count)


def _by_number(scene: Scene, said: Part, start: int) -> Group | None:
    """Return the measures that a part names by number from an offset on."""
    last = [one for one in numbered(scene, said) if one.part.start >= start][-1:]
    return _denied(scene, said, Group(last[0].part.start, last[0].part.end, last[0].codes)) if last else None


def _denied(scene: Scene, said: Part, group: Group) -> Group:
    """Return a group turned around where what is said of it is said not to be true."""
    if not _DENIED.search(scene.flat, said.start, group.start):
        return group
    return replace(group, every="" if group.every == "none" else "none")


def _of_entry(scene: Scene, sentence: Sentence, before: int, paragraph: Paragraph) -> list[tuple[Subject, list[str]]]:
    """Return the measures of the entry that a sentence belongs to.

    An entry of a scorecard has its name once, at its beginning; a paragraph that begins with "this is" has it in the
    heading above.
    """
    if row := scene.of_row(paragraph):
        return [(row[0], [row[0].names[0]])] if row[0].names[0] in scene.world.contract else []
    is_first = sentence is paragraph.sentences[0]
    is_terse = len(scene.flat[paragraph.start : paragraph.end].split()) <= _TERSE
    if not is_first and is_terse and not scene.flat[sentence.start : before].strip(" ("):
        return scene.contract_codes(Part(paragraph.start, sentence.start))
    if is_first and paragraph.headings and _THIS_IS.search(scene.flat[sentence.start : before]):
        return scene.contract_codes(scene.text.paragraphs[paragraph.headings[-1]])
    return []


def _of_sentence_before(scene: Scene, sentence: Sentence, paragraph: Paragraph) -> list[tuple[Subject, list[str]]]:
    """Return the measures of the sentence before, where this one goes on about them."""
    at = paragraph.sentences.index(sentence)
    if not at or not _PRONOUN.match(scene.flat, sentence.start):
        return []
    before = paragraph.sentences[at - 1]
    named = scene.contract_codes(before)
    rated = {
        one.indicator
        for one in scene.claims
        if one.kind == "status" and one.verdict is Verdict.CONFIRMED and before.start <= one.start < before.end
    }
    return [(one, codes) for one, codes in named if codes[0] in rated] or named


def _joined(scene: Scene, named: Sequence[tuple[Subject, list[str]]]) -> Group:
    """Return the last subject with those that are joined to it by commas and ``and``."""
    last, codes = named[-1]
    start, found = last.start, _of_subject(scene, last, codes)
    for (one, more), (after, _) in zip(reversed(named[:-1]), reversed(named[1:]), strict=True):
        if not joins(scene, one.end, after.start):
            break
        start, found = one.start, [*_of_subject(scene, one, more), *found]
    is_neither = _NEITHER.search(scene.flat, max(0, start - _TERSE), start) is not None
    return Group(start, last.end, tuple(dict.fromkeys(found)), every="none" if is_neither else "")


#: Before names that ``nor`` joins, some words of which may be none of the register's.
_NEITHER = re.compile(
    r"\b(?:neither|nor(?!\s+(?:is|are|was|were|has|have|had|did|do|does)\b))\s+(?:[\w'-]+\s+){0,4}$", re.IGNORECASE
)


def _of_subject(scene: Scene, subject: Subject, codes: Sequence[str]) -> list[str]:
    """Return the codes of a subject: as many as a number word before it says, else the likeliest."""
    before = scene.flat[max(0, subject.start - 12) : subject.start].lower()
    many = re.search(r"\b(both|two|three|four)\s+(?:of\s+)?(?:the\s+)?$", before)
    own = re.match(r"(both|two|three|four)\b", scene.flat[subject.start : subject.end].lower())
    word = many or own
    number = {"both": 2, "two": 2, "three": 3, "four": 4}[word[1]] if word else 1
    return list(codes[:number])


@dataclass
class About:
    """A sentence that speaks of measures.

    Attributes:
        scene: The draft.
        taken: Where status phrases start that something has read.
        paragraph: Of the sentence.
        sentence: The sentence.
    """

    scene: Scene
    taken: set[int]
    paragraph: Paragraph
    sentence: Sentence

    def group(self, before: int) -> tuple[Group, Sequence[Number]] | None:
        """Return whom a statement at an offset is about, and the number that says how many."""
        scene, part = self.scene, Part(self.sentence.start, before)
        counted = counted_group(scene, part)
        alike = alike_group(scene, part)
        group = named_group(scene, self.sentence, before, self.paragraph)
        if counted is not None and group is not None and group.start == group.end == before:
            is_noun = (
                counted[1] is not None and counted[0].end > counted[1].end
            )  # "three measures", and not that of the list
            group = None if is_noun else group
        if group is not None and (counted is None or alike is not None or counted[0].end <= group.start):
            return group, ()
        return (counted[0], [counted[1]] if counted[1] else []) if counted else None

    def includes(self, group: Group, code: str) -> bool:
        """Return whether a measure is of the section that a group is of."""
        return group.section in ("", self.scene.world.by_code[code].section)
