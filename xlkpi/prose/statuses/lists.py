"""Lists of measures under a status: each item's status, how many there are, and whether none is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlkpi.calculate.status import Status
from xlkpi.model.period import Quarter
from xlkpi.prose.claim import Verdict
from xlkpi.prose.fact import Measure
from xlkpi.prose.mentions import Form, Number, PeriodMention, Role, StatusPhrase, Unit
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.ratings import named, stand, statuses_of
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Kind, Paragraph

#: What may stand between a count and the end of a list's head: ``Thirteen measures:``.
_COUNTED = re.compile(
    r"\W*(?:(?:contract|performance|key)\s+)*(?:measures?|indicators?|kpis?|items?)\b[^.]{0,40}?[:.]?\s*", re.IGNORECASE
)
#: What looks like a code at the beginning of an item.
_CODE_LIKE = re.compile(r"\W*(?P<code>[A-Z]{1,4}-?[0-9]{1,3}[a-z]?)(?=\s*[-\u2013\u2014:.)])")
_HEAD_WORDS = 20
_ENOUGH, _NEARLY_ALL = 2, 5  # items that show that a head is wrong: two, and all but one in five
_OR_ELSE = re.compile(r"\bor\b(?!\s+(?:more|so|less|fewer)\b)", re.IGNORECASE)
_LEAD = re.compile(r"\W*(?:the\s+(?:following|other|remaining)\s+|there\s+(?:are|is|were)\s+|these\s+)?", re.IGNORECASE)


@dataclass(frozen=True)
class StatusList:
    """A list of measures under words that name a status.

    Attributes:
        head: The paragraph with these words.
        phrase: The words.
        statuses: What they mean.
        items: Each list item with the code it names.
        quarter: The quarter whose statuses the items have.
        count: How many there are said to be; None where that is not said.
        is_misnamed: Whether the words are what is wrong: most items have one other status, which ``statuses`` is then.
    """

    head: Paragraph
    phrase: StatusPhrase
    statuses: frozenset[Status]
    items: Sequence[tuple[Paragraph, str]]
    quarter: Quarter
    count: Number | None
    is_misnamed: bool = False


def read_lists(scene: Scene) -> list[StatusList]:
    """Take down the claims of every list under a status; return the lists."""
    found = list(_lists(scene))
    for one in found:
        if one.is_misnamed:
            _tell_head(scene, one)
        _tell_items(scene, one)
        if one.count is not None:
            _tell_count(scene, one, one.count)
    return found


def _lists(scene: Scene) -> Iterator[StatusList]:
    paragraphs = scene.text.paragraphs
    for head in paragraphs:
        if head.kind is Kind.ROW:
            continue
        phrases = scene.within(scene.statuses, head)
        if len({statuses_of(one) for one in phrases}) != 1 or not _may_head(scene, head):
            continue
        if _OR_ELSE.search(scene.flat, phrases[-1].end, head.end):
            continue  # "those that missed their target, or had done well"
        below, between = _below(scene, head)
        counts = [one for part in (head, *between) if (one := _count_in(scene, part, phrases[0]))]
        if not below and not (counts and (between or head.kind is Kind.HEADING)):
            continue
        wanted = statuses_of(phrases[0])
        items = [(item, code) for item in below if (code := code_of(scene, item))]
        if below and not items:
            continue
        count = counts[0] if counts else None
        if other := _other_status(scene, head, items, wanted):
            yield StatusList(head, phrases[0], other, items, scene.world.quarter, count, is_misnamed=True)
        else:
            yield StatusList(head, phrases[0], wanted, items, _quarter(scene, head, items, wanted), count)


def _may_head(scene: Scene, head: Paragraph) -> bool:
    """Return whether a paragraph is a heading, or one sentence that ends with a colon."""
    words = scene.text.words(head).rstrip(" *_")
    if head.kind is Kind.HEADING:
        return True
    return head.kind is Kind.PROSE and (
        words.endswith(":") or (len(words.split()) <= _HEAD_WORDS and words[-1:] not in ".;")
    )


def _below(scene: Scene, head: Paragraph) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the list items below a head, and the short paragraphs between."""
    items: list[Paragraph] = []
    between: list[Paragraph] = []
    for one in scene.text.paragraphs[head.index + 1 :]:
        if one.kind is Kind.ITEM or (one.kind is not Kind.ROW and _is_item(scene, one)):
            items.append(one)
        elif one.kind is Kind.PROSE and not items and not between and not one.own_number and _is_short(scene, one):
            between.append(one)
        else:
            break
    return items, between


def _is_item(scene: Scene, paragraph: Paragraph) -> bool:
    """Return whether a line without a bullet starts with a code of the register, which may look like its number."""
    if paragraph.own_number:
        return _own_code(scene, paragraph) != ""
    found = re.match(
        r"\s*\**([A-Z]{1,4}[0-9]{1,3}[a-z]?|[0-9]{1,3}[a-z]?)\b\s*[-\u2013\u2014:.]",
        scene.flat[paragraph.body : paragraph.end],
    )
    return bool(found) and found is not None and found[1] in scene.world.contract


def _own_code(scene: Scene, paragraph: Paragraph) -> str:
    """Return the code that stands where other paragraphs have a number, with the title behind it; empty without one."""
    indicator = scene.world.by_code.get(paragraph.number) if paragraph.own_number else None
    if indicator is None or paragraph.number not in scene.world.contract:
        return ""
    words = scene.flat[paragraph.body : paragraph.end].casefold()
    return paragraph.number if len(words.split()) <= _HEAD_WORDS and not words.rstrip().endswith(".") else ""


def _is_short(scene: Scene, paragraph: Paragraph) -> bool:
    words = scene.text.words(paragraph).rstrip(" *_")
    return words.endswith(":") or len(words.split()) <= 4  # noqa: PLR2004  # "Thirteen contract measures"


def _count_in(scene: Scene, part: Paragraph, phrase: StatusPhrase) -> Number | None:
    """Return the number of measures that a head or the line below it gives."""
    for one in scene.within(scene.numbers, part):
        if one.form is not Form.CARDINAL or one.unit is not Unit.NONE or one.decimals or phrase.holds(one.start):
            continue
        before, after = scene.flat[part.body : one.start], scene.flat[one.end : part.end]
        if _LEAD.fullmatch(before) and _COUNTED.match(after):
            return one
        if re.search(r"\(\s*$", before) and re.match(r"\s*(?:measures|indicators|kpis)?\s*\)", after, re.IGNORECASE):
            return one
    return None


def code_of(scene: Scene, item: Paragraph) -> str:
    """Return the contract indicator with which a list item begins; empty where it begins with none.

    What looks like a code and is none is told of elsewhere: the title behind it says what is meant.
    """
    if code := _own_code(scene, item):
        return code
    like = _CODE_LIKE.match(scene.flat, item.body, item.end)
    at = like.end() if like and like["code"] not in scene.world.by_code else item.body
    for subject, codes in scene.contract_codes(Part(at, item.end)):
        if not scene.flat[at : subject.start].strip(" -\u2013\u2022:([\"'"):
            return codes[0]
    words = scene.flat[at : item.end].casefold().lstrip(" -\u2013\u2014:.)") if at > item.body else ""
    titles = {code: flat(one.indicator.title).casefold().rstrip(" .*") for code, one in scene.world.contract.items()}
    return next((code for code, title in titles.items() if words and words.startswith(title)), "")


def _quarter(
    scene: Scene, head: Paragraph, items: Sequence[tuple[Paragraph, str]], wanted: frozenset[Status]
) -> Quarter:
    """Return the quarter that a list is of: another than the reported one only where its items bear that out."""
    now = scene.world.quarter
    labelled = period_of(scene, head)
    if labelled is None or labelled == now or not items:
        return now
    codes = [code for _, code in items]
    fits_now = sum(scene.world.status(code) in wanted for code in codes)
    fits_then = sum(scene.world.status(code, labelled) in wanted for code in codes)
    return labelled if fits_then > fits_now else now


def _other_status(
    scene: Scene, head: Paragraph, items: Sequence[tuple[Paragraph, str]], wanted: frozenset[Status]
) -> frozenset[Status] | None:
    """Return the status that nearly all items have where none has that of the head: then the head is wrong."""
    if len(items) < _ENOUGH:
        return None
    world, labelled = scene.world, period_of(scene, head)
    status, most = Counter(world.status(code) for _, code in items).most_common(1)[0]
    then = sum(world.status(code, labelled) in wanted for _, code in items) if labelled else 0
    fitting = any(world.status(code) in wanted for _, code in items)
    is_clear = _NEARLY_ALL * most >= (_NEARLY_ALL - 1) * len(items) and 2 * then <= len(items)
    return frozenset({status}) if is_clear and not fitting else None


def _tell_head(scene: Scene, one: StatusList) -> None:
    """Take down words over a list that name another status than its measures have."""
    codes = [code for _, code in one.items]
    said = named(statuses_of(one.phrase))
    told = Told(
        "status",
        Verdict.CONTRADICTED,
        said,
        named(one.statuses),
        f"The measures listed below {stand(one.statuses)}: {', '.join(codes)}.",
        scene.world.cell_of(codes[0], Measure.STATUS),
    )
    scene.tell(one.phrase.start, one.phrase.end, told)


def period_of(scene: Scene, part: Part) -> Quarter | None:
    """Return the quarter that a heading names; None where it names none."""
    found: list[PeriodMention] = [one for one in scene.within(scene.periods, part) if one.certain and one.periods]
    quarters = [one.periods[0] for one in found if isinstance(one.periods[0], Quarter)]
    return quarters[0] if quarters else None


def _tell_items(scene: Scene, one: StatusList) -> None:
    world = scene.world
    for item, code in one.items:
        status = world.status(code, one.quarter)
        fits = status in one.statuses
        when = "" if one.quarter == world.quarter else f" at the end of {one.quarter.title}"
        place = world.cell_of(code, Measure.STATUS, one.quarter)
        told = Told(
            "status",
            Verdict.CONFIRMED if fits else Verdict.CONTRADICTED,
            named(one.statuses),
            named({status}),
            f"{code} is {named({status})}{when}."
            if fits
            else f"{code} stands under \u201c{one.phrase.words}\u201d, but is {named({status})}{when}.",
            place,
            code,
        )
        scene.tell(item.body, item_end(scene, item, code), told)


def item_end(scene: Scene, item: Paragraph, code: str) -> int:
    """Return where the name of a list item ends: figures behind it are claims of their own."""
    title = scene.world.by_code[code].title
    at = item.body
    for subject, codes in scene.contract_codes(Part(item.body, item.end)):
        if codes[0] == code:
            at = max(at, subject.end)
    rest = scene.flat[item.body : item.end]
    place = rest.casefold().find(" ".join(title.casefold().split()))
    return max(at, item.body + place + len(title) if place >= 0 else at)


def _tell_count(scene: Scene, one: StatusList, count: Number) -> None:
    world = scene.world
    fact = world.count(one.statuses, quarter=one.quarter)
    listed = len(one.items)
    told, true = int(count.value), int(fact.value)
    fits = told == true
    reason = f"{true} of {world.summary(one.quarter).base} measures {stand(one.statuses)}"
    reason += ", and as many are listed." if fits and listed == told else f"; {listed} stand in the list."
    computed = str(true)
    end = _phrase_end(scene, count)
    verdict = Verdict.CONFIRMED if fits else Verdict.CONTRADICTED
    scene.tell(count.start, end, Told("list", verdict, str(told), computed, reason, fact.cell), [count])


def _phrase_end(scene: Scene, count: Number) -> int:
    """Return the end of ``Thirteen measures``."""
    found = re.compile(r"\s+(?:\w+\s+){0,2}?(?:measures?|indicators?|kpis?)\b:?", re.IGNORECASE).match(
        scene.flat, count.end
    )
    return found.end() if found else count.end


def missing(scene: Scene, lists: Sequence[StatusList]) -> list[tuple[StatusList, str]]:
    """Return the measures that belong in a list of this quarter and stand in none of that status."""
    now = scene.world.quarter
    current = [one for one in lists if one.quarter == now]
    listed = {code for one in current for _, code in one.items}
    found = []
    for one in current:
        # A head that names a part of the measures ("the workforce measures outside tolerance") lists that part alone.
        parts = [
            subject
            for subject in scene.within(scene.subjects, one.head)
            if subject.role in (Role.SECTION, Role.INDICATOR)
        ]
        if not one.items or parts:
            continue
        found += [(one, code) for code in scene.world.with_status(one.statuses) if code not in listed]
    return found
