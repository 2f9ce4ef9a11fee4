"""Of which indicator a statement without a figure of its own is: the one named in it, else the one told of just before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlkpi.prose.again import goes_on
from xlkpi.prose.figures.scope import Scope
from xlkpi.prose.focus import Focus
from xlkpi.prose.mentions import How, Role
from xlkpi.prose.scene import Scene
from xlkpi.prose.sentences import Part
from xlkpi.prose.text import Paragraph, Sentence

#: ``..., and this is the fourth quarter``, ``Fifth quarterly fall``: what opens a statement is of what was told last.
_THIS_IS = re.compile(
    r"(?:\b(?:this|that|which|it)\s+(?:is|was|makes)\s+(?:now\s+)?(?:the|a)|[.;:,]|^)\s*(?:the\s+)?$", re.IGNORECASE
)
_MOST = 3  # indicators of which a statement may be


def spoken_of(
    scene: Scene, scope: Scope, focus: Focus, place: tuple[Paragraph, Sentence], start: int
) -> tuple[Sequence[str], bool]:
    """Return the indicators of which a statement may be, the likeliest first, and whether it is surely of the first.

    Args:
        scene: The draft.
        scope: What its words name.
        focus: What it told rightly.
        place: Where the statement stands.
        start: Where it starts.
    """
    paragraph, sentence = place
    about = scope.about(paragraph, sentence, Part(start, start))
    before = [one for one in about if one.is_near and one.subject.end <= start and one.subject.role is Role.INDICATOR]
    since = focus.within(Part(sentence.start, start))  # told in the sentence itself
    is_named = bool(before) and before[0].subject.how.value >= How.ALIAS.value and not before[0].is_apart
    if len(since) == 1 and not is_named:
        return list(dict.fromkeys((*since, *(one.code for one in before))))[:_MOST], True
    last = since or _told_last(scene, focus, paragraph, sentence)
    is_again = len(last) == 1 and goes_on(scene.flat, sentence.start)
    told = focus.before(paragraph, start) or (list(last) if is_again else [])
    near, rest = [one.code for one in before], [one.code for one in about]
    in_sentence = [code for code in focus.within(sentence) if code not in near]
    codes = list(dict.fromkeys([*near, *told[:1], *in_sentence, *rest, *told]))[:_MOST]
    likely = dict.fromkeys((*near[:1], *(since if is_named else told[:1])))
    if len(likely) > 1:
        is_sure = False
    elif before:
        is_sure = bool(told) or (before[0].is_sure and not before[0].is_apart)
    elif told:
        is_sure = len(told) == 1 or is_again or bool(_THIS_IS.search(scene.flat[sentence.start : start]))
    else:
        is_sure = bool(about) and about[0].is_sure
    return codes, is_sure


def _told_last(scene: Scene, focus: Focus, paragraph: Paragraph, sentence: Sentence) -> Sequence[str]:
    """Return the indicators of which the last sentence told that told of any, in its paragraph or the one before it."""
    earlier = [one for one in paragraph.sentences if one.start < sentence.start]
    if not earlier and paragraph.index:
        before = scene.text.paragraphs[paragraph.index - 1]
        earlier = list(before.sentences) if before.headings == paragraph.headings else []
    return next((found for one in reversed(earlier) if (found := focus.within(one))), ())
