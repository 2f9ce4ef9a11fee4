"""Codes that stand beside a title: both have to mean the same indicator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from xlkpi.prose.claim import Verdict
from xlkpi.prose.figures.nouns import keys_of, own_keys
from xlkpi.prose.mentions import How, Role, Subject
from xlkpi.prose.mentions.flat import flat
from xlkpi.prose.mentions.tokens import tokens
from xlkpi.prose.scene import Scene, Told
from xlkpi.prose.sentences import Part

_BESIDE = re.compile(
    r"\s*(?:(?:[-\u2013\u2014:.)\u2022]|\()\s*(?:(?!(?:and|or|but|while|whilst|with|is|are|was|were|has|have|had|to|than|against|compared"
    r"|fell|rose)\b)\w+\s+){0,6})?(?:(?:the|percentage|proportion|number|rate|of|%|children|who|are|for|monthly|case|our)\s+){0,3}",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*(?:[-\u2013\u2014:.)\t]\s*|\s)", re.IGNORECASE)
#: What looks like a code at the beginning of a line or a cell.
_CODE = re.compile(r"\W*(?P<code>[A-Za-z]{1,6}[-_/ ]?[0-9]{1,4}[a-z]?)(?=\s*[-\u2013\u2014:.)\t]|\s+[A-Z%])")
_DIGITS = re.compile(r"[0-9]+")
_TAIL = 20  # behind a title, what a number in it may have made longer


def read_names(scene: Scene) -> None:
    """Take down a claim for every code whose title is that of another indicator, or has another number in it."""
    titles = {_plain(one.title): code for code, one in scene.world.by_code.items()}
    shapes = {_shape(code) for code in scene.world.by_code}
    for part in [part for one in scene.text.paragraphs for part in one.spans]:
        named = [one for one in scene.within(scene.subjects, part) if one.role is Role.INDICATOR]
        codes = [one for one in named if one.how is How.CODE]
        told = {one.start for one in codes if _compare_whole(scene, part, one, titles)}
        if named and (not codes or codes[0].start > named[0].start):
            _unknown(scene, part, shapes, titles)
        for code, title in pairwise(named):
            is_beside = code.how is How.CODE and title.how is not How.CODE and code.start not in told
            if is_beside and _BESIDE.fullmatch(scene.flat, code.end, title.start):
                _compare(scene, part, code, title)


def _plain(words: str) -> str:
    return " ".join(flat(words).casefold().split()).rstrip(" .*")


def _shape(code: str) -> str:
    """Return how a code is made: its letters, and where it has figures."""
    return re.sub(r"[0-9]+", "9", code.upper())


def _whole_title(scene: Scene, part: Part, at: int, titles: Mapping[str, str]) -> tuple[str, int]:
    """Return the indicator whose whole title stands behind an offset, and where the title ends; empty where none does."""
    mark = _MARK.match(scene.flat, at, part.end)
    if mark is None:
        return "", at
    words = scene.flat[mark.end() : part.end].casefold()
    fits = [title for title in titles if words.startswith(title) and not words[len(title) : len(title) + 1].isalnum()]
    longest = max(fits, key=len, default="")
    return (titles[longest], mark.end() + len(longest)) if longest else ("", at)


def _compare_whole(scene: Scene, part: Part, code: Subject, titles: Mapping[str, str]) -> bool:
    """Take down a code with the whole title of another indicator behind it; return whether a whole title stands there."""
    meant = scene.world.by_code[code.names[0]]
    other, end = _whole_title(scene, part, code.end, titles)
    if other and _plain(scene.world.by_code[other].title) != _plain(meant.title):
        said = scene.flat[code.end : end].strip(" -\u2013\u2014:.)\t")
        _tell_other(scene, Part(code.start, end), meant.code, said, other)
    return bool(other) or _compare_numbers(scene, part, code, _plain(meant.title))


def _compare_numbers(scene: Scene, part: Part, code: Subject, title: str) -> bool:
    """Take down a title that stands behind its code word by word, with another number; return whether one does."""
    mark = _MARK.match(scene.flat, code.end, part.end)
    pattern = "([0-9]+)".join(re.escape(words) for words in _DIGITS.split(title))
    found = re.compile(pattern, re.IGNORECASE).match(scene.flat, mark.end(), part.end) if mark else None
    wanted = _DIGITS.findall(title)
    wrong = [place for place, number in enumerate(wanted, start=1) if found and found[place] != number]
    if found and wrong:
        span = Part(*found.span(wrong[0]))
        meant = scene.world.by_code[code.names[0]]
        told = Told(
            "name",
            Verdict.CONTRADICTED,
            found[wrong[0]],
            meant.title,
            f"{meant.code} is \u201c{meant.title}\u201d.",
            indicator=meant.code,
        )
        scene.tell(span.start, span.end, told, [span])
    return bool(wrong)


def _unknown(scene: Scene, part: Part, shapes: set[str], titles: Mapping[str, str]) -> None:
    """Take down what looks like a code of the register and is none, before the whole title of an indicator."""
    found = _CODE.match(scene.flat, part.start, part.end)
    if found is None or _shape(found["code"]) not in shapes or found["code"] in scene.world.by_code:
        return
    other, _ = _whole_title(scene, part, found.end(), titles)
    if other:
        reason = f"The register has no {found['code']}: \u201c{scene.world.by_code[other].title}\u201d is {other}."
        told = Told("name", Verdict.CONTRADICTED, found["code"], other, reason, indicator=other)
        scene.tell(found.start("code"), found.end("code"), told)


def _compare(scene: Scene, part: Part, code: Subject, title: Subject) -> None:
    world = scene.world
    meant = world.by_code[code.names[0]]
    own = [one for one in scene.within(scene.subjects, part) if one.names[:1] == code.names and one.how is not How.CODE]
    is_own = keys_of(scene.flat[code.end : part.end]) <= own_keys(meant)  # in which another one is named, too
    if meant.code not in title.names and not own and not is_own and title.how.value >= How.SHORT.value:
        _tell_other(
            scene,
            Part(code.start, title.end),
            meant.code,
            scene.between(title.start, title.end),
            title.names[0],
        )
    elif meant.code in title.names or own:
        _compare_figures(scene, part, code, title)


def _tell_other(scene: Scene, span: Part, code: str, words: str, other: str) -> None:
    meant = scene.world.by_code[code]
    said = " ".join(words.lower().split())
    told = Told(
        "name",
        Verdict.CONTRADICTED,
        f"{code} {said}",
        f"{code} {meant.title}",
        f"{code} is \u201c{meant.title}\u201d; \u201c{said}\u201d is {other}.",
        indicator=code,
    )
    scene.tell(span.start, span.end, told)


def _compare_figures(scene: Scene, part: Part, code: Subject, title: Subject) -> None:
    """Compare the numbers that belong to a name: ``within 26 weeks``."""
    meant = scene.world.by_code[code.names[0]]
    wanted = {one.key for one in tokens(meant.title) if one.has_number}
    reach = max(title.end + _TAIL, code.end + len(meant.title) + _TAIL)
    standing = [one for one in tokens(scene.flat, code.end, min(part.end, reach)) if one.has_number]
    wrong = [one for one in standing if one.key not in wanted]
    if wanted and wrong and not wanted & {one.key for one in standing}:
        found = wrong[0]
        reason = f"{meant.code} is \u201c{meant.title}\u201d."
        told = Told(
            "name",
            Verdict.CONTRADICTED,
            scene.between(found.start, found.end),
            meant.title,
            reason,
            indicator=meant.code,
        )
        scene.tell(found.start, found.end, told, [Part(found.start, found.end)])
