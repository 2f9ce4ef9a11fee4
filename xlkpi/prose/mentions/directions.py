"""Words that say which way a figure went or stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlkpi.prose.mentions.kinds import Direction, Way

#: Verbs in the past or finished tense, and nouns: a movement. Infinitives (``to reduce``) are intentions, not claims.
_MOVED = {
    Way.UP: (
        r"rose|risen|rises|increased|increases|grew|grown|climbed|climbs|(?:gone|went|going|come|came|coming)\s+up(?=\s+(?:by|from|to|on|again|slightly|sharply|over|in|since)\b|\s*[.,;])"
        r"|surged|jumped|soared|expanded"
        r"|(?:an?|the|no|further|this|recent|slight|small|marked|significant|sharp"
        r"|overall)\s+(?:\w+\s+)?(?:increase|rise|growth|upturn)"
        r"|(?:is|are|was|were|been|also|now|remains?|and|slightly|further)\s+up(?=\s+(?:by|from|on|again"
        r"|slightly|sharply|to|over|at|compared|[0-9]))|up\s+(?=by\b|from\b|[0-9])|up(?=\s+(?:on|qoq"
        r"|yoy)\b)"
        r"|(?:a|an|the|been|is|are|was|were|keeps?|kept|steadily|rapidly)\s+(?:increasing|rising|growing)"
        r"|(?:increase|rise)(?=\s+(?:of|on|from|in\s+(?:the\s+)?(?:number|rate|proportion|percentage|referral"
        r"|contact|children)))"
    ),
    Way.DOWN: (
        r"fell|fallen|falls|decreased|decreases|declined|declines|dropped|drops|reduced|reduces|shrank"
        r"|shrunk|dipped|(?:gone|went|going|come|came|coming)\s+down(?=\s+(?:by|from|to|on|again|slightly|sharply|over|in|since)\b|\s*[.,;])|lowered|lessened"
        r"|(?:an?|the|no|further|this|recent|slight|small|marked|significant|sharp"
        r"|overall)\s+(?:\w+\s+)?(?:decrease|reduction|fall|drop|decline|dip|downturn)"
        r"|(?:is|are|was|were|been|also|now|remains?|and|slightly|further)\s+down(?=\s+(?:by|from|on|again"
        r"|slightly|sharply|to|over|at|compared|[0-9]))|down\s+(?=by\b|from\b|[0-9])|down(?=\s+(?:on|qoq"
        r"|yoy)\b)"
        r"|(?:a|an|the|been|is|are|was|were|keeps?|kept|steadily|rapidly)\s+(?:decreasing|reducing|falling"
        r"|declining|dropping)|(?:reduction|decrease|fall|drop)(?=\s+(?:of|on|from|in\s+(?:the\s+)?(?:number|rate"
        r"|proportion|percentage|referral|contact|children)))"
    ),
    Way.BETTER: (
        r"improved|(?:an?|no|the|further|this|continuing|continued|slight|small|marked|significant|overall)\s+improvement|(?:is|are|was"
        r"|were|been)\s+improving|strengthened|recovered"
    ),
    Way.WORSE: (
        r"worsened|deteriorated|slipped|(?:an?|the|further|this|slight|small|marked|significant)\s+(?:deterioration"
        r"|worsening)|(?:is|are|been)\s+(?:worsening|deteriorating)"
    ),
    Way.SAME: (
        r"(?:remain(?:s|ed)?|is|are|was|were|stay(?:s|ed)?|been)\s+(?:largely\s+|broadly\s+|relatively\s+"
        r"|very\s+)?(?:unchanged|stable|static|steady|constant|level|flat|similar|consistent|the\s+same)"
        r"|the\s+same(?:\s+(?:number|rate|level|share|proportion|percentage|figure))?\s+as(?=\s+(?:in\s+|at\s+)?(?:the\s+)?(?:last"
        r"|previous|same|quarter|a\s+year|this\s+time)\b)|unchanged|no\s+change|plateaued|(?:broadly\s+|largely\s+)?in\s+line\s+with\s+(?=the\s+(?:last"
        r"|previous|same)|last|previous)"
    ),
}  # fmt: skip
#: What is only set against what was expected has not moved for that.
_MEANT = r"(?:expected|hoped|planned|forecast|anticipated|predicted|intended)"
_THAN = (
    rf"than\b(?!\s+(?:we\s+|(?:was|were|had\s+been|is)\s+)?(?:could|would|usual|normal|{_MEANT})\b"
    r"|\s+(?:that|this)\s*[.,;])"
)
_COMPARED = {
    Way.UP: (
        r"(?:slightly\s+|much\s+|significantly\s+)?(?:higher|greater|more|larger|longer)(?=\s+(?:qoq|yoy)\b"
        rf"|\s+(?:[\w'-]+\s+){{0,10}}?{_THAN})|above(?=\s+(?:the\s+)?(?:last|previous|same|preceding|prior|year))"
    ),
    Way.DOWN: (
        r"(?:slightly\s+|much\s+|significantly\s+)?(?:lower|fewer|less|smaller|shorter)(?=\s+(?:qoq|yoy)\b"
        rf"|\s+(?:[\w'-]+\s+){{0,10}}?{_THAN})|below(?=\s+(?:the\s+)?(?:last|previous|same|preceding|prior|year))"
    ),
    Way.BETTER: rf"(?:slightly\s+|much\s+|significantly\s+)?better(?=\s+{_THAN}|\s+(?:qoq|yoy)\b)",
    Way.WORSE: rf"(?:slightly\s+|much\s+|significantly\s+)?(?:worse|poorer)(?=\s+{_THAN}|\s+(?:qoq|yoy)\b)",
    Way.HIGHEST: (
        r"highest|peaked|record\s+high|all[\s-]time\s+high|the\s+(?:largest|most)\b(?=\s+(?:\w+\s+){0,4}(?:ever"
        r"|since|on\s+record|recorded))|(?:a|at\s+its)\s+peak|the\s+peak"
    ),
    Way.LOWEST: r"lowest|record\s+low|all[\s-]time\s+low|the\s+(?:smallest|fewest)",
    Way.BEST: r"\bbest(?=\s+(?:performance|result|figure|rate|outturn|position|level|quarter|ever|since))",
    Way.WORST: r"\bworst(?=\s+(?:performance|result|figure|rate|outturn|position|level|quarter|ever|since))",
}  # fmt: skip
#: After ``continued to`` and ``has begun to`` an infinitive tells what happened.
_INFINITIVES = {
    Way.UP: r"increase|rise|grow|climb",
    Way.DOWN: r"reduce|fall|decrease|decline|drop",
    Way.BETTER: r"improve",
    Way.WORSE: r"worsen|deteriorate",
}
_ARROWS = {
    "\u25b2": Way.UP,
    "\u2191": Way.UP,
    "\u2b06": Way.UP,
    "\u25b3": Way.UP,
    "\u25bc": Way.DOWN,
    "\u2193": Way.DOWN,
    "\u2b07": Way.DOWN,
    "\u25bd": Way.DOWN,
}
_GROUPS: dict[str, tuple[Way, bool]] = {}


def _compiled() -> re.Pattern[str]:
    parts = []
    for told, words in ((False, _MOVED), (True, _COMPARED)):
        for way, pattern in words.items():
            name = f"{way.name.lower()}_{'compared' if told else 'moved'}"
            _GROUPS[name] = way, told
            parts.append(f"(?P<{name}>{pattern})")
    for way, pattern in _INFINITIVES.items():
        name = f"{way.name.lower()}_went"
        _GROUPS[name] = way, False
        parts.append(
            f"(?P<{name}>(?:continue[sd]?|began|begun|start(?:s|ed)|did|does|do"
            f"|not)\\s+(?:to\\s+)?(?:{pattern})|continuing\\s+to\\s+(?:{pattern}))"
        )
    return re.compile(rf"(?P<arrow>[{''.join(_ARROWS)}])|(?<![\w-])(?:{'|'.join(parts)})\b", re.IGNORECASE)


_DIRECTION = _compiled()
_NOT = re.compile(r"\b(?:not|n't|never|without|no\s+longer|neither|nor)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_NOT_INSIDE = re.compile(r"\bnot\b", re.IGNORECASE)
_NO_SUCH = re.compile(r"no\s", re.IGNORECASE)
_ON = re.compile(r"\b(?:continue[sd]?|continuing|continued|again|further|still)\b", re.IGNORECASE)
_MODAL = re.compile(
    r"\b(?:will|would|could|should|may|might|can|must|to\s+be|aim(?:s|ed)?\s+to|plan(?:s|ned)?\s+to"
    r"|expect(?:s|ed)?\s+to|if|to\s+ensure|need(?:s|ed)?\s+to)"
    r"\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|would|could|may|might|should|can|must)\b", re.IGNORECASE)
#: ``fell by more than 80%``, ``no fewer than six``: how rough a figure is, and no comparison.
_ROUGHLY = re.compile(r"\b(?:by|no|of|to|for|at)\s+$", re.IGNORECASE)
_REACH = 40


def directions(flat: str) -> Iterator[Direction]:
    """Yield the words of a flattened text that say where something went, in order."""
    for found in _DIRECTION.finditer(flat):
        name = str(found.lastgroup)
        if name == "arrow":
            yield Direction(found.start(), found.end(), _ARROWS[found[0]])
            continue
        way, compares = _GROUPS[name]
        before = flat[max(0, found.start() - _REACH) : found.start()]
        before = re.split(r"[.;:]\s", before)[-1]
        if _MODAL.search(before) or _WILL.search(found[0]) or (compares and _ROUGHLY.search(before)):
            continue
        negated = bool(_NOT.search(before) or (name.endswith("_went") and _NOT_INSIDE.search(found[0])))
        negated = negated or (way is not Way.SAME and bool(_NO_SUCH.match(found[0])))
        continued = bool(_ON.search(found[0])) or bool(
            re.search(r"\b(?:continued?|continues|again|further|still)\s+(?:to\s+)?$", before, re.IGNORECASE)
        )
        yield Direction(found.start(), found.end(), way, compares, continued, negated)
